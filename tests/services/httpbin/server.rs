//! go-httpbin as a system.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::support::{Process, System, free_port, go, until_listening};

const PACKAGE: &str = "github.com/mccutchen/go-httpbin/v2/cmd/go-httpbin";
const VERSION: &str = "v2.26.0";

/// From the start to the first connection; a tenth of a second on a quiet machine.
const LIMIT: Duration = Duration::from_secs(10);

/// It speaks plain HTTP.
pub(crate) struct Httpbin {
    program: PathBuf,
    process: Process,
    port: u16,
}

/// It speaks TLS, and HTTP/2 to those who want it.
pub(crate) struct SecureHttpbin {
    _process: Process,
    port: u16,
    /// Whom to trust, as PEM.
    pub(crate) certificate: Vec<u8>,
}

impl System for Httpbin {
    async fn start() -> Result<Self, String> {
        let program = go::install(PACKAGE, VERSION).await?;
        let (process, port) = started_anywhere(&program, &[]).await?;
        Ok(Self { program, process, port })
    }
}

impl System for SecureHttpbin {
    async fn start() -> Result<Self, String> {
        let program = go::install(PACKAGE, VERSION).await?;
        let folder = go::certificate().await?;
        let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        let files: [&OsStr; 4] = [
            "-https-cert-file".as_ref(),
            certificate.as_ref(),
            "-https-key-file".as_ref(),
            key.as_ref(),
        ];
        let (process, port) = started_anywhere(&program, &files).await?;
        let certificate = std::fs::read(certificate).map_err(|error| error.to_string())?;
        Ok(Self { _process: process, port, certificate })
    }
}

impl SecureHttpbin {
    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }
}

impl Httpbin {
    /// Its base URL.
    pub(crate) fn url(&self) -> String {
        self.url_as("127.0.0.1")
    }

    /// The same by another name of the host, which is another origin.
    pub(crate) fn url_as(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
    }

    pub(crate) fn authority(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A second one, for a scene that kills it.
    pub(crate) async fn another(&self) -> Result<Self, String> {
        let program = self.program.clone();
        let (process, port) = started_anywhere(&program, &[]).await?;
        Ok(Self { program, process, port })
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again after a kill, on the same port.
    pub(crate) async fn start_again(&mut self) -> Result<(), String> {
        self.process = started(&self.program, self.port, &[]).await?;
        Ok(())
    }

    /// Waits for the line that it logs at the end of the request whose target holds `part`.
    pub(crate) async fn logged(&self, part: &str) -> Result<String, String> {
        self.process.line_with(part, LIMIT).await
    }
}

async fn started_anywhere(program: &Path, more: &[&OsStr]) -> Result<(Process, u16), String> {
    let mut outcome = Err(String::new());
    // A free port can be taken by somebody else before it listens there.
    for _ in 0..3 {
        let port = free_port()?;
        outcome = started(program, port, more).await.map(|process| (process, port));
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

async fn started(program: &Path, port: u16, more: &[&OsStr]) -> Result<Process, String> {
    let mut command = Command::new(program);
    command.args(["-host", "127.0.0.1", "-port", &port.to_string()]).args(more);
    let process = Process::start("go-httpbin", &mut command)?;
    process.until_ready(until_listening(port, LIMIT)).await?;
    Ok(process)
}

/// What most of its answers tell of the request.
#[derive(Debug, Deserialize)]
pub(crate) struct Echo {
    pub(crate) method: String,
    pub(crate) url: String,
    #[serde(default)]
    pub(crate) args: Values,
    pub(crate) headers: Values,
    /// The body, as text or as a `data:` URL.
    #[serde(default)]
    pub(crate) data: String,
    #[serde(default)]
    pub(crate) files: Values,
    #[serde(default)]
    pub(crate) form: Values,
    #[serde(default)]
    pub(crate) json: serde_json::Value,
}

pub(crate) type Values = BTreeMap<String, Vec<String>>;

impl Echo {
    /// The one value of a header, by the name that Go gives it: `Content-Type`.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        match self.headers.get(name).map(Vec::as_slice) {
            Some([value]) => value,
            other => panic!("`{name}` came as {other:?}, all headers as {:?}", self.headers),
        }
    }
}

/// Values as they are expected.
pub(crate) fn values(pairs: &[(&str, &[&str])]) -> Values {
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    pairs.iter().map(|&(name, texts)| (name.to_owned(), owned(texts))).collect()
}
