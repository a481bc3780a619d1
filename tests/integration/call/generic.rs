//! Generic traits and methods: inside, the declared bound decides.

use feign::FromBody;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{APPLE, Item, apple};
use crate::support::{Reply, Server};

#[feign::client]
trait Generic {
    #[get("/{id}")]
    async fn get<T: DeserializeOwned + Send + 'static>(&self, id: u32) -> Result<T, feign::Error>;
    #[get("/{id}")]
    async fn get_optional<T>(&self, id: u32) -> Result<Option<T>, feign::Error>
    where
        T: DeserializeOwned + Send + 'static;
    #[get("/{id}")]
    async fn get_raw<T: FromBody + Send + 'static>(&self, id: u32) -> Result<T, feign::Error>;
    #[post("/")]
    async fn send<T: Serialize + Sync>(&self, #[body] value: &T) -> Result<(), feign::Error>;
    #[get("/{id}")]
    async fn by_id<I: feign::PathParam + Sync>(&self, id: &I) -> Result<(), feign::Error>;
    #[get("/")]
    async fn filtered<Q: Serialize + Sync>(
        &self,
        #[query(flatten)] filter: &Q,
    ) -> Result<(), feign::Error>;
    #[get("/{?ids*}")]
    async fn some<const N: usize>(&self, ids: [u32; N]) -> Result<(), feign::Error>;
}

#[feign::client(path = "/repo")]
trait Repo<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    #[get("/{id}")]
    async fn find(&self, id: u32) -> Result<Option<T>, feign::Error>;
    #[put("/{id}")]
    async fn save(&self, id: u32, #[body] value: &T) -> Result<T, feign::Error>;
}

/// `String` is raw as a result, but the bound promises no more than that it can be deserialized.
#[tokio::test]
async fn the_declared_bound_decides() {
    let server = Server::always(Reply::ok_json("\"quoted\"")).await;
    let client = GenericClient::at(server.url()).unwrap();
    assert_eq!(client.get::<String>(1).await.unwrap(), "quoted");
    assert_eq!(client.get_optional::<String>(1).await.unwrap().as_deref(), Some("quoted"));
    assert_eq!(client.get_raw::<String>(1).await.unwrap(), "\"quoted\"");
}

#[tokio::test]
async fn a_method_reads_whatever_is_asked_for() {
    let server = Server::always(Reply::ok_json(APPLE)).await;
    let client = GenericClient::at(server.url()).unwrap();
    assert_eq!(client.get::<Item>(1).await.unwrap(), apple());
    assert_eq!(client.get::<serde_json::Value>(1).await.unwrap()["id"], 1);
    assert_eq!(client.get_raw::<Vec<u8>>(1).await.unwrap(), APPLE.as_bytes());
    assert_eq!(server.lines(), ["GET /1"; 3]);
}

#[tokio::test]
async fn an_option_of_a_type_parameter_knows_absence() {
    let server = Server::script([Reply::status(404), Reply::ok_json("null")]).await;
    let client = GenericClient::at(server.url()).unwrap();
    assert_eq!(client.get_optional::<Item>(1).await.unwrap(), None);
    assert_eq!(client.get_optional::<Item>(1).await.unwrap(), None);
}

#[tokio::test]
async fn arguments_may_be_type_parameters() {
    let server = Server::silent_ok().await;
    let client = GenericClient::at(server.url()).unwrap();
    client.send(&apple()).await.unwrap();
    assert_eq!(server.take().text(), APPLE);
    client.send(&"text").await.unwrap();
    assert_eq!(server.take().text(), "\"text\"");
    client.by_id(&7_u8).await.unwrap();
    assert_eq!(server.take().line, "GET /7");
    client.by_id(&"a b").await.unwrap();
    assert_eq!(server.take().line, "GET /a%20b");
    client.filtered(&apple()).await.unwrap();
    assert_eq!(server.take().line, "GET /?id=1&name=apple");
    client.some([1, 2, 3]).await.unwrap();
    assert_eq!(server.take().line, "GET /?ids=1&ids=2&ids=3");
    client.some([]).await.unwrap();
    assert_eq!(server.take().line, "GET /");
}

#[tokio::test]
async fn a_trait_may_have_type_parameters() {
    let server = Server::always(Reply::ok_json(APPLE)).await;
    let repo = RepoClient::<Item>::at(server.url()).unwrap();
    assert_eq!(repo.find(1).await.unwrap(), Some(apple()));
    assert_eq!(repo.save(1, &apple()).await.unwrap(), apple());
    assert_eq!(server.lines(), ["GET /repo/1", "PUT /repo/1"]);
    assert_eq!(RepoClient::<Item>::FIND.template(), "/repo/{id}");
}

/// Neither type parameter stands in the way of another thread.
#[tokio::test]
async fn generic_calls_are_send() {
    let server = Server::always(Reply::ok_json(APPLE)).await;
    let repo = RepoClient::<Item>::at(server.url()).unwrap();
    let client = GenericClient::at(server.url()).unwrap();
    let found = tokio::spawn(async move { repo.find(1).await });
    let got = tokio::spawn(async move { client.get::<Item>(1).await });
    assert_eq!(found.await.unwrap().unwrap(), Some(apple()));
    assert_eq!(got.await.unwrap().unwrap(), apple());
}
