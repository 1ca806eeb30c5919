//! People: training, retention, satisfaction, ideas.

use super::record::kpis;

kpis! { LearningGrowth;
    training_hours_per_employee "Training hours per employee" "人均培训学时" {
        formula: "training_hours / avg_headcount",
        hours, HigherIsBetter, Leading, source: practice,
        inputs: [training_hours: sum = 7200, avg_headcount: mean = 300],
        result: 24,
    }
    training_spend_ratio "Training spend share of payroll" "培训费用占工资总额比例" {
        formula: "training_cost / payroll",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [training_cost: sum = 450_000, payroll: sum = 30_000_000],
        result: 0.015,
    }
    training_roi "Training ROI" "培训投资回报率" {
        formula: "(training_benefits - training_cost) / training_cost",
        percent, HigherIsBetter, Lagging, source: phillips,
        inputs: [training_benefits: sum = 675_000, training_cost: sum = 450_000],
        result: 0.5,
        note: "Net benefits over costs, as in the cited book; benefits after isolating the effect of the \
               training.",
    }
    training_pass_rate "CRM training pass rate" "CRM培训合格率" {
        formula: "employees_passed / employees_trained",
        percent, HigherIsBetter, Leading, source: practice,
        inputs: [employees_passed: sum = 188, employees_trained: sum = 200],
        result: 0.94,
    }
    employee_turnover "Employee turnover" "员工流失率" {
        formula: "separations / avg_headcount",
        percent, LowerIsBetter, Lagging, source: hr_namely,
        inputs: [separations: sum = 36, avg_headcount: mean = 300],
        result: 0.12,
        note: "Average headcount = (opening + closing) / 2.",
    }
    key_staff_retention "Key-staff retention" "关键员工保留率" {
        formula: "key_staff_remaining / key_staff_start",
        percent, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [key_staff_remaining: sum = 38, key_staff_start: sum = 40],
        result: 0.95,
        note: "Of those who were there at the start, how many still are. Over several periods the mean of their \
               rates, weighted by who was there: who stayed throughout cannot be told from these figures.",
    }
    employee_satisfaction "Employee satisfaction" "员工满意度" {
        formula: "satisfied_employees / survey_responses",
        percent, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [satisfied_employees: sum = 210, survey_responses: sum = 280],
        result: 0.75,
        note: "The cited book leaves the scale open; here the share of satisfied answers.",
    }
    enps "Employee net promoter score" "员工净推荐值" {
        formula: "(promoters - detractors) / total_responses * 100",
        points, HigherIsBetter, Leading, source: hr_extensis,
        inputs: [promoters: sum = 120, detractors: sum = 60, total_responses: sum = 280],
        result: 21.42857143,
        note: "Promoters 9-10, detractors 0-6, as in the net promoter score; range -100..100.",
    }
    absenteeism_rate "Absenteeism rate" "缺勤率" {
        formula: "days_absent / scheduled_work_days",
        percent, LowerIsBetter, Leading, source: hr_namely,
        inputs: [days_absent: sum = 900, scheduled_work_days: sum = 75_000],
        result: 0.012,
    }
    strategic_job_coverage "Strategic job coverage ratio" "战略岗位胜任率" {
        formula: "qualified_for_strategic_jobs / strategic_jobs_required",
        percent, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [qualified_for_strategic_jobs: last = 34, strategic_jobs_required: last = 40],
        result: 0.85,
        note: "Employees qualified for strategic jobs over the number that will be needed, as in the cited book.",
    }
    strategic_information_coverage "Strategic information coverage ratio" "战略信息覆盖率" {
        formula: "processes_with_customer_information / critical_processes",
        percent, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [processes_with_customer_information: last = 18, critical_processes: last = 24],
        result: 0.75,
        note: "The cited book counts processes with feedback and employees with access to customer information; \
               this is the processes.",
    }
    suggestions_per_employee "Suggestions per employee" "人均合理化建议数" {
        formula: "suggestions / avg_headcount",
        count, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [suggestions: sum = 450, avg_headcount: mean = 300],
        result: 1.5,
        note: "Suggestions in the period over average headcount.",
    }
    suggestion_adoption_rate "Suggestion adoption rate" "合理化建议采纳率" {
        formula: "suggestions_adopted / suggestions",
        percent, HigherIsBetter, Leading, source: kaplan_norton,
        inputs: [suggestions_adopted: sum = 135, suggestions: sum = 450],
        result: 0.3,
        note: "The cited book counts suggestions that were put into practice.",
    }
}
