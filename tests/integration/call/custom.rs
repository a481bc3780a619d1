//! Results and bodies of the user's own: `FromBody`, `IntoBody`.

use feign::{Answer, Body, BoxError, Error, FromBody, IntoBody, Response, StatusCode};
use http_body_util::BodyExt as _;

use crate::support::{Reply, Server};

/// Text by lines.
#[derive(Debug, PartialEq)]
struct Lines(Vec<String>);

impl FromBody for Lines {
    fn from_body(answer: Answer) -> Result<Self, Error> {
        match String::from_utf8(answer.bytes().to_vec()) {
            Ok(text) => Ok(Self(text.lines().map(str::to_owned).collect())),
            Err(source) => Err(answer.unreadable(Some("a line".to_owned()), source)),
        }
    }
}

/// What came of an answer, without its body.
struct Version {
    status: StatusCode,
    etag: Option<String>,
    operation: &'static str,
}

impl FromBody for Version {
    const EMPTY_IS_NONE: bool = false;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        let etag = answer.headers().get("etag").map(|etag| etag.to_str().unwrap().to_owned());
        Ok(Self { status: answer.status(), etag, operation: answer.operation().name() })
    }
}

/// A stream of the user's own, never buffered.
struct Raw(Body);

impl FromBody for Raw {
    const BUFFERED: bool = false;

    fn from_body(answer: Answer) -> Result<Self, Error> {
        Ok(Self(answer.into_body()))
    }
}

/// Sent as CSV.
struct Csv<'a>(&'a [(&'a str, u32)]);

impl IntoBody for Csv<'_> {
    const CONTENT_TYPE: Option<&'static str> = Some("text/csv");

    fn into_body(self) -> Result<Body, BoxError> {
        if self.0.iter().any(|(name, _)| name.contains(',')) {
            return Err("a comma in a name".into());
        }
        let lines = self.0.iter().map(|(name, count)| format!("{name},{count}\n"));
        Ok(Body::from(lines.collect::<String>()))
    }
}

#[feign::client]
trait Custom {
    #[get("/")]
    async fn lines(&self) -> Result<Lines, Error>;
    #[get("/")]
    async fn optional(&self) -> Result<Option<Lines>, Error>;
    #[get("/")]
    async fn version(&self) -> Result<Option<Version>, Error>;
    #[get("/")]
    async fn raw(&self) -> Result<Response<Raw>, Error>;
    #[post("/")]
    async fn upload(&self, #[body] csv: Csv<'_>) -> Result<(), Error>;
    #[post("/")]
    async fn maybe_upload(&self, #[body] csv: Option<Csv<'_>>) -> Result<(), Error>;
}

async fn answering(reply: Reply) -> (Server, CustomClient) {
    let server = Server::always(reply).await;
    let client = CustomClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_result_of_the_users_own() {
    let (_server, client) = answering(Reply::text("one\ntwo\n")).await;
    assert_eq!(client.lines().await.unwrap(), Lines(vec!["one".to_owned(), "two".to_owned()]));
    assert_eq!(client.optional().await.unwrap().unwrap().0.len(), 2);

    let (server, client) = answering(Reply::status(200).body(&b"\xff"[..])).await;
    let error = client.lines().await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.body(), &b"\xff"[..]);
    assert_eq!(error.operation().unwrap().name(), "Custom.lines");
    assert_eq!(error.endpoint(), Some(&*server.url()));
    assert!(error.to_string().contains("`a line`"), "{error}");
}

#[tokio::test]
async fn it_says_itself_whether_nothing_is_none() {
    let (_server, client) = answering(Reply::status(200).header("etag", "\"1\"")).await;
    assert_eq!(client.optional().await.unwrap(), None);
    let version = client.version().await.unwrap().expect("an empty body is no absence");
    assert_eq!(version.status, StatusCode::OK);
    assert_eq!(version.etag.as_deref(), Some("\"1\""));
    assert_eq!(version.operation, "Custom.version");
}

#[tokio::test]
async fn it_says_itself_whether_it_is_buffered() {
    let (_server, client) = answering(Reply::status(200).unfinished(["first"])).await;
    let Raw(mut body) = client.raw().await.unwrap().into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first, "first");
}

#[tokio::test]
async fn a_body_of_the_users_own() {
    let (server, client) = answering(Reply::status(200)).await;
    client.upload(Csv(&[("a", 1), ("b", 2)])).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.text(), "a,1\nb,2\n");
    assert_eq!(sent.header("content-type").as_deref(), Some("text/csv"));
    client.maybe_upload(None).await.unwrap();
    let sent = server.take();
    assert_eq!((sent.text(), sent.header("content-type")), ("", None));

    let error = client.upload(Csv(&[("a,b", 1)])).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "a comma in a name");
    server.assert_untouched();
}
