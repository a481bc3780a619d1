//! What the fuzz targets share: a connection in memory and a clock that never makes anybody wait.

pub mod stream;
mod wire;

use std::time::Duration;

use feign::{Error, Hub, HubBuilder};

pub use wire::Wire;

/// How many bytes of a body the clients here take.
pub const BODY_LIMIT: usize = 4096;

/// Runs a future on a clock that jumps to the next timer whenever nothing else can happen: whoever
/// would wait for ever meets its limit at once.
pub fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

/// A hub whose every connection is that wire.
pub fn hub(wire: Wire) -> HubBuilder {
    let transport = tower::service_fn(move |request| wire.clone().exchange(request));
    Hub::builder()
        .timeout(Duration::from_secs(30))
        .idle_timeout(Duration::from_secs(5))
        .body_limit(BODY_LIMIT)
        .transport(transport)
}

/// What every error owes: one printable line of bounded length, and no body beyond the limit.
pub fn look_at(error: &Error) {
    let text = error.to_string();
    assert!(text.len() < 8000, "{} bytes", text.len());
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert!(error.body().len() <= BODY_LIMIT, "{} bytes", error.body().len());
    let _ = (format!("{error:?}"), error.is_retryable());
    if let Some(after) = error.retry_after() {
        // Whoever waits adds it to a clock.
        let _ = std::time::Instant::now().checked_add(after);
    }
}

/// The bytes of a text that is percent-encoded.
pub fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|_| *first == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    bytes
}
