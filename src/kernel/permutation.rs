//! The permutation test of a panel's agreement: how often experts who rank at random agree as much.

use rand_pcg::{
    Pcg64Mcg,
    rand_core::{Rng, SeedableRng},
};

use super::concordance::{ConcordanceError, PanelSize, Ratings, each_ranking, kendall_w};

/// Why there is no permutation test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PermutationError {
    /// There is no coefficient of concordance to test.
    #[error(transparent)]
    Concordance(#[from] ConcordanceError),
    /// Nothing is to be drawn.
    #[error("a permutation test needs at least one permutation")]
    NoPermutations,
    /// The test would take too long.
    #[error("permutations times experts times items exceed 1,000,000,000")]
    TooMuchWork,
}

/// The result of a permutation test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// How likely experts who rank at random agree as much or more: a probability above 0 and up to 1.
    pub p: f64,
    /// Whether every arrangement was counted; otherwise they were drawn, and p is an estimate.
    pub exact: bool,
    /// How many arrangements were counted or drawn.
    pub arrangements: u32,
}

/// The most arrangements that are counted one by one.
const ENUMERATED: u32 = 100_000;
/// The most ranks that are moved.
const MOVED: u64 = 1_000_000_000;

/// Whether a panel's agreement can be chance, without any approximation by a distribution.
///
/// **Formula**: each expert's answers are arranged over the items in every way, or at random; `p` is how often W is at
/// least that of the panel. All `(n!)^(m-1)` arrangements of m experts and n items are counted where they are 100,000 or
/// fewer, and p is their share; the first expert stays, for to rename the items changes nothing. Otherwise
/// `p = (1 + count) / (1 + permutations)`. Sums of ranks are compared in whole numbers, so that equal agreements are
/// always equal.
///
/// The random numbers are those of PCG XSL 128/64 (MCG), seeded from `seed`, and the arrangements those of Fisher and
/// Yates without bias: the same ratings and seed give the same p on every machine. With another order of experts or
/// items, an estimated p is another estimate.
///
/// **Units**: `permutations` is how many arrangements are drawn where not all are counted; an estimated p has a standard
/// error of about `sqrt(p (1 - p) / permutations)` and is never below `1 / (1 + permutations)`.
///
/// **Spreadsheets**: there is no such function.
///
/// # Errors
///
/// [`PermutationError::Concordance`] where there is no [`kendall_w`]; and where arrangements would be drawn,
/// [`PermutationError::NoPermutations`] for none, [`PermutationError::TooMuchWork`] where permutations times experts
/// times items exceed 10^9, some seconds of work.
///
/// # Source
///
/// Legendre (2005), *Species associations: the Kendall coefficient of concordance revisited*; the estimate of p: Phipson,
/// Smyth (2010), *Permutation p-values should never be zero*; Durstenfeld (1964), *Algorithm 235: random permutation*;
/// O'Neill (2014), *PCG*; Lemire (2019), *Fast random integer generation in an interval*.
///
/// # Example
///
/// ```
/// use appraise::kernel::{Ratings, permutation_p};
/// use rust_decimal::Decimal;
///
/// // Three experts agree on the order of three items: 1 of 6 * 6 arrangements does.
/// let ranks = [1, 2, 3].map(Decimal::from);
/// let rows = [&ranks[..], &ranks, &ranks];
/// let test = permutation_p(Ratings::by_expert(&rows)?, 1_000, 1)?;
/// assert_eq!((test.p, test.exact), (1.0 / 36.0, true));
/// # Ok::<(), appraise::kernel::PermutationError>(())
/// ```
pub fn permutation_p(ratings: Ratings<'_>, permutations: u32, seed: u64) -> Result<Permutation, PermutationError> {
    kendall_w(ratings)?;
    let arrangements = arrangements(ratings.size());
    let work = (ratings.experts() as u64)
        .checked_mul(ratings.items() as u64)
        .and_then(|size| size.checked_mul(u64::from(permutations)));
    if arrangements.is_none() {
        if permutations == 0 {
            return Err(PermutationError::NoPermutations);
        }
        if work.is_none_or(|work| work > MOVED) {
            return Err(PermutationError::TooMuchWork);
        }
    }

    let mut rankings: Vec<Vec<u64>> = Vec::with_capacity(ratings.experts());
    each_ranking(ratings, |ranks| rankings.push(ranks.to_vec()));
    let mut sums = vec![0; ratings.items()];
    for ranks in &rankings {
        add(&mut sums, ranks);
    }
    // Ties and the mean of the sums stay what they are, so that W rises and falls with the squares.
    let observed = squares(&sums);
    let first = rankings.split_off(1);
    let (first, mut others) = (rankings.pop().unwrap_or_default(), first);

    Ok(match arrangements {
        Some(arrangements) => {
            let orders = orders(ratings.items());
            let count = enumerate(&first, &others, &orders, observed);
            Permutation { p: f64::from(count) / f64::from(arrangements), exact: true, arrangements }
        }
        None => {
            let mut random = Pcg64Mcg::seed_from_u64(seed);
            let mut count = 0;
            for _ in 0..permutations {
                sums.copy_from_slice(&first);
                for ranks in &mut others {
                    shuffle(ranks, &mut random);
                    add(&mut sums, ranks);
                }
                count += u32::from(squares(&sums) >= observed);
            }
            let p = (1.0 + f64::from(count)) / (1.0 + f64::from(permutations));
            Permutation { p, exact: false, arrangements: permutations }
        }
    })
}

