//! The official examples of RFC 6570, each cut by the compiler: `feign::__template!` is the cutter of
//! a declared method, so the cases are Rust code, written from `tests/data/uri-template`.

mod generate;
// What `generate` writes; rustfmt would break lines that it cannot know how to break.
#[rustfmt::skip]
mod spec_examples;
#[rustfmt::skip]
mod spec_examples_by_section;

/// Holds an expansion to the texts of which any one is right.
#[track_caller]
fn check(template: &str, expanded: Result<String, feign::Error>, right: &[&str]) {
    match expanded {
        Ok(text) => assert!(right.contains(&&*text), "{template}: {text} is none of {right:?}"),
        Err(error) => panic!("{template}: {error}"),
    }
}
