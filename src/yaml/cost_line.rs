//! A line of `costs:` as written.

use super::fields::{Fields, Reading, listed};
use super::flaw::{At, Flaw};
use super::node::{Node, Value};
use super::syntax::short;
use crate::amount::Amount;
use crate::case::{
    Allocation, Base, Basis, Category, ChargedOn, CostLine, DualRunning, InYear, Length, Licence, LicenceKind, OneOff,
    Price, Rate, Replacement, Residual, Role, Staff, Tier, Tiering, Training, Usage, Work,
};
use crate::nearest::did_you_mean;

pub(super) fn read_line(reading: &mut Reading, at: &str, line: CostLine, node: &Node) -> CostLine {
    let help = match &node.value {
        Value::Text(amount) if amount.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            let amount = short(amount);
            format!("write `{{initial: {amount}}}` for year 0 or `{{annual: {amount}}}` for every later year")
        }
        _ => "write `{initial: 24_000}`, `{annual: 5_000}` or both".to_owned(),
    };
    let mut fields = reading.fields(node, at, &help);
    let line = CostLine {
        name: fields.text(reading, "name"),
        initial: fields.amount(reading, "initial"),
        annual: fields.amount(reading, "annual"),
        staff: read_staff(reading, &mut fields, node),
        roles: read_roles(reading, &mut fields),
        licence: read_licence(reading, &mut fields),
        training: read_training(reading, &mut fields),
        usage: read_usage(reading, &mut fields),
        replacement: read_replacement(reading, &mut fields),
        once: read_one_off(reading, &mut fields, node),
        dual_running: read_dual_running(reading, &mut fields),
        rate: read_rate(reading, &mut fields, node),
        currency: fields.text(reading, "currency"),
        share: fields.amount(reading, "share"),
        allocation: read_allocation(reading, &mut fields),
        risk: fields.amount(reading, "risk"),
        contingency: fields.truth(reading, "contingency"),
        depreciation: super::tax::read_depreciation(reading, &mut fields),
        phase: fields.text(reading, "phase"),
        source: fields.text(reading, "source"),
        ..line
    };
    fields.finish(reading);
    line
}

/// An amount that a form cannot do without; where it is missing, the form stands without a cost.
fn needed(reading: &mut Reading, form: &mut Form, key: &'static str) -> Amount {
    if let Some(amount) = form.fields.amount(reading, key) {
        return amount;
    }
    form.lacks(reading, key);
    Amount::from(0)
}

/// A map within a line, and what it should look like.
struct Form<'n> {
    fields: Fields<'n>,
    node: &'n Node<'n>,
    /// The key it stands behind.
    key: u32,
    name: String,
    example: &'static str,
}

impl<'n> Form<'n> {
    fn read(reading: &mut Reading, line: &mut Fields<'n>, key: &'static str, example: &'static str) -> Option<Self> {
        let (written, node) = line.entry(key)?;
        let fields = reading.fields(node, &line.at(key), &format!("write `{key}: {example}`"));
        Some(Self { fields, node, key: written.id, name: key.to_owned(), example })
    }

    /// Reports a key that is missing for no other reason.
    fn lacks(&self, reading: &mut Reading, key: &'static str) {
        if matches!(self.node.value, Value::Map(_)) && !self.fields.is_misspelt(key) {
            let message = format!("`{}` has no `{key}`", short(&self.name));
            let flaw = Flaw::new("yaml.required", At::Node(self.key), message);
            reading.flaw(flaw.help(format!("write `{}`", self.example)), &self.fields.at(key));
        }
    }
}

