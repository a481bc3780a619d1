//! What every backend keeps, on a real broker: the suite that the one in memory passes too.

#[path = "../../../feign-kafka/tests/kafka/reader.rs"]
mod reader;
#[path = "../../../feign-kafka/tests/kafka/subject.rs"]
mod subject;

use feign::kafka::{Kafka, Transactions};
use feign::publish::conformance::run;
use subject::InKafka;

use super::cluster::One;

pub(super) async fn it_keeps_what_every_backend_keeps(One(cluster): &One) {
    let topic = "conformance".to_owned();
    cluster.topic(&topic, 4, &[]).await;
    let servers = cluster.servers().to_owned();
    let builder = Kafka::builder(&*servers).transactions(Transactions::new("conformance"));
    let kafka = builder.connect().await.unwrap();
    run(InKafka { kafka, servers, topic, unknown: "nowhere".to_owned() }).await;
}
