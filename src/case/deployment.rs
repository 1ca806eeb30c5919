//! How a system is run: what its costs are compared with depends on it.

/// How the system is run. Costs have another profile in each, so benchmarks hold for some of them only.
///
/// ```
/// use appraise::case::{Category, CostLine, Deployment, Plan};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let seats = CostLine { annual: Some(50.into()), ..CostLine::new(Category::Licences, "seats") };
/// let care = CostLine { annual: Some(50.into()), ..CostLine::new(Category::Staff, "care") };
/// let plan = Plan { costs: Some(vec![seats, care]), deployment: Some(Deployment::Cloud), ..Plan::default() };
/// let appraisal = Appraisal::new(Draft { plan, ..Draft::default() }).unwrap();
/// let share = appraisal.base().figure("benchmarks.licences_first_year.value");
/// assert_eq!(share, Some(Ok(dec!(0.5)))); // beyond the usual 20 to 35 %, which is a finding
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deployment {
    /// Licences are bought, and the organisation runs them on machines of its own.
    OnPremises,
    /// Licences are bought, and somebody else runs them.
    Hosted,
    /// A service that is paid for by use or by seat.
    Cloud,
}

impl Deployment {
    /// Every deployment and its name in a document.
    pub const ALL: [(&'static str, Deployment); 3] =
        [("on_premises", Deployment::OnPremises), ("hosted", Deployment::Hosted), ("cloud", Deployment::Cloud)];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnPremises => "on_premises",
            Self::Hosted => "hosted",
            Self::Cloud => "cloud",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_documents() {
        assert!(Deployment::ALL.iter().all(|(name, deployment)| deployment.name() == *name));
    }
}
