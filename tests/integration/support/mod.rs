//! What the tests stand on beside the mock kit: servers on free ports that do as they are told to the
//! byte, a clock that waits, bodies at a pace of their own.

mod clock;
mod peer;
mod reply;
mod router;
mod server;
mod transport;
mod wrong;

pub(crate) use clock::{HeldClock, at_rest, settled};
pub(crate) use peer::{Peer, Then, Wire};
pub(crate) use reply::Reply;
pub(crate) use router::Routed;
pub(crate) use server::{Received, Server};
pub(crate) use transport::paced;
pub(crate) use wrong::Wrong;
