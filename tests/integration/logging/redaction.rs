//! A redaction that cannot be is refused when the hub is built, with its place and the repair.

use feign::log::Redaction;
use feign::mock::Mock;

fn refused(say: impl FnOnce(Redaction) -> Redaction) -> String {
    Mock::new().hub().redact(say).build().unwrap_err().to_string()
}

#[test]
fn what_is_no_header() {
    let error = refused(|r| r.header("x session\n"));
    assert_eq!(error, r"`redact`: `x session\n` is not a header name");
}

#[test]
fn what_is_no_pointer() {
    let error = refused(|r| r.pointer("cards/0"));
    assert_eq!(error, "`redact`: `cards/0` is not a JSON pointer, which begins with `/`");
}

#[test]
fn the_first_mistake_is_named() {
    let error = refused(|r| r.pointer("cards").header("a b"));
    assert!(error.contains("`cards`") && !error.contains("a b"), "{error}");
    // And what is said later does not undo it.
    let error = Mock::new().hub().redact(|r| r.header("a b")).redact(|r| r.query("sig")).build();
    assert!(error.unwrap_err().to_string().contains("`a b`"));
}
