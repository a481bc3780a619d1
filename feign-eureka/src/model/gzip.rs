//! Answers that come compressed: only what was asked for, `gzip`, and only as much as is believable.

use std::borrow::Cow;
use std::io::{self, Read as _};

use flate2::bufread::MultiGzDecoder;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// No registry is larger: one of 10 000 instances has about 12 MB.
const MOST: u64 = 256 << 20;

/// deflate makes no more of a byte than this (zlib's technical details).
const MOST_OF_A_BYTE: usize = 1032;

/// Returns the bytes as they were before compression. Where the transport has decoded them, it has
/// taken the header away.
pub(super) fn plain<'b>(headers: &HeaderMap, body: &'b [u8]) -> io::Result<Cow<'b, [u8]>> {
    let coding = headers.get(CONTENT_ENCODING).map(|coding| coding.as_bytes().trim_ascii());
    let is_gzip = |coding: &[u8]| {
        coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip")
    };
    if body.is_empty() || !coding.is_some_and(is_gzip) {
        return Ok(Cow::Borrowed(body));
    }
    let mut whole = Vec::with_capacity(room(body));
    let read = MultiGzDecoder::new(body).take(MOST + 1).read_to_end(&mut whole)?;
    if read as u64 > MOST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("more than {MOST} bytes after decompression"),
        ));
    }
    Ok(Cow::Owned(whole))
}

/// What the end of the body says of its length (RFC 1952 §2.3.1), where that can be.
fn room(body: &[u8]) -> usize {
    let said = body.last_chunk().map_or(0, |last| u32::from_le_bytes(*last)) as usize;
    let most = body.len().saturating_mul(MOST_OF_A_BYTE);
    if said <= most && said as u64 <= MOST { said } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_room_is_made_for_a_lie() {
        let mut body = vec![0; 8 << 20];
        let end = body.len() - 4;
        for (said, room_for) in [(12 << 20, 12 << 20), (MOST as u32, MOST as usize), (u32::MAX, 0)]
        {
            body[end..].copy_from_slice(&said.to_le_bytes());
            assert_eq!(room(&body), room_for);
        }
        assert_eq!(room(&u32::MAX.to_le_bytes()), 0);
        assert_eq!(room(&[]), 0);
    }
}
