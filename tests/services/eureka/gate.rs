//! A way to a server that can be shut.

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::support::free_port;

/// Passes connections on to a port of 127.0.0.1 as long as it is open; nobody listens while it is shut.
pub(super) struct Gate {
    own: u16,
    other: u16,
    passing: JoinHandle<()>,
}

impl Gate {
    /// Opens one in front of a base URL.
    pub(super) async fn before(url: &str) -> Self {
        let url: reqwest::Url = url.parse().unwrap();
        let (own, other) = (free_port().unwrap(), url.port().unwrap());
        Self { own, other, passing: open(own, other).await }
    }

    /// The base URL that leads through it.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/eureka", self.own)
    }

    /// Breaks its connections off, and takes no more.
    pub(super) async fn shut(&mut self) {
        self.passing.abort();
        _ = (&mut self.passing).await;
    }

    /// Takes connections again.
    pub(super) async fn open(&mut self) {
        self.passing = open(self.own, self.other).await;
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.passing.abort();
    }
}

async fn open(own: u16, other: u16) -> JoinHandle<()> {
    let listener = TcpListener::bind(("127.0.0.1", own)).await.unwrap();
    tokio::spawn(async move {
        // Dropped with this task, and what it holds with it.
        let mut connections = tokio::task::JoinSet::new();
        while let Ok((mut one, _)) = listener.accept().await {
            connections.spawn(async move {
                if let Ok(mut another) = TcpStream::connect(("127.0.0.1", other)).await {
                    _ = tokio::io::copy_bidirectional(&mut one, &mut another).await;
                }
            });
        }
    })
}
