//! What is found: HTTP servers, each with a runtime of its own, so that one that stops is gone at once
//! with all its connections.

use std::net::SocketAddr;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use tokio::sync::oneshot;

/// A running server, which stops when it is dropped. It answers which address was called.
pub(super) struct Instance {
    pub(super) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Instance {
    /// Starts one at an address; port 0 is any free port.
    pub(super) fn at(address: impl Into<SocketAddr>) -> std::io::Result<Self> {
        let listener = std::net::TcpListener::bind(address.into())?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    outcome = axum::serve(listener, router()) => outcome.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Starts one on any free port.
    pub(super) fn anywhere() -> Self {
        Self::at(([127, 0, 0, 1], 0)).unwrap()
    }

    /// Starts one per address, all on the same port.
    pub(super) fn on_one_port<const N: usize>(hosts: [[u8; 4]; N]) -> [Self; N] {
        for _ in 0..20 {
            let first = Self::at((hosts[0], 0)).unwrap();
            let port = first.address.port();
            let rest = hosts[1..].iter().map(|&host| Self::at((host, port)));
            if let Ok(rest) = rest.collect::<Result<Vec<_>, _>>() {
                let all: Vec<_> = std::iter::once(first).chain(rest).collect();
                return all.try_into().unwrap_or_else(|_| unreachable!("as many as hosts"));
            }
        }
        panic!("there is no port that is free on each of {hosts:?}");
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It fails where a handler panicked, of which the calls have told.
            _ = thread.join();
        }
    }
}

fn router() -> Router {
    let who = |headers: HeaderMap| async move { headers["host"].to_str().unwrap().to_owned() };
    Router::new().route("/", get(who))
}
