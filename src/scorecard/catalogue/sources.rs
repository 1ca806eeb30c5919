//! Where the definitions of the catalogue come from, and how far they were read.

use crate::scorecard::kpi::{KpiSource, SourceStatus};

/// A source: its word in the records, its title, its address, and how far it was read.
struct Source(&'static str, &'static str, Option<&'static str>, SourceStatus);

const SOURCES: &[Source] = &[
    Source("course", "CRM course text, chapter on performance evaluation, TCO and ROI", None, SourceStatus::Course),
    Source(
        "kaplan_norton",
        "Kaplan & Norton, The Balanced Scorecard (1996); Strategy Maps (2004)",
        None,
        SourceStatus::CitedNotRead,
    ),
    Source("farris", "Farris, Bendle, Pfeifer & Reibstein, Marketing Metrics", None, SourceStatus::CitedNotRead),
    Source(
        "phillips",
        "Phillips, Return on Investment in Training and Performance Improvement Programs",
        None,
        SourceStatus::CitedNotRead,
    ),
    Source(
        "dixon_ces",
        "Dixon, Freeman & Toman, Stop Trying to Delight Your Customers (HBR 2010)",
        None,
        SourceStatus::CitedNotRead,
    ),
    Source("pmi_evm", "Earned value management, PMBOK Guide / ISO 21508", None, SourceStatus::CitedNotRead),
    Source(
        "sasac_2006",
        "Chinese performance evaluation rules for central enterprises (SASAC 2006), list of indicators in published tables of standard values",
        Some("https://haowendang.cn/c6ils26cfcz8c83h0eoo0_6.html"),
        SourceStatus::ListRead,
    ),
    Source(
        "openstax_fin",
        "OpenStax Principles of Finance, ch. 6 key terms",
        Some("https://openstax.org/books/principles-finance/pages/6-key-terms"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "ratio_qa",
        "Worked answer: current, quick, days sales in receivables, inventory turnover",
        Some("https://qammunity.org/19591510/?show=19591511"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "eva_guide",
        "How to calculate economic value added",
        Some("https://onlineeduhelp.com/how-to-calculate-economic-value-added/"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "forrester_tei",
        "Forrester TEI definitions of ROI and PV",
        Some("https://thoughtleadership.forrester.com/go/intellum/customer_education_ebook/42"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "wbdg_lcca",
        "WBDG / NIST life-cycle cost analysis measures",
        Some("https://studylib.net/doc/26296495"),
        SourceStatus::ExcerptRead,
    ),
    Source("textbook_fin", "Standard definition of corporate finance", None, SourceStatus::Textbook),
    Source(
        "crm_table_zh",
        "Chinese CRM goals and KPI formula table",
        Some("http://www.jinzbj.com/infodetailinfo-3-19-1060.html"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "clv_multiple",
        "CLV margin multiple after Gupta and Lehmann",
        Some("https://ealhamed.github.io/frameworks-library/ms/m02.html"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "nps_gloss",
        "Net Promoter Score glossary",
        Some("https://thewebguru.it/glossario/net-promoter-score-nps/"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "zykrr",
        "Zykrr metrics documentation (NPS, CSAT mean, CES)",
        Some("https://docs.zykrr.com/insights/metrics"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "customer_share",
        "Customer share / share of wallet calculation",
        Some("https://legalclarity.org/what-is-customer-share-definition-and-calculation"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "wfm_glossary",
        "WFM Labs contact-centre metrics glossary",
        Some("https://wiki.wfmlabs.org/wiki/Contact_Center_Metrics_Glossary"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "cc_metrics",
        "Call-centre metric calculations (AHT, abandon, occupancy, adherence)",
        Some("https://sites.google.com/site/ryangohseportfolio/skillset/academic/1-call-centre-metrics"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "sales_velocity",
        "Sales velocity definition and levers",
        Some("https://www.getchief.com/sales-glossary-terms/sales-velocity"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "pipeline_tools",
        "Pipeline value, coverage, win-rate and close-rate definitions",
        Some("https://searchespilot.com/articles/sales-pipeline-value-vs-pipeline-coverage"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "mkt_metrics",
        "Marketing ROI metrics (CPL, MQL to SQL, ROI)",
        Some("https://xlmg.co.uk/blog/measuring-marketing-roi-metrics-that-matter"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "mkt_calc",
        "Campaign calculator definitions (CTR, CPC, CPM, CPL)",
        Some("https://marketingmavens.co.uk/calculator-test/"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "crm_roi_calc",
        "CRM ROI calculator inputs (productivity and deal lift)",
        Some("https://www.webtoolshq.com/crm-roi-calculator"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "otif",
        "OTIF delivery-rate calculator",
        Some("https://www.calcsimpler.com/calculators/otif-delivery-rate"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "yield",
        "First-time yield and rolled throughput yield",
        Some("https://isssp.org/first-time-yield-and-rolled-throughput-yield/"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "hr_namely",
        "HR metrics: headcount, turnover, absenteeism",
        Some("https://blog.namely.com/your-complete-guide-to-hr-metrics-and-formulas"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "hr_extensis",
        "14 HR metrics and how to calculate them",
        Some("https://extensishr.com/resource/14-hr-metrics-and-how-to-calculate-them/"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "crm_dq",
        "CRM data-quality audit dimensions",
        Some("https://www.cleanlist.ai/blog/2026-03-02-how-to-audit-crm-data-quality"),
        SourceStatus::ExcerptRead,
    ),
    Source(
        "crm_adoption",
        "CRM adoption rate glossary",
        Some("https://www.fmcgsales.com/glossary/crm-adoption-rate"),
        SourceStatus::ExcerptRead,
    ),
    Source("practice", "General management practice", None, SourceStatus::StatedHere),
];

pub(super) fn find(word: &str) -> Option<KpiSource> {
    let Source(_, title, url, status) = SOURCES.iter().find(|source| source.0 == word)?;
    Some(KpiSource { title: (*title).to_owned(), url: url.map(str::to_owned), status: Some(*status) })
}
