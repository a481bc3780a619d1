//! Parts that are files, read while they are sent.

use std::path::PathBuf;

use feign::{Body, Part, Request};
use http_body_util::BodyExt as _;

use super::{Answer, Read};
use crate::support::Server;

#[feign::client]
trait Uploads {
    #[post("/")]
    async fn upload(&self, #[part] file: Part) -> Answer;
    #[post("/")]
    async fn unsent(&self, #[part] file: Part) -> Result<Request<Body>, feign::Error>;
}

/// A file that goes with its test.
struct File(PathBuf);

impl File {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("feign-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.file_name().unwrap().to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn client() -> (Server, UploadsClient) {
    let server = Server::silent_ok().await;
    let client = UploadsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_file_is_sent_with_its_name_and_length() {
    let (server, client) = client().await;
    let content: Vec<u8> = (0..1_000_000_u32).map(|at| (at % 253) as u8).collect();
    let file = File::new("é.bin", &content);
    client.upload(Part::file(&file.0).await.unwrap()).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.header("content-length"), Some(sent.body.len().to_string()));
    let wanted = Read::of_type("file", "application/octet-stream", &content).named(file.name());
    assert!(super::read(sent).await == [wanted]);

    let part = Part::file(&file.0).await.unwrap().file_name("other").content_type("image/png");
    client.upload(part).await.unwrap();
    let wanted = Read::of_type("file", "image/png", &content).named("other");
    assert!(super::read(server.take()).await == [wanted]);
}

#[tokio::test]
async fn an_empty_file_is_an_empty_part() {
    let (server, client) = client().await;
    let file = File::new("empty", b"");
    client.upload(Part::file(&file.0).await.unwrap()).await.unwrap();
    assert_eq!(super::read(server.take()).await[0].content, "");
}

/// A piece at a time, whatever the size of the file: what was not asked for is not read.
#[tokio::test]
async fn it_is_read_in_pieces() {
    let (_server, client) = client().await;
    let file = File::new("large", &vec![7; 5_000_000]);
    let request = client.unsent(Part::file(&file.0).await.unwrap()).await.unwrap();
    let mut body = request.into_body();
    assert!(body.try_clone().is_none());
    let (mut read, mut most) = (0, 0);
    while let Some(frame) = body.frame().await {
        let length = frame.unwrap().into_data().unwrap().len();
        (read, most) = (read + length, most.max(length));
    }
    assert!(read > 5_000_000 && most <= 64 << 10, "{read} in pieces of {most}");
}

#[tokio::test]
async fn it_is_as_long_as_it_was() {
    use std::io::Write as _;

    let (server, client) = client().await;
    let file = File::new("grows", b"before");
    let part = Part::file(&file.0).await.unwrap();
    std::fs::OpenOptions::new().append(true).open(&file.0).unwrap().write_all(b" after").unwrap();
    client.upload(part).await.unwrap();
    assert_eq!(super::read(server.take()).await[0].content, "before");

    let part = Part::file(&file.0).await.unwrap();
    std::fs::write(&file.0, "short").unwrap();
    let error = client.upload(part).await.unwrap_err();
    assert!(format!("{error:?}").contains("ended before the length"), "{error:?}");
}

#[tokio::test]
async fn what_is_no_file_is_told_by_its_path() {
    for path in [std::env::temp_dir(), std::env::temp_dir().join("feign-is-not-there")] {
        let error = Part::file(&path).await.unwrap_err();
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
}
