//! Headers, out and back.

use feign::{Error, Hub, Response};
use serde::Deserialize;

use super::server::{Httpbin, Values, values};

#[derive(Deserialize)]
struct Headers {
    headers: Values,
}

#[feign::client]
#[headers("x-trait: trait", "x-method: trait", "x-call: trait")]
trait Echoed {
    #[get("/headers")]
    #[headers("x-method: method", "x-call: method", remove("x-hub-removed"))]
    async fn headers(
        &self,
        #[header] x_argument: &str,
        #[header("x-list")] list: &[u32],
        #[header] x_none: Option<&str>,
    ) -> Result<Headers, Error>;
    #[get("/response-headers{?pairs*}")]
    async fn answer(&self, pairs: &[(&str, &str)]) -> Result<Response<Values>, Error>;
}

pub(super) async fn only_what_was_said_is_sent(httpbin: &Httpbin) {
    let hub = Hub::builder()
        .header("x-hub", "hub")
        .header("x-trait", "hub")
        .header("x-hub-removed", "hub")
        .build()
        .unwrap();
    let client: EchoedClient = hub.client_at(httpbin.url()).unwrap();
    let client = client.with(|call| call.header("x-call", "call"));
    let mut sent = client.headers("argument", &[1, 2], None).await.unwrap().headers;
    // Which codings are known depends on the features.
    sent.remove("Accept-Encoding");
    let expected: [(&str, &[&str]); 8] = [
        ("Accept", &["application/json"]),
        ("Host", &[&httpbin.authority()]),
        ("X-Argument", &["argument"]),
        ("X-Call", &["call"]),
        ("X-Hub", &["hub"]),
        ("X-List", &["1", "2"]),
        ("X-Method", &["method"]),
        ("X-Trait", &["trait"]),
    ];
    assert_eq!(sent, values(&expected));
}

pub(super) async fn those_of_the_answer_are_there(httpbin: &Httpbin) {
    let client = EchoedClient::at(httpbin.url()).unwrap();
    let pairs = [("x-one", "1"), ("x-many", "a, b"), ("x-many", "c"), ("x-empty", "")];
    let answer = client.answer(&pairs).await.unwrap();
    assert_eq!(answer.headers()["x-one"], "1");
    assert_eq!(answer.headers()["x-empty"], "");
    let many: Vec<_> = answer.headers().get_all("x-many").iter().collect();
    assert_eq!(many, ["a, b", "c"]);
    assert_eq!(answer.body()["x-many"], ["a, b", "c"]);
    assert!(answer.extensions().is_empty());
}
