//! A formula as data: a flat list of operations that every reader runs through with a stack.

use rust_decimal::Decimal;
use std::ops;

/// An operation between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a ^ b`
    Power,
    /// `a = b`: 1 or 0
    Equal,
    /// `a <> b`: 1 or 0
    NotEqual,
    /// `a < b`: 1 or 0
    Less,
    /// `a <= b`: 1 or 0
    LessOrEqual,
    /// `a > b`: 1 or 0
    Greater,
    /// `a >= b`: 1 or 0
    GreaterOrEqual,
    /// `a and b`: 1 where neither is 0
    And,
    /// `a or b`: 1 where one is not 0
    Or,
}

/// A function of the formula language or of the domain modules.
///
/// With one argument that is a row, `Min` to `Product` run over the row and give one value; with several arguments
/// they work entry by entry, so that `max(seats, 100)` is a minimum commitment in each year.
///
/// A missing entry makes the result missing, with two exceptions: [`Known`](Self::Known) and
/// [`Otherwise`](Self::Otherwise) are about missing values, and the statistics of a panel, from
/// [`Count`](Self::Count) to [`StandardDeviation`](Self::StandardDeviation), run over the answers that were given, as
/// the functions of a spreadsheet skip empty cells. Rates and shares are fractions, years are counted from 0.
///
/// ```
/// use appraise::model::{AxisId, Builder, Expression, Function, Naming, Shape};
///
/// let mut cells = Builder::new(3);
/// let seats = [120, 160, 200].map(|seats| Some(seats.into()));
/// let seats = cells.input(Naming::new("seats"), Shape::Row(AxisId::YEARS), seats);
/// let most = Expression::call(Function::Max, [Expression::cell(seats)]);
/// let most = cells.formula(Naming::new("most"), most);
/// let billed = Expression::call(Function::Max, [Expression::cell(seats), Expression::number(140)]);
/// let billed = cells.formula(Naming::new("billed"), billed);
/// let values = cells.finish().unwrap().evaluate();
/// assert_eq!(values.scalar(most), Ok(200.into()));
/// assert_eq!(values.row(billed), [140, 160, 200].map(|seats| Ok(seats.into())));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// The smallest of a row, or of the arguments entry by entry.
    Min,
    /// The largest of a row, or of the arguments entry by entry.
    Max,
    /// The sum of a row, or of the arguments entry by entry.
    Sum,
    /// The mean of a row, or of the arguments entry by entry.
    Mean,
    /// The product of a row, or of the arguments entry by entry.
    Product,
    /// The amount without its sign.
    Abs,
    /// `round(x)` or `round(x, digits)`, halves away from zero.
    Round,
    /// `npv(rate, row)`: each entry discounted by its year, year 0 not at all. Only a row over the timeline begins in
    /// year 0; every other one in year 1, as a spreadsheet's. See [`npv`](fn@crate::kernel::npv).
    Npv,
    /// `irr(row)`: the one rate at which `npv` is zero. See [`sole_irr`](crate::kernel::sole_irr).
    Irr,
    /// `irr_roots(row, places)`: the rates at which `npv` is zero, at their places from the lowest at 1. See
    /// [`irr`](fn@crate::kernel::irr).
    IrrRoots,
    /// `continuous_irr(row)`: as [`Irr`](Self::Irr), of flows that are spread evenly over their years. See
    /// [`continuous_irr`](fn@crate::kernel::continuous_irr).
    ContinuousIrr,
    /// `continuous_irr_roots(row, places)`: all of these rates at their places from the lowest at 1.
    ContinuousIrrRoots,
    /// `xnpv(rate, row, years)`: what flows are worth at moment 0, each discounted by the years beside it. See
    /// [`timed_npv`](crate::kernel::timed_npv).
    Xnpv,
    /// `xirr(row, years)`: the one rate at which [`Xnpv`](Self::Xnpv) is zero. See
    /// [`sole_timed_irr`](crate::kernel::sole_timed_irr).
    Xirr,
    /// `xirr_roots(row, years, places)`: the rates at which [`Xnpv`](Self::Xnpv) is zero, of each place in the order from the
    /// lowest at 1. See [`timed_irr`](crate::kernel::timed_irr).
    XirrRoots,
    /// `irr_nearest(guess, row)` or `irr_nearest(guess, row, years)`: of several rates the one nearest to a guess. See
    /// [`IrrPolicy`](crate::kernel::IrrPolicy).
    IrrNearest,
    /// `irr_lowest_not_negative(row)`, or with years: of several rates the lowest that is not below zero.
    IrrLowestNotNegative,
    /// `irr_highest_falling(row)`, or with years: of several rates the highest at which the value falls below zero.
    IrrHighestFalling,
    /// `xpayback(row, years)`: the moment from which the sum of the flows is no longer negative. See
    /// [`timed_payback`](crate::kernel::timed_payback).
    Xpayback,
    /// `payback(row)`: years until the sum of the flows is no longer negative. Only a row over the years 1 to n begins in
    /// year 1; every other one in year 0, with what was spent. See [`payback`](fn@crate::kernel::payback).
    Payback,
    /// `discounted_payback(rate, row)`: as [`Payback`](Self::Payback), of discounted flows. See
    /// [`discounted_payback`](crate::kernel::discounted_payback).
    DiscountedPayback,
    /// `clv_series(margin, retention, rate, years)`: what the margins of a customer are worth. See
    /// [`lifetime_value`](crate::kernel::lifetime_value).
    ClvSeries,
    /// `annuity_factor(rate, periods)`: what one a period is worth today, paid at the end of each. See
    /// [`annuity_factor`](crate::kernel::annuity_factor).
    AnnuityFactor,
    /// `sumproduct(row, row, …)`: the sum of the products of entries that stand side by side.
    SumProduct,
    /// `flow(initial, annual)`: the timeline with `initial` in year 0 and `annual` after it.
    Flow,
    /// The running total of a row.
    Cumulate,
    /// The largest entry of a row so far: perpetual licences that are owned.
    RunningMaximum,
    /// The running product of a row: who is left after each year.
    RunningProduct,
    /// `perpetuity(last, factor)`: the sum of all terms after the last one, each `factor` times the one before. See
    /// [`perpetuity`](fn@crate::kernel::perpetuity).
    Perpetuity,
    /// `largest(row, k)`: the k-th largest entry of a row, the largest at 1.
    Largest,
    /// How many entries of a row are known.
    Count,
    /// The mean of the known entries of a row.
    Average,
    /// `weighted_average(row, weights)`: the mean of the known entries, each weighing what the other row says.
    WeightedAverage,
    /// The middle one of the known entries of a row.
    Median,
    /// `quantile(row, p)` of the known entries, type 7 as spreadsheets have it.
    Quantile,
    /// The standard deviation of the known entries of a row, with n - 1.
    StandardDeviation,
    /// Kendall's W over rows of ratings, one row an item; whoever answered nothing is left out. See
    /// [`kendall_w`](crate::kernel::kendall_w).
    KendallW,
    /// Kendall's W over rows of ratings with gaps, one row an item; as [`KendallW`](Self::KendallW) where there is none.
    /// See [`kendall_w_incomplete`](crate::kernel::kendall_w_incomplete).
    KendallWIncomplete,
    /// `permutation_p(permutations, seed, rows…)`: how likely random rankings agree as much. See
    /// [`permutation_p`](crate::kernel::permutation_p).
    PermutationP,
    /// `kendall_chi_square(w, experts, items)`. See [`kendall_chi_square`](crate::kernel::kendall_chi_square).
    KendallChiSquare,
    /// The p-value of [`KendallChiSquare`](Self::KendallChiSquare).
    KendallP,
    /// `kendall_f(w, experts, items)`. See [`kendall_f`](crate::kernel::kendall_f).
    KendallF,
    /// The p-value of [`KendallF`](Self::KendallF).
    KendallFP,
    /// Spearman's rank correlation of the entries that two rows share. See [`spearman`](crate::kernel::spearman).
    Spearman,
    /// Pearson's correlation of the entries that two rows share. See [`pearson`](crate::kernel::pearson).
    Correlation,
    /// Two-sided p of [`Correlation`](Self::Correlation). See [`pearson_p`](crate::kernel::pearson_p).
    CorrelationP,
    /// `linear_forecast(row, x)`: the least-squares line through the known entries, which stand at 1, 2, 3 and so on, at x
    /// inside the row or beyond it. See [`RegressionLine`](crate::kernel::RegressionLine).
    LinearForecast,
    /// `forecast_margin(row, x, confidence)`: half the width of the prediction interval of
    /// [`LinearForecast`](Self::LinearForecast).
    ForecastMargin,
    /// The sum of the ranks of positive differences between two rows. See [`wilcoxon`](crate::kernel::wilcoxon).
    WilcoxonW,
    /// Two-sided p of the signed-rank test between two rows. See [`wilcoxon`](crate::kernel::wilcoxon).
    WilcoxonP,
    /// The ranks of a row, the smallest first; equal entries share the mean of theirs. See
    /// [`mid_ranks`](crate::kernel::mid_ranks).
    MidRanks,
    /// A row divided by its sum, adding up to exactly 1. See [`shares`](crate::kernel::shares).
    Shares,
    /// Rank-order centroid weights of a row of ranks. See [`rank_weights`](crate::kernel::rank_weights).
    RankCentroid,
    /// Rank-sum weights of a row of ranks.
    RankSum,
    /// Reciprocal weights of a row of ranks.
    RankReciprocal,
    /// `rank_exponent(row, p)`: rank-exponent weights of a row of ranks.
    RankExponent,
    /// `ahp_completed(i, rows…)`: row i of a matrix of comparisons whose gaps are filled. See
    /// [`ahp`](crate::kernel::ahp).
    AhpCompleted,
    /// The principal eigenvector of a matrix of comparisons, summing to 1.
    AhpEigenvector,
    /// The geometric means of the rows of a matrix of comparisons, divided by their sum.
    AhpGeometricMean,
    /// The means of the rows of a matrix of comparisons whose columns are divided by their sums.
    AhpColumnMean,
    /// The principal eigenvalue of a matrix of comparisons.
    AhpLambdaMax,
    /// The geometric consistency index of a matrix of comparisons.
    AhpGeometricConsistency,
    /// `ahp_repair(i, rows…)`: what item i should be judged against each other item to agree with all other judgements.
    AhpRepair,
    /// `ahp_repaired_lambda(i, rows…)`: the principal eigenvalue once item i is judged so against each other item.
    AhpRepairedLambda,
    /// `geometric_mean(w1, x1, w2, x2, …)`: the known x, each to the power of its weight, entry by entry.
    GeometricMean,
    /// `weighted_sum(w1, x1, w2, x2, …)` entry by entry: M(·,+). See [`compose`](crate::kernel::compose).
    WeightedSum,
    /// `max_min(w1, x1, w2, x2, …)` entry by entry: M(∧,∨).
    MaxMin,
    /// `max_product(w1, x1, w2, x2, …)` entry by entry: M(·,∨).
    MaxProduct,
    /// `bounded_sum(w1, x1, w2, x2, …)` entry by entry: M(∧,⊕).
    BoundedSum,
    /// `balanced_sum(w1, x1, w2, x2, …)` entry by entry.
    BalancedSum,
    /// What the entropy of each column of a table, one row a unit, leaves of 1. See
    /// [`divergences`](crate::kernel::divergences).
    Divergence,
    /// The standard deviation of each column of a table, one row a unit. See [`contrasts`](crate::kernel::contrasts).
    Contrast,
    /// How far each column of a table conflicts with the others, one row a unit. See
    /// [`conflicts`](crate::kernel::conflicts).
    Conflict,
    /// `e ^ x`, entry by entry.
    Exp,
    /// The natural logarithm, entry by entry.
    Ln,
    /// `continuous_factor(rate)`, entry by entry: how much more flows are worth that are spread evenly over a period than
    /// flows at its end, `rate / ln(1 + rate)`. See [`continuous_factor`](crate::kernel::continuous_factor).
    ContinuousFactor,
    /// 1 where there is a value and 0 where it is missing; an overflow stays one.
    Known,
    /// `positive(x)`: x where it is above zero, missing where it is not: what others are divided by where a quotient by
    /// nothing or by less than nothing would say the opposite of what it means.
    Positive,
    /// `otherwise(x, y)`: x, or y where x is missing; an overflow stays one.
    Otherwise,
    /// The smallest known argument, entry by entry; missing where none is known.
    Least,
    /// The largest known argument, entry by entry; missing where none is known.
    Greatest,
    /// `at(row, k)`: the k-th entry of a row, counted from 1; of a single value that value. Where `k` is a row, one entry
    /// for each of its entries.
    At,
    /// `carry_forward(row, n)`: a row whose missing entries are the last known one, at most n entries before.
    CarryForward,
    /// `delay(row, years)`: a row that begins so many years later. See [`delay`](fn@crate::kernel::delay).
    Delay,
    /// `layered(purchases, parts)`: what each year carries of purchases that are spread over the years after them. See
    /// [`layered`](crate::kernel::layered).
    Layered,
}

