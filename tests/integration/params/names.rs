//! Names on the wire: `rename_all`, and a name given for one argument, in every role.

use super::Answer;
use crate::support::Server;

macro_rules! renamed {
    ($($name:ident $rule:literal;)*) => {$(
        #[feign::client(rename_all = $rule)]
        trait $name {
            #[get("/")]
            async fn find(&self, #[query] page_size: u8, #[cookie] session_id: u8) -> Answer;
        }
    )*};
}
renamed! {
    Lower "lowercase";
    Upper "UPPERCASE";
    Pascal "PascalCase";
    Camel "camelCase";
    Snake "snake_case";
    ScreamingSnake "SCREAMING_SNAKE_CASE";
    Kebab "kebab-case";
    ScreamingKebab "SCREAMING-KEBAB-CASE";
}

/// As serde renames the fields of a struct.
#[tokio::test]
async fn all_eight_rules() {
    let server = Server::silent_ok().await;
    let url = server.url();
    LowerClient::at(&url).unwrap().find(1, 2).await.unwrap();
    UpperClient::at(&url).unwrap().find(1, 2).await.unwrap();
    PascalClient::at(&url).unwrap().find(1, 2).await.unwrap();
    CamelClient::at(&url).unwrap().find(1, 2).await.unwrap();
    SnakeClient::at(&url).unwrap().find(1, 2).await.unwrap();
    ScreamingSnakeClient::at(&url).unwrap().find(1, 2).await.unwrap();
    KebabClient::at(&url).unwrap().find(1, 2).await.unwrap();
    ScreamingKebabClient::at(&url).unwrap().find(1, 2).await.unwrap();
    let sent: Vec<_> = server
        .received()
        .iter()
        .map(|sent| format!("{} {}", sent.target(), sent.header("cookie").unwrap()))
        .collect();
    assert_eq!(
        sent,
        [
            "/?page_size=1 session_id=2",
            "/?PAGE_SIZE=1 SESSION_ID=2",
            "/?PageSize=1 SessionId=2",
            "/?pageSize=1 sessionId=2",
            "/?page_size=1 session_id=2",
            "/?PAGE_SIZE=1 SESSION_ID=2",
            "/?page-size=1 session-id=2",
            "/?PAGE-SIZE=1 SESSION-ID=2",
        ]
    );
}

#[feign::client(path = "/{tenantId}", rename_all = "camelCase")]
trait Named {
    #[get("/{orderId}{?pageSize,sort_by,own}")]
    async fn template(
        &self,
        tenant_id: &str,
        order_id: u32,
        page_size: Option<u8>,
        sort_by: Option<&str>,
        #[query("own")] other: u8,
    ) -> Answer;
    #[get("/")]
    async fn given(
        &self,
        tenant_id: &str,
        #[query("page-size")] page_size: u8,
        #[header("X-Day")] day: u8,
        #[header] x_request_id: &str,
        #[cookie("JSESSIONID")] session: &str,
        #[query] plain_name: u8,
    ) -> Answer;
    #[get("/{id}")]
    async fn path_name(&self, tenant_id: &str, #[path("id")] number: u32) -> Answer;
}

#[tokio::test]
async fn a_variable_meets_its_argument_by_any_of_its_names() {
    let server = Server::silent_ok().await;
    let client = NamedClient::at(server.url()).unwrap();
    client.template("acme", 7, Some(10), Some("name"), 3).await.unwrap();
    assert_eq!(server.take().line, "GET /acme/7?pageSize=10&sort_by=name&own=3");
    client.template("acme", 7, None, None, 3).await.unwrap();
    assert_eq!(server.take().line, "GET /acme/7?own=3");
    client.path_name("acme", 9).await.unwrap();
    assert_eq!(server.take().line, "GET /acme/9");
}

#[tokio::test]
async fn a_name_that_is_given_stands_as_it_is() {
    let server = Server::silent_ok().await;
    NamedClient::at(server.url()).unwrap().given("acme", 1, 2, "3", "4", 5).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.line, "GET /acme?page-size=1&plainName=5");
    assert_eq!(sent.header("x-day").as_deref(), Some("2"));
    assert_eq!(sent.header("x-request-id").as_deref(), Some("3"));
    assert_eq!(sent.header("cookie").as_deref(), Some("JSESSIONID=4"));
}

/// Substitution follows the names, whatever the order of the arguments.
#[tokio::test]
async fn order_means_nothing() {
    #[feign::client]
    trait Swapped {
        #[get("/{a}/{b}{?c,d}")]
        async fn call(&self, d: u8, b: u8, c: u8, a: u8) -> Answer;
    }
    let server = Server::silent_ok().await;
    SwappedClient::at(server.url()).unwrap().call(4, 2, 3, 1).await.unwrap();
    assert_eq!(server.line(), "GET /1/2?c=3&d=4");
}

#[tokio::test]
async fn keywords_are_names_too() {
    #[feign::client]
    trait Keywords {
        #[get("/{type}{?ref}")]
        async fn r#match(&self, r#type: &str, r#ref: u8, #[query] r#in: u8) -> Answer;
    }
    let server = Server::silent_ok().await;
    KeywordsClient::at(server.url()).unwrap().r#match("t", 1, 2).await.unwrap();
    assert_eq!(server.line(), "GET /t?ref=1&in=2");
    assert_eq!(KeywordsClient::MATCH.name(), "Keywords.match");
}
