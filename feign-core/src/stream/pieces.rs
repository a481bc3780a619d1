//! The pieces of a body, one after the other.

use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};

use super::cut::{Cut, Found};
use crate::codec::Answer;
use crate::error::{About, Error, Kind};
use crate::read::Watched;

/// Cuts a body into pieces. A piece that is whole in a chunk is lent from there; the one buffer is for
/// those that go on in the next chunk.
pub(crate) struct Pieces {
    body: Watched,
    cut: Box<dyn Cut>,
    /// How long a piece may be.
    limit: usize,
    /// What came and is not passed yet.
    chunk: Bytes,
    /// The beginning of a piece, from the chunks before.
    held: Vec<u8>,
    found: Option<Place>,
    count: u64,
    done: bool,
}

/// Where in the chunk the present piece ends, and the next begins.
#[derive(Clone, Copy)]
struct Place {
    end: usize,
    next: usize,
}

impl Pieces {
    pub(crate) fn new(answer: Answer, cut: Box<dyn Cut>) -> Self {
        Self {
            limit: answer.limits.body_limit,
            body: answer.into_watched(),
            cut,
            chunk: Bytes::new(),
            held: Vec::new(),
            found: None,
            count: 0,
            done: false,
        }
    }

    /// Goes to the next piece; then [`piece`](Self::piece) has it. Nothing comes after an error of
    /// this, nor after the end.
    pub(crate) fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        self.pass();
        while !self.done {
            match self.cut.find(&self.chunk) {
                Found::Nothing(length) => self.chunk.advance(length),
                Found::Piece { end, next } => {
                    self.check(end)?;
                    if !self.held.is_empty() {
                        self.hold(end);
                    }
                    if self.is_piece(Place { end, next }) {
                        return Poll::Ready(Some(Ok(())));
                    }
                }
                Found::More => {
                    self.check(self.chunk.len())?;
                    self.hold(self.chunk.len());
                    self.chunk = Bytes::new();
                    match ready!(self.body.poll_data(cx)) {
                        Some(Ok(chunk)) => self.chunk = chunk,
                        Some(Err(error)) => return Poll::Ready(Some(Err(self.broken(error)))),
                        None => return Poll::Ready(self.end().transpose()),
                    }
                }
                Found::Wrong(why) => return Poll::Ready(Some(Err(self.wrong(why)))),
            }
        }
        Poll::Ready(None)
    }

    /// Returns the piece that was found last.
    pub(crate) fn piece(&self) -> &[u8] {
        match self.found {
            Some(Place { end, .. }) if self.held.is_empty() => {
                self.chunk.get(..end).unwrap_or_default()
            }
            _ => &self.held,
        }
    }

    /// The error of the piece that was found last: others may follow.
    #[cfg(feature = "json")]
    #[cold]
    pub(crate) fn unreadable(&self, undecoded: crate::codec::Undecoded) -> Error {
        let piece = Bytes::copy_from_slice(self.piece());
        self.unread(undecoded.at, undecoded.source, self.cut.piece(self.count), piece)
    }

    /// The error of something in this body that cannot be read.
    #[cold]
    pub(crate) fn unread(
        &self,
        at: Option<String>,
        source: crate::error::BoxError,
        about: About,
        text: Bytes,
    ) -> Error {
        let error = Error::new(Kind::Decode { at }).caused_by(source).about(about);
        self.body.failed(error, text)
    }

    /// Ends the body with an error, as something in it is too large.
    pub(crate) fn too_large(&mut self, about: About) -> Error {
        let error = Error::new(Kind::TooLarge { limit: self.limit }).about(about);
        self.close();
        self.body.failed(error, Bytes::new())
    }

    /// Something that cannot be done with this body.
    pub(crate) fn refused(&self, what: String) -> Error {
        self.body.failed(Error::build(what), Bytes::new())
    }

    pub(crate) const fn limit(&self) -> usize {
        self.limit
    }

    // === inside ===

    /// Lets go of the piece that was read.
    fn pass(&mut self) {
        if let Some(Place { next, .. }) = self.found.take() {
            self.chunk.advance(next);
            self.held.clear();
        }
    }

    fn is_piece(&mut self, place: Place) -> bool {
        self.found = Some(place);
        self.count += 1;
        let is_piece = !self.cut.passes_over(self.piece());
        if !is_piece {
            self.pass();
        }
        is_piece
    }

    fn check(&mut self, length: usize) -> Result<(), Error> {
        if self.held.len() + length <= self.limit {
            return Ok(());
        }
        Err(self.too_large(self.cut.piece(self.count + 1)))
    }

    fn hold(&mut self, length: usize) {
        self.held.extend_from_slice(self.chunk.get(..length).unwrap_or_default());
    }

    /// At the end of the body: the last piece, if the format wants no mark behind it.
    fn end(&mut self) -> Result<Option<()>, Error> {
        match self.cut.end(&self.held) {
            Ok(true) => Ok(self.is_piece(Place { end: 0, next: 0 }).then_some(())),
            Ok(false) => {
                self.close();
                Ok(None)
            }
            Err(why) => Err(self.wrong(why)),
        }
    }

    fn wrong(&mut self, why: &'static str) -> Error {
        let text = match self.held.is_empty() {
            true => std::mem::take(&mut self.chunk),
            false => std::mem::take(&mut self.held).into(),
        };
        self.close();
        self.unread(None, why.into(), self.cut.piece(self.count + 1), text)
    }

    fn broken(&mut self, error: Error) -> Error {
        self.close();
        error.about(self.cut.piece(self.count + 1))
    }

    fn close(&mut self) {
        self.body.close();
        self.chunk = Bytes::new();
        self.held = Vec::new();
        self.done = true;
    }
}
