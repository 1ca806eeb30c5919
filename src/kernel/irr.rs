//! Internal rate of return: the discount rates at which yearly cash flows are worth exactly nothing.
//!
//! The work is done in two numbers. Floats find every root ([`log_roots`](super::log_roots)); whole numbers with 108
//! binary places then refine each to the last digits ([`refinement`](super::refinement)). Both work in the logarithm of
//! the growth factor 1 + r and on the side on which no power is above 1, so nothing overflows, however long the horizon.
//! The flows are measured in their largest one, so that their unit does not matter.

use super::refinement::Flows;
use rust_decimal::Decimal;

/// One internal rate of return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Root {
    /// The yearly rate, a fraction above -1.
    pub rate: Decimal,
    /// What the net present value does at this rate.
    pub crossing: Crossing,
    /// True where the rate was refined beyond floats, to 24 places or more for a rate of ordinary size; false where only a
    /// float was found, with about 15 digits, or fewer where several roots coincide.
    pub refined: bool,
}

/// What the net present value does at an internal rate of return as the discount rate rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// It falls below zero: an investment, worth making at discount rates below the root.
    Falling,
    /// It rises above zero: a loan, worth taking at discount rates above the root.
    Rising,
    /// It touches zero and turns back.
    Touching,
}

/// Why there is no internal rate of return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoIrr {
    /// A rate compares flows of different years.
    #[error("an internal rate of return needs the cash flows of at least two years")]
    TooShort,
    /// All flows fall on the same day, or at the same moment.
    #[error("all cash flows fall at the same moment, so every rate treats them alike")]
    OneMoment,
    /// Every rate would do.
    #[error("all cash flows are zero")]
    AllZero,
    /// The flows are all costs or all benefits.
    #[error("the cash flows never change sign, so no rate can balance them")]
    NoSignChange,
    /// The flows change sign, and yet costs or benefits prevail at every rate.
    #[error("no rate above -100 % brings the net present value to zero")]
    NoRoot,
    /// A rate is above 10^28 or nearer to -100 % than 10^-28.
    #[error("an internal rate of return is so extreme that it does not fit a decimal number of 28 digits")]
    OutOfRange,
    /// The policy quotes rates from 0 up.
    #[error("every internal rate of return is below zero")]
    AllNegative,
    /// One rate was asked for, and the choice is not ours.
    #[error("{count} internal rates of return fit the cash flows, so none of them can be called the one")]
    Several {
        /// How many there are.
        count: usize,
    },
}

/// All discount rates above -100 % at which yearly cash flows are worth exactly nothing, the lowest first.
///
/// `flows[0]` falls in year 0; zeros before the first flow and after the last do not matter. Flows that change sign once
/// have exactly one such rate. Flows that change sign more often, such as a project with a cost at its end, may have as
/// many as there are changes, or fewer by an even number.
///
/// **Formula**: every `r > -1` with `sum flows[k] / (1 + r)^k = 0`.
///
/// **Method**: multiplying the coefficient of year k by k - m, where the sign changes at m, leaves a polynomial with one
/// change of sign less, whose roots separate those of the one before (Rolle's theorem, as in the proof of Descartes'
/// rule). So no root is missed that floats can tell apart; a dozen roots within a few percent of each other they cannot.
/// Each is bracketed, solved by Newton's method inside the bracket, and refined by Newton's method in whole numbers with
/// 108 binary places. A root
/// within 10^-25 of a rate with at most 12 decimal places is taken to be that rate. A net present value that touches zero
/// is a root if it is zero to 22 digits. The time is bounded: below a second for 1,000 flows, whatever their signs.
///
/// **Units**: a fraction a year (8 % is 0.08). The unit of the flows does not matter.
///
/// **Spreadsheets**: `IRR` starts at a guess (10 %), returns the one root it comes across, and stops at about 10^-7; it
/// answers `#NUM!` where it does not converge. Here no guess is needed.
///
/// # Errors
///
/// [`NoIrr::TooShort`], [`NoIrr::AllZero`], [`NoIrr::NoSignChange`], [`NoIrr::NoRoot`] or [`NoIrr::OutOfRange`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 5; the example is that of numpy issue 14977.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Crossing, irr};
/// use rust_decimal::Decimal;
///
/// let roots = irr(&[-50, -100, 600, 300, -100].map(Decimal::from))?;
/// let percent: Vec<_> = roots.iter().map(|root| (root.rate * Decimal::from(100)).round_dp(2)).collect();
/// assert_eq!(percent, [Decimal::new(-76_89, 2), Decimal::new(185_44, 2)]);
/// assert_eq!(roots[1].crossing, Crossing::Falling);
/// # Ok::<(), appraise::kernel::NoIrr>(())
/// ```
pub fn irr(flows: &[Decimal]) -> Result<Vec<Root>, NoIrr> {
    if flows.len() < 2 {
        return Err(NoIrr::TooShort);
    }
    let flows = without_outer_zeros(flows).ok_or(NoIrr::AllZero)?;
    let changes = sign_changes(flows);
    if changes == 0 {
        return Err(NoIrr::NoSignChange);
    }

    let flows = Flows::new(flows, None);
    if changes == 1 { Ok(vec![flows.only_root()?]) } else { flows.roots() }
}

