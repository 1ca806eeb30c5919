//! Depreciation: how the cost of something that is used for years is spread over them.

use rust_decimal::Decimal;

use super::compounding::root;
use super::places::places;

/// How a cost is spread over the years, or other periods, of use.
///
/// With `cost` what was paid, `residual` what the thing is worth at the end, and `book(k)` what is left in the books
/// after period `k`, every method says what `book` is; the charge of a period is what `book` loses in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Depreciation<'a> {
    /// The same charge in each period: `(cost - residual) / life`.
    StraightLine {
        /// Over how many periods.
        life: u32,
    },
    /// The same part of what is left in each period, `book x factor / life`, never below the residual value. Double
    /// declining balance has the factor 2.
    DecliningBalance {
        /// Over how many periods.
        life: u32,
        /// How many times the rate of the straight line is charged.
        factor: Decimal,
        /// What becomes of what the method would leave at the end.
        rest: DecliningRest,
    },
    /// The same part of what is left in each period, such that the residual value is left at the end:
    /// `book x (1 - (residual / cost)^(1 / life))`. There must be a residual value.
    FixedDecliningBalance {
        /// Over how many periods.
        life: u32,
    },
    /// Charges that fall evenly: in period `k`, `(cost - residual) x (life + 1 - k) / (1 + 2 + … + life)`.
    SumOfYearsDigits {
        /// Over how many periods.
        life: u32,
    },
    /// By use: `(cost - residual) x units / expected`. What is used beyond the expectation costs nothing more.
    UnitsOfProduction {
        /// What is used in each period; nothing in later ones.
        units: &'a [Decimal],
        /// What is expected to be used in all.
        expected: Decimal,
    },
    /// By a table of parts of `cost - residual`, which sum to 1, as tax law prescribes them. The American tables
    /// (MACRS) know no residual value.
    Table {
        /// The part of each period; nothing in later ones.
        shares: &'a [Decimal],
    },
}

/// What becomes of what a declining balance would leave at the end of the life, since it never reaches zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DecliningRest {
    /// From the period on in which it charges more, what is left is spread evenly over the periods that remain.
    #[default]
    Switch,
    /// The last periods share what is left evenly; two of them by the accounting rules of China.
    LastPeriods(u32),
    /// It stays in the books.
    Left,
}

/// Why a cost cannot be spread so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DepreciationError {
    /// What was paid is written positive.
    #[error("the cost is negative")]
    NegativeCost,
    /// What is left is not below nothing.
    #[error("the residual value is negative")]
    NegativeResidual,
    /// Nothing would be left to spread.
    #[error("the residual value is above the cost")]
    ResidualAboveCost,
    /// Something is used for one period at least.
    #[error("the life is not at least one period")]
    NoLife,
    /// A declining balance declines.
    #[error("the factor of a declining balance is not above 0")]
    Factor,
    /// A fixed part of what is left never leaves nothing.
    #[error("a fixed declining balance needs a residual value above 0: no constant rate leaves nothing")]
    NoResidual,
    /// The table is no distribution.
    #[error("the shares of a table sum to {sum} and not to 1")]
    Shares {
        /// What they sum to.
        sum: Decimal,
    },
    /// Nothing becomes newer by use.
    #[error("units or shares are negative, or no units are expected")]
    NegativeUnits,
    /// The period asked for is not one of those of the life.
    #[error("no such period within the life")]
    NoSuchPeriod,
    /// Far more periods than anything is used for; a bound keeps the time small.
    #[error("a life of more than {LONGEST} periods")]
    TooLong,
    /// A value on the way does not fit 28 digits.
    #[error("a value does not fit a decimal number of 28 digits")]
    Overflow,
}

/// The longest life whose charges are counted one by one: every day of more than two centuries.
pub(super) const LONGEST: u32 = 100_000;

