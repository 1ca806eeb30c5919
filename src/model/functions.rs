//! Functions of whole rows, each the public kernel of its name.

use super::{Absent, AxisId, Cause, CellId, Element, Function, Signature};
use crate::kernel::ahp::{self, Comparisons, PriorityMethod};
use crate::kernel::{
    self, Composition, IrrPolicy, PanelSize, Payback, RankConversion, RegressionLine, Table, Wilcoxon,
};
use rust_decimal::{Decimal, MathematicalOps as _};

/// The operands of one call, side by side on a stack.
#[derive(Clone, Copy)]
pub(super) struct Operands<'a> {
    pub(super) elements: &'a [Element],
    /// Where each operand starts; the last one ends with the elements.
    pub(super) starts: &'a [usize],
}

impl<'a> Operands<'a> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'a [Element]> {
        let ends = self.starts.iter().skip(1).copied().chain([self.elements.len()]);
        self.starts.iter().zip(ends).map(move |(start, end)| self.elements.get(*start..end).unwrap_or_default())
    }

    fn get(self, position: usize) -> &'a [Element] {
        self.iter().nth(position).unwrap_or_default()
    }

    /// The operands after the first so many.
    fn after(self, count: usize) -> Self {
        Self { starts: self.starts.get(count..).unwrap_or_default(), ..self }
    }
}

/// Why a function has no value: an operand has none, or the function itself.
enum Fault {
    Operand(Absent),
    Own(Cause),
}

impl From<Absent> for Fault {
    fn from(absent: Absent) -> Self {
        Self::Operand(absent)
    }
}

impl<C: Into<Cause>> From<C> for Fault {
    fn from(cause: C) -> Self {
        Self::Own(cause.into())
    }
}

/// One call of a function of whole rows.
pub(super) struct WholeRows<'a> {
    pub(super) operands: Operands<'a>,
    /// What the row of a function of cash flows runs along.
    pub(super) axis: Option<AxisId>,
    /// Room for the numbers of a row.
    pub(super) numbers: &'a mut Vec<Decimal>,
    pub(super) cell: CellId,
}