/// What arguments a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    /// One row to one value; several arguments entry by entry.
    Fold,
    /// Entry by entry, with so many arguments at least and at most.
    EntryByEntry(u32, u32),
    /// A row, after or before so many single values, to one value.
    Reduce {
        /// Single values before the row.
        before: u32,
        /// Single values after the row.
        after: u32,
    },
    /// So many single values, then any number of rows over one axis, to one value.
    Rows {
        /// Single values before the rows.
        before: u32,
    },
    /// A row, before so many single values, to a row over the same axis.
    Along {
        /// Single values after the row.
        after: u32,
    },
    /// So many single values, then any number of rows over one axis, to a row over it.
    RowsAlong {
        /// Single values before the rows.
        before: u32,
    },
    /// Weights and values in turn, entry by entry.
    Weighted,
    /// A value and a row over the years to a row over the timeline.
    Join,
    /// Rows over one axis, and places as a row over another, to a row over that one.
    Places,
    /// A row and a position in it, or several positions as a row over another axis.
    Pick,
}

impl Function {
    /// The functions a user may write in a formula, by name.
    pub const WRITABLE: [(&'static str, Function); 15] = [
        ("min", Function::Min),
        ("max", Function::Max),
        ("abs", Function::Abs),
        ("round", Function::Round),
        ("sum", Function::Sum),
        ("mean", Function::Mean),
        ("product", Function::Product),
        ("npv", Function::Npv),
        ("irr", Function::Irr),
        ("count", Function::Count),
        ("sumproduct", Function::SumProduct),
        ("payback", Function::Payback),
        ("discounted_payback", Function::DiscountedPayback),
        ("clv_series", Function::ClvSeries),
        ("annuity_factor", Function::AnnuityFactor),
    ];

    /// The name in conventional notation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Product => "product",
            Self::Abs => "abs",
            Self::Round => "round",
            Self::Npv => "npv",
            Self::Irr => "irr",
            Self::IrrRoots => "irr_roots",
            Self::ContinuousIrr => "continuous_irr",
            Self::ContinuousIrrRoots => "continuous_irr_roots",
            Self::Xnpv => "xnpv",
            Self::Xirr => "xirr",
            Self::XirrRoots => "xirr_roots",
            Self::IrrNearest => "irr_nearest",
            Self::IrrLowestNotNegative => "irr_lowest_not_negative",
            Self::IrrHighestFalling => "irr_highest_falling",
            Self::Xpayback => "xpayback",
            Self::Payback => "payback",
            Self::DiscountedPayback => "discounted_payback",
            Self::ClvSeries => "clv_series",
            Self::AnnuityFactor => "annuity_factor",
            Self::SumProduct => "sumproduct",
            Self::Flow => "flow",
            Self::Cumulate => "cumulate",
            Self::RunningMaximum => "running_max",
            Self::RunningProduct => "running_product",
            Self::Perpetuity => "perpetuity",
            Self::Largest => "largest",
            Self::Count => "count",
            Self::Average => "average",
            Self::WeightedAverage => "weighted_average",
            Self::Median => "median",
            Self::Quantile => "quantile",
            Self::StandardDeviation => "standard_deviation",
            Self::KendallW => "kendall_w",
            Self::KendallWIncomplete => "kendall_w_incomplete",
            Self::PermutationP => "permutation_p",
            Self::KendallChiSquare => "kendall_chi_square",
            Self::KendallP => "kendall_p",
            Self::KendallF => "kendall_f",
            Self::KendallFP => "kendall_f_p",
            Self::Spearman => "spearman",
            Self::Correlation => "correlation",
            Self::CorrelationP => "correlation_p",
            Self::LinearForecast => "linear_forecast",
            Self::ForecastMargin => "forecast_margin",
            Self::WilcoxonW => "wilcoxon_w",
            Self::WilcoxonP => "wilcoxon_p",
            Self::MidRanks => "mid_ranks",
            Self::Shares => "shares",
            Self::RankCentroid => "rank_centroid",
            Self::RankSum => "rank_sum",
            Self::RankReciprocal => "rank_reciprocal",
            Self::RankExponent => "rank_exponent",
            Self::AhpCompleted => "ahp_completed",
            Self::AhpEigenvector => "ahp_eigenvector",
            Self::AhpGeometricMean => "ahp_geometric_mean",
            Self::AhpColumnMean => "ahp_column_mean",
            Self::AhpLambdaMax => "ahp_lambda_max",
            Self::AhpGeometricConsistency => "ahp_geometric_consistency",
            Self::AhpRepair => "ahp_repair",
            Self::AhpRepairedLambda => "ahp_repaired_lambda",
            Self::GeometricMean => "geometric_mean",
            Self::WeightedSum => "weighted_sum",
            Self::MaxMin => "max_min",
            Self::MaxProduct => "max_product",
            Self::BoundedSum => "bounded_sum",
            Self::BalancedSum => "balanced_sum",
            Self::Divergence => "divergence",
            Self::Contrast => "contrast",
            Self::Conflict => "conflict",
            Self::Exp => "exp",
            Self::Ln => "ln",
            Self::ContinuousFactor => "continuous_factor",
            Self::Known => "known",
            Self::Positive => "positive",
            Self::Otherwise => "otherwise",
            Self::Least => "least",
            Self::Greatest => "greatest",
            Self::At => "at",
            Self::CarryForward => "carry_forward",
            Self::Delay => "delay",
            Self::Layered => "layered",
        }
    }

    pub(crate) fn signature(self) -> Signature {
        match self {
            Self::Min | Self::Max | Self::Sum | Self::Mean | Self::Product => Signature::Fold,
            Self::Abs | Self::Known | Self::Positive | Self::Exp | Self::Ln | Self::ContinuousFactor => {
                Signature::EntryByEntry(1, 1)
            }
            Self::Least | Self::Greatest => Signature::EntryByEntry(1, u32::MAX),
            Self::KendallChiSquare | Self::KendallP | Self::KendallF | Self::KendallFP => Signature::EntryByEntry(3, 3),
            Self::Round => Signature::EntryByEntry(1, 2),
            Self::Otherwise | Self::Perpetuity | Self::AnnuityFactor => Signature::EntryByEntry(2, 2),
            Self::ClvSeries => Signature::EntryByEntry(4, 4),
            Self::Npv | Self::DiscountedPayback => Signature::Reduce { before: 1, after: 0 },
            Self::Quantile | Self::Largest | Self::LinearForecast => Signature::Reduce { before: 0, after: 1 },
            Self::ForecastMargin => Signature::Reduce { before: 0, after: 2 },
            Self::Irr
            | Self::ContinuousIrr
            | Self::Payback
            | Self::Count
            | Self::Average
            | Self::Median
            | Self::StandardDeviation => Signature::Reduce { before: 0, after: 0 },
            Self::SumProduct
            | Self::Xirr
            | Self::IrrLowestNotNegative
            | Self::IrrHighestFalling
            | Self::Xpayback
            | Self::KendallW
            | Self::KendallWIncomplete
            | Self::WeightedAverage
            | Self::Spearman
            | Self::Correlation
            | Self::CorrelationP
            | Self::WilcoxonW
            | Self::WilcoxonP
            | Self::AhpLambdaMax
            | Self::AhpGeometricConsistency => Signature::Rows { before: 0 },
            Self::Xnpv | Self::IrrNearest => Signature::Rows { before: 1 },
            Self::IrrRoots | Self::ContinuousIrrRoots | Self::XirrRoots => Signature::Places,
            Self::PermutationP => Signature::Rows { before: 2 },
            Self::AhpEigenvector
            | Self::AhpGeometricMean
            | Self::AhpColumnMean
            | Self::Divergence
            | Self::Contrast
            | Self::Conflict
            | Self::Layered => Signature::RowsAlong { before: 0 },
            Self::AhpCompleted | Self::AhpRepair | Self::AhpRepairedLambda => Signature::RowsAlong { before: 1 },
            Self::GeometricMean
            | Self::WeightedSum
            | Self::MaxMin
            | Self::MaxProduct
            | Self::BoundedSum
            | Self::BalancedSum => Signature::Weighted,
            Self::Cumulate
            | Self::RunningMaximum
            | Self::RunningProduct
            | Self::MidRanks
            | Self::Shares
            | Self::RankCentroid
            | Self::RankSum
            | Self::RankReciprocal => Signature::Along { after: 0 },
            Self::RankExponent | Self::CarryForward | Self::Delay => Signature::Along { after: 1 },
            Self::Flow => Signature::Join,
            Self::At => Signature::Pick,
        }
    }
}

