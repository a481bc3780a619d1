//! Where the pieces of a body end.

use crate::error::About;

/// Finds the pieces of a format in bytes that come in chunks.
pub(crate) trait Cut: Send + Sync {
    /// Says what the bytes are that come next. Those of a piece are looked at once.
    fn find(&mut self, bytes: &[u8]) -> Found;

    /// Whether a piece is none after all.
    fn passes_over(&self, piece: &[u8]) -> bool {
        let _ = piece;
        false
    }

    /// Whether what is left at the end of the body is a piece, or why the end should not be here.
    fn end(&self, left: &[u8]) -> Result<bool, &'static str>;

    /// What the piece of this number is called.
    fn piece(&self, number: u64) -> About;
}

/// What bytes are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// So many of them belong to no piece.
    Nothing(usize),
    /// The first `end` of them end a piece, the next one begins at `next`.
    Piece { end: usize, next: usize },
    /// All of them belong to a piece that goes on.
    More,
    /// They should not be there.
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "text has no mistakes"))]
    Wrong(&'static str),
}

impl Found {
    /// A piece whose end mark is one byte, there.
    pub(crate) fn until(mark: Option<usize>) -> Self {
        mark.map_or(Self::More, |end| Self::Piece { end, next: end + 1 })
    }
}
