//! Items of JSON, read or given.

use std::task::{Context, Poll, ready};

use serde::de::DeserializeOwned;

use super::cut::Cut;
use super::given::Given;
use super::pieces::Pieces;
use crate::codec::{Answer, Codec as _, JsonCodec, Undecoded};
use crate::error::Error;

pub(crate) enum Items<T> {
    Read { pieces: Box<Pieces>, decode: fn(&[u8]) -> Result<T, Undecoded> },
    Given(Given<T>),
}

impl<T> Items<T> {
    pub(crate) fn read(answer: Answer, cut: Box<dyn Cut>) -> Self
    where
        T: DeserializeOwned,
    {
        let pieces = Box::new(Pieces::new(answer, cut));
        Self::Read { pieces, decode: JsonCodec::decode::<T> }
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        match self {
            Self::Given(given) => given.poll_next(cx),
            Self::Read { pieces, decode } => {
                Poll::Ready(ready!(pieces.poll_piece(cx)).map(|found| {
                    found?;
                    decode(pieces.piece()).map_err(|undecoded| pieces.unreadable(undecoded))
                }))
            }
        }
    }
}

/// What JSON calls whitespace.
pub(crate) const fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