/// One step of a formula over names `N`: [`CellId`](super::CellId) once names are resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation<N> {
    /// Push a number.
    Number(Decimal),
    /// Push the value of a cell.
    Cell(N),
    /// Push the entry of that number of a row: `seats[3]`. Entries that are no numbers are counted from 1.
    Entry(N, u32),
    /// Replace so many single values by the row of them over an axis.
    Gather(super::AxisId, u32),
    /// Replace the top by its negative.
    Negate,
    /// Replace the top by 1 where it is 0, else by 0.
    Not,
    /// Replace the top two by their result.
    Binary(Binary),
    /// Replace condition, value if true, value if false by one of the two values.
    If,
    /// Replace so many values by the function of them.
    Call(Function, u32),
}

/// A formula: operations in postfix order that leave exactly one value.
///
/// Built with the ordinary operators, which only write down what is to be computed and so cannot fail, or read from
/// text by [`Formula::parse`](super::Formula::parse). Being flat, it is read by a loop, however long it is.
///
/// ```
/// use appraise::model::{Builder, Expression, Naming, Shape};
/// use rust_decimal::Decimal;
///
/// let mut cells = Builder::new(5);
/// let seats = cells.input(Naming::new("seats"), Shape::Scalar, [Some(Decimal::from(120))]);
/// let price = cells.input(Naming::new("price"), Shape::Scalar, [Some(Decimal::from(960))]);
/// let cost = cells.formula(Naming::new("cost"), Expression::cell(seats) * Expression::cell(price));
/// let model = cells.finish().unwrap();
/// assert_eq!(model.evaluate().scalar(cost), Ok(Decimal::from(115_200)));
/// ```
#[derive(Debug, Clone)]
pub struct Expression<N = super::CellId> {
    // INVARIANT: run through with a stack, every operation finds its operands and one value is left.
    operations: Operations<N>,
}

