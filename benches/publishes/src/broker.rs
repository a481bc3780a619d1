//! The broker that is published to: the C client's own mock of one, in a process of its own, or a topic of a real one.

use crate::{Result, TOPIC};
use rdkafka::{
    ClientConfig,
    admin::{AdminClient, AdminOptions, NewTopic, TopicReplication},
    client::DefaultClientContext,
    mocking::MockCluster,
    types::RDKafkaErrorCode,
};
use std::io::{self, Write as _};

const PARTITIONS: i32 = 4;

/// Prints the address of a mock and keeps it until nobody holds the other end of the standard input.
pub(crate) fn mock() -> Result<()> {
    let cluster = MockCluster::new(1)?;
    cluster.create_topic(TOPIC, PARTITIONS, 1)?;
    let mut out = io::stdout();
    writeln!(out, "{}", cluster.bootstrap_servers())?;
    out.flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

/// Makes the topic on a real broker.
pub(crate) async fn make_topic(servers: &str) -> Result<()> {
    let topic = NewTopic::new(TOPIC, PARTITIONS, TopicReplication::Fixed(1));
    let made = admin(servers)?.create_topics(&[topic], &AdminOptions::new()).await?;
    for result in made {
        match result {
            Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((topic, code)) => return Err(format!("no topic `{topic}`: {code}").into()),
        }
    }
    Ok(())
}

/// Takes the topic and all that was published from a real broker.
pub(crate) async fn drop_topic(servers: &str) -> Result<()> {
    admin(servers)?.delete_topics(&[TOPIC], &AdminOptions::new()).await?;
    Ok(())
}

fn admin(servers: &str) -> Result<AdminClient<DefaultClientContext>> {
    Ok(ClientConfig::new().set("bootstrap.servers", servers).create()?)
}
