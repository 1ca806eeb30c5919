//! What the CRM programme itself achieves: use of the system, its data, its management.

use super::record::kpis;

kpis! { ManagementEffect;
    crm_adoption_rate "CRM adoption rate" "CRM系统使用率" {
        formula: "users_active_as_intended / users_licensed",
        percent, HigherIsBetter, Leading, source: crm_adoption,
        inputs: [users_active_as_intended: last = 150, users_licensed: last = 200],
        result: 0.75,
        note: "Define active: logged in and completed the required actions in the period.",
    }
    licence_utilisation "Licence utilisation" "许可证利用率" {
        formula: "users_active / licences_owned",
        percent, HigherIsBetter, Leading, source: course,
        inputs: [users_active: last = 150, licences_owned: last = 200],
        result: 0.75,
        note: "Evidence for buying licences in waves rather than at once.",
    }
    data_completeness "Customer data completeness" "客户信息完整率" {
        formula: "required_fields_filled / required_fields_total",
        percent, HigherIsBetter, Leading, source: crm_dq,
        inputs: [required_fields_filled: last = 9200, required_fields_total: last = 10_000],
        result: 0.92,
    }
    duplicate_record_rate "Duplicate record rate" "重复客户记录率" {
        formula: "duplicate_records / total_records",
        percent, LowerIsBetter, Leading, source: crm_dq,
        inputs: [duplicate_records: last = 45, total_records: last = 1500],
        result: 0.03,
    }
    data_freshness "Customer data freshness" "客户信息及时率" {
        formula: "records_verified_in_window / total_records",
        percent, HigherIsBetter, Leading, source: crm_dq,
        inputs: [records_verified_in_window: last = 1200, total_records: last = 1500],
        result: 0.8,
    }
    customer_information_sharing_rate "Customer information sharing rate" "客户信息共享率" {
        formula: "departments_using_shared_view / departments_customer_facing",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [departments_using_shared_view: last = 5, departments_customer_facing: last = 6],
        result: 0.8333333333,
    }
    system_availability "System availability" "系统可用率" {
        formula: "uptime_hours / scheduled_hours",
        percent, HigherIsBetter, Leading, source: crm_table_zh,
        inputs: [uptime_hours: sum = 8742, scheduled_hours: sum = 8760],
        result: 0.9979452055,
    }
    report_automation_rate "Report automation rate" "报表自动生成率" {
        formula: "reports_automated / reports_required",
        percent, HigherIsBetter, Leading, source: crm_table_zh,
        inputs: [reports_automated: last = 32, reports_required: last = 40],
        result: 0.8,
    }
    decision_cycle_reduction "Decision cycle-time reduction" "决策周期缩短率" {
        formula: "(decision_days_before - decision_days_after) / decision_days_before",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [decision_days_before: mean/mean = 10, decision_days_after: mean/mean = 6],
        result: 0.4,
    }
    benefits_realisation_rate "Benefits realisation rate" "收益实现率" {
        formula: "benefits_realised / benefits_planned",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [benefits_realised: sum = 420_000, benefits_planned: sum = 600_000],
        result: 0.7,
    }
    cost_performance_index "Cost performance index" "成本绩效指数" {
        formula: "earned_value / actual_cost",
        ratio, HigherIsBetter, Lagging, source: pmi_evm,
        inputs: [earned_value: last = 540_000, actual_cost: last = 600_000],
        result: 0.9,
        note: "Earned value and actual cost to date.",
    }
    schedule_performance_index "Schedule performance index" "进度绩效指数" {
        formula: "earned_value / planned_value",
        ratio, HigherIsBetter, Lagging, source: pmi_evm,
        inputs: [earned_value: last = 540_000, planned_value: last = 600_000],
        result: 0.9,
        note: "Earned value and planned value to date.",
    }
    initiative_completion_rate "Initiative completion rate" "战略举措完成率" {
        formula: "initiatives_completed / initiatives_due",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [initiatives_completed: sum = 9, initiatives_due: sum = 12],
        result: 0.75,
    }
    target_attainment_rate "KPI target attainment rate" "指标达标率" {
        formula: "kpis_on_target / kpis_measured",
        percent, HigherIsBetter, Lagging, source: practice,
        inputs: [kpis_on_target: last = 14, kpis_measured: last = 20],
        result: 0.7,
    }
    user_satisfaction_crm "CRM user satisfaction" "CRM用户满意度" {
        formula: "satisfied_users / surveyed_users",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [satisfied_users: sum = 130, surveyed_users: sum = 180],
        result: 0.7222222222,
    }
}
