//! What goes over the wire, to the byte.

use feign::Part;

use super::Answer;
use crate::support::{Received, Server};

#[feign::client]
trait Uploads {
    #[post("/")]
    async fn upload(&self, #[part] title: &str, #[part("file")] file: Part) -> Answer;
    #[post("/")]
    async fn none(
        &self,
        #[part] a: Option<&str>,
        #[part] b: Option<Part>,
        #[part] c: &[&str],
    ) -> Answer;
}

async fn client() -> (Server, UploadsClient) {
    let server = Server::silent_ok().await;
    let client = UploadsClient::at(server.url()).unwrap();
    (server, client)
}

fn boundary(sent: &Received) -> String {
    let content_type = sent.header("content-type").unwrap();
    content_type.strip_prefix("multipart/form-data; boundary=").unwrap().to_owned()
}

#[tokio::test]
async fn parts_stand_between_their_boundaries() {
    let (server, client) = client().await;
    let file = Part::bytes("\u{89}PNG")
        .file_name("cat é.png")
        .content_type("image/png")
        .header("x-a", "b");
    client.upload("A cat", file).await.unwrap();
    let sent = server.take();
    let boundary = boundary(&sent);
    let body = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nA cat\r\n\
         --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"cat é.png\"\r\n\
         content-type: image/png\r\nx-a: b\r\n\r\n\u{89}PNG\r\n--{boundary}--\r\n"
    );
    assert_eq!(sent.text(), body);
    assert_eq!(sent.header("content-length"), Some(body.len().to_string()));
    assert_eq!(sent.header("transfer-encoding"), None);
}

#[tokio::test]
async fn each_body_has_a_boundary_of_its_own() {
    let (server, client) = client().await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        client.upload("", Part::text("")).await.unwrap();
        seen.push(boundary(&server.take()));
    }
    assert!(seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2], "{seen:?}");
    // 128 random bits, and no longer than RFC 2046 §5.1.1 allows.
    assert!(seen.iter().all(|boundary| boundary.len() == 38), "{seen:?}");
}

/// As a browser sends a form without an entry.
#[tokio::test]
async fn without_a_part_the_end_is_sent() {
    let (server, client) = client().await;
    client.none(None, None, &[]).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.text(), format!("--{}--\r\n", boundary(&sent)));
}

#[tokio::test]
async fn names_of_files_cannot_leave_their_quotes() {
    let (server, client) = client().await;
    let name = "a\"; filename=\"b\r\nx-evil: 1\\";
    client.upload("t", Part::bytes("x").file_name(name)).await.unwrap();
    let sent = server.take();
    let line = sent.text().lines().find(|line| line.contains("filename")).unwrap();
    let escaped = "a%22; filename=%22b%0D%0Ax-evil: 1%5C";
    assert_eq!(
        line,
        format!("content-disposition: form-data; name=\"file\"; filename=\"{escaped}\"")
    );
}

#[tokio::test]
async fn text_is_sent_as_it_is() {
    let (server, client) = client().await;
    client.upload("a\r\n--b\0é \"", Part::text("")).await.unwrap();
    assert!(server.take().text().contains("\r\n\r\na\r\n--b\0é \"\r\n--feign-"));
}
