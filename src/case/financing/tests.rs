use super::*;
use crate::appraisal::testing::{Figures, problems};
use crate::case::{CostLine, DepreciationMethod, ExchangeRate, Plan, RateTable, Tax};
use crate::kernel;
use crate::{Draft, Horizon};
use rust_decimal::{Decimal, dec};

fn draft(years: u32, tax: Option<Decimal>, financing: Financing) -> Draft {
    let benefit = crate::case::Benefit {
        annual: Some(1.into()),
        ..crate::case::Benefit::new("b", crate::case::BenefitKind::Saving)
    };
    Draft {
        horizon: Horizon { first_year: None, years },
        discount_rate: Some(dec!(0.1).into()),
        tax: tax.map(Tax::at),
        plan: Plan {
            costs: Some(Vec::new()),
            benefits: Some(vec![benefit]),
            financing: Some(financing),
            ..Plan::default()
        },
        ..Draft::default()
    }
}

fn row(figures: &Figures, id: &str, years: u32) -> Vec<Decimal> {
    (0..=years).map(|year| figures.get(&format!("financing.{id}.{year}")).round_dp(4).normalize()).collect()
}

/// A bus for 100 (thousand) or eight payments of 16.9 in advance, depreciated over five years by the American tables, at a
/// tax of 35 % and a borrowing rate of 10 %: Brealey, Myers, *Principles of Corporate Finance*, table of the lease of
/// Greymare Bus Lines, whose flows and net present value of -0.70 are printed to two places.
#[test]
fn the_bus_of_the_textbook() {
    let shares = vec![dec!(0.2), dec!(0.32), dec!(0.192), dec!(0.1152), dec!(0.1152), dec!(0.0576)];
    let financing = Financing {
        depreciation: Some(DepreciationMethod::Table(shares).into()),
        rate: Some(dec!(0.1).into()),
        leases: vec![Lease::new("maker", dec!(16.9), 8)],
        ..Financing::of_price(100)
    };
    let figures = Figures::of(draft(8, Some(dec!(0.35)), financing.clone()));
    let published = ["89.02", "-17.99", "-22.19", "-17.71", "-15.02", "-15.02", "-13.00", "-10.98", "0"];
    for (year, published) in published.into_iter().enumerate() {
        let of = |way: &str| figures.get(&format!("financing.{way}.net.{year}"));
        let lease = of("purchase") - of("leases.maker");
        let published: Decimal = published.parse().unwrap();
        assert!((lease - published).abs() <= dec!(0.0051), "year {year}: {lease}");
    }
    assert_eq!(figures.get("financing.discount_rate.3"), dec!(0.065));
    assert_eq!(figures.get("financing.leases.maker.advantage").round_dp(2), dec!(-0.70));
    assert_eq!(figures.get("financing.purchase.rank"), dec!(1));
    assert_eq!(figures.get("financing.leases.maker.rank"), dec!(2));
    // who pays no tax gains by it: +0.82 in the same chapter
    let untaxed = Figures::of(draft(8, None, financing));
    assert_eq!(untaxed.get("financing.leases.maker.advantage").round_dp(2), dec!(0.82));
}

fn bank(repayment: Repayment) -> Loan {
    Loan::new("bank", dec!(0.1), 2, repayment)
}

#[test]
fn loans_by_hand() {
    let of = |repayment| {
        let loans = vec![Loan { borrowed: Borrowed::Share(dec!(0.7).into()), ..bank(repayment) }];
        Figures::of(draft(3, None, Financing { loans, ..Financing::of_price(3_000) }))
    };
    let expect = |figures: &Figures, figure: &str, expected: [i64; 4]| {
        assert_eq!(row(figures, &format!("loans.bank.{figure}"), 3), expected.map(Decimal::from), "{figure}");
    };
    let level = of(Repayment::Level);
    expect(&level, "payment", [0, 1_210, 1_210, 0]);
    expect(&level, "interest", [0, 210, 110, 0]);
    expect(&level, "principal", [0, 1_000, 1_100, 0]);
    expect(&level, "balance", [2_100, 1_100, 0, 0]);
    expect(&level, "net", [900, 1_210, 1_210, 0]);
    let equal = of(Repayment::EqualPrincipal);
    expect(&equal, "payment", [0, 1_260, 1_155, 0]);
    let bullet = of(Repayment::Bullet);
    expect(&bullet, "payment", [0, 210, 2_310, 0]);
    for figures in [level, equal, bullet] {
        // at its own rate a loan is worth what it brings
        assert_eq!(figures.get("financing.loans.bank.advantage").round_dp(18), dec!(0));
        assert_eq!(figures.get("financing.purchase.present_value"), dec!(3000));
    }
}

