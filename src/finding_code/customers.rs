//! Codes about economic value added and about customers.

use super::{FindingCode, Severity, Texts, codes};

codes! {
    EVA_BELOW_COST = "economic_value_added.below_cost", Information;
        title: "Profit that does not pay for its capital", "利润不足以补偿资本成本";
        why: "A profit is reported and value is lost all the same, because the capital could have earned more elsewhere.", "账面有利润而价值受损，因资本在别处可得更多回报。";
        how: "Raised once for all years in which the net operating profit after tax is positive and the economic value added negative.";
        remedy: "look at what capital is tied up for, and at the rate that is asked of it", "检查占用的资本及其要求的回报率";
        source: "Stewart (1991), The Quest for Value (cited, not read); by definition of economic value added";
    CUSTOMERS_UNPROFITABLE = "customers.unprofitable", Warning;
        title: "Customers worth less than they cost", "客户价值低于成本";
        why: "Each further customer of such a segment takes value away.", "此类客户越多，价值损失越大。";
        how: "Raised for each segment whose lifetime value is negative.";
        remedy: "look at its margin, its retention and what it costs to win such a customer", "检查其毛利、保留率与获客成本";
        source: "by definition of the customer lifetime value";
    CUSTOMERS_OUTSIDE_GRID = "customers.outside_grid", Warning;
        title: "A customer outside the grid", "客户落在网格之外";
        why: "Whoever falls into no row or no column is missing from every count and share of the grid.", "不属于任何行列者不计入网格的数量与占比。";
        how: "Raised for each member whose value or need lies below the lowest band.";
        remedy: "begin the lowest band at or below the smallest number", "最低档的起点不应高于最小数值";
        source: "bands are half-open, so nothing falls between two";
    CUSTOMERS_ROUNDED = "customers.rounded_shares", Information;
        title: "Shares that add up only when rounding is allowed for", "计入舍入后方等于100 %";
        why: "Printed shares are rounded, so their sum may miss 100 % by a little without being wrong.", "所列比率经舍入，其和可略异于100 %而无误。";
        how: "Raised for each composition whose shares miss 100 % by no more than the digits they were written with explain.";
        remedy: "write counts instead of shares, or more digits", "改写数量，或写更多位数";
        source: "rounding of n shares to a unit u moves their sum by at most n u / 2";
    CUSTOMERS_FUNNEL = "customers.funnel_widens", Warning;
        title: "A funnel that widens", "漏斗变宽";
        why: "More at a later stage than at the one before means that the stages count different things or different times.", "后一阶段多于前一阶段，说明口径或时期不一致。";
        how: "Raised for each stage whose count exceeds that of the stage before.";
        remedy: "count all stages over the same period and the same customers", "各阶段按同一时期与同一客户群计数";
        source: "by definition of a conversion";
}
