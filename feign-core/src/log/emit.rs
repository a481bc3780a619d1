//! The events themselves. Nothing is put together for one that nobody wants.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Response, StatusCode};

use super::body::{Kind, Shown, bytes};
use super::show::{Elapsed, Escaped, Headers, causes};
use super::tee::{Passing, Teed};
use super::{ATTEMPT, CALL, Level};
use crate::body::Body;
use crate::discover::{Endpoint, Freshness};
use crate::error::Error;
use crate::layer::Exchange;
use crate::observe::{CallEnded, End, Observed};

/// A call has ended.
pub(crate) fn call_ended(observed: &Observed, ended: &CallEnded<'_>) {
    if observed.level < Level::Basic {
        return;
    }
    let operation = observed.operation;
    tracing::debug!(
        target: CALL,
        message = %Line { what: "", observed, endpoint: None, end: ended.end, elapsed: ended.elapsed },
        operation = operation.name(),
        service = %Escaped(observed.service()),
        method = operation.verb().as_str(),
        template = operation.template(),
        endpoint = ended.endpoint.map(display),
        status = ended.status().map(|status| status.as_u16()),
        attempts = ended.attempts,
        elapsed_ms = Elapsed(ended.elapsed).millis(),
        call = observed.id,
        error = ended.error().map(|error| display(Said(error))),
    );
}

/// A request is about to be sent.
pub(crate) fn asked(observed: &Arc<Observed>, exchange: &mut Exchange) {
    if observed.level < Level::Headers || !tracing::enabled!(target: ATTEMPT, tracing::Level::DEBUG)
    {
        return;
    }
    let with_body = observed.level >= Level::Body;
    let is_hidden = exchange.context.hides_body();
    let attempt = exchange.context.attempt;
    let tells = tells(&exchange.context.target.freshness());
    {
        let Exchange { request, context } = &*exchange;
        let as_it_was = observed.body();
        let kind = || match as_it_was {
            Some(_) => Kind::of(&without_coding(request.headers()), is_hidden),
            None => Kind::of(request.headers(), is_hidden),
        };
        let content = as_it_was.or_else(|| request.body().as_bytes());
        let content = content.filter(|content| !content.is_empty());
        let size = content.filter(|_| !with_body).map(|all| Size(all.len() as u64));
        let body = content.filter(|_| with_body).map(|bytes| Shown {
            mark: '>',
            start: bytes,
            length: Some(bytes.len() as u64),
            kind: kind(),
            limit: observed.body_limit,
            rules: &observed.rules,
        });
        let (headers, rules) = (request.headers(), &observed.rules);
        let headers = Headers { mark: '>', headers, rules, echoes: false };
        let url = context.shown_url(request.uri());
        tracing::debug!(
            target: ATTEMPT,
            operation = observed.operation.name(),
            endpoint = context.endpoint.as_ref().map(display),
            attempt,
            call = observed.id,
            discovery = tells,
            message = %format_args!(
                "\n> {} {}{headers}{}{}",
                request.method(), Escaped(&url), Perhaps(size), Perhaps(body)
            ),
        );
    }
    // What can be sent again stays so: it is told by the head.
    let body = exchange.request.body();
    if with_body && body.try_clone().is_none() && observed.body().is_none() {
        let kind = Kind::of(exchange.request.headers(), is_hidden);
        let passing = Passing { observed: Arc::clone(observed), attempt, mark: '>', kind };
        let body = std::mem::take(exchange.request.body_mut());
        *exchange.request.body_mut() = Body::teed(Teed::new(body, passing));
    }
}

/// The head of an answer has come.
pub(crate) fn answered(
    observed: &Arc<Observed>,
    attempt: u32,
    endpoint: Option<&Endpoint>,
    answer: &mut Response<Body>,
    elapsed: Duration,
    echoes: bool,
) {
    if observed.level < Level::Headers || !tracing::enabled!(target: ATTEMPT, tracing::Level::DEBUG)
    {
        return;
    }
    let with_body = observed.level >= Level::Body;
    let bytes = answer.body().as_bytes().filter(|bytes| with_body && !bytes.is_empty());
    let body = bytes.map(|bytes| Shown {
        mark: '<',
        start: bytes,
        length: Some(bytes.len() as u64),
        kind: Kind::of(answer.headers(), false),
        limit: observed.body_limit,
        rules: &observed.rules,
    });
    let (headers, rules) = (answer.headers(), &observed.rules);
    let headers = Headers { mark: '<', headers, rules, echoes };
    let status = answer.status();
    tracing::debug!(
        target: ATTEMPT,
        operation = observed.operation.name(),
        endpoint = endpoint.map(display),
        attempt,
        call = observed.id,
        status = status.as_u16(),
        elapsed_ms = Elapsed(elapsed).millis(),
        message = %format_args!(
            "\n< {:?} {} in {}{headers}{}",
            answer.version(), Status(status), Elapsed(elapsed), Perhaps(body)
        ),
    );
    if with_body && answer.body().as_bytes().is_none() {
        let kind = Kind::of(answer.headers(), false);
        let passing = Passing { observed: Arc::clone(observed), attempt, mark: '<', kind };
        let body = std::mem::take(answer.body_mut());
        *answer.body_mut() = Body::teed(Teed::new(body, passing));
    }
}

