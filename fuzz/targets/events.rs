//! Any bytes as server-sent events: the same as the algorithm of the WHATWG makes of them, written
//! down plainly.
#![no_main]

use std::time::Duration;

use feign::{Error, Event, Events};
use feign_fuzz::stream::{items, outcome, value};
use feign_fuzz::{BODY_LIMIT, Wire, hub};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[feign::client]
trait Feeds {
    #[get("/")]
    async fn texts(&self) -> Result<Events, Error>;
    #[get("/")]
    async fn values(&self) -> Result<Events<Value>, Error>;
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

fuzz_target!(|input: &[u8]| {
    let wire = Wire::with_head(HEAD, input);
    let body = wire.bytes()[HEAD.len()..].to_vec();
    let ends = wire.ends();
    let hub = hub(wire).build().expect("a hub");
    let client: FeedsClient = hub.client_at("http://h.example").expect("a client");
    let texts = outcome(async {
        let mut feed = client.texts().await?;
        Ok(items(async || feed.next().await, body.len()).await)
    });
    let values = outcome(async {
        let mut feed = client.values().await?;
        Ok(items(async || feed.next().await, body.len()).await)
    });
    let mut wanted = interpret(&body).into_iter();
    let mut values = values.into_iter();
    for text in texts {
        let value_of_it = values.next().expect("as many values as texts");
        match text {
            Ok(text) => {
                let wanted = wanted.next().expect("no more events than there are");
                assert_eq!(text, wanted);
                match value_of_it {
                    Ok(event) => assert_eq!(Some(event.data), value(wanted.data.as_bytes())),
                    Err(error) => {
                        assert!(error.is_decode() && value(wanted.data.as_bytes()).is_none())
                    }
                }
            }
            Err(error) => {
                assert!(value_of_it.is_err());
                let large = error.is_too_large() && body.len() > BODY_LIMIT;
                assert!(large || (error.is_timeout() && !ends), "{error:?}");
                return;
            }
        }
    }
    assert_eq!((wanted.next(), values.next().map(drop)), (None, None));
});

/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>, where
/// the id of an event is the last one that was given by its end.
fn interpret(body: &[u8]) -> Vec<Event> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = String::from_utf8_lossy(body).replace("\r\n", "\n").replace('\r', "\n");
    let (mut data, mut kind, mut id, mut last_id) =
        (String::new(), String::new(), None, String::new());
    let (mut retry, mut events) = (None, Vec::new());
    // What is not ended by a line end is no line, and what no blank line ends is no event.
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" if line.is_empty() => {
                last_id = id.take().unwrap_or(last_id);
                if let Some(data) = data.strip_suffix('\n') {
                    let mut event = Event::new(data.to_owned()).with_id(last_id.clone());
                    if !kind.is_empty() {
                        event = event.with_event(kind.clone());
                    }
                    event.retry = retry.take();
                    events.push(event);
                }
                data.clear();
                kind.clear();
            }
            "data" => data += &format!("{value}\n"),
            "event" => kind = value.to_owned(),
            "id" if !value.contains('\0') => id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                retry = value.parse().ok().map(Duration::from_millis).or(retry);
            }
            _ => {}
        }
    }
    events
}
