//! Redirects: none by default, to the same origin where asked for, never to another host.

use feign::{Hub, Reqwest, StatusCode};

use crate::support::{Reply, Server};

#[feign::client]
#[headers("authorization: Bearer secret")]
trait Moving {
    #[get("/old")]
    async fn read(&self) -> Result<String, feign::Error>;
    #[post("/old")]
    async fn write(&self, #[body] text: &str) -> Result<String, feign::Error>;
}

fn moved(status: u16, to: &str) -> Reply {
    Reply::status(status).header("location", to)
}

fn client(server: &Server, redirects: Option<usize>) -> MovingClient {
    let hub = Hub::builder();
    let hub = match redirects {
        None => hub,
        Some(most) => hub.redirects(most),
    };
    hub.build().unwrap().client_at(server.url()).unwrap()
}

#[tokio::test]
async fn none_by_default() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::always(moved(status, "/new")).await;
        let error = client(&server, None).read().await.unwrap_err();
        assert!(error.is_status(), "{error:?}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers()["location"], "/new");
        assert_eq!(server.lines(), ["GET /old"]);
        assert!(MovingClient::at(server.url()).unwrap().read().await.unwrap_err().is_status());
    }
}

#[tokio::test]
async fn to_the_same_origin_where_asked_for() {
    let server = Server::run(|received| async move {
        match received.target() {
            "/old" => moved(302, "/new?a=1"),
            "/new?a=1" => Reply::text("here"),
            other => panic!("{other}"),
        }
    })
    .await;
    assert_eq!(client(&server, Some(1)).read().await.unwrap(), "here");
    assert_eq!(server.lines(), ["GET /old", "GET /new?a=1"]);
    assert_eq!(
        server.take().header("authorization").as_deref(),
        Some("Bearer secret"),
        "the same origin is the same service"
    );
}

#[tokio::test]
async fn verb_and_body_stay_where_they_must() {
    for (status, lines, body) in [
        (307, ["POST /old", "POST /new"], "text"),
        (308, ["POST /old", "POST /new"], "text"),
        (303, ["POST /old", "GET /new"], ""),
    ] {
        let server = Server::script([moved(status, "/new"), Reply::text("here")]).await;
        assert_eq!(client(&server, Some(1)).write("text").await.unwrap(), "here");
        assert_eq!(server.lines(), lines, "{status}");
        assert_eq!(server.take().text(), body, "{status}");
    }
}

#[tokio::test]
async fn not_more_than_asked_for() {
    let server = Server::always(moved(302, "/old")).await;
    let error = client(&server, Some(3)).read().await.unwrap_err();
    assert_eq!(server.received().len(), 4, "the call and three redirects");
    assert!(error.is_status(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert!(error.to_string().contains("redirect"), "{error}");
}

/// The other host sees nothing at all: not the credentials, not even a connection.
#[tokio::test]
async fn never_to_another_origin() {
    let other = Server::silent_ok().await;
    let server = Server::always(moved(307, &format!("{}/new", other.url()))).await;
    let error = client(&server, Some(5)).write("text").await.unwrap_err();
    assert!(error.is_status(), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    other.assert_untouched();
    assert_eq!(other.connections(), 0);
}

/// What that gives up is in the docs of `Reqwest`.
#[tokio::test]
async fn a_client_of_the_users_own_is_taken_as_it_is() {
    let other = Server::always(Reply::text("elsewhere")).await;
    let server = Server::always(moved(302, &format!("{}/new", other.url()))).await;
    let own = reqwest::Client::builder().user_agent("own/1").build().unwrap();
    let hub = Hub::builder().transport(Reqwest::from(own)).build().unwrap();
    let client: MovingClient = hub.client_at(server.url()).unwrap();
    assert_eq!(client.read().await.unwrap(), "elsewhere");
    let sent = other.only();
    assert_eq!(sent.header("user-agent").as_deref(), Some("own/1"));
    assert_eq!(sent.header("authorization"), None, "reqwest's own rule");
}

#[tokio::test]
async fn a_built_transport_follows_none() {
    let server = Server::always(moved(302, "/new")).await;
    let transport = Reqwest::build(|client| client.user_agent("built/1")).unwrap();
    let hub = Hub::builder().transport(transport).build().unwrap();
    let client: MovingClient = hub.client_at(server.url()).unwrap();
    assert!(client.read().await.unwrap_err().is_status());
    assert_eq!(server.only().header("user-agent").as_deref(), Some("built/1"));
}

#[test]
fn an_option_that_cannot_act_is_refused() {
    let own = Reqwest::from(reqwest::Client::new());
    let error = Hub::builder().redirects(3).transport(own.clone()).build().unwrap_err();
    assert!(error.to_string().contains("redirects"), "{error}");
    let timeout = std::time::Duration::from_secs(1);
    let error = Hub::builder().transport(own).connect_timeout(timeout).build().unwrap_err();
    assert!(error.to_string().contains("connect_timeout"), "{error}");
}
