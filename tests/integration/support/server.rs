//! A raw HTTP/1.1 server: it keeps what came to the byte and answers what it is told.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::Reply;
use super::reply::Step;

type Handler = dyn Fn(Received) -> Pin<Box<dyn Future<Output = Reply> + Send>> + Send + Sync;

/// A server on a free port, stopped when it is dropped.
///
/// Dropping it fails the test when its handler panicked or a request was no HTTP/1.1.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
    accepting: AbortHandle,
}

#[derive(Default)]
struct State {
    received: Mutex<Vec<Received>>,
    failure: Mutex<Option<String>>,
    connections: AtomicUsize,
    arrived: Notify,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// The request line without its version, `GET /items?q=a`.
    pub(crate) line: String,
    /// In the order they came, names in lower case.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Server {
    /// Answers every request by `handler`.
    pub(crate) async fn run<F, Fut>(handler: F) -> Self
    where
        F: Fn(Received) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Reply> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let handler: Arc<Handler> = Arc::new(move |received| Box::pin(handler(received)));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&state), handler)).abort_handle();
        Self { address, state, accepting }
    }

    /// Gives every request the same answer.
    pub(crate) async fn always(reply: Reply) -> Self {
        Self::run(move |_| std::future::ready(reply.clone())).await
    }

    /// Gives the answers in turn; one request more fails the test.
    pub(crate) async fn script(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<Vec<_>>().into_iter());
        Self::run(move |received| {
            let next = replies.lock().unwrap().next();
            async move { next.unwrap_or_else(|| panic!("one request too many: {}", received.line)) }
        })
        .await
    }

    /// Answers an empty 200.
    pub(crate) async fn silent_ok() -> Self {
        Self::always(Reply::status(200)).await
    }

    /// `http://127.0.0.1:port`, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything that came so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state.received.lock().unwrap().clone()
    }

    /// The one request that came.
    #[track_caller]
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        let [only] = received.as_slice() else { panic!("not one request: {received:#?}") };
        only.clone()
    }

    /// The request line of the one request that came.
    #[track_caller]
    pub(crate) fn line(&self) -> String {
        self.only().line
    }

    /// The request lines so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.received().into_iter().map(|received| received.line).collect()
    }

    /// The newest request, which is taken out.
    #[track_caller]
    pub(crate) fn take(&self) -> Received {
        self.state.received.lock().unwrap().pop().expect("no request came")
    }

    #[track_caller]
    pub(crate) fn assert_untouched(&self) {
        let received = self.received();
        assert!(received.is_empty(), "nothing was to be sent, but {received:#?} came");
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Waits until so many requests have come.
    pub(crate) async fn until(&self, count: usize) {
        loop {
            let arrived = self.state.arrived.notified();
            if self.state.received.lock().unwrap().len() >= count {
                return;
            }
            arrived.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
        let failure = self.state.failure.lock().ok().and_then(|mut failure| failure.take());
        if let (Some(failure), false) = (failure, std::thread::panicking()) {
            panic!("the server failed: {failure}");
        }
    }
}

impl Received {
    pub(crate) fn method(&self) -> &str {
        self.line.split(' ').next().unwrap()
    }

    /// The request target, path and query.
    pub(crate) fn target(&self) -> &str {
        self.line.split_once(' ').unwrap().1
    }

    /// The one value of a header; more than one fails the test.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let mut values = self.header_values(name);
        assert!(values.len() <= 1, "{name} came more than once: {values:?}");
        values.pop()
    }

    pub(crate) fn header_values(&self, name: &str) -> Vec<String> {
        let named = self.headers.iter().filter(|(found, _)| found == name);
        named.map(|(_, value)| String::from_utf8(value.clone()).unwrap()).collect()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn accept(listener: TcpListener, state: Arc<State>, handler: Arc<Handler>) {
    while let Ok((stream, _)) = listener.accept().await {
        state.connections.fetch_add(1, Ordering::SeqCst);
        let (state, handler) = (Arc::clone(&state), Arc::clone(&handler));
        tokio::spawn(async move {
            let serving = AssertUnwindSafe(serve(stream, &state, &*handler)).catch_unwind();
            if let Err(panic) = serving.await {
                let message = panic.downcast_ref::<String>().cloned();
                let message =
                    message.or_else(|| panic.downcast_ref().map(|s: &&str| (*s).to_owned()));
                *state.failure.lock().unwrap() = Some(message.unwrap_or_default());
            }
        });
    }
}

/// Serves one connection; a peer that goes away is no failure.
async fn serve(stream: TcpStream, state: &State, handler: &Handler) {
    let mut stream = BufReader::new(stream);
    while let Some(received) = read(&mut stream).await {
        state.received.lock().unwrap().push(received.clone());
        state.arrived.notify_waiters();
        let method = received.method().to_owned();
        for step in handler(received).await.steps(&method) {
            match step {
                Step::Write(bytes) => {
                    if stream.write_all(&bytes).await.is_err() || stream.flush().await.is_err() {
                        return;
                    }
                }
                Step::Forever => {
                    let _ = stream.read_u8().await;
                    return;
                }
                Step::Close => return,
            }
        }
    }
}

/// Reads one request, or `None` when the peer has gone.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Received> {
    let line = String::from_utf8(read_line(stream).await?).expect("a request line in UTF-8");
    assert!(line.is_ascii(), "not ASCII: {line:?}");
    let line = line.strip_suffix(" HTTP/1.1").unwrap_or_else(|| panic!("no HTTP/1.1: {line:?}"));
    assert_eq!(line.matches(' ').count(), 1, "a space in the target: {line:?}");
    let mut received = Received { line: line.to_owned(), headers: Vec::new(), body: Vec::new() };
    loop {
        let line = read_line(stream).await?;
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|&byte| byte == b':').expect("a colon in a header");
        let name = String::from_utf8(line[..colon].to_ascii_lowercase()).unwrap();
        received.headers.push((name, line[colon + 1..].trim_ascii().to_vec()));
    }
    received.body = read_body(stream, &received).await?;
    Some(received)
}

async fn read_body(stream: &mut BufReader<TcpStream>, received: &Received) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    if received.header("transfer-encoding").is_some_and(|coding| coding == "chunked") {
        loop {
            let size = String::from_utf8(read_line(stream).await?).unwrap();
            let size = usize::from_str_radix(&size, 16).expect("the size of a chunk");
            let start = body.len();
            body.resize(start + size, 0);
            stream.read_exact(&mut body[start..]).await.ok()?;
            assert!(read_line(stream).await?.is_empty(), "a chunk ends with a line break");
            if size == 0 {
                return Some(body);
            }
        }
    }
    let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
    body.resize(length, 0);
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await.ok()?;
    if !line.ends_with(b"\r\n") {
        assert!(line.is_empty() || !line.ends_with(b"\n"), "a bare line feed: {line:?}");
        return None;
    }
    line.truncate(line.len() - 2);
    Some(line)
}
