//! Bodies without a codec: nothing, text, bytes and streams.

use bytes::Bytes;

use super::{Answer, Content, FromBody, IntoBody};
use crate::body::Body;
use crate::error::{BoxError, Error};

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// Whatever was answered: the body is read, within its limit, and dropped.
impl FromBody for () {
    const EMPTY_IS_NONE: bool = false;

    fn from_body(_: Answer) -> Result<Self, Error> {
        Ok(())
    }
}

impl FromBody for String {
    fn from_body(answer: Answer) -> Result<Self, Error> {
        match Self::from_utf8(answer.bytes().into()) {
            Ok(text) => Ok(text),
            Err(source) => Err(answer.unreadable(None, source.utf8_error())),
        }
    }
}

impl FromBody for Bytes {
    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(answer.bytes())
    }
}

impl FromBody for Vec<u8> {
    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(match answer.content {
            Content::Buffered(bytes) => bytes.into(),
            Content::Stream(_) | Content::Unsent(_) => Self::new(),
        })
    }
}

/// The stream of the response, limited by the idle timeout and not in size.
impl FromBody for Body {
    const BUFFERED: bool = false;
    const EMPTY_IS_NONE: bool = false;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(answer.into_body())
    }
}

macro_rules! into_body {
    ($($type:ty, $content_type:expr, |$value:ident| $bytes:expr;)*) => {$(
        impl IntoBody for $type {
            const CONTENT_TYPE: Option<&'static str> = $content_type;

            fn into_body(self) -> Result<Body, BoxError> {
                let $value = self;
                Ok(Body::from($bytes))
            }
        }
    )*};
}
into_body! {
    String, Some(TEXT), |text| text;
    &String, Some(TEXT), |text| text.clone();
    &str, Some(TEXT), |text| text.to_owned();
    Vec<u8>, Some(BYTES), |bytes| bytes;
    &Vec<u8>, Some(BYTES), |bytes| bytes.clone();
    &[u8], Some(BYTES), |bytes| bytes.to_vec();
    Bytes, Some(BYTES), |bytes| bytes;
    &Bytes, Some(BYTES), |bytes| bytes.clone();
}

impl IntoBody for Body {
    fn into_body(self) -> Result<Body, BoxError> {
        Ok(self)
    }
}
