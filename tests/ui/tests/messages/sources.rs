//! `SOURCES.md`: every row of every list, with what holds it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::cases::{Case, OURS};

pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
}

pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) held: Held,
}

/// What holds a row.
pub(crate) enum Held {
    Cases(Vec<String>),
    /// It cannot be written, or rustc refuses it without our help.
    Rust,
    /// Our surface gives it a meaning.
    NoMistake,
    /// Only the value at run time decides.
    AtTheCall,
    Nothing,
}

impl Held {
    fn parse(cell: &str) -> Self {
        let reason = |word: &str| cell.strip_prefix(word).is_some_and(|reason| !reason.is_empty());
        match cell {
            _ if reason("Rust itself: ") => Self::Rust,
            _ if reason("No mistake here: ") => Self::NoMistake,
            _ if reason("At the call: ") => Self::AtTheCall,
            _ if cell.starts_with('`') => Self::Cases(
                cell.split(", ").map(|name| name.trim_matches('`').to_owned()).collect(),
            ),
            _ => Self::Nothing,
        }
    }
}

impl Source {
    /// Reads the page: a heading `## name: …` for each list, below it a table of row, mistake and what holds it.
    pub(crate) fn all(page: &Path) -> Vec<Self> {
        let page = fs::read_to_string(page).expect("readable");
        let mut sources: Vec<Self> = Vec::new();
        for line in page.lines() {
            if let Some((name, _)) =
                line.strip_prefix("## ").and_then(|heading| heading.split_once(':'))
            {
                sources.push(Self { name: name.to_owned(), rows: Vec::new() });
            }
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            if let ([row, _, held], Some(source)) = (cells.as_slice(), sources.last_mut())
                && row.starts_with('`')
            {
                source
                    .rows
                    .push(Row { name: row.trim_matches('`').to_owned(), held: Held::parse(held) });
            }
        }
        sources
    }

    fn count(&self, what: impl Fn(&Held) -> bool) -> usize {
        self.rows.iter().filter(|row| what(&row.held)).count()
    }
}

/// Returns where the page and the cases do not say the same.
pub(crate) fn faults(sources: &[Source], cases: &[Case]) -> Vec<String> {
    let mut faults = Vec::new();
    for (source, row) in
        sources.iter().flat_map(|source| source.rows.iter().map(move |row| (source, row)))
    {
        let cite = format!("{}:{}", source.name, row.name);
        match &row.held {
            Held::Nothing => faults.push(format!("{cite}: held by nothing")),
            Held::Cases(names) => faults.extend(
                names
                    .iter()
                    .filter(|name| {
                        !cases.iter().any(|case| case.name == **name && case.cites.contains(&cite))
                    })
                    .map(|name| format!("{cite}: there is no case {name} that cites it")),
            ),
            _ => {}
        }
    }

    let listed = |case: &Case, cite: &str| {
        let Some((source, row)) = cite.split_once(':') else { return cite == OURS };
        let mut rows = sources
            .iter()
            .filter(|s| s.name == source)
            .flat_map(|s| &s.rows)
            .filter(|r| r.name == row);
        rows.any(|row| matches!(&row.held, Held::Cases(names) if names.contains(&case.name)))
    };
    for case in cases {
        let missing = case.cites.iter().filter(|cite| !listed(case, cite));
        faults.extend(
            missing.map(|cite| format!("{}: cites {cite}, which does not list it", case.name)),
        );
    }
    faults
}

/// Counts rows and cases by source.
pub(crate) fn table(sources: &[Source], cases: &[Case]) -> String {
    let mut table = "\n| source | rows | held by cases | Rust itself | no mistake here | at the call | case files |\n\
                     |---|---|---|---|---|---|---|\n"
        .to_owned();
    let citing = |source: &str| {
        let cites = |cite: &String| {
            cite == source || cite.split_once(':').is_some_and(|(name, _)| name == source)
        };
        cases.iter().filter(|case| case.cites.iter().any(cites)).count()
    };
    for source in sources {
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} | {} |",
            source.name,
            source.rows.len(),
            source.count(|held| matches!(held, Held::Cases(_))),
            source.count(|held| matches!(held, Held::Rust)),
            source.count(|held| matches!(held, Held::NoMistake)),
            source.count(|held| matches!(held, Held::AtTheCall)),
            citing(&source.name),
        );
    }
    let _ = writeln!(table, "| {OURS} | | | | | | {} |", citing(OURS));
    let mistakes: usize = cases.iter().map(|case| case.mistakes).sum();
    let _ = writeln!(table, "\n{} cases, {mistakes} mistakes.", cases.len());
    table
}
