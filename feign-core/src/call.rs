//! The hinge: the only place where types meet HTTP.
#![expect(unnameable_types, reason = "only generated code meets what is public here")]

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Request, Response};
use tokio::time::{Instant, Sleep};

use crate::again::Again;
use crate::codec::{Answer, Aside, Content, Shape};
use crate::error::{Error, Kind, Setting};
use crate::hub::Handle;
use crate::layer::{Context, Exchange, Reached};
use crate::observe;
use crate::operation::Operation;
use crate::probe::{Bare, CallError, Optional, Probe, Reader, Required, Whole};
use crate::read;
use crate::request::RequestBuilder;

/// Sends what was filled, and reads the answer as the declared result.
///
/// Generic only at its rim: the future inside is one, whatever the types are.
#[inline(never)]
pub fn call<T, D, P, E>(
    handle: &Handle,
    mut request: RequestBuilder,
    _delivery: D,
    _presence: P,
    reader: Reader<T>,
    _error: Probe<E>,
) -> Call<T, <(D, P) as Fold<T>>::Out, E>
where
    (D, P): Fold<T>,
    E: CallError,
{
    let Reader { shape, read } = reader;
    if let Some(content_type) = shape.accept {
        request.accept(content_type);
    }
    Call {
        exchange: start(handle, request, shape, <(D, P)>::OPTIONAL),
        read,
        shape,
        fold: <(D, P)>::fold,
        error: E::from,
    }
}

/// A declared call on its way.
#[expect(missing_debug_implementations, reason = "it is an opaque future")]
pub struct Call<T, Out, E> {
    exchange: Exchanging,
    read: Read<T>,
    shape: Shape,
    fold: fn(Answer, Shape, Read<T>) -> Result<Out, Error>,
    error: fn(Error) -> E,
}

impl<T, Out, E> Future for Call<T, Out, E> {
    type Output = Result<Out, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Result<Out, E>> {
        self.exchange.as_mut().poll(cx).map(|answer| {
            let folded = answer.and_then(|answer| match &answer.aside {
                None => (self.fold)(answer, self.shape, self.read),
                Some(_) => observed(answer, self.shape, self.read, self.fold),
            });
            folded.map_err(self.error)
        })
    }
}

/// Tells what became of the answer as well.
#[cold]
#[inline(never)]
fn observed<T, Out>(
    mut answer: Answer,
    shape: Shape,
    read: Read<T>,
    fold: fn(Answer, Shape, Read<T>) -> Result<Out, Error>,
) -> Result<Out, Error> {
    let observed = answer.take_observed();
    let status = answer.parts.status;
    let result = fold(answer, shape, read);
    if let Some(observed) = observed {
        observed.result(status, result.as_ref().err());
    }
    result
}

// === what the declared result makes of an answer ===

/// Puts the value that was read into the declared result.
pub trait Fold<T> {
    type Out;
    const OPTIONAL: bool;
    fn fold(answer: Answer, shape: Shape, read: Read<T>) -> Result<Self::Out, Error>;
}

type Read<T> = fn(Answer) -> Result<T, Error>;

impl<T> Fold<T> for (Bare, Required) {
    type Out = T;
    const OPTIONAL: bool = false;

    fn fold(answer: Answer, _: Shape, read: Read<T>) -> Result<T, Error> {
        read(answer)
    }
}

impl<T> Fold<T> for (Bare, Optional) {
    type Out = Option<T>;
    const OPTIONAL: bool = true;

    fn fold(answer: Answer, shape: Shape, read: Read<T>) -> Result<Option<T>, Error> {
        if is_none(&answer, shape) { Ok(None) } else { read(answer).map(Some) }
    }
}

impl<T> Fold<T> for (Whole, Required) {
    type Out = Response<T>;
    const OPTIONAL: bool = false;

    fn fold(answer: Answer, _: Shape, read: Read<T>) -> Result<Response<T>, Error> {
        with_head(answer, read)
    }
}

impl<T> Fold<T> for (Whole, Optional) {
    type Out = Response<Option<T>>;
    const OPTIONAL: bool = true;

    fn fold(answer: Answer, shape: Shape, read: Read<T>) -> Result<Response<Option<T>>, Error> {
        if is_none(&answer, shape) {
            return Ok(Response::from_parts(answer.parts, None));
        }
        Ok(with_head(answer, read)?.map(Some))
    }
}

