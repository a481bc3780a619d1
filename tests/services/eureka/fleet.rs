//! Services of ours, each a process of its own, registered as `inventory`.

use std::time::Duration;

use super::server::ids_if;
use crate::support::eureka::{EurekaServer, client};
use crate::support::{Process, helper, until};

/// Many times as long as a registration takes.
const LIMIT: Duration = Duration::from_secs(20);

/// How long one stays after it is out of service: Java asks the registry every second, and keeps what it
/// picks from for one more.
pub(super) const WAIT: Duration = Duration::from_secs(5);

/// One instance. It is killed where nothing else is said.
pub(super) struct Instance {
    pub(super) id: &'static str,
    pub(super) url: String,
    process: Process,
}

impl Instance {
    /// Starts one that registers at the first of these URLs that answers.
    pub(super) async fn start(id: &'static str, registries: &[String]) -> Self {
        let wait = WAIT.as_millis().to_string();
        let started = helper("inventory", &[id, &registries.join(","), &wait]).await;
        let (process, url) = started.unwrap();
        Self { id, url, process }
    }

    /// Starts three, and waits until a server lists them.
    pub(super) async fn three(server: &EurekaServer, registries: &[String]) -> [Self; 3] {
        let start = |id| Self::start(id, registries);
        let (a, b, c) = tokio::join!(start("a"), start("b"), start("c"));
        listed(server, &["a", "b", "c"]).await;
        [a, b, c]
    }

    /// Tells it to leave; it takes its time.
    pub(super) async fn leave(&self) {
        let told = client().unwrap().post(format!("{}/leave", self.url)).send().await.unwrap();
        assert_eq!(told.status(), 202);
    }

    /// Waits until it has left and ended by itself.
    pub(super) async fn ended(&mut self) {
        let status = self.process.end(LIMIT).await.unwrap();
        assert!(status.success(), "{} ended by {status}", self.id);
    }

    /// Kills it; nobody is told.
    pub(super) fn kill(&mut self) {
        self.process.kill();
    }
}

/// Ends services without a word of theirs but that which a dropped lease says, and waits until the
/// registry is empty.
pub(super) async fn stop(server: &EurekaServer, instances: impl IntoIterator<Item = Instance>) {
    for mut instance in instances {
        instance.process.stop(LIMIT).await.unwrap();
    }
    listed(server, &[]).await;
}

/// Waits until a server lists exactly these, whatever their status.
pub(super) async fn listed(server: &EurekaServer, expected: &[&str]) {
    let url = server.url();
    let ids = async || ids_if(&url, |app| app == "INVENTORY").await;
    let listed = until("the ids", LIMIT, async || (ids().await == expected).then_some(()));
    if let Err(error) = listed.await {
        panic!("{error}: {:?} instead of {expected:?}", ids().await);
    }
}
