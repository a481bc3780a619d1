//! What is asked for, and where.

use std::ops::RangeInclusive;
use std::time::Duration;

use hickory_resolver::config::{ResolverConfig, ResolverOpts};
use hickory_resolver::proto::rr::Name;

/// Stands for the name of the service.
pub(super) const MARK: &str = "{service}";

/// All that a [`Dns`](super::Dns) was told.
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) servers: Vec<Server>,
    pub(super) asks: Vec<Template>,
    pub(super) port: u16,
    pub(super) scheme: String,
    pub(super) by_name: bool,
    pub(super) ttl: RangeInclusive<Duration>,
    pub(super) timeout: Duration,
}

/// One name server, asked by a resolver of its own: so we decide who is asked next, and know who said
/// what. (hickory takes the first answer of two, and `SERVFAIL` is the fastest of all.)
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) name: String,
    pub(super) config: ResolverConfig,
    pub(super) options: ResolverOpts,
}

/// For which records a name is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Host,
    Srv,
}

/// A name in which the service's stands as [`MARK`].
#[derive(Debug)]
pub(super) struct Template {
    pub(super) ask: Ask,
    pub(super) text: Box<str>,
}

/// What is asked for one service.
pub(super) struct Question {
    pub(super) ask: Ask,
    pub(super) name: Name,
}

impl Plan {
    /// The questions for a service; the error is a name that cannot be in DNS.
    pub(super) fn questions(&self, service: &str) -> Result<Vec<Question>, String> {
        let question = |template: &Template| {
            let text = template.text.replace(MARK, service);
            match Name::from_utf8(&text) {
                Ok(name) if !service.is_empty() => Ok(Question { ask: template.ask, name }),
                _ => Err(text),
            }
        };
        self.asks.iter().map(question).collect()
    }
}