fn read_licence(reading: &mut Reading, line: &mut Fields) -> Option<Licence> {
    const EXAMPLE: &str = "{kind: subscription, seats: [120, 160, 200, 200, 200], price: 960}";
    let mut form = Form::read(reading, line, "licence", EXAMPLE)?;
    let kind = form.fields.choice(reading, "kind", &LicenceKind::ALL);
    if kind.is_none() && form.fields.get("kind").is_none() {
        form.lacks(reading, "kind");
    }
    let mut licence = Licence::new(kind.unwrap_or(LicenceKind::Subscription), 0, 0);
    licence.initial = form.fields.amount(reading, "initial");
    licence.seats = needed(reading, &mut form, "seats");
    licence.price = read_price(reading, &mut form);
    let at = form.fields.at("minimum");
    if let Some(node) = form.fields.get("minimum") {
        let mut minimum = reading.fields(node, &at, "write `minimum: {seats: 100}`, or `{amount: 50_000}` a year");
        licence.minimum_seats = minimum.amount(reading, "seats");
        licence.minimum_amount = minimum.amount(reading, "amount");
        let is_empty = matches!(&node.value, Value::Null) || matches!(&node.value, Value::Map(map) if map.is_empty());
        minimum.finish(reading);
        if is_empty {
            reading.refuse_empty(node, &at, "write `minimum: {seats: 100}`");
        }
    }
    let at = form.fields.at("discounts");
    if let Some(node) = form.fields.get("discounts") {
        let help = "write a list, as in `discounts: [8%, 4%]`: each on what the one before leaves";
        let listed = reading.list(node, &at, help);
        if listed.is_empty() && matches!(&node.value, Value::Null | Value::List(_)) {
            reading.refuse_empty(node, &at, help);
        }
        let discounts = listed.iter().enumerate();
        licence.discounts =
            discounts.map(|(position, discount)| reading.amount(discount, &format!("{at}.{position}"))).collect();
    }
    form.fields.finish(reading);
    Some(licence)
}

/// `price:`, or `tiers:` with `tiering:`.
fn read_price(reading: &mut Reading, form: &mut Form) -> Price {
    const EXAMPLE: &str = "tiers: [{up_to: 100, price: 960}, {price: 880}]";
    let price = form.fields.amount(reading, "price");
    let tiering = form.fields.choice(reading, "tiering", &Tiering::ALL);
    let is_tiering_missing = form.fields.key("tiering").is_none() && !form.fields.is_misspelt("tiering");
    let at = form.fields.at("tiers");
    let Some((key, node)) = form.fields.entry("tiers") else {
        if let Some(stray) = form.fields.get("tiering").filter(|_| !form.fields.is_misspelt("tiers")) {
            let at = form.fields.at("tiering");
            reading.refuse(stray, &at, "`tiering` without `tiers` charges nothing", &format!("add `{EXAMPLE}`"));
        } else if price.is_none() && !form.fields.is_misspelt("tiers") {
            form.lacks(reading, "price");
        }
        return price.unwrap_or_else(|| Amount::from(0)).into();
    };
    if price.is_some() {
        let help = "keep one of them; a single price needs no tiers";
        reading.refuse(node, &at, "`price` and `tiers` both say what one costs", help);
    }
    if is_tiering_missing {
        let flaw = Flaw::new("yaml.required", At::Node(key.id), "the tiers do not say how they are charged");
        let help = "add `tiering: graduated` (each part at the price of its tier) or `tiering: volume` (all at the price \
                    of the tier reached)";
        reading.flaw(flaw.help(help), &form.fields.at("tiering"));
    }
    let tiers = reading.list(node, &at, &format!("write `{EXAMPLE}`")).iter().enumerate();
    let tiers = tiers.map(|(position, node)| {
        let at = format!("{at}.{position}");
        let mut fields =
            reading.fields(node, &at, "write `{up_to: 100, price: 960}`, and in the last tier `{price: 880}`");
        let up_to = fields.number(reading, "up_to");
        let price = fields.amount(reading, "price");
        if price.is_none() && matches!(node.value, Value::Map(_)) && !fields.is_misspelt("price") {
            reading.refuse(node, &at, "the tier has no price", "write `{up_to: 100, price: 960}`");
        }
        fields.finish(reading);
        Tier { up_to, price: price.unwrap_or_else(|| Amount::from(0)) }
    });
    Price::Tiers { tiers: tiers.collect(), tiering: tiering.unwrap_or(Tiering::Graduated) }
}

fn read_usage(reading: &mut Reading, line: &mut Fields) -> Option<Usage> {
    let mut form = Form::read(reading, line, "usage", "{volume: 250_000, included: 100_000, price: 0.04}")?;
    let volume = needed(reading, &mut form, "volume");
    let included = form.fields.amount(reading, "included");
    let price = read_price(reading, &mut form);
    form.fields.finish(reading);
    Some(Usage { volume, included, price })
}

fn read_training(reading: &mut Reading, line: &mut Fields) -> Option<Training> {
    let example = "{heads: [120, 160, 200, 200, 200], per_head: 850, turnover: 12%}";
    let mut form = Form::read(reading, line, "training", example)?;
    let training = Training {
        initial: form.fields.amount(reading, "initial"),
        heads: needed(reading, &mut form, "heads"),
        per_head: needed(reading, &mut form, "per_head"),
        turnover: form.fields.amount(reading, "turnover"),
    };
    form.fields.finish(reading);
    Some(training)
}

