//! Did you mean: the known word nearest to a mistyped one.

/// The known word nearest to a mistyped one, if one is near.
pub(crate) fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // two slips in a short word make another word, so the distance allowed grows with the length
    let letters = typed.chars().count();
    let allowed = (letters / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|candidate| *candidate != typed)
        .map(|candidate| (strsim::osa_distance(&typed.to_lowercase(), &candidate.to_lowercase()), candidate))
        // with one letter of one changed nothing of it is left
        .filter(|(distance, candidate)| *distance <= allowed && *distance < letters.min(candidate.chars().count()))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn suggestions_are_near_and_do_not_depend_on_order() {
        let known = ["retention_rate", "satisfaction", "margin", "price"];
        assert_eq!(did_you_mean("satisfactoin", known), Some("satisfaction"));
        assert_eq!(did_you_mean("Margin", known), Some("margin"));
        assert_eq!(did_you_mean("prize", known), Some("price"));
        assert_eq!(did_you_mean("turnover", known), None);
        assert_eq!(did_you_mean("王", ["李", "张"]), None);
        assert_eq!(did_you_mean("王总", ["李总", "王经理"]), Some("李总"));
        assert_eq!(did_you_mean("ab", ["bb", "aa"]), did_you_mean("ab", ["aa", "bb"]));
    }
}
