//! CR, LF and NUL: refused in every role, before anything is sent, naming the argument.

use std::collections::BTreeMap;

use feign::Error;
use proptest::prelude::*;

use super::{CASES, holds, unsendable};

type Answer = Result<(), Error>;

#[feign::client]
trait Roles {
    #[get("/x/{value}")]
    async fn path(&self, value: &str) -> Answer;
    #[get("/x/{+value}")]
    async fn reserved(&self, value: &str) -> Answer;
    #[get("/x{/value*}")]
    async fn segments(&self, value: &[&str]) -> Answer;
    #[get("/x{;value}")]
    async fn matrix(&self, value: &str) -> Answer;
    #[get("/x{?value}")]
    async fn template(&self, value: &str) -> Answer;
    #[get("/x{?value:500}")]
    async fn prefix(&self, value: &str) -> Answer;
    #[get("/x")]
    async fn query(&self, #[query] value: Option<&str>) -> Answer;
    #[get("/x")]
    async fn list(&self, #[query(style = csv)] value: &[&str]) -> Answer;
    #[get("/x")]
    async fn map(&self, #[query] value: &[(&str, &str)]) -> Answer;
    #[get("/x")]
    async fn flat(&self, #[query(flatten)] value: &BTreeMap<&str, &str>) -> Answer;
    #[get("/x")]
    async fn displayed(&self, #[query(display)] value: &str) -> Answer;
    #[get("/x")]
    async fn served(&self, #[query(serde)] value: &str) -> Answer;
    #[get("/x")]
    async fn header(&self, #[header("x-value")] value: &str) -> Answer;
    #[get("/x")]
    async fn headers(&self, #[header("x-value")] value: &[&str]) -> Answer;
    #[get("/x")]
    async fn header_map(&self, #[headers] value: &[(&str, &str)]) -> Answer;
    #[get("/x")]
    async fn cookie(&self, #[cookie] value: &str) -> Answer;
    #[get]
    async fn link(&self, #[url] value: &str) -> Answer;
}

/// Nobody listens there: whatever is not refused is a connect error.
async fn client() -> RolesClient {
    RolesClient::at("http://127.0.0.1:1").unwrap()
}

#[test]
fn in_every_role() {
    holds(2 * CASES, client, unsendable(), async |client, value| {
        let value = &*value;
        for (role, answer) in [
            ("path", client.path(value).await),
            ("reserved", client.reserved(value).await),
            ("segments", client.segments(&["fine", value]).await),
            ("matrix", client.matrix(value).await),
            ("template", client.template(value).await),
            ("prefix", client.prefix(value).await),
            ("query", client.query(Some(value)).await),
            ("list", client.list(&[value, "fine"]).await),
            ("name", client.map(&[("fine", "fine"), (value, "fine")]).await),
            ("value", client.map(&[("fine", value)]).await),
            ("flat name", client.flat(&BTreeMap::from([(value, "fine")])).await),
            ("flat value", client.flat(&BTreeMap::from([("fine", value)])).await),
            ("display", client.displayed(value).await),
            ("serde", client.served(value).await),
            ("header", client.header(value).await),
            ("headers", client.headers(&["fine", value]).await),
            ("header name", client.header_map(&[(value, "fine")]).await),
            ("header value", client.header_map(&[("x-fine", value)]).await),
            ("cookie", client.cookie(value).await),
            ("link", client.link(&format!("/x?{value}")).await),
        ] {
            let error = answer.unwrap_err();
            prop_assert!(error.is_request() && error.attempts() == 0, "{role}: {error:?}");
            let text = error.to_string();
            prop_assert!(text.contains("argument `value`"), "{role}: {text}");
            prop_assert!(!text.contains(['\r', '\n', '\0']), "{role}: {text:?}");
        }
        Ok(())
    });
}

/// At every other place where a text can be said: the call, the hub, a service, a URL.
#[test]
fn at_every_level() {
    use feign::{Hub, discover::Endpoint};

    holds(CASES, client, unsendable(), async |client, value| {
        let view = client.with(|call| call.header("x-call", &value));
        let errors = [
            view.cookie("fine").await.unwrap_err(),
            Hub::builder().header("x-hub", &value).build().unwrap_err(),
            Hub::builder().header(&value, "fine").build().unwrap_err(),
            Hub::builder().service("s", |s| s.header("x-service", &value)).build().unwrap_err(),
            Hub::builder().service("s", |s| s.url(&value)).build().unwrap_err(),
            Hub::builder().allow_origin(&value).build().unwrap_err(),
            Endpoint::new(&format!("http://h.example/{value}")).unwrap_err(),
            RolesClient::at(&value).unwrap_err(),
        ];
        for error in errors {
            let text = error.to_string();
            prop_assert!(!text.contains(['\r', '\n', '\0']), "{text:?}");
        }
        Ok(())
    });
}
