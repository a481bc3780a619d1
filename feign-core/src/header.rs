//! Headers as they may be sent.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, PROXY_AUTHORIZATION, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue};

/// Makes a value of a text, or says why it cannot be sent.
///
/// Other bytes than these are allowed by RFC 9110 §5.5, but mean something else to everybody; and what
/// stands at either end would be taken away. Credentials are marked, so that nobody shows them.
pub(crate) fn value<T>(name: &HeaderName, text: T) -> Result<HeaderValue, &'static str>
where
    T: AsRef<str> + TryInto<HeaderValue>,
{
    check_name(name)?;
    let plain = text.as_ref();
    let blank = |end: Option<&u8>| matches!(end, Some(b' ' | b'\t'));
    if blank(plain.as_bytes().first()) || blank(plain.as_bytes().last()) {
        return Err("a header's value neither begins nor ends with a space or a tab");
    }
    let value = if plain.is_ascii() { text.try_into().ok() } else { None };
    let mut value = value.ok_or("a header holds visible ASCII characters, spaces and tabs only")?;
    if *name == AUTHORIZATION || *name == PROXY_AUTHORIZATION || *name == COOKIE {
        value.set_sensitive(true);
    }
    Ok(value)
}

/// Refuses what would cut the message elsewhere than where it ends.
pub(crate) fn check_name(name: &HeaderName) -> Result<(), &'static str> {
    if *name == CONTENT_LENGTH || *name == TRANSFER_ENCODING {
        return Err("the transport writes it, which knows the body");
    }
    Ok(())
}
