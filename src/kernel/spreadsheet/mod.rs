//! The financial functions of Excel and LibreOffice under their names, in their order of arguments and with their signs:
//! what is paid is negative, what is received positive.
//!
//! The functions of the [kernel](super) beside them have the signs of this library, where costs and benefits are both
//! positive. These here are for whoever takes over a spreadsheet, and wants its figures again before anything else.
//! Where Excel shows `#NUM!` or `#DIV/0!` there is an error that says why.

mod depreciation;
mod returns;
mod time_value;

pub use depreciation::{db, ddb, sln, syd, vdb};
pub use returns::{GUESS, SpreadsheetError, irr, mirr, npv, xirr, xnpv};
pub use time_value::{cumipmt, cumprinc, effect, fv, ipmt, nominal, nper, pmt, ppmt, pv, rate};
