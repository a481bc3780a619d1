//! Any bytes as JSON lines: what is read is what each line says, the errors stand at the lines that say
//! nothing, and no piece of the network changes that.
#![no_main]

use feign::{Error, Ndjson};
use feign_fuzz::stream::{items, outcome, value};
use feign_fuzz::{BODY_LIMIT, Wire, hub};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[feign::client]
trait Lines {
    #[get("/")]
    async fn lines(&self) -> Result<Ndjson<Value>, Error>;
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n";

fuzz_target!(|input: &[u8]| {
    let wire = Wire::with_head(HEAD, input);
    let body = wire.bytes()[HEAD.len()..].to_vec();
    let ends = wire.ends();
    let found = outcome(async {
        let client: LinesClient = hub(wire).build()?.client_at("http://h.example")?;
        let mut lines = client.lines().await?;
        Ok(items(async || lines.next().await, body.len()).await)
    });
    let mut wanted = body.split_inclusive(|byte| *byte == b'\n');
    for item in found {
        let line = loop {
            match wanted.next() {
                Some(line) if is_blank(line) && line.ends_with(b"\n") => {}
                line => break line.unwrap_or_default(),
            }
        };
        match item {
            Ok(item) => assert_eq!(Some(item), value(line)),
            Err(error) if error.is_timeout() => {
                assert!(!ends && !line.ends_with(b"\n"), "{error:?}");
                return;
            }
            Err(error) if error.is_too_large() => {
                assert!(line.len() >= BODY_LIMIT, "{} bytes: {error:?}", line.len());
                return;
            }
            Err(error) => {
                assert!(error.is_decode() && value(line).is_none(), "{error:?}");
            }
        }
    }
    let left: Vec<u8> = wanted.flatten().copied().collect();
    assert!(is_blank(&left), "a line was not read: {left:?}");
});

/// What JSON calls whitespace.
fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}
