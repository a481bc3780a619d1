//! One script of the protocol: rows of requests, one after the other, whose answers are compared.
//!
//! It says what a server has to answer; two servers that played it have to have answered the same.

mod answer;
mod row;
mod rows;

use std::fmt::Write as _;

pub(crate) use answer::Answer;

/// Sends every row to a server with an empty registry; returns what it answered.
///
/// Panics with all the rows whose answers are not those that are expected.
pub(crate) async fn play(url: &str) -> Vec<Answer> {
    let client = crate::support::eureka::client().unwrap();
    let (mut answers, mut faults) = (Vec::new(), String::new());
    let rows = rows::all();
    for row in &rows {
        let answer = row.ask(&client, url).await.unwrap();
        for fault in row.faults(&answer) {
            _ = writeln!(faults, "{row}: {fault:.2000}");
        }
        answers.push(answer);
    }
    assert!(faults.is_empty(), "of {} rows, against {url}:\n{faults}", rows.len());
    answers
}

/// Panics with all the rows that two servers did not answer alike.
pub(crate) fn assert_alike(ours: &[Answer], real: &[Answer]) {
    let mut faults = String::new();
    for ((row, ours), real) in rows::all().iter().zip(ours).zip(real) {
        for difference in ours.differences(real).iter().filter(|_| row.is_compared()) {
            _ = writeln!(faults, "{row}: {difference:.2000}");
        }
    }
    assert!(faults.is_empty(), "answered otherwise:\n{faults}");
}
