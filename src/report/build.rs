//! Copies the values of an outcome into a report.

use super::words::Words;
use super::{
    AssessmentSection, AssumptionRow, Concordance, CriterionRow, DelphiRound, ExpertAuthority, GivenReason,
    GroupConcordance, ItemMovement, JudgedRow, MeasuredTrend, Movement, OpenQuestion, OperatorVerdict, PlanRow,
    RatedItem, Report, ScenarioColumn, ScorecardSection, Screening, SensitivitySection, StopVerdict, TrendRow,
    TrendSection, Value, WeightGroup, WeightMove, WithoutExpert, Year, conventions, conventions::Shown, customers,
    economic_value_added, figure, finding, incentive, reconciliation, review, units, weighing,
};
use crate::appraisal::{Outcome, Parts};
use crate::calendar::Calendar;
use crate::model::{CellId, Unit};
use crate::panel::{About, Answer, ConcordanceCells, Delphi, GroupCells, Round, RoundCells, SensitivityCells};
use crate::scorecard::PlanCells;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) fn report(outcome: &Outcome) -> Report {
    let appraisal = outcome.appraisal();
    let draft = appraisal.draft();
    let words = Words::of(draft.language);
    let reader = Reader { outcome, words };
    let lifetime_value = draft.customers.as_ref().and_then(|customers| customers.lifetime_value.as_ref());
    let at_this_rate = lifetime_value.is_some_and(|value| value.discount_rate.is_none());
    let at_this_rate = at_this_rate || draft.cash_flows.iter().any(|flow| flow.discount_rate.is_none());
    let money = !draft.plan.is_empty() || !draft.alternatives.is_empty() || at_this_rate;
    let assessment = appraisal.parts().assessment.as_ref();
    let sensitivity = assessment.and_then(|assessment| assessment.sensitivity.as_ref());
    let has_moves = sensitivity.is_some_and(|cells| cells.moves.is_some());
    let has_left_out = sensitivity.is_some_and(|cells| !cells.without.is_empty());
    let (scenarios, beyond) = scenarios(outcome);
    Report {
        title: draft.title.clone(),
        organisation: draft.organisation.clone(),
        currency: draft.currency.clone(),
        language: draft.language,
        scenario: outcome.scenario().map(str::to_owned),
        period: outcome.period().map(|period| period.to_string().into()),
        years: (0..=draft.horizon.years)
            .map(|number| Year {
                number,
                calendar: draft.horizon.first_year.and_then(|first| first.checked_add_unsigned(number)),
            })
            .collect(),
        discount_rate: appraisal.parts().discount_rate.filter(|_| money).map(|rate| reader.value(rate)),
        cost_of_capital: reader.cost_of_capital(),
        scorecard: draft.scorecard.as_ref().map(|_| reader.scorecard()),
        review: review::section(outcome, words),
        units: units::section(outcome, words),
        structure: reader.structure(),
        delphi: reader.delphi(),
        experts: draft.delphi.as_ref().map(|delphi| delphi.experts.clone()).unwrap_or_default(),
        authority: reader.authority(),
        assessment: reader.assessment(),
        incentive: incentive::section(outcome, words),
        costs: reader.costs(&appraisal.parts().plan, &draft.plan),
        benefits: reader.benefits(&appraisal.parts().plan),
        case: reader.case(&appraisal.parts().plan),
        financing: reader.financing(&appraisal.parts().plan),
        alternatives: reader.alternatives(),
        ranking: reader.ranking(),
        cash_flows: reader.cash_flows(),
        economic_value_added: economic_value_added::section(outcome, words),
        customers: customers::section(outcome, words),
        scenarios,
        reconciliation: reconciliation::section(outcome, words),
        assumptions: reader.assumptions(),
        findings: finding::review(outcome, beyond, words),
        conventions: conventions::of(
            draft,
            &appraisal.parts().weighting,
            words,
            Shown {
                is_measured: reader.is_measured(),
                period: outcome.period(),
                has_sides: !appraisal.parts().structure.sides.is_empty(),
                has_moves,
                has_left_out,
            },
        ),
        cells: figure::Cells { evaluation: outcome.evaluation().clone(), language: draft.language },
    }
}