impl WholeRows<'_> {
    /// Appends what the function gives: one value, or one for each entry of its rows.
    pub(super) fn call(&mut self, function: Function, result: &mut Vec<Element>) {
        let entries = match function.signature() {
            Signature::EntryByEntry(..) => return self.entry_by_entry(function, result),
            Signature::Weighted => return self.weighted(function, result),
            Signature::RowsAlong { .. } if matches!(function, Function::AhpRepair | Function::AhpRepairedLambda) => {
                return self.repairs(function, result);
            }
            Signature::Places => return self.rates(function, result),
            Signature::Along { .. } => self.operands.get(0).len(),
            Signature::RowsAlong { .. } => self.operands.iter().last().map_or(0, <[Element]>::len),
            _ => {
                let value = self.value(function);
                return result.push(value.map_err(|fault| self.absent(fault)));
            }
        };
        match function {
            Function::MidRanks => return self.mid_ranks(result),
            Function::CarryForward => return self.carry_forward(result),
            _ => {}
        }
        match self.row(function) {
            Ok(row) if row.len() == entries => result.extend(row.into_iter().map(Ok)),
            Ok(_) => result.extend(std::iter::repeat_n(Err(self.absent(Fault::Own(Cause::Undefined))), entries)),
            Err(fault) => result.extend(std::iter::repeat_n(Err(self.absent(fault)), entries)),
        }
    }

    /// Functions of single values, which work entry by entry on rows.
    fn entry_by_entry(&self, function: Function, result: &mut Vec<Element>) {
        let entries = self.operands.iter().map(<[Element]>::len).max().unwrap_or(0);
        if function == Function::ClvSeries {
            let value = |entry| self.lifetime_value(entry).map_err(|fault| self.absent(fault));
            return result.extend((0..entries).map(value));
        }
        if matches!(function, Function::Ln | Function::ContinuousFactor) {
            let value = |entry| self.of_logarithm(function, entry).map_err(|fault| self.absent(fault));
            return result.extend((0..entries).map(value));
        }
        result.extend((0..entries).map(|entry| {
            let argument = |operand: usize| float(at(self.operands.get(operand), entry, self.cell)?);
            let value = || {
                Ok(match function {
                    Function::Exp => libm::exp(argument(0)?),
                    _ => {
                        let size = PanelSize { experts: whole(argument(1)?)?, items: whole(argument(2)?)? };
                        let w = argument(0)?;
                        match function {
                            Function::KendallChiSquare => kernel::kendall_chi_square(w, size)?.chi_square,
                            Function::KendallP => kernel::kendall_chi_square(w, size)?.p,
                            Function::KendallF => kernel::kendall_f(w, size)?.f.ok_or(Cause::DivisionByZero)?,
                            Function::KendallFP => kernel::kendall_f(w, size)?.p,
                            _ => return Err(Fault::Own(Cause::Undefined)),
                        }
                    }
                })
            };
            value().and_then(|value: f64| Ok(estimate(value)?)).map_err(|fault| self.absent(fault))
        }));
    }

    fn lifetime_value(&self, entry: usize) -> Result<Decimal, Fault> {
        let argument = |operand: usize| at(self.operands.get(operand), entry, self.cell);
        let years = argument(3)?;
        let years = u32::try_from(years).ok().filter(|_| years.is_integer()).ok_or(Cause::Undefined)?;
        Ok(kernel::lifetime_value(argument(0)?, argument(1)?, argument(2)?, years)?)
    }

    fn of_logarithm(&self, function: Function, entry: usize) -> Result<Decimal, Fault> {
        let argument = at(self.operands.get(0), entry, self.cell)?;
        if function == Function::ContinuousFactor {
            return Ok(kernel::continuous_factor(argument)?);
        }
        Ok(argument.checked_ln().ok_or(Cause::Undefined)?)
    }

    /// Functions of weights and values in turn, which work entry by entry on rows.
    fn weighted(&self, function: Function, result: &mut Vec<Element>) {
        let entries = self.operands.iter().map(<[Element]>::len).max().unwrap_or(0);
        let composition = match function {
            Function::MaxMin => Composition::MaxMin,
            Function::MaxProduct => Composition::MaxProduct,
            Function::BoundedSum => Composition::BoundedSum,
            Function::BalancedSum => Composition::BalancedSum,
            Function::WeightedSum => Composition::WeightedSum,
            _ => {
                let mean = |entry| self.geometric_mean(entry).map_err(|fault| self.absent(fault));
                return result.extend((0..entries).map(mean));
            }
        };
        match self.composed(composition, entries) {
            Ok(row) => result.extend(row.into_iter().map(Ok)),
            Err(fault) => result.extend(std::iter::repeat_n(Err(self.absent(fault)), entries)),
        }
    }

    fn composed(&self, composition: Composition, entries: usize) -> Result<Vec<Decimal>, Fault> {
        let count = self.operands.starts.len() / 2;
        let (mut weights, mut values) = (Vec::with_capacity(count), Vec::with_capacity(count * entries));
        for (position, operand) in self.operands.iter().enumerate() {
            if position.is_multiple_of(2) {
                weights.push((*operand.first().ok_or(Cause::Undefined)?)?);
            } else {
                for entry in 0..entries {
                    values.push(at(operand, entry, self.cell)?);
                }
            }
        }
        let mut row = vec![Decimal::ZERO; entries];
        kernel::compose(composition, &weights, &values, &mut row)?;
        Ok(row)
    }

    /// The geometric mean of the known values.
    fn geometric_mean(&self, entry: usize) -> Result<Decimal, Fault> {
        let (mut found, mut weights) = (Vec::new(), Vec::new());
        let mut operands = self.operands.iter();
        while let (Some(weight), Some(values)) = (operands.next(), operands.next()) {
            if let Some(value) = known(at(values, entry, self.cell))? {
                weights.push(float(at(weight, entry, self.cell)?)?);
                found.push(float(value)?);
            }
        }
        Ok(estimate(kernel::weighted_geometric_mean(&found, &weights)?)?)
    }

    fn absent(&self, fault: Fault) -> Absent {
        match fault {
            Fault::Operand(absent) => absent,
            Fault::Own(cause) => Absent { cause, cell: self.cell },
        }
    }

    /// The ranks of the known entries; the others stay missing.
    fn mid_ranks(&mut self, result: &mut Vec<Element>) {
        let mut ranks = match self.known(0) {
            Ok(known) => kernel::mid_ranks(known).into_iter(),
            Err(_) => Vec::new().into_iter(),
        };
        let ranked = self.operands.get(0).iter().map(|element| {
            element.and_then(|_| ranks.next().ok_or(Absent { cause: Cause::Overflow, cell: self.cell }))
        });
        result.extend(ranked);
    }

    /// The last known entry where one is missing, as long as it is not too far back.
    fn carry_forward(&self, result: &mut Vec<Element>) {
        let limit = self.single(1).map(|limit| usize::try_from(limit).unwrap_or(0));
        let limit = limit.map_err(|fault| self.absent(fault));
        let mut last: Option<(usize, Element)> = None;
        for (position, element) in self.operands.get(0).iter().enumerate() {
            let carried = last.filter(|(known, _)| limit.is_ok_and(|limit| position.abs_diff(*known) <= limit));
            result.push(match (element, limit) {
                (Ok(_), _) => {
                    last = Some((position, *element));
                    *element
                }
                (Err(Absent { cause: Cause::Overflow, .. }), _) => *element,
                (Err(_), Err(absent)) => Err(absent),
                (Err(_), _) => carried.map_or(*element, |(_, value)| value),
            });
        }
    }

    /// A table of which every row is a unit.
    fn table(&mut self) -> Result<Table, Fault> {
        let entries = self.operands.get(0).len().max(1);
        let numbers: Vec<f64> = self.every(0)?.iter().map(|number| float(*number)).collect::<Result<_, _>>()?;
        let rows: Vec<&[f64]> = numbers.chunks(entries).collect();
        Ok(Table::by_unit(&rows).map_err(|_| Cause::Undefined)?)
    }

    /// A matrix of comparisons without gaps, one row an item; those of some pairs may be estimates.
    fn completed_comparisons(&self) -> Result<Comparisons, Fault> {
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for operand in self.operands.iter() {
            rows.push(operand.iter().map(|element| float((*element)?)).collect::<Result<_, Fault>>()?);
        }
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        Ok(Comparisons::from_completed(&rows)?)
    }

    /// A matrix of judgements, one row an item; a gap is a pair that nobody judged.
    fn judgements(&self, before: usize) -> Result<Comparisons, Fault> {
        let mut rows: Vec<Vec<Option<f64>>> = Vec::new();
        for operand in self.operands.after(before).iter() {
            let entry = |element: &Element| known(*element)?.map(float).transpose();
            rows.push(operand.iter().map(entry).collect::<Result<_, Fault>>()?);
        }
        let rows: Vec<&[Option<f64>]> = rows.iter().map(Vec::as_slice).collect();
        Ok(Comparisons::from_rows(&rows)?)
    }

    /// The item of a matrix of comparisons that the first operand names, counted from 1.
    fn item(&self) -> Result<usize, Fault> {
        let item = usize::try_from(self.single(0)?).map_err(|_| Cause::Undefined)?;
        Ok(item.checked_sub(1).ok_or(Cause::Undefined)?)
    }

    fn priorities(&self, method: PriorityMethod) -> Result<Vec<Decimal>, Fault> {
        Ok(estimates(ahp::priorities(&self.completed_comparisons()?, method)?.weights().to_vec())?)
    }

    /// Row i of a matrix of comparisons whose gaps are filled.
    fn completed(&self) -> Result<Vec<Decimal>, Fault> {
        let (item, comparisons) = (self.item()?, self.judgements(1)?);
        let estimates = ahp::completion(&comparisons)?;
        let estimated = |column: usize| {
            let of = |row: usize, column: usize| {
                estimates.iter().find(|estimate| (estimate.row, estimate.column) == (row, column))
            };
            let below = || of(column, item).map(|estimate| 1.0 / estimate.value);
            of(item, column).map(|estimate| estimate.value).or_else(below)
        };
        let judged = self.operands.after(item + 1).iter().next().unwrap_or_default();
        let entry = |(column, element): (usize, &Element)| match known(*element)? {
            // what was judged keeps its digits
            Some(judged) => Ok(judged),
            None => Ok(estimate(estimated(column).ok_or(Cause::Undefined)?)?),
        };
        judged.iter().enumerate().map(entry).collect()
    }

    /// What would repair each judgement of an item, or the eigenvalue after it; each entry has a reason of its own.
    fn repairs(&self, function: Function, result: &mut Vec<Element>) {
        let entries = self.operands.iter().last().map_or(0, <[Element]>::len);
        let matrix = self.item().and_then(|item| Ok((item, self.judgements(1)?)));
        let (item, comparisons) = match matrix {
            Ok(matrix) => matrix,
            Err(fault) => return result.extend(std::iter::repeat_n(Err(self.absent(fault)), entries)),
        };
        let entry = |column: usize| {
            if column == item {
                return Ok(match function {
                    Function::AhpRepair => Decimal::ONE,
                    _ => estimate(ahp::lambda_max(&comparisons)?)?,
                });
            }
            let repair = ahp::repair(&comparisons, item, column)?;
            Ok(estimate(if function == Function::AhpRepair { repair.value } else { repair.lambda_max })?)
        };
        result.extend((0..entries).map(|column| entry(column).map_err(|fault| self.absent(fault))));
    }

    /// The rates of flows at any moments, those of some places; each has a reason of its own.
    fn rates(&mut self, function: Function, result: &mut Vec<Element>) {
        let roots = self.all_rates(function);
        let places = self.operands.iter().last().unwrap_or_default();
        match roots {
            Ok(roots) => result.extend(places.iter().map(|place| {
                let root = (*place).map_err(Fault::from).and_then(|place| Ok(rate_at(place, &roots)?));
                root.map_err(|fault| self.absent(fault))
            })),
            Err(fault) => result.extend(std::iter::repeat_n(Err(self.absent(fault)), places.len())),
        }
    }

    /// One of the rates of the row at that place, or of that row and its moments.
    fn quoted_rate(&mut self, place: usize, policy: IrrPolicy) -> Result<Decimal, Fault> {
        let has_moments = self.operands.iter().nth(place.saturating_add(1)).is_some();
        let roots = if has_moments { kernel::timed_irr(&self.timed(place)?) } else { kernel::irr(self.all(place)?) };
        Ok(roots.and_then(|roots| policy.quote(&roots)).map_err(Cause::Irr)?)
    }

    fn all_rates(&mut self, function: Function) -> Result<Vec<Decimal>, Fault> {
        let roots = match function {
            Function::ContinuousIrrRoots => return Ok(kernel::continuous_irr(self.all(0)?).map_err(Cause::Irr)?),
            Function::IrrRoots => kernel::irr(self.all(0)?),
            _ => kernel::timed_irr(&self.timed(0)?),
        };
        Ok(roots.map_err(Cause::Irr)?.into_iter().map(|root| root.rate).collect())
    }

    /// Functions that give a row.
    fn row(&mut self, function: Function) -> Result<Vec<Decimal>, Fault> {
        Ok(match function {
            Function::Shares => kernel::shares(self.all(0)?)?,
            Function::RankCentroid => kernel::rank_weights(self.all(0)?, RankConversion::Centroid)?,
            Function::RankSum => kernel::rank_weights(self.all(0)?, RankConversion::Sum)?,
            Function::RankReciprocal => kernel::rank_weights(self.all(0)?, RankConversion::Reciprocal)?,
            Function::RankExponent => {
                let conversion = RankConversion::Exponent(self.single(1)?);
                kernel::rank_weights(self.all(0)?, conversion)?
            }
            Function::Delay => {
                let years = self.single(1)?;
                let planned = self.all(0)?.to_vec();
                let mut late = planned.clone();
                kernel::delay(&planned, years, &mut late)?;
                late
            }
            Function::Layered => {
                let purchases = self.all(0)?.to_vec();
                let parts = self.all(1)?.to_vec();
                let mut carried = purchases.clone();
                kernel::layered(&purchases, &parts, &mut carried)?;
                carried
            }
            Function::AhpCompleted => self.completed()?,
            Function::AhpEigenvector => self.priorities(PriorityMethod::Eigenvector)?,
            Function::AhpGeometricMean => self.priorities(PriorityMethod::GeometricMean)?,
            Function::AhpColumnMean => self.priorities(PriorityMethod::ColumnMean)?,
            Function::Divergence => estimates(kernel::divergences(&self.table()?)?)?,
            Function::Contrast => estimates(kernel::contrasts(&self.table()?)?)?,
            Function::Conflict => estimates(kernel::conflicts(&self.table()?))?,
            _ => return Err(Fault::Own(Cause::Undefined)),
        })
    }

    fn value(&mut self, function: Function) -> Result<Decimal, Fault> {
        Ok(match function {
            Function::Npv => {
                let first = u32::from(self.axis != Some(AxisId::TIMELINE));
                let rate = self.single(0)?;
                kernel::npv(rate, first, self.all(1)?)?
            }
            Function::Irr => kernel::sole_irr(self.all(0)?).map_err(Cause::Irr)?,
            Function::Xnpv => kernel::timed_npv(self.single(0)?, &self.timed(1)?)?,
            Function::Xirr => kernel::sole_timed_irr(&self.timed(0)?).map_err(Cause::Irr)?,
            Function::IrrNearest => {
                let guess = self.single(0)?;
                self.quoted_rate(1, IrrPolicy::Nearest(guess))?
            }
            Function::IrrLowestNotNegative => self.quoted_rate(0, IrrPolicy::LowestNotNegative)?,
            Function::IrrHighestFalling => self.quoted_rate(0, IrrPolicy::HighestFalling)?,
            Function::ContinuousIrr => kernel::sole_continuous_irr(self.all(0)?).map_err(Cause::Irr)?,
            Function::Xpayback => years(kernel::timed_payback(&self.timed(0)?)?)?,
            // at a rate of 0 the discounted flows are the flows themselves, to the last digit
            Function::Payback => years(kernel::discounted_payback(Decimal::ZERO, self.first_flow(), self.all(0)?)?)?,
            Function::DiscountedPayback => {
                let (rate, first) = (self.single(0)?, self.first_flow());
                years(kernel::discounted_payback(rate, first, self.all(1)?)?)?
            }
            Function::SumProduct => self.sum_of_products()?,
            Function::Largest => {
                let place = usize::try_from(self.single(1)?).map_err(|_| Cause::Undefined)?;
                let row = self.all(0)?.len();
                self.numbers.sort_unstable();
                let place = row.checked_sub(place).ok_or(Cause::Undefined)?;
                self.numbers.get(place).copied().ok_or(Cause::Undefined)?
            }
            Function::Count => Decimal::from(self.known(0)?.len()),
            Function::Average => kernel::mean(self.known(0)?)?,
            Function::WeightedAverage => self.weighted_average()?,
            Function::Median => kernel::median(self.known(0)?)?,
            Function::StandardDeviation => kernel::sample_sd(self.known(0)?)?,
            Function::Quantile => {
                let share = self.single(1)?;
                kernel::quantile(self.known(0)?, share)?
            }
            Function::AhpLambdaMax => estimate(ahp::lambda_max(&self.completed_comparisons()?)?)?,
            Function::AhpGeometricConsistency => estimate(ahp::geometric_consistency_index(&self.judgements(0)?)?)?,
            Function::KendallW => self.kendall_w(0)?,
            Function::KendallWIncomplete => match self.kendall_w(0) {
                Err(Fault::Own(Cause::IncompleteAnswers)) => {
                    let rows = self.answers(0)?;
                    let items: Vec<&[Option<Decimal>]> = rows.iter().map(Vec::as_slice).collect();
                    let ratings = kernel::Ratings::by_item(&items)?;
                    estimate(kernel::kendall_w_incomplete(ratings)?.w)?
                }
                complete => complete?,
            },
            Function::PermutationP => {
                let permutations = u32::try_from(self.single(0)?).map_err(|_| Cause::Undefined)?;
                let seed = u64::try_from(self.single(1)?).map_err(|_| Cause::Undefined)?;
                let rows = self.complete_answers(2)?;
                let items: Vec<&[Decimal]> = rows.iter().map(Vec::as_slice).collect();
                estimate(kernel::permutation_p(kernel::Ratings::by_item(&items)?, permutations, seed)?.p)?
            }
            Function::Spearman => {
                let (x, y) = self.pairs()?;
                estimate(kernel::spearman(&x, &y)?)?
            }
            Function::Correlation | Function::CorrelationP => {
                let (x, y) = self.pairs()?;
                let [x, y] = [floats(&x)?, floats(&y)?];
                estimate(if function == Function::Correlation {
                    kernel::pearson(&x, &y)?
                } else {
                    kernel::pearson_p(&x, &y)?
                })?
            }
            Function::LinearForecast => estimate(self.line()?.at(float(self.single(1)?)?)?)?,
            Function::ForecastMargin => {
                let (x, confidence) = (float(self.single(1)?)?, float(self.single(2)?)?);
                estimate(self.line()?.margin(x, confidence)?)?
            }
            Function::WilcoxonW | Function::WilcoxonP => {
                let (before, after) = self.pairs()?;
                match (kernel::wilcoxon(&before, &after)?, function) {
                    (Wilcoxon::Changed(test), Function::WilcoxonW) => test.w_plus,
                    (Wilcoxon::Changed(test), _) => estimate(test.p)?,
                    // no change has no direction
                    (Wilcoxon::Unchanged { .. }, Function::WilcoxonW) => Decimal::ZERO,
                    (Wilcoxon::Unchanged { .. }, _) => Decimal::ONE,
                }
            }
            _ => return Err(Fault::Own(Cause::Undefined)),
        })
    }

    /// The year of the first flow: of what is written for the years 1 to n it is year 1, of flows with what was spent year 0.
    fn first_flow(&self) -> u32 {
        u32::from(self.axis == Some(AxisId::YEARS))
    }

    /// The entries of a row, each after the moment of the next row that stands beside it.
    fn timed(&self, flows: usize) -> Result<Vec<(Decimal, Decimal)>, Fault> {
        let times = self.operands.iter().nth(flows.saturating_add(1)).unwrap_or_default();
        let flows = self.operands.get(flows).iter().enumerate();
        flows.map(|(entry, flow)| Ok((at(times, entry, self.cell)?, (*flow)?))).collect()
    }

    fn sum_of_products(&self) -> Result<Decimal, Fault> {
        let entries = self.operands.get(0).len();
        let mut sum = Decimal::ZERO;
        for entry in 0..entries {
            let mut product = Decimal::ONE;
            for row in self.operands.iter() {
                product = product.checked_mul(at(row, entry, self.cell)?).ok_or(Cause::Overflow)?;
            }
            sum = sum.checked_add(product).ok_or(Cause::Overflow)?;
        }
        Ok(sum)
    }

    /// The rows after the first operands, without the entries that are missing in all of them.
    fn answers(&self, before: usize) -> Result<Vec<Vec<Option<Decimal>>>, Fault> {
        let rows = self.operands.after(before).iter().map(|row| row.iter().map(|element| known(*element)).collect());
        let rows: Vec<Vec<Option<Decimal>>> = rows.collect::<Result<_, _>>()?;
        let entries = rows.iter().map(Vec::len).max().unwrap_or(0);
        let answered = |entry: usize| rows.iter().any(|row| row.get(entry).is_some_and(Option::is_some));
        let kept: Vec<usize> = (0..entries).filter(|entry| answered(*entry)).collect();
        Ok(rows.iter().map(|row| kept.iter().map(|entry| row.get(*entry).copied().flatten()).collect()).collect())
    }

    /// As [`answers`](Self::answers), where none may be missing.
    fn complete_answers(&self, before: usize) -> Result<Vec<Vec<Decimal>>, Fault> {
        let rows = self.answers(before)?.into_iter().map(|row| row.into_iter().collect::<Option<Vec<_>>>());
        Ok(rows.collect::<Option<Vec<_>>>().ok_or(Cause::IncompleteAnswers)?)
    }

    fn kendall_w(&self, before: usize) -> Result<Decimal, Fault> {
        let rows = self.complete_answers(before)?;
        let items: Vec<&[Decimal]> = rows.iter().map(Vec::as_slice).collect();
        Ok(kernel::Ratings::by_item(&items).and_then(kernel::kendall_w)?)
    }

    /// The entries that are known in both of two rows.
    fn pairs(&self) -> Result<(Vec<Decimal>, Vec<Decimal>), Fault> {
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for (x, y) in self.operands.get(0).iter().zip(self.operands.get(1)) {
            if let (Some(x), Some(y)) = (known(*x)?, known(*y)?) {
                xs.push(x);
                ys.push(y);
            }
        }
        Ok((xs, ys))
    }

    /// The least-squares line through the known entries of the first row, which stand at 1, 2, 3 and so on.
    fn line(&self) -> Result<RegressionLine, Fault> {
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for (place, element) in (1u32..).zip(self.operands.get(0)) {
            if let Some(value) = known(*element)? {
                xs.push(f64::from(place));
                ys.push(float(value)?);
            }
        }
        Ok(RegressionLine::of(&xs, &ys)?)
    }

    fn single(&self, operand: usize) -> Result<Decimal, Fault> {
        Ok((*self.operands.get(operand).first().ok_or(Cause::Undefined)?)?)
    }

    /// The entries of a row, all of which must be known.
    fn all(&mut self, operand: usize) -> Result<&mut Vec<Decimal>, Fault> {
        self.numbers.clear();
        for element in self.operands.get(operand) {
            self.numbers.push((*element)?);
        }
        Ok(self.numbers)
    }

    /// The entries of all rows after the first operands, one row after the other, all of which must be known.
    fn every(&mut self, before: usize) -> Result<&mut Vec<Decimal>, Fault> {
        self.numbers.clear();
        for element in self.operands.after(before).iter().flatten() {
            self.numbers.push((*element)?);
        }
        Ok(self.numbers)
    }

    /// The entries of a row that are known. An overflow is not unknown: it stays one.
    fn known(&mut self, operand: usize) -> Result<&mut Vec<Decimal>, Fault> {
        self.numbers.clear();
        for element in self.operands.get(operand) {
            self.numbers.extend(known(*element)?);
        }
        Ok(self.numbers)
    }

    /// The mean of the known entries of the first row, weighed by those of the second.
    fn weighted_average(&self) -> Result<Decimal, Fault> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        for (element, weight) in self.operands.get(0).iter().zip(self.operands.get(1)) {
            if let Some(value) = known(*element)? {
                values.push(value);
                weights.push((*weight)?);
            }
        }
        Ok(kernel::weighted_mean(&values, &weights)?)
    }
}

