//! `#[hash_key]`: what a call is hashed by, and where that sends it.

use std::sync::{Arc, Mutex};

use feign::balance::{Balance, EndpointSet, PickContext};
use serde::Serialize;

use super::{Answer, Seen, distinct};

/// Keeps the key of each call, and takes the first endpoint.
#[derive(Clone, Debug, Default)]
struct Keys(Arc<Mutex<Vec<Option<u64>>>>);

impl Balance for Keys {
    fn pick(&self, _: &EndpointSet, cx: &mut PickContext<'_>) -> usize {
        self.0.lock().unwrap().push(cx.hash_key());
        0
    }
}

impl Keys {
    /// The key of the only call since the last time.
    fn only(&self) -> Option<u64> {
        let keys = std::mem::take(&mut *self.0.lock().unwrap());
        assert_eq!(keys.len(), 1);
        keys[0]
    }
}

#[derive(Debug, Serialize)]
struct User {
    id: u32,
}

fn id_of(user: &User) -> u32 {
    user.id
}

#[derive(feign::Param)]
struct UserId(u32);

#[feign::client(service = "items")]
trait Keyed {
    #[get("/items")]
    async fn unkeyed(&self) -> Answer;
    #[get("/items")]
    async fn alone(&self, #[hash_key] user: u32) -> Answer;
    #[get("/items/{user}")]
    async fn variable(&self, #[hash_key] user: &UserId) -> Answer;
    #[get("/items")]
    async fn query(
        &self,
        #[hash_key]
        #[query("user-id")]
        user: Option<&str>,
    ) -> Answer;
    #[get("/items")]
    async fn sent_by_with(
        &self,
        #[query(with = id_of)]
        #[hash_key]
        user: &User,
    ) -> Answer;
    #[post("/items")]
    async fn body(
        &self,
        #[hash_key(with = id_of)]
        #[body]
        user: User,
    ) -> Answer;
    #[get("/items")]
    async fn display(&self, #[hash_key(display)] user: Option<u32>) -> Answer;
    #[get("/items")]
    async fn serde(&self, #[hash_key(serde)] user: Option<u32>) -> Answer;
    #[get("/items")]
    async fn number(&self, #[hash_key] user: f64) -> Answer;
    #[get("/items")]
    async fn text(&self, #[hash_key] user: &str) -> Answer;
    #[get("/items")]
    async fn list(&self, #[hash_key(serde)] users: &[u32]) -> Answer;
}

fn keyed(seen: &Seen) -> (KeyedClient, Keys) {
    let keys = Keys::default();
    (seen.hub().balance(keys.clone()).build().unwrap().client(), keys)
}

/// The text `7`, wherever it comes from, is one key: that of `CallOptions::hash_key("7")`.
#[tokio::test]
async fn a_key_is_the_text_of_the_argument() {
    let seen = Seen::default();
    let (client, keys) = keyed(&seen);

    client.unkeyed().await.unwrap();
    assert_eq!(keys.only(), None);
    client.with(|call| call.hash_key("7")).unkeyed().await.unwrap();
    let seven = keys.only();
    assert!(seven.is_some());

    macro_rules! is_seven {
        ($($method:ident($argument:expr) -> $target:literal;)*) => {$(
            client.$method($argument).await.unwrap();
            assert_eq!(keys.only(), seven, "{}", stringify!($method));
            assert_eq!(seen.targets().pop().as_deref(), Some($target), "{}", stringify!($method));
        )*};
    }
    is_seven! {
        alone(7) -> "/items";
        variable(&UserId(7)) -> "/items/7";
        query(Some("7")) -> "/items?user-id=7";
        sent_by_with(&User { id: 7 }) -> "/items?user=7";
        body(User { id: 7 }) -> "/items";
        display(Some(7)) -> "/items";
        serde(Some(7)) -> "/items";
        number(7.0) -> "/items";
        text("7") -> "/items";
    }

    client.alone(8).await.unwrap();
    let eight = keys.only();
    assert!(eight.is_some() && eight != seven);
}

/// Text is hashed as it is, however it would be escaped or refused where it is sent.
#[tokio::test]
async fn no_key_is_not_the_empty_key_and_text_is_not_escaped() {
    let (client, keys) = keyed(&Seen::default());

    client.query(None).await.unwrap();
    assert_eq!(keys.only(), None);
    client.display(None).await.unwrap();
    assert_eq!(keys.only(), None);
    client.serde(None).await.unwrap();
    assert_eq!(keys.only(), None);
    for text in ["", "ä /?#%2F", "two\nlines", "\0"] {
        client.text(text).await.unwrap();
        let by_argument = keys.only();
        client.with(|call| call.hash_key(text)).unkeyed().await.unwrap();
        assert_eq!(by_argument, keys.only(), "{text:?}");
        assert!(by_argument.is_some(), "{text:?}");
    }
}

#[tokio::test]
async fn the_key_of_the_call_stands_above_that_of_the_argument() {
    let (client, keys) = keyed(&Seen::default());
    client.alone(7).await.unwrap();
    let seven = keys.only();
    client.with(|call| call.hash_key("7")).alone(8).await.unwrap();
    assert_eq!(keys.only(), seven);
}

/// What has no text is refused before anything is sent, by the name of the argument.
#[tokio::test]
async fn a_key_without_a_text_is_refused() {
    let seen = Seen::default();
    let (client, _) = keyed(&seen);
    for (answer, argument) in
        [(client.number(f64::NAN).await, "user"), (client.list(&[1, 2]).await, "users")]
    {
        let error = answer.unwrap_err().to_string();
        assert!(error.contains(&format!("`{argument}`")), "{error}");
    }
    assert!(seen.targets().is_empty());
}

#[feign::client(service = "items", balance = hash)]
trait Hashed {
    #[get("/items")]
    async fn items(&self, #[hash_key] user: u32) -> Answer;
    #[get("/items")]
    async fn anyone(&self) -> Answer;
}

/// Each key has its endpoint, in any process; all of them have keys.
#[tokio::test]
async fn a_key_goes_where_it_went() {
    let seen = Seen::default();
    let client: HashedClient = seen.hub().build().unwrap().client();
    let mut first = Vec::new();
    for user in 0..60 {
        client.items(user).await.unwrap();
        first.extend(seen.hosts());
    }
    assert_eq!(distinct(&first), "abc", "{first:?}");

    let again: HashedClient = seen.hub().seed(6).build().unwrap().client();
    for user in 0..60 {
        again.items(user).await.unwrap();
        let view = again.with(|call| call.hash_key(user.to_string()));
        view.anyone().await.unwrap();
    }
    let expected: Vec<_> = first.iter().flat_map(|host| [host.clone(), host.clone()]).collect();
    assert_eq!(seen.hosts(), expected);
}
