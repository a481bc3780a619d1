//! Credentials.

use feign::{Error, Hub};
use serde::Deserialize;

use super::Httpbin;

#[derive(Debug, feign::ErrorMap)]
enum AuthError {
    #[status(401)]
    Unauthorized {
        #[header("www-authenticate")]
        challenge: String,
    },
    #[otherwise]
    Other(#[expect(dead_code, reason = "shown by `Debug` only")] Error),
}

#[derive(Debug, Deserialize)]
struct User {
    authenticated: bool,
    user: String,
}

#[derive(Debug, Deserialize)]
struct Bearer {
    authenticated: bool,
    token: String,
}

#[feign::client(service = "httpbin")]
trait Guarded {
    #[get("/basic-auth/{user}/{password}")]
    async fn basic(&self, user: &str, password: &str) -> Result<User, AuthError>;
    #[get("/hidden-basic-auth/{user}/{password}")]
    async fn hidden(&self, user: &str, password: &str) -> Result<Option<User>, AuthError>;
    #[get("/bearer")]
    async fn bearer(&self, #[header] authorization: Option<&str>) -> Result<Bearer, AuthError>;
}

const USER: &str = "user@example.com";
/// A password may hold a colon, a user may not.
const PASSWORD: &str = "p:ä ss/word";

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, AuthError>) -> String {
    match answer {
        Err(AuthError::Unauthorized { challenge }) => challenge,
        other => panic!("{other:?}"),
    }
}

pub(super) async fn basic(httpbin: &Httpbin) {
    let hub = |password: &str| {
        let service = |s: feign::ServiceOptions| s.url(httpbin.url()).basic_auth(USER, password);
        Hub::builder().service("httpbin", service).build().unwrap()
    };
    let client: GuardedClient = hub(PASSWORD).client();
    let user = client.basic(USER, PASSWORD).await.unwrap();
    assert!(user.authenticated);
    assert_eq!(user.user, USER);
    assert!(client.hidden(USER, PASSWORD).await.unwrap().unwrap().authenticated);

    let wrong: GuardedClient = hub("wrong").client();
    assert_eq!(refused(wrong.basic(USER, PASSWORD).await), "Basic realm=\"Fake Realm\"");
    assert!(wrong.hidden(USER, PASSWORD).await.unwrap().is_none(), "404 is what hides it");
    // This call's word stands above the service's.
    let right = wrong.with(|call| call.basic_auth(USER, PASSWORD));
    assert!(right.basic(USER, PASSWORD).await.unwrap().authenticated);
    let none = client.with(|call| call.remove_header("authorization"));
    refused(none.basic(USER, PASSWORD).await);
}

pub(super) async fn bearer(httpbin: &Httpbin) {
    let client = GuardedClient::at(httpbin.url()).unwrap();
    let answer = client.bearer(Some("Bearer abc.def~1")).await.unwrap();
    assert!(answer.authenticated);
    assert_eq!(answer.token, "abc.def~1");
    assert_eq!(refused(client.bearer(None).await), "Bearer");
    assert_eq!(refused(client.bearer(Some("Basic abc")).await), "Bearer");
}