/// The discount rate at which yearly cash flows are worth exactly nothing, where there is exactly one.
///
/// **Formula**, **units**, **spreadsheets**: as [`irr`].
///
/// # Errors
///
/// [`NoIrr`], with [`NoIrr::Several`] where [`irr`] finds more than one: which of them means anything is a decision.
///
/// # Example
///
/// ```
/// use appraise::kernel::sole_irr;
/// use rust_decimal::Decimal;
///
/// let rate = sole_irr(&[-100_000, 40_000, 40_000, 40_000, 40_000].map(Decimal::from))?;
/// assert_eq!(rate.round_dp(6), Decimal::new(218_623, 6)); // 21.86 %
/// # Ok::<(), appraise::kernel::NoIrr>(())
/// ```
pub fn sole_irr(flows: &[Decimal]) -> Result<Decimal, NoIrr> {
    if flows.len() > 1
        && let Some(inner) = without_outer_zeros(flows)
        && sign_changes(inner) == 1
    {
        return Ok(Flows::new(inner, None).only_root()?.rate);
    }
    match irr(flows)?.as_slice() {
        [root] => Ok(root.rate),
        roots => Err(NoIrr::Several { count: roots.len() }),
    }
}

/// How often the flows turn from costs to benefits or back: the most internal rates of return there can be.
///
/// **Formula**: the number of neighbours of opposite sign, zeros left out.
///
/// **Units**: a count.
///
/// # Source
///
/// Descartes' rule of signs.
///
/// # Example
///
/// ```
/// use appraise::kernel::sign_changes;
/// use rust_decimal::Decimal;
///
/// assert_eq!(sign_changes(&[-50, -100, 600, 0, 300, -100].map(Decimal::from)), 2);
/// ```
#[must_use]
pub fn sign_changes(flows: &[Decimal]) -> usize {
    let mut signs = flows.iter().filter(|flow| !flow.is_zero()).map(Decimal::is_sign_negative);
    let Some(mut before) = signs.next() else {
        return 0;
    };
    signs.filter(|sign| std::mem::replace(&mut before, *sign) != *sign).count()
}

