//! Why a service has no endpoint: what an error says.

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::near::nearest;
use super::snapshot::Snapshot;
use super::{Endpoint, Freshness, Selection, State};
use crate::error::shown;

/// So many names, tags or values are shown at most.
const SHOWN: usize = 20;

/// What was found when an endpoint was looked for.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    source: Arc<str>,
    /// Whether there is a source beyond what was given to the hub.
    has_source: bool,
    has_answered: bool,
    freshness: Freshness,
    /// How long the source has failed.
    age: Duration,
    /// Whether the source knows the name.
    is_known: bool,
    known: usize,
    draining: usize,
    down: usize,
    /// Those that are up and do not have the tags.
    untagged: usize,
    /// What is asked for, `version=3`.
    tags: Vec<String>,
    /// What there is in its place, `version=2`.
    other_tags: Vec<String>,
    names: Vec<String>,
}

impl Finding {
    pub(super) fn of(
        snapshot: &Snapshot,
        selection: &Selection,
        mut names: Vec<String>,
        has_source: bool,
    ) -> Self {
        names.sort_unstable();
        names.dedup();
        let known = &snapshot.known;
        let count = |state| known.endpoints.iter().filter(|e| e.state() == state).count();
        let untagged = |e: &&Endpoint| e.state() == State::Up && !selection.has_tags(e);
        Self {
            source: Arc::clone(&known.source),
            has_source,
            has_answered: known.has_answered,
            freshness: known.freshness.clone(),
            age: age(&known.freshness),
            is_known: snapshot.is_known,
            known: known.endpoints.len(),
            draining: count(State::Draining),
            down: count(State::Down),
            untagged: known.endpoints.iter().filter(untagged).count(),
            tags: selection.tags.iter().map(tag).collect(),
            other_tags: other_tags(known.endpoints.iter().filter(untagged), selection),
            names,
        }
    }

    /// Goes on after "no endpoint for service `x`": why, and what to do.
    pub(crate) fn tell(&self, service: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = &self.source;
        match &self.freshness {
            Freshness::Pending => write!(
                f,
                ": {source} has not answered yet, in all the time that the call had; raise `timeout`, or wait for it at the start by `hub.warm_up([\"{}\"])`",
                shown(service)
            ),
            Freshness::Stale { cause, .. } if !self.has_answered => {
                write!(f, ": {source} has not answered yet, and fails")?;
                self.tell_age(f)?;
                write!(f, ": {cause}; see to its address, to its credentials, and that it runs")
            }
            freshness => {
                if self.is_known {
                    self.tell_known(f)?
                } else {
                    self.tell_unknown(service, f)?
                }
                let Freshness::Stale { cause, .. } = freshness else { return Ok(()) };
                write!(f, "; that is what {source} said last, it fails")?;
                self.tell_age(f)?;
                write!(f, ": {cause}")
            }
        }
    }

    fn tell_known(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, known, .. } = self;
        if self.known == 0 {
            return write!(
                f,
                ": {source} knows the name, but no instance of it; start one, and see that it registers"
            );
        }
        write!(f, ": {source} knows {known} of it")?;
        let groups = [
            (self.draining, "draining"),
            (self.down, "down"),
            (self.untagged, "up without what is asked for"),
        ];
        for (at, (count, what)) in groups.iter().filter(|(count, _)| *count > 0).enumerate() {
            write!(f, "{} {count} {what}", if at == 0 { "," } else { " and" })?;
        }
        if self.untagged == 0 {
            return f.write_str("; start one that takes calls");
        }
        write!(f, ", {}", list(&self.tags))?;
        match self.other_tags.is_empty() {
            true => f.write_str(
                "; none says anything of it: take the `tag` away, or start one that has it",
            ),
            false => write!(f, "; there is {}", list(&self.other_tags)),
        }
    }

    fn tell_unknown(&self, service: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.has_source, self.names.is_empty()) {
            (false, true) => write!(
                f,
                ": nothing resolves names; say `Hub::builder().service(\"{service}\", |s| s.url(\"http://…\"))` or `.discover(…)`, or call `client_at(\"http://…\")`",
                service = shown(service)
            )?,
            (true, true) => write!(
                f,
                ": {} does not know that name, and has no list of those that it knows; see how the service is called there",
                self.source
            )?,
            (true, false) => {
                write!(
                    f,
                    ": {} does not know that name; there are {}",
                    self.source,
                    list(&self.names)
                )?;
            }
            (false, false) => write!(f, ": the known names are {}", list(&self.names))?,
        }
        match nearest(service, &self.names) {
            // What people write who mean an address.
            None if self.has_source && service.contains([':', '/']) => {
                write!(f, "; an address is written with its scheme, `http://{}`", shown(service))
            }
            Some(name) => write!(f, "; did you mean `{}`?", shown(name)),
            None => Ok(()),
        }
    }

    fn tell_age(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.age.as_secs() {
            0 => Ok(()),
            secs => {
                write!(f, " for {}", humantime::format_duration(Duration::from_secs(secs)))
            }
        }
    }
}

fn age(freshness: &Freshness) -> Duration {
    match freshness {
        Freshness::Stale { since, .. } => {
            Instant::now().into_std().saturating_duration_since(*since)
        }
        Freshness::Pending | Freshness::Live => Duration::ZERO,
    }
}

fn tag((key, value): (&String, &String)) -> String {
    format!("{key}={value}")
}

/// What endpoints say of the keys that are asked for.
fn other_tags<'a>(
    endpoints: impl Iterator<Item = &'a Endpoint>,
    selection: &Selection,
) -> Vec<String> {
    let said = endpoints.flat_map(|endpoint| {
        selection.tags.keys().filter_map(|key| endpoint.metadata().get_key_value(key)).map(tag)
    });
    let mut said: Vec<_> = said.collect();
    said.sort_unstable();
    said.dedup();
    said
}

/// Names one by one, as they may be shown.
fn list(names: &[String]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().take(SHOWN).enumerate() {
        // Writing to a string does not fail.
        let _ = write!(text, "{}`{}`", if at == 0 { "" } else { ", " }, shown(name));
    }
    if let Some(more) = names.len().checked_sub(SHOWN + 1) {
        let _ = write!(text, " and {} more", more + 1);
    }
    text
}