/// Single values hold for every entry of a row.
pub(super) fn at(operand: &[Element], entry: usize, cell: CellId) -> Element {
    match operand {
        [only] => *only,
        row => row.get(entry).copied().unwrap_or(Err(Absent { cause: Cause::Undefined, cell })),
    }
}

fn float(number: Decimal) -> Result<f64, Fault> {
    f64::try_from(number).map_err(|_| Fault::Own(Cause::Overflow))
}

fn floats(numbers: &[Decimal]) -> Result<Vec<f64>, Fault> {
    numbers.iter().copied().map(float).collect()
}

fn whole(number: f64) -> Result<usize, Fault> {
    let exact = Decimal::from_f64_retain(number).ok_or(Cause::Undefined)?;
    Ok(usize::try_from(exact).map_err(|_| Cause::Undefined)?)
}

/// An estimate in floats as a decimal of twelve significant digits: what is beyond them says more about the way it was
/// computed than about the matter.
fn estimate(value: f64) -> Result<Decimal, Cause> {
    const DIGITS: u32 = 12;
    let exact = Decimal::from_f64_retain(value).ok_or(Cause::Overflow)?;
    exact.round_sf(DIGITS).map(|rounded| rounded.normalize()).ok_or(Cause::Overflow)
}

fn estimates(values: Vec<f64>) -> Result<Vec<Decimal>, Cause> {
    values.into_iter().map(estimate).collect()
}