/// Every formula is built from lone operands, which need no room of their own.
#[derive(Debug, Clone)]
enum Operations<N> {
    Lone([Operation<N>; 1]),
    Several(Vec<Operation<N>>),
}

impl<N> Operations<N> {
    fn as_slice(&self) -> &[Operation<N>] {
        match self {
            Self::Lone(operation) => operation,
            Self::Several(operations) => operations,
        }
    }

    fn append_to(self, operations: &mut Vec<Operation<N>>) {
        match self {
            Self::Lone([operation]) => operations.push(operation),
            Self::Several(mut several) => operations.append(&mut several),
        }
    }

    /// The operations, with room for so many more.
    fn with_room(self, more: usize) -> Vec<Operation<N>> {
        match self {
            Self::Lone([operation]) => {
                let mut operations = Vec::with_capacity(more + 1);
                operations.push(operation);
                operations
            }
            Self::Several(mut operations) => {
                operations.reserve(more);
                operations
            }
        }
    }
}

impl<N: PartialEq> PartialEq for Expression<N> {
    fn eq(&self, other: &Self) -> bool {
        self.operations() == other.operations()
    }
}

impl<N> Expression<N> {
    /// A number.
    pub fn number(value: impl Into<Decimal>) -> Self {
        Self::of(Operation::Number(value.into()))
    }