/// Writes what is charged in each period into a row.
///
/// The row may be shorter than the life, and then holds the first periods, or longer, and then ends in zeros. Over the
/// whole life the charges sum to `cost - residual` to the last digit, except where a method leaves a
/// [`DecliningRest`](DecliningRest::Left) or the expected units are not used; what is left never falls below the residual value.
///
/// **Formula**: that of the [`Depreciation`]; the charges are differences of book values, which have as many decimal
/// places as the cost leaves room for.
///
/// **Units**: those of the cost, a period.
///
/// **Spreadsheets**: [`sln`](super::spreadsheet::sln), [`syd`](super::spreadsheet::syd),
/// [`ddb`](super::spreadsheet::ddb) and [`vdb`](super::spreadsheet::vdb); [`db`](super::spreadsheet::db) rounds its rate
/// to three places, and so misses the residual value.
///
/// # Errors
///
/// [`DepreciationError`]: a negative amount, a residual value above the cost, no life, a factor that is not above 0,
/// shares that do not sum to 1, an overflow.
///
/// # Source
///
/// Weygandt, Kimmel, Kieso, *Accounting Principles*, chapter on plant assets. The declining balance over five years at
/// 40 % with the switch gives the American table of that class but for its half years. The example is that of the
/// documentation of `DDB` in Excel.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Depreciation, DecliningRest, depreciate};
/// use rust_decimal::{Decimal, dec};
///
/// let mut charges = [Decimal::ZERO; 10];
/// let double = Depreciation::DecliningBalance { life: 10, factor: dec!(2), rest: DecliningRest::Switch };
/// depreciate(dec!(2_400), dec!(300), &double, &mut charges)?;
/// assert_eq!(charges[0], dec!(480));
/// assert_eq!(charges.iter().sum::<Decimal>(), dec!(2_100));
///
/// // a server in the American class of five years
/// let shares = [dec!(0.2), dec!(0.32), dec!(0.192), dec!(0.1152), dec!(0.1152), dec!(0.0576)];
/// depreciate(dec!(24_000), dec!(0), &Depreciation::Table { shares: &shares }, &mut charges)?;
/// assert_eq!(charges[1], dec!(7_680));
/// # Ok::<(), appraise::kernel::DepreciationError>(())
/// ```
pub fn depreciate(
    cost: Decimal,
    residual: Decimal,
    method: &Depreciation<'_>,
    charges: &mut [Decimal],
) -> Result<(), DepreciationError> {
    let base = base(cost, residual)?;
    method.check(cost, residual)?;
    let finest = places(cost).max(cost.scale()).max(residual.scale());
    let mut books = Books { cost, residual, base, book: cost, used: Decimal::ZERO };
    let constant = method.constant_rate(cost, residual).ok_or(DepreciationError::Overflow)?;
    for (charge, period) in charges.iter_mut().zip(1..) {
        let book = books.after(method, constant, period).ok_or(DepreciationError::Overflow)?;
        let book = book.round_dp(finest).max(residual).min(books.book);
        *charge = books.book.checked_sub(book).ok_or(DepreciationError::Overflow)?;
        books.book = book;
    }
    Ok(())
}

/// What there is to spread.
pub(super) fn base(cost: Decimal, residual: Decimal) -> Result<Decimal, DepreciationError> {
    if cost < Decimal::ZERO {
        return Err(DepreciationError::NegativeCost);
    }
    if residual < Decimal::ZERO {
        return Err(DepreciationError::NegativeResidual);
    }
    if residual > cost {
        return Err(DepreciationError::ResidualAboveCost);
    }
    cost.checked_sub(residual).ok_or(DepreciationError::Overflow)
}

