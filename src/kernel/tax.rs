//! Tax on profits: what losses save, what deductions save, and what is left of a flow.

use rust_decimal::Decimal;

/// What becomes of a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LossRelief {
    /// It saves nothing.
    #[default]
    None,
    /// It saves tax at once, because the rest of the company earns enough: the tax of the year is negative. This is
    /// the usual view of a project within a profitable company.
    AtOnce,
    /// It lowers the profits of later years, the oldest loss first.
    CarriedForward {
        /// For how many years, or for ever.
        years: Option<u32>,
        /// At most this part of each profit; 1 where the law sets no limit.
        limit: Decimal,
    },
}

/// Why there is no tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TaxError {
    /// A tax takes a part of a profit.
    #[error("the tax rate is not between 0 and 1")]
    Rate,
    /// A loss lowers a profit by a part of it.
    #[error("the limit of a loss carried forward is not between 0 and 1")]
    Limit,
    /// Each profit has its tax.
    #[error("{expected} years with a profit, and {found} in another row")]
    Rows {
        /// How many profits or flows there are.
        expected: usize,
        /// How many entries another row has.
        found: usize,
    },
    /// A value on the way does not fit 28 digits.
    #[error("a value does not fit a decimal number of 28 digits")]
    Overflow,
}

/// Writes the tax on each year's profit into a row.
///
/// **Formula**: `rate x profit` where there is a profit. A loss saves nothing, saves `rate x loss` in its year, or is
/// carried forward: a later profit is taxed less the losses that are left, at most `limit x profit`, the oldest first.
///
/// **Shapes**: one entry a year in both rows.
///
/// **Units**: the rate is a fraction; the taxes are in the unit of the profits, positive where they are paid.
///
/// # Errors
///
/// [`TaxError::Rate`], [`TaxError::Limit`], [`TaxError::Rows`], [`TaxError::Overflow`].
///
/// # Source
///
/// Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 6. The years and the limit are those of a country:
/// five years and no limit are common in China, no end and 80 % of a profit in the United States.
///
/// # Example
///
/// ```
/// use appraise::kernel::{LossRelief, taxes};
/// use rust_decimal::{Decimal, dec};
///
/// let profits = [dec!(-500), dec!(300), dec!(400)];
/// let mut paid = [Decimal::ZERO; 3];
/// taxes(&profits, dec!(0.25), LossRelief::None, &mut paid)?;
/// assert_eq!(paid, [dec!(0), dec!(75), dec!(100)]);
/// taxes(&profits, dec!(0.25), LossRelief::AtOnce, &mut paid)?;
/// assert_eq!(paid, [dec!(-125), dec!(75), dec!(100)]);
/// taxes(&profits, dec!(0.25), LossRelief::CarriedForward { years: None, limit: dec!(1) }, &mut paid)?;
/// assert_eq!(paid, [dec!(0), dec!(0), dec!(50)]); // 200 of the loss are left for the last year
/// # Ok::<(), appraise::kernel::TaxError>(())
/// ```
pub fn taxes(profits: &[Decimal], rate: Decimal, relief: LossRelief, taxes: &mut [Decimal]) -> Result<(), TaxError> {
    check(profits.len(), taxes.len(), rate, relief)?;
    for (tax, profit) in taxes.iter_mut().zip(profits) {
        *tax = *profit;
    }
    tax_in_place(taxes, rate, relief).ok_or(TaxError::Overflow)
}

/// What a deduction saves: the tax shield of depreciation or of interest.
///
/// It saves as much only where there is a profit to deduct it from; where losses meet other rules, the shield is the
/// difference of two rows of [`taxes`].
///
/// **Formula**: `rate x deduction`.
///
/// **Units**: the rate is a fraction; the result is in the unit of the deduction.
///
/// # Errors
///
/// [`TaxError::Rate`], [`TaxError::Overflow`].
///
/// # Source
///
/// As [`taxes`].
///
/// # Example
///
/// ```
/// use appraise::kernel::tax_shield;
/// use rust_decimal::dec;
///
/// assert_eq!(tax_shield(dec!(4_800), dec!(0.25))?, dec!(1_200));
/// # Ok::<(), appraise::kernel::TaxError>(())
/// ```
pub fn tax_shield(deduction: Decimal, rate: Decimal) -> Result<Decimal, TaxError> {
    let rate = fraction(rate).ok_or(TaxError::Rate)?;
    deduction.checked_mul(rate).ok_or(TaxError::Overflow)
}

