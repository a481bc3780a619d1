//! The body of a request or a response.

use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use http_body_util::combinators::UnsyncBoxBody;
use sync_wrapper::SyncWrapper;

use crate::error::BoxError;
#[cfg(feature = "reqwest")]
use crate::transport::reqwest::Incoming;

/// A body: nothing, bytes that are there, or a stream of them.
///
/// As a result of a declared method it is the response's stream, not buffered; as `#[body]` it is
/// sent as it is, without a content type.
///
/// ```
/// let body = feign::Body::from("three words here");
/// assert_eq!(body.as_bytes().map(|bytes| bytes.len()), Some(16));
/// ```
pub struct Body(Inner);

enum Inner {
    Bytes(Bytes),
    Stream(SyncWrapper<UnsyncBoxBody<Bytes, BoxError>>),
    #[cfg(feature = "reqwest")]
    /// Boxed, so that every body and request that is passed on stays small.
    Incoming(Box<Incoming>),
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
            Self(Inner::Stream(SyncWrapper::new(body.map_err(Into::into).boxed_unsync())))
        })
    }

    /// Returns the bytes, where all of them are there already.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns a second body of the same content, if this one can be sent more than once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        self.as_bytes().map(|bytes| Self(Inner::Bytes(bytes.clone())))
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
            Inner::Stream(stream) => Pin::new(stream.get_mut()).poll_frame(cx),
            #[cfg(feature = "reqwest")]
            Inner::Incoming(incoming) => {
                incoming.poll_data(cx).map(|data| data.map(|data| data.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(_) => false,
            #[cfg(feature = "reqwest")]
            Inner::Incoming(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(_) => SizeHint::default(),
            #[cfg(feature = "reqwest")]
            Inner::Incoming(incoming) => incoming.size_hint(),
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