/// How many arrangements there are to count, `(n!)^(m-1)`, where they are few enough for that.
pub(crate) fn arrangements(PanelSize { experts, items }: PanelSize) -> Option<u32> {
    let few = |count: &u32| *count <= ENUMERATED;
    let factorial = (1..=u32::try_from(items).ok()?).try_fold(1u32, |all, n| all.checked_mul(n).filter(few))?;
    factorial.checked_pow(u32::try_from(experts).ok()?.checked_sub(1)?).filter(few)
}

fn add(sums: &mut [u64], ranks: &[u64]) {
    for (sum, rank) in sums.iter_mut().zip(ranks) {
        *sum += rank;
    }
}

fn squares(sums: &[u64]) -> u128 {
    // A sum is less than 10^10 and there are less than 10^9: the squares and their sum stay far below the limit.
    sums.iter().fold(0u128, |all, sum| all.saturating_add(u128::from(*sum).saturating_mul(u128::from(*sum))))
}

/// All orders of `0..items`.
fn orders(items: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for item in 0..items {
        orders = orders
            .iter()
            .flat_map(|order: &Vec<usize>| {
                (0..=order.len()).map(move |place| {
                    let mut longer = order.clone();
                    longer.insert(place, item);
                    longer
                })
            })
            .collect();
    }
    orders
}

/// How many arrangements of the others' ranks have sums of squares of `observed` or more.
fn enumerate(sums: &[u64], others: &[Vec<u64>], orders: &[Vec<usize>], observed: u128) -> u32 {
    let Some((ranks, rest)) = others.split_first() else {
        return u32::from(squares(sums) >= observed);
    };
    let mut longer = sums.to_vec();
    orders
        .iter()
        .map(|order| {
            let arranged = order.iter().filter_map(|place| ranks.get(*place));
            for ((longer, sum), rank) in longer.iter_mut().zip(sums).zip(arranged) {
                *longer = sum + rank;
            }
            enumerate(&longer, rest, orders, observed)
        })
        .sum()
}

/// Brings the ranks into a random order, each order as likely as any.
fn shuffle(ranks: &mut [u64], random: &mut Pcg64Mcg) {
    for place in (1..ranks.len()).rev() {
        let other = below(place as u64 + 1, random) as usize;
        ranks.swap(place, other);
    }
}

