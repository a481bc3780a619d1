//! The brokers that are published to.

use feign_benches::{Program, Result};
use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

/// The C client's own mock of a broker, in a process of its own: what it costs is nobody's.
#[derive(Debug)]
pub(crate) struct Mock {
    pub(crate) servers: String,
    child: Child,
}

impl Mock {
    pub(crate) fn start(program: &Program) -> Result<Self> {
        let mut child =
            program.command(&["mock", ""]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().ok_or("the mock has no output")?;
        let mut servers = String::new();
        BufReader::new(out).read_line(&mut servers)?;
        Ok(Self { servers: servers.trim().to_owned(), child })
    }
}

/// It ends with its input.
impl Drop for Mock {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// A topic of a real broker, which is taken away in the end.
#[derive(Debug)]
pub(crate) struct Topic<'a> {
    pub(crate) servers: String,
    program: &'a Program,
}

impl<'a> Topic<'a> {
    /// Makes it on the broker at `FEIGN_KAFKA`; `None`, and says so, where that is not set.
    pub(crate) fn make(program: &'a Program) -> Result<Option<Self>> {
        let Ok(servers) = env::var("FEIGN_KAFKA") else {
            println!("left out: a real broker, since FEIGN_KAFKA (host:port) is not set");
            return Ok(None);
        };
        if !program.command(&["make-topic", &servers]).status()?.success() {
            return Err(format!("no topic can be made at `{servers}`").into());
        }
        Ok(Some(Self { servers, program }))
    }
}

impl Drop for Topic<'_> {
    fn drop(&mut self) {
        let _ = self.program.command(&["drop-topic", &self.servers]).status();
    }
}