#[test]
fn interest_and_depreciation_save_tax_and_a_sale_is_taxed() {
    let financing = Financing {
        depreciation: Some(DepreciationMethod::StraightLine { life: 4 }.into()),
        residual: Some(1_000.into()),
        loans: vec![bank(Repayment::Bullet)],
        leases: vec![Lease { in_advance: false, buy_out: Some(600.into()), ..Lease::new("vendor", 500, 2) }],
        ..Financing::of_price(1_200)
    };
    let figures = Figures::of(draft(2, Some(dec!(0.25)), financing));
    // 600 stand in the books when it is sold for 1,000
    assert_eq!(row(&figures, "purchase.sold", 2), [0, 0, 900].map(Decimal::from));
    assert_eq!(row(&figures, "purchase.net", 2), [1_200, -75, -975].map(Decimal::from));
    assert_eq!(row(&figures, "loans.bank.tax_saved", 2), [0, 105, 105].map(Decimal::from));
    assert_eq!(row(&figures, "loans.bank.net", 2), [0, 15, 315].map(Decimal::from));
    // 500 - 125; 600 for the buy-out, which is what it stands in the books at
    assert_eq!(row(&figures, "leases.vendor.net", 2), [0, 375, 75].map(Decimal::from));
    assert_eq!(figures.get("financing.discount_rate.1"), dec!(0.075));
    assert_eq!(figures.get("financing.loans.bank.advantage").round_dp(18), dec!(0));
    // 1,200 = 500/(1+r) + 1,100/(1+r)^2
    let rate = figures.get("financing.leases.vendor.implicit_rate");
    let growth = Decimal::ONE + rate;
    assert_eq!((dec!(1_200) * growth * growth - dec!(500) * growth - dec!(1_100)).round_dp(12), dec!(0));
}

#[test]
fn a_cost_line_is_what_is_bought() {
    let line = CostLine {
        initial: Some(1_000.into()),
        annual: Some(50.into()),
        depreciation: Some(DepreciationMethod::StraightLine { life: 2 }.into()),
        ..CostLine::new(Category::Hardware, "servers")
    };
    let financing = Financing {
        rate: Some(dec!(0.1).into()),
        leases: vec![Lease::new("vendor", 600, 2)],
        ..Financing::of_line(Category::Hardware, "servers")
    };
    let mut taxed = draft(2, Some(dec!(0.5)), financing);
    taxed.plan.costs = Some(vec![line]);
    let figures = Figures::of(taxed);
    assert_eq!(figures.get("financing.price"), dec!(1000));
    assert_eq!(figures.get("financing.leases.vendor.rank"), dec!(2));
    assert_eq!(row(&figures, "purchase.net", 2), [1_000, -250, -250].map(Decimal::from));
    assert_eq!(row(&figures, "leases.vendor.net", 2), [300, 300, 0].map(Decimal::from));
}

#[test]
fn schedules_are_those_of_the_kernel() {
    for (_, repayment) in Repayment::ALL {
        let loans = vec![Loan { repayment, ..Loan::new("bank", dec!(0.0625), 7, repayment) }];
        let figures = Figures::of(draft(9, None, Financing { loans, ..Financing::of_price(123_456) }));
        let of_kernel = match repayment {
            Repayment::Level => kernel::Repayment::Level { balloon: Decimal::ZERO },
            Repayment::EqualPrincipal => kernel::Repayment::EqualPrincipal { balloon: Decimal::ZERO },
            Repayment::Bullet => kernel::Repayment::InterestOnly,
        };
        let loan = kernel::Loan::new(dec!(123_456), dec!(0.0625), 7, of_kernel).unwrap();
        for year in 1..=7 {
            let instalment = loan.instalment(year).unwrap();
            let figure = |figure: &str| figures.get(&format!("financing.loans.bank.{figure}.{year}")).round_dp(15);
            assert_eq!(figure("interest"), instalment.interest.round_dp(15), "{repayment:?}, {year}");
            assert_eq!(figure("principal"), instalment.principal.round_dp(15), "{repayment:?}, {year}");
            assert_eq!(figure("balance"), instalment.balance.round_dp(15), "{repayment:?}, {year}");
        }
        assert_eq!(figures.get("financing.loans.bank.balance.7"), dec!(0));
    }
}