pub(super) fn without_outer_zeros(flows: &[Decimal]) -> Option<&[Decimal]> {
    let first = flows.iter().position(|flow| !flow.is_zero())?;
    let last = flows.iter().rposition(|flow| !flow.is_zero())?;
    flows.get(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::npv;
    use crate::kernel::testing::{assert_near, dec, decs};

    /// Name, flows, all roots above -100 % to 15 digits.
    const PUBLISHED: &[(&str, &str, &str)] = &[
        // capital budgeting cases of textbooks and study notes
        ("crm_100k_vantagepoint", "-100000 40000 40000 40000 40000", "0.218622696098342"),
        ("it_business_case_schwalbe", "-140000 160000 160000 160000", "1.0"),
        ("cost_benefit_template_1pct", "-5 9 9 9", "1.70951008283444"),
        ("coursehero_500_300_700_600", "-500 300 700 600", "0.772125336624351"),
        ("coursehero_900_multi", "-900 300 400 400 500 600", "0.343717343167141"),
        (
            "coursehero_1800k_discounted_payback_error",
            "-1800000 350000 500000 600000 800000 500000",
            "0.146332399351888",
        ),
        ("never_pays_back_60000", "-60000 10000 10000 10000 10000 10000 10000 10000 10000", "0.0687642575620811"),
        ("brainmass_project_A_payback", "-500 45 55 65 175 185", "0.0130908494392952"),
        ("payback_150k", "-150000 30000 40000 25000 30000 40000", "0.0319845519036843"),
        ("cpa_kingfisher_alpha", "-200000 80000 70000 60000 40000 20000", "0.136461519053872"),
        ("cpa_kingfisher_beta", "-200000 30000 50000 70000 90000 110000", "0.177189483085653"),
        ("cpa_polar_npv", "-50000 15000 15000 15000 15000 15000", "0.152382371166307"),
        ("cpa_bif_payback", "-40000 12000 14000 16000 10000", "0.115424606764903"),
        // the examples in the documentation of Excel
        ("excel 4 years", "-70000 12000 15000 18000 21000", "-0.021244848273411"),
        ("excel 5 years", "-70000 12000 15000 18000 21000 26000", "0.0866309480365316"),
        ("excel 2 years", "-70000 12000 15000", "-0.443506941334741"),
        // cases from issue trackers of numpy-financial and pyxirr; pyxirr 24 is a test of its own, the dated cases are not ours
        (
            "numpy_financial_98",
            "-10000 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625",
            "-0.0676541134496866",
        ),
        ("numpy_14977", "-50 -100 600 300 -100", "-0.768895470680781 1.85441782845618"),
        ("formulajs_174", "-15000 6630", "-0.558"),
        ("apache_poi_256", "-1000 500 300 800", "0.250994990118761"),
        ("finance_js_20", "-500000 200000 300000 200000", "0.188246209683705"),
        // the tests of numpy-financial; issue 15 has flows down to 10^-313, which decimals do not hold
        ("numpy 1", "-150000 15000 25000 35000 45000 60000", "0.0524328888594141"),
        ("numpy 2", "-100 0 0 74", "-0.0954958303489725"),
        ("numpy 3", "-100 39 59 55 20", "0.280948421159961"),
        ("numpy 4", "-100 100 0 -7", "-0.678894373632387 -0.0832996661849327"),
        ("numpy 5", "-100 100 0 7", "0.0620584856299295"),
        ("numpy 6", "-5 10.5 1 -8 1", "-0.870201247484741 0.0885983385277553 0.709559527686184"),
        ("numpy 7", "-5 10.5 1 -8 1 0 0 0", "-0.870201247484741 0.0885983385277553 0.709559527686184"),
        (
            "numpy 8",
            "-217500 -217500 108466.80462450592 101129.96439328062 93793.12416205535 86456.28393083003 79119.44369960476 71782.60346837944 64445.76323715414 57108.92300592884 49772.08277470355 42435.24254347826 35098.40231225296 27761.56208102766 20424.721849802358 13087.88161857707 5751.041387351768 -1585.7988438735192 -8922.639075098821 -16259.479306324123 -23596.31953754941 -30933.159768774713 -38270 -45606.8402312253 -52943.680462450604 -60280.520693675906 -67617.36092490121",
            "-0.0180967864739638 0.120000000000001",
        ),
        ("numpy 9", "-1678.87 771.96 1814.05 3520.3 3552.95 3584.99 4789.91 -1", "-0.999791260428328 1.00426984872056"),
        (
            "numpy 10",
            "-10000 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625 327.24625",
            "-0.0676541134496866",
        ),
    ];

    fn roots(flows: &str) -> Result<Vec<Root>, NoIrr> {
        irr(&decs(flows))
    }

    fn rates(roots: &[Root]) -> Vec<Decimal> {
        roots.iter().map(|root| root.rate).collect()
    }

    fn times(flows: &[Decimal], factor: &str) -> Vec<Decimal> {
        flows.iter().map(|flow| flow.checked_mul(dec(factor)).unwrap()).collect()
    }

    /// The flows of the product of (1 - (1 + rate) / g): worth nothing at these rates.
    fn with_roots(rates: &str) -> Vec<Decimal> {
        let mut flows = vec![Decimal::ONE];
        for rate in decs(rates) {
            let growth = rate.checked_add(Decimal::ONE).unwrap();
            flows.push(Decimal::ZERO);
            for k in (1..flows.len()).rev() {
                flows[k] = flows[k].checked_sub(growth.checked_mul(flows[k - 1]).unwrap()).unwrap();
            }
        }
        flows
    }

    #[test]
    fn published_values() {
        for (name, flows, expected) in PUBLISHED {
            let roots = roots(flows).unwrap();
            assert_eq!(roots.len(), decs(expected).len(), "{name}: {roots:?}");
            for (root, expected) in roots.iter().zip(decs(expected)) {
                assert_near(name, root.rate, expected, "0.000000000001");
                assert!(root.refined, "{name}");
            }
        }
    }

    #[test]
    fn the_value_at_a_root_is_nothing() {
        for (name, flows, _) in PUBLISHED {
            let flows = decs(flows);
            let scale = flows.iter().map(Decimal::abs).max().unwrap();
            for root in irr(&flows).unwrap().iter().filter(|root| root.rate > dec("-0.5")) {
                let value = npv(root.rate, 0, &flows).unwrap().checked_div(scale).unwrap();
                assert_near(name, value, Decimal::ZERO, "0.000000000000000000001");
            }
        }
    }

    #[test]
    fn the_unit_of_money_does_not_matter() {
        for (name, flows, _) in PUBLISHED {
            let flows = decs(flows);
            let expected = irr(&flows).unwrap();
            for factor in ["0.000001", "1000000", "-1", "-0.001", "0.000000000001"] {
                let roots = irr(&times(&flows, factor)).unwrap();
                assert_eq!(roots.len(), expected.len(), "{name} times {factor}");
                for (root, expected) in roots.iter().zip(&expected) {
                    let tolerance = if factor == "0.000000000001" { "0.00000001" } else { "0.000000000001" };
                    assert_near(name, root.rate, expected.rate, tolerance);
                    assert_eq!(root.crossing == expected.crossing, !factor.starts_with('-'), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_loan_of_480_months() {
        let mut flows = vec![dec("787.735232517999"); 481]; // pyxirr issue 24
        flows[0] = dec("-172545.848122807");
        let rate = sole_irr(&flows).unwrap();
        assert_near("loan", rate, dec("0.00384010481257042"), "0.000000000000001");
        assert_near("value", npv(rate, 0, &flows).unwrap(), Decimal::ZERO, "0.0000000000000000001");
    }

    #[test]
    fn outer_zeros_do_not_matter() {
        let expected = roots("-5 10.5 1 -8 1").unwrap();
        assert_eq!(roots("-5 10.5 1 -8 1 0 0 0"), Ok(expected.clone()));
        assert_eq!(roots("0 0 -5 10.5 1 -8 1"), Ok(expected));
    }

    #[test]
    fn rates_with_few_places_come_back_as_written() {
        for rates in ["0.1", "0", "-0.558", "1", "-0.9999", "0.0333", "0.05 0.25", "-0.5 0 0.5", "0 0.08 0.1 12"] {
            let roots = irr(&with_roots(rates)).unwrap();
            assert_eq!(super::tests::rates(&roots), decs(rates));
        }
        assert_eq!(sole_irr(&decs("-15000 6630")), Ok(dec("-0.558")));
        assert_eq!(sole_irr(&decs("-1000 100 100 1100")), Ok(dec("0.1")));
        assert_eq!(sole_irr(&decs("-3 1 1 1")), Ok(dec("0")));
    }

    #[test]
    fn roots_that_touch() {
        for (rates, expected) in [
            ("0.1 0.1", "0.1"),
            ("0.1 0.1 0.2 0.2", "0.1 0.2"),
            ("-0.3 -0.3 0.4 0.4", "-0.3 0.4"),
            ("0 0", "0"),
            ("0.1 0.1 0.1 0.1", "0.1"),
        ] {
            let roots = irr(&with_roots(rates)).unwrap();
            assert_eq!(super::tests::rates(&roots), decs(expected), "{rates}");
            assert!(roots.iter().all(|root| root.crossing == Crossing::Touching && root.refined), "{rates}");
        }
        let mixed = irr(&with_roots("0.05 0.1 0.1 0.3")).unwrap();
        assert_eq!(rates(&mixed), decs("0.05 0.1 0.3"));
        assert_eq!(mixed[1].crossing, Crossing::Touching);
        let triple = irr(&with_roots("0.1 0.1 0.1")).unwrap();
        assert_eq!(rates(&triple), decs("0.1"));
        assert_eq!(triple[0].crossing, Crossing::Rising);
    }

    #[test]
    fn roots_that_nearly_touch() {
        for gap in ["0.001", "0.00001", "0.000001", "0.0000001", "0.00000001", "0.000000001"] {
            for start in ["0.1", "-0.4"] {
                let near = dec(start).checked_add(dec(gap)).unwrap();
                let rates = format!("{start} {near}");
                let roots = irr(&with_roots(&rates)).unwrap();
                assert_eq!(roots.len(), 2, "{rates}");
                for (root, rate) in roots.iter().zip(decs(&rates)) {
                    assert_near(&rates, root.rate, rate, "0.0000000000000001");
                }
                assert_eq!((roots[0].crossing, roots[1].crossing), (Crossing::Falling, Crossing::Rising));
                // Lifted by a little more than the dip, the value does not reach zero.
                let mut lifted = with_roots(&rates);
                let dip = dec(gap).checked_mul(dec(gap)).unwrap();
                lifted[0] = lifted[0].checked_add(dip).unwrap();
                assert_eq!(irr(&lifted), Err(NoIrr::NoRoot), "{rates}");
            }
        }
    }

    #[test]
    fn crossings() {
        assert_eq!(roots("-100 110").unwrap()[0].crossing, Crossing::Falling);
        assert_eq!(roots("100 -110").unwrap()[0].crossing, Crossing::Rising);
        assert_eq!(
            roots("-50 -100 600 300 -100").unwrap().iter().map(|root| root.crossing).collect::<Vec<_>>(),
            [Crossing::Rising, Crossing::Falling]
        );
    }

    #[test]
    fn reasons() {
        for (flows, reason) in [
            ("", NoIrr::TooShort),
            ("-100", NoIrr::TooShort),
            ("0 0 0", NoIrr::AllZero),
            ("-100 0", NoIrr::NoSignChange),
            ("1 2 3", NoIrr::NoSignChange),
            ("-1 -2 -3", NoIrr::NoSignChange),
            ("40000 5000 8000 12000 30000", NoIrr::NoSignChange),
            ("100 -150 100", NoIrr::NoRoot),
            ("-10000000000000000000 0.0000000000000000001", NoIrr::OutOfRange),
            ("-0.0000000000000000001 10000000000000000000", NoIrr::OutOfRange),
        ] {
            assert_eq!(roots(flows), Err(reason), "{flows}");
        }
        assert_eq!(sole_irr(&decs("-50 -100 600 300 -100")), Err(NoIrr::Several { count: 2 }));
        assert_eq!(NoIrr::Several { count: 2 }.to_string().chars().next(), Some('2'));
    }

    #[test]
    fn extreme_flows() {
        let huge = roots("-1 1000000000001").unwrap()[0];
        assert_near("huge", huge.rate, dec("1000000000000"), "0.001");
        assert!(!huge.refined);
        assert_eq!(roots("-100000000000000 1").unwrap()[0].rate, dec("-0.99999999999999"));
        let flows = [Decimal::MIN, Decimal::MAX, Decimal::MAX];
        let golden = roots("-1 1 1").unwrap()[0].rate;
        assert_near("golden ratio", irr(&flows).unwrap()[0].rate, golden, "0.00000000000001");
        assert_near("golden ratio", golden, dec("0.6180339887498948482045868344"), "0.0000000000000000000000001");
    }

    #[test]
    fn a_thousand_periods() {
        let mut flows = vec![Decimal::ONE; 1000];
        flows[0] = dec("-10");
        assert_near("perpetuity", sole_irr(&flows).unwrap(), dec("0.1"), "0.0000000000000000000000001");
        flows[999] = dec("-100000");
        assert_eq!(irr(&flows).unwrap().len(), 2);
        // Alternating signs, with magnitudes from a linear congruential generator.
        let mut state = 1u32;
        for (year, flow) in (0u32..).zip(&mut flows) {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *flow = Decimal::from(state >> 16);
            flow.set_sign_negative(year % 2 == 0);
        }
        let roots = irr(&flows);
        assert!(roots.as_ref().is_ok_and(|roots| roots.len() % 2 == 1), "{roots:?}");
    }
}
