//! The table: what a row says is asserted when it is added.

use std::fmt::Write as _;

use super::Answer;
use crate::support::{Received, Server};

pub(super) struct Table {
    server: Server,
    rows: Vec<Row>,
}

struct Row {
    number: u8,
    declaration: &'static str,
    got: String,
    verdict: String,
}

impl Table {
    pub(super) async fn start() -> Self {
        Self { server: Server::silent_ok().await, rows: Vec::new() }
    }

    pub(super) fn url(&self) -> String {
        self.server.url()
    }

    /// We send what they send.
    pub(super) async fn same(
        &mut self,
        number: u8,
        declaration: &'static str,
        call: impl Future<Output = Answer>,
        line: &str,
    ) {
        let got = self.sent(number, call).await.target().to_owned();
        assert_eq!(got, line, "case {number}");
        self.push(number, declaration, got, "same".to_owned());
    }

    /// We send something else, for a reason.
    pub(super) async fn ours(
        &mut self,
        number: u8,
        declaration: &'static str,
        call: impl Future<Output = Answer>,
        line: &str,
        theirs: &str,
        why: &str,
    ) {
        let got = self.sent(number, call).await.target().to_owned();
        assert_eq!(got, line, "case {number}");
        assert_ne!(got, theirs, "case {number} is the same");
        self.push(number, declaration, got, format!("ours, theirs `{theirs}`: {why}"));
    }

    /// Not the line is of interest but what `show` takes from the request.
    pub(super) async fn shown(
        &mut self,
        number: u8,
        declaration: &'static str,
        call: impl Future<Output = Answer>,
        show: impl FnOnce(&Received) -> String,
        (ours, theirs): (&str, &str),
        why: &str,
    ) {
        let got = show(&self.sent(number, call).await);
        assert_eq!(got, ours, "case {number}");
        let verdict = if ours == theirs {
            assert_eq!(why, "", "case {number}: nothing to excuse");
            "same".to_owned()
        } else {
            assert_ne!(why, "", "case {number}: why?");
            format!("ours, theirs `{theirs}`: {why}")
        };
        self.push(number, declaration, got, verdict);
    }

    /// We refuse the value, typed and before anything is sent.
    pub(super) async fn refused(
        &mut self,
        number: u8,
        declaration: &'static str,
        call: impl Future<Output = Answer>,
        theirs: &str,
        why: &str,
    ) {
        let error = call.await.expect_err("it was sent");
        assert!(error.is_request(), "case {number}: {error:?}");
        self.server.assert_untouched();
        let verdict = match theirs {
            "refused" => "same".to_owned(),
            _ => format!("ours, theirs `{theirs}`: {why}"),
        };
        self.push(number, declaration, format!("refused: {error}"), verdict);
    }

    /// No client can be made: we refuse what theirs accepts.
    pub(super) fn not_built<C: std::fmt::Debug>(
        &mut self,
        number: u8,
        declaration: &'static str,
        client: Result<C, feign::Error>,
        (word, theirs): (&str, &str),
        why: &str,
    ) {
        let refusal = client.expect_err("it was made").to_string();
        assert!(refusal.contains(word), "case {number}: {refusal}");
        let verdict = format!("ours, theirs `{theirs}`: {why}");
        self.push(number, declaration, format!("refused: {refusal}"), verdict);
    }

    /// The compiler refuses the declaration; `tests/ui/cases` holds the message in the case named.
    pub(super) fn does_not_compile(
        &mut self,
        number: u8,
        declaration: &'static str,
        ui: &str,
        theirs: &str,
        why: &str,
    ) {
        let case = format!("{}/tests/ui/cases/{ui}.rs", env!("CARGO_MANIFEST_DIR"));
        assert!(std::fs::exists(&case).unwrap(), "case {number}: no tests/ui/cases/{ui}.rs");
        let verdict = match theirs {
            "refused" => "same, by the compiler".to_owned(),
            _ => format!("ours, theirs `{theirs}`: {why}"),
        };
        self.push(
            number,
            declaration,
            format!("does not compile (tests/ui/cases/{ui}.rs)"),
            verdict,
        );
    }

    async fn sent(&self, number: u8, call: impl Future<Output = Answer>) -> Received {
        call.await.unwrap_or_else(|error| panic!("case {number}: {error}"));
        let sent = self.server.take();
        self.server.assert_untouched();
        sent
    }

    fn push(&mut self, number: u8, declaration: &'static str, got: String, verdict: String) {
        self.rows.push(Row { number, declaration, got, verdict });
    }

    /// Prints the table; each case must have come once, those with several values in their turn.
    pub(super) fn finish(self) {
        let mut numbers: Vec<u8> = self.rows.iter().map(|row| row.number).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
        numbers.dedup();
        assert_eq!(numbers, (1..=62).collect::<Vec<u8>>());

        let mut text = "| # | our declaration | got | verdict |\n|---|---|---|---|\n".to_owned();
        for Row { number, declaration, got, verdict } in &self.rows {
            writeln!(text, "| {number} | `{declaration}` | `{got}` | {verdict} |").unwrap();
        }
        let same = self.rows.iter().filter(|row| row.verdict.starts_with("same")).count();
        println!("{text}\n{same} rows the same, {} ours", self.rows.len() - same);
    }
}
