//! What to know before relying on economic value added and on figures about customers.

use super::{Review, percent, short};
use crate::finding_code;
use crate::report::words::fill;
use rust_decimal::Decimal;

impl Review<'_> {
    /// Years whose profit does not pay for the capital.
    pub(super) fn economic_value_added(&mut self) {
        let Some(cells) = &self.outcome.appraisal().parts().economic_value_added else { return };
        let evaluation = self.outcome.evaluation();
        let years = (1..).zip(evaluation.row(cells.nopat)).zip(evaluation.row(cells.value));
        let short_of = years.filter_map(|((year, nopat), value)| {
            let year: u32 = year;
            let hidden = *nopat.as_ref().ok()? > Decimal::ZERO && *value.as_ref().ok()? < Decimal::ZERO;
            hidden.then(|| year.to_string())
        });
        let short_of: Vec<String> = short_of.collect();
        if !short_of.is_empty() {
            let message = fill(self.words.findings.found_no_spread, &[&short_of.join(self.words.list_separator)]);
            self.find(finding_code::EVA_BELOW_COST, "economic_value_added", message);
        }
    }

    pub(super) fn customers(&mut self) {
        let appraisal = self.outcome.appraisal();
        let Some(cells) = &appraisal.parts().customers else { return };
        let evaluation = self.outcome.evaluation();
        for segment in cells.lifetime_value.iter().flat_map(|value| &value.segments) {
            if let Some(value) = self.number(segment.value).filter(|value| *value < Decimal::ZERO) {
                let message = fill(self.words.findings.found_unprofitable, &[&segment.name, &short(value, 2)]);
                self.find(finding_code::CUSTOMERS_UNPROFITABLE, &*segment.at, message);
            }
            let mut rates = evaluation.row(segment.retention).iter().filter_map(|rate| rate.ok());
            if let Some(rate) = rates.find(|rate| *rate < Decimal::ZERO || *rate > Decimal::ONE) {
                let address = format!("{}.retention", segment.at);
                let message = fill(self.words.findings.found_no_share, &[&address, &percent(rate)]);
                self.find(finding_code::SHARE_RANGE, address, message);
            }
        }
        for member in cells.segmentation.iter().flat_map(|grid| &grid.members) {
            let is_outside = [member.value_band, member.need_band]
                .iter()
                .any(|band| evaluation.row(*band).iter().all(|inside| inside.is_ok_and(|inside| inside.is_zero())));
            if is_outside {
                let message = fill(self.words.findings.found_outside_grid, &[&member.name]);
                self.find(finding_code::CUSTOMERS_OUTSIDE_GRID, &*member.at, message);
            }
        }
        for composition in &cells.compositions {
            if let Some(sum) = composition.rounded_sum {
                let message =
                    fill(self.words.findings.found_rounded_shares, &[&composition.name, &crate::amount::percent(&sum)]);
                let at = format!("customers.compositions.{}", composition.id);
                self.find(finding_code::CUSTOMERS_ROUNDED, at, message);
            }
        }
        if let Some(funnel) = &cells.funnel {
            let later = funnel.stages.iter().skip(1).zip(evaluation.row(funnel.conversion));
            for ((id, name, _), conversion) in later {
                if let Some(wide) = conversion.ok().filter(|conversion| *conversion > Decimal::ONE) {
                    let message = fill(self.words.findings.found_funnel, &[name, &percent(wide)]);
                    let at = format!("customers.funnel.stages.{id}");
                    self.find(finding_code::CUSTOMERS_FUNNEL, at, message);
                }
            }
        }
    }
}
