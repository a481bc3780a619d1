//! Numbers that must not be passed.

use std::process::ExitCode;

/// Prints each number beside its mark, and remembers whether one was over.
#[derive(Debug, Default)]
pub struct Marks {
    over: bool,
}

impl Marks {
    /// Holds a number to its mark.
    pub fn at_most(&mut self, mark: f64, what: &str, number: f64) {
        let verdict = if number > mark { "OVER" } else { "ok" };
        self.over |= number > mark;
        println!("{verdict:4} {what}: {number:.2}, at most {mark:.2}");
    }

    /// Returns a failure when a number was over its mark.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        if self.over { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
