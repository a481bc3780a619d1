//! What a registry can do wrong.

use std::time::Duration;

use bytes::Bytes;
use feign_core::{Body, Response, StatusCode};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method};

/// Something that a registry does wrong, until it is told to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It cannot be reached.
    Down,
    /// It takes requests and never answers.
    Hang,
    /// It does not know yet what is registered: every `GET` is 403, the rest works.
    Starting,
    /// It makes no deltas: 403.
    NoDelta,
    /// It has never heard of deltas: 404.
    UnknownDelta,
    /// Every answer is this status, without a body.
    Status(StatusCode),
    /// Lists are this text, whatever it is, labelled as JSON.
    Text(String),
    /// Lists are the page of a proxy, with status 200.
    Html,
    /// Lists say that they are compressed and are not.
    LyingGzip,
    /// Lists begin well and never end.
    Endless,
    /// Everything is elsewhere: 302 to the same path below this base URL.
    Redirect(String),
}

/// What becomes of a request.
pub(super) enum Fate {
    /// It is answered as it should be.
    Well,
    Answer(Response<Body>),
    Refused,
    Never,
}

impl Fault {
    /// Returns what becomes of a request; `path` is what stands behind the base.
    pub(super) fn fate(&self, method: &Method, path: &str) -> Fate {
        let path = path.trim_end_matches('/');
        let is_get = method == Method::GET;
        let is_delta = is_get && path.starts_with("/apps/delta");
        let is_list = is_get && (path.starts_with("/apps") || path.starts_with("/vips"));
        match self {
            Self::Down => Fate::Refused,
            Self::Hang => Fate::Never,
            Self::Starting if is_get => status(StatusCode::FORBIDDEN),
            Self::NoDelta if is_delta => status(StatusCode::FORBIDDEN),
            Self::UnknownDelta if is_delta => status(StatusCode::NOT_FOUND),
            Self::Status(code) => status(*code),
            Self::Text(text) if is_list => list("application/json", text.clone().into()),
            Self::Html if is_list => list("text/html", "<html><body>Welcome</body></html>".into()),
            Self::LyingGzip if is_list => {
                let mut answer = answer("application/json", "this is no gzip".into());
                answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                Fate::Answer(answer)
            }
            Self::Endless if is_list => list("application/json", endless()),
            Self::Redirect(base) => {
                let mut answer = Response::new(Body::empty());
                *answer.status_mut() = StatusCode::FOUND;
                if let Ok(location) = format!("{base}{path}").parse() {
                    answer.headers_mut().insert(LOCATION, location);
                }
                Fate::Answer(answer)
            }
            _ => Fate::Well,
        }
    }
}

fn status(code: StatusCode) -> Fate {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = code;
    Fate::Answer(answer)
}

fn list(content_type: &'static str, body: Body) -> Fate {
    Fate::Answer(answer(content_type, body))
}

fn answer(content_type: &'static str, body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

/// One instance after the other, as fast as they are read, with a breath now and then so that a
/// paused clock can run on.
fn endless() -> Body {
    const BEGIN: &str = r#"{"applications":{"versions__delta":"1","apps__hashcode":"UP_1_","application":[{"name":"A","instance":["#;
    const PIECE: &str =
        r#"{"instanceId":"i","hostName":"h","app":"A","ipAddr":"1.1.1.1","status":"UP"},"#;
    let piece = Bytes::from(PIECE.repeat(1_000));
    Body::from_stream(futures_util::stream::unfold(0_u64, move |count| {
        let next = if count == 0 { Bytes::from_static(BEGIN.as_bytes()) } else { piece.clone() };
        async move {
            if count > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            Some((Ok::<_, std::io::Error>(next), count + 1))
        }
    }))
}
