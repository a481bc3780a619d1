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
            Self::Toml => toml::from_slice(text).map_err(|error| on_one_line(&error, text).into()),
            Self::Json => serde_json::from_slice(text).map_err(|error| {
                let key = json_path::path_to(&error, text);
                key.map_or_else(|| error.to_string(), |key| format!("`{key}`: {error}")).into()
            }),
        }
    }
}

/// Where it is, what is wrong, and the line itself, in which the key stands: as `toml` says it, that is a
/// drawing of several lines.
fn on_one_line(error: &toml::de::Error, text: &[u8]) -> String {
    let message = error.message();
    let Some((before, after)) = error.span().and_then(|span| text.split_at_checked(span.start))
    else {
        return message.to_owned();
    };
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let begin = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let end = after.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let column = String::from_utf8_lossy(begin).chars().count() + 1;
    let all = [begin, end].concat();
    let shown = String::from_utf8_lossy(&all);
    format!("line {line}, column {column}: {message}, in `{}`", shown.trim())
}
