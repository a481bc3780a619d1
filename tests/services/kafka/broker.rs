//! One broker of Apache Kafka, which is a controller as well.

use std::fmt::Write as _;
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::support::java::{Java, KAFKA};
use crate::support::{Folder, Process, free_port};

/// From the start until others may use it; three seconds on a quiet machine.
const STARTING: Duration = Duration::from_secs(60);
/// From the word to the end, which it hastens after 20.
const STOPPING: Duration = Duration::from_secs(30);

/// A node of a cluster; what it wrote is gone when it is dropped, and not before.
pub(super) struct Broker {
    java: Java,
    node: usize,
    folder: Folder,
    process: Process,
}

/// Where a node listens.
#[derive(Clone, Copy)]
pub(super) struct Ports {
    pub(super) clients: u16,
    controllers: u16,
}

impl Ports {
    pub(super) fn free() -> Result<Self, String> {
        Ok(Self { clients: free_port()?, controllers: free_port()? })
    }
}

impl Broker {
    /// Starts the node of this number, counted from 1; it is not ready before its cluster is.
    pub(super) fn launch(java: &Java, node: usize, cluster: &[Ports]) -> Result<Self, String> {
        let folder = Folder::new("kafka")?;
        let path = folder.path().join("broker.properties");
        let data = folder.path().join("data");
        let settings = settings(node, cluster, &data.display().to_string());
        std::fs::write(&path, settings).map_err(|error| format!("{}: {error}", path.display()))?;
        let process = started(java, &folder)?;
        Ok(Self { java: java.clone(), node, folder, process })
    }

    /// Waits until the others know it and clients may use it.
    pub(super) async fn ready(&self) -> Result<(), String> {
        let said =
            async { self.process.line_with("Kafka Server started", STARTING).await.map(drop) };
        self.process.until_ready(said).await.map_err(|error| format!("node {}: {error}", self.node))
    }

    /// Ends it at once; what it had acknowledged and the kernel holds is still there.
    pub(super) fn kill(&mut self) {
        self.process.kill();
    }

    /// Makes it hang with all its connections, or lets it go on as if nothing had been.
    pub(super) fn freeze(&self, is_frozen: bool) -> Result<(), String> {
        self.process.freeze(is_frozen)
    }

    /// Starts it again after a kill, on the same ports and with what it had written.
    pub(super) async fn restart(&mut self) -> Result<(), String> {
        self.process = started(&self.java, &self.folder)?;
        self.ready().await
    }
}

fn started(java: &Java, folder: &Folder) -> Result<Process, String> {
    let path = folder.path().join("broker.properties");
    Process::start("the broker", java.command("Broker").arg(path))
}

/// Those that matter here; all others are Kafka's own.
fn settings(node: usize, cluster: &[Ports], data: &str) -> String {
    let ports = &cluster[node - 1];
    let voters = cluster.iter().enumerate().map(|(at, ports)| (at + 1, ports.controllers));
    let voters: Vec<_> = voters.map(|(node, port)| format!("{node}@127.0.0.1:{port}")).collect();
    let (replicas, in_sync) = if cluster.len() < 3 { (1, 1) } else { (3, 2) };
    let mut settings = String::from(COMMON);
    let (clients, controllers, voters) = (ports.clients, ports.controllers, voters.join(","));
    _ = write!(
        settings,
        "\
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{clients},CONTROLLER://127.0.0.1:{controllers}
advertised.listeners=PLAINTEXT://127.0.0.1:{clients}
log.dirs={data}
offsets.topic.replication.factor={replicas}
transaction.state.log.replication.factor={replicas}
transaction.state.log.min.isr={in_sync}
default.replication.factor={replicas}
min.insync.replicas={in_sync}
"
    );
    settings
}

const COMMON: &str = "\
process.roles=broker,controller
controller.listener.names=CONTROLLER
auto.create.topics.enable=false
# One partition of its own topics each, and few threads: three of them share two cores.
offsets.topic.num.partitions=1
transaction.state.log.num.partitions=1
num.network.threads=1
num.io.threads=2
log.cleaner.dedupe.buffer.size=2097152
# One that was killed is gone after a second, and may come back.
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=200
controller.quorum.election.timeout.ms=500
controller.quorum.fetch.timeout.ms=1000
# A transaction that nobody finishes is looked for as often.
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
";

/// The programs of the `broker` folder, with an archive of what a broker loads.
pub(super) async fn java() -> Result<Java, String> {
    static JAVA: OnceCell<Result<Java, String>> = OnceCell::const_new();
    let make = async || Java::of(&KAFKA, "broker").await?.archived(learn).await;
    JAVA.get_or_init(make).await.clone()
}

async fn learn(java: Java) -> Result<(), String> {
    let mut broker = Broker::launch(&java, 1, &[Ports::free()?])?;
    broker.ready().await?;
    broker.process.stop(STOPPING).await
}
