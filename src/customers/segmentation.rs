//! Segmentation: customers on a grid of what they are worth and what they need.

use super::{CustomerError, check_ids};
use crate::amount::{Amount, Lowering};
use crate::model::{Axis, AxisId, Binary, CellId, Expression, Function, Naming, Shape, Unit};
use rust_decimal::Decimal;
use std::sync::Arc;

/// Customers, or groups of them, placed on a grid by their value and their need.
///
/// **Formula**: a member belongs to the last band that begins at or below its number: bands are half-open, so that
/// nobody falls between two and nobody into both. A cell of the grid holds the number of its customers, their share of
/// all, and their value, `sum of customers x value`. What lies below the first band is in no cell, and a finding.
///
/// **Units**: value in money unless a unit is written, need in a unit of its own; shares are fractions.
///
/// **Source**: stated here; grids of value by need are those of portfolio analysis.
///
/// ```
/// use appraise::customers::{Band, Customers, Member, Scale, Segmentation};
/// use appraise::{Appraisal, Draft};
/// use rust_decimal::dec;
///
/// let grid = Segmentation {
///     value: Scale::new([Band::new("small", 0), Band::new("large", 1_000)]),
///     need: Scale::new([Band::new("basic", 0), Band::new("advanced", 3)]),
///     members: vec![
///         Member { customers: Some(40.into()), ..Member::new("shops", 400, 2) },
///         Member { customers: Some(10.into()), ..Member::new("chains", 4_000, 5) },
///     ],
/// };
/// let customers = Customers { segmentation: Some(grid), ..Customers::default() };
/// let appraisal = Appraisal::new(Draft { customers: Some(customers), ..Draft::default() }).unwrap();
/// let outcome = appraisal.base();
/// assert_eq!(outcome.figure("customers.segmentation.customer_share.large.advanced"), Some(Ok(dec!(0.2))));
/// assert_eq!(outcome.figure("customers.segmentation.value.large.advanced"), Some(Ok(dec!(40_000))));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// What a customer is worth: the rows of the grid.
    pub value: Scale,
    /// How much a customer needs: its columns.
    pub need: Scale,
    /// The customers, or the groups of them.
    pub members: Vec<Member>,
}

/// One side of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The name readers see.
    pub name: Option<String>,
    /// The unit of its numbers.
    pub unit: Option<String>,
    /// The bands, the lowest first.
    pub bands: Vec<Band>,
}

impl Scale {
    /// Bands without a name.
    pub fn new(bands: impl IntoIterator<Item = Band>) -> Self {
        Self { name: None, unit: None, bands: bands.into_iter().collect() }
    }
}

/// A name for the numbers from `from` up to where the next band begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// What readers see: `large`.
    pub name: String,
    /// The lowest number that belongs to it.
    pub from: Decimal,
}

impl Band {
    /// A band that begins there.
    pub fn new(name: impl Into<String>, from: impl Into<Decimal>) -> Self {
        Self { name: name.into(), from: from.into() }
    }
}

/// A customer, or a group of customers who are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its id among members.
    pub id: String,
    /// The name readers see; the id where there is none.
    pub name: Option<String>,
    /// What each customer of it is worth.
    pub value: Amount,
    /// How much each customer of it needs.
    pub need: Amount,
    /// How many customers it is; one where nothing is said.
    pub customers: Option<Amount>,
}

impl Member {
    /// One customer.
    pub fn new(id: impl Into<String>, value: impl Into<Amount>, need: impl Into<Amount>) -> Self {
        Self { id: id.into(), name: None, value: value.into(), need: need.into(), customers: None }
    }
}

/// More bands than this cannot be told apart on one page.
const MOST_BANDS: usize = 10;
/// Every cell of the grid looks at each member.
const MOST_MEMBERS: usize = 10_000;

/// The cells of one member.
#[derive(Debug, Clone)]
pub(crate) struct MemberCells {
    pub(crate) name: Arc<str>,
    pub(crate) at: Arc<str>,
    pub(crate) value: CellId,
    pub(crate) need: CellId,
    pub(crate) customers: Option<CellId>,
    pub(crate) value_band: CellId,
    pub(crate) need_band: CellId,
}