/// The assumptions as stated and every scenario, unless the outcome is one scenario's own; and what makes no sense in one.
fn scenarios(outcome: &Outcome) -> (Vec<ScenarioColumn>, Vec<finding::Beyond>) {
    let appraisal = outcome.appraisal();
    let column = |outcome: &Outcome, name: Option<&str>| {
        let reader = Reader { outcome, words: Words::of(appraisal.draft().language) };
        let parts = appraisal.parts();
        ScenarioColumn {
            name: name.map(str::to_owned),
            costs: parts.plan.costs.as_ref().map(|costs| reader.value(costs.totals.present_value)),
            costs_nominal: parts.plan.costs.as_ref().map(|costs| reader.value(costs.totals.nominal)),
            benefits: parts.plan.benefits.as_ref().map(|benefits| reader.value(benefits.totals.present_value)),
            case: reader.case(&parts.plan),
            economic_value_added: parts.economic_value_added.as_ref().map(|eva| reader.value(eva.present_value)),
            customer_equity: equity_of(parts).map(|equity| reader.value(equity)),
        }
    };
    let parts = appraisal.parts();
    let has_money = !parts.plan.is_empty() || !parts.alternatives.is_empty();
    let has_columns = has_money || parts.economic_value_added.is_some() || equity_of(parts).is_some();
    let (mut columns, mut beyond) = (Vec::new(), Vec::new());
    if outcome.scenario().is_some() || !has_columns && parts.bounds.is_empty() {
        return (columns, beyond);
    }
    for name in appraisal.scenario_names() {
        let Some(under) = outcome.under(name) else { continue };
        if has_columns && columns.is_empty() {
            columns.push(column(outcome, None));
        }
        columns.extend(has_columns.then(|| column(&under, Some(name))));
        beyond.extend(finding::beyond(&under));
    }
    (columns, beyond)
}

fn equity_of(parts: &Parts) -> Option<CellId> {
    parts.customers.as_ref()?.lifetime_value.as_ref()?.equity
}

/// The names of the items of a round, by their ids.
fn names_of(round: &RoundCells) -> HashMap<&str, &Arc<str>> {
    round.items.iter().map(|item| (&*item.id, &item.name)).collect()
}

pub(super) struct Reader<'a> {
    pub(super) outcome: &'a Outcome<'a>,
    pub(super) words: &'static Words,
}