    /// The value of a cell.
    pub fn cell(cell: N) -> Self {
        Self::of(Operation::Cell(cell))
    }

    /// One entry of a row: `seats[3]`. Entries that are no numbers are counted from 1.
    pub fn entry(cell: N, number: u32) -> Self {
        Self::of(Operation::Entry(cell, number))
    }

    fn of(operation: Operation<N>) -> Self {
        Self { operations: Operations::Lone([operation]) }
    }

    fn several(operations: Vec<Operation<N>>) -> Self {
        Self { operations: Operations::Several(operations) }
    }

    /// The expression and what is done with it.
    fn then(self, others: impl IntoIterator<Item = Self>, operation: Operation<N>) -> Self {
        // `a * b + c` grows once
        let mut operations = self.operations.with_room(4);
        for other in others {
            other.operations.append_to(&mut operations);
        }
        operations.push(operation);
        Self::several(operations)
    }

    /// The function of the arguments.
    pub fn call(function: Function, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(arguments, |count| Operation::Call(function, count))
    }

    /// Single values as a row over an axis of as many entries.
    ///
    /// ```
    /// use appraise::model::{Axis, Builder, Expression, Function, Naming, Shape};
    ///
    /// let mut cells = Builder::new(5);
    /// let siblings = cells.axis(Axis::named("criteria", ["customer", "financial"]));
    /// let [a, b] = [3, 1].map(|points| Expression::number(points));
    /// let points = cells.formula(Naming::new("points"), Expression::row(siblings, [a, b]));
    /// let sum = cells.formula(Naming::new("sum"), Expression::call(Function::Sum, [Expression::cell(points)]));
    /// let first = cells.formula(Naming::new("first"), Expression::entry(points, 1));
    /// let values = cells.finish().unwrap().evaluate();
    /// assert_eq!(values.scalar(sum), Ok(4.into()));
    /// assert_eq!(values.scalar(first), Ok(3.into()));
    /// assert_eq!(values.figure("points.financial"), Some(Ok(1.into())));
    /// ```
    pub fn row(axis: super::AxisId, entries: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(entries, |count| Operation::Gather(axis, count))
    }

