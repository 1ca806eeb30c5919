//! After-sales service and contact centre.

use super::record::kpis;

kpis! { Service;
    first_contact_resolution "First contact resolution" "一次解决率" {
        formula: "cases_resolved_first_contact / cases_total",
        percent, HigherIsBetter, Leading, source: crm_table_zh,
        inputs: [cases_resolved_first_contact: sum = 720, cases_total: sum = 1000],
        result: 0.72,
        note: "Fix the reopen window (e.g. 7 days) before comparing.",
    }
    average_handle_time "Average handle time" "平均处理时长" {
        formula: "(talk_time + hold_time + wrap_time) / contacts_handled",
        seconds, LowerIsBetter, Leading, source: cc_metrics,
        inputs: [talk_time: sum = 240_000, hold_time: sum = 30_000, wrap_time: sum = 60_000,
                 contacts_handled: sum = 1000],
        result: 330,
        note: "Never a stand-alone target: it trades off against resolution.",
    }
    service_level "Service level" "服务水平(接通及时率)" {
        formula: "contacts_answered_in_threshold / contacts_offered",
        percent, HigherIsBetter, Leading, source: wfm_glossary,
        inputs: [contacts_answered_in_threshold: sum = 820, contacts_offered: sum = 1000],
        result: 0.82,
        note: "Abandoned contacts stay in the denominator; state the threshold (80/20 is the usual voice goal).",
    }
    average_speed_of_answer "Average speed of answer" "平均应答速度" {
        formula: "total_wait_time_answered / contacts_answered",
        seconds, LowerIsBetter, Leading, source: wfm_glossary,
        inputs: [total_wait_time_answered: sum = 23_750, contacts_answered: sum = 950],
        result: 25,
    }
    abandonment_rate "Abandonment rate" "呼叫放弃率" {
        formula: "contacts_abandoned / contacts_offered",
        percent, LowerIsBetter, Leading, source: cc_metrics,
        inputs: [contacts_abandoned: sum = 50, contacts_offered: sum = 1000],
        result: 0.05,
    }
    agent_occupancy "Agent occupancy" "坐席占用率" {
        formula: "handling_time / (handling_time + available_time)",
        percent, TargetBand, Leading, source: cc_metrics,
        inputs: [handling_time: sum = 330_000, available_time: sum = 82_500],
        result: 0.8,
        note: "Too high wears agents out; the band is user input.",
    }
    first_response_time "First response time" "平均首次响应时间" {
        formula: "sum(first_response_hours) / count(first_response_hours)",
        hours, LowerIsBetter, Leading, source: crm_table_zh,
        inputs: [first_response_hours: pool = [0.5, 1.0, 2.0, 0.5]],
        result: 1,
        note: "Report median or 90th percentile beside the mean.",
    }
    mean_time_to_resolution "Mean time to resolution" "平均解决时间" {
        formula: "sum(resolution_hours) / count(resolution_hours)",
        hours, LowerIsBetter, Leading, source: practice,
        inputs: [resolution_hours: pool = [4, 12, 8, 24]],
        result: 12,
    }
    sla_attainment "SLA attainment" "服务协议达成率" {
        formula: "cases_within_sla / cases_closed",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [cases_within_sla: sum = 930, cases_closed: sum = 1000],
        result: 0.93,
    }
    case_reopen_rate "Case reopen rate" "工单重开率" {
        formula: "cases_reopened / cases_closed",
        percent, LowerIsBetter, Leading, source: practice,
        inputs: [cases_reopened: sum = 40, cases_closed: sum = 1000],
        result: 0.04,
    }
    escalation_rate "Escalation rate" "升级率" {
        formula: "cases_escalated / cases_total",
        percent, LowerIsBetter, Leading, source: practice,
        inputs: [cases_escalated: sum = 60, cases_total: sum = 1000],
        result: 0.06,
    }
    cost_per_contact "Cost per contact" "单次服务成本" {
        formula: "service_cost / contacts_handled",
        currency, LowerIsBetter, Lagging, source: crm_table_zh,
        inputs: [service_cost: sum = 35_000, contacts_handled: sum = 1000],
        result: 35,
    }
    self_service_rate "Self-service resolution rate" "自助服务解决率" {
        formula: "issues_resolved_self_service / issues_total",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [issues_resolved_self_service: sum = 1500, issues_total: sum = 2500],
        result: 0.6,
    }
    complaint_resolution_rate "Complaints resolved on time" "投诉处理及时率" {
        formula: "complaints_resolved_on_time / complaints",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [complaints_resolved_on_time: sum = 17, complaints: sum = 18],
        result: 0.9444444444,
        note: "The Chinese name and the formula are about complaints resolved on time; the English name is \
               corrected to say so.",
    }
}
