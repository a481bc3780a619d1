//! mockall: `#[feign::client]` stands above `#[automock]`.

use feign::Error;
use mockall::automock;
use mockall::predicate::eq;

use crate::support::{Reply, Server};

#[feign::client(service = "mocked")]
#[automock]
trait Mocked {
    #[get("/stock/{sku}")]
    async fn level(&self, sku: &str) -> Result<Option<u32>, Error>;
    #[post("/stock{?tags*}")]
    async fn create(&self, tags: &[String], #[body] text: String) -> Result<(), Error>;
}

async fn exists<M: Mocked>(mocked: &M, sku: &str) -> Result<bool, Error> {
    Ok(mocked.level(sku).await?.is_some())
}

#[tokio::test]
async fn a_mock_is_a_client() {
    let mut mock = MockMocked::new();
    mock.expect_level().with(eq("A-1")).times(2).returning(|_| Box::pin(async { Ok(Some(3)) }));
    mock.expect_level().returning(|_| Box::pin(async { Err(Error::timeout()) }));
    mock.expect_create()
        .withf(|tags, text| tags.len() == 1 && text == "text")
        .returning(|_, _| Box::pin(async { Ok(()) }));

    assert!(exists(&mock, "A-1").await.unwrap());
    assert!(exists(&&mock, "A-1").await.unwrap());
    assert!(exists(&mock, "B-2").await.unwrap_err().is_timeout());
    mock.create(&["a".to_owned()], "text".to_owned()).await.unwrap();
}

#[tokio::test]
async fn a_mocked_trait_has_a_real_client() {
    let server = Server::always(Reply::ok_json("3")).await;
    let client = MockedClient::at(server.url()).unwrap();
    assert!(exists(&client, "A-1").await.unwrap());
    assert_eq!(server.line(), "GET /stock/A-1");
}

/// A mock can be spawned: it is `Send + Sync` like the trait.
#[tokio::test]
async fn a_mock_goes_to_another_task() {
    let mut mock = MockMocked::new();
    mock.expect_level().return_once(|_| Box::pin(async { Ok(None) }));
    let found = tokio::spawn(async move { exists(&mock, "A-1").await });
    assert!(!found.await.unwrap().unwrap());
}

mod with_more {
    use super::{Error, automock};
    use serde::Serialize;

    /// With a `dyn` twin, and only when testing.
    #[feign::client(dyn)]
    #[cfg_attr(test, automock)]
    pub(super) trait Twin {
        #[get("/")]
        async fn call(&self) -> Result<String, Error>;
    }

    /// With type parameters.
    #[feign::client]
    #[automock]
    pub(super) trait Repo<T: Serialize + serde::de::DeserializeOwned + Send + Sync + 'static> {
        #[get("/{id}")]
        async fn find(&self, id: u32) -> Result<T, Error>;
    }
}

#[tokio::test]
async fn a_mock_beside_a_dyn_twin() {
    use with_more::{DynTwin, MockTwin, Twin as _};

    let mut mock = MockTwin::new();
    mock.expect_call().returning(|| Box::pin(async { Ok("mocked".to_owned()) }));
    let erased: Box<dyn DynTwin> = Box::new(mock);
    assert_eq!(erased.call().await.unwrap(), "mocked");
}

#[tokio::test]
async fn a_mock_of_a_generic_trait() {
    use with_more::{MockRepo, Repo as _};

    let mut mock = MockRepo::<String>::new();
    mock.expect_find().with(eq(7)).returning(|_| Box::pin(async { Ok("seven".to_owned()) }));
    assert_eq!(mock.find(7).await.unwrap(), "seven");
}