    fn joined(parts: impl IntoIterator<Item = Self>, operation: impl FnOnce(u32) -> Operation<N>) -> Self {
        let mut operations = Vec::new();
        let mut count = 0;
        for part in parts {
            part.operations.append_to(&mut operations);
            count += 1;
        }
        operations.push(operation(count));
        Self::several(operations)
    }

    /// The sum, entry by entry where terms are rows; 0 where there is no term.
    pub fn sum_of(terms: impl IntoIterator<Item = Self>) -> Self {
        Self::fold_of(Function::Sum, terms)
    }

    /// The smallest, largest, sum, mean or product of several expressions entry by entry, never over a row.
    pub(crate) fn fold_of(function: Function, terms: impl IntoIterator<Item = Self>) -> Self {
        // one argument would be folded over its entries, and none has no value: both have a plainer form
        let mut terms = terms.into_iter();
        match (terms.next(), terms.next()) {
            (None, _) => Self::number(0),
            (Some(only), None) => only,
            (Some(first), Some(second)) => Self::call(function, [first, second].into_iter().chain(terms)),
        }
    }

    /// One of two values.
    pub fn choose(condition: Self, if_true: Self, if_false: Self) -> Self {
        condition.then([if_true, if_false], Operation::If)
    }

    /// An operation between two expressions.
    pub fn binary(self, operation: Binary, other: Self) -> Self {
        self.then([other], Operation::Binary(operation))
    }

