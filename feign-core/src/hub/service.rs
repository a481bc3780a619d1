//! What is said of one service.

use std::collections::HashMap;
use std::sync::Arc;

use super::options::{Options, setters};
use crate::discover::{Endpoint, Fixed, Source, Target};
use crate::error::Error;
use crate::operation::Operation;

/// What a hub says of one service: its addresses, limits and headers.
///
/// These stand above what the trait and its methods declare, and below the settings of a file.
#[derive(Clone, Debug, Default)]
#[must_use = "options act when they are returned"]
pub struct ServiceOptions {
    pub(crate) options: Options,
    pub(crate) urls: Vec<String>,
    pub(crate) methods: HashMap<String, Options>,
}

impl ServiceOptions {
    setters!(options);

    /// Adds a base URL under which the service is reached; several are taken in turn.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.urls.push(url.into());
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
    pub(crate) target: Arc<Target>,
    pub(crate) options: Options,
    pub(crate) methods: HashMap<String, Options>,
}

impl Service {
    /// Makes a service of what was said of it; `Ok(None)` if no address was.
    pub(crate) fn build(
        name: &Arc<str>,
        said: ServiceOptions,
    ) -> Result<(Option<Arc<Fixed>>, ServiceOptions), Error> {
        if let Some(wrong) = said.mistake(name) {
            return Err(Error::build(wrong));
        }
        let endpoints =
            said.urls.iter().map(|url| Endpoint::new(url)).collect::<Result<Vec<_>, _>>();
        let endpoints =
            endpoints.map_err(|error| Error::build(format!("service `{name}`: {error}")))?;
        Ok((Fixed::new(endpoints).map(Arc::new), said))
    }

    /// The same service, reached at one base URL.
    pub(crate) fn at_url(&self, url: &str) -> Result<Self, Error> {
        let source = Source::Fixed(Arc::new(Fixed::one(Endpoint::new(url)?)));
        let target = Arc::new(Target { name: Arc::clone(&self.target.name), source });
        Ok(Self { target, options: self.options.clone(), methods: self.methods.clone() })
    }

    pub(crate) fn unknown(name: &str, known: Vec<Arc<str>>) -> Self {
        let target = Target { name: name.into(), source: Source::Unknown { known } };
        Self { target: Arc::new(target), options: Options::default(), methods: HashMap::new() }
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
            self.target.name,
            names.join("`, `")
        ))
    }
}
