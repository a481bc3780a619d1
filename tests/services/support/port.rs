//! Ports for systems that have to be told one.

use std::net::TcpListener;

/// Returns a port of 127.0.0.1 that nobody listens on.
///
/// Somebody else can take it before the system does; then the system says so and ends.
pub(crate) fn free_port() -> Result<u16, String> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound.map(|address| address.port()).map_err(|error| format!("there is no free port: {error}"))
}
