//! Customers: who stays, what they are worth, what they say.

use super::record::kpis;

kpis! { Customer;
    market_share "Market share" "市场占有率" {
        formula: "company_sales / market_sales",
        percent, HigherIsBetter, Lagging, source: farris,
        inputs: [company_sales: sum = 90_000_000, market_sales: sum = 750_000_000],
        result: 0.12,
        note: "By value or by units; state which. Units that sell in one market share its sales: add them up \
               only where the markets differ.",
    }
    relative_market_share "Relative market share" "相对市场占有率" {
        formula: "own_share / largest_competitor_share",
        ratio, HigherIsBetter, Lagging, source: farris,
        inputs: [own_share: mean/mean = 0.12, largest_competitor_share: mean/mean = 0.2],
        result: 0.6,
        note: "Own share over that of the largest competitor, as in the cited book; over 1 means market leader.",
    }
    customer_retention_rate "Customer retention rate" "客户保持率" {
        formula: "(customers_end - customers_new) / customers_start",
        percent, HigherIsBetter, Lagging, source: crm_table_zh,
        inputs: [customers_end: last = 1050, customers_new: sum = 150, customers_start: first = 1000],
        result: 0.9,
    }
    customer_churn_rate "Customer churn rate" "客户流失率" {
        formula: "customers_lost / customers_start",
        percent, LowerIsBetter, Lagging, source: crm_table_zh,
        inputs: [customers_lost: sum = 100, customers_start: first = 1000],
        result: 0.1,
        note: "Retention + churn = 1 only when both use the same opening cohort.",
    }
    customer_acquisition_rate "Customer acquisition rate" "客户获得率" {
        formula: "customers_new / customers_start",
        percent, HigherIsBetter, Lagging, source: kaplan_norton,
        inputs: [customers_new: sum = 150, customers_start: first = 1000],
        result: 0.15,
        note: "The cited book leaves the base open; here it is the customers at the start of the period.",
    }
    new_customer_revenue_share "Revenue share of new customers" "新客户销售额占比" {
        formula: "revenue_new_customers / revenue",
        percent, HigherIsBetter, Lagging, source: kaplan_norton,
        inputs: [revenue_new_customers: sum = 13_500_000, revenue: sum = 90_000_000],
        result: 0.15,
        note: "The cited book counts new customers or the sales to them; this is the sales, as a share of all.",
    }
    csat "Customer satisfaction (top-two box)" "客户满意度" {
        formula: "satisfied_responses / total_responses",
        percent, HigherIsBetter, Leading, source: crm_table_zh,
        inputs: [satisfied_responses: sum = 410, total_responses: sum = 500],
        result: 0.82,
        note: "Scores 4-5 on a five-point scale count as satisfied.",
    }
    csat_mean "Customer satisfaction mean score" "客户满意度均分" {
        formula: "sum(ratings) / count(ratings)",
        score, HigherIsBetter, Leading, source: zykrr,
        inputs: [ratings: pool = [5, 4, 4, 3, 5]],
        result: 4.2,
    }
    nps "Net Promoter Score" "净推荐值" {
        formula: "(promoters - detractors) / total_responses * 100",
        points, HigherIsBetter, Leading, source: nps_gloss,
        inputs: [promoters: sum = 250, detractors: sum = 100, total_responses: sum = 500],
        result: 30,
        note: "Promoters 9-10, passives 7-8, detractors 0-6; range -100..100.",
    }
    ces "Customer effort score (mean)" "客户费力度得分" {
        formula: "sum(effort_ratings) / count(effort_ratings)",
        score, HigherIsBetter, Leading, source: dixon_ces,
        inputs: [effort_ratings: pool = [6, 5, 7, 4, 6]],
        result: 5.6,
        note: "Mean on the seven-point agreement scale (\"made it easy\"), where higher is better: the later \
               wording of the score. The cited article asks how much effort it took on five points, where lower \
               is better; state base and target accordingly.",
    }
    clv_simple "Customer lifetime value (simple)" "客户终身价值(简式)" {
        formula: "avg_order_value * purchases_per_year * lifetime_years",
        currency, HigherIsBetter, Lagging, source: crm_table_zh,
        inputs: [avg_order_value: mean/mean = 800, purchases_per_year: mean/mean = 6, lifetime_years: mean/mean = 5],
        result: 24_000,
        note: "Revenue based; use only for rough ranking.",
    }
    clv_margin "Customer lifetime value (margin multiple)" "客户终身价值(利润倍数法)" {
        formula: "annual_margin * retention_rate / (1 + discount_rate - retention_rate) - acquisition_cost",
        currency, HigherIsBetter, Lagging, source: clv_multiple,
        inputs: [annual_margin: mean/mean = 1000, retention_rate: mean/mean = 0.8, discount_rate: mean/mean = 0.1,
                 acquisition_cost: mean/mean = 500],
        result: 2166.666667,
        note: "First margin one year from now; add one annual_margin if the first margin is immediate.",
    }
    clv_finite "Customer lifetime value (finite horizon)" "客户终身价值(有限期)" {
        formula: "clv_series(annual_margin, retention_rate, discount_rate, years) - acquisition_cost",
        currency, HigherIsBetter, Lagging, source: clv_multiple,
        inputs: [annual_margin: mean/mean = 1000, retention_rate: mean/mean = 0.8, discount_rate: mean/mean = 0.1,
                 years: mean/mean = 5, acquisition_cost: mean/mean = 500],
        result: 1624.097336,
        note: "The margin of year t comes with probability retention^t at its end, so the first is one year from \
               now.",
    }
    customer_equity "Customer equity" "客户资产" {
        formula: "active_customers * avg_clv",
        currency, HigherIsBetter, Lagging, source: clv_multiple,
        inputs: [active_customers: last = 1050, avg_clv: last/mean = 2166.67],
        result: 2275003.5,
    }
    cac "Customer acquisition cost" "获客成本" {
        formula: "sales_and_marketing_cost / customers_new",
        currency, LowerIsBetter, Lagging, source: crm_table_zh,
        inputs: [sales_and_marketing_cost: sum = 450_000, customers_new: sum = 150],
        result: 3000,
    }
    cac_payback "CAC payback" "获客成本回收期" {
        formula: "cac / (monthly_revenue_per_customer * gross_margin_rate)",
        months, LowerIsBetter, Lagging, source: practice,
        inputs: [cac: mean/mean = 3000, monthly_revenue_per_customer: mean/mean = 500,
                 gross_margin_rate: mean/mean = 0.4],
        result: 15,
    }
    clv_to_cac "CLV to CAC ratio" "客户终身价值与获客成本比" {
        formula: "clv / cac",
        ratio, HigherIsBetter, Lagging, source: clv_multiple,
        inputs: [clv: mean/mean = 9000, cac: mean/mean = 3000],
        result: 3,
        note: "Use CLV before subtracting acquisition cost.",
    }
    share_of_wallet "Share of wallet" "客户钱包份额" {
        formula: "customer_spend_with_us / customer_category_spend",
        percent, HigherIsBetter, Lagging, source: customer_share,
        inputs: [customer_spend_with_us: sum = 15_000, customer_category_spend: sum = 50_000],
        result: 0.3,
    }
    repeat_purchase_rate "Repeat purchase rate" "重复购买率" {
        formula: "customers_with_repeat_purchase / customers_purchasing",
        percent, HigherIsBetter, Lagging, source: farris,
        inputs: [customers_with_repeat_purchase: sum = 420, customers_purchasing: sum = 900],
        result: 0.4666666667,
        note: "Customers with two or more purchases in the period over customers with any. The cited book's \
               repeat rate is another one: customers of one period who are customers in the next too. \
               Over several periods the mean of their rates, which is below the rate of the longer period.",
    }
    average_order_value "Average order value" "客单价" {
        formula: "revenue / orders",
        currency, HigherIsBetter, Lagging, source: farris,
        inputs: [revenue: sum = 720_000, orders: sum = 900],
        result: 800,
        note: "Definition stated here, as the cited book was not read.",
    }
    purchase_frequency "Purchase frequency" "购买频率" {
        formula: "orders / customers_purchasing",
        times, HigherIsBetter, Lagging, source: farris,
        inputs: [orders: sum = 2700, customers_purchasing: mean = 900],
        result: 3,
        note: "Orders per customer who bought. Customers who buy in several periods are the same people, so over \
               periods they are averaged and not added; count them anew for an exact figure.",
    }
    cross_sell_ratio "Products per customer" "交叉销售率(户均产品数)" {
        formula: "active_products / active_customers",
        count, HigherIsBetter, Lagging, source: practice,
        inputs: [active_products: last = 2310, active_customers: last = 1050],
        result: 2.2,
    }
    customer_profit_margin "Customer profitability margin" "客户利润率" {
        formula: "(customer_revenue - customer_direct_cost - cost_to_serve) / customer_revenue",
        percent, HigherIsBetter, Lagging, source: kaplan_norton,
        inputs: [customer_revenue: sum = 100_000, customer_direct_cost: sum = 60_000, cost_to_serve: sum = 15_000],
        result: 0.25,
        note: "Profit after the costs of serving the customer, as in the cited book, here as a share of revenue.",
    }
    profitable_customer_share "Share of profitable customers" "盈利客户比例" {
        formula: "profitable_customers / active_customers",
        percent, HigherIsBetter, Lagging, source: kaplan_norton,
        inputs: [profitable_customers: last = 735, active_customers: last = 1050],
        result: 0.7,
        note: "The cited book counts unprofitable customers; this is the rest to 100 %.",
    }
    net_revenue_retention "Net revenue retention" "净收入留存率" {
        formula: "(opening_recurring + expansion - contraction - churned) / opening_recurring",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [opening_recurring: first = 1_000_000, expansion: sum = 120_000, contraction: sum = 30_000,
                 churned: sum = 50_000],
        result: 1.04,
    }
    gross_revenue_retention "Gross revenue retention" "总收入留存率" {
        formula: "(opening_recurring - contraction - churned) / opening_recurring",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [opening_recurring: first = 1_000_000, contraction: sum = 30_000, churned: sum = 50_000],
        result: 0.92,
    }
    complaint_rate "Complaint rate" "客户投诉率" {
        formula: "complaints / transactions",
        percent, LowerIsBetter, Leading, source: practice,
        inputs: [complaints: sum = 18, transactions: sum = 2700],
        result: 0.006666666667,
    }
    referral_rate "Referral rate" "客户推荐率" {
        formula: "customers_new_by_referral / customers_new",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [customers_new_by_referral: sum = 45, customers_new: sum = 150],
        result: 0.3,
    }
    win_back_rate "Win-back rate" "流失客户挽回率" {
        formula: "customers_won_back / customers_lost",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [customers_won_back: sum = 12, customers_lost: sum = 100],
        result: 0.12,
    }
    active_customer_rate "Active customer rate" "活跃客户率" {
        formula: "active_customers / total_customers",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [active_customers: last = 1050, total_customers: last = 1400],
        result: 0.75,
    }
    market_penetration "Market penetration of the own brand" "市场渗透率（本品牌）" {
        formula: "category_buyers_ours / target_population",
        percent, HigherIsBetter, Lagging, source: farris,
        inputs: [category_buyers_ours: last = 1050, target_population: last = 15_000],
        result: 0.07,
        note: "Own customers over the target population: the cited book calls this brand penetration, and market \
               penetration the same with the buyers of the whole category.",
    }
    key_account_concentration "Revenue share of top customers" "大客户销售集中度" {
        formula: "revenue_top_customers / revenue",
        percent, TargetBand, Lagging, source: practice,
        inputs: [revenue_top_customers: sum = 36_000_000, revenue: sum = 90_000_000],
        result: 0.4,
        note: "Say how many customers are the top ones; the band is user input.",
    }
    rfm_score "RFM score (weighted)" "RFM综合得分" {
        formula: "w_recency * r_score + w_frequency * f_score + w_monetary * m_score",
        score, HigherIsBetter, Leading, source: farris,
        inputs: [w_recency: mean/mean = 0.4, r_score: mean/mean = 4, w_frequency: mean/mean = 0.3,
                 f_score: mean/mean = 3, w_monetary: mean/mean = 0.3, m_score: mean/mean = 5],
        result: 4,
        note: "Scores are quintiles 1-5 with 5 best; weights sum to 1. Weighted sums of the three scores are a \
               convention of practice; the cited book describes the three by themselves.",
    }
}