/// The cells of one row of the grid; each is a row over the bands of need.
#[derive(Debug, Clone)]
pub(crate) struct GridCells {
    pub(crate) band: Arc<str>,
    pub(crate) customers: CellId,
    pub(crate) customer_share: CellId,
    pub(crate) value: CellId,
    pub(crate) value_share: CellId,
}

/// The cells of a segmentation.
#[derive(Debug, Clone)]
pub(crate) struct SegmentationCells {
    pub(crate) value_name: Option<Arc<str>>,
    pub(crate) need_name: Option<Arc<str>>,
    pub(crate) value_unit: Unit,
    pub(crate) need_unit: Unit,
    pub(crate) need_bands: Vec<Arc<str>>,
    pub(crate) members: Vec<MemberCells>,
    pub(crate) grid: Vec<GridCells>,
    pub(crate) total_customers: CellId,
    pub(crate) total_value: CellId,
}

const AT: &str = "customers.segmentation";

/// One side of the grid: its bands as an axis, and where they begin and end.
struct Side {
    axis: AxisId,
    from: CellId,
    below: CellId,
    unit: Unit,
}

/// Defines the place of every member and the cells of the grid.
pub(crate) fn define(lowering: &mut Lowering, stated: &Segmentation) -> Option<SegmentationCells> {
    let cell = Expression::cell;
    if stated.members.is_empty() {
        lowering.problem(AT, CustomerError::Empty { what: "about members" });
    }
    let found = stated.members.len();
    if found > MOST_MEMBERS {
        let error = CustomerError::TooMany { what: "members", found, most: MOST_MEMBERS };
        lowering.problem(format!("{AT}.members"), error);
        return None;
    }
    let mut fits = true;
    for (scale, side) in [("value", &stated.value), ("need", &stated.need)] {
        let found = side.bands.len();
        if found > MOST_BANDS {
            let error = CustomerError::TooManyBands { scale, found, most: MOST_BANDS };
            lowering.problem(format!("{AT}.{scale}.bands"), error);
            fits = false;
        }
    }
    if !fits {
        return None;
    }
    check_ids(lowering, &format!("{AT}.members"), "a member", stated.members.iter().map(|member| member.id.as_str()));
    let value_side = define_side(lowering, "value", &stated.value, Unit::Money);
    let need_side = define_side(lowering, "need", &stated.need, Unit::Number);
    let members: Vec<MemberCells> =
        stated.members.iter().map(|member| define_member(lowering, member, &value_side, &need_side)).collect();
    let axis = lowering.cells.axis(Axis::named("members", stated.members.iter().map(|member| member.id.as_str())));
    let naming = |figure: &str, aspect| Naming::new(format!("{AT}.{figure}")).label("Segmentation", aspect);
    let one = || Expression::number(1);
    let numbers = members.iter().map(|member| member.customers.map_or_else(one, cell));
    let numbers = lowering
        .cells
        .formula(naming("numbers", "customers by member"), Expression::row(axis, numbers.collect::<Vec<_>>()));
    let values = members.iter().map(|member| cell(member.value));
    let worth = Expression::row(axis, values.collect::<Vec<_>>()) * cell(numbers);
    let worth = lowering.cells.formula(naming("worth", "value by member").unit(value_side.unit.clone()), worth);
    let sum = |of| Expression::call(Function::Sum, [of]);
    let total_customers = lowering.cells.formula(naming("total_customers", "customers"), sum(cell(numbers)));
    let named = naming("total_value", "value").unit(value_side.unit.clone());
    let total_value = lowering.cells.formula(named, sum(cell(worth)));
    // 1 for the members in each band, a row over the members
    let mut inside = |figure: &str, bands: &[Band], of: fn(&MemberCells) -> CellId| {
        let rows = (1..).zip(bands).map(|(number, band)| {
            let named =
                Naming::new(format!("{AT}.{figure}.{}", band.name)).label(band.name.as_str(), "members in the band");
            let row = members.iter().map(|member| Expression::entry(of(member), number)).collect::<Vec<_>>();
            lowering.cells.formula(named.unit(Unit::Set), Expression::row(axis, row))
        });
        rows.collect::<Vec<CellId>>()
    };
    let in_value = inside("in_value", &stated.value.bands, |member| member.value_band);
    let in_need = inside("in_need", &stated.need.bands, |member| member.need_band);
    let grid = stated.value.bands.iter().zip(&in_value).map(|(band, row)| {
        let name: Arc<str> = band.name.as_str().into();
        let mut define = |figure: &str, aspect, unit: Unit, of: &dyn Fn(Expression) -> Expression| {
            let cells = in_need.iter().map(|column| of(cell(*row) * cell(*column))).collect::<Vec<_>>();
            let named = Naming::new(format!("{AT}.{figure}.{name}")).label(Arc::clone(&name), aspect).unit(unit);
            lowering.cells.formula(named, Expression::row(need_side.axis, cells))
        };
        let customers = define("customers", "customers by need", Unit::Number, &|here| sum(here * cell(numbers)));
        let value = define("value", "value by need", value_side.unit.clone(), &|here| sum(here * cell(worth)));
        let mut share = |figure: &str, aspect, of, all| {
            let named = Naming::new(format!("{AT}.{figure}.{name}")).label(Arc::clone(&name), aspect).unit(Unit::Share);
            lowering.cells.formula(named, cell(of) / cell(all))
        };
        GridCells {
            band: Arc::clone(&name),
            customers,
            customer_share: share("customer_share", "share of customers by need", customers, total_customers),
            value,
            value_share: share("value_share", "share of value by need", value, total_value),
        }
    });
    let grid = grid.collect();
    Some(SegmentationCells {
        value_name: stated.value.name.as_deref().map(Arc::from),
        need_name: stated.need.name.as_deref().map(Arc::from),
        value_unit: value_side.unit,
        need_unit: need_side.unit,
        need_bands: stated.need.bands.iter().map(|band| band.name.as_str().into()).collect(),
        members,
        grid,
        total_customers,
        total_value,
    })
}

