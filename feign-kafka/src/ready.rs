//! What a topic makes of an acknowledgement.

use std::sync::Arc;
use std::time::Duration;

use feign_core::publish::{Error, Kind, Ready};
use rdkafka::admin::{AdminClient, AdminOptions, ConfigResource, ResourceSpecifier};
use rdkafka::client::DefaultClientContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::metadata::MetadataTopic;
use rdkafka::producer::Producer as _;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use crate::error;
use crate::kafka::{Kafka, Producer};
use crate::settings::Settings;

/// How soon a topic is asked for again that is not there yet.
const AGAIN: Duration = Duration::from_millis(100);

/// Asks for each topic, and says what is unsafe about it.
pub(crate) async fn ask(kafka: &Kafka, topics: &[&str]) -> Result<Ready, Error> {
    if topics.is_empty() {
        // As of a publisher whose topics all hold placeholders; librdkafka would call it a mistake.
        return Ok(Ready::default());
    }
    let settings = &kafka.0.settings;
    let mut unsafe_because = Vec::new();
    for topic in topics {
        let replicas = replicas(&kafka.producer()?, topic, settings).await?;
        if replicas < 3 {
            unsafe_because.push(format!(
                "`{topic}` has {replicas} of 3 replicas: a lost disk may lose events"
            ));
        }
    }
    let admin: AdminClient<DefaultClientContext> =
        settings.config().create().map_err(|failure| error::of(&failure, false))?;
    let resources: Vec<_> = topics.iter().map(|topic| ResourceSpecifier::Topic(topic)).collect();
    let options = AdminOptions::new().request_timeout(Some(settings.connect_timeout));
    let described = admin.describe_configs(&resources, &options).await;
    // Joins a thread that looks up every 100 ms.
    drop(spawn_blocking(move || drop(admin)));
    for (topic, described) in
        topics.iter().zip(described.map_err(|failure| error::of(&failure, false))?)
    {
        match described {
            Ok(config) => check(topic, &config, settings.batch_bytes, &mut unsafe_because),
            Err(code) => {
                unsafe_because.push(format!("the settings of `{topic}` cannot be read: {code}"))
            }
        }
    }
    Ok(Ready::new(unsafe_because))
}

fn check(topic: &str, config: &ConfigResource, batch_bytes: u32, unsafe_because: &mut Vec<String>) {
    let value = |name: &str| config.get(name).and_then(|entry| entry.value.as_deref());
    let number = |name: &str| value(name).and_then(|value| value.parse::<u64>().ok());
    if let Some(least) = number("min.insync.replicas").filter(|least| *least < 2) {
        unsafe_because.push(format!(
            "`{topic}` is acknowledged by {least} replica (`min.insync.replicas`), and 2 outlive a lost broker"
        ));
    }
    if value("unclean.leader.election.enable") == Some("true") {
        unsafe_because.push(format!(
            "`{topic}` may elect a leader that lacks events (`unclean.leader.election.enable`)"
        ));
    }
    if let Some(limit) = number("max.message.bytes").filter(|limit| *limit < u64::from(batch_bytes))
    {
        unsafe_because.push(format!(
            "`{topic}` takes {limit} bytes (`max.message.bytes`) and a batch may have {batch_bytes}: one over it is sent again event by event, out of order"
        ));
    }
}

/// Returns how many partitions a topic has.
pub(crate) async fn partitions(
    producer: &Arc<Producer>,
    topic: &str,
    settings: &Settings,
) -> Result<i32, Error> {
    let count = metadata(producer, topic, settings, |topic| topic.partitions().len()).await?;
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}

/// Returns the smallest number of replicas of a partition.
async fn replicas(
    producer: &Arc<Producer>,
    topic: &str,
    settings: &Settings,
) -> Result<usize, Error> {
    let fewest = |topic: &MetadataTopic| {
        let replicas = topic.partitions().iter().map(|partition| partition.replicas().len());
        replicas.min().unwrap_or_default()
    };
    metadata(producer, topic, settings, fewest).await
}

/// Asks for a topic as long as it may be unknown: a broker that makes topics on demand says so at first.
async fn metadata<T: Send + 'static>(
    producer: &Arc<Producer>,
    topic: &str,
    settings: &Settings,
    read: fn(&MetadataTopic) -> T,
) -> Result<T, Error> {
    let until = Instant::now() + settings.propagation;
    loop {
        let failure = match once(producer, topic, settings.connect_timeout, read).await? {
            Ok(found) => return Ok(found),
            Err(failure) => failure,
        };
        if !may_come(&failure) || Instant::now() >= until {
            return Err(error::of(&failure, false).with_topic(topic));
        }
        sleep(AGAIN).await;
    }
}

fn may_come(failure: &KafkaError) -> bool {
    matches!(
        failure.rdkafka_error_code(),
        Some(Code::UnknownTopic | Code::UnknownTopicOrPartition | Code::LeaderNotAvailable)
    )
}

/// Blocks in librdkafka, so on a thread for that.
async fn once<T: Send + 'static>(
    producer: &Arc<Producer>,
    topic: &str,
    within: Duration,
    read: fn(&MetadataTopic) -> T,
) -> Result<Result<T, KafkaError>, Error> {
    let (producer, topic) = (Arc::clone(producer), topic.to_owned());
    let asked = spawn_blocking(move || {
        let metadata = producer.client().fetch_metadata(Some(&topic), within)?;
        let unknown = KafkaError::MetadataFetch(Code::UnknownTopicOrPartition);
        let topic = metadata.topics().first().ok_or(unknown)?;
        match topic.error() {
            Some(code) => Err(KafkaError::MetadataFetch(code.into())),
            None => Ok(read(topic)),
        }
    });
    asked.await.map_err(|source| Error::new(Kind::Transport).with_source(source))
}