#[test]
fn mistakes_are_placed() {
    let financing = Financing {
        depreciation: Some(DepreciationMethod::StraightLine { life: 2 }.into()),
        residual: Some((-1).into()),
        rate: Some(6.into()),
        loans: vec![
            Loan { rate: 6.into(), borrowed: Borrowed::Share(80.into()), ..bank(Repayment::Level) },
            Loan { years: 0, ..bank(Repayment::Level) },
        ],
        leases: vec![Lease::new("a b", -5, 3)],
        ..Financing::of_line(Category::Hardware, "servers")
    };
    assert_eq!(
        problems(draft(2, None, financing)),
        [
            "financing.loans.bank: there are two `bank`",
            "financing.loans.bank.years: a contract over 0 years does not fit a horizon of 2",
            "financing.leases.a b: `a b` cannot be the id of a loan or a lease",
            "financing.leases.a b.years: a contract over 3 years does not fit a horizon of 2",
            "financing.of: there is no cost line `hardware.servers`",
        ]
    );
    assert_eq!(
        problems(draft(2, None, Financing::of_price(5))),
        ["financing: there is neither a loan nor a lease to compare with the purchase"]
    );
}

/// Dollars of 0.5, 0.6 and 0.8 euros: what is paid is converted as it flows, and what is owed as the year ends.
#[test]
fn other_currencies_are_converted_in_their_own_years() {
    let by_year = |rates: [Decimal; 3]| {
        let from = ["2026-01-01", "2027-01-01", "2028-01-01"].map(|day| day.parse().unwrap());
        RateTable::Dated(from.into_iter().zip(rates).collect())
    };
    let rates = |currency: &str, rates| ExchangeRate { currency: currency.to_owned(), rates: by_year(rates) };
    let dollars = || Some("USD".to_owned());
    let house = Loan { currency: Some("EUR".to_owned()), ..Loan::new("house", dec!(0.1), 2, Repayment::Bullet) };
    let local = Loan::new("local", dec!(0.2), 2, Repayment::EqualPrincipal);
    let francs = Lease { currency: Some("CHF".to_owned()), ..Lease::new("francs", 100, 2) };
    let financing = Financing {
        currency: dollars(),
        residual: Some(10.into()),
        loans: vec![local, house],
        leases: vec![Lease { buy_out: Some(100.into()), ..Lease::new("maker", 300, 2) }, francs],
        ..Financing::of_price(1_000)
    };
    let mut stated = draft(2, None, financing);
    stated.currency = Some("EUR".to_owned());
    stated.horizon.first_year = Some(2026);
    stated.exchange_rates =
        vec![rates("USD", [dec!(0.5), dec!(0.6), dec!(0.8)]), rates("CHF", [dec!(1), dec!(1.1), dec!(1.2)])];
    let figures = Figures::of(stated.clone());
    assert_eq!(figures.get("financing.price"), dec!(500));
    assert_eq!(row(&figures, "purchase.net", 2), [dec!(500), dec!(0), dec!(-8)]);
    // 1,000 dollars: 500 a year, with 200 and 100 of interest
    assert_eq!(figures.get("financing.loans.local.amount"), dec!(1_000));
    assert_eq!(row(&figures, "loans.local.interest", 2), [dec!(0), dec!(120), dec!(80)]);
    assert_eq!(row(&figures, "loans.local.principal", 2), [dec!(0), dec!(300), dec!(400)]);
    assert_eq!(row(&figures, "loans.local.balance", 2), [dec!(500), dec!(300), dec!(0)]);
    assert_eq!(row(&figures, "loans.local.net", 2), [dec!(0), dec!(420), dec!(472)]);
    assert_eq!(row(&figures, "loans.house.payment", 2), [dec!(0), dec!(50), dec!(550)]);
    assert_eq!(row(&figures, "leases.maker.payment", 2), [dec!(150), dec!(180), dec!(0)]);
    assert_eq!(row(&figures, "leases.maker.bought", 2), [dec!(0), dec!(0), dec!(80)]);
    assert_eq!(row(&figures, "leases.francs.payment", 2), [dec!(100), dec!(110), dec!(0)]);
    // the rate of a loan in dollars is none for euros
    assert_eq!(figures.get("financing.discount_rate"), dec!(0.1));
    // in the currency of the document all is as if nothing were said
    let mut plain = stated.plan.financing.clone().unwrap();
    plain.leases.truncate(1);
    let plain = |currency: Option<&str>| {
        let mut stated = stated.clone();
        stated.plan.financing = Some(Financing { currency: currency.map(str::to_owned), ..plain.clone() });
        Figures::of(stated).get("financing.leases.maker.present_value")
    };
    assert_eq!(plain(Some("EUR")), plain(None));
}