fn define_side(lowering: &mut Lowering, scale: &'static str, stated: &Scale, unit: Unit) -> Side {
    let at = format!("{AT}.{scale}.bands");
    let bands = &stated.bands;
    if bands.is_empty() {
        lowering.problem(format!("{AT}.{scale}"), CustomerError::Empty { what: "about bands" });
    }
    check_ids(lowering, &at, "a band", bands.iter().map(|band| band.name.as_str()));
    let falls = bands.windows(2).find_map(|pair| match pair {
        [low, high] if high.from <= low.from => Some(high),
        _ => None,
    });
    if let Some(Band { name, from }) = falls {
        let error = CustomerError::BandOrder { scale, band: name.clone(), from: *from };
        lowering.problem(format!("{at}.{name}"), error);
    }
    let unit = stated.unit.as_deref().map_or(unit, Unit::of);
    let axis = lowering.cells.axis(Axis::named("bands", bands.iter().map(|band| band.name.as_str())));
    let mut limits = |figure: String, aspect, limits: Vec<Decimal>| {
        let named = Naming::new(figure).label("Segmentation", aspect).unit(unit.clone()).source(at.as_str());
        lowering.cells.input(named, Shape::Row(axis), limits.into_iter().map(Some))
    };
    let from = limits(format!("{AT}.{scale}_from"), "from", bands.iter().map(|band| band.from).collect());
    // the last band has no end
    let ends = bands.iter().skip(1).map(|band| band.from).chain([Decimal::MAX]).take(bands.len());
    let below = limits(format!("{AT}.{scale}_below"), "below", ends.collect());
    Side { axis, from, below, unit }
}

