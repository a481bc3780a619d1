//! Calls without an answer, at each level: the attempt and the call have failed, each with its causes once. The event of an
//! attempt has its operation as a field, so that its error does not say it.

use std::sync::Arc;

use feign::Hub;
use feign::log::Level;
use feign::mock::{Mock, Reply};
use feign::transport::Reqwest;
use reqwest::dns::{Name, Resolve, Resolving};

use super::{SendsStuffClient, URL, WAIT, logged, logged_by};
use crate::support::{HeldClock, Peer, Then};

/// The request that got no answer, as `Headers` shows it.
const ASKED: &str = "\
feign::attempt: 
> POST http://localhost:1/
> accept: text/plain
> content-type: application/json
> accept-encoding: gzip
";

/// And its body, in the place of its size.
const BODY: &str = "\
>
> {\"customer_name\": \"netflix\", \"user_name\": \"denominator\", \"password\": \"***\"}
";

/// The same failure at each level.
async fn assert_told(logged: impl AsyncFn(Level) -> String, failed: &str) {
    assert_eq!(logged(Level::None).await, "");
    assert_eq!(logged(Level::Basic).await, failed);
    assert_eq!(logged(Level::Headers).await, format!("{ASKED}> (80 bytes)\n{failed}"));
    assert_eq!(logged(Level::Body).await, format!("{ASKED}{BODY}{failed}"));
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection() {
    let failed = "\
feign::attempt: attempt: POST / at http://localhost:1 failed in 3.0ms
  error=could not connect [http://localhost:1]: connection refused
feign::call: POST / failed in 3.0ms
  error=SendsStuff.login (POST /): could not connect [http://localhost:1]: connection refused
";
    assert_told(async |level| logged(level, Reply::refuse()).await, failed).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come() {
    let failed = "\
feign::attempt: attempt: POST / at http://localhost:1 failed in 3.0ms
  error=timed out after 3ms (setting `attempt_timeout`) [http://localhost:1]
feign::call: POST / failed in 3.0ms
  error=SendsStuff.login (POST /): timed out after 3ms (setting `attempt_timeout`) [http://localhost:1]
";
    let silent = async |level| {
        let mock = Mock::new();
        mock.on(SendsStuffClient::LOGIN).reply(Reply::hang());
        logged_by(mock.hub().log(level).attempt_timeout(WAIT), URL).await
    };
    assert_told(silent, failed).await;
}

/// The attempt is given up, which is no failure of its own.
#[tokio::test(start_paused = true)]
async fn a_call_whose_time_runs_out() {
    let failed = "\
feign::attempt: attempt: POST / at http://localhost:1 cancelled after 3.0ms
feign::call: POST / failed in 3.0ms
  error=SendsStuff.login (POST /): timed out after 3ms (setting `timeout`) [http://localhost:1]
";
    let silent = async |level| {
        let mock = Mock::new();
        mock.on(SendsStuffClient::LOGIN).reply(Reply::hang());
        logged_by(mock.hub().log(level).timeout(WAIT), URL).await
    };
    assert_told(silent, failed).await;
}

/// Knows no host; the system's resolver says as much in words of its own, and in its own time.
struct NoHost;

impl Resolve for NoHost {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("unknown host".into()) })
    }
}

#[tokio::test]
async fn an_unknown_host() {
    let _held = HeldClock::hold();
    let failed = "\
feign::attempt: attempt: POST / at http://localhost:1 failed in 0.0ms
  error=could not connect [http://localhost:1]: error sending request: client error (Connect): dns error: error resolving DNS: unknown host
feign::call: POST / failed in 0.0ms
  error=SendsStuff.login (POST /): could not connect [http://localhost:1]: error sending request: client error (Connect): dns error: error resolving DNS: unknown host
";
    let transport =
        Reqwest::build(|client| client.no_proxy().dns_resolver(Arc::new(NoHost))).unwrap();
    let unknown =
        async |level| logged_by(Hub::builder().transport(transport.clone()).log(level), URL).await;
    assert_told(unknown, failed).await;
}

/// Feign writes `UNKNOWN` in its place; here it is no answer.
#[tokio::test]
async fn a_version_that_is_none() {
    let _held = HeldClock::hold();
    let peer = Peer::sending("HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n", Then::Close).await;
    let failed = "\
feign::attempt: attempt: POST / at http://localhost:1 failed in 0.0ms
  error=the exchange broke off [http://localhost:1]: error sending request: client error (SendRequest): invalid HTTP version parsed
feign::call: POST / failed in 0.0ms
  error=SendsStuff.login (POST /): the exchange broke off [http://localhost:1]: error sending request: client error (SendRequest): invalid HTTP version parsed
";
    let odd = async |level| {
        let transport = Reqwest::build(|client| client.no_proxy()).unwrap();
        let lines = logged_by(Hub::builder().transport(transport).log(level), &peer.url()).await;
        lines.replace(&peer.url(), URL)
    };
    assert_told(odd, failed).await;
}
