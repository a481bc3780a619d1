//! Generic traits, lifetimes and supertraits through the generated client and its forwards.

use std::fmt::{Debug, Display};
use std::sync::Arc;

use feign::Error;
use serde::de::DeserializeOwned;

use crate::support::{Reply, Server};

#[feign::client(path = "/repo")]
trait Repo<T, const N: usize>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    #[get("/{id}")]
    async fn find(&self, id: u32) -> Result<Option<T>, Error>;
    #[get("/{?ids*}")]
    async fn some(&self, ids: [u32; N]) -> Result<Vec<T>, Error>;
    #[get("/{id}/as")]
    async fn find_as<U: DeserializeOwned + Send + 'static>(&self, id: u32) -> Result<U, Error>;
    #[get("/named{?first,second}")]
    async fn named<'a, 'b: 'a>(&self, first: &'a str, second: &'b str) -> Result<T, Error>;
}

struct Memory(Vec<String>);

impl Repo<String, 2> for Memory {
    async fn find(&self, id: u32) -> Result<Option<String>, Error> {
        Ok(self.0.get(id as usize).cloned())
    }

    async fn some(&self, ids: [u32; 2]) -> Result<Vec<String>, Error> {
        Ok(ids.iter().filter_map(|id| self.0.get(*id as usize).cloned()).collect())
    }

    async fn find_as<U: DeserializeOwned + Send + 'static>(&self, id: u32) -> Result<U, Error> {
        serde_json::from_str(&self.0[id as usize]).map_err(Error::decode)
    }

    async fn named<'a, 'b: 'a>(&self, first: &'a str, second: &'b str) -> Result<String, Error> {
        Ok(format!("{first}{second}"))
    }
}

async fn first_two<R: Repo<String, 2>>(repo: R) -> Vec<String> {
    repo.some([0, 1]).await.unwrap()
}

#[tokio::test]
async fn a_generic_trait_has_fakes_and_pointers() {
    let memory = Memory(vec!["0".to_owned(), "1".to_owned()]);
    assert_eq!(first_two(&memory).await, ["0", "1"]);
    assert_eq!(memory.find_as::<u32>(1).await.unwrap(), 1);
    let shared = Arc::new(memory);
    assert_eq!(first_two(Arc::clone(&shared)).await, ["0", "1"]);
    assert_eq!(shared.find_as::<u32>(1).await.unwrap(), 1);
    assert_eq!(shared.named("a", "b").await.unwrap(), "ab");
}

#[tokio::test]
async fn a_generic_trait_has_a_client() {
    let server = Server::script([
        Reply::ok_json("\"one\""),
        Reply::ok_json("[\"one\",\"two\"]"),
        Reply::ok_json("7"),
        Reply::ok_json("\"named\""),
    ])
    .await;
    let repo = RepoClient::<String, 2>::at(server.url()).unwrap();
    let repo = repo.with(|call| call.header("x-a", "1")).clone();
    assert_eq!(repo.find(1).await.unwrap().as_deref(), Some("one"));
    assert_eq!(first_two(&repo).await, ["one", "two"]);
    assert_eq!(repo.find_as::<u32>(3).await.unwrap(), 7);
    assert_eq!(repo.named("a", "b").await.unwrap(), "named");
    let lines = [
        "GET /repo/1",
        "GET /repo?ids=0&ids=1",
        "GET /repo/3/as",
        "GET /repo/named?first=a&second=b",
    ];
    assert_eq!(server.lines(), lines);
}

/// A client of anything is as cheap and as sendable as another, whatever its parameters are.
#[test]
fn parameters_ask_for_nothing() {
    struct Neither;
    impl<'de> serde::Deserialize<'de> for Neither {
        fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Ok(Self)
        }
    }
    const fn shared<T: Clone + Debug + Send + Sync + 'static>() {}
    shared::<RepoClient<Neither, 1>>();
    assert_eq!(size_of::<RepoClient<Neither, 1>>(), size_of::<usize>());
}

/// A supertrait that is no marker is implemented by the user for the generated client.
trait Region {
    fn region(&self) -> String;
}

trait Marker {}
impl<T: ?Sized> Marker for T {}

#[feign::client]
trait Regional: Region + Marker + Debug {
    #[get("/items")]
    async fn items(&self) -> Result<u32, Error>;
    /// Uses the supertrait.
    fn label(&self) -> String {
        format!("in {}", self.region())
    }
}

impl Region for RegionalClient {
    fn region(&self) -> String {
        "eu".to_owned()
    }
}

impl<T: Region + ?Sized> Region for &T {
    fn region(&self) -> String {
        (**self).region()
    }
}

async fn labelled<R: Regional>(regional: R) -> String {
    format!("{} {}", regional.items().await.unwrap(), regional.label())
}

#[tokio::test]
async fn supertraits_hold() {
    let server = Server::always(Reply::ok_json("3")).await;
    let client = RegionalClient::at(server.url()).unwrap();
    assert_eq!(labelled(&client).await, "3 in eu");
    assert_eq!(labelled(client).await, "3 in eu");
}

/// A client trait may stand on another.
#[feign::client]
trait Health {
    #[get("/health")]
    async fn health(&self) -> Result<String, Error>;
}

#[feign::client]
trait Orders: Health {
    #[get("/orders/{id}")]
    async fn order(&self, id: u32) -> Result<String, Error>;
}

impl Health for OrdersClient {
    async fn health(&self) -> Result<String, Error> {
        Ok("as I say".to_owned())
    }
}

#[tokio::test]
async fn a_client_trait_above_another() {
    async fn both<O: Orders>(orders: &O) -> String {
        format!("{}, {}", orders.health().await.unwrap(), orders.order(1).await.unwrap())
    }
    let server = Server::always(Reply::text("order")).await;
    assert_eq!(both(&OrdersClient::at(server.url()).unwrap()).await, "as I say, order");
}

/// A blanket trait with the names of our inner steps does not get between.
trait Everything: Sized + Display {
    fn __feign(&self) {}
    fn client(&self) -> u8 {
        1
    }
}
impl<T: Display> Everything for T {}

#[tokio::test]
async fn blanket_traits_do_not_interfere() {
    let server = Server::always(Reply::text("order")).await;
    let client = OrdersClient::at(server.url()).unwrap();
    assert_eq!(client.order(1).await.unwrap(), "order");
    assert_eq!("text".client(), 1);
}
