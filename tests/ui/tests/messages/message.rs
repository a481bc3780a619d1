//! The rules for what a user gets to read.

use crate::cases::Case;

/// One of these has to stand in every message, or it says what is wrong and not what to do.
const REPAIRS: [&str; 4] = ["write ", "mark ", "did you mean", "help: "];

/// Says what rustc knows of a bound, which is no repair.
const NO_REPAIRS: [&str; 3] =
    ["help: the trait `", "help: the following other types implement", "help: the nightly-only"];

/// Names that only generated code knows, codes that only broken generated code has, and what changes from one machine
/// to the next.
const NEVER: [&str; 8] =
    ["__private", "__feign", "E0404", "E0425", "E0433", "panicked", "$RUST", "--> /"];

/// Attributes of ours whole: a message there is about no place in particular.
const WHOLE: [&str; 4] = ["#[feign::client", "feign::client", "feign::Param", "feign::ErrorMap"];

/// Returns what is wrong with the messages of `case`.
pub(crate) fn faults(case: &Case) -> Vec<String> {
    let blocks = blocks(&case.stderr);
    let mut errors: Vec<&String> =
        blocks.iter().filter(|block| block.starts_with("error")).collect();
    if let Some(ours) = &case.among_others {
        errors.retain(|error| error.contains(ours));
    }
    let mut faults = Vec::new();

    if errors.len() != case.mistakes {
        faults.push(format!("{} errors for {} mistakes", errors.len(), case.mistakes));
    }
    if let Some(other) = blocks.iter().find(|block| !block.starts_with("error")) {
        faults.push(format!("more than errors: {}", other.lines().next().unwrap_or_default()));
    }
    for word in NEVER.iter().filter(|word| case.stderr.contains(*word)) {
        faults.push(format!("says `{word}`"));
    }
    for error in errors {
        let title = error.lines().next().unwrap_or_default();
        if let Some(fault) = place(case, error) {
            faults.push(format!("{fault}: {title}"));
        }
        let own = case.own_words.as_ref().is_some_and(|code| title.contains(code.as_str()));
        if !own && !repairs(error) {
            faults.push(format!("no repair: {title}"));
        }
    }

    faults.into_iter().map(|fault| format!("{}: {fault}", case.name)).collect()
}

/// Splits what rustc printed into its diagnostics, each beginning at the start of a line.
fn blocks(stderr: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in stderr.lines() {
        let begins = line.starts_with("error") || line.starts_with("warning");
        match blocks.last_mut() {
            Some(block) if !begins => {
                block.push_str(line);
                block.push('\n');
            }
            _ => blocks.push(format!("{line}\n")),
        }
    }
    blocks.retain(|block| !block.starts_with("error: aborting") && !block.trim().is_empty());
    blocks
}

/// Says why the place of `error` is not the user's own.
fn place(case: &Case, error: &str) -> Option<String> {
    let arrow = error.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = arrow.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
    if file != format!("cases/{}.rs", case.name) {
        return Some(format!("points at {file}"));
    }

    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let text = case.text.lines().nth(line - 1).unwrap_or_default();
    let text: String = text.chars().skip(column - 1).collect();
    // The first of them is what runs; a second one is what a user wrote too often, and can be told about.
    let holds = |line: &str| WHOLE.iter().any(|whole| line.contains(whole));
    let first = !case.text.lines().take(line - 1).any(holds);
    let whole = first && WHOLE.iter().any(|whole| text.starts_with(whole));
    whole.then(|| "points at the whole attribute".to_owned())
}

fn repairs(error: &str) -> bool {
    let mut lines = error.lines().filter(|line| !NO_REPAIRS.iter().any(|no| line.contains(no)));
    lines.any(|line| REPAIRS.iter().any(|repair| line.contains(repair)))
}