    /// `self ^ exponent`
    pub fn power(self, exponent: Self) -> Self {
        self.binary(Binary::Power, exponent)
    }

    /// Not `self`.
    pub fn negation(self) -> Self {
        self.then([], Operation::Not)
    }

    /// Limited to `lowest..=highest`.
    pub fn clamp(self, lowest: Decimal, highest: Decimal) -> Self {
        let floored = Self::call(Function::Max, [self, Self::number(lowest)]);
        Self::call(Function::Min, [floored, Self::number(highest)])
    }

    /// What a parser has written in postfix order.
    pub(super) fn from_postfix(operations: Vec<Operation<N>>) -> Self {
        Self::several(operations)
    }

    /// The operations in postfix order.
    pub fn operations(&self) -> &[Operation<N>] {
        self.operations.as_slice()
    }

    /// The dividend and the divisor, where the last thing that the formula does is to divide.
    pub(super) fn quotient(&self) -> Option<(Self, Self)>
    where
        N: Clone,
    {
        let (Operation::Binary(Binary::Divide), operands) = self.operations().split_last()? else { return None };
        // back from the end, until what the divisor needs is there
        let (mut needed, mut from) = (1_usize, operands.len());
        while needed > 0 {
            from = from.checked_sub(1)?;
            let takes = match operands.get(from)? {
                Operation::Number(_) | Operation::Cell(_) | Operation::Entry(..) => 0,
                Operation::Negate | Operation::Not => 1,
                Operation::Binary(_) => 2,
                Operation::If => 3,
                Operation::Call(_, count) | Operation::Gather(_, count) => usize::try_from(*count).ok()?,
            };
            needed = needed.checked_sub(1)?.checked_add(takes)?;
        }
        let (dividend, divisor) = operands.split_at_checked(from)?;
        Some((Self::several(dividend.to_vec()), Self::several(divisor.to_vec())))
    }