impl Reader<'_> {
    pub(super) fn value(&self, cell: CellId) -> Value {
        figure::value(self.outcome.evaluation(), self.words, cell)
    }

    pub(super) fn row(&self, cell: CellId) -> Vec<Value> {
        figure::row(self.outcome.evaluation(), self.words, cell)
    }

    /// The entries of a row by their names.
    fn by_entry(&self, cell: CellId) -> Vec<(Arc<str>, Value)> {
        let axis = self.outcome.appraisal().model().axis_of(cell);
        let entries = axis.map(|axis| axis.entries()).unwrap_or_default();
        entries.iter().cloned().zip(self.row(cell)).collect()
    }

    fn truth(&self, cell: CellId) -> Option<bool> {
        self.outcome.evaluation().scalar(cell).ok().map(|number| !number.is_zero())
    }

    pub(super) fn id(&self, cell: CellId) -> Arc<str> {
        self.outcome.appraisal().model().cell(cell).map_or_else(|| Arc::from(""), |cell| cell.id.to_string().into())
    }

    fn is_measured(&self) -> bool {
        self.outcome.appraisal().parts().scorecard.iter().any(|cells| cells.measure.is_some())
    }

    fn scorecard(&self) -> ScorecardSection {
        let parts = self.outcome.appraisal().parts();
        let rows = parts.criteria.iter().zip(&parts.scorecard).enumerate().map(|(index, (listed, cells))| {
            let weight = parts.weighting.cells.get(index).copied().flatten();
            let measure = cells.measure;
            let band = measure.and_then(|measure| measure.band).map(|band| self.row(band));
            CriterionRow {
                id: Arc::clone(&listed.id),
                name: Arc::clone(&listed.name),
                depth: listed.depth,
                is_group: listed.has_children,
                unit: listed.unit.clone(),
                weight: weight.map(|weight| self.value(weight.local)),
                global_weight: weight.map(|weight| self.value(weight.global)),
                base: measure.and_then(|measure| measure.base).map(|cell| self.value(cell)),
                target: measure
                    .filter(|measure| measure.has_progress)
                    .and_then(|measure| measure.target)
                    .map(|cell| self.value(cell)),
                band: band.and_then(|ends| <[Value; 2]>::try_from(ends).ok()).map(|[low, high]| (low, high)),
                actual: measure.map(|measure| self.value(measure.actual)),
                progress: measure.filter(|measure| measure.has_progress).map(|measure| self.value(measure.progress)),
                performance: measure.and_then(|measure| measure.performance).map(|cell| self.value(cell)),
                word: measure.and_then(|measure| measure.word).map(|cell| self.value(cell)),
                score: self.value(cells.score),
                points: cells.points.map(|cell| self.value(cell)),
                status: self.value(cells.status),
                status_counts: cells.status_counts.map(|cell| self.by_entry(cell)).unwrap_or_default(),
                coverage: self.value(cells.coverage),
            }
        });
        let groups: HashMap<usize, &GroupCells> =
            parts.weighting.groups.iter().rev().map(|group| (group.parent, group)).collect();
        let weights = parts.weighting.methods.iter().filter_map(|(index, method)| {
            let parent = parts.criteria.get(*index)?;
            let group = groups.get(index);
            Some(WeightGroup {
                parent: Arc::clone(&parent.id),
                name: Arc::clone(&parent.name),
                method: *method,
                parts: group.map(|group| group.parts.clone()).unwrap_or_default(),
                evidence: group.map(|group| weighing::evidence(self.outcome, self.words, group)).unwrap_or_default(),
            })
        });
        ScorecardSection {
            criteria: rows.collect(),
            weights: weights.collect(),
            is_measured: self.is_measured(),
            trend: parts.calendar.as_ref().and_then(|calendar| self.trend(calendar)),
        }
    }

    fn trend(&self, calendar: &Calendar) -> Option<TrendSection> {
        let parts = self.outcome.appraisal().parts();
        let names: Vec<Arc<str>> = calendar.periods.iter().map(|period| period.to_string().into()).collect();
        // what is the same in all periods is one value
        let over = |row: Vec<Value>| match row.as_slice() {
            [single] => vec![single.clone(); names.len()],
            _ => row,
        };
        let model = self.outcome.appraisal().model();
        let status = |cell: CellId, number: Value| match number.number().and_then(|number| usize::try_from(number).ok())
        {
            Some(number) => {
                let names = model.axis_of(cell).map(|axis| axis.entries()).unwrap_or_default();
                let name = number.checked_sub(1).and_then(|position| names.get(position));
                Value::Names(name.into_iter().map(ToString::to_string).collect())
            }
            None => number,
        };
        let rows = parts.criteria.iter().zip(&parts.scorecard).filter_map(|(listed, cells)| {
            let time = cells.over_time?;
            let measured = cells.measure.and_then(|measure| Some((measure, measure.trend?)));
            Some(TrendRow {
                id: Arc::clone(&listed.id),
                name: Arc::clone(&listed.name),
                depth: listed.depth,
                scores: over(self.row(time.score)),
                coverage: over(self.row(time.coverage)),
                statuses: over(self.row(time.status_number))
                    .into_iter()
                    .map(|number| status(cells.status, number))
                    .collect(),
                score_change: self.value(time.change),
                score_change_on_year: self.value(time.change_on_year),
                measured: measured.map(|(measure, trend)| MeasuredTrend {
                    unit: listed.unit.clone(),
                    actuals: over(self.row(measure.all.actual)),
                    actual: self.value(measure.actual),
                    previous: self.value(trend.previous),
                    change: self.value(trend.change),
                    year_before: self.value(trend.year_before),
                    change_on_year: self.value(trend.change_on_year),
                    year_to_date: trend.year_to_date.map(|cell| self.value(cell)),
                    plan: trend.plan.map(|plan| self.plan(calendar, &plan)),
                }),
            })
        });
        let lacks = calendar.year_to_date_lacks.and_then(|cell| self.value(cell).number());
        Some(TrendSection {
            rows: rows.collect(),
            at: self.outcome.period()?.to_string().into(),
            year_began_earlier: lacks.is_some_and(|lacks| !lacks.is_zero()),
            periods: names,
        })
    }

    fn plan(&self, calendar: &Calendar, plan: &PlanCells) -> PlanRow {
        let number = self.value(plan.due).number().and_then(|number| i32::try_from(number).ok());
        let due = number.and_then(|number| Some(calendar.periods.first()?.after(number.checked_sub(1)?)));
        PlanRow {
            due: due.map(|period| period.to_string().into()),
            target: self.value(plan.target),
            expected: self.value(plan.expected),
            expected_progress: self.value(plan.expected_progress),
            ahead: self.value(plan.ahead),
            forecast: self.value(plan.forecast),
            low: self.value(plan.low),
            high: self.value(plan.high),
            forecast_progress: self.value(plan.forecast_progress),
        }
    }

    fn authority(&self) -> Vec<ExpertAuthority> {
        let experts = self.outcome.appraisal().parts().authority.experts.iter();
        experts
            .map(|expert| ExpertAuthority {
                expert: Arc::clone(&expert.expert),
                judgement: expert.judgement.map(|cell| self.value(cell)),
                familiarity: expert.familiarity.map(|cell| self.value(cell)),
                coefficient: self.value(expert.coefficient),
            })
            .collect()
    }

    fn concordance(&self, cells: &ConcordanceCells) -> Concordance {
        Concordance {
            w: self.value(cells.w),
            experts: self.value(cells.experts),
            chi_square: self.value(cells.chi_square),
            p: self.value(cells.p),
            f: self.value(cells.f),
            f_p: self.value(cells.f_p),
            permutation_p: cells.permutation_p.map(|cell| self.value(cell)),
        }
    }

    fn delphi(&self) -> Vec<DelphiRound> {
        let parts = self.outcome.appraisal().parts();
        let rounds = parts.delphi.iter().flat_map(|delphi| &delphi.rounds).enumerate();
        rounds.map(|(position, round)| self.round(position + 1, round)).collect()
    }

    /// A round as it was stated, and its panel.
    fn stated(&self, number: usize) -> Option<(&Delphi, &Round)> {
        let delphi = self.outcome.appraisal().draft().delphi.as_ref()?;
        Some((delphi, delphi.rounds.get(number.checked_sub(1)?)?))
    }

    fn not_asked(&self, number: usize) -> Vec<String> {
        let Some((delphi, Round { invited: Some(invited), .. })) = self.stated(number) else { return Vec::new() };
        delphi.experts.iter().filter(|expert| !invited.contains(expert)).cloned().collect()
    }

    fn open_questions(&self, number: usize, round: &RoundCells) -> Vec<OpenQuestion> {
        let Some((delphi, stated)) = self.stated(number) else { return Vec::new() };
        let names = names_of(round);
        let mut open = Vec::new();
        for (position, expert) in delphi.experts.iter().enumerate() {
            if stated.invited.as_ref().is_some_and(|invited| !invited.contains(expert)) {
                continue;
            }
            for item in &stated.items {
                let answer = item.answers.get(position).copied().unwrap_or(Answer::Missing);
                if let (None, Some(name)) = (answer.given(), names.get(&*item.item)) {
                    let (expert, name) = (expert.clone(), Arc::clone(name));
                    open.push(OpenQuestion { expert, name, dont_know: answer == Answer::DontKnow });
                }
            }
        }
        open
    }

    fn reasons(&self, number: usize, round: &RoundCells) -> Vec<GivenReason> {
        let Some((_, stated)) = self.stated(number) else { return Vec::new() };
        let names = names_of(round);
        let given = stated.reasons.iter().filter_map(|reason| {
            Some(GivenReason { name: Arc::clone(names.get(&*reason.item)?), text: reason.text.clone() })
        });
        given.collect()
    }

    fn round(&self, number: usize, round: &RoundCells) -> DelphiRound {
        let parts = self.outcome.appraisal().parts();
        let movements: HashMap<usize, _> = round.stability.items.iter().map(|item| (item.item, item)).collect();
        let moved = |position: usize| movements.get(&position);
        let items = round.items.iter().enumerate().map(|(position, item)| RatedItem {
            id: Arc::clone(&item.id),
            name: Arc::clone(&item.name),
            ratings: self.row(item.ratings),
            mean: self.value(item.mean),
            median: self.value(item.median),
            q1: self.value(item.q1),
            q3: self.value(item.q3),
            iqr: self.value(item.iqr),
            sd: self.value(item.sd),
            cv: self.value(item.cv),
            n: self.value(item.n),
            weighted_mean: item.weighted_mean.map(|cell| self.value(cell)),
            place: round.places.get(position).map(|cell| self.value(*cell)),
            full_score_rate: self.value(item.full_score_rate),
            agreement: item.agreement.map(|cell| self.value(cell)),
            keep: round.screening.as_ref().and_then(|cells| cells.keep.get(position)).map(|cell| self.value(*cell)),
            stability: moved(position).map(|moved| ItemMovement {
                changed: self.value(moved.changed),
                wilcoxon_w: self.value(moved.wilcoxon_w),
                wilcoxon_p: self.value(moved.wilcoxon_p),
                cv_change: self.value(moved.cv_change),
                weight_change: moved.weight_change.map(|cell| self.value(cell)),
            }),
        });
        let groups = round.groups.iter().filter_map(|group| {
            let parent = parts.criteria.get(group.parent)?;
            Some(GroupConcordance {
                parent: Arc::clone(&parent.id),
                name: Arc::clone(&parent.name),
                concordance: self.concordance(group.concordance.as_ref()?),
            })
        });
        let stop = round.verdict.criteria.iter().map(|criterion| StopVerdict {
            criterion: criterion.name,
            about: match criterion.about {
                About::Agreement => "agreement",
                About::Stability => "stability",
                About::Rounds => "rounds",
            },
            value: self.value(criterion.value),
            limit: self.value(criterion.limit),
            met: self.truth(criterion.met),
        });
        DelphiRound {
            number,
            items: items.collect(),
            concordance: self.concordance(&round.concordance),
            groups: groups.collect(),
            response_rate: self.value(round.response_rate),
            not_asked: self.not_asked(number),
            open: self.open_questions(number, round),
            reasons: self.reasons(number, round),
            movement: (!round.stability.items.is_empty()).then(|| Movement {
                changed: self.value(round.stability.changed),
                rank_correlation: self.value(round.stability.rank_correlation),
                weight_change: self.value(round.stability.weight_change),
            }),
            screening: round.screening.as_ref().map(|cells| Screening {
                mean_min: self.value(cells.mean_min),
                full_score_min: self.value(cells.full_score_min),
                cv_max: self.value(cells.cv_max),
            }),
            stop: stop.collect(),
            consensus: self.truth(round.verdict.consensus),
            stable: round.verdict.stable.and_then(|cell| self.truth(cell)),
            may_stop: self.truth(round.verdict.may_stop),
        }
    }

    fn assessment(&self) -> Option<AssessmentSection> {
        let appraisal = self.outcome.appraisal();
        let assessment = appraisal.draft().assessment.as_ref()?;
        let parts = appraisal.parts();
        let cells = parts.assessment.as_ref()?;
        let judged = parts.criteria.iter().zip(&cells.nodes).filter_map(|(listed, judged)| Some((listed, (*judged)?)));
        let criteria = judged.map(|(listed, judged)| JudgedRow {
            id: Arc::clone(&listed.id),
            name: Arc::clone(&listed.name),
            depth: listed.depth,
            membership: self.row(judged.membership),
            normalised: self.row(judged.normalised),
            score: self.value(judged.score),
            grade: self.value(judged.grade),
            score_grade: self.value(judged.score_grade),
            effectiveness: self.value(judged.effectiveness),
        });
        let grades = assessment.grades_best_first();
        Some(AssessmentSection {
            grades: grades.into_iter().map(|grade| (grade.name.clone(), grade.score)).collect(),
            panel: assessment.panel,
            operator: assessment.operator.formula(),
            operators: assessment
                .operators
                .iter()
                .map(|(item, operator)| (self.name_of(item), operator.formula()))
                .collect(),
            criteria: criteria.collect(),
            coverage: self.value(cells.coverage),
            sensitivity: cells.sensitivity.as_ref().map(|cells| self.sensitivity(cells)),
        })
    }

    fn sensitivity(&self, cells: &SensitivityCells) -> SensitivitySection {
        let operators = cells.operators.iter().map(|cells| OperatorVerdict {
            operator: cells.operator.name(),
            membership: self.row(cells.membership),
            score: self.value(cells.score),
            grade: self.value(cells.grade),
        });
        let criteria = &self.outcome.appraisal().parts().criteria;
        let moves = cells.moves.iter().flat_map(|moves| &moves.criteria).filter_map(|cells| {
            let listed = criteria.get(cells.index)?;
            Some(WeightMove {
                id: Arc::clone(&listed.id),
                name: Arc::clone(&listed.name),
                depth: listed.depth,
                weight: self.value(cells.weight),
                up: self.value(cells.up),
                up_grade: self.value(cells.up_grade),
                down: self.value(cells.down),
                down_grade: self.value(cells.down_grade),
            })
        });
        let named = |value| match value {
            Value::Names(ids) => Value::Names(ids.iter().map(|id| self.name_of(id).to_string()).collect()),
            other => other,
        };
        let without = cells.without.iter().map(|cells| WithoutExpert {
            expert: Arc::clone(&cells.expert),
            score: self.value(cells.score),
            grade: self.value(cells.grade),
            changes: self.truth(cells.changes),
        });
        SensitivitySection {
            operators: operators.collect(),
            operators_agree: self.truth(cells.operators_agree),
            is_linear: cells.is_linear,
            moves: moves.collect(),
            smallest_move: cells
                .moves
                .as_ref()
                .map(|moves| (self.value(moves.smallest), named(self.value(moves.smallest_of)))),
            without: without.collect(),
            only_expert: cells.without.iter().find(|cells| cells.is_alone).map(|cells| Arc::clone(&cells.expert)),
            deciding_experts: cells.deciding.map(|deciding| self.value(deciding)),
        }
    }

    /// What readers see of the criterion of that id.
    fn name_of(&self, id: &str) -> Arc<str> {
        let criteria = &self.outcome.appraisal().parts().criteria;
        criteria
            .iter()
            .find(|listed| *listed.id == *id)
            .map_or_else(|| Arc::from(id), |listed| Arc::clone(&listed.name))
    }

    fn assumptions(&self) -> Vec<AssumptionRow> {
        let appraisal = self.outcome.appraisal();
        let rows = appraisal.draft().assumptions.iter().zip(&appraisal.parts().assumptions);
        rows.map(|(assumption, cell)| AssumptionRow {
            id: assumption.id.as_str().into(),
            name: assumption.name.as_deref().unwrap_or(&assumption.id).into(),
            values: self.row(*cell),
            range: assumption.range.map(|range| (range.low, range.likely, range.high)),
            unit: assumption.unit.as_deref().map_or(Unit::Number, Unit::of),
            source: assumption.source.clone(),
            quality: assumption.quality.map(|quality| quality.name()),
        })
        .collect()
    }
}