fn known(element: Element) -> Result<Option<Decimal>, Absent> {
    match element {
        Ok(value) => Ok(Some(value)),
        Err(Absent { cause: Cause::Overflow, .. }) => element.map(Some),
        Err(_) => Ok(None),
    }
}

/// The rate of that place among all rates, the lowest at 1.
fn rate_at(place: Decimal, rates: &[Decimal]) -> Result<Decimal, Cause> {
    let place = usize::try_from(place).map_err(|_| Cause::Undefined)?;
    place.checked_sub(1).and_then(|place| rates.get(place)).copied().ok_or(Cause::NoFurtherRate)
}

fn years(payback: Payback) -> Result<Decimal, Cause> {
    match payback {
        Payback::Reached(years) => Ok(years),
        Payback::NotReached => Err(Cause::PaybackNotReached),
        Payback::ReachedThenLost { reached, lost } => Err(Cause::PaybackLost { reached, year: lost }),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Axis, Builder, Cause, CellId, Element, Expression, Function, Naming, Shape};
    use rust_decimal::{Decimal, dec};

    /// Rows over the entries a, b, c and so on, and what a function makes of them after some single values.
    fn call(function: Function, before: &[Decimal], rows: &[&[Option<Decimal>]], after: &[Decimal]) -> Vec<Element> {
        let mut cells = Builder::new(1);
        let entries = ["a", "b", "c", "d", "e"];
        let axis = cells.axis(Axis::named("entries", entries.into_iter().take(rows[0].len())));
        let rows: Vec<CellId> = (0..)
            .zip(rows)
            .map(|(number, row)| {
                cells.input(Naming::new(format!("row{number}")), Shape::Row(axis), row.iter().copied())
            })
            .collect();
        let numbers = |numbers: &[Decimal]| numbers.iter().copied().map(Expression::number).collect::<Vec<_>>();
        let rows = rows.into_iter().map(Expression::cell);
        let arguments = numbers(before).into_iter().chain(rows).chain(numbers(after));
        let cell = cells.formula(Naming::new("result"), Expression::call(function, arguments));
        cells.finish().unwrap().evaluate().row(cell).to_vec()
    }

    fn some<const N: usize>(numbers: [i64; N]) -> [Option<Decimal>; N] {
        numbers.map(|number| Some(number.into()))
    }

    fn ok(elements: &[Element]) -> Vec<Decimal> {
        elements.iter().map(|element| element.unwrap().round_dp(6).normalize()).collect()
    }

    #[test]
    fn statistics_skip_what_was_not_answered() {
        let row = [Some(dec!(9)), None, Some(dec!(7)), Some(dec!(5))];
        let of = |function, after: &[Decimal]| ok(&call(function, &[], &[&row], after))[0];
        assert_eq!(of(Function::Count, &[]), dec!(3));
        assert_eq!(of(Function::Average, &[]), dec!(7));
        assert_eq!(of(Function::Median, &[]), dec!(7));
        assert_eq!(of(Function::Quantile, &[dec!(0.25)]), dec!(6));
        assert_eq!(of(Function::StandardDeviation, &[]), dec!(2));
        let weights = [Some(dec!(0.5)), Some(dec!(0.3)), Some(dec!(0.1)), Some(dec!(0.1))];
        let weighted = call(Function::WeightedAverage, &[], &[&row, &weights], &[]);
        assert_eq!(ok(&weighted), [dec!(8.142857)]); // (4.5 + 0.7 + 0.5) / 0.7
        assert_eq!(call(Function::Average, &[], &[&[None, None]], &[])[0].unwrap_err().cause, Cause::NotAnswered);
    }

    #[test]
    fn rows_become_rows() {
        let row = some([2, 1, 3]);
        let of = |function, after: &[Decimal]| ok(&call(function, &[], &[&row], after));
        assert_eq!(of(Function::Largest, &[dec!(2)]), [dec!(2)]);
        assert_eq!(of(Function::MidRanks, &[]), [dec!(2), dec!(1), dec!(3)]);
        assert_eq!(of(Function::Shares, &[]), [dec!(0.333333), dec!(0.166667), dec!(0.5)]);
        assert_eq!(of(Function::RankCentroid, &[]), [dec!(0.277778), dec!(0.611111), dec!(0.111111)]);
        assert_eq!(of(Function::RankSum, &[]), [dec!(0.333333), dec!(0.5), dec!(0.166667)]);
        assert_eq!(of(Function::RankReciprocal, &[]), [dec!(0.272727), dec!(0.545455), dec!(0.181818)]);
        assert_eq!(of(Function::RankExponent, &[dec!(0)]), [dec!(0.333333); 3]);
        assert_eq!(of(Function::Exp, &[]), [dec!(7.389056), dec!(2.718282), dec!(20.085537)]);
        assert_eq!(of(Function::Ln, &[]), [dec!(0.693147), dec!(0), dec!(1.098612)]);
        assert_eq!(of(Function::ContinuousFactor, &[]), [dec!(1.820478), dec!(1.442695), dec!(2.164043)]);
        let nothing = call(Function::Shares, &[], &[&some([0, 0])], &[]);
        assert!(nothing.iter().all(|element| element.unwrap_err().cause == Cause::NothingToShare));
    }

    #[test]
    fn flows_at_any_moments() {
        let of = |function, before: &[Decimal], rows: &[&[Option<Decimal>]]| {
            call(function, before, rows, &[])[0].map(|value| value.round_dp(6).normalize())
        };
        let halves = [dec!(0), dec!(0.5)].map(Some);
        let half_year = some([-100, 110]);
        assert_eq!(of(Function::Xirr, &[], &[&half_year, &halves]), Ok(dec!(0.21)));
        assert_eq!(of(Function::Xnpv, &[dec!(0.21)], &[&half_year, &halves]), Ok(dec!(0)));
        assert_eq!(of(Function::Xpayback, &[], &[&half_year, &halves]), Ok(dec!(0.5)));
        let unknown = [Some(dec!(-100)), None];
        assert_eq!(of(Function::Xirr, &[], &[&unknown, &halves]).unwrap_err().cause, Cause::NoData);
        assert_eq!(of(Function::Ln, &[], &[&some([-1, 1])]).unwrap_err().cause, Cause::Undefined);
    }

    #[test]
    fn series_are_correlated_and_continued() {
        let (training, contact) = (some([2, 4, 5, 7, 9]), [Some(60), Some(68), Some(69), Some(80), None]);
        let contact = contact.map(|value| value.map(Decimal::from));
        // the pair that is not whole is left out
        assert_eq!(ok(&call(Function::Correlation, &[], &[&training, &contact], &[])), [dec!(0.983647)]);
        assert_eq!(ok(&call(Function::CorrelationP, &[], &[&training, &contact], &[])), [dec!(0.016353)]);
        let cause = |function, rows: &[&[Option<Decimal>]], after: &[Decimal]| {
            call(function, &[], rows, after)[0].unwrap_err().cause
        };
        let flat = some([3, 3, 3, 3, 3]);
        assert_eq!(cause(Function::Correlation, &[&training, &flat], &[]), Cause::NothingMoves);
        // 78, 80, 81, 83 and then nothing: at the sixth place 76.5 + 1.6 * 6
        let row = [78, 80, 81, 83, 0].map(|value| Some(value).filter(|value| *value > 0).map(Decimal::from));
        assert_eq!(call(Function::LinearForecast, &[], &[&row], &[dec!(6)]), [Ok(dec!(86.1))]);
        assert_eq!(ok(&call(Function::ForecastMargin, &[], &[&row], &[dec!(6), dec!(0.95)])), [dec!(2.617201)]);
        assert_eq!(cause(Function::ForecastMargin, &[&row], &[dec!(6), dec!(1)]), Cause::Undefined);
        let two = [Some(dec!(1)), None, Some(dec!(5))];
        assert_eq!(call(Function::LinearForecast, &[], &[&two], &[dec!(2)]), [Ok(dec!(3))]);
        assert_eq!(cause(Function::ForecastMargin, &[&two], &[dec!(2), dec!(0.9)]), Cause::TooFewValues { needed: 3 });
        assert_eq!(cause(Function::LinearForecast, &[&[None, None]], &[dec!(2)]), Cause::TooFewValues { needed: 2 });
    }

    #[test]
    fn tables_become_rows() {
        let units = [some([1, 4]), some([2, 4]), some([3, 4])];
        let of = |function| ok(&call(function, &[], &[&units[0], &units[1], &units[2]], &[]));
        // p = 1/6, 2/6, 3/6; a column that is the same for all units says nothing
        assert_eq!(of(Function::Divergence), [dec!(0.07938), dec!(0)]);
        assert_eq!(of(Function::Contrast), [dec!(1), dec!(0)]);
    }

    #[test]
    fn comparisons_become_priorities() {
        let rows = [[Some(dec!(1)), Some(dec!(2)), Some(dec!(6))], [Some(dec!(0.5)), Some(dec!(1)), Some(dec!(3))]];
        let last = |third: Option<Decimal>| [third.map(|x| dec!(1) / x), Some(dec!(1) / dec!(3)), Some(dec!(1))];
        let of = |function, before: &[Decimal], first: Option<Decimal>| {
            let rows = [[rows[0][0], rows[0][1], first], rows[1], last(first)];
            call(function, before, &[&rows[0], &rows[1], &rows[2]], &[])
        };
        let full = Some(dec!(6));
        for method in [Function::AhpEigenvector, Function::AhpGeometricMean, Function::AhpColumnMean] {
            assert_eq!(ok(&of(method, &[], full)), [dec!(0.6), dec!(0.3), dec!(0.1)]);
            assert_eq!(of(method, &[], None)[0].unwrap_err().cause, Cause::NoData);
        }
        assert_eq!(of(Function::AhpLambdaMax, &[], full), [Ok(dec!(3))]);
        assert_eq!(of(Function::AhpGeometricConsistency, &[], full), [Ok(dec!(0))]);
        assert_eq!(of(Function::AhpCompleted, &[dec!(1)], None), [Ok(dec!(1)), Ok(dec!(2)), Ok(dec!(6))]);
        assert_eq!(ok(&of(Function::AhpRepair, &[dec!(3)], Some(dec!(1))))[0], dec!(0.166667));
        let circle = of(Function::AhpRepairedLambda, &[dec!(1)], Some(dec!(1)));
        assert_eq!(circle[2], Ok(dec!(3)));
        // without the third pair the other two are the only ones that connect their items
        let repaired = of(Function::AhpRepair, &[dec!(1)], None);
        assert_eq!(repaired[1].unwrap_err().cause, Cause::NothingElse);
        assert_eq!(repaired[2].unwrap_err().cause, Cause::NotAnswered);
        assert_eq!(of(Function::AhpRepair, &[dec!(4)], full)[0].unwrap_err().cause, Cause::Undefined);
    }

    #[test]
    fn weights_and_values_in_turn() {
        let mut cells = Builder::new(1);
        let axis = cells.axis(Axis::named("grades", ["good", "bad"]));
        let [one, other] = [some([1, 4]), some([4, 16])]
            .map(|row| cells.input(Naming::new(format!("{row:?}")), Shape::Row(axis), row));
        let unknown = cells.input(Naming::new("unknown"), Shape::Row(axis), [None, Some(dec!(4))]);
        let mut of = |function, rows: [CellId; 2]| {
            let [a, b] = rows.map(Expression::cell);
            let arguments = [Expression::number(dec!(0.5)), a, Expression::number(dec!(0.5)), b];
            cells.formula(Naming::new(format!("{function:?}{rows:?}")), Expression::call(function, arguments))
        };
        let sum = of(Function::WeightedSum, [one, other]);
        let mean = of(Function::GeometricMean, [one, other]);
        let known = of(Function::GeometricMean, [unknown, other]);
        let gap = of(Function::WeightedSum, [unknown, other]);
        let values = cells.finish().unwrap().evaluate();
        assert_eq!(ok(values.row(sum)), [dec!(2.5), dec!(10)]);
        assert_eq!(ok(values.row(mean)), [dec!(2), dec!(8)]);
        assert_eq!(ok(values.row(known)), [dec!(4), dec!(8)]);
        assert_eq!(values.row(gap)[1].unwrap_err().cause, Cause::NoData);
    }
}
