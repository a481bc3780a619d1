//! A case: a file with one mistake, and what the compiler is expected to say to it.

use std::fs;
use std::path::{Path, PathBuf};

/// The source of a case that no list names.
pub(crate) const OURS: &str = "ours";

pub(crate) struct Case {
    /// Its topic and mistake: `path/no_leading_slash`.
    pub(crate) name: String,
    /// Rows of lists, each as `source:row`; or [`OURS`].
    pub(crate) cites: Vec<String>,
    /// How many mistakes the file holds.
    pub(crate) mistakes: usize,
    /// What one of the errors says, where the others are those of another macro that runs first.
    pub(crate) among_others: Option<String>,
    /// The code of an error about an ordinary expression of the user's, which rustc explains better than a macro.
    pub(crate) own_words: Option<String>,
    pub(crate) text: String,
    /// Empty while it has not been blessed.
    pub(crate) stderr: String,
}

impl Case {
    /// Returns the cases below `root`, sorted by name.
    pub(crate) fn all(root: &Path) -> Vec<Self> {
        let mut cases: Vec<Self> = files(&root.join("cases"))
            .iter()
            .flat_map(|topic| files(topic))
            .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
            .map(|file| Self::read(root, &file))
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        cases
    }

    fn read(root: &Path, file: &Path) -> Self {
        let name = file.strip_prefix(root.join("cases")).expect("below cases/").with_extension("");
        let name = name.to_str().expect("ASCII").replace('\\', "/");
        let text = fs::read_to_string(file).expect("readable");
        let stderr = fs::read_to_string(file.with_extension("stderr")).unwrap_or_default();

        let mut lines = text.lines().take(2);
        let cites = lines.next().and_then(|line| line.strip_prefix("//! sources: "));
        let cites = cites
            .unwrap_or_else(|| panic!("{name}: its first line is `//! sources: issue:no-verb, …`"));
        let cites = cites.split(", ").map(str::to_owned).collect();
        let second = lines.next().unwrap_or_default();
        let mistakes = second
            .strip_prefix("//! mistakes: ")
            .map_or(1, |number| number.parse().expect("a number"));
        let own_words = second.strip_prefix("//! in rustc's own words: ").map(str::to_owned);
        let among_others = second.strip_prefix("//! among others: ").map(str::to_owned);

        Self { name, cites, mistakes, among_others, own_words, text, stderr }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("readable").path()).collect()
}
