//! What axum's `Form` reads is what was sent.

use std::sync::{Arc, Mutex};

use axum::routing::post;
use axum::{Form, Router};
use serde::{Deserialize, Serialize};

use super::Answer;
use crate::support::Routed;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Fields {
    text: String,
    number: i64,
    optional: Option<String>,
}

#[feign::client]
trait Forms {
    #[post("/")]
    async fn whole(&self, #[body(form)] fields: &Fields) -> Answer;
    #[post("/")]
    async fn single(
        &self,
        #[form] text: &str,
        #[form] number: i64,
        #[form] optional: Option<&str>,
    ) -> Answer;
}

#[tokio::test]
async fn a_server_reads_what_was_sent() {
    let read = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&read);
    let router = Router::new().route(
        "/",
        post(async move |Form(fields): Form<Fields>| seen.lock().unwrap().push(fields)),
    );
    let server = Routed::serve(router).await;
    let client = FormsClient::at(server.url()).unwrap();
    for text in ["", "plain", "a b+c&d=e;f%20", "\r\n\t\0\u{1}", "é 😀 ~*-._!'()"] {
        for optional in [None, Some("a&b".to_owned())] {
            let sent = Fields { text: text.to_owned(), number: i64::MIN, optional };
            client.whole(&sent).await.unwrap();
            client.single(&sent.text, sent.number, sent.optional.as_deref()).await.unwrap();
            assert_eq!(std::mem::take(&mut *read.lock().unwrap()), [sent.clone(), sent]);
        }
    }
}
