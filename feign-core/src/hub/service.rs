//! What is said of one service.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::options::{Options, choice_setters, setters};
use crate::discover::{Discover, Endpoint, Source, Terms, Watch};
use crate::error::Error;
use crate::log::Rules;
use crate::operation::Operation;

/// What a hub says of one service: its addresses, limits and headers.
///
/// These stand above what the trait and its methods declare, and below the settings of a file.
#[derive(Clone, Default)]
#[must_use = "options act when they are returned"]
pub struct ServiceOptions {
    pub(crate) options: Options,
    pub(crate) urls: Vec<String>,
    pub(crate) source: Option<Source>,
    pub(crate) methods: HashMap<String, Options>,
}

impl ServiceOptions {
    setters!(options);
    choice_setters!(options);

    /// Adds a base URL under which the service is reached; several are taken in turn.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.urls.push(url.into());
        self
    }

    /// Finds the service by a source of its own. Its URLs, where there are any, stand above.
    pub fn discover(mut self, source: impl Discover) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Returns the first mistake in what was said, with its place.
    fn mistake(&self, name: &str) -> Option<String> {
        let own = self.options.wrong.as_ref().map(|wrong| format!("service `{name}`: {wrong}"));
        own.or_else(|| {
            self.methods.iter().find_map(|(method, options)| {
                options
                    .wrong
                    .as_ref()
                    .map(|wrong| format!("service `{name}`, method `{method}`: {wrong}"))
            })
        })
    }
}

/// A service as the clients of a hub share it.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) watch: Arc<Watch>,
    pub(crate) options: Options,
    pub(crate) methods: HashMap<String, Options>,
}

impl Service {
    /// Makes a service of what was said of it. Without an address and a source of its own, it is
    /// found by the hub's, if there is one.
    pub(crate) fn build(
        name: &Arc<str>,
        said: ServiceOptions,
        source: Option<&Source>,
        terms: &Terms,
    ) -> Result<Self, Error> {
        if let Some(wrong) = said.mistake(name) {
            return Err(Error::build(wrong));
        }
        if said.urls.is_empty() {
            let found = Self::found(name, said.source.as_ref().or(source), terms);
            return Ok(Self { options: said.options, methods: said.methods, ..found });
        }
        let endpoints = said.urls.iter().map(|url| Endpoint::new(url)).collect();
        let wrong = |error| Error::build(format!("service `{name}`: {error}"));
        let endpoints = Some(Result::map_err(endpoints, wrong)?);
        let watch = Watch::fixed(Arc::clone(name), endpoints, terms.clone());
        Ok(Self { watch: Arc::new(watch), options: said.options, methods: said.methods })
    }

    /// A service that nothing is said of, found by a source if there is one.
    pub(super) fn found(name: &Arc<str>, source: Option<&Source>, terms: &Terms) -> Self {
        let (name, terms) = (Arc::clone(name), terms.clone());
        let watch = match source {
            Some(source) => Watch::new(name, Arc::clone(source), terms),
            None => Watch::fixed(name, None, terms),
        };
        Self { watch: Arc::new(watch), options: Options::default(), methods: HashMap::new() }
    }

    /// The same service, reached at one base URL.
    pub(crate) fn at_url(&self, url: &str) -> Result<Self, Error> {
        let endpoints = Some(vec![Endpoint::new(url)?]);
        let name = Arc::clone(self.watch.service());
        let watch = Watch::fixed(name, endpoints, self.watch.terms().clone());
        let (options, methods) = (self.options.clone(), self.methods.clone());
        Ok(Self { watch: Arc::new(watch), options, methods })
    }

    /// Whether a client or a picker has it, beside the hub.
    pub(super) fn is_held(self: &Arc<Self>) -> bool {
        Arc::strong_count(self) > 1 || Arc::strong_count(&self.watch) > 1
    }

    /// What is said of a method, under `item` or `Inventory.item`.
    pub(crate) fn method(&self, operation: &Operation) -> Option<&Options> {
        if self.methods.is_empty() {
            return None;
        }
        self.methods.get(operation.name()).or_else(|| self.methods.get(operation.function()))
    }

    /// Returns what is wrong with the methods that settings name, seen from one client.
    pub(crate) fn unknown_method(&self, operations: &[&'static Operation]) -> Option<String> {
        let client = operations.first()?.client();
        let ours = |key: &&String| key.split_once('.').is_none_or(|(of, _)| of == client);
        let known = |key: &str| operations.iter().any(|o| o.function() == key || o.name() == key);
        let mut unknown: Vec<_> =
            self.methods.keys().filter(ours).filter(|key| !known(key)).collect();
        unknown.sort();
        let key = unknown.first()?;
        let names: Vec<_> = operations.iter().map(|o| o.function()).collect();
        Some(format!(
            "settings name a method `{key}` of service `{}`, but `{client}` has only `{}`; for a method of another trait \
             of that service write `Trait.{key}`",
            self.watch.service(),
            names.join("`, `")
        ))
    }
}

impl fmt::Debug for ServiceOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let urls: Vec<_> = self.urls.iter().map(|url| Rules::default().url(url)).collect();
        f.debug_struct("ServiceOptions").field("urls", &urls).finish_non_exhaustive()
    }
}
