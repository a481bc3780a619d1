//! Settings from a file or the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};

use super::choice::Choice;
use super::options::Options;
use super::service::ServiceOptions;
use crate::balance::{self, Policy};
use crate::log::{Level, Rules};

/// What an operator says of a hub, its services and their methods, from any format that serde
/// reads. An unknown key is refused.
///
/// In TOML, with every key that there is (durations are written `2s`, `600ms`, `1m 30s`):
///
/// ```toml
/// timeout = "30s"                       # the hub's own, as its builder's
/// attempt_timeout = "5s"
/// connect_timeout = "2s"
/// idle_timeout = "30s"
/// body_limit = 8388608                  # bytes
/// log = "basic"                         # `none`, `basic`, `headers` or `body`
/// headers = { x-region = "eu" }
/// balance = "ewma"                      # one of the names of `feign::balance`
/// zone = "eu-1a"                        # the one that is preferred
/// tags = { version = "2" }              # what the metadata of an endpoint has to say
/// slow_start = "30s"
/// subset = 20                           # endpoints at most
/// removal_grace = "30s"
///
/// [services.inventory]
/// url = "http://inventory:8080"         # or a list of them, taken in turn
/// timeout = "2s"                        # as above, but for `connect_timeout` and `removal_grace`
/// headers = { x-team = "stock" }
///
/// [services.inventory.methods.reserve]  # or `methods."Inventory.reserve"`
/// timeout = "5s"                        # also `attempt_timeout`, `idle_timeout`, `body_limit`, `log`, `headers`
/// ```
///
/// Settings of a service overrule what a trait and its methods declare. A policy of your own has no
/// name here: [`HubBuilder::balance`](crate::HubBuilder::balance) and
/// [`ServiceOptions::balance`](crate::ServiceOptions::balance) take it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    #[serde(deserialize_with = "duration")]
    timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    attempt_timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    pub(super) connect_timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    pub(super) removal_grace: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    idle_timeout: Option<Duration>,
    body_limit: Option<usize>,
    #[serde(deserialize_with = "level")]
    log: Option<Level>,
    headers: BTreeMap<String, Hidden>,
    #[serde(deserialize_with = "balance")]
    balance: Option<Policy>,
    zone: Option<String>,
    tags: BTreeMap<String, String>,
    #[serde(deserialize_with = "duration")]
    slow_start: Option<Duration>,
    subset: Option<usize>,
    pub(super) services: BTreeMap<String, ServiceSettings>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ServiceSettings {
    url: Urls,
    #[serde(deserialize_with = "duration")]
    timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    attempt_timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    idle_timeout: Option<Duration>,
    body_limit: Option<usize>,
    #[serde(deserialize_with = "level")]
    log: Option<Level>,
    headers: BTreeMap<String, Hidden>,
    #[serde(deserialize_with = "balance")]
    balance: Option<Policy>,
    zone: Option<String>,
    tags: BTreeMap<String, String>,
    #[serde(deserialize_with = "duration")]
    slow_start: Option<Duration>,
    subset: Option<usize>,
    methods: BTreeMap<String, MethodSettings>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MethodSettings {
    #[serde(deserialize_with = "duration")]
    timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    attempt_timeout: Option<Duration>,
    #[serde(deserialize_with = "duration")]
    idle_timeout: Option<Duration>,
    body_limit: Option<usize>,
    #[serde(deserialize_with = "level")]
    log: Option<Level>,
    headers: BTreeMap<String, Hidden>,
}

/// Turns the keys that every level has into its options.
macro_rules! options {
    ($said:expr) => {{
        let mut options =
            Options { body_limit: $said.body_limit, log: $said.log, ..Options::default() };
        $said.timeout.into_iter().for_each(|limit| options.set_timeout(limit));
        $said.attempt_timeout.into_iter().for_each(|limit| options.set_attempt_timeout(limit));
        $said.idle_timeout.into_iter().for_each(|limit| options.set_idle_timeout(limit));
        for (name, value) in &$said.headers {
            options.set_header(name, &value.0);
        }
        options
    }};
}

/// Turns the keys of the choice of an endpoint into options.
macro_rules! choose {
    ($said:expr, $options:ident) => {
        $options.choice = Choice {
            balance: $said.balance.clone(),
            tags: $said.tags.clone(),
            zone: None,
            slow_start: $said.slow_start,
            subset: None,
        };
        $said.zone.iter().for_each(|zone| $options.set_zone(zone.clone()));
        $said.subset.into_iter().for_each(|most| $options.set_subset(most));
    };
}

impl Settings {
    pub(super) fn options(&self) -> Options {
        let mut options = options!(self);
        choose!(self, options);
        options
    }
}

impl ServiceSettings {
    /// Puts these settings above what the builder says of the service.
    pub(super) fn overrule(self, said: &mut ServiceOptions) {
        let mut options = options!(self);
        choose!(self, options);
        said.options.overrule(options);
        if !self.url.0.is_empty() {
            said.urls = self.url.0;
        }
        for (name, method) in self.methods {
            said.methods.entry(name).or_default().overrule(options!(method));
        }
    }
}

/// A header's value, which may be a secret.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
struct Hidden(String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// One URL or a list of them.
#[derive(Clone, Default)]
struct Urls(Vec<String>);

/// Without their users.
impl fmt::Debug for Urls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|url| Rules::default().url(url))).finish()
    }
}

impl<'de> Deserialize<'de> for Urls {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UrlsVisitor)
    }
}

struct UrlsVisitor;

impl<'de> Visitor<'de> for UrlsVisitor {
    type Value = Urls;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a base URL or a list of them")
    }

    fn visit_str<E: de::Error>(self, url: &str) -> Result<Urls, E> {
        Ok(Urls(vec![url.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Urls, A::Error> {
        let mut urls = Vec::new();
        while let Some(url) = list.next_element()? {
            urls.push(url);
        }
        Ok(Urls(urls))
    }
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let limit = humantime::parse_duration(&text).map_err(|why| {
        de::Error::custom(format!(
            "`{text}` is no duration ({why}); write `2s`, `600ms` or `1m 30s`"
        ))
    })?;
    Ok(Some(limit))
}

fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Level>, D::Error> {
    String::deserialize(deserializer)?.parse().map(Some).map_err(de::Error::custom)
}

/// Only our own policies have names; another one is said in code.
fn balance<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Policy>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let policy = balance::by_name(&name).ok_or_else(|| {
        let names: Vec<_> = balance::names().collect();
        de::Error::custom(format!(
            "`{name}` is not a policy; write one of `{}` (one of your own is said in code, by `.balance(..)`)",
            names.join("`, `")
        ))
    })?;
    Ok(Some(policy))
}
