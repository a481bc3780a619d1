//! Waiting, always with a deadline.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

const PAUSE: Duration = Duration::from_millis(10);

/// Asks again and again until there is an answer, for as long as `limit`.
pub(crate) async fn until<T>(
    what: &str,
    limit: Duration,
    mut ask: impl AsyncFnMut() -> Option<T>,
) -> Result<T, String> {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            sleep(PAUSE).await;
        }
    };
    timeout(limit, asking).await.map_err(|_| format!("{what}: not within {limit:?}"))
}

/// Waits until something listens on a port of 127.0.0.1.
pub(crate) async fn until_listening(port: u16, limit: Duration) -> Result<(), String> {
    let what = format!("listening on port {port}");
    until(&what, limit, async || TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop)).await
}
