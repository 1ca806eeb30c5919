//! The two sides of the scorecard, causes and effects, initiatives.

use super::*;
use crate::report::{BudgetRow, InitiativeSection, MovedRow, StructureSection};

impl Sections<'_> {
    pub(super) fn sides(&mut self, structure: &StructureSection) {
        if structure.sides.is_empty() {
            return;
        }
        let words = self.words;
        self.document.subheading(words.scorecard.sides);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.side).numbers(0, words.weight).numbers(0, words.score);
        table = table.numbers(0, words.scorecard.side_with_data);
        for row in &structure.sides {
            let name =
                if row.side == "external" { words.scorecard.side_external } else { words.scorecard.side_internal };
            let cells = [&row.weight, &row.score, &row.coverage].map(|value| reasons.share(value));
            table.row(0, [name.to_owned()].into_iter().chain(cells).collect());
        }
        self.table(table, reasons);
    }

    pub(super) fn links(&mut self, structure: &StructureSection) {
        if structure.links.is_empty() {
            return;
        }
        let words = self.words;
        self.document.heading(words.scorecard.links);
        let mut reasons = Reasons::default();
        let with_lag = structure.links.iter().any(|link| link.lag.number().is_some_and(|lag| !lag.is_zero()));
        let mut table = Table::new(words.scorecard.link_from)
            .text(0, words.scorecard.link_to)
            .numbers(0, words.scorecard.link_strength);
        if with_lag {
            table = table.numbers(0, words.scorecard.link_lag);
        }
        let with_correlation = structure.links.iter().any(|link| link.correlation.is_some());
        if with_correlation {
            table = table
                .numbers(1, words.scorecard.link_pairs)
                .numbers(1, words.scorecard.link_correlation)
                .numbers(1, "p");
        }
        for link in &structure.links {
            let strength = reasons.show(&link.strength, |strength| rounding::number(strength, 2));
            let mut cells = vec![link.from.to_string(), link.to.to_string(), strength];
            if with_lag {
                cells.push(reasons.show(&link.lag, |lag| rounding::number(lag, 0)));
            }
            if let Some(correlation) = &link.correlation {
                cells.push(reasons.show(&correlation.pairs, |pairs| rounding::number(pairs, 0)));
                cells.push(reasons.show(&correlation.r, |r| rounding::number(r, 2)));
                cells.push(reasons.show(&correlation.p, rounding::probability));
            }
            table.row(0, cells);
        }
        self.table(table, reasons);
        self.document.subheading(words.scorecard.effects);
        let mut reasons = Reasons::default();
        let mut table = Table::new(words.criterion).text(0, words.scorecard.effects_of);
        for row in &structure.effects {
            let effects = row.effects.iter().map(|(name, effect)| {
                let effect = reasons.show(effect, |effect| rounding::number(effect, 2));
                fill(words.in_currency, &[&layout::name(name), &effect])
            });
            let effects: Vec<String> = effects.collect();
            table.row(0, vec![row.from.to_string(), effects.join(words.list_separator)]);
        }
        self.table(table, reasons);
    }

    pub(super) fn initiatives(&mut self, structure: &StructureSection) {
        let Some(section) = &structure.initiatives else { return };
        let words = self.words;
        self.document.heading(words.scorecard.initiatives);
        if let Some(day) = &section.as_of {
            self.document.paragraph(&fill(words.scorecard.initiatives_as_of, &[day]));
        }
        self.progress_of(section);
        self.effect_of(section);
        self.thoughts_on(section);
    }

    /// Do: money, time and how much is done.
    fn progress_of(&mut self, section: &InitiativeSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let mut table =
            Table::new(words.scorecard.initiative).text(0, words.scorecard.owner).numbers(1, words.scorecard.budget);
        table = table
            .numbers(1, words.scorecard.spent)
            .numbers(1, words.scorecard.budget_left)
            .numbers(1, words.scorecard.budget_used);
        table = table.text(2, words.scorecard.due_on).numbers(2, words.scorecard.done).text(2, words.scorecard.late);
        let money = |reasons: &mut Reasons, row: &BudgetRow| {
            let [budget, spent, left] = [&row.budget, &row.spent, &row.remaining].map(|value| reasons.money(value));
            [budget, spent, left, reasons.share(&row.used)]
        };
        for row in &section.initiatives {
            let mut cells = vec![row.name.to_string(), row.owner.clone().unwrap_or_default()];
            cells.extend(money(&mut reasons, &row.money));
            let late = match &row.late {
                Value::Names(names) => {
                    if names.iter().any(|name| name == "yes") { words.yes } else { words.no }.to_owned()
                }
                other => reasons.show(other, |_| String::new()),
            };
            let status = row.status.filter(|status| matches!(*status, "planned" | "stopped"));
            let done =
                status.map_or_else(|| reasons.share(&row.done), |status| words.initiative_status(status).to_owned());
            cells.extend([row.due.clone().unwrap_or_default(), done, late]);
            table.row(0, cells);
        }
        let mut cells = vec![words.total.to_owned(), String::new()];
        cells.extend(money(&mut reasons, &section.total));
        let late = reasons.show(&section.late, |late| rounding::number(late, 0));
        cells.extend([String::new(), reasons.share(&section.done), late]);
        table.total(cells);
        self.table(table, reasons);
    }

    /// Check: what the initiatives should move, and how far that is from its aim.
    fn effect_of(&mut self, section: &InitiativeSection) {
        let words = self.words;
        let mut reasons = Reasons::default();
        let moved = || section.initiatives.iter().flat_map(|row| row.moves.iter().map(move |moved| (row, moved)));
        let with_next = moved().any(|(_, moved)| moved.next_target.is_some());
        let mut table = Table::new(words.scorecard.initiative)
            .text(0, words.scorecard.moves)
            .numbers(1, words.scorecard.gap)
            .numbers(1, words.scorecard.progress);
        if with_next {
            table = table.numbers(1, words.scorecard.next_target);
        }
        let plain = |reasons: &mut Reasons, moved: &MovedRow, value: &Value| {
            let shown = reasons.show(value, |number| rounding::plain(number, &moved.unit));
            match &moved.unit {
                Unit::Custom(unit) if value.number().is_some() => format!("{shown} {}", layout::unit(unit)),
                _ => shown,
            }
        };
        for (row, moved) in moved() {
            let gap = plain(&mut reasons, moved, &moved.gap);
            let mut cells = vec![row.name.to_string(), moved.name.to_string(), gap, reasons.share(&moved.progress)];
            if with_next {
                let next = moved.next_target.as_ref().map(|next| plain(&mut reasons, moved, next));
                cells.push(next.unwrap_or_default());
            }
            table.row(0, cells);
        }
        self.table(table, reasons);
    }

    /// Plan, check and act, in words.
    fn thoughts_on(&mut self, section: &InitiativeSection) {
        let words = self.words;
        for row in &section.initiatives {
            let thoughts = [
                (words.scorecard.plan, &row.plan),
                (words.scorecard.gap, &row.gap),
                (words.cause, &row.cause),
                (words.scorecard.action, &row.action),
            ];
            let thoughts: Vec<_> =
                thoughts.into_iter().filter_map(|(label, text)| Some((label, text.as_deref()?))).collect();
            if !thoughts.is_empty() {
                self.document.subheading(&layout::name(&row.name));
                self.document.facts(thoughts);
            }
        }
    }
}
