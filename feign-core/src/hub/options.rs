//! What can be said at every level: limits and headers.

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT_ENCODING, RANGE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::choice::Choice;
use crate::compress::Compression;
use crate::log::{Level, Rules};
use crate::operation::{Declaration, StaticHeader, Verb};

/// What one level says; `None` leaves it to the level above.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) body_limit: Option<usize>,
    /// `Some(None)`: not compressed, whatever is declared.
    pub(crate) compression: Option<Option<Compression>>,
    pub(crate) headers: HeaderMap,
    pub(crate) choice: Choice,
    pub(crate) log: Option<Level>,
    /// The first thing that cannot be as it was said.
    pub(crate) wrong: Option<String>,
}

/// What holds for one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) idle_timeout: Duration,
    pub(crate) body_limit: usize,
    /// How the body is compressed before the first attempt.
    #[cfg_attr(not(feature = "compression"), expect(dead_code, reason = "then nothing says it"))]
    pub(crate) compression: Option<Compression>,
}

/// Of headers the names: which values are secrets only the hub knows.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("body_limit", &self.body_limit)
            .field("compression", &self.compression)
            .field("headers", &headers)
            .field("choice", &self.choice)
            .field("log", &self.log)
            .field("wrong", &self.wrong)
            .finish()
    }
}

pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);
pub(crate) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
pub(crate) const BODY_LIMIT: usize = 8 << 20;

impl Options {
    pub(crate) fn set_timeout(&mut self, limit: Duration) {
        self.timeout = self.checked("timeout", limit);
    }

    pub(crate) fn set_attempt_timeout(&mut self, limit: Duration) {
        self.attempt_timeout = self.checked("attempt_timeout", limit);
    }

    pub(crate) fn set_idle_timeout(&mut self, limit: Duration) {
        self.idle_timeout = self.checked("idle_timeout", limit);
    }

    fn checked(&mut self, name: &str, limit: Duration) -> Option<Duration> {
        if limit.is_zero() {
            self.mistake(format!(
                "`{name}` is zero, which would fail every call; take it away, or say how long"
            ));
        }
        Some(limit)
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        let Ok(header) = HeaderName::try_from(name) else {
            return self.mistake(format!("`{}` is not a header name", name.escape_debug()));
        };
        // The value may be a secret: it is not shown.
        match crate::header::value(&header, value) {
            Ok(mut value) => {
                if Rules::default().hides_header(&header, None) {
                    value.set_sensitive(true);
                }
                self.headers.insert(header, value);
            }
            Err(why) => self.mistake(format!("header `{header}`: {why}")),
        }
    }

    pub(crate) fn set_basic_auth(&mut self, user: &str, password: &str) {
        use base64::Engine as _;

        if user.contains(':') {
            return self.mistake(
                "a user of basic authentication cannot hold `:` (RFC 7617 §2)".to_owned(),
            );
        }
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        self.set_header("authorization", &format!("Basic {pair}"));
    }

    pub(crate) fn set_zone(&mut self, zone: String) {
        if zone.is_empty() {
            self.mistake("`zone` is empty, which no endpoint is in; take it away".to_owned());
        }
        self.choice.zone = Some(zone.into());
    }

    pub(crate) fn set_subset(&mut self, most: usize) {
        if most == 0 {
            self.mistake(
                "`subset` is zero, which would leave no endpoint; take it away".to_owned(),
            );
        }
        self.choice.subset = Some(most);
    }

    pub(crate) fn mistake(&mut self, what: String) {
        self.wrong.get_or_insert(what);
    }

    /// Puts what `over` says above what `self` says.
    pub(crate) fn overrule(&mut self, over: Self) {
        self.timeout = over.timeout.or(self.timeout);
        self.attempt_timeout = over.attempt_timeout.or(self.attempt_timeout);
        self.idle_timeout = over.idle_timeout.or(self.idle_timeout);
        self.body_limit = over.body_limit.or(self.body_limit);
        for (name, value) in over.headers {
            if let Some(name) = name {
                self.headers.insert(name, value);
            }
        }
        self.choice.overrule(over.choice);
        self.log = over.log.or(self.log);
        self.wrong = self.wrong.take().or(over.wrong);
    }
}

/// The levels of one call, from the strongest: the call, settings of the method, settings of the
/// service; then what the method and its trait declare; then the hub.
pub(crate) struct Levels<'a> {
    pub(crate) call: &'a Options,
    pub(crate) method: Option<&'a Options>,
    pub(crate) service: &'a Options,
    pub(crate) declared: &'a Declaration,
    pub(crate) hub: &'a Options,
}

