//! Generated code takes no name of the user's and needs none: it runs here, `tests/ui` shows that
//! it is silent under every lint.

use crate::support::{Reply, Server};

/// No prelude, and everything it has hidden by other things of the same name.
mod bare {
    #![no_implicit_prelude]

    #[::feign::client(service = "bare", dyn, partial)]
    pub(super) trait Bare {
        #[post("/items/{sku}{?tags*}")]
        #[headers("x-a: 1")]
        #[timeout("2s", attempt = "1s")]
        #[idempotent(key = "idempotency-key")]
        #[accept(409)]
        #[none(404)]
        async fn item(
            &self,
            sku: Sku,
            tags: &[::std::string::String],
            #[query(flatten)] filter: &::std::collections::BTreeMap<::std::string::String, u32>,
            #[query(display)] shown: u32,
            #[header] x_day: u32,
            #[cookie] session: &str,
            #[body] order: &str,
        ) -> ::core::result::Result<::core::option::Option<::std::string::String>, ::feign::Error>;

        #[get]
        async fn follow(&self, #[url] next: &str) -> ::core::result::Result<(), ::feign::Error>;
    }

    #[derive(::feign::Param)]
    pub(super) struct Sku(pub(super) ::std::string::String);

    #[derive(::feign::Param)]
    pub(super) enum Sort {
        Up,
    }

    pub(super) fn sort() -> Sort {
        Sort::Up
    }

    pub(super) fn template() -> ::core::result::Result<::std::string::String, ::feign::Error> {
        ::feign::__template!("/a{?x*}", x = &["1", "2"])
    }
}

#[tokio::test]
async fn without_any_prelude() {
    use bare::{Bare as _, BareClient, Sku};
    let server = Server::always(Reply::text("bare")).await;
    let client = BareClient::at(server.url()).unwrap();
    let filter = [("min".to_owned(), 3)].into();
    let tags = ["t".to_owned()];
    let found = client.item(Sku("a b".to_owned()), &tags, &filter, 4, 5, "s", "body").await;
    assert_eq!(found.unwrap().as_deref(), Some("bare"));
    let sent = server.take();
    assert_eq!(sent.line, "POST /items/a%20b?tags=t&min=3&shown=4");
    assert_eq!(sent.header("x-day").as_deref(), Some("5"));
    assert_eq!(sent.text(), "body");
    client.follow("/next").await.unwrap();
    assert_eq!(server.take().line, "GET /next");
    assert_eq!(bare::template().unwrap(), "/a?x=1&x=2");
    let _ = bare::sort();
}

/// Types and modules of the user's with names that generated code might have used.
#[allow(dead_code, non_camel_case_types, non_snake_case, reason = "only their names matter")]
mod shadows {
    pub(super) struct Result;
    pub(super) struct Option;
    pub(super) struct String;
    pub(super) struct Send;
    pub(super) struct Sync;
    pub(super) struct Sized;
    pub(super) struct Future;
    pub(super) struct Clone;
    pub(super) struct Debug;
    pub(super) struct Box;
    pub(super) struct From;
    pub(super) struct Error;
    pub(super) struct Operation;
    pub(super) struct u64;
    pub(super) struct str;
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) fn Some() {}
    pub(super) fn Ok() {}
    pub(super) fn None() {}
}

mod shadowed {
    #[allow(unused_imports, reason = "shadows")]
    use super::shadows::*;

    type Text = ::std::string::String;
    type Answer = ::core::result::Result<::core::option::Option<Text>, ::feign::Error>;

    #[::feign::client(service = "shadowed", dyn, partial)]
    #[timeout("2s")]
    pub(super) trait Shadowed {
        #[get("/items/{sku}{?page}")]
        #[none(404)]
        async fn item(&self, sku: &Text, page: u32) -> Answer;
    }
}

#[tokio::test]
async fn among_shadows() {
    use shadowed::{Shadowed as _, ShadowedClient};
    let server = Server::always(Reply::text("shadowed")).await;
    let client = ShadowedClient::at(server.url()).unwrap();
    assert_eq!(client.item(&"a".to_owned(), 1).await.unwrap().as_deref(), Some("shadowed"));
    assert_eq!(server.line(), "GET /items/a?page=1");
}

type Answer = Result<String, feign::Error>;

/// Arguments with the names of the generated locals.
#[feign::client(service = "names")]
trait Names {
    #[get("/{request}/{client}/{probe}/{error}{?reader,presence,delivery,encoder,value,this}")]
    #[allow(clippy::too_many_arguments, reason = "all of them at once")]
    async fn locals(
        &self,
        request: &str,
        client: &str,
        probe: &str,
        error: &str,
        reader: &str,
        presence: &str,
        delivery: &str,
        encoder: &str,
        value: &str,
        this: &str,
    ) -> Answer;
    #[get("/new")]
    async fn new(&self) -> Answer;
    #[get("/handle")]
    async fn handle(&self) -> Answer;
    #[get("/from_handle")]
    async fn from_handle(&self) -> Answer;
    #[get("/operations")]
    async fn operations(&self) -> Answer;
    #[get("/service")]
    async fn service(&self) -> Answer;
    #[get("/clone")]
    async fn clone(&self) -> Answer;
    #[get("/fmt")]
    async fn fmt(&self) -> Answer;
}

#[tokio::test]
async fn arguments_named_like_locals() {
    let server = Server::always(Reply::text("names")).await;
    let names = NamesClient::at(server.url()).unwrap();
    names.locals("1", "2", "3", "4", "5", "6", "7", "8", "9", "10").await.unwrap();
    assert_eq!(
        server.take().line,
        "GET /1/2/3/4?reader=5&presence=6&delivery=7&encoder=8&value=9&this=10"
    );
}

/// Methods named like what the generated type has or what traits in scope have.
#[tokio::test]
async fn methods_named_like_ours() {
    let server = Server::always(Reply::text("names")).await;
    let names = NamesClient::at(server.url()).unwrap();
    names.new().await.unwrap();
    names.handle().await.unwrap();
    names.from_handle().await.unwrap();
    names.operations().await.unwrap();
    names.service().await.unwrap();
    Names::clone(&names).await.unwrap();
    Names::fmt(&names).await.unwrap();
    let lines = [
        "GET /new",
        "GET /handle",
        "GET /from_handle",
        "GET /operations",
        "GET /service",
        "GET /clone",
        "GET /fmt",
    ];
    assert_eq!(server.lines(), lines);
    assert_eq!(NamesClient::NEW.name(), "Names.new");
    assert_eq!(NamesClient::HANDLE.template(), "/handle");
}

/// A blanket trait of the user's with methods named like common steps.
#[allow(dead_code, reason = "only their names matter")]
trait Steps: Sized {
    fn reader(&self) {}
    fn literal(&self) {}
    fn encode(&self) {}
    fn query(&self) {}
    fn whole(&self) {}
}
impl<T> Steps for T {}

#[tokio::test]
async fn blanket_traits_in_scope() {
    #[feign::client]
    trait Scoped {
        #[post("/{id}{?q}")]
        async fn call(
            &self,
            id: u32,
            q: &str,
            #[body] body: &[u32],
        ) -> Result<Option<Vec<u32>>, feign::Error>;
    }
    let server = Server::always(Reply::ok_json("[1]")).await;
    let client = ScopedClient::at(server.url()).unwrap();
    assert_eq!(client.call(1, "q", &[2]).await.unwrap(), Some(vec![1]));
    assert_eq!(server.only().text(), "[2]");
    ().reader();
}
