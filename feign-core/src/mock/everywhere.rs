//! Where the services of a mock are: wherever they are looked for.

use std::borrow::Cow;

use crate::discover::{Discover, Endpoint, Updates, once};

/// Returns an address for a service: its name is the host, unless no host can be called so.
pub(super) fn address(service: &str) -> String {
    let named = format!("http://{service}");
    // A port or a path is no part of a name.
    let is_host = Endpoint::new(&named).is_ok_and(|e| e.authority().host() == service);
    if is_host { named } else { "http://mock".to_owned() }
}

/// Knows every service.
#[derive(Debug)]
pub(super) struct Everywhere;

impl Discover for Everywhere {
    fn watch(&self, service: &str) -> Updates {
        let endpoint = Endpoint::new(&address(service)).map(|endpoint| Some(vec![endpoint]));
        once(endpoint.map_err(Into::into))
    }

    fn describe(&self) -> Cow<'_, str> {
        "the mock".into()
    }
}
