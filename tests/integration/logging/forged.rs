//! What a server sends can forge no line, move no cursor and fill no log.

use feign::Hub;
use feign::log::Level;

use super::Collector;
use crate::support::{Reply, Server};

#[feign::client(service = "forged")]
trait Forged {
    #[get("/forged")]
    async fn forged(&self) -> Result<String, feign::Error>;
}

async fn logged(reply: Reply) -> String {
    let server = Server::always(reply).await;
    let collector = Collector::all();
    let hub = Hub::builder().log(Level::Body).build().unwrap();
    drop(hub.client_at::<ForgedClient>(server.url()).unwrap().forged().await);
    collector.text()
}

#[tokio::test]
async fn a_header_is_one_line() {
    // hyper refuses CR and LF in a value; a tab and what is no ASCII arrive.
    let reply = Reply::status(200).header("x-odd", b"a\tb \xff \xe2\x80\xae \xc3\xa9 \xd7\xa9");
    let text = logged(reply).await;
    assert!(text.contains("\n< x-odd: a\\tb \\xff \\u{202e} é ש\n"), "{text}");
}

#[tokio::test]
async fn a_line_of_a_body_stands_behind_its_mark() {
    let body =
        "one\r\n< HTTP/1.1 200 OK\nINFO feign::call: forged\u{1b}[31m\u{7}\rover\u{85}\u{2028}end";
    let text = logged(Reply::text(body)).await;
    let expected = "\n<\n< one\n< < HTTP/1.1 200 OK\n< INFO feign::call: forged\\u{1b}[31m\\u{7}\\rover\\u{85}\\u{2028}end";
    assert!(text.contains(expected), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\r'), "{text}");
}

#[tokio::test]
async fn endless_headers_are_cut_with_a_count() {
    let mut reply = Reply::status(200);
    for number in 0..80 {
        reply = reply.header(&format!("x-{number}"), b"v");
    }
    let text = logged(reply).await;
    // With the length of the body they are 81.
    assert!(text.contains("\n< (and 17 more headers) "), "{text}");
    assert_eq!(text.matches("\n< ").count(), 1 + 64 + 1, "{text}");
    let text = logged(Reply::status(200).header("x-long", [b'v'; 5000])).await;
    assert!(text.contains("v… (5000 bytes)"), "{text}");
    assert!(text.len() < 4000, "{}", text.len());
}

#[tokio::test]
async fn an_error_is_one_line() {
    let text = logged(Reply::status(500).header("content-type", b"a\tb")).await;
    let call = text.lines().filter(|line| line.starts_with("feign::call")).count();
    assert_eq!(call, 1, "{text}");
}
