//! Published panels: agreement, its tests, and authority.

use super::*;

struct Figures<'a>(Outcome<'a>);

impl Figures<'_> {
    #[track_caller]
    fn near(&self, id: &str, published: Decimal, tolerance: Decimal) {
        assert_near(id, number(&self.0, id), published, tolerance);
    }
}

/// R package irr 0.84.1, data set `anxiety`, `kendall(anxiety, TRUE)` prints W = 0.54, Chisq = 30.8, p = 0.0429; run
/// again, it gives the digits below, and F as in the formula of the documentation, computed apart.
#[test]
fn anxiety_with_ties() {
    let document = document(include_str!("../../examples/anxiety.yaml"));
    let figures = Figures(document.appraisal().base());
    figures.near("delphi.1.kendall_w", dec!(0.54), dec!(0.005));
    figures.near("delphi.1.kendall_w", dec!(0.539656875954), dec!(1e-11));
    figures.near("delphi.1.kendall_w_chi_square", dec!(30.7604419294), dec!(1e-9));
    figures.near("delphi.1.kendall_w_p", dec!(0.0428834731269), dec!(1e-9));
    figures.near("delphi.1.kendall_w_f", dec!(2.34458536585), dec!(1e-10));
    figures.near("delphi.1.kendall_w_f_p", dec!(0.0138062047754), dec!(1e-9));
    figures.near("delphi.1.stop.may_stop", dec!(1), dec!(0));
    // without the correction for ties W would be 0.502 and p 0.072
    assert!((number(&figures.0, "delphi.1.kendall_w") - dec!(0.50192147034)).abs() > dec!(0.03));
}

/// Siegel, Castellan (1988) as shipped with DescTools 0.99.59; the values are those of R's `irr::kendall` and
/// `friedman.test`. Chi-square is poor for three judges: by permutation p is 0.022 (counted over all arrangements).
#[test]
fn conference_without_ties() {
    let document = document(include_str!("../../examples/conference.yaml"));
    let figures = Figures(document.appraisal().base());
    figures.near("delphi.1.kendall_w", dec!(0.65608465608), dec!(1e-11));
    figures.near("delphi.1.kendall_w_chi_square", dec!(13.7777777778), dec!(1e-9));
    figures.near("delphi.1.kendall_w_p", dec!(0.0552779298916), dec!(1e-9));
    figures.near("delphi.1.kendall_w_f", dec!(3.81538461538), dec!(1e-10));
    figures.near("delphi.1.kendall_w_f_p", dec!(0.0203611014172), dec!(1e-9));
    figures.near("delphi.1.kendall_w_permutation_p", dec!(0.0221572), dec!(0.005));
    // people, whom two judges rank first or second, have the smallest sum of ranks
    figures.near("delphi.1.people.rank", dec!(1), dec!(0));
    figures.near("delphi.1.interest.mean", dec!(8), dec!(0));
}

/// Li et al. (2014), BMC Infectious Diseases 14:268, table 2: Ca 0.92, Cs 0.91 and a positive coefficient of 16 in 17.
/// The printed Cr of 0.91 is not the mean 0.915 of the printed parts: the authors averaged unrounded ones.
#[test]
fn authority_of_a_panel() {
    let document = document(include_str!("../../examples/tb_authority.yaml"));
    let figures = Figures(document.appraisal().base());
    figures.near("authority.judgement", dec!(0.92), dec!(0));
    figures.near("authority.familiarity", dec!(0.91), dec!(0));
    figures.near("authority.coefficient", dec!(0.915), dec!(0));
    figures.near("authority.coefficient", dec!(0.91), dec!(0.0100001));
    figures.near("delphi.1.response_rate", dec!(0.941176470588), dec!(1e-12));
    // equal authority is none
    figures.near("delphi.1.knowledge.weighted_mean", dec!(4.5), dec!(1e-20));
}
