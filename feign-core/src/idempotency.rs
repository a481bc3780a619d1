//! Keys by which a server knows a repeated request.

use http::HeaderValue;

use crate::error::BoxError;

/// Makes a random key.
pub(crate) fn key() -> Result<HeaderValue, BoxError> {
    Ok(HeaderValue::try_from(uuid()?)?)
}

/// Makes a version 4 UUID (RFC 9562 §5.4).
pub(crate) fn uuid() -> Result<String, BoxError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let number = u128::from_be_bytes(bytes);
    Ok(format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        number >> 96,
        number >> 80 & 0xffff,
        number >> 64 & 0xffff,
        number >> 48 & 0xffff,
        number & 0xffff_ffff_ffff
    ))
}
