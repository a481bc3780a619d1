//! How services are written.

use std::collections::BTreeMap;
use std::path::Path;

use super::Entry;
use crate::codec::json_path;
use crate::error::BoxError;

pub(super) type Services = BTreeMap<String, Vec<Entry>>;

#[derive(Clone, Copy, Debug)]
pub(super) enum Format {
    Toml,
    Json,
}

impl Format {
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        match () {
            () if ending.eq_ignore_ascii_case("toml") => Some(Self::Toml),
            () if ending.eq_ignore_ascii_case("json") => Some(Self::Json),
            () => None,
        }
    }

    /// Reads all services; an error names line and key.
    pub(super) fn read(self, text: &[u8]) -> Result<Services, BoxError> {
        match self {
            Self::Toml => Ok(toml::from_slice(text)?),
            Self::Json => serde_json::from_slice(text).map_err(|error| {
                let key = json_path::path_to(&error, text);
                key.map_or_else(|| error.to_string(), |key| format!("`{key}`: {error}")).into()
            }),
        }
    }
}
