//! The policies by their names, as settings write them.

use super::{Policy, ewma, hash, least_loaded, random, round_robin, sticky, weighted};

/// A function of this module, under its name.
type Named = (&'static str, fn() -> Policy);

/// All there are; `#[client(balance = ..)]` knows the same.
const POLICIES: [Named; 7] = [
    ("round_robin", || Policy::new(round_robin())),
    ("random", || Policy::new(random())),
    ("weighted", || Policy::new(weighted())),
    ("least_loaded", || Policy::new(least_loaded())),
    ("ewma", || Policy::new(ewma())),
    ("hash", || Policy::new(hash())),
    ("sticky", || Policy::new(sticky())),
];

/// Returns the policy that a function of this module makes, by the function's name; `None` if there is
/// no such function. For settings of your own: those of the hub ([`Settings`](crate::Settings)) read it.
///
/// ```
/// use feign::balance;
///
/// assert!(balance::by_name("least_loaded").is_some());
/// assert!(balance::by_name("best").is_none());
/// ```
#[must_use]
pub fn by_name(name: &str) -> Option<Policy> {
    POLICIES.iter().find(|(known, _)| *known == name).map(|(_, policy)| policy())
}

/// Returns all the names there are.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    POLICIES.iter().map(|(name, _)| *name)
}
