use super::*;
use crate::Draft;
use crate::appraisal::testing::{Figures, problems};