impl Levels<'_> {
    /// The limits of a method of which neither its declaration nor settings say anything.
    pub(crate) fn of_any_method(call: &Options, service: &Options, hub: &Options) -> Limits {
        let declared = &Declaration::of("", "", Verb::Get, "", true);
        Levels { call, method: None, service, declared, hub }.limits()
    }

    pub(crate) fn limits(&self) -> Limits {
        let declared = self.declared;
        Limits {
            timeout: self.first(|o| o.timeout, declared.timeout).unwrap_or(TIMEOUT),
            attempt_timeout: self.first(|o| o.attempt_timeout, declared.attempt_timeout),
            idle_timeout: self
                .first(|o| o.idle_timeout, declared.idle_timeout)
                .unwrap_or(IDLE_TIMEOUT),
            body_limit: self.first(|o| o.body_limit, None).unwrap_or(BODY_LIMIT),
            compression: self.call.compression.unwrap_or(declared.compress),
        }
    }

    pub(crate) fn log(&self) -> Option<Level> {
        self.first(|o| o.log, self.declared.log)
    }

    fn first<T>(&self, of: impl Fn(&Options) -> Option<T>, declared: Option<T>) -> Option<T> {
        of(self.call)
            .or_else(|| self.method.and_then(&of))
            .or_else(|| of(self.service))
            .or(declared)
            .or_else(|| of(self.hub))
    }

    /// Adds the headers of every level to those of the arguments, the stronger level winning.
    /// What the codec says comes last, and is taken away like the rest.
    pub(crate) fn headers(
        &self,
        headers: &mut HeaderMap,
        codec: [(HeaderName, Option<&'static str>); 3],
        removed: &[HeaderName],
    ) {
        for (name, value) in &self.call.headers {
            headers.insert(name, value.clone());
        }
        for level in self.method.into_iter().chain([self.service]) {
            inherit(headers, &level.headers, &[]);
        }
        for StaticHeader { name, value } in self.declared.headers {
            if let Some(value) = value {
                headers.entry(name).or_insert_with(|| value.clone());
            }
        }
        inherit(headers, &self.hub.headers, self.declared.headers);
        for (name, value) in codec {
            let Some(value) = value else { continue };
            // A range of what is compressed cannot be decoded.
            let ranged = name == ACCEPT_ENCODING && headers.contains_key(RANGE);
            if !ranged && !declares(self.declared.headers, &name) {
                headers.entry(name).or_insert_with(|| HeaderValue::from_static(value));
            }
        }
        for name in removed {
            headers.remove(name);
        }
    }
}

fn declares(declared: &[StaticHeader], name: &HeaderName) -> bool {
    declared.iter().any(|header| header.name == *name)
}

#[inline]
fn inherit(headers: &mut HeaderMap, from: &HeaderMap, declared: &[StaticHeader]) {
    if !from.is_empty() {
        inherit_some(headers, from, declared);
    }
}

fn inherit_some(headers: &mut HeaderMap, from: &HeaderMap, declared: &[StaticHeader]) {
    for (name, value) in from {
        if !declares(declared, name) {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// Writes the setters that every builder has.
macro_rules! setters {
    ($options:ident) => {
        /// Limits everything: all attempts and a buffered body; for streams up to the head of the
        /// response. 30 s by default.
        pub fn timeout(mut self, limit: std::time::Duration) -> Self {
            self.$options.set_timeout(limit);
            self
        }

        /// Limits one attempt, up to the head of the response. No limit by default.
        pub fn attempt_timeout(mut self, limit: std::time::Duration) -> Self {
            self.$options.set_attempt_timeout(limit);
            self
        }

        /// Limits the wait between two pieces of a streamed body. 30 s by default; where pieces came fast,
        /// silence is seen up to a 32nd of that later.
        pub fn idle_timeout(mut self, limit: std::time::Duration) -> Self {
            self.$options.set_idle_timeout(limit);
            self
        }

        /// Limits a buffered response body and each item of a streamed one, in bytes, counted after
        /// decompression. 8 MiB by default.
        pub fn body_limit(mut self, bytes: usize) -> Self {
            self.$options.body_limit = Some(bytes);
            self
        }

        /// Logs calls at a level: see [`feign::log`](crate::log). By default the filters of `tracing`
        /// decide.
        pub fn log(mut self, level: crate::log::Level) -> Self {
            self.$options.log = Some(level);
            self
        }

        /// Sends a header, in place of one of that name from a weaker level.
        pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.$options.set_header(name.as_ref(), value.as_ref());
            self
        }

        /// Chooses endpoints by a policy of [`feign::balance`](crate::balance) or of yours; by default
        /// in turn.
        pub fn balance(mut self, policy: impl crate::balance::Balance) -> Self {
            self.$options.choice.balance = Some(crate::balance::Policy::new(policy));
            self
        }

        /// Uses only endpoints whose metadata says so; several tags add up.
        pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
            self.$options.choice.tags.insert(key.into(), value.into());
            self
        }

        /// Sends user and password as `authorization: Basic …` (RFC 7617).
        pub fn basic_auth(mut self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
            self.$options.set_basic_auth(user.as_ref(), password.as_ref());
            self
        }
    };
}
pub(crate) use setters;

/// Writes the setters of what holds for a hub or a service, but not for single calls.
macro_rules! choice_setters {
    ($options:ident) => {
        /// Prefers the endpoints of a zone, most of all the one in which this process runs. Others get
        /// calls where these fail or have much more to do. None by default.
        pub fn zone(mut self, zone: impl Into<String>) -> Self {
            self.$options.set_zone(zone.into());
            self
        }

        /// Spares new endpoints: their share grows from a tenth to the whole in this time. Those that
        /// are there at the start are not new. Not at all by default.
        pub fn slow_start(mut self, window: std::time::Duration) -> Self {
            self.$options.choice.slow_start = Some(window);
            self
        }

        /// Uses so many of the endpoints of each priority and zone at most: for fleets so large that each
        /// process should not connect to all. Which, is the same for one
        /// [`seed`](crate::HubBuilder::seed). All by default.
        pub fn subset(mut self, most: usize) -> Self {
            self.$options.set_subset(most);
            self
        }
    };
}
pub(crate) use choice_setters;
