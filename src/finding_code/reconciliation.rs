//! Codes about published and expected figures.

use super::{FindingCode, Severity, Texts, codes};

codes! {
    EXPECT_DIFFERS = "expect.differs", Warning;
        title: "A published figure that ours does not round to", "与本模型不符的已发布数值";
        why: "Either the model is not that of the publication, or the publication is wrong; rounding alone does not explain it.", "或模型与原文不一致，或原文有误；仅舍入无法解释。";
        how: "Raised for each figure under `expect:` that lies outside of what is printed so, and has no `because`.";
        remedy: "compare the inputs and conventions with the source, then correct the model or say `because:` what the source does", "将输入与约定同来源核对，然后更正模型，或以`because:`说明来源的做法";
        source: "interval of half a unit of the last printed digit";
    EXPECT_CANNOT = "expect.cannot_be_right", Warning;
        title: "Published figures that contradict each other", "相互矛盾的已发布数值";
        why: "No values that round to the other printed figures give this one, so at least one of them is wrong.", "其他已发布数值在舍入范围内均无法得出该值，故至少有一处有误。";
        how: "Raised for each figure with a `from` whose range over the printed figures does not meet what is printed, and which has no `because`.";
        remedy: "look for a misprint in the source, or say `because:` what is known about it", "检查来源是否误印，或以`because:`说明已知情况";
        source: "interval arithmetic over half a unit of the last printed digits";
    EXPECT_UNKNOWN = "expect.cannot_be_told", Information;
        title: "A published figure that cannot be checked", "无法核对的已发布数值";
        why: "What is expected and not compared must not pass for confirmed.", "未经比较的预期不应视为已确认。";
        how: "Raised for each figure under `expect:` whose own figure has no value, or whose `from` has no range, with the reason.";
        remedy: "remove the reason, or write `from:` with sums, products and quotients", "消除原因，或以和、积、商写出`from:`";
        source: "by definition of a comparison";
    EXPECT_NEEDLESS = "expect.needless_reason", Information;
        title: "A difference is explained that there is not", "所解释的差异并不存在";
        why: "The figures agree within rounding, so the explanation is out of date or was never needed.", "数值在舍入范围内一致，该解释已过时或本无必要。";
        how: "Raised for each figure under `expect:` with a `because` that agrees.";
        remedy: "leave `because:` out", "删去`because:`";
        source: "a rule of this library: what is explained must be there";
}
