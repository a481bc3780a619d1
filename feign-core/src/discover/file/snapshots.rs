//! What was known when a process ran last, in one JSON file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::discover::Endpoint;

/// The services of the file.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Snapshots {
    services: BTreeMap<String, Saved>,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    /// Seconds since 1970.
    at: u64,
    endpoints: Vec<Entry>,
}

impl Snapshots {
    /// Reads the file; one that is not there holds nothing.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(text) => serde_json::from_slice(&text).map_err(Into::into),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Returns a service, and how old that is.
    pub(super) fn of(mut self, service: &str) -> Option<(Vec<Endpoint>, Duration)> {
        let saved = self.services.remove(service)?;
        let at = UNIX_EPOCH.checked_add(Duration::from_secs(saved.at))?;
        let age = SystemTime::now().duration_since(at).unwrap_or_default();
        Some((saved.endpoints.into_iter().map(|entry| entry.0).collect(), age))
    }

    /// Puts a service into the file, beside those that are there. The file is replaced as a whole: who
    /// reads it sees the old or the new one.
    pub(super) fn save(path: &Path, service: &str, endpoints: &[Endpoint]) -> io::Result<()> {
        // One that cannot be read is of no use to anybody.
        let mut all = Self::read(path).unwrap_or_default();
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let endpoints = endpoints.iter().cloned().map(Entry).collect();
        all.services.insert(service.to_owned(), Saved { at, endpoints });
        let beside = beside(path);
        let mut file = fs::File::create(&beside)?;
        file.write_all(&serde_json::to_vec_pretty(&all)?)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    }
}

/// A name of this process's own in the same folder, whence a file can be moved in one step.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}
