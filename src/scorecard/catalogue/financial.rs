//! Return, cost and the ratios of statements.

use super::record::kpis;

kpis! { Financial;
    roi "Return on investment" "投资回报率" {
        formula: "(total_benefits - total_costs) / total_costs",
        percent, HigherIsBetter, Lagging, source: forrester_tei,
        inputs: [total_benefits: sum = 1_800_000, total_costs: sum = 1_200_000],
        result: 0.5,
        note: "State whether inputs are discounted; report both.",
    }
    npv "Net present value" "净现值" {
        formula: "initial_flow + npv(discount_rate, later_flows)",
        currency, HigherIsBetter, Lagging, source: textbook_fin,
        inputs: [initial_flow: last = -1000, discount_rate: last/mean = 0.1,
                 later_flows: last = [300, 400, 500, 200]],
        result: 115.5658766,
        note: "Year 0 undiscounted, years 1..n end-of-year; same as Excel NPV(rate, later)+initial.",
    }
    irr "Internal rate of return" "内部收益率" {
        formula: "irr(flows)",
        percent, HigherIsBetter, Lagging, source: textbook_fin,
        inputs: [flows: last = [-1000, 300, 400, 500, 200]],
        result: 0.1532213788,
        note: "Undefined without a sign change; several roots possible with more than one sign change, then \
               report all or fall back to MIRR.",
    }
    payback_period "Payback period" "静态投资回收期" {
        formula: "payback(flows)",
        years, LowerIsBetter, Lagging, source: textbook_fin,
        inputs: [flows: last = [-1000, 300, 400, 500, 200]],
        result: 2.6,
        note: "Flows from year 0. Linear interpolation inside the year of recovery; no value if never recovered.",
    }
    discounted_payback_period "Discounted payback period" "动态投资回收期" {
        formula: "discounted_payback(discount_rate, flows)",
        years, LowerIsBetter, Lagging, source: textbook_fin,
        inputs: [discount_rate: last/mean = 0.1, flows: last = [-1000, 300, 400, 500, 200]],
        result: 3.154,
        note: "Flows from year 0; linear interpolation between discounted flows.",
    }
    benefit_cost_ratio "Benefit-cost ratio" "效益成本比" {
        formula: "pv_benefits / pv_costs",
        ratio, HigherIsBetter, Lagging, source: wbdg_lcca,
        inputs: [pv_benefits: last = 1_500_000, pv_costs: last = 1_200_000],
        result: 1.25,
    }
    nopat "Net operating profit after tax" "税后净营业利润" {
        formula: "ebit * (1 - tax_rate)",
        currency, HigherIsBetter, Lagging, source: eva_guide,
        inputs: [ebit: sum = 8_000_000, tax_rate: mean/mean = 0.25],
        result: 6_000_000,
        note: "Over several periods the tax rate is the mean of the periods.",
    }
    wacc "Weighted average cost of capital" "加权平均资本成本" {
        formula: "equity / (equity + debt) * cost_of_equity + debt / (equity + debt) * cost_of_debt * (1 - tax_rate)",
        percent, LowerIsBetter, Lagging, source: textbook_fin,
        inputs: [equity: last = 60, debt: last = 40, cost_of_equity: mean/mean = 0.12,
                 cost_of_debt: mean/mean = 0.06, tax_rate: mean/mean = 0.25],
        result: 0.09,
        note: "Market values preferred over book values; the weights are those of the last day of a period.",
    }
    eva "Economic value added" "经济增加值" {
        formula: "nopat - wacc * invested_capital",
        currency, HigherIsBetter, Lagging, source: eva_guide,
        inputs: [nopat: sum = 6_000_000, wacc: sum/mean = 0.09, invested_capital: first = 50_000_000],
        result: 1_500_000,
        note: "Invested capital at the beginning of the period; NOPAT and the rate must be of the same length of \
               time, so that over several periods both add up. Accounting adjustments to NOPAT and capital must be listed.",
    }
    eva_rate "EVA rate on adjusted capital" "经济增加值率" {
        formula: "eva / adjusted_capital",
        percent, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [eva: sum = 1_500_000, adjusted_capital: mean = 50_000_000],
        result: 0.03,
        note: "Read was the list of indicators, not the rule: the definition is the standard one, EVA over \
               average adjusted capital.",
    }
    roic "Return on invested capital" "投入资本回报率" {
        formula: "nopat / invested_capital",
        percent, HigherIsBetter, Lagging, source: eva_guide,
        inputs: [nopat: sum = 6_000_000, invested_capital: first = 50_000_000],
        result: 0.12,
        note: "Invested capital at the beginning of the period, so that EVA = (ROIC - WACC) x capital.",
    }
    roe "Return on equity" "净资产收益率" {
        formula: "net_income / avg_equity",
        percent, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [net_income: sum = 4_500_000, avg_equity: mean = 30_000_000],
        result: 0.15,
    }
    roa "Return on total assets" "总资产报酬率" {
        formula: "(profit_before_tax + interest_expense) / avg_total_assets",
        percent, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [profit_before_tax: sum = 6_000_000, interest_expense: sum = 800_000,
                 avg_total_assets: mean = 60_000_000],
        result: 0.1133333333,
        note: "Chinese rule uses pre-tax profit plus interest; US textbooks often use net income.",
    }
    asset_turnover "Total asset turnover" "总资产周转率" {
        formula: "revenue / avg_total_assets",
        times, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [revenue: sum = 90_000_000, avg_total_assets: mean = 60_000_000],
        result: 1.5,
    }
    current_asset_turnover "Current asset turnover" "流动资产周转率" {
        formula: "revenue / avg_current_assets",
        times, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [revenue: sum = 90_000_000, avg_current_assets: mean = 30_000_000],
        result: 3,
    }
    inventory_turnover "Inventory turnover" "存货周转率" {
        formula: "cost_of_goods_sold / avg_inventory",
        times, HigherIsBetter, Lagging, source: ratio_qa,
        inputs: [cost_of_goods_sold: sum = 54_000_000, avg_inventory: mean = 9_000_000],
        result: 6,
        note: "Turns in the period that the cost of goods is of: over a year of periods the costs add up and the \
               inventory is averaged.",
    }
    days_inventory "Days of inventory" "存货周转天数" {
        formula: "days_in_period / (cost_of_goods_sold / avg_inventory)",
        days, LowerIsBetter, Lagging, source: openstax_fin,
        inputs: [days_in_period: sum/mean = 365, cost_of_goods_sold: sum = 54_000_000,
                 avg_inventory: mean = 9_000_000],
        result: 60.83333333,
        note: "360 is usual in Chinese practice; make days_in_period explicit.",
    }
    receivables_turnover "Accounts receivable turnover" "应收账款周转率" {
        formula: "net_credit_sales / avg_receivables",
        times, HigherIsBetter, Lagging, source: openstax_fin,
        inputs: [net_credit_sales: sum = 72_000_000, avg_receivables: mean = 12_000_000],
        result: 6,
    }
    dso "Days sales outstanding" "应收账款周转天数" {
        formula: "avg_receivables / net_credit_sales * days_in_period",
        days, LowerIsBetter, Lagging, source: ratio_qa,
        inputs: [avg_receivables: mean = 12_000_000, net_credit_sales: sum = 72_000_000,
                 days_in_period: sum/mean = 365],
        result: 60.83333333,
    }
    revenue_growth "Revenue growth rate" "营业收入增长率" {
        formula: "(revenue_current - revenue_prior) / revenue_prior",
        percent, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [revenue_current: sum = 90_000_000, revenue_prior: sum = 80_000_000],
        result: 0.125,
        note: "Undefined where the prior revenue is 0, and without meaning where it is negative.",
    }
    gross_margin "Gross margin" "毛利率" {
        formula: "(revenue - cost_of_goods_sold) / revenue",
        percent, HigherIsBetter, Lagging, source: textbook_fin,
        inputs: [revenue: sum = 90_000_000, cost_of_goods_sold: sum = 54_000_000],
        result: 0.4,
    }
    operating_margin "Operating margin" "营业利润率" {
        formula: "operating_profit / revenue",
        percent, HigherIsBetter, Lagging, source: textbook_fin,
        inputs: [operating_profit: sum = 8_100_000, revenue: sum = 90_000_000],
        result: 0.09,
    }
    net_margin "Net profit margin" "销售净利率" {
        formula: "net_income / revenue",
        percent, HigherIsBetter, Lagging, source: openstax_fin,
        inputs: [net_income: sum = 4_500_000, revenue: sum = 90_000_000],
        result: 0.05,
    }
    current_ratio "Current ratio" "流动比率" {
        formula: "current_assets / current_liabilities",
        ratio, TargetBand, Lagging, source: openstax_fin,
        inputs: [current_assets: last = 30_000_000, current_liabilities: last = 16_000_000],
        result: 1.875,
        note: "Too high also means idle capital; the band is user input.",
    }
    quick_ratio "Quick ratio" "速动比率" {
        formula: "(current_assets - inventory) / current_liabilities",
        ratio, TargetBand, Lagging, source: openstax_fin,
        inputs: [current_assets: last = 30_000_000, inventory: last = 9_000_000,
                 current_liabilities: last = 16_000_000],
        result: 1.3125,
        note: "Inventory is left out; some texts leave out prepaid expenses too.",
    }
    debt_to_assets "Debt-to-assets ratio" "资产负债率" {
        formula: "total_liabilities / total_assets",
        percent, TargetBand, Lagging, source: sasac_2006,
        inputs: [total_liabilities: last = 33_000_000, total_assets: last = 60_000_000],
        result: 0.55,
        note: "The band is user input.",
    }
    interest_coverage "Interest coverage" "已获利息倍数" {
        formula: "(profit_before_tax + interest_expense) / interest_expense",
        times, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [profit_before_tax: sum = 6_000_000, interest_expense: sum = 800_000],
        result: 8.5,
    }
    operating_cash_to_current_liabilities "Operating cash flow to current liabilities" "现金流动负债比率" {
        formula: "operating_cash_flow / current_liabilities",
        percent, HigherIsBetter, Lagging, source: sasac_2006,
        inputs: [operating_cash_flow: sum = 5_600_000, current_liabilities: last = 16_000_000],
        result: 0.35,
    }
    cost_to_revenue "Cost and expense share of revenue" "成本费用占营业收入比重" {
        formula: "total_costs_and_expenses / revenue",
        percent, LowerIsBetter, Lagging, source: sasac_2006,
        inputs: [total_costs_and_expenses: sum = 81_000_000, revenue: sum = 90_000_000],
        result: 0.9,
    }
    selling_expense_ratio "Selling expense ratio" "销售费用率" {
        formula: "selling_expenses / revenue",
        percent, LowerIsBetter, Lagging, source: textbook_fin,
        inputs: [selling_expenses: sum = 9_900_000, revenue: sum = 90_000_000],
        result: 0.11,
    }
    bad_debt_ratio "Bad debt ratio" "坏账率" {
        formula: "bad_debt_written_off / net_credit_sales",
        percent, LowerIsBetter, Lagging, source: textbook_fin,
        inputs: [bad_debt_written_off: sum = 360_000, net_credit_sales: sum = 72_000_000],
        result: 0.005,
        note: "Receivables written off in the period; provisions are another KPI.",
    }
    revenue_per_employee "Revenue per employee" "人均营业收入" {
        formula: "revenue / avg_headcount",
        currency, HigherIsBetter, Lagging, source: hr_extensis,
        inputs: [revenue: sum = 90_000_000, avg_headcount: mean = 300],
        result: 300_000,
    }
    tco_present_value "Five-year TCO, present value" "五年总拥有成本现值" {
        formula: "initial_cost + npv(discount_rate, yearly_costs)",
        currency, LowerIsBetter, Lagging, source: wbdg_lcca,
        inputs: [initial_cost: last = 1_200_000, discount_rate: last/mean = 0.08,
                 yearly_costs: last = [180_000, 190_000, 240_000, 250_000, 260_000]],
        result: 2080789.875,
        note: "Year 0 undiscounted, yearly costs at the end of the years 1 to n; the name says five years, the \
               formula takes as many as are given.",
    }
    tco_per_user_year "TCO per user per year" "每用户年均总拥有成本" {
        formula: "tco_total / (avg_users * years)",
        currency, LowerIsBetter, Lagging, source: practice,
        inputs: [tco_total: last = 2_320_000, avg_users: last = 200, years: last/mean = 5],
        result: 2320,
        note: "Average users over the years that the total is of.",
    }
    tco_initial_share "Initial purchase share of five-year TCO" "初始采购占五年总拥有成本比例" {
        formula: "initial_cost / tco_total",
        percent, TargetBand, Lagging, source: course,
        inputs: [initial_cost: last = 1_400_000, tco_total: last = 2_320_000],
        result: 0.6034482759,
        band: [0.55, 0.65],
        note: "Benchmark of the licence-purchase era; subscription deployments normally sit far below it.",
    }
    software_maintenance_rate "Annual software maintenance rate" "软件年维护费率" {
        formula: "annual_maintenance_fee / licence_price",
        percent, TargetBand, Lagging, source: course,
        inputs: [annual_maintenance_fee: sum = 108_000, licence_price: last = 600_000],
        result: 0.18,
        band: [0.15, 0.25],
    }
    contingency_rate "Contingency share" "其他及不可预见费比例" {
        formula: "contingency_amount / base_cost",
        percent, TargetBand, Leading, source: course,
        inputs: [contingency_amount: last = 150_000, base_cost: last = 1_200_000],
        result: 0.125,
        band: [0.1, 0.15],
    }
    steady_state_spend_rate "Keep-running spend from year 3" "第三年起维持运行投入比例" {
        formula: "keep_running_spend / initial_cost",
        percent, TargetBand, Leading, source: course,
        inputs: [keep_running_spend: sum = 210_000, initial_cost: last = 1_200_000],
        result: 0.175,
        band: [0.15, 0.2],
        note: "The base, the initial cost, is an interpretation of the course text.",
    }
    advantage_spend_rate "Competitive-advantage spend from year 3" "第三年起保持竞争优势投入比例" {
        formula: "advantage_spend / initial_cost",
        percent, TargetBand, Leading, source: course,
        inputs: [advantage_spend: sum = 360_000, initial_cost: last = 1_200_000],
        result: 0.3,
        band: [0.25, 0.4],
        note: "The base, the initial cost, is an interpretation of the course text.",
    }
}