fn read_allocation(reading: &mut Reading, line: &mut Fields) -> Option<Allocation> {
    let mut form = Form::read(reading, line, "allocation", "{key: users, own: 150, all: 600}")?;
    let key = form.fields.text(reading, "key");
    let (own, all) = (needed(reading, &mut form, "own"), form.fields.amount(reading, "all"));
    if all.is_none() {
        form.lacks(reading, "all");
    }
    form.fields.finish(reading);
    // without the whole, nothing is more than it
    let all = all.unwrap_or_else(|| own.clone());
    Some(Allocation { key, own, all })
}

fn read_dual_running(reading: &mut Reading, line: &mut Fields) -> Option<DualRunning> {
    let mut form = Form::read(reading, line, "dual_running", "{annual: 84_000, months: 9}")?;
    let annual = needed(reading, &mut form, "annual");
    let months = form.fields.amount(reading, "months");
    let years = form.fields.amount(reading, "years");
    let length = match (months, years) {
        (Some(months), None) => Length::Months(months),
        (None, Some(years)) => Length::Years(years),
        (None, None) => {
            if !form.fields.is_misspelt("years") {
                form.lacks(reading, "months");
            }
            Length::Months(0.into())
        }
        (Some(months), Some(_)) => {
            let at = form.fields.at("years");
            let node = form.fields.get("years").unwrap_or(form.node);
            reading.refuse(node, &at, "`months` and `years` both say how long", "keep one of them");
            Length::Months(months)
        }
    };
    let at = form.fields.at("from");
    let from = form.fields.get("from");
    let from = from.and_then(|node| reading.whole(node, &at, "write the first year of both, as in `from: 1`"));
    form.fields.finish(reading);
    Some(DualRunning { from: from.unwrap_or(1), ..DualRunning::new(annual, length) })
}

fn read_roles(reading: &mut Reading, line: &mut Fields) -> Vec<Role> {
    let at = line.at("roles");
    let Some(node) = line.get("roles") else { return Vec::new() };
    let help = "write one key for each role, as in `roles: {lead: {fte: 0.5, cost: 95_000}}`";
    let entries = reading.filled_map(node, &at, help).iter();
    let roles = entries.filter_map(|(key, node)| {
        let at = format!("{at}.{}", key.text);
        let example = "{fte: 0.5, cost: 95_000}` or `{days: 40, day_rate: 1_100}";
        let mut fields = reading.fields(node, &at, &format!("write `{example}`"));
        let name = fields.text(reading, "name");
        let [fte, cost, days, day_rate] = ["fte", "cost", "days", "day_rate"].map(|key| fields.amount(reading, key));
        let (initial, growth) = (fields.amount(reading, "initial"), fields.amount(reading, "growth"));
        let is_misspelt =
            ["fte", "cost", "days", "day_rate"].iter().any(|key| fields.key(key).is_none() && fields.is_misspelt(key));
        let stated = ["fte", "cost", "days", "day_rate"].map(|key| fields.key(key).is_some());
        let before = reading.flaws.len();
        fields.finish(reading);
        let work = match (fte, cost, days, day_rate) {
            (Some(fte), Some(cost), None, None) => Work::FullTime { fte, cost },
            (None, None, Some(days), Some(day_rate)) => Work::Days { days, day_rate },
            _ => {
                let is_map = matches!(node.value, Value::Map(_) | Value::Null);
                if is_map && !is_misspelt && reading.flaws.len() == before {
                    let half = match stated {
                        [true, false, false, false] => Some(("fte", "cost", "cost: 95_000")),
                        [false, true, false, false] => Some(("cost", "fte", "fte: 0.5")),
                        [false, false, true, false] => Some(("days", "day_rate", "day_rate: 1_100")),
                        [false, false, false, true] => Some(("day_rate", "days", "days: 40")),
                        _ => None,
                    };
                    let role = short(&key.text);
                    let (message, help) = match half {
                        Some((given, missing, add)) => (
                            format!("the role `{role}` has `{given}` and no `{missing}`"),
                            format!("add `{add}`: a role is `{example}`"),
                        ),
                        None => (format!("`{role}` is no work at a price"), format!("write `{example}`")),
                    };
                    let flaw = Flaw::new("yaml.required", At::Node(key.id), message);
                    reading.flaw(flaw.help(help), &at);
                }
                return None;
            }
        };
        Some(Role { id: key.text.to_string(), name, work, initial, growth })
    });
    roles.collect()
}

