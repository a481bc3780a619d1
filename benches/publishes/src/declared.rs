//! The events declared.

use crate::{Publishes, REQUEST_ID, Result, TENANT, model::OrderCreated};
use feign::{
    kafka::Kafka,
    publish::{Error, Pending, Receipt},
};

#[feign::publisher]
pub(crate) trait OrderEvents {
    #[topic("feign-bench")]
    async fn created(
        &self,
        #[key] id: &str,
        #[body] event: &OrderCreated,
    ) -> Result<Receipt, Error>;

    #[topic("feign-bench")]
    async fn later(&self, #[key] id: &str, #[body] event: &OrderCreated) -> Result<Pending, Error>;

    #[topic("feign-bench")]
    async fn traced(
        &self,
        #[key] id: &str,
        #[header("x-tenant")] tenant: &str,
        #[header("x-request-id")] request_id: &str,
        #[body] event: &OrderCreated,
    ) -> Result<Pending, Error>;
}

pub(crate) async fn connect(servers: &str) -> Result<OrderEventsPublisher> {
    Ok(OrderEventsPublisher::new(&Kafka::connect(servers).await?))
}

impl Publishes for OrderEventsPublisher {
    type Pending = Pending;
    type Error = Error;

    fn later(
        &self,
        key: &str,
        event: &OrderCreated,
    ) -> impl Future<Output = Result<Pending, Error>> {
        OrderEvents::later(self, key, event)
    }

    fn later_with_headers(
        &self,
        key: &str,
        event: &OrderCreated,
    ) -> impl Future<Output = Result<Pending, Error>> {
        self.traced(key, TENANT, REQUEST_ID, event)
    }

    async fn settle(pending: Pending) -> Result<()> {
        pending.await?;
        Ok(())
    }

    async fn created(&self, key: &str, event: &OrderCreated) -> Result<()> {
        OrderEvents::created(self, key, event).await?;
        Ok(())
    }
}
