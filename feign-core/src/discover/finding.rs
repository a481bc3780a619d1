//! Why a service has no endpoint: what an error says.

use std::fmt;
use std::sync::Arc;

use super::snapshot::Snapshot;
use super::{Freshness, Selection, State};

/// What was found when an endpoint was looked for.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) source: Arc<str>,
    pub(crate) freshness: Freshness,
    pub(crate) is_known: bool,
    pub(crate) known: usize,
    pub(crate) draining: usize,
    pub(crate) down: usize,
    /// Those that are up and do not have the tags.
    pub(crate) other_tags: usize,
    pub(crate) names: Vec<String>,
}

impl Finding {
    pub(crate) fn of(snapshot: &Snapshot, selection: &Selection, names: Vec<String>) -> Self {
        let endpoints = snapshot.endpoints();
        let count = |state| endpoints.iter().filter(|e| e.state() == state).count();
        Self {
            source: Arc::clone(&snapshot.known.source),
            freshness: snapshot.known.freshness.clone(),
            is_known: snapshot.is_known,
            known: endpoints.len(),
            draining: count(State::Draining),
            down: count(State::Down),
            other_tags: endpoints
                .iter()
                .filter(|e| e.state() == State::Up && !selection.has_tags(e))
                .count(),
            names,
        }
    }
}

impl Finding {
    /// Goes on after "no endpoint for service `x`": why, and what to do.
    pub(crate) fn tell(&self, service: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_known {
            return write!(f, ": {} knows {} of them", self.source, self.known);
        }
        if self.names.is_empty() {
            return write!(
                f,
                ": nothing resolves names; say `Hub::builder().service(\"{service}\", |s| s.url(\"http://…\"))`, or call `client_at(\"http://…\")`"
            );
        }
        f.write_str(": the known names are ")?;
        for (at, name) in self.names.iter().enumerate() {
            write!(f, "{}`{name}`", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