fn with_head<T>(answer: Answer, read: Read<T>) -> Result<Response<T>, Error> {
    let mut head = Response::new(());
    *head.status_mut() = answer.parts.status;
    *head.version_mut() = answer.parts.version;
    // The reader may need the head for its error.
    *head.headers_mut() = answer.parts.headers.clone();
    let value = read(answer)?;
    Ok(head.map(|()| value))
}

/// When an `Option` is `None`: by the status, by an empty body, by what the codec says, as JSON's `null`.
fn is_none(answer: &Answer, shape: Shape) -> bool {
    let none = answer.operation.declaration().none;
    if none.statuses.contains(&answer.parts.status.as_u16()) {
        return true;
    }
    let Content::Buffered(bytes) = &answer.content else { return false };
    let empty = none.empty && shape.empty_is_none && bytes.is_empty();
    empty || (none.null && (shape.is_null)(bytes))
}

// === the exchange ===

pub(crate) type Exchanging = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// Not generic, so that it is compiled once.
fn start(handle: &Handle, builder: RequestBuilder, shape: Shape, optional: bool) -> Exchanging {
    let operation = builder.declared();
    let prepared = prepare(handle, builder).map_err(|error| error.in_operation(operation));
    if handle.is_observed() && !shape.unsent {
        return watched(handle, operation, prepared, shape, optional);
    }
    Box::pin(exchange(handle.clone(), prepared, shape, optional))
}

/// Makes a call that was prepared before.
pub(crate) fn prepared(handle: &Handle, exchange: Exchange, shape: Shape) -> Exchanging {
    let operation = exchange.context.operation;
    let prepared = Ok(Box::new(exchange));
    if handle.is_observed() {
        return watched(handle, operation, prepared, shape, false);
    }
    Box::pin(self::exchange(handle.clone(), prepared, shape, false))
}

/// Makes a call that somebody looks at.
#[cold]
#[inline(never)]
fn watched(
    handle: &Handle,
    operation: &'static Operation,
    prepared: Result<Box<Exchange>, Error>,
    shape: Shape,
    optional: bool,
) -> Exchanging {
    match observe::watch(handle, operation) {
        Some(observing) => Box::pin(observing.call(handle.clone(), prepared, shape, optional)),
        None => Box::pin(exchange(handle.clone(), prepared, shape, optional)),
    }
}

/// Adds to a request everything that the levels say of it. Boxed here, once, so that none of the
/// futures that lend it on has to be large.
fn prepare(handle: &Handle, builder: RequestBuilder) -> Result<Box<Exchange>, Error> {
    if let Some(wrong) = handle.wrong() {
        return Err(Error::build(wrong.to_owned()));
    }
    let operation = builder.declared();
    let levels = handle.levels(operation);
    let context = Context::new(operation, handle.target(), handle.limits(&levels));
    let mut exchange = Box::new(Exchange { request: Request::default(), context });
    exchange.context.key = handle.key().or_else(|| builder.key());
    let (codec, boundary) = (builder.codec(), builder.boundary());
    let (link, hidden) = builder.finish(&mut exchange.request, handle.rules())?;
    if let Some(hidden) = hidden {
        exchange.context.aside().hidden = Some(hidden);
    }
    levels.headers(exchange.request.headers_mut(), codec, handle.removed());
    if let Some(boundary) = boundary {
        exchange.request.headers_mut().insert(CONTENT_TYPE, boundary);
    }
    if let Some(link) = link {
        let followed = crate::link::follow(&link, operation, handle.target(), handle.allowed())?;
        *exchange.request.uri_mut() = followed.uri;
        exchange.context.endpoint = followed.endpoint;
        exchange.context.under_base = followed.under_base;
    }
    Ok(exchange)
}

