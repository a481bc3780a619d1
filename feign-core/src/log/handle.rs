//! Changes levels while the program runs.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::Level;
use crate::operation::Operation;

/// Changes what a hub logs while the program runs: see [`Hub::log`](crate::Hub::log). Cheap to clone.
///
/// What is set here stands above everything that code and settings say, until it is reset. The narrowest
/// counts: a method, then its trait, then the service, then everything.
///
/// ```
/// # #[cfg(feature = "reqwest")] {
/// use feign::log::Level;
///
/// let hub = feign::Hub::builder().build()?;
/// let log = hub.log();
/// log.set_for("Inventory.reserve", Level::Body);      // one method; also `Inventory` or `inventory`
/// log.reset_for("Inventory.reserve");
/// log.set(Level::None);                               // all calls of the hub
/// log.reset();
/// # }
/// # Ok::<(), feign::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct LogHandle(Arc<RwLock<Said>>);

#[derive(Debug, Default)]
struct Said {
    all: Option<Level>,
    by_name: BTreeMap<String, Level>,
}

impl LogHandle {
    /// Logs all calls of the hub at a level.
    pub fn set(&self, level: Level) {
        self.change(|said| said.all = Some(level));
    }

    /// Logs a method (`Inventory.item`), a trait (`Inventory`) or a service (`inventory`) at a level. A name
    /// that nothing has does nothing.
    pub fn set_for(&self, name: impl Into<String>, level: Level) {
        let name = name.into();
        self.change(|said| {
            said.by_name.insert(name, level);
        });
    }

    /// Takes back what was set for a name.
    pub fn reset_for(&self, name: impl AsRef<str>) {
        self.change(|said| {
            said.by_name.remove(name.as_ref());
        });
    }

    /// Takes back everything: code and settings count again.
    pub fn reset(&self) {
        self.change(|said| *said = Said::default());
    }

    /// What is set for an operation of a service.
    pub(crate) fn level(&self, operation: &Operation, service: &str) -> Option<Level> {
        let said = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let names = [operation.name(), operation.client(), service];
        names.iter().find_map(|name| said.by_name.get(*name).copied()).or(said.all)
    }

    fn change(&self, change: impl FnOnce(&mut Said)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl fmt::Debug for LogHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0.read().unwrap_or_else(PoisonError::into_inner), f)
    }
}
