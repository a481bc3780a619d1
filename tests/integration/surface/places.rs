//! A client can be declared wherever a trait can, whatever `feign` is called there.

use feign::Error;

use crate::support::{Reply, Server};

/// Re-exports feign, as a company's own crate would.
mod vendor {
    pub(crate) use feign as http;
}

/// Reaches it by that path.
mod renamed {
    use super::vendor::http;

    #[http::client(crate = crate::surface::places::vendor::http, name = HttpItems, dyn, partial)]
    pub(super) trait Items {
        #[get("/items/{sku}{?kind}")]
        async fn item(&self, sku: Sku, kind: Kind) -> Result<Option<String>, http::Error>;
    }

    #[derive(http::Param)]
    #[param(crate = crate::surface::places::vendor::http)]
    pub(super) struct Sku(pub(super) u32);

    #[derive(http::Param)]
    #[param(crate = crate::surface::places::vendor::http, rename_all = "lowercase")]
    pub(super) enum Kind {
        Small,
    }
}

#[tokio::test]
async fn under_another_name() {
    use renamed::{HttpItems, Items as _, Kind, Sku};
    let server = Server::always(Reply::text("renamed")).await;
    let client = HttpItems::at(server.url()).unwrap();
    assert_eq!(client.item(Sku(1), Kind::Small).await.unwrap().as_deref(), Some("renamed"));
    assert_eq!(server.line(), "GET /items/1?kind=small");
}

mod outer {
    pub(super) mod inner {
        #[derive(feign::Param)]
        pub(in crate::surface::places) struct Own(pub(in crate::surface::places) String);

        /// Visible two modules up, and so is its client.
        #[feign::client]
        pub(in crate::surface::places) trait Marked {
            #[get("/marked")]
            async fn call(&self, #[query] own: &Own) -> Result<String, super::super::Error>;
        }
    }
}

/// Inside a function, twice by the same name.
#[tokio::test]
async fn inside_a_function() {
    async fn one(url: &str) -> String {
        #[feign::client]
        trait Local {
            #[get("/one")]
            async fn call(&self) -> Result<String, Error>;
        }
        LocalClient::at(url).unwrap().call().await.unwrap()
    }
    async fn two(url: &str) -> String {
        #[feign::client]
        trait Local {
            #[get("/two")]
            async fn call(&self) -> Result<String, Error>;
        }
        LocalClient::at(url).unwrap().call().await.unwrap()
    }
    let server = Server::always(Reply::text("local")).await;
    assert_eq!(one(&server.url()).await, "local");
    assert_eq!(two(&server.url()).await, "local");
    assert_eq!(server.lines(), ["GET /one", "GET /two"]);
}

macro_rules! declared {
    ($name:ident, $verb:ident, $path:literal, $argument:ident: $type:ty => $result:ty) => {
        #[feign::client]
        trait $name {
            #[$verb($path)]
            async fn call(&self, $argument: $type) -> Result<$result, Error>;
        }
    };
}
declared!(ByMacro, get, "/macro/{sku}", sku: &str => Option<String>);

#[tokio::test]
async fn written_by_a_macro() {
    let server = Server::always(Reply::text("macro")).await;
    let client = ByMacroClient::at(server.url()).unwrap();
    assert_eq!(client.call("a b").await.unwrap().as_deref(), Some("macro"));
    assert_eq!(server.line(), "GET /macro/a%20b");
}

#[tokio::test]
async fn deep_in_modules() {
    use outer::inner::{Marked as _, MarkedClient, Own};
    let server = Server::always(Reply::text("deep")).await;
    let client = MarkedClient::at(server.url()).unwrap();
    assert_eq!(client.call(&Own("o".to_owned())).await.unwrap(), "deep");
    assert_eq!(server.line(), "GET /marked?own=o");
}

/// Aliases, of the result and of what is in it, are seen through.
#[tokio::test]
async fn behind_aliases() {
    type Answer<T> = Result<T, Error>;
    type Maybe = Option<String>;
    type Whole<T> = feign::Response<T>;

    #[feign::client]
    trait Aliased {
        #[get("/")]
        async fn maybe(&self) -> Answer<Maybe>;
        #[get("/")]
        async fn whole(&self) -> Answer<Whole<Maybe>>;
    }
    let server = Server::always(Reply::status(404)).await;
    let client = AliasedClient::at(server.url()).unwrap();
    assert_eq!(client.maybe().await.unwrap(), None);
    assert_eq!(client.whole().await.unwrap().into_body(), None);
}
