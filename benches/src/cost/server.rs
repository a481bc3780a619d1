//! A server that answers as fast as it can; it runs in the driver, so that the measured process
//! holds the client only.

use std::{
    io::{self, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

const ITEM: &str = concat!(
    r#"{"id":1042,"sku":"A-1042","name":"Green tea, loose","price":1250,"currency":"EUR","#,
    r#""stock":17,"tags":["tea","loose"],"updated":"2026-11-22T10:00:00Z"}"#,
);

/// Starts the server and returns its base URL; it ends with the process.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    Ok(base)
}

/// Answers until the client hangs up, which it also does in the middle of a head.
fn serve(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut output = stream.try_clone()?;
    let mut input = BufReader::new(stream);
    loop {
        let (request_line, length) = read_head(&mut input)?;
        let mut body = vec![0; length];
        input.read_exact(&mut body)?;
        send(&mut output, &answer(&request_line, body))?;
    }
}

/// Sends a long answer in pieces of one segment, each when the client waits for it: how often a client is woken that
/// reads while it is sent would be chance, and most of what is counted.
#[expect(clippy::disallowed_methods, reason = "a thread of the server's own")]
fn send(output: &mut TcpStream, answer: &[u8]) -> io::Result<()> {
    const LONG: usize = 2_000_000;
    const PIECE: usize = 32 * 1024;
    const PACE: Duration = Duration::from_millis(1);
    if answer.len() < LONG {
        return output.write_all(answer);
    }
    for piece in answer.chunks(PIECE) {
        output.write_all(piece)?;
        thread::sleep(PACE);
    }
    Ok(())
}

/// Reads the request line and the length of the body that follows the head.
fn read_head(input: &mut impl io::BufRead) -> io::Result<(String, usize)> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == "\r\n" {
            break;
        }
        lines.push(line.to_ascii_lowercase());
    }
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length:"));
    let length = length.map_or(Ok(0), |length| length.trim().parse()).map_err(io::Error::other)?;
    Ok((lines.swap_remove(0), length))
}

/// Head and body in one piece: a client that is woken twice does more work than one that is woken
/// once.
fn answer(request_line: &str, body: Vec<u8>) -> Vec<u8> {
    let (status, body) = match request_line.split(' ').collect::<Vec<_>>()[..] {
        ["get", path, _] if is_item(path) => ("200 OK", ITEM.as_bytes().to_vec()),
        ["post", "/api/v1/orders" | "/api/v1/batches", _] => ("201 Created", body),
        ["post", "/api/v1/addresses" | "/api/v1/pictures", _] => {
            ("201 Created", ITEM.as_bytes().to_vec())
        }
        ["get", "/api/v1/export", _] => ("200 OK", vec![b'x'; 10_000_000]),
        ["get", "/api/v1/lines", _] => ("200 OK", format!("{ITEM}\n").repeat(10_000).into_bytes()),
        _ => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         date: Sun, 22 Nov 2026 10:00:00 GMT\r\n\r\n",
        body.len()
    );
    [head.into_bytes(), body].concat()
}

fn is_item(path: &str) -> bool {
    path.strip_prefix("/api/v1/items/").and_then(|rest| rest.strip_suffix("?q=tea")).is_some()
}
