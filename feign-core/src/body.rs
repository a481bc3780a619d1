//! The body of a request or a response.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, StreamBody};
use sync_wrapper::SyncWrapper;

use crate::balance::InFlight;
use crate::error::{BoxError, Error};
use crate::log::Teed;
use crate::read::Watched;
use crate::stream::Mapped;
#[cfg(feature = "reqwest")]
use crate::transport::reqwest::Incoming;

/// A body: nothing, bytes that are there, or a stream of them.
///
/// As a result of a declared method it is the response's stream, not buffered: `idle_timeout` limits
/// each wait, and nothing the size. As `#[body]` it is sent as it is, without a content type. Dropping
/// one that is not read to its end closes its connection; once it has ended, the connection is used
/// again.
///
/// ```
/// let body = feign::Body::from("three words here");
/// assert_eq!(body.as_bytes().map(|bytes| bytes.len()), Some(16));
/// ```
pub struct Body(Inner);

enum Inner {
    Bytes(Bytes),
    Stream(SyncWrapper<UnsyncBoxBody<Bytes, BoxError>>, Left),
    /// One after the other, none of them copied into the next.
    #[expect(clippy::box_collection, reason = "so that every body that is passed on stays small")]
    Pieces(Box<VecDeque<Body>>),
    /// Limited in how long it may idle.
    Watched(Box<Watched>),
    /// Seen as it passes.
    Teed(Box<Teed>),
    /// Counted as in flight, until it is dropped.
    Held(Box<(Body, InFlight)>),
    #[cfg(feature = "reqwest")]
    /// Boxed, so that every body and request that is passed on stays small.
    Incoming(Box<Incoming>),
}

/// How many bytes a stream still has, kept beside it: what is not `Sync` cannot be asked.
#[derive(Clone, Copy)]
struct Left(u64);

impl Left {
    const UNKNOWN: Self = Self(u64::MAX);

    fn of(hint: &SizeHint) -> Self {
        hint.exact().map_or(Self::UNKNOWN, Self)
    }

    fn hint(self) -> SizeHint {
        if self.0 == Self::UNKNOWN.0 { SizeHint::default() } else { SizeHint::with_exact(self.0) }
    }

    fn take(&mut self, frame: &Frame<Bytes>) {
        if self.0 != Self::UNKNOWN.0 {
            self.0 -= frame.data_ref().map_or(0, |data| data.len() as u64).min(self.0);
        }
    }
}

