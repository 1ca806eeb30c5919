//! Processes: orders, quality, delivery, innovation.

use super::record::kpis;

kpis! { InternalProcess;
    order_cycle_time "Order cycle time" "订单处理周期" {
        formula: "sum(order_days) / count(order_days)",
        days, LowerIsBetter, Leading, source: kaplan_norton,
        inputs: [order_days: pool = [5, 7, 6, 4, 8]],
        result: 6,
        note: "The cited book names the measure and leaves its start and end open: fix both.",
    }
    process_cycle_efficiency "Process cycle efficiency" "流程周期效率" {
        formula: "value_added_time / total_cycle_time",
        percent, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [value_added_time: sum = 6, total_cycle_time: sum = 48],
        result: 0.125,
        note: "The cited book calls it manufacturing cycle effectiveness: processing time over throughput time.",
    }
    on_time_delivery "On-time delivery rate" "准时交货率" {
        formula: "orders_on_time / orders_delivered",
        percent, HigherIsBetter, Leading, source: otif,
        inputs: [orders_on_time: sum = 1140, orders_delivered: sum = 1200],
        result: 0.95,
    }
    otif_rate "On time in full" "准时足量交付率" {
        formula: "orders_on_time_in_full / orders_total",
        percent, HigherIsBetter, Leading, source: otif,
        inputs: [orders_on_time_in_full: sum = 1080, orders_total: sum = 1200],
        result: 0.9,
        note: "Count orders meeting both tests; the product of the two separate rates is only an approximation.",
    }
    first_pass_yield "First pass yield" "一次合格率" {
        formula: "(units_in - units_scrapped - units_reworked) / units_in",
        percent, HigherIsBetter, Leading, source: yield,
        inputs: [units_in: sum = 100, units_scrapped: sum = 10, units_reworked: sum = 5],
        result: 0.85,
    }
    rolled_throughput_yield "Rolled throughput yield" "流通合格率" {
        formula: "product(step_yields)",
        percent, HigherIsBetter, Leading, source: yield,
        inputs: [step_yields: mean/mean = [0.95, 0.84, 0.88]],
        result: 0.70224,
        note: "Over periods or units the yields of each step are averaged before they are multiplied.",
    }
    rework_rate "Rework rate" "返工率" {
        formula: "units_reworked / units_in",
        percent, LowerIsBetter, Leading, source: yield,
        inputs: [units_reworked: sum = 5, units_in: sum = 100],
        result: 0.05,
    }
    return_rate "Return rate" "退货率" {
        formula: "units_returned / units_sold",
        percent, LowerIsBetter, Lagging, source: practice,
        inputs: [units_returned: sum = 24, units_sold: sum = 2400],
        result: 0.01,
    }
    order_accuracy "Order accuracy" "订单准确率" {
        formula: "orders_without_error / orders_total",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [orders_without_error: sum = 1176, orders_total: sum = 1200],
        result: 0.98,
    }
    cost_per_order "Cost per order processed" "单均订单处理成本" {
        formula: "order_processing_cost / orders_total",
        currency, LowerIsBetter, Lagging, source: practice,
        inputs: [order_processing_cost: sum = 24_000, orders_total: sum = 1200],
        result: 20,
    }
    stockout_rate "Stock-out rate" "缺货率" {
        formula: "order_lines_short / order_lines",
        percent, LowerIsBetter, Leading, source: practice,
        inputs: [order_lines_short: sum = 90, order_lines: sum = 3600],
        result: 0.025,
    }
    capacity_utilisation "Capacity utilisation" "产能利用率" {
        formula: "actual_output / rated_capacity",
        percent, TargetBand, Leading, source: practice,
        inputs: [actual_output: sum = 850, rated_capacity: sum = 1000],
        result: 0.85,
        note: "The band is user input.",
    }
    quote_turnaround "Quote turnaround time" "报价响应时间" {
        formula: "sum(quote_hours) / count(quote_hours)",
        hours, LowerIsBetter, Leading, source: practice,
        inputs: [quote_hours: pool = [4, 10, 6, 8]],
        result: 7,
    }
    new_product_sales_ratio "New-product sales ratio" "新产品销售额占比" {
        formula: "revenue_new_products / revenue",
        percent, HigherIsBetter, Lagging, source: kaplan_norton,
        inputs: [revenue_new_products: sum = 18_000_000, revenue: sum = 90_000_000],
        result: 0.2,
        note: "State the age limit of a new product (three years is common).",
    }
    time_to_market "Time to market" "新产品上市周期" {
        formula: "sum(launch_days) / count(launch_days)",
        days, LowerIsBetter, Leading, source: kaplan_norton,
        inputs: [launch_days: pool = [210, 180, 240]],
        result: 210,
        note: "From the start of development to the launch; the cited book also counts time to break even.",
    }
    rd_intensity "Technology investment ratio" "技术投入比率" {
        formula: "technology_spend / revenue",
        percent, HigherIsBetter, Leading, source: sasac_2006,
        inputs: [technology_spend: sum = 2_700_000, revenue: sum = 90_000_000],
        result: 0.03,
    }
}
