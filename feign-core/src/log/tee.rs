//! Bodies that are seen as they pass: nothing is asked of them earlier than their reader asks, and no
//! more of them is kept than is shown.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::body::Kind;
use super::emit;
use crate::body::Body;
use crate::error::BoxError;
use crate::observe::Observed;
use crate::secret;

/// Which body it is.
pub(super) struct Passing {
    pub(super) observed: Arc<Observed>,
    pub(super) attempt: u32,
    /// `>` as it is sent, `<` as it comes.
    pub(super) mark: char,
    pub(super) kind: Kind,
}

/// A body of which the beginning is kept.
pub(crate) struct Teed {
    body: Body,
    start: Vec<u8>,
    passed: u64,
    /// How long it was said to be.
    length: Option<u64>,
    passing: Option<Passing>,
}

impl Teed {
    pub(super) fn new(body: Body, passing: Passing) -> Self {
        let length = body.size_hint().exact();
        Self { body, start: Vec::new(), passed: 0, length, passing: Some(passing) }
    }

    pub(crate) fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        // Items are written as they are asked for, and may be secrets.
        let (frame, has_secret) = secret::seen(|| Pin::new(&mut self.body).poll_frame(cx));
        if let (true, Some(passing)) = (has_secret, &mut self.passing) {
            passing.kind = Kind::Hidden;
        }
        let frame = ready!(frame);
        match &frame {
            Some(Ok(frame)) => self.keep(frame.data_ref()),
            Some(Err(_)) => self.tell(false, true),
            None => self.tell(true, false),
        }
        Poll::Ready(frame)
    }

    fn keep(&mut self, data: Option<&Bytes>) {
        let (Some(data), Some(passing)) = (data, &self.passing) else { return };
        let limit = passing.observed.body_limit;
        let room = limit.saturating_sub(self.start.len()).min(data.len());
        self.start.extend_from_slice(data.get(..room).unwrap_or_default());
        self.passed += data.len() as u64;
        if self.passed > limit as u64 {
            self.tell(false, false);
        }
    }

    /// Shows what has passed, once.
    fn tell(&mut self, is_whole: bool, is_broken: bool) {
        let Some(passing) = self.passing.take() else { return };
        let length = if is_whole { Some(self.passed) } else { self.length };
        if self.passed > 0 {
            emit::passed(&passing, &self.start, length, is_broken);
        }
        self.start = Vec::new();
    }

    pub(crate) fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Teed {
    fn drop(&mut self) {
        // A reader that knows the length does not ask for the end.
        let is_whole = self.length == Some(self.passed) || self.body.is_end_stream();
        self.tell(is_whole, false);
    }
}
