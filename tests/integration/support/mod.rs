//! What the tests stand on: servers on free ports, a clock that waits, a transport without a socket.

mod clock;
mod peer;
mod reply;
mod router;
mod server;
mod transport;
mod wrong;

pub(crate) use clock::HeldClock;
pub(crate) use peer::{Peer, Then, Wire};
pub(crate) use reply::Reply;
pub(crate) use router::Routed;
pub(crate) use server::{Received, Server};
pub(crate) use transport::{Scripted, answer};
pub(crate) use wrong::Wrong;
