//! What librdkafka counts, for an observer.

use feign_core::observe::Statistics;
use rdkafka::statistics::{Broker, Statistics as Counted};

/// Reads librdkafka's JSON; `None` where it has another form than the client that this was built with.
pub(crate) fn read(raw: &str) -> Option<Statistics<'_>> {
    let counted: Counted = match serde_json::from_str(raw) {
        Ok(counted) => counted,
        Err(error) => {
            tracing::debug!(target: "feign::kafka", %error, "statistics of an unknown form");
            return None;
        }
    };
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let mut statistics = Statistics::of(raw);
    statistics.queued = counted.msg_cnt;
    statistics.queued_bytes = counted.msg_size;
    statistics.sent = count(counted.txmsgs);
    statistics.sent_bytes = count(counted.txmsg_bytes);
    let brokers = || counted.brokers.values().filter(|broker| is_broker(broker));
    statistics.brokers = brokers().count();
    statistics.brokers_up = brokers().filter(|broker| broker.state == "UP").count();
    Some(statistics)
}

/// Addresses that were only asked for the first time, and the client's own bookkeeping, are none.
fn is_broker(broker: &Broker) -> bool {
    broker.nodeid >= 0 && broker.source == "learned"
}