fn read_replacement(reading: &mut Reading, line: &mut Fields) -> Option<Replacement> {
    let at = line.at("replace_every");
    let every = line.get("replace_every");
    let every = every.map(|node| reading.whole(node, &at, "write whole years, as in `replace_every: 4`").unwrap_or(1));
    let price_change = line.amount(reading, "price_change");
    let at = line.at("residual");
    let residual = line.get("residual").map(|node| match &node.value {
        Value::Text(text) if text.trim() == "straight_line" => Residual::StraightLine,
        Value::Text(text) if did_you_mean(text.trim(), ["straight_line"]).is_some() => {
            let message = format!("`{}` is no residual value", short(text));
            reading.refuse(node, &at, &message, "did you mean `straight_line`?");
            Residual::Share(0.into())
        }
        _ => Residual::Share(reading.amount(node, &at)),
    });
    let says_something = every.is_some() || price_change.is_some() || residual.is_some();
    says_something.then_some(Replacement { every, price_change, residual })
}

fn read_one_off(reading: &mut Reading, line: &mut Fields, node: &Node) -> Option<OneOff> {
    let amount = line.amount(reading, "once");
    let at = line.at("in_year");
    let in_year = line.get("in_year");
    let year = in_year.map(|node| reading.whole(node, &at, "write a year of the horizon, as in `in_year: 3`"));
    let at_end = line.truth(reading, "at_end");
    let help = "write `{once: 40_000, in_year: 3}` or `{once: 40_000, at_end: true}`";
    match (amount, year, at_end) {
        (Some(amount), Some(year), None | Some(false)) => {
            Some(OneOff { amount, when: InYear::Year(year.unwrap_or(0)) })
        }
        (Some(amount), None, Some(true)) => Some(OneOff { amount, when: InYear::End }),
        (Some(_), Some(_), Some(true)) => {
            let at = line.at("at_end");
            reading.refuse(line.get("at_end").unwrap_or(node), &at, "`in_year` and `at_end` both say when", help);
            None
        }
        (Some(amount), None, _) => {
            if !line.is_misspelt("in_year") && !line.is_misspelt("at_end") {
                let at = line.at("once");
                reading.refuse(line.get("once").unwrap_or(node), &at, "`once` does not say when", help);
            }
            Some(OneOff { amount, when: InYear::Year(0) })
        }
        (None, None, None) => None,
        (None, year, _) => {
            if !line.is_misspelt("once") {
                let key = if year.is_some() { "in_year" } else { "at_end" };
                let at = line.at(key);
                let message = format!("`{key}` without `once` is no cost");
                reading.refuse(line.get(key).unwrap_or(node), &at, &message, help);
            }
            None
        }
    }
}

fn read_staff(reading: &mut Reading, fields: &mut Fields, node: &Node) -> Option<Staff> {
    let fte = fields.amount(reading, "fte");
    let cost = fields.amount(reading, "cost");
    let growth = fields.amount(reading, "growth");
    match (fte, cost) {
        (Some(fte), Some(cost)) => Some(Staff { fte, cost, growth }),
        (None, None) => {
            if growth.is_some() {
                let at = fields.at("growth");
                let help = "add `fte:` and `cost:`, or write `annual: {first: …, growth: …}`";
                reading.refuse(fields.get("growth").unwrap_or(node), &at, "`growth` alone grows nothing", help);
            }
            None
        }
        (fte, _) => {
            let (given, missing) = if fte.is_some() { ("fte", "cost") } else { ("cost", "fte") };
            if fields.is_misspelt(missing) {
                return None;
            }
            let help = format!("add `{missing}:`, as in `{{fte: 1.5, cost: 64_000}}`");
            let at = fields.at(given);
            let node = fields.get(given).unwrap_or(node);
            reading.refuse(node, &at, &format!("`{given}` without `{missing}` is no cost"), &help);
            Some(Staff { fte: 0.into(), cost: 0.into(), growth })
        }
    }
}

