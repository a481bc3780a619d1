//! The address of this machine.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// An address that stands for anywhere else (RFC 5737); nothing is sent there.
const ELSEWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// Returns the address by which this machine reaches others: the one that a socket would be bound to.
/// Without a network it is the loopback's.
pub(super) fn ip() -> String {
    let bound = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect(ELSEWHERE)?;
        socket.local_addr()
    });
    bound.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |bound| bound.ip()).to_string()
}
