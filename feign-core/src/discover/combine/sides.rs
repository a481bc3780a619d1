//! Two sources followed at once.

use std::sync::Arc;

use futures_util::stream::{self, Stream, StreamExt as _};

use crate::discover::{Endpoint, Update, Updates};
use crate::error::BoxError;

/// What one of two sources says.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// What it said last that was no error: `None` before, `Some(None)` where it does not know the name.
    pub(super) said: Option<Option<Vec<Endpoint>>>,
    /// Why it fails now.
    pub(super) failure: Option<Arc<str>>,
}

impl Side {
    fn take(&mut self, update: Update) {
        match update {
            Ok(said) => *self = Self { said: Some(said), failure: None },
            Err(cause) => self.failure = Some(cause.to_string().into()),
        }
    }

    pub(super) const fn is_silent(&self) -> bool {
        self.said.is_none() && self.failure.is_none()
    }

    pub(super) fn endpoints(&self) -> Option<&Vec<Endpoint>> {
        self.said.as_ref()?.as_ref()
    }

    pub(super) fn error(&self) -> Option<BoxError> {
        self.failure.as_deref().map(BoxError::from)
    }
}

/// What two sources say, the first one first.
pub(super) type Sides = [Side; 2];

/// Follows both, and says what `judge` makes of them whenever one says something. Ends when one ends,
/// so that both are begun again.
pub(super) fn follow<I>(
    first: Updates,
    second: Updates,
    judge: fn(&Sides) -> I,
) -> impl Stream<Item = Update> + Send
where
    I: IntoIterator<Item = Update> + Send,
    I::IntoIter: Send,
{
    let of = |side: usize, updates: Updates| {
        updates.map(move |update| Some((side, update))).chain(stream::iter([None]))
    };
    stream::select(of(0, first), of(1, second))
        .scan(Sides::default(), move |sides, update| {
            let judged = update.map(|(side, update)| {
                sides[side].take(update);
                stream::iter(judge(sides))
            });
            std::future::ready(judged)
        })
        .flatten()
}