impl Body {
    /// Makes a body without content.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Inner::Bytes(Bytes::new()))
    }

    /// Makes a body of any [`http_body::Body`]; one that is a `Body` already stays what it is.
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut body = Some(body);
        if let Some(same) = (&mut body as &mut dyn Any).downcast_mut::<Option<Self>>() {
            return same.take().unwrap_or_default();
        }
        body.map_or_else(Self::empty, |body| {
            let left = Left::of(&body.size_hint());
            Self(Inner::Stream(SyncWrapper::new(body.map_err(Into::into).boxed_unsync()), left))
        })
    }

    /// Makes a body of a stream. It is sent as the server takes it: nothing is asked of the stream
    /// before there is room for it. Its length is not known, and it can be sent only once.
    ///
    /// ```
    /// use feign::{Body, Bytes};
    ///
    /// let lines = futures_util::stream::iter(["one\n", "two\n"].map(Ok::<_, std::io::Error>));
    /// let body = Body::from_stream(lines);
    /// assert!(body.try_clone().is_none());
    /// ```
    pub fn from_stream<S, D, E>(stream: S) -> Self
    where
        S: futures_core::Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        let map = |piece: Result<D, E>| piece.map(|data| Frame::data(data.into()));
        Self::new(StreamBody::new(Mapped { stream, map }))
    }

    /// Returns the next bytes; `None` at the end. Trailers are passed over. Cancel safe: nothing is
    /// lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|cx| futures_core::Stream::poll_next(Pin::new(&mut *self), cx)).await
    }

    /// Makes a body of several, which can be sent more than once if all of them can.
    pub(crate) fn pieces(mut pieces: VecDeque<Self>) -> Self {
        match pieces.len() {
            0 | 1 => pieces.pop_front().unwrap_or_default(),
            _ => Self(Inner::Pieces(Box::new(pieces))),
        }
    }

    /// Returns the bytes, where all of them are there already.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns a second body of the same content, if this one can be sent more than once: a stream
    /// cannot.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(Self(Inner::Bytes(bytes.clone()))),
            Inner::Pieces(pieces) => {
                let pieces: Option<VecDeque<_>> = pieces.iter().map(Self::try_clone).collect();
                Some(Self(Inner::Pieces(Box::new(pieces?))))
            }
            Inner::Stream(..) | Inner::Held(_) | Inner::Watched(_) | Inner::Teed(_) => None,
            #[cfg(feature = "reqwest")]
            Inner::Incoming(_) => None,
        }
    }

    pub(crate) fn teed(teed: Teed) -> Self {
        Self(Inner::Teed(Box::new(teed)))
    }

    pub(crate) fn watched(watched: Watched) -> Self {
        Self(Inner::Watched(Box::new(watched)))
    }

    /// Polls for the next bytes; trailers are passed over.
    #[inline]
    pub(crate) fn poll_data(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        match &mut self.0 {
            #[cfg(feature = "reqwest")]
            Inner::Incoming(incoming) => incoming.poll_data(cx),
            _ => self.poll_data_frame(cx),
        }
    }

    fn poll_data_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        while let Some(frame) = ready!(Pin::new(&mut *self).poll_frame(cx)).transpose()? {
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
        Poll::Ready(None)
    }

    fn poll_unwatched(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        self.poll_data(cx).map(|data| data.map(|data| data.map_err(Error::other)))
    }

    /// Counts a call as in flight until this has ended. Bytes that are there have ended.
    pub(crate) fn hold(&mut self, in_flight: InFlight) {
        match &mut self.0 {
            Inner::Bytes(_) => {}
            #[cfg(feature = "reqwest")]
            Inner::Incoming(incoming) => incoming.hold(in_flight),
            _ => {
                let body = std::mem::take(self);
                *self = Self(Inner::Held(Box::new((body, in_flight))));
            }
        }
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn incoming(incoming: Incoming) -> Self {
        Self(Inner::Incoming(Box::new(incoming)))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(stream, left) => {
                let frame = ready!(Pin::new(stream.get_mut()).poll_frame(cx));
                if let Some(Ok(frame)) = &frame {
                    left.take(frame);
                }
                Poll::Ready(frame)
            }
            Inner::Pieces(pieces) => {
                while let Some(piece) = pieces.front_mut() {
                    match ready!(Pin::new(piece).poll_frame(cx)) {
                        None => drop(pieces.pop_front()),
                        frame => return Poll::Ready(frame),
                    }
                }
                Poll::Ready(None)
            }
            Inner::Held(held) => Pin::new(&mut held.0).poll_frame(cx),
            Inner::Teed(teed) => teed.poll_frame(cx),
            Inner::Watched(watched) => {
                watched.poll_frame(cx).map(|frame| frame.map(|frame| frame.map_err(Into::into)))
            }
            #[cfg(feature = "reqwest")]
            Inner::Incoming(incoming) => {
                incoming.poll_data(cx).map(|data| data.map(|data| data.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(..) => false,
            Inner::Held(held) => held.0.is_end_stream(),
            Inner::Teed(teed) => teed.is_end_stream(),
            Inner::Watched(watched) => watched.is_end_stream(),
            Inner::Pieces(pieces) => pieces.iter().all(Self::is_end_stream),
            #[cfg(feature = "reqwest")]
            Inner::Incoming(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(_, left) => left.hint(),
            Inner::Held(held) => held.0.size_hint(),
            Inner::Teed(teed) => teed.size_hint(),
            Inner::Watched(watched) => watched.size_hint(),
            Inner::Pieces(pieces) => {
                let lengths = pieces.iter().map(|piece| piece.size_hint().exact());
                lengths.sum::<Option<u64>>().map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            #[cfg(feature = "reqwest")]
            Inner::Incoming(incoming) => incoming.size_hint(),
        }
    }
}

/// The bytes alone, without trailers.
impl futures_core::Stream for Body {
    type Item = Result<Bytes, Error>;

    #[inline]
    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        match &mut self.0 {
            Inner::Watched(watched) => watched.poll_data(cx),
            _ => self.poll_unwatched(cx),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            None => f.write_str("Body(stream)"),
        }
    }
}

macro_rules! from_bytes {
    ($($type:ty)*) => {$(
        impl From<$type> for Body {
            fn from(content: $type) -> Self {
                Self(Inner::Bytes(Bytes::from(content)))
            }
        }
    )*};
}
from_bytes!(Bytes String Vec<u8> &'static str &'static [u8]);
