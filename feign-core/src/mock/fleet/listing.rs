//! The instances as a source of endpoints.

use std::borrow::Cow;
use std::sync::Arc;

use futures_util::stream;
use tokio::sync::watch::Receiver;

use super::Inner;
use crate::discover::{Discover, Endpoint, Update, Updates, once};

/// Knows the one service.
pub(super) struct Listing(pub(super) Arc<Inner>);

impl Discover for Listing {
    fn watch(&self, service: &str) -> Updates {
        if service != self.0.service {
            return once(Ok(None));
        }
        let mut listed = self.0.listed.subscribe();
        listed.mark_changed();
        Box::pin(stream::unfold(listed, next))
    }

    fn names(&self) -> Vec<String> {
        vec![self.0.service.clone()]
    }

    fn describe(&self) -> Cow<'_, str> {
        "the fleet".into()
    }
}

async fn next(mut listed: Receiver<Vec<Endpoint>>) -> Option<(Update, Receiver<Vec<Endpoint>>)> {
    listed.changed().await.ok()?;
    let endpoints = listed.borrow_and_update().clone();
    Some((Ok(Some(endpoints)), listed))
}