impl Depreciation<'_> {
    fn check(&self, cost: Decimal, residual: Decimal) -> Result<(), DepreciationError> {
        let negative = |numbers: &[Decimal]| numbers.iter().any(|number| *number < Decimal::ZERO);
        match *self {
            Self::StraightLine { life: 0 }
            | Self::DecliningBalance { life: 0, .. }
            | Self::FixedDecliningBalance { life: 0 }
            | Self::SumOfYearsDigits { life: 0 } => Err(DepreciationError::NoLife),
            Self::DecliningBalance { factor, .. } if factor <= Decimal::ZERO => Err(DepreciationError::Factor),
            Self::FixedDecliningBalance { .. } if residual.is_zero() && !cost.is_zero() => {
                Err(DepreciationError::NoResidual)
            }
            Self::UnitsOfProduction { units, expected } if expected <= Decimal::ZERO || negative(units) => {
                Err(DepreciationError::NegativeUnits)
            }
            Self::Table { shares } if negative(shares) => Err(DepreciationError::NegativeUnits),
            Self::Table { shares } => {
                let add = |sum: Decimal, share: &Decimal| sum.checked_add(*share);
                let sum = shares.iter().try_fold(Decimal::ZERO, add).ok_or(DepreciationError::Overflow)?;
                if sum == Decimal::ONE { Ok(()) } else { Err(DepreciationError::Shares { sum }) }
            }
            _ => Ok(()),
        }
    }

    /// The part of what is left that a declining balance charges in each period, at most all of it.
    fn constant_rate(&self, cost: Decimal, residual: Decimal) -> Option<Decimal> {
        match *self {
            Self::DecliningBalance { life, factor, .. } => {
                Some(factor.checked_div(Decimal::from(life))?.min(Decimal::ONE))
            }
            Self::FixedDecliningBalance { life } if !cost.is_zero() => {
                let left = residual.checked_div(cost)?;
                if left.is_zero() {
                    return Some(Decimal::ONE);
                }
                Some(-root(left, left.checked_sub(Decimal::ONE)?, Decimal::from(life))?)
            }
            _ => Some(Decimal::ZERO),
        }
    }
}

/// What is in the books before a period.
struct Books {
    cost: Decimal,
    residual: Decimal,
    /// Cost less residual value.
    base: Decimal,
    book: Decimal,
    /// Units or shares that have been charged.
    used: Decimal,
}

impl Books {
    /// What is in the books after the period that comes next.
    fn after(&mut self, method: &Depreciation<'_>, constant: Decimal, period: u32) -> Option<Decimal> {
        // the number of periods that remain, this one included
        let remaining = |life: u32| life.checked_sub(period).and_then(|after| after.checked_add(1)).map(Decimal::from);
        match *method {
            Depreciation::StraightLine { life } => match remaining(life) {
                Some(remaining) => {
                    let ahead = remaining.checked_sub(Decimal::ONE)?;
                    self.ahead(ahead, Decimal::from(life))
                }
                None => Some(self.residual),
            },
            Depreciation::SumOfYearsDigits { life } => match remaining(life) {
                Some(remaining) => {
                    // the digits that are still to come, and all of them
                    let digits = |last: Decimal| last.checked_mul(last.checked_add(Decimal::ONE)?);
                    self.ahead(digits(remaining.checked_sub(Decimal::ONE)?)?, digits(Decimal::from(life))?)
                }
                None => Some(self.residual),
            },
            Depreciation::FixedDecliningBalance { life } => match remaining(life) {
                Some(remaining) if remaining > Decimal::ONE => self.book.checked_sub(self.book.checked_mul(constant)?),
                _ => Some(self.residual),
            },
            Depreciation::DecliningBalance { life, rest, .. } => {
                let declining = self.book.checked_mul(constant)?;
                let Some(remaining) = remaining(life) else { return Some(self.book) };
                let even = self.book.checked_sub(self.residual)?.checked_div(remaining)?;
                let (charge, evenly) = match rest {
                    DecliningRest::Switch => (declining.max(even), even >= declining),
                    DecliningRest::LastPeriods(last) if remaining <= Decimal::from(last) => (even, true),
                    DecliningRest::LastPeriods(_) | DecliningRest::Left => (declining, false),
                };
                // the last even charge is all that is left, whatever its last digit
                if evenly && remaining == Decimal::ONE {
                    return Some(self.residual);
                }
                self.book.checked_sub(charge)
            }
            Depreciation::UnitsOfProduction { units, expected } => {
                let units = entry(units, period);
                self.used = self.used.checked_add(units)?.min(expected);
                self.ahead(expected.checked_sub(self.used)?, expected)
            }
            Depreciation::Table { shares } => {
                self.used = self.used.checked_add(entry(shares, period))?;
                self.ahead(Decimal::ONE.checked_sub(self.used)?, Decimal::ONE)
            }
        }
    }

