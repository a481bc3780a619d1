//! Compiles every case and compares what rustc says with the file beside it.
//!
//! Bless with `TRYBUILD=overwrite cargo test -p feign-ui-tests --test ui`, then read what changed.

#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("cases/*/*.rs");
}