    /// The names it reads, in order of their appearance.
    pub fn names(&self) -> impl Iterator<Item = &N> {
        self.operations().iter().filter_map(|operation| match operation {
            Operation::Cell(name) | Operation::Entry(name, _) => Some(name),
            _ => None,
        })
    }

    /// The same formula over other names.
    ///
    /// # Errors
    ///
    /// The first error that `resolve` returns.
    pub fn resolve<M, E>(&self, mut resolve: impl FnMut(&N) -> Result<M, E>) -> Result<Expression<M>, E> {
        let operations = self
            .operations()
            .iter()
            .map(|operation| {
                Ok(match operation {
                    Operation::Number(value) => Operation::Number(*value),
                    Operation::Cell(name) => Operation::Cell(resolve(name)?),
                    Operation::Entry(name, number) => Operation::Entry(resolve(name)?, *number),
                    Operation::Negate => Operation::Negate,
                    Operation::Not => Operation::Not,
                    Operation::Binary(binary) => Operation::Binary(*binary),
                    Operation::If => Operation::If,
                    Operation::Gather(axis, count) => Operation::Gather(*axis, *count),
                    Operation::Call(function, count) => Operation::Call(*function, *count),
                })
            })
            .collect::<Result<_, E>>()?;
        Ok(Expression::several(operations))
    }
}

impl<N> From<Decimal> for Expression<N> {
    fn from(value: Decimal) -> Self {
        Self::number(value)
    }
}

macro_rules! symbolic {
    ($($trait:ident $method:ident $binary:ident),*) => { $(
        impl<N> ops::$trait for Expression<N> {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                self.binary(Binary::$binary, other)
            }
        }
    )* };
}
symbolic!(Add add Add, Sub sub Subtract, Mul mul Multiply, Div div Divide);

impl<N> ops::Neg for Expression<N> {
    type Output = Self;
    fn neg(self) -> Self {
        self.then([], Operation::Negate)
    }
}
