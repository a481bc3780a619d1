//! One network address that can serve a target.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use http::uri::{Authority, Scheme};

use super::address::Address;
use crate::balance::{Group, Load};
use crate::error::Error;

/// One network address that can serve a target, with the base path under which it does.
///
/// Cheap to clone. Its address was parsed once and is never parsed again.
///
/// ```
/// let endpoint = feign::discover::Endpoint::new("http://10.0.0.7:8080/inventory/")?;
/// assert_eq!(endpoint.as_str(), "http://10.0.0.7:8080");
/// assert_eq!(endpoint.base_path(), "/inventory");
/// # Ok::<(), feign::Error>(())
/// ```
///
/// What a source knows beside the address is said by `with_…`:
///
/// ```
/// use feign::discover::{Endpoint, State};
///
/// let endpoint = Endpoint::new("http://10.0.0.7:8080")?
///     .with_id("inventory-7")
///     .with_zone("eu-1a")
///     .with_weight(2)
///     .with_metadata("version", "3");
/// assert_eq!(endpoint.state(), State::Up);
/// # Ok::<(), feign::Error>(())
/// ```
#[derive(Clone)]
pub struct Endpoint(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    address: Arc<Address>,
    id: Option<Arc<str>>,
    weight: u32,
    priority: u16,
    zone: Option<Arc<str>>,
    state: State,
    metadata: Arc<BTreeMap<String, String>>,
    load: Arc<Load>,
    group: Option<Arc<Group>>,
    is_behind: bool,
}

/// Whether an instance takes calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// It takes calls.
    #[default]
    Up,
    /// It ends the calls that it has, and gets no new ones.
    Draining,
    /// It takes none.
    Down,
}

impl Endpoint {
    /// Parses a base URL: `http` or `https`, a host, perhaps a port and a path.
    ///
    /// # Errors
    ///
    /// When it is no such URL, or has a user, a query or a fragment; the error says which part.
    pub fn new(url: &str) -> Result<Self, Error> {
        let address = Address::parse(url)?;
        Ok(Self(Arc::new(Inner {
            address: Arc::new(address),
            id: None,
            weight: 1,
            priority: 0,
            zone: None,
            state: State::Up,
            metadata: Arc::default(),
            load: Arc::default(),
            group: None,
            is_behind: false,
        })))
    }

    // === what a source says of it ===

    /// Names the instance: what stays the same when its address or anything else changes. By default
    /// its address is its name.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.inner().id = Some(id.into().into());
        self
    }

    /// Says how many calls it takes in relation to others, for [`weighted`](crate::balance::weighted)
    /// and the policies that read it. 1 by default; 0 is taken as 1.
    #[must_use]
    pub fn with_weight(mut self, weight: u32) -> Self {
        self.inner().weight = weight.max(1);
        self
    }

    /// Says how early it is asked: those of the lowest number first, the next only while these
    /// fail (as with SRV records, RFC 2782). 0 by default.
    #[must_use]
    pub fn with_priority(mut self, priority: u16) -> Self {
        self.inner().priority = priority;
        self
    }

    /// Says in which zone it stands.
    #[must_use]
    pub fn with_zone(mut self, zone: impl Into<String>) -> Self {
        self.inner().zone = Some(zone.into().into());
        self
    }

    /// Says whether it takes calls. [`State::Up`] by default.
    #[must_use]
    pub fn with_state(mut self, state: State) -> Self {
        self.inner().state = state;
        self
    }

    /// Says one more thing of it, which filters and policies may read.
    #[must_use]
    pub fn with_metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner().metadata).insert(key.into(), value.into());
        self
    }

    fn inner(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }

    // === what it is ===

    /// Returns the name of the instance: what was given, or its address with the base path.
    #[must_use]
    pub fn id(&self) -> std::borrow::Cow<'_, str> {
        match &self.0.id {
            Some(id) => id.as_ref().into(),
            None if self.0.address.base_path.is_empty() => self.as_str().into(),
            None => self.to_string().into(),
        }
    }

    /// Returns its weight, from 1 on.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.0.weight
    }

    /// Returns its priority; the lowest is asked first.
    #[must_use]
    pub fn priority(&self) -> u16 {
        self.0.priority
    }

    /// Returns its zone.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.0.zone.as_deref()
    }

    /// Returns whether it takes calls.
    #[must_use]
    pub fn state(&self) -> State {
        self.0.state
    }

    /// Returns what else is known of it.
    #[must_use]
    pub fn metadata(&self) -> &BTreeMap<String, String> {
        &self.0.metadata
    }

    /// Returns scheme, host and port as they were given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.address.text
    }

    /// Returns the scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.0.address.scheme
    }

    /// Returns host and port.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        &self.0.address.authority
    }

    /// Returns the path that stands before every operation's, without a `/` at its end.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.0.address.base_path
    }

    pub(crate) fn address(&self) -> &Address {
        &self.0.address
    }

    pub(crate) fn load(&self) -> &Load {
        &self.0.load
    }

    pub(crate) fn group(&self) -> Option<&Group> {
        self.0.group.as_deref()
    }

    /// The same endpoint with the statistics of its instance, and nothing else that is not its source's:
    /// that may hand back what a hub has shown it.
    pub(crate) fn sharing(mut self, load: Arc<Load>) -> Self {
        let inner = self.inner();
        (inner.load, inner.group, inner.is_behind) = (load, None, false);
        self
    }

    /// The same endpoint, whose work counts for a group as well.
    pub(crate) fn in_group(mut self, group: Arc<Group>) -> Self {
        self.inner().group = Some(group);
        self
    }

    /// The same endpoint, asked only where the others fail: its source does not list it any more, and
    /// lists others in its place.
    pub(crate) fn behind(mut self, is_behind: bool) -> Self {
        self.inner().is_behind = is_behind;
        self
    }

    pub(crate) fn is_behind(&self) -> bool {
        self.0.is_behind
    }

    pub(crate) fn shared_load(&self) -> &Arc<Load> {
        &self.0.load
    }

    /// Whether a source says the same of both.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let (a, b) = (&*self.0, &*other.0);
        a.address == b.address
            && (&a.id, a.weight, a.priority, &a.zone, a.state, &a.metadata)
                == (&b.id, b.weight, b.priority, &b.zone, b.state, &b.metadata)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.address.fmt(f)
    }
}
