//! From an instance to the address that it is called at.

use feign_core::discover::{Endpoint, State};

use crate::model::{Instance, Status};

/// Makes the endpoint of an instance, as Spring's client chooses it: HTTPS where its secure port is
/// enabled, else HTTP. `None` where no address comes of it, which is said once.
pub(super) fn endpoint(instance: &Instance, prefer_ip: bool) -> Option<Endpoint> {
    let url = url(instance, prefer_ip);
    let endpoint = match Endpoint::new(&url) {
        Ok(endpoint) => endpoint,
        Err(error) => {
            tracing::warn!(target: "feign::eureka", app = instance.app(), id = instance.id(), %error, "Eureka: an instance without a usable address");
            return None;
        }
    };
    let endpoint = endpoint.with_id(instance.id()).with_state(state(instance.status()));
    let endpoint = match instance.zone() {
        Some(zone) => endpoint.with_zone(zone),
        None => endpoint,
    };
    Some(instance.metadata().fold(endpoint, with_metadata))
}

/// The key of a weight is that of Spring's weighted balancer.
fn with_metadata(endpoint: Endpoint, (key, value): (&str, &str)) -> Endpoint {
    let endpoint = match value.parse() {
        Ok(weight) if key == "weight" => endpoint.with_weight(weight),
        _ => endpoint,
    };
    endpoint.with_metadata(key, value)
}

/// What was taken out ends what it has begun; nothing but `UP` gets new calls.
const fn state(status: Status) -> State {
    match status {
        Status::Up => State::Up,
        Status::OutOfService => State::Draining,
        Status::Down | Status::Starting | Status::Unknown => State::Down,
    }
}

fn url(instance: &Instance, prefer_ip: bool) -> String {
    let (host, ip) = (instance.host(), instance.ip());
    let host = if (prefer_ip && !ip.is_empty()) || host.is_empty() { ip } else { host };
    let (scheme, port) = match instance.is_secure() {
        true => ("https", instance.secure_port()),
        false => ("http", instance.port()),
    };
    let port = port.number.map(|port| format!(":{port}")).unwrap_or_default();
    // An address of IPv6 stands in brackets in a URL (RFC 3986 §3.2.2).
    match host.contains(':') && !host.starts_with('[') {
        true => format!("{scheme}://[{host}]{port}"),
        false => format!("{scheme}://{host}{port}"),
    }
}
