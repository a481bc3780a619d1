//! Rules for what stands in string literals.

/// RFC 6901, 3: `""` or a sequence of `/token`, where `~` is written `~0` and `/` is written `~1`.
pub(super) fn check_pointer(pointer: &str) -> Result<(), String> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(format!(
            "`{pointer}` is no JSON pointer, which begins with `/`; write `#[code(\"/{pointer}\")]`"
        ));
    }
    if pointer.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
        return Err(format!(
            "`{pointer}` is no JSON pointer: `~` begins an escape there; write `~0` for `~` and `~1` for `/`"
        ));
    }
    Ok(())
}

/// RFC 9110, 5.1: the name of a header is a token. Returns it in lower case.
pub(super) fn check_header_name(name: &str) -> Result<String, String> {
    if !name.is_empty() && name.bytes().all(is_token) {
        return Ok(name.to_ascii_lowercase());
    }
    Err(format!(
        "`{}` cannot be the name of a header, which is made of letters, digits and signs such as `-`; write it like \
         `#[header(\"x-code\")]`",
        name.escape_default()
    ))
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
