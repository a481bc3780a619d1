//! knot as a system: a name server for the zone `svc.test`, which takes dynamic updates (RFC 2136).

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hickory_resolver::proto::op::{Edns, Message, Query};
use hickory_resolver::proto::rr::{Name, RecordType};
use tokio::net::UdpSocket;
use tokio::time::timeout;

use crate::support::{Folder, Process, System, free_port, until_listening};

/// From the start to the first connection; a tenth of a second on a quiet machine.
const STARTING: Duration = Duration::from_secs(10);
/// For one update; some milliseconds on a quiet machine.
const UPDATING: Duration = Duration::from_secs(10);

/// Every record ends with its serial, of which dynamic updates keep count.
const ZONE: &str = "\
$ORIGIN svc.test.
@ 0 SOA ns hostmaster 1 3600 600 86400 0
@ 0 NS ns
ns 0 A 127.0.0.1
";

/// A name server.
pub(crate) struct Knot {
    process: Process,
    folder: Folder,
    port: u16,
}

impl System for Knot {
    async fn start() -> Result<Self, String> {
        let mut outcome = Err(String::new());
        // A free port can be taken by somebody else before it listens there.
        for _ in 0..3 {
            outcome = Self::launch(free_port()?).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }
}

impl Knot {
    async fn launch(port: u16) -> Result<Self, String> {
        let folder = Folder::new("knot")?;
        let says = |error: std::io::Error| format!("{}: {error}", folder.path().display());
        std::fs::write(folder.path().join("svc.zone"), ZONE).map_err(says)?;
        let shown = folder.path().display();
        // Zones change by updates only, of which the journal keeps count over a restart.
        let configuration = format!(
            "\
server:
    listen: 127.0.0.1@{port}
    rundir: {shown}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: {shown}
log:
  - target: stderr
    any: info
acl:
  - id: us
    address: 127.0.0.1
    action: update
zone:
  - domain: svc.test
    storage: {shown}
    file: svc.zone
    zonefile-sync: -1
    acl: us
"
        );
        std::fs::write(folder.path().join("knot.conf"), configuration).map_err(says)?;
        let process = started(folder.path(), port).await?;
        Ok(Self { process, folder, port })
    }

    pub(super) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Changes the zone in one step: `add orders.svc.test. 0 A 127.0.0.1`, `del orders.svc.test. A`.
    pub(super) async fn update(&self, changes: &[&str]) {
        let lines: String = changes.iter().map(|change| format!("update {change}\n")).collect();
        let script = format!("server 127.0.0.1 {}\nzone svc.test.\n{lines}send\nquit\n", self.port);
        let path = self.folder.path().join("update");
        std::fs::write(&path, script).unwrap();
        let mut command = tokio::process::Command::new("knsupdate");
        let ended = timeout(UPDATING, command.arg(&path).kill_on_drop(true).output()).await;
        let output = ended.expect("an update in time").unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{changes:?}: {said}{errors}");
    }

    /// Asks by UDP, by hand, and returns the whole answer. Without `size` the limit is that of RFC 1035.
    pub(super) async fn ask(&self, name: &str, kind: RecordType, size: Option<u16>) -> Message {
        let mut question = Message::query();
        question.add_query(Query::query(Name::from_ascii(name).unwrap(), kind));
        if let Some(size) = size {
            let mut edns = Edns::new();
            edns.set_max_payload(size);
            question.set_edns(edns);
        }
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.send_to(&question.to_vec().unwrap(), self.address()).await.unwrap();
        let mut buffer = [0; 4096];
        let length = timeout(UPDATING, socket.recv(&mut buffer)).await.expect("an answer").unwrap();
        Message::from_vec(&buffer[..length]).unwrap()
    }

    /// Ends it at once.
    pub(super) fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again after a kill: same port, same records.
    pub(super) async fn start_again(&mut self) {
        self.process = started(self.folder.path(), self.port).await.unwrap();
    }
}

async fn started(folder: &Path, port: u16) -> Result<Process, String> {
    let is_there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    // The second one is not in everybody's PATH.
    let knotd = ["knotd", "/usr/sbin/knotd"].into_iter().find(|program| is_there(program));
    let (Some(knotd), true) = (knotd, is_there("knsupdate")) else {
        return Err("knot is not there: apt-get install knot knot-dnsutils".to_owned());
    };
    let process =
        Process::start("knotd", Command::new(knotd).arg("-c").arg(folder.join("knot.conf")))?;
    process.until_ready(until_listening(port, STARTING)).await?;
    Ok(process)
}
