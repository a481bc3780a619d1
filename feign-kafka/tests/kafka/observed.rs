//! What an observer of Kafka is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::observe::{Observer, Producing, PublishEnd, PublishEnded};
use feign::publish::{Kind, Record};
use feign_kafka::Kafka;
use tokio::time::{Instant, sleep};

use crate::{Orders as _, OrdersPublisher, cluster};

#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl Told {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("told"))
    }

    fn say(&self, words: String) {
        self.0.lock().expect("told").push(words);
    }

    /// Waits for words that a thread of librdkafka says.
    async fn wait(&self, words: &str) {
        let begin = Instant::now();
        while !self.0.lock().expect("told").iter().any(|said| said.contains(words)) {
            assert!(
                begin.elapsed() < Duration::from_secs(20),
                "`{words}` was not said: {:?}",
                self.take()
            );
            sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Observer for Told {
    fn publish_ended(&self, event: &PublishEnded<'_>) {
        let (name, topic, bytes) = (event.event(), event.topic(), event.bytes());
        let end = match event.end() {
            PublishEnd::Acknowledged(receipt) => format!("offset {:?}", receipt.offset),
            PublishEnd::Failed(error) => format!("{:?}", error.kind()),
            other => format!("{other:?}"),
        };
        assert!(event.elapsed() > Duration::ZERO);
        self.say(format!("{name:?} {topic} {bytes} {end}"));
    }

    fn producing(&self, event: &Producing<'_>) {
        match event {
            Producing::Down { cause } => self.say(format!("down: {cause}")),
            Producing::ConnectionFailed { cause } => self.say(format!("failed: {cause}")),
            Producing::Up => self.say("up".to_owned()),
            Producing::Statistics(all) => {
                assert!(all.raw.starts_with('{'));
                self.say(format!("sent {}, {} of {} up", all.sent, all.brokers_up, all.brokers));
            }
            other => self.say(format!("{other:?}")),
        }
    }
}

#[tokio::test]
async fn events_and_brokers_are_told() {
    let (cluster, told) = (cluster(), Arc::<Told>::default());
    let kafka = Kafka::builder(cluster.bootstrap_servers())
        .topic_timeout(Duration::from_millis(500))
        .delivery_timeout(Duration::from_secs(2))
        .observer(Arc::clone(&told))
        .connect()
        .await
        .expect("connected");
    let orders = OrdersPublisher::new(&kafka);
    orders.created("1", "one").await.expect("published");
    assert_eq!(told.take(), [r#"Some("Orders.created") orders 4 offset Some(0)"#]);

    cluster.broker_down(-1).expect("down");
    told.wait("down: ").await;
    told.wait("refused").await;
    let error = orders.created("1", "two").await.expect_err("nobody is there");
    assert!(error.to_string().contains("no broker: "), "{error}");
    let mut said = told.take();
    said.retain(|said| !said.starts_with("failed: "));
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[1], r#"Some("Orders.created") orders 4 TimedOut"#);

    cluster.broker_up(-1).expect("up");
    kafka.send(Record::new("orders").with_key("1").with_payload("x")).await.expect("published");
    let mut said = told.take();
    said.retain(|said| !said.starts_with("failed: "));
    assert_eq!(said, ["up", "None orders 2 offset Some(1)"]);

    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    assert_eq!(orders.created("1", "x").await.expect_err("closed").kind(), Kind::Closed);
    assert_eq!(told.take(), [r#"Some("Orders.created") orders 2 Closed"#]);
}

#[tokio::test]
async fn statistics_are_told() {
    let (cluster, told) = (cluster(), Arc::<Told>::default());
    let kafka = Kafka::builder(cluster.bootstrap_servers())
        .statistics(Duration::from_millis(50))
        .observer(Arc::clone(&told))
        .connect()
        .await
        .expect("connected");
    OrdersPublisher::new(&kafka).created("1", "one").await.expect("published");
    told.wait("sent 1, 1 of 1 up").await;
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}
