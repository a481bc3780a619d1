//! The events by rdkafka and serde_json, as people write them, with the settings that `feign-kafka` makes.

use crate::{Publishes, REQUEST_ID, Result, TENANT, TOPIC, model::OrderCreated};
use rdkafka::{
    ClientConfig,
    message::{Header, OwnedHeaders},
    producer::{DeliveryFuture, FutureProducer, FutureRecord, Producer as _},
    util::Timeout,
};
use std::{error::Error, time::Duration};

pub(crate) struct ByHand(FutureProducer);

impl ByHand {
    pub(crate) fn new(servers: &str) -> Result<Self> {
        let producer: FutureProducer = ClientConfig::new()
            .set("bootstrap.servers", servers)
            .set("enable.idempotence", "true")
            .set("acks", "all")
            .set("max.in.flight", "5")
            .set("delivery.timeout.ms", "30000")
            .set("linger.ms", "0")
            .set("batch.size", "524288")
            .set("partitioner", "murmur2_random")
            .set("queue.buffering.max.messages", "4096")
            .set("queue.buffering.max.kbytes", "131072")
            .set("reconnect.backoff.max.ms", "500")
            .set("topic.metadata.propagation.max.ms", "3000")
            .create()?;
        producer.client().fetch_metadata(None, Duration::from_secs(10))?;
        Ok(Self(producer))
    }
}

impl Publishes for ByHand {
    type Pending = DeliveryFuture;
    type Error = Box<dyn Error + Send + Sync>;

    async fn later(&self, key: &str, event: &OrderCreated) -> Result<DeliveryFuture> {
        let payload = serde_json::to_vec(event)?;
        let record = FutureRecord::to(TOPIC).key(key).payload(&payload);
        self.0.send_result(record).map_err(|(error, _)| error.into())
    }

    async fn later_with_headers(&self, key: &str, event: &OrderCreated) -> Result<DeliveryFuture> {
        let payload = serde_json::to_vec(event)?;
        let headers = OwnedHeaders::new_with_capacity(2)
            .insert(Header { key: "x-tenant", value: Some(TENANT) })
            .insert(Header { key: "x-request-id", value: Some(REQUEST_ID) });
        let record = FutureRecord::to(TOPIC).key(key).payload(&payload).headers(headers);
        self.0.send_result(record).map_err(|(error, _)| error.into())
    }

    async fn settle(pending: DeliveryFuture) -> Result<()> {
        pending.await?.map_err(|(error, _)| error)?;
        Ok(())
    }

    async fn created(&self, key: &str, event: &OrderCreated) -> Result<()> {
        let payload = serde_json::to_vec(event)?;
        let record = FutureRecord::to(TOPIC).key(key).payload(&payload);
        self.0.send(record, Timeout::Never).await.map_err(|(error, _)| error)?;
        Ok(())
    }
}
