//! What a path of the registry means.

use std::collections::BTreeMap;

/// A resource of the registry.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Apps,
    Delta,
    App(String),
    Instance { app: String, id: String },
    InstanceById(String),
    Status { app: String, id: String },
    Metadata { app: String, id: String },
    Vip(String),
    SecureVip(String),
}

/// Returns what stands behind the base; Spring's filter takes `v2` for the same.
pub(super) fn below_base(path: &str) -> Option<&str> {
    let below =
        path.strip_prefix("/eureka").filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    Some(below.strip_prefix("/v2").filter(|rest| rest.starts_with('/')).unwrap_or(below))
}

impl Resource {
    /// Names of applications are read in upper case.
    pub(super) fn of(below: &str) -> Option<Self> {
        let segments: Vec<_> = below.split('/').skip(1).map(decoded).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let resource = match segments.as_slice() {
            ["apps"] | ["apps", ""] => Self::Apps,
            ["apps", "delta"] | ["apps", "delta", ""] => Self::Delta,
            ["apps", app] => Self::App(app.to_uppercase()),
            ["apps", app, id] => Self::Instance { app: app.to_uppercase(), id: (*id).to_owned() },
            ["apps", app, id, "status"] => {
                Self::Status { app: app.to_uppercase(), id: (*id).to_owned() }
            }
            ["apps", app, id, "metadata"] => {
                Self::Metadata { app: app.to_uppercase(), id: (*id).to_owned() }
            }
            ["instances", id] => Self::InstanceById((*id).to_owned()),
            ["vips", vip] if !vip.is_empty() => Self::Vip((*vip).to_owned()),
            ["svips", vip] if !vip.is_empty() => Self::SecureVip((*vip).to_owned()),
            _ => return None,
        };
        Some(resource)
    }
}

/// Reads a query; of a key that stands twice the last counts.
pub(super) fn query(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&key.replace('+', " ")), decoded(&value.replace('+', " ")))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    while let Some((&first, rest)) = bytes.split_first() {
        let digits = rest.get(..2).filter(|_| first == b'%');
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(first));
        bytes = byte.and_then(|_| rest.get(2..)).unwrap_or(rest);
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
