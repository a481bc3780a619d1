//! Two sources followed at once.

use futures_util::stream::{self, Stream, StreamExt as _};

use crate::discover::feed::{Feed, Told};
use crate::discover::{Endpoint, Source, Update};
use crate::error::BoxError;

/// What one of two sources says.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// What it said last that was no error: `None` before, `Some(None)` where it does not know the name.
    pub(super) said: Option<Option<Vec<Endpoint>>>,
    /// Why it fails now.
    pub(super) failure: Option<Told>,
}

impl Side {
    fn take(&mut self, update: Update) {
        match update {
            Ok(said) => *self = Self { said: Some(said), failure: None },
            Err(cause) => self.failure = cause.downcast().ok().map(|told| *told),
        }
    }

    pub(super) const fn is_silent(&self) -> bool {
        self.said.is_none() && self.failure.is_none()
    }

    pub(super) fn endpoints(&self) -> Option<&Vec<Endpoint>> {
        self.said.as_ref()?.as_ref()
    }

    pub(super) fn error(&self) -> Option<BoxError> {
        self.failure.clone().map(BoxError::from)
    }
}

/// What two sources say, the first one first.
pub(super) type Sides = [Side; 2];

/// Follows both, and says what `judge` makes of them whenever one says something. One that ends or
/// panics has failed, and begins again by itself.
pub(super) fn follow(
    sources: [Source; 2],
    service: &str,
    judge: fn(&Sides) -> Vec<Update>,
) -> impl Stream<Item = Update> + Send + use<> {
    let [first, second] = sources.map(|source| Feed::updates(source, service));
    let sides = stream::select(first.map(|update| (0, update)), second.map(|update| (1, update)));
    sides
        .scan(Sides::default(), move |sides, (side, update): (usize, _)| {
            sides[side].take(update);
            std::future::ready(Some(stream::iter(judge(sides))))
        })
        .flatten()
}
