//! What the first thread of a program costs, beside the others.

use crate::{Program, Result, callgrind::total};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is counted of a program with threads, on average per call.
#[derive(Clone, Copy, Debug)]
pub struct Threads {
    /// Instructions of the first thread.
    pub first: f64,
    /// Instructions of all of them.
    pub all: f64,
    /// How often the first asked for memory, as the program itself counts.
    pub allocations: f64,
    /// How often the first asked the heap, from C as well.
    pub heap: f64,
}

impl Program {
    /// Measures as [`cost`](Self::cost) does, each thread by itself; of `rounds` rounds the median counts, since threads
    /// meet as luck has it. The heap is left as users have it: with the setting that makes it steady, one of C's headers
    /// alone costs 650 instructions instead of 350.
    ///
    /// # Errors
    /// When the program fails, or there is no valgrind.
    pub fn threads(
        &self,
        arguments: impl Fn(u32) -> Vec<String>,
        count: u32,
        rounds: usize,
    ) -> Result<Threads> {
        let round = |_| {
            let once = self.count_threads(&arguments(count))?;
            let twice = self.count_threads(&arguments(2 * count))?;
            let per_call = |of: fn(&Threads) -> f64| (of(&twice) - of(&once)) / f64::from(count);
            Ok(Threads::each(per_call))
        };
        let rounds: Vec<Threads> = (0..rounds).map(round).collect::<Result<_>>()?;
        Ok(Threads::each(|of| median(rounds.iter().map(of))))
    }

    fn count_threads(&self, arguments: &[String]) -> Result<Threads> {
        let separate = |command: &mut Command| {
            command.arg("--separate-threads=yes");
        };
        let (profile, allocations) = self.profile(arguments, separate)?;
        let profiles = take_profiles(&profile)?;
        let first = profiles.first().ok_or("callgrind wrote no profile of a thread")?;
        let all = profiles.iter().map(|(_, total)| total).sum();
        Ok(Threads { first: first.1, all, allocations, heap: heap_calls(&first.0) as f64 })
    }
}

impl Threads {
    /// Makes one of what is made of each number.
    fn each(make: impl Fn(fn(&Self) -> f64) -> f64) -> Self {
        Self {
            first: make(|threads| threads.first),
            all: make(|threads| threads.all),
            allocations: make(|threads| threads.allocations),
            heap: make(|threads| threads.heap),
        }
    }
}

/// The number in the middle.
#[must_use]
pub fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Reads the profiles of all threads, the first one's first, and deletes them: the next run may have fewer.
fn take_profiles(profile: &Path) -> Result<Vec<(String, f64)>> {
    let name = profile.file_name().unwrap_or_default().to_string_lossy().into_owned() + "-";
    let folder = profile.parent().ok_or("the profile lies in no folder")?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&name) {
            paths.push(entry.path());
        }
    }
    paths.sort();
    let read = paths.iter().map(|path| {
        let profile = (fs::read_to_string(path)?, total(path)?);
        fs::remove_file(path)?;
        Ok(profile)
    });
    read.collect()
}

/// Adds up the calls of the heap's functions. A function's name stands behind its number, once.
fn heap_calls(profile: &str) -> u64 {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let (mut calls, mut is_heap) = (0, false);
    for line in profile.lines() {
        if let Some(function) = line.strip_prefix("cfn=").or_else(|| line.strip_prefix("fn=")) {
            let (number, name) = function.split_once(' ').unwrap_or((function, ""));
            if !name.is_empty() {
                names.insert(number, name);
            }
            let name = names.get(number).copied().unwrap_or_default();
            is_heap = line.starts_with('c') && is_heap_function(name);
        } else if let Some(count) = line.strip_prefix("calls=").filter(|_| is_heap) {
            calls += count.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        }
    }
    calls
}

fn is_heap_function(name: &str) -> bool {
    matches!(name, "malloc" | "calloc" | "realloc" | "posix_memalign" | "aligned_alloc")
}
