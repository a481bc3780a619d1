//! The trait is the user's: fakes, mocks, objects, generics.

use std::sync::Arc;

use feign::publish::{Error, Kind, Memory, Receipt};

use super::Created;

#[feign::publisher(dyn, name = Published)]
pub trait Events {
    /// Says that an order was made.
    #[topic("orders")]
    async fn created(&self, #[key] id: &str, #[body] event: &Created) -> Result<Receipt, Error>;

    /// A method of our own.
    async fn twice(&self, event: &Created) -> Result<(), Error> {
        self.created("a", event).await?;
        self.created("b", event).await.map(drop)
    }
}

struct Down;

impl Events for Down {
    async fn created(&self, _: &str, _: &Created) -> Result<Receipt, Error> {
        Err(Error::new(Kind::Transport))
    }
}

async fn place(events: impl Events + 'static) -> Result<Receipt, Error> {
    let task = tokio::spawn(async move { events.created("1", &Created::new("1", 1)).await });
    task.await.expect("no panic")
}

#[tokio::test]
async fn fakes_pointers_and_objects_are_publishers() {
    let memory = Memory::new().with_topic("orders", 1);
    let events = Published::new(&memory);
    let object: Arc<dyn DynEvents> = Arc::new(events.clone());
    place(events.clone()).await.expect("published");
    place(Arc::new(events.clone())).await.expect("published");
    place(object).await.expect("published");
    events.twice(&Created::new("1", 1)).await.expect("published");
    assert_eq!(memory.records("orders").len(), 5);
    assert_eq!(place(Down).await.expect_err("down").kind(), Kind::Transport);
}

#[derive(Debug)]
struct Own(#[expect(dead_code, reason = "shown")] Error);

impl From<Error> for Own {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

type Said<T> = Result<T, Own>;

#[feign::publisher]
trait Generic<T: serde::Serialize + Send + Sync> {
    #[topic("orders")]
    async fn created(&self, #[body] event: &T) -> Said<Receipt>;

    #[topic("orders")]
    async fn whatever(&self, #[body] event: &T) -> Result<(), anyhow::Error>;
}

#[tokio::test]
async fn traits_may_be_generic_and_errors_ones_own() {
    let memory = Memory::new().with_topic("orders", 1);
    let events = GenericPublisher::<Created>::new(&memory);
    events.created(&Created::new("1", 1)).await.expect("published");
    memory.close(std::time::Duration::ZERO).await.expect("nothing left");
    assert!(events.whatever(&Created::new("1", 1)).await.is_err());
    events.created(&Created::new("1", 1)).await.expect_err("closed");
}