/// Writes what is left of each year's flow after tax into a row.
///
/// Deductions are what lowers the taxed profit and is no cash of the year: depreciation. Where a flow is to be
/// discounted at a cost of capital after tax, interest belongs to neither row, since the rate has its shield.
///
/// **Formula**: `flow - tax on (flow - deduction)`, with the tax of [`taxes`].
///
/// **Shapes**: one entry a year in all three rows.
///
/// # Errors
///
/// As [`taxes`].
///
/// # Source
///
/// As [`taxes`].
///
/// # Example
///
/// ```
/// use appraise::kernel::{LossRelief, after_tax_flows};
/// use rust_decimal::{Decimal, dec};
///
/// let mut left = [Decimal::ZERO; 2];
/// // 1,000 saved a year by a system whose 600 are written off over two years
/// after_tax_flows(&[dec!(1_000); 2], &[dec!(300); 2], dec!(0.25), LossRelief::None, &mut left)?;
/// assert_eq!(left, [dec!(825); 2]); // 750, and 75 that the depreciation saves
/// # Ok::<(), appraise::kernel::TaxError>(())
/// ```
pub fn after_tax_flows(
    flows: &[Decimal],
    deductions: &[Decimal],
    rate: Decimal,
    relief: LossRelief,
    left: &mut [Decimal],
) -> Result<(), TaxError> {
    check(flows.len(), left.len(), rate, relief)?;
    check(flows.len(), deductions.len(), rate, relief)?;
    for ((left, flow), deduction) in left.iter_mut().zip(flows).zip(deductions) {
        *left = flow.checked_sub(*deduction).ok_or(TaxError::Overflow)?;
    }
    tax_in_place(left, rate, relief).ok_or(TaxError::Overflow)?;
    for (left, flow) in left.iter_mut().zip(flows) {
        *left = flow.checked_sub(*left).ok_or(TaxError::Overflow)?;
    }
    Ok(())
}

pub(super) fn fraction(number: Decimal) -> Option<Decimal> {
    (Decimal::ZERO..=Decimal::ONE).contains(&number).then_some(number)
}

fn check(expected: usize, found: usize, rate: Decimal, relief: LossRelief) -> Result<(), TaxError> {
    if expected != found {
        return Err(TaxError::Rows { expected, found });
    }
    if let LossRelief::CarriedForward { limit, .. } = relief {
        fraction(limit).ok_or(TaxError::Limit)?;
    }
    fraction(rate).map(|_| ()).ok_or(TaxError::Rate)
}

/// Turns a row of profits into the taxes on them.
fn tax_in_place(row: &mut [Decimal], rate: Decimal, relief: LossRelief) -> Option<()> {
    match relief {
        LossRelief::None => row.iter_mut().for_each(|profit| *profit = (*profit).max(Decimal::ZERO)),
        LossRelief::AtOnce => {}
        LossRelief::CarriedForward { years, limit } => carry_forward(row, years, limit)?,
    }
    for taxed in row {
        *taxed = taxed.checked_mul(rate)?;
    }
    Some(())
}

