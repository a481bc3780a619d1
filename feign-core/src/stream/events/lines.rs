//! Lines that end with CR, LF or both.

use memchr::memchr2;

use crate::error::About;
use crate::stream::cut::{Cut, Found};

#[derive(Debug, Default)]
pub(super) struct Lines {
    /// An LF that comes next belongs to the line before: that one was not kept waiting for it.
    after_cr: bool,
}

impl Cut for Lines {
    fn find(&mut self, bytes: &[u8]) -> Found {
        let Some(first) = bytes.first() else { return Found::More };
        if std::mem::take(&mut self.after_cr) && *first == b'\n' {
            return Found::Nothing(1);
        }
        let end = memchr2(b'\r', b'\n', bytes);
        self.after_cr = end.and_then(|end| bytes.get(end)) == Some(&b'\r');
        Found::until(end)
    }

    /// "Once the end of the file is reached, any pending data must be discarded."
    fn end(&self, _: &[u8]) -> Result<bool, &'static str> {
        Ok(false)
    }

    fn piece(&self, number: u64) -> About {
        About::Item { noun: "line", number }
    }
}