/// A random whole number below `bound`, each as likely as any.
fn below(bound: u64, random: &mut Pcg64Mcg) -> u64 {
    let mut draw = || u128::from(random.next_u64()).wrapping_mul(u128::from(bound));
    let mut product = draw();
    // The lower half decides whether the upper one is one of the few that would come too often.
    if (product as u64) < bound {
        let surplus = bound.wrapping_neg().checked_rem(bound).unwrap_or_default();
        while (product as u64) < surplus {
            product = draw();
        }
    }
    (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::testing::decs;

    fn test(rows: &[&str], permutations: u32, seed: u64) -> Result<Permutation, PermutationError> {
        let rows: Vec<_> = rows.iter().map(|row| decs(row)).collect();
        let rows: Vec<_> = rows.iter().map(Vec::as_slice).collect();
        permutation_p(Ratings::by_expert(&rows)?, permutations, seed)
    }

    fn exact(rows: &[&str]) -> f64 {
        let test = test(rows, 0, 0).unwrap();
        assert!(test.exact);
        test.p
    }

    /// Counted by a Python program that goes through `itertools.permutations` of all experts but the first.
    #[test]
    fn counted_elsewhere() {
        assert_eq!(exact(&["1 2 3 4", "2 1 3 4", "1 2 4 3"]), 19.0 / 576.0);
        assert_eq!(exact(&["1 2 2 4", "2 1 3 4", "1 1 4 3"]), 32.0 / 576.0);
        assert_eq!(exact(&["1 2 3 4 5", "2 1 4 3 5", "1 3 2 5 4"]), 409.0 / 14_400.0);
        assert_eq!(exact(&["5 3 3", "4 4 1", "2 1 1", "3 2 2"]), 16.0 / 216.0);
    }

    #[test]
    fn all_arrangements_of_small_panels() {
        assert_eq!(exact(&["1 2", "1 2"]), 0.5);
        assert_eq!(exact(&["1 2", "2 1"]), 1.0);
        assert_eq!(exact(&["1 2 3 4"; 3]), 1.0 / 576.0);
        // the two tied items may change places
        assert_eq!(exact(&["1 2 2"; 2]), 2.0 / 6.0);
        // an expert without an order says nothing
        assert_eq!(exact(&["1 2 3", "1 2 3", "5 5 5"]), 1.0 / 6.0);
        assert_eq!(exact(&["1 2"; 17]), 1.0 / 65_536.0);
        assert_eq!(test(&["1 2 3 4 5 6 7 8"; 2], 0, 0).unwrap().arrangements, 40_320);
    }

    #[test]
    fn names_of_experts_and_items_do_not_matter() {
        let p = exact(&["1 2 2 4", "2 1 3 4", "1 1 4 3"]);
        assert_eq!(exact(&["2 1 3 4", "1 1 4 3", "1 2 2 4"]), p);
        assert_eq!(exact(&["4 1 2 2", "4 2 1 3", "3 1 1 4"]), p);
    }

    #[test]
    fn large_panels_are_drawn() {
        // Siegel and Castellan 1988: 3 judges and 8 factors, of which 40,320 * 40,320 arrangements exist
        let rows = ["5 6 7 1 2 4 3 8", "1 7 6 2 3 5 4 8", "4 5 1 3 2 7 6 8"];
        let one = test(&rows, 9_999, 42).unwrap();
        assert_eq!(one, test(&rows, 9_999, 42).unwrap());
        assert!(!one.exact && one.arrangements == 9_999);
        assert_eq!(one.p, 0.0198); // for ever: another value breaks the promise of the same p on every machine
        // 36,020,946 of them, counted by a Python program
        let exact = 36_020_946.0 / (40_320.0 * 40_320.0);
        let long = test(&rows, 99_999, 42).unwrap().p;
        assert!((long - exact).abs() < 0.0015, "{long} is more than three standard errors from {exact}");
        assert_ne!(one.p, test(&rows, 9_999, 43).unwrap().p);
        // nobody agrees by chance like this
        assert_eq!(test(&["1 2 3 4 5 6 7 8 9"; 6], 999, 7).unwrap().p, 1.0 / 1_000.0);
    }

    #[test]
    fn drawing_comes_near_to_counting() {
        let rankings = [vec![2u64, 4, 6, 8], vec![2, 6, 4, 8], vec![4, 2, 8, 6]];
        let mut sums = vec![0; 4];
        rankings.iter().for_each(|ranks| add(&mut sums, ranks));
        let observed = squares(&sums);
        let exact = f64::from(enumerate(&rankings[0], &rankings[1..], &orders(4), observed)) / 576.0;
        let mut random = Pcg64Mcg::seed_from_u64(1);
        let mut others = rankings[1..].to_vec();
        let mut count = 0;
        for _ in 0..20_000 {
            sums.copy_from_slice(&rankings[0]);
            for ranks in &mut others {
                shuffle(ranks, &mut random);
                add(&mut sums, ranks);
            }
            count += u32::from(squares(&sums) >= observed);
        }
        assert!((f64::from(count) / 20_000.0 - exact).abs() < 0.01, "{count} of 20,000, not {exact}");
    }

    #[test]
    fn random_numbers_have_no_bias() {
        let mut random = Pcg64Mcg::seed_from_u64(3);
        let mut counts = [0u32; 7];
        for _ in 0..70_000 {
            counts[below(7, &mut random) as usize] += 1;
        }
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 400), "{counts:?}");
        // three quarters of the largest bound: a bias would show at once
        let bound = 3 << 62;
        let low = (0..10_000).filter(|_| below(bound, &mut random) < bound / 3).count();
        assert!(low.abs_diff(3_333) < 200, "{low}");
        assert_eq!(below(1, &mut random), 0);
    }

    #[test]
    fn errors() {
        assert_eq!(test(&["5 5 5", "2 2 2"], 99, 0), Err(ConcordanceError::AllTied.into()));
        assert_eq!(test(&["1 2 3"], 99, 0), Err(ConcordanceError::TooFewExperts.into()));
        assert_eq!(test(&["1", "1"], 99, 0), Err(ConcordanceError::TooFewItems.into()));
        assert_eq!(test(&["1 2 3 4 5 6 7 8"; 3], 0, 0), Err(PermutationError::NoPermutations));
        assert_eq!(test(&["1 2 3 4 5 6 7 8"; 3], u32::MAX, 0), Err(PermutationError::TooMuchWork));
    }
}
