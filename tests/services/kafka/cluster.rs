//! Brokers as systems: one alone, and three that keep each other's events.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use feign::kafka::rdkafka::ClientConfig;
use feign::kafka::rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use feign::kafka::rdkafka::client::DefaultClientContext;
use feign::kafka::rdkafka::metadata::MetadataTopic;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::broker::{Broker, Ports, java};
use crate::support::{System, until};

/// For one question about a topic: one that hangs is asked no longer.
const ASKING: Duration = Duration::from_secs(1);
/// Until all replicas of a topic are in sync; a second or two on a quiet machine.
const SYNCING: Duration = Duration::from_secs(60);

/// A broker with what it keeps, and nobody else.
pub(crate) struct One(pub(super) Cluster);

/// Three, of which two have an event before it is acknowledged.
pub(crate) struct Three(pub(super) Cluster);

/// Brokers that know each other, counted from 1.
pub(super) struct Cluster {
    brokers: Vec<Mutex<Broker>>,
    servers: String,
    admin: Arc<AdminClient<DefaultClientContext>>,
}

impl System for One {
    async fn start() -> Result<Self, String> {
        Cluster::start(1).await.map(Self)
    }
}

impl System for Three {
    async fn start() -> Result<Self, String> {
        Cluster::start(3).await.map(Self)
    }
}

impl Cluster {
    async fn start(count: usize) -> Result<Self, String> {
        let mut outcome = Err(String::new());
        // A free port can be taken by somebody else before it listens there.
        for _ in 0..3 {
            outcome = Self::launch(count).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    async fn launch(count: usize) -> Result<Self, String> {
        let java = java().await?;
        let ports = (0..count).map(|_| Ports::free()).collect::<Result<Vec<_>, _>>()?;
        let mut brokers = Vec::new();
        for node in 1..=count {
            brokers.push(Broker::launch(&java, node, &ports)?);
        }
        for broker in &brokers {
            broker.ready().await?;
        }
        let servers: Vec<_> =
            ports.iter().map(|ports| format!("127.0.0.1:{}", ports.clients)).collect();
        let servers = servers.join(",");
        let admin = ClientConfig::new()
            .set("bootstrap.servers", &servers)
            .set("reconnect.backoff.max.ms", "500")
            // Else one that hangs is asked again and again.
            .set("socket.timeout.ms", ASKING.as_millis().to_string())
            .create()
            .map_err(|error| error.to_string())?;
        let brokers = brokers.into_iter().map(Mutex::new).collect();
        Ok(Self { brokers, servers, admin: Arc::new(admin) })
    }

    /// Their addresses, with commas between them.
    pub(super) fn servers(&self) -> &str {
        &self.servers
    }

    pub(super) fn nodes(&self) -> RangeInclusive<i32> {
        1..=i32::try_from(self.brokers.len()).unwrap()
    }

    pub(super) async fn kill(&self, node: i32) {
        self.broker(node).lock().await.kill();
    }

    pub(super) async fn freeze(&self, node: i32, is_frozen: bool) {
        self.broker(node).lock().await.freeze(is_frozen).unwrap();
    }

    /// Starts one again after a kill, and waits until clients may use it.
    pub(super) async fn restart(&self, node: i32) {
        self.broker(node).lock().await.restart().await.unwrap();
    }

    fn broker(&self, node: i32) -> &Mutex<Broker> {
        &self.brokers[usize::try_from(node - 1).unwrap()]
    }

    /// Makes a topic. One broker leads all of its partitions, so that its end is felt by every event.
    pub(super) async fn topic(&self, name: &str, partitions: usize, settings: &[(&str, &str)]) {
        let replicas: Vec<_> = self.nodes().collect();
        let assignment = vec![&*replicas; partitions];
        let replication = TopicReplication::Variable(&assignment);
        let count = i32::try_from(partitions).unwrap();
        let topic = NewTopic::new(name, count, replication);
        let topic = settings.iter().fold(topic, |topic, (key, value)| topic.set(key, value));
        let made = self.admin.create_topics([&topic], &AdminOptions::new()).await.unwrap();
        made.into_iter().for_each(|made| drop(made.unwrap()));
        self.until_in_sync(name).await;
    }

    pub(super) async fn delete(&self, topic: &str) {
        let deleted = self.admin.delete_topics(&[topic], &AdminOptions::new()).await.unwrap();
        deleted.into_iter().for_each(|deleted| drop(deleted.unwrap()));
    }

    /// The broker that leads the partitions of a topic.
    pub(super) async fn leader(&self, topic: &str) -> i32 {
        let led = |topic: &MetadataTopic| {
            topic.partitions().first().map(|it| it.leader()).filter(|leader| *leader > 0)
        };
        until("a leader", SYNCING, async || self.ask(topic, led).await).await.unwrap()
    }

    /// Waits until another broker leads, which happens when the first one is not heard of.
    pub(super) async fn until_led_by_another(&self, topic: &str, than: i32) {
        let ask = async || self.leader(topic).await;
        until("another leader", SYNCING, async || (ask().await != than).then_some(()))
            .await
            .unwrap();
    }

    /// Waits until every partition has a leader, and every broker what it leads.
    pub(super) async fn until_in_sync(&self, topic: &str) {
        let wanted = self.brokers.len();
        let is_whole = move |topic: &MetadataTopic| {
            let mut partitions = topic.partitions().iter();
            let all = |found: bool| found.then_some(());
            all(partitions.len() > 0
                && partitions.all(|it| it.leader() > 0 && it.isr().len() == wanted))
        };
        let what = format!("`{topic}` in sync");
        until(&what, SYNCING, async || self.ask(topic, is_whole).await).await.unwrap();
    }

    /// How many partitions a topic has.
    pub(super) async fn partitions(&self, topic: &str) -> i32 {
        let count = |topic: &MetadataTopic| Some(topic.partitions().len());
        let asked = until("partitions", SYNCING, async || self.ask(topic, count).await).await;
        i32::try_from(asked.unwrap()).unwrap()
    }

    /// Blocks in librdkafka, so on a thread for that.
    async fn ask<T: Send + 'static>(
        &self,
        topic: &str,
        read: impl Fn(&MetadataTopic) -> Option<T> + Send + 'static,
    ) -> Option<T> {
        let (admin, topic) = (Arc::clone(&self.admin), topic.to_owned());
        let asked = spawn_blocking(move || {
            let metadata = admin.inner().fetch_metadata(Some(&topic), ASKING).ok()?;
            metadata.topics().first().filter(|topic| topic.error().is_none()).and_then(read)
        });
        asked.await.unwrap()
    }
}