/// Turns a row of profits into what of them is taxed.
///
/// A loss stays in its place until a profit has used it up, so that no other room is needed; each is used up once.
fn carry_forward(row: &mut [Decimal], years: Option<u32>, limit: Decimal) -> Option<()> {
    let mut oldest = 0_usize;
    for year in 0..row.len() {
        let (before, from_now) = row.split_at_mut_checked(year)?;
        let profit = from_now.first_mut()?;
        if *profit <= Decimal::ZERO {
            continue;
        }
        if let Some(years) = years.and_then(|years| usize::try_from(years).ok()) {
            oldest = oldest.max(year.saturating_sub(years));
        }
        let mut room = profit.checked_mul(limit)?;
        for loss in before.get_mut(oldest..)? {
            if *loss < Decimal::ZERO {
                let used = loss.abs().min(room);
                *loss = loss.checked_add(used)?;
                *profit = profit.checked_sub(used)?;
                room = room.checked_sub(used)?;
                if *loss < Decimal::ZERO {
                    break;
                }
            }
            oldest = oldest.checked_add(1)?;
        }
    }
    // what is left of losses is not taxed
    row.iter_mut().for_each(|profit| *profit = (*profit).max(Decimal::ZERO));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{dec, decs};

    fn paid(profits: &str, years: Option<u32>, limit: &str) -> Vec<Decimal> {
        let profits = decs(profits);
        let mut row = vec![Decimal::ZERO; profits.len()];
        let relief = LossRelief::CarriedForward { years, limit: dec(limit) };
        taxes(&profits, dec("0.1"), relief, &mut row).unwrap();
        row.iter().map(Decimal::normalize).collect()
    }

    #[test]
    fn losses_carried_forward() {
        assert_eq!(paid("-500 300 400", None, "1"), decs("0 0 20"));
        assert_eq!(paid("-500 300 -100 400 400", None, "1"), decs("0 0 0 10 40"));
        // a loss is of no use once its years have passed: 200 of the first are lost
        assert_eq!(paid("-500 300 400", Some(1), "1"), decs("0 0 40"));
        assert_eq!(paid("-500 0 300 -100 400 400", Some(2), "1"), decs("0 0 0 0 30 40"));
        assert_eq!(paid("-500 300 400", Some(0), "1"), decs("0 30 40"));
        // 80 % of each profit
        assert_eq!(paid("-500 300 400", None, "0.8"), decs("0 6 14"));
        assert_eq!(paid("-500 300 400", None, "0"), decs("0 30 40"));
        // a profit before a loss is not lowered by it
        assert_eq!(paid("300 -500", None, "1"), decs("30 0"));
        assert_eq!(paid("", None, "1"), decs(""));
        // an older loss that the limit leaves is used before a younger one
        assert_eq!(paid("-100 -100 100 100 100", Some(3), "0.5"), decs("0 0 5 5 5"));
    }

    #[test]
    fn flows_after_tax() {
        let (flows, deductions) = (decs("-1000 600 600"), decs("0 500 500"));
        let mut left = [Decimal::ZERO; 3];
        after_tax_flows(&flows, &deductions, dec("0.3"), LossRelief::AtOnce, &mut left).unwrap();
        assert_eq!(left.to_vec(), decs("-700 570 570"));
        after_tax_flows(&flows, &deductions, dec("0.3"), LossRelief::None, &mut left).unwrap();
        assert_eq!(left.to_vec(), decs("-1000 570 570"));
    }

    #[test]
    fn errors() {
        let of = |rate: &str, relief| taxes(&[dec("1")], dec(rate), relief, &mut [Decimal::ZERO]);
        assert_eq!(of("-0.1", LossRelief::None), Err(TaxError::Rate));
        assert_eq!(of("1.1", LossRelief::None), Err(TaxError::Rate));
        let relief = LossRelief::CarriedForward { years: None, limit: dec("2") };
        assert_eq!(of("0.1", relief), Err(TaxError::Limit));
        let rows = taxes(&[dec("1")], dec("0.1"), LossRelief::None, &mut []);
        assert_eq!(rows, Err(TaxError::Rows { expected: 1, found: 0 }));
        let rows = after_tax_flows(&[dec("1")], &[], dec("0.1"), LossRelief::None, &mut [Decimal::ZERO]);
        assert_eq!(rows, Err(TaxError::Rows { expected: 1, found: 0 }));
        let flows = [Decimal::MAX];
        let far = after_tax_flows(&flows, &[Decimal::MIN], dec("0.1"), LossRelief::None, &mut [Decimal::ZERO]);
        assert_eq!(far, Err(TaxError::Overflow));
        assert_eq!(tax_shield(dec("1"), dec("2")), Err(TaxError::Rate));
    }
}
