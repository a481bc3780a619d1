//! A peer that knows no HTTP: it does to each connection what a test says, to the byte.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// A listener on a free port, stopped when it is dropped.
pub(crate) struct Peer {
    address: SocketAddr,
    counts: Arc<Counts>,
    accepting: AbortHandle,
}

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    open: AtomicUsize,
    requests: AtomicUsize,
    sent: AtomicUsize,
    changed: Notify,
}

/// One connection of a [`Peer`].
pub(crate) struct Wire {
    stream: TcpStream,
    number: usize,
    counts: Arc<Counts>,
    /// What was read and belongs to the next request.
    rest: Vec<u8>,
}

/// What a peer does when it has sent its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    Close,
    /// A connection reset instead of an end.
    Reset,
    /// Nothing more is sent, and nothing closed.
    StayOpen,
}

impl Peer {
    /// Gives every connection to `serve`.
    pub(crate) async fn run<F, Fut>(serve: F) -> Self
    where
        F: Fn(Wire) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let counts = Arc::new(Counts::default());
        let counting = Arc::clone(&counts);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(Wire::new(stream, &counting)));
            }
        });
        Self { address, counts, accepting: accepting.abort_handle() }
    }

    /// Answers the one request of each connection with these bytes.
    pub(crate) async fn sending(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        let bytes: Arc<[u8]> = bytes.into().into();
        Self::run(move |mut wire| {
            let bytes = Arc::clone(&bytes);
            async move {
                if wire.request().await.is_some() && wire.write(&bytes).await {
                    wire.end(then).await;
                }
            }
        })
        .await
    }

    /// Answers the one request of each connection with `start` and then with `again`, for ever.
    pub(crate) async fn flooding(start: impl Into<Vec<u8>>, again: impl Into<Vec<u8>>) -> Self {
        let (start, again): (Arc<[u8]>, Arc<[u8]>) = (start.into().into(), again.into().into());
        Self::run(move |mut wire| {
            let (start, again) = (Arc::clone(&start), Arc::clone(&again));
            async move {
                if wire.request().await.is_some() && wire.write(&start).await {
                    while wire.write(&again).await {}
                }
            }
        })
        .await
    }

    /// `http://127.0.0.1:port`, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `host:port`.
    pub(crate) fn authority(&self) -> String {
        self.address.to_string()
    }

    /// How many connections came.
    pub(crate) fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// How many of them are still being served.
    pub(crate) fn open(&self) -> usize {
        self.counts.open.load(Ordering::SeqCst)
    }

    /// How many requests came whole.
    pub(crate) fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }

    /// How many bytes the kernel has taken for all clients.
    pub(crate) fn sent(&self) -> usize {
        self.counts.sent.load(Ordering::SeqCst)
    }

    /// Waits until a count is as wanted.
    pub(crate) async fn until(&self, wanted: impl Fn(&Self) -> bool) {
        loop {
            let changed = self.counts.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if wanted(self) {
                return;
            }
            changed.await;
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Wire {
    fn new(stream: TcpStream, counts: &Arc<Counts>) -> Self {
        let number = counts.connections.fetch_add(1, Ordering::SeqCst);
        counts.open.fetch_add(1, Ordering::SeqCst);
        counts.changed.notify_waiters();
        // A piece is sent when a test says so, not when the kernel finds it worth it.
        stream.set_nodelay(true).unwrap();
        Self { stream, number, counts: Arc::clone(counts), rest: Vec::new() }
    }

    /// The how many-th connection this is, from 0 on.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// Reads one request, its body by its `content-length`, and returns its head; `None` when the
    /// client has gone.
    pub(crate) async fn request(&mut self) -> Option<String> {
        let head = loop {
            if let Some(end) = self.rest.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let head: Vec<u8> = self.rest.drain(..end + 4).collect();
                break String::from_utf8(head).ok()?;
            }
            self.read().await?;
        };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(Some(0), |length| length.parse().ok())?;
        while self.rest.len() < length {
            self.read().await?;
        }
        self.rest.drain(..length);
        self.counts.requests.fetch_add(1, Ordering::SeqCst);
        self.counts.changed.notify_waiters();
        Some(head)
    }

    /// Reads whatever came first, an HTTP request or not; `None` when the client has gone.
    pub(crate) async fn bytes(&mut self) -> Option<Vec<u8>> {
        self.read().await?;
        Some(std::mem::take(&mut self.rest))
    }

    async fn read(&mut self) -> Option<()> {
        let read = self.stream.read_buf(&mut self.rest).await.ok()?;
        (read > 0).then_some(())
    }

    /// Sends bytes; false when the client has gone.
    pub(crate) async fn write(&mut self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            let Ok(written @ 1..) = self.stream.write(bytes).await else { return false };
            self.counts.sent.fetch_add(written, Ordering::SeqCst);
            self.counts.changed.notify_waiters();
            bytes = &bytes[written..];
        }
        true
    }

    /// Ends the connection, or waits until the client does.
    pub(crate) async fn end(mut self, then: Then) {
        match then {
            Then::Close => {}
            Then::Reset => self.stream.set_zero_linger().unwrap(),
            Then::StayOpen => while self.read().await.is_some() {},
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.counts.open.fetch_sub(1, Ordering::SeqCst);
        self.counts.changed.notify_waiters();
    }
}