fn define_member(lowering: &mut Lowering, stated: &Member, value_side: &Side, need_side: &Side) -> MemberCells {
    let name: Arc<str> = stated.name.as_deref().unwrap_or(&stated.id).into();
    let at: Arc<str> = format!("{AT}.members.{}", stated.id).into();
    let naming = |figure: &str, aspect| {
        Naming::new(format!("{AT}.member.{}.{figure}", stated.id)).label(Arc::clone(&name), aspect)
    };
    let mut written = |key: &'static str, aspect, unit: &Unit, amount: &Amount| {
        let at = format!("{at}.{key}");
        let cell = lowering.amount(naming(key, aspect).unit(unit.clone()).source(at), amount);
        if key == "customers" {
            lowering.keep_positive(cell, amount, "a count");
        }
        lowering.cells.require_single(cell);
        cell
    };
    let value = written("value", "value of a customer", &value_side.unit, &stated.value);
    let need = written("need", "need of a customer", &need_side.unit, &stated.need);
    let customers = stated.customers.as_ref().map(|count| written("customers", "customers", &Unit::Number, count));
    let mut band = |figure: &str, aspect, side: &Side, of: CellId| {
        let of = Expression::cell(of);
        let reached = of.clone().binary(Binary::GreaterOrEqual, Expression::cell(side.from));
        let not_passed = of.binary(Binary::Less, Expression::cell(side.below));
        lowering.cells.formula(naming(figure, aspect).unit(Unit::Set), reached.binary(Binary::And, not_passed))
    };
    let value_band = band("value_band", "band of its value", value_side, value);
    let need_band = band("need_band", "band of its need", need_side, need);
    MemberCells { name: Arc::clone(&name), at: Arc::clone(&at), value, need, customers, value_band, need_band }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::Customers;
    use crate::customers::testing::{figures, mistakes};
    use rust_decimal::dec;

    fn of(members: Vec<Member>) -> Customers {
        let value = Scale::new([Band::new("small", 0), Band::new("middle", 100), Band::new("large", 1_000)]);
        let need = Scale::new([Band::new("basic", 1), Band::new("advanced", 3)]);
        Customers { segmentation: Some(Segmentation { value, need, members }), ..Customers::default() }
    }

    #[test]
    fn bands_are_half_open() {
        for (value, band) in [(dec!(0), "small"), (dec!(99.99), "small"), (dec!(100), "middle"), (dec!(1000), "large")]
        {
            let figures = figures(of(vec![Member::new("a", value, 3)]));
            assert_eq!(figures.names("customers.segmentation.member.a.value_band"), [band], "{value}");
            assert_eq!(figures.names("customers.segmentation.member.a.need_band"), ["advanced"]);
        }
    }

    #[test]
    fn the_grid_by_hand() {
        let group = |id: &str, value: i64, need: i64, customers: i64| Member {
            customers: Some(customers.into()),
            ..Member::new(id, value, need)
        };
        let members =
            vec![group("a", 50, 1, 60), group("b", 200, 5, 30), group("c", 300, 3, 8), Member::new("d", 5_000, 2)];
        let figures = figures(of(members));
        let of = |figure: &str| figures.get(&format!("customers.segmentation.{figure}"));
        assert_eq!(of("customers.small.basic"), dec!(60));
        assert_eq!(of("customers.middle.advanced"), dec!(38));
        assert_eq!(of("customers.large.basic"), dec!(1));
        assert_eq!(of("customers.large.advanced"), dec!(0));
        assert_eq!(of("value.middle.advanced"), dec!(8400));
        assert_eq!(of("total_value"), dec!(16400));
        assert_eq!(of("customer_share.small.basic").round_dp(6), dec!(0.606061));
        assert_eq!(of("value_share.large.basic").round_dp(6), dec!(0.304878));
    }

    #[test]
    fn what_lies_below_the_first_band_is_in_no_cell() {
        let figures = figures(of(vec![Member::new("a", -1, 2), Member::new("b", 5, 2)]));
        assert_eq!(figures.names("customers.segmentation.member.a.value_band"), Vec::<String>::new());
        assert_eq!(figures.get("customers.segmentation.customers.small.basic"), dec!(1));
        assert_eq!(figures.get("customers.segmentation.total_customers"), dec!(2));
    }

    #[test]
    fn mistakes_are_placed() {
        let mut customers = of(vec![]);
        if let Some(grid) = &mut customers.segmentation {
            grid.value.bands[2].from = dec!(100);
            grid.need.bands.clear();
        }
        assert_eq!(
            mistakes(customers),
            [
                "customers.segmentation: nothing is stated about members",
                "customers.segmentation.value.bands.large: the bands of `value` do not rise: `large` begins at 100",
                "customers.segmentation.need: nothing is stated about bands",
            ]
        );
    }
}
