//! Rows of a table that went wrong.

use std::fmt::Debug;

/// Collects what the rows of a table got wrong, so that one run shows all of them.
#[derive(Default)]
pub(crate) struct Wrong(Vec<String>);

impl Wrong {
    pub(crate) fn unless(&mut self, right: bool, row: impl Debug, got: &impl Debug) {
        if !right {
            self.0.push(format!("{row:?}: {got:?}"));
        }
    }

    pub(crate) fn unless_same(&mut self, row: impl Debug, got: &str, wanted: &str) {
        if got != wanted {
            self.0.push(format!("{row:?}: {got:?}, wanted {wanted:?}"));
        }
    }

    /// Fails the test if a row went wrong.
    #[track_caller]
    pub(crate) fn finish(self) {
        assert!(self.0.is_empty(), "{} rows went wrong:\n{}", self.0.len(), self.0.join("\n"));
    }
}