/// A body, or its beginning, has passed.
pub(super) fn passed(passing: &Passing, start: &[u8], length: Option<u64>, is_broken: bool) {
    let Passing { observed, attempt, mark, kind } = passing;
    let (mark, limit, rules) = (*mark, observed.body_limit, &observed.rules);
    let broken = is_broken.then(|| format!("\n{mark} (it breaks off)"));
    tracing::debug!(
        target: ATTEMPT,
        operation = observed.operation.name(),
        attempt,
        call = observed.id,
        message = %format_args!("{}{}", Shown { mark, start, length, kind: kind.clone(), limit, rules }, Perhaps(broken)),
    );
}

/// An attempt has ended: at `Basic` however it did, above only if no answer came, which would have been
/// shown.
pub(crate) fn attempt_ended(
    observed: &Observed,
    attempt: u32,
    endpoint: Option<&Endpoint>,
    freshness: &Freshness,
    end: End<'_>,
    elapsed: Duration,
) {
    let is_shown = observed.level >= Level::Headers && matches!(end, End::Answered(_));
    if observed.level < Level::Basic || is_shown {
        return;
    }
    let error = match end {
        End::Failed(error) => Some(error),
        End::Answered(_) | End::Cancelled => None,
    };
    tracing::debug!(
        target: ATTEMPT,
        message = %Line { what: "attempt", observed, endpoint, end, elapsed },
        operation = observed.operation.name(),
        endpoint = endpoint.map(display),
        attempt,
        call = observed.id,
        status = end.status().map(|status| status.as_u16()),
        elapsed_ms = Elapsed(elapsed).millis(),
        discovery = tells(freshness),
        error = error.map(|error| display(Said(error))),
    );
}

/// What was known of the service, if that was not what its source says now.
fn tells(freshness: &Freshness) -> Option<String> {
    match freshness {
        Freshness::Stale { cause, .. } => Some(format!("stale: {}", Escaped(cause))),
        Freshness::Pending | Freshness::Live => None,
    }
}

fn without_coding(headers: &http::HeaderMap) -> http::HeaderMap {
    let kind = headers.get(http::header::CONTENT_TYPE).cloned();
    kind.map(|kind| (http::header::CONTENT_TYPE, kind)).into_iter().collect()
}

/// `POST /login at http://localhost:80 200 OK in 3.2ms`
struct Line<'a> {
    what: &'static str,
    observed: &'a Observed,
    endpoint: Option<&'a Endpoint>,
    end: End<'a>,
    elapsed: Duration,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.observed.operation;
        if !self.what.is_empty() {
            write!(f, "{}: ", self.what)?;
        }
        write!(f, "{} {}", operation.verb(), operation.template())?;
        if let Some(endpoint) = self.endpoint {
            write!(f, " at {endpoint}")?;
        }
        match (self.end, self.end.status()) {
            (End::Cancelled, _) => write!(f, " cancelled after {}", Elapsed(self.elapsed)),
            (End::Failed(error), Some(status)) if !error.is_status() => {
                write!(f, " {} failed in {}", Status(status), Elapsed(self.elapsed))
            }
            (_, Some(status)) => write!(f, " {} in {}", Status(status), Elapsed(self.elapsed)),
            (_, None) => write!(f, " failed in {}", Elapsed(self.elapsed)),
        }
    }
}

/// `200 OK`, or the number alone.
struct Status(StatusCode);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_u16())?;
        self.0.canonical_reason().map_or(Ok(()), |reason| write!(f, " {reason}"))
    }
}

/// The body of a request at `Headers`: its length is said by the transport.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n> ({})", bytes(self.0))
    }
}

struct Perhaps<T>(Option<T>);

impl<T: fmt::Display> fmt::Display for Perhaps<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |shown| shown.fmt(f))
    }
}

/// An error and its causes, in one line.
struct Said<'a>(&'a Error);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Escaped(&causes(self.0).to_string()))
    }
}
