//! Reads requests of HTTP/1.1 (RFC 9112).

use std::io;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, Version};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _};

/// No head of a request is longer, and no line of it.
const LONGEST_HEAD: u64 = 1 << 20;

/// Reads a request; `None` where the peer has none more.
pub(super) async fn request(
    stream: &mut (impl AsyncBufRead + Unpin),
) -> io::Result<Option<Request<Bytes>>> {
    let mut left = LONGEST_HEAD;
    let first = line(stream, &mut left).await?;
    if first.is_empty() {
        return Ok(None);
    }
    let mut request = Request::new(Bytes::new());
    let mut words = first.splitn(3, |byte| *byte == b' ');
    let mut word = || words.next().unwrap_or_default();
    *request.method_mut() = Method::from_bytes(word()).map_err(|_| wrong("its method"))?;
    *request.uri_mut() = Uri::try_from(word()).map_err(|_| wrong("its target"))?;
    *request.version_mut() = match word() {
        b"HTTP/1.1" => Version::HTTP_11,
        b"HTTP/1.0" => Version::HTTP_10,
        _ => return Err(wrong("its version")),
    };
    loop {
        let line = line(stream, &mut left).await?;
        if line.is_empty() {
            break;
        }
        let (name, value) = header(&line).ok_or_else(|| wrong("a header"))?;
        request.headers_mut().append(name, value);
    }
    *request.body_mut() = body(stream, request.headers()).await?;
    Ok(Some(request))
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    let value = HeaderValue::from_bytes(value.get(1..)?.trim_ascii()).ok()?;
    Some((HeaderName::from_bytes(name).ok()?, value))
}

async fn body(stream: &mut (impl AsyncBufRead + Unpin), headers: &HeaderMap) -> io::Result<Bytes> {
    let mut body = Vec::new();
    if headers.contains_key(TRANSFER_ENCODING) {
        loop {
            let size = chunk_size(&line(stream, &mut LONGEST_HEAD.clone()).await?)?;
            if size == 0 {
                break;
            }
            exactly(stream, size, &mut body).await?;
            line(stream, &mut LONGEST_HEAD.clone()).await?;
        }
        // Trailers, and the empty line behind them.
        while !line(stream, &mut LONGEST_HEAD.clone()).await?.is_empty() {}
    } else if let Some(length) = headers.get(CONTENT_LENGTH) {
        let length = length.to_str().ok().and_then(|length| length.parse().ok());
        exactly(stream, length.ok_or_else(|| wrong("its length"))?, &mut body).await?;
    }
    Ok(body.into())
}

fn chunk_size(line: &[u8]) -> io::Result<u64> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let digits = std::str::from_utf8(digits).ok();
    digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()).ok_or_else(|| wrong("a chunk"))
}

/// Room is made for what comes, not for what is said to come.
async fn exactly(
    stream: &mut (impl AsyncBufRead + Unpin),
    length: u64,
    into: &mut Vec<u8>,
) -> io::Result<()> {
    let read = stream.take(length).read_to_end(into).await?;
    if read as u64 == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Reads a line without its end; empty too where nothing comes any more.
async fn line(stream: &mut (impl AsyncBufRead + Unpin), left: &mut u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    *left -= stream.take(*left).read_until(b'\n', &mut line).await? as u64;
    match line.pop() {
        None if *left > 0 => return Ok(line),
        Some(b'\n') => {}
        _ if *left == 0 => return Err(wrong("its head, which is too long")),
        _ => return Err(io::ErrorKind::UnexpectedEof.into()),
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut text: &[u8]) -> io::Result<Option<Request<Bytes>>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(request(&mut text))
    }

    #[test]
    fn a_request_is_read() {
        let text = b"PUT /a?b=c HTTP/1.1\r\nHost: h\r\nX-A:  1 \r\nContent-Length: 3\r\n\r\nabcGET";
        let request = read(text).unwrap().unwrap();
        assert_eq!((request.method(), request.uri()), (&Method::PUT, &Uri::from_static("/a?b=c")));
        assert_eq!(request.headers()["x-a"], "1");
        assert_eq!(request.body(), "abc");
        let text = b"POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nx: y\r\n\r\n";
        let request = read(text).unwrap().unwrap();
        assert_eq!(
            (request.version(), &**request.body()),
            (Version::HTTP_10, &b"abc0123456789"[..])
        );
        assert!(read(b"").unwrap().is_none());
    }

    #[test]
    fn noise_is_an_error() {
        for (text, kind) in [
            (&b"\x16\x03\x01\x00\n"[..], io::ErrorKind::InvalidData),
            (b"GET / HTTP/3\r\n\r\n", io::ErrorKind::InvalidData),
            (b"GET /\x7f HTTP/1.1\r\n\r\n", io::ErrorKind::InvalidData),
            (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", io::ErrorKind::InvalidData),
            (b"GET / HTTP/1.1\r\na b: c\r\n\r\n", io::ErrorKind::InvalidData),
            (b"POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n", io::ErrorKind::InvalidData),
            (
                b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxx\r\n",
                io::ErrorKind::InvalidData,
            ),
            (
                b"POST / HTTP/1.1\r\ncontent-length: 18446744073709551615\r\n\r\nabc",
                io::ErrorKind::UnexpectedEof,
            ),
            (b"GET / HT", io::ErrorKind::UnexpectedEof),
        ] {
            assert_eq!(read(text).unwrap_err().kind(), kind, "{}", text.escape_ascii());
        }
        let endless = [b"GET / HTTP/1.1\r\n".as_slice(), &vec![b'a'; 2 << 20]].concat();
        assert_eq!(read(&endless).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
