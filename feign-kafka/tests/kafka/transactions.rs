//! Transactions of the C client against its own mock of a cluster: what it is told, and what it makes of it. The mock
//! hides nothing that was aborted, and fences nobody by itself; `real` shows that.
#![allow(missing_docs, unreachable_pub, reason = "tests")]

mod reader;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use feign::publish::{
    Advice, Backend as _, Error, Kind, Outcome, Pending, Receipt, Transaction, partition_of,
};
use feign_kafka::{Kafka, Transactions};
use rdkafka::bindings::rd_kafka_resp_err_t as Code;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::RDKafkaApiKey as Api;
use tokio::sync::Notify;

type Cluster = MockCluster<'static, DefaultProducerContext>;

#[feign::publisher]
trait Orders {
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &str) -> Result<Receipt, Error>;

    #[topic("orders")]
    async fn later(&self, #[key] id: &str, #[body] event: &str) -> Result<Pending, Error>;

    #[topic("placed")]
    async fn placed(
        &self,
        #[key] id: &str,
        #[partition_key] by: &str,
        #[body] event: &str,
    ) -> Result<Receipt, Error>;
}

fn cluster() -> Cluster {
    let cluster = MockCluster::new(1).expect("a cluster");
    for topic in ["orders", "placed"] {
        cluster.create_topic(topic, 4, 1).expect("a topic");
    }
    cluster
}

async fn connect(cluster: &Cluster, transactions: impl Into<Transactions>) -> Kafka {
    let builder = Kafka::builder(cluster.bootstrap_servers()).transactions(transactions);
    builder.max_block(Duration::from_millis(200)).connect().await.expect("connected")
}

fn one() -> Transactions {
    Transactions::new("orders").pool(1)
}

async fn created(tx: Transaction, id: &str) -> Result<Receipt, Error> {
    OrdersPublisher::new(&tx).created(id, "x").await
}

/// Runs scopes one after the other and says how often.
struct Runs<'a>(&'a Kafka, AtomicU32);

