//! How long it takes until a snapshot is seen by calls.

use crate::{
    Result,
    ours::{SERVICE, endpoint, hub, runtime},
};
use feign::{
    Hub,
    discover::{Discover, Endpoint, Update, Updates},
};
use futures_util::stream;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::Instant,
};

/// Longer than a hub waits between two updates of a source.
const APART: Duration = Duration::from_millis(60);

/// Prints the shortest times of so many rounds.
pub(crate) fn run(policy: &str, size: usize, rounds: u32) -> Result<()> {
    let runtime = runtime()?;
    let mut shortest = [f64::INFINITY; 2];
    for _ in 0..rounds {
        let times = runtime.block_on(round(policy, size))?;
        for (shortest, time) in shortest.iter_mut().zip(times) {
            *shortest = shortest.min(time.as_nanos() as f64);
        }
    }
    println!("{} {}", shortest[0], shortest[1]);
    Ok(())
}

/// The time from the first call for a service to its endpoint, where the source knows at once; and from the word that
/// one instance is another to the first call that may go there.
async fn round(policy: &str, size: usize) -> Result<[Duration; 2]> {
    let (source, says) = Source::new();
    let hub = hub(policy)?.discover(source).build()?;
    says.send(Ok(Some(endpoints(policy, 0..size)?)))?;
    // Without a key, there is nothing to be hashed.
    let picker = hub.picker(SERVICE).with_key("user-7");
    let begun = Instant::now();
    drop(picker.pick().await?);
    let first = begun.elapsed();

    tokio::time::sleep(APART).await;
    let next = endpoints(policy, 1..size + 1)?;
    let last = known(&hub);
    let begun = Instant::now();
    says.send(Ok(Some(next)))?;
    while known(&hub) == last {
        tokio::task::yield_now().await;
    }
    drop(picker.pick().await?);
    Ok([first, begun.elapsed()])
}

fn endpoints(policy: &str, indexes: std::ops::Range<usize>) -> Result<Vec<Endpoint>> {
    indexes.map(|index| endpoint(index, policy)).collect()
}

/// Where the newest snapshot is.
fn known(hub: &Hub) -> *const Endpoint {
    hub.endpoints(SERVICE).endpoints().as_ptr()
}

/// Says what it is told.
struct Source(Mutex<Option<UnboundedReceiver<Update>>>);

impl Source {
    fn new() -> (Arc<Self>, UnboundedSender<Update>) {
        let (says, hears) = unbounded_channel();
        (Arc::new(Self(Mutex::new(Some(hears)))), says)
    }
}

impl Discover for Source {
    fn watch(&self, _: &str) -> Updates {
        let hears = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        Box::pin(stream::unfold(hears, async |hears| {
            let mut hears = hears?;
            let update = hears.recv().await?;
            Some((update, Some(hears)))
        }))
    }
}