pub(crate) async fn exchange(
    handle: Handle,
    prepared: Result<Box<Exchange>, Error>,
    shape: Shape,
    optional: bool,
) -> Result<Answer, Error> {
    let mut exchange = prepared?;
    #[cfg(feature = "compression")]
    // Taken: a call that is made again is compressed already.
    if let Some(coding) = exchange.context.limits.compression.take() {
        let Exchange { request, context } = &mut *exchange;
        if let Some(observed) = context.observed() {
            observed.keep_body(request.body());
        }
        Box::pin(crate::compress::compress(coding, request))
            .await
            .map_err(|error| error.in_operation(context.operation))?;
    }
    let Context { operation, limits, .. } = exchange.context;
    exchange.context.deadline = Instant::now().checked_add(limits.timeout);
    if shape.unsent {
        let unsent = Box::pin(unsent(*exchange)).await;
        return unsent.map_err(|error| error.in_operation(operation));
    }
    let outcome = round(&handle, &mut exchange, shape, optional).await;
    outcome.map_err(|error| error.in_operation(operation))
}

/// Ends `step` when the alarm goes off. One alarm serves all steps of a call, and costs nothing
/// where they do not wait.
async fn within<T>(
    mut alarm: Pin<&mut Sleep>,
    limit: Duration,
    mut step: Pin<&mut impl Future<Output = T>>,
) -> Result<T, Error> {
    poll_fn(|cx| match step.as_mut().poll(cx) {
        Poll::Ready(outcome) => Poll::Ready(Ok(outcome)),
        Poll::Pending => {
            alarm.as_mut().poll(cx).map(|()| Err(Error::timed_out(Setting::Total, limit)))
        }
    })
    .await
}

/// The request as its first attempt would send it, before any layer.
async fn unsent(mut exchange: Exchange) -> Result<Answer, Error> {
    let Context { operation, limits, deadline, key, .. } = exchange.context;
    if exchange.context.endpoint.is_none() {
        let attempt = exchange.context.target.attempt(key, deadline).await?;
        exchange.context.endpoint = Some(attempt.endpoint().clone());
    }
    exchange.address()?;
    let (parts, ()) = Response::new(()).into_parts();
    // For whoever shows it.
    let aside = Aside::new(None, exchange.context.rules());
    exchange.request.extensions_mut().insert(exchange.context);
    Ok(Answer {
        operation,
        parts,
        content: Content::Unsent(Box::new(exchange.request)),
        reached: Reached::default(),
        limits,
        aside,
    })
}

/// Down the stairs, up again, and the body.
async fn round(
    handle: &Handle,
    exchange: &mut Exchange,
    shape: Shape,
    optional: bool,
) -> Result<Answer, Error> {
    let again = if shape.keeps_call { Again::of(handle, exchange, shape) } else { None };
    let Context { operation, limits, deadline, .. } = exchange.context;
    // A limit beyond what the clock can count is none.
    let mut alarm = pin!(match deadline {
        Some(at) => tokio::time::sleep_until(at),
        None => tokio::time::sleep(Duration::MAX),
    });
    let sent = {
        let sending = pin!(handle.send(exchange));
        within(alarm.as_mut(), limits.timeout, sending).await.flatten()
    };
    let reached =
        Reached { endpoint: exchange.context.endpoint.take(), attempt: exchange.context.attempt };
    let sent = sent.map_err(|error| error.at_endpoint(reached.endpoint.as_ref(), reached.attempt));
    let (parts, body) = sent?.into_parts();
    let status = parts.status.as_u16();
    let none = optional && operation.declaration().none.statuses.contains(&status);
    let success = operation.accepts(status) || none;
    if success && !shape.buffered {
        let content = Content::Stream(body);
        let aside = Aside::new(again, handle.rules());
        return Ok(Answer { operation, parts, content, reached, limits, aside });
    }
    let mut read = read::Buffer::default();
    let end = {
        let filling = pin!(read.fill(body, limits.body_limit));
        within(alarm.as_mut(), limits.timeout, filling).await.flatten()
    };
    let content = Content::Buffered(read.into_bytes());
    let aside = Aside::new(None, handle.rules());
    let answer = Answer { operation, parts, content, reached, limits, aside };
    match (success, end) {
        (true, Ok(())) => Ok(answer),
        (true, Err(error)) => Err(answer.failed(error)),
        // Whatever became of its body, the status is what happened.
        (false, Ok(())) => Err(answer.failed(Error::new(Kind::Status))),
        (false, Err(cause)) => Err(answer.failed(Error::new(Kind::Status).caused_by(cause))),
    }
}
