//! The measured process: `feign-bench-publishes ROW HOW SIZE COUNT SERVERS` publishes that many events, and prints the
//! allocations of the thread that publishes, the events of a second and the nanoseconds of all threads for one.
//!
//! `HOW`: `window` has 1 000 in flight, `headers` too, with two headers each, `each` awaits one before the next.
//! `feign-bench-publishes mock|make-topic|drop-topic SERVERS` is the broker's side.

mod allocations;
mod broker;
mod by_hand;
mod cpu;
mod declared;
mod model;

use self::{by_hand::ByHand, model::OrderCreated};
use std::{collections::VecDeque, env, error::Error};
use tokio::time::Instant;

type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

/// As the trait declares it.
const TOPIC: &str = "feign-bench";
const TENANT: &str = "acme-corp";
const REQUEST_ID: &str = "8f14e45f-ceea-467f";

/// Unacknowledged at a time; the line's own limit is 1 024.
const IN_FLIGHT: usize = 1_000;
/// Published first: a producer's first event waits for the producer's id.
const WARM_UP: usize = 2_000;

/// What every row can do. The futures are passed on as they are: one more around each would be moved, and counted.
trait Publishes {
    type Pending;
    type Error: Into<Box<dyn Error + Send + Sync>>;

    fn later(
        &self,
        key: &str,
        event: &OrderCreated,
    ) -> impl Future<Output = Result<Self::Pending, Self::Error>>;

    fn later_with_headers(
        &self,
        key: &str,
        event: &OrderCreated,
    ) -> impl Future<Output = Result<Self::Pending, Self::Error>>;

    async fn settle(pending: Self::Pending) -> Result<()>;

    async fn created(&self, key: &str, event: &OrderCreated) -> Result<()>;
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match arguments[..] {
        ["mock", _] => broker::mock(),
        ["make-topic", servers] => runtime.block_on(broker::make_topic(servers)),
        ["drop-topic", servers] => runtime.block_on(broker::drop_topic(servers)),
        [row, how, size, count, servers] => {
            let event = OrderCreated::of_size(size).ok_or("the size is 100 or 1024")?;
            runtime.block_on(publish(row, how, event, count.parse()?, servers))
        }
        _ => Err("usage: feign-bench-publishes ROW HOW SIZE COUNT SERVERS".into()),
    }
}

async fn publish(
    row: &str,
    how: &str,
    event: OrderCreated,
    count: usize,
    servers: &str,
) -> Result<()> {
    match row {
        "by-hand" => measure(&ByHand::new(servers)?, how, event, count).await,
        "declared" => measure(&declared::connect(servers).await?, how, event, count).await,
        _ => Err(format!("there is no row `{row}`").into()),
    }
}

async fn measure(
    row: &impl Publishes,
    how: &str,
    mut event: OrderCreated,
    count: usize,
) -> Result<()> {
    run(row, how, &mut event, WARM_UP).await?;
    let (before, begun, cpu) = (allocations::count(), Instant::now(), cpu::nanoseconds()?);
    run(row, how, &mut event, count).await?;
    let (time, cpu) = (begun.elapsed(), cpu::nanoseconds()? - cpu);
    println!(
        "{} {} {}",
        allocations::count() - before,
        count as f64 / time.as_secs_f64(),
        cpu as f64 / count as f64
    );
    Ok(())
}

async fn run<P: Publishes>(
    row: &P,
    how: &str,
    event: &mut OrderCreated,
    count: usize,
) -> Result<()> {
    let keys: Vec<String> = (0..100).map(|key| format!("order-{key:05}")).collect();
    match how {
        "each" => {
            for number in 0..count {
                event.number += 1;
                row.created(&keys[number % keys.len()], event).await?;
            }
            Ok(())
        }
        "window" | "headers" => {
            let mut line = VecDeque::with_capacity(IN_FLIGHT);
            for number in 0..count {
                if line.len() == IN_FLIGHT
                    && let Some(oldest) = line.pop_front()
                {
                    P::settle(oldest).await?;
                }
                event.number += 1;
                let key = &keys[number % keys.len()];
                line.push_back(match how {
                    "headers" => row.later_with_headers(key, event).await.map_err(Into::into)?,
                    _ => row.later(key, event).await.map_err(Into::into)?,
                });
            }
            for pending in line {
                P::settle(pending).await?;
            }
            Ok(())
        }
        _ => Err(format!("`{how}` is no way to publish").into()),
    }
}