    /// The book value of which so many parts are still to come, of so many in all.
    fn ahead(&self, parts: Decimal, of: Decimal) -> Option<Decimal> {
        if parts == of {
            return Some(self.cost);
        }
        // a quotient first would not be the shorter number where the parts go up in the whole
        let ahead = match self.base.checked_mul(parts) {
            Some(product) => product.checked_div(of)?,
            None => self.base.checked_div(of)?.checked_mul(parts)?,
        };
        self.residual.checked_add(ahead)
    }
}

fn entry(row: &[Decimal], period: u32) -> Decimal {
    let index = period.checked_sub(1).and_then(|before| usize::try_from(before).ok());
    index.and_then(|index| row.get(index)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::{assert_near, dec, decs};

    fn charges<const N: usize>(cost: &str, residual: &str, method: Depreciation<'_>) -> [Decimal; N] {
        let mut charges = [Decimal::ZERO; N];
        depreciate(dec(cost), dec(residual), &method, &mut charges).unwrap();
        charges
    }

    fn double(life: u32, rest: DecliningRest) -> Depreciation<'static> {
        Depreciation::DecliningBalance { life, factor: Decimal::TWO, rest }
    }

    #[test]
    fn by_hand() {
        let of = |method| charges::<4>("1000", "100", method).to_vec();
        assert_eq!(of(Depreciation::StraightLine { life: 3 }), decs("300 300 300 0"));
        assert_eq!(of(Depreciation::SumOfYearsDigits { life: 3 }), decs("450 300 150 0"));
        let units = decs("10 50 30 30");
        let by_use = Depreciation::UnitsOfProduction { units: &units, expected: dec("100") };
        assert_eq!(of(by_use), decs("90 450 270 90"));
        let shares = decs("0.5 0 0.5");
        assert_eq!(of(Depreciation::Table { shares: &shares }), decs("450 0 450 0"));
        // 343 is 1000 times 0.7 x 0.7 x 0.7
        let fixed: [Decimal; 4] = charges("1000", "343", Depreciation::FixedDecliningBalance { life: 3 });
        assert_eq!(fixed.to_vec(), decs("300 210 147 0"));
    }

    #[test]
    fn what_a_declining_balance_leaves() {
        let of = |rest| charges::<6>("100000", "5000", double(5, rest)).map(|charge| charge.normalize()).to_vec();
        assert_eq!(of(DecliningRest::Left), decs("40000 24000 14400 8640 5184 0"));
        // the accounting rules of China: 95,000 in all, the last two years alike
        assert_eq!(of(DecliningRest::LastPeriods(2)), decs("40000 24000 14400 8300 8300 0"));
        assert_eq!(of(DecliningRest::LastPeriods(1)), decs("40000 24000 14400 8640 7960 0"));
        assert_eq!(of(DecliningRest::Switch), decs("40000 24000 14400 8640 7960 0"));
        // never below the residual value
        let high: [Decimal; 5] = charges("1000", "500", double(5, DecliningRest::Left));
        assert_eq!(high.to_vec(), decs("400 100 0 0 0"));
        let at_once: [Decimal; 3] = charges("1000", "0", double(1, DecliningRest::Switch));
        assert_eq!(at_once.to_vec(), decs("1000 0 0"));
        // without a residual value the switch comes in the fourth year of five
        let none: [Decimal; 5] = charges("1000", "0", double(5, DecliningRest::Switch));
        assert_eq!(none.to_vec(), decs("400 240 144 108 108"));
    }

    /// Table A-1 of publication 946 of the American tax authority: half a year at both ends.
    #[test]
    fn american_tables() {
        let tables = [
            ("3 years", "0.3333 0.4445 0.1481 0.0741"),
            ("5 years", "0.2000 0.3200 0.1920 0.1152 0.1152 0.0576"),
            ("7 years", "0.1429 0.2449 0.1749 0.1249 0.0893 0.0892 0.0893 0.0446"),
        ];
        for (name, table) in tables {
            let shares = decs(table);
            let mut charges = vec![Decimal::ZERO; shares.len()];
            depreciate(dec("10000"), Decimal::ZERO, &Depreciation::Table { shares: &shares }, &mut charges).unwrap();
            assert_eq!(charges.iter().sum::<Decimal>(), dec("10000"), "{name}");
            let expected: Vec<_> = shares.iter().map(|share| share.checked_mul(dec("10000")).unwrap()).collect();
            assert_eq!(charges, expected, "{name}");
        }
    }

    #[test]
    fn parts_that_do_not_go_up() {
        for method in [
            Depreciation::StraightLine { life: 7 },
            Depreciation::SumOfYearsDigits { life: 7 },
            Depreciation::FixedDecliningBalance { life: 7 },
            double(7, DecliningRest::Switch),
            double(7, DecliningRest::LastPeriods(2)),
        ] {
            let charges: [Decimal; 7] = charges("1000.01", "33.3333", method);
            assert_eq!(charges.iter().sum::<Decimal>(), dec("966.6767"), "{method:?}");
        }
        let seventh: [Decimal; 1] = charges("100", "0", Depreciation::StraightLine { life: 7 });
        assert_near("a seventh", seventh[0], dec("14.28571428571428571428571"), "0.00000000000000000000001");
    }

    #[test]
    fn errors() {
        use DepreciationError as E;
        let of = |cost: &str, residual: &str, method: Depreciation<'_>| {
            depreciate(dec(cost), dec(residual), &method, &mut [Decimal::ZERO; 4])
        };
        let straight = Depreciation::StraightLine { life: 3 };
        assert_eq!(of("-1", "0", straight), Err(E::NegativeCost));
        assert_eq!(of("1", "-1", straight), Err(E::NegativeResidual));
        assert_eq!(of("1", "2", straight), Err(E::ResidualAboveCost));
        assert_eq!(of("1", "0", Depreciation::SumOfYearsDigits { life: 0 }), Err(E::NoLife));
        assert_eq!(of("1", "0", Depreciation::FixedDecliningBalance { life: 3 }), Err(E::NoResidual));
        assert_eq!(of("0", "0", Depreciation::FixedDecliningBalance { life: 3 }), Ok(()));
        let never = Depreciation::DecliningBalance { life: 3, factor: Decimal::ZERO, rest: DecliningRest::Left };
        assert_eq!(of("1", "0", never), Err(E::Factor));
        let units = [dec("1"), dec("-1")];
        assert_eq!(
            of("1", "0", Depreciation::UnitsOfProduction { units: &units, expected: dec("9") }),
            Err(E::NegativeUnits)
        );
        assert_eq!(
            of("1", "0", Depreciation::UnitsOfProduction { units: &[], expected: dec("0") }),
            Err(E::NegativeUnits)
        );
        assert_eq!(of("1", "0", Depreciation::Table { shares: &units }), Err(E::NegativeUnits));
        assert_eq!(of("1", "0", Depreciation::Table { shares: &[] }), Err(E::Shares { sum: Decimal::ZERO }));
        assert_eq!(of("79228162514264337593543950335", "0", Depreciation::SumOfYearsDigits { life: u32::MAX }), Ok(()));
        assert_eq!(depreciate(dec("1"), dec("0"), &straight, &mut []), Ok(()));
    }
}
