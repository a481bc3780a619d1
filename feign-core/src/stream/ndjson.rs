//! JSON, one value a line, in both directions.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use memchr::memchr;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cut::{Cut, Found};
use super::items::{Items, is_blank};
use super::surface::surface;
use crate::body::Body;
use crate::codec::{Answer, FromBody, IntoBody};
use crate::error::{About, BoxError, Error};

/// JSON values, one a line: `application/x-ndjson`, also known as JSON lines.
///
/// As a result it is not buffered: each line is read when it is asked for. Blank lines are passed over,
/// and the last line needs no end. `body_limit` limits each line, `idle_timeout` each wait. A line that
/// cannot be read is an error that names its number and the place in it, and the next one may be read
/// all the same.
///
/// As `#[body]` it is made of items: each is written when the server takes it, and such a body can be
/// sent only once.
///
/// ```no_run
/// # #[derive(serde::Serialize, serde::Deserialize)] struct Item { sku: String }
/// use feign::Ndjson;
///
/// #[feign::client]
/// trait Inventory {
///     #[get("/export")]
///     async fn export(&self) -> Result<Ndjson<Item>, feign::Error>;
///     #[post("/import")]
///     async fn import(&self, #[body] items: Ndjson<Item>) -> Result<(), feign::Error>;
/// }
///
/// # async fn copy(here: &InventoryClient, there: &InventoryClient, more: Vec<Item>) -> Result<(), feign::Error> {
/// let mut items = here.export().await?;
/// while let Some(item) = items.next().await {
///     println!("{}", item?.sku);
/// }
/// there.import(Ndjson::from_iter(more)).await?;
/// there.import(here.export().await?).await?;         // what comes in goes out, item by item
/// # Ok(()) }
/// ```
///
/// Dropping it closes the connection; once it has ended, the connection is used again.
#[must_use = "a stream does nothing unless it is read or sent"]
pub struct Ndjson<T>(Items<T>);

surface!(Ndjson, Items, T);

const CONTENT_TYPE: &str = "application/x-ndjson";

impl<T: DeserializeOwned> FromBody for Ndjson<T> {
    const BUFFERED: bool = false;
    const ACCEPT: Option<&'static str> = Some(CONTENT_TYPE);
    const EMPTY_IS_NONE: bool = false;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(Self(Items::read(answer, Box::new(Lines))))
    }
}

/// Lines that end with LF; blank ones are none. A CR before it is blank to JSON.
struct Lines;

impl Cut for Lines {
    fn find(&mut self, bytes: &[u8]) -> Found {
        Found::until(memchr(b'\n', bytes))
    }

    fn passes_over(&self, line: &[u8]) -> bool {
        line.iter().all(is_blank)
    }

    fn end(&self, line: &[u8]) -> Result<bool, &'static str> {
        Ok(!self.passes_over(line))
    }

    fn piece(&self, number: u64) -> About {
        About::Item { noun: "line", number }
    }
}

impl<T: Serialize + 'static> IntoBody for Ndjson<T> {
    const CONTENT_TYPE: Option<&'static str> = Some(CONTENT_TYPE);

    fn into_body(self) -> Result<Body, BoxError> {
        Ok(Body::new(Written { lines: Box::new(self.0), piece: Vec::new() }))
    }
}

/// Few enough bytes that a slow server holds little, enough that few pieces are sent.
const PIECE: usize = 8 << 10;

/// Sends what is there: many items in one piece where they come fast, each at once where they do not.
struct Written {
    lines: Box<dyn WriteLine + Send>,
    piece: Vec<u8>,
}

/// Items of any type, as lines.
trait WriteLine {
    fn poll_line(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut Vec<u8>,
    ) -> Poll<Option<Result<(), BoxError>>>;
}

impl<T: Serialize> WriteLine for Items<T> {
    fn poll_line(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut Vec<u8>,
    ) -> Poll<Option<Result<(), BoxError>>> {
        Poll::Ready(ready!(self.poll_next(cx)).map(|item| {
            serde_json::to_writer(&mut *into, &item?)?;
            into.push(b'\n');
            Ok(())
        }))
    }
}

impl HttpBody for Written {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self { lines, piece } = &mut *self;
        while piece.len() < PIECE {
            if piece.is_empty() {
                piece.reserve(2 * PIECE);
            }
            match lines.poll_line(cx, piece) {
                Poll::Ready(Some(line)) => line?,
                Poll::Ready(None) if piece.is_empty() => return Poll::Ready(None),
                Poll::Pending if piece.is_empty() => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        Poll::Ready(Some(Ok(Frame::data(std::mem::take(piece).into()))))
    }
}