impl Runs<'_> {
    async fn run(&self) -> (Result<Receipt, Error>, u32) {
        let scope = self.0.transaction(async |tx| {
            self.1.fetch_add(1, Ordering::SeqCst);
            created(tx, "a").await
        });
        (scope.await, self.1.swap(0, Ordering::SeqCst))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_is_read_and_goes_where_its_key_does() {
    let cluster = cluster();
    let kafka = connect(&cluster, "orders").await;
    assert!(kafka.capabilities().transactional);
    let scope = kafka.transaction(async |tx| {
        let orders = OrdersPublisher::new(&tx);
        for key in ["a", "b", "c", "d", "e"] {
            let placed = orders.placed("same", key, "x").await?;
            assert_eq!(placed.partition, Some(partition_of(key.as_bytes(), 4)), "{key}");
            let _in_line = orders.later(key, "x").await?;
        }
        let (tx, own) = (tx.clone(), OrdersPublisher::new(&tx));
        let task = tokio::spawn(async move { own.created("f", "x").await });
        created(tx, "g").await?;
        task.await.expect("no panic")
    });
    scope.await.expect("committed");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
    let servers = cluster.bootstrap_servers();
    let read = tokio::task::spawn_blocking(move || {
        let orders = reader::read(&servers, "orders", 7);
        (orders.len(), reader::read(&servers, "placed", 5).len())
    });
    assert_eq!(read.await.expect("read"), (7, 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_abortable_error_runs_the_scope_again_three_times_in_all() {
    let cluster = cluster();
    let kafka = connect(&cluster, one()).await;
    let runs = Runs(&kafka, AtomicU32::new(0));
    let unknown = Code::RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID;
    cluster.request_errors(Api::EndTxn, &[unknown]);
    let (committed, count) = runs.run().await;
    assert_eq!((committed.map(drop).map_err(|error| error.kind()), count), (Ok(()), 2));
    // Of an event: librdkafka goes on with the next sequence number, which the cluster refuses, and only then with a
    // new epoch. So it takes one run more.
    cluster.request_errors(Api::Produce, &[Code::RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS]);
    let (committed, count) = runs.run().await;
    assert_eq!((committed.map(drop).map_err(|error| error.kind()), count), (Ok(()), 3));
    // For ever.
    cluster.request_errors(Api::EndTxn, &[unknown, Code::RD_KAFKA_RESP_ERR_NO_ERROR].repeat(3));
    let (aborted, count) = runs.run().await;
    let error = aborted.expect_err("three times");
    assert_eq!((error.kind(), error.outcome()), (Kind::Aborted, Outcome::NotWritten), "{error:?}");
    assert_eq!((error.advice(), count), (Advice::RestartTransaction, 3));
    assert_eq!(runs.run().await.1, 1, "the same producer goes on");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_that_stays_is_told_at_once() {
    let cluster = cluster();
    let kafka = connect(&cluster, one()).await;
    let runs = Runs(&kafka, AtomicU32::new(0));
    cluster.request_errors(Api::Produce, &[Code::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED]);
    let (denied, count) = runs.run().await;
    let error = denied.expect_err("denied");
    assert_eq!((error.kind(), error.outcome()), (Kind::Denied, Outcome::NotWritten), "{error:?}");
    assert_eq!((error.advice(), count), (Advice::DoNotRetry, 1));
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fenced_producer_is_replaced_and_its_error_says_why() {
    let cluster = cluster();
    let kafka = connect(&cluster, one()).await;
    let runs = Runs(&kafka, AtomicU32::new(0));
    let fenced = [Code::RD_KAFKA_RESP_ERR_PRODUCER_FENCED];
    for (api, advice) in [
        // The commit was sent: nobody knows.
        (Api::EndTxn, Advice::RetryMayDuplicate),
        (Api::AddPartitionsToTxn, Advice::RestartTransaction),
    ] {
        cluster.request_errors(api, &fenced);
        let (outcome, count) = runs.run().await;
        let error = outcome.expect_err("fenced");
        assert_eq!((error.kind(), error.advice(), count), (Kind::Fenced, advice, 1), "{error:?}");
        println!("{error}");
        let (outcome, count) = runs.run().await;
        assert_eq!((outcome.map(drop).map_err(|error| error.kind()), count), (Ok(()), 1));
    }
    cluster.request_errors(Api::EndTxn, &fenced);
    let text = runs.run().await.0.expect_err("fenced").to_string();
    assert!(text.contains("outlived") && text.contains("`orders-0`") && text.contains("60s"));
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

/// A commit comes back every half second to see whether it is still wanted, and goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_takes_long_is_repeated_until_it_is_answered() {
    let cluster = cluster();
    let kafka = connect(&cluster, one()).await;
    let scope = kafka.transaction(async |tx| {
        let receipt = created(tx, "a").await?;
        cluster.broker_round_trip_time(1, Duration::from_millis(1400)).expect("slow");
        Ok::<_, Error>(receipt)
    });
    scope.await.expect("committed");
    cluster.broker_round_trip_time(1, Duration::ZERO).expect("quick");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

/// Two seconds are what the transaction may take, and all that is waited for the commit.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_is_not_answered_may_have_been_done_and_the_producer_is_replaced() {
    let cluster = cluster();
    let kafka = connect(&cluster, one().timeout(Duration::from_secs(2))).await;
    let scope = kafka.transaction(async |tx| {
        let receipt = created(tx, "a").await?;
        cluster.broker_down(1).expect("down");
        Ok::<_, Error>(receipt)
    });
    let error = scope.await.expect_err("not answered");
    assert_eq!((error.kind(), error.outcome()), (Kind::TimedOut, Outcome::Unknown), "{error:?}");
    cluster.broker_up(1).expect("up");
    kafka.transaction(async |tx| created(tx, "a").await).await.expect("committed");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_is_in_use_pushes_back_and_close_says_who_is_left() {
    let cluster = cluster();
    let kafka = connect(&cluster, one()).await;
    let (begun, go) = (Notify::new(), Notify::new());
    let scope = kafka.transaction(async |tx| {
        created(tx.clone(), "a").await?;
        begun.notify_one();
        go.notified().await;
        created(tx, "b").await
    });
    let others = async {
        begun.notified().await;
        let error = kafka.transaction(async |tx| created(tx, "a").await).await.expect_err("in use");
        assert_eq!((error.kind(), error.advice()), (Kind::Backpressure, Advice::RetrySafe));
        assert!(error.to_string().contains("1 transactions are running"), "{error}");
        let left = kafka.close(Duration::from_millis(50)).await.expect_err("it runs");
        assert_eq!((left.messages, left.transactions), (0, 1));
        go.notify_one();
    };
    let (outcome, ()) = tokio::join!(scope, others);
    let error = outcome.expect_err("closed");
    assert_eq!((error.kind(), error.outcome()), (Kind::Closed, Outcome::NotWritten), "{error:?}");
    let error = kafka.transaction(async |tx| created(tx, "a").await).await.expect_err("closed");
    assert_eq!(error.kind(), Kind::Closed);
}

/// A scope that is dropped, or panics, gives its producer back: there is only one.
#[tokio::test(flavor = "multi_thread")]
async fn the_producer_comes_back_however_a_scope_ends() {
    let cluster = cluster();
    let kafka = connect(&cluster, one()).await;
    let own = kafka.clone();
    let panicked = tokio::spawn(async move {
        own.transaction(async |tx| -> Result<(), Error> {
            created(tx, "a").await?;
            panic!("on purpose");
        })
        .await
    });
    assert!(panicked.await.expect_err("a panic").is_panic());
    let begun = Notify::new();
    let hangs = kafka.transaction(async |tx| {
        created(tx, "a").await?;
        begun.notify_one();
        std::future::pending::<Result<(), Error>>().await
    });
    tokio::select! {
        ended = hangs => panic!("{ended:?}"),
        () = begun.notified() => {}
    }
    // The abort takes its events out of the line, and is no reason to run it again.
    cluster.broker_round_trip_time(1, Duration::from_millis(100)).expect("slow");
    let mut runs = 0;
    let failed = kafka.transaction(|tx| {
        runs += 1;
        async move {
            let _in_line = OrdersPublisher::new(&tx).later("a", "x").await?;
            Err::<(), _>(Error::new(Kind::Unexpected))
        }
    });
    assert_eq!(failed.await.expect_err("its own").kind(), Kind::Unexpected);
    cluster.broker_round_trip_time(1, Duration::ZERO).expect("quick");
    assert_eq!(runs, 1);
    kafka.transaction(async |tx| created(tx, "a").await).await.expect("committed");
    kafka.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_prefix_there_are_none_and_lazy_makes_producers_when_they_are_needed() {
    let cluster = cluster();
    let builder = Kafka::builder(cluster.bootstrap_servers());
    let plain = builder.clone().connect().await.expect("connected");
    assert!(!plain.capabilities().transactional);
    let error = plain.transaction(async |tx| created(tx, "a").await).await.expect_err("none");
    assert_eq!(error.kind(), Kind::Settings);
    assert!(error.to_string().contains("transactions(prefix)"), "{error}");
    let lazy = builder.transactions("orders").lazy().connect().await.expect("no wait");
    lazy.transaction(async |tx| created(tx, "a").await).await.expect("committed");
    lazy.close(Duration::from_secs(5)).await.expect("nothing left");
}

#[tokio::test]
async fn settings_that_cannot_hold_are_named() {
    let none =
        |transactions: Transactions| Kafka::builder("127.0.0.1:1").transactions(transactions);
    for (builder, said) in [
        (none(Transactions::new(" ")), "prefix"),
        (none(one().pool(0)), "pool"),
        (none(one().attempts(0)), "attempts"),
        (none(one().timeout(Duration::from_millis(10))), "timeout"),
        (none(one()).set("transaction.timeout.ms", "1000"), "transaction.timeout.ms"),
        (none(one()).set("transactional.id", "mine"), "transactional.id"),
    ] {
        let error = builder.connect().await.expect_err(said);
        assert_eq!(error.kind(), Kind::Settings, "{error:?}");
        assert!(error.to_string().contains(said), "{error}");
    }
}
