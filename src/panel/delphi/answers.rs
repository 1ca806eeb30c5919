//! What the experts of a Delphi panel are asked and what they answer.

use rust_decimal::Decimal;
#[cfg(feature = "yaml")]
use std::collections::HashMap;

/// The lowest and the highest rating an expert may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The lowest.
    pub min: Decimal,
    /// The highest.
    pub max: Decimal,
}

impl Default for Scale {
    /// 1 to 10.
    fn default() -> Self {
        Self { min: Decimal::ONE, max: Decimal::TEN }
    }
}

/// Whether experts rate each item on a scale or put items in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Form {
    /// A rating on the scale, the higher the more important.
    #[default]
    Ratings,
    /// A rank among the siblings, 1 for the most important; ties share a rank.
    Rankings,
}

impl Form {
    /// Every form and its name in a document.
    pub const ALL: [(&'static str, Form); 2] = [("ratings", Form::Ratings), ("rankings", Form::Rankings)];
}

/// What one expert said about one item in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A rating or a rank.
    Given(Decimal),
    /// The expert says that they cannot judge it.
    DontKnow,
    /// The expert said nothing.
    Missing,
}

impl Answer {
    /// The rating or rank, where one was given.
    pub fn given(self) -> Option<Decimal> {
        match self {
            Self::Given(value) => Some(value),
            Self::DontKnow | Self::Missing => None,
        }
    }
}

impl<T: Into<Decimal>> From<T> for Answer {
    fn from(value: T) -> Self {
        Self::Given(value.into())
    }
}

/// What an answer that is not there stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AnswerPolicy {
    /// Nothing: statistics run over the answers that were given.
    #[default]
    LeaveOut,
    /// What the same expert said about the same item in the last round before that rated it. In the first there is nothing
    /// to carry, and the answer stays missing.
    CarryForward,
    /// The expert is left out of the whole group of siblings in that round.
    ExpertOut,
    /// A mistake in the document.
    Refuse,
}

impl AnswerPolicy {
    /// Every policy and its name in a document.
    pub const ALL: [(&'static str, AnswerPolicy); 4] = [
        ("leave_out", AnswerPolicy::LeaveOut),
        ("carry_forward", AnswerPolicy::CarryForward),
        ("expert_out", AnswerPolicy::ExpertOut),
        ("refuse", AnswerPolicy::Refuse),
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, policy)| *policy == self).map_or("", |(name, _)| name)
    }
}

/// The answers about one criterion, in the order of the experts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The id of the criterion.
    pub item: String,
    /// One answer for each expert.
    pub answers: Vec<Answer>,
}

/// Why an expert stays with an answer far from those of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The expert.
    pub expert: String,
    /// The id of the criterion.
    pub item: String,
    /// The reason, in the expert's words.
    pub text: String,
}

/// One round of answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    /// The answers, criterion by criterion.
    pub items: Vec<Rating>,
    /// The experts who were asked; `None` where all were. Others have left, or not yet joined.
    pub invited: Option<Vec<String>>,
    /// The reasons that experts gave.
    pub reasons: Vec<Reason>,
}

impl Round {
    /// A round in which every expert answered: `[("customer", [9, 10, 7]), …]`.
    pub fn of<I, R>(items: impl IntoIterator<Item = (I, R)>) -> Self
    where
        I: Into<String>,
        R: IntoIterator,
        R::Item: Into<Answer>,
    {
        let rating = |(item, answers): (I, R)| Rating {
            item: item.into(),
            answers: answers.into_iter().map(Into::into).collect(),
        };
        Self { items: items.into_iter().map(rating).collect(), ..Self::default() }
    }
}

/// A round that is put together answer by answer, as experts send them.
#[cfg(feature = "yaml")]
#[derive(Debug, Default)]
pub(crate) struct Collected {
    items: Vec<Rating>,
    by_item: HashMap<String, usize>,
}

#[cfg(feature = "yaml")]
impl Collected {
    /// The answers that are there already.
    pub(crate) fn from_items(items: Vec<Rating>) -> Self {
        let by_item = items.iter().enumerate().map(|(position, rating)| (rating.item.clone(), position)).collect();
        Self { items, by_item }
    }

    /// Notes the answer of one of so many experts; whoever is not heard of has not answered.
    pub(crate) fn note(&mut self, item: &str, (expert, experts): (usize, usize), answer: Answer) {
        let position = *self.by_item.entry(item.to_owned()).or_insert_with(|| {
            self.items.push(Rating { item: item.to_owned(), answers: vec![Answer::Missing; experts] });
            self.items.len() - 1
        });
        let answers = self.items.get_mut(position).map(|rating| &mut rating.answers);
        if let Some(place) = answers.and_then(|answers| answers.get_mut(expert)) {
            *place = answer;
        }
    }

    /// The answers, item by item in the order in which they were first heard of.
    pub(crate) fn into_items(self) -> Vec<Rating> {
        self.items
    }
}