fn read_rate(reading: &mut Reading, fields: &mut Fields, node: &Node) -> Option<Rate> {
    let rate = fields.amount(reading, "rate");
    let of = fields.get("of");
    let on = fields.choice(reading, "on", &Basis::ALL);
    let on_at = fields.at("on");
    match (rate, of) {
        (Some(rate), Some(of)) => {
            if on.is_none() && fields.get("on").is_some() {
                return None;
            }
            let at = fields.at("of");
            Some(Rate { rate, of: read_base(reading, of, &at, (on, fields.get("on"), &on_at))? })
        }
        (None, None) => {
            if let Some(on) = fields.get("on").filter(|_| !fields.is_misspelt("rate")) {
                let help = "write all three, as in `{rate: 20%, of: licences.crm, on: net}`";
                reading.refuse(on, &on_at, "`on` without `rate` and `of` charges nothing", help);
            }
            None
        }
        (rate, _) => {
            let (given, missing) = if rate.is_some() { ("rate", "of") } else { ("of", "rate") };
            // `on` is a key of its own, and not `of` misspelt
            if fields.is_misspelt(missing) && (missing != "of" || fields.key("on").is_none()) {
                return None;
            }
            let at = fields.at(given);
            let node = fields.get(given).unwrap_or(node);
            let message = format!("`{given}` without `{missing}` is no cost");
            reading.refuse(node, &at, &message, "write both, as in `{rate: 20%, of: hardware.database}`");
            None
        }
    }
}

/// What is charged, and on what of it, with the place of `on:`.
fn read_base(
    reading: &mut Reading,
    node: &Node,
    at: &str,
    (on, on_node, on_at): (Option<Basis>, Option<&Node>, &str),
) -> Option<ChargedOn> {
    if let Value::List(entries) = &node.value {
        let bases = entries.iter().enumerate().map(|(position, entry)| {
            let at = format!("{at}.{position}");
            match read_one_base(reading, entry, &at)? {
                ChargedOn::Line(category, line) => Some(Base::Line(category, line)),
                ChargedOn::Category(category) => Some(Base::Category(category)),
                _ => {
                    let help = "name lines and categories in a list; `initial` and `all` stand alone";
                    reading.refuse(entry, &at, "the costs of all lines leave nothing to add", help);
                    None
                }
            }
        });
        let bases: Vec<Option<Base>> = bases.collect();
        if bases.is_empty() {
            reading.refuse(
                node,
                at,
                "a rate of nothing is no cost",
                "name lines or categories, as in `[licences, hardware]`",
            );
        }
        let of: Option<Vec<Base>> = bases.into_iter().collect();
        return Some(ChargedOn::Bases { of: of.filter(|of| !of.is_empty())?, on: on.unwrap_or(Basis::Initial) });
    }
    let base = read_one_base(reading, node, at)?;
    Some(match (base, on) {
        (base, None) => base,
        (ChargedOn::Line(category, line), Some(on)) => ChargedOn::Bases { of: vec![Base::Line(category, line)], on },
        (ChargedOn::Category(category), Some(on)) => ChargedOn::Bases { of: vec![Base::Category(category)], on },
        (base, Some(_)) => {
            let help = "remove `on:`, or name lines or categories, as in `of: [licences, hardware]`";
            let message = "`of: initial` and `of: all` say themselves what counts";
            reading.refuse(on_node.unwrap_or(node), on_at, message, help);
            base
        }
    })
}

impl Reading {
    /// The lines of that id, for who left their category out.
    pub(super) fn lines_called(&self, id: &str) -> Option<String> {
        let of_id = |line: &&String| line.split_once('.').is_some_and(|(_, own)| own == id.trim());
        let found: Vec<String> = self.cost_lines.iter().filter(of_id).map(|line| format!("`{line}`")).collect();
        (!found.is_empty()).then(|| format!("did you mean {}?", found.join(" or ")))
    }
}

fn read_one_base(reading: &mut Reading, node: &Node, at: &str) -> Option<ChargedOn> {
    let text = reading.text(node, at)?;
    let text = text.trim();
    let base = match text.split_once('.') {
        None => match text {
            "initial" => Some(ChargedOn::Initial),
            "all" => Some(ChargedOn::All),
            _ => Category::of_key(text).map(ChargedOn::Category),
        },
        Some((category, line)) => Category::of_key(category).map(|category| ChargedOn::Line(category, line.to_owned())),
    };
    if base.is_none() {
        let known = || Category::ALL.map(Category::key).into_iter().chain(["initial", "all"]);
        let nearest = || did_you_mean(text.split('.').next().unwrap_or(text), known());
        let help = reading.lines_called(text).or_else(|| Some(format!("did you mean `{}`?", nearest()?)));
        let help =
            help.unwrap_or_else(|| format!("write a line, as in `hardware.database`, or one of {}", listed(known())));
        let message = format!("there is no cost category `{text}`");
        reading.flaw(Flaw::new("yaml.base", At::Node(node.id), message).help(help), at);
    }
    base
}
