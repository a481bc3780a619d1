//! The grammar of `text/event-stream`, rule by rule, however the bytes are cut.
//!
//! Rows named `wpt` are the inputs of web-platform-tests' `eventsource/format-*`, those named `spec` the
//! examples of <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::time::Duration;

use feign::{Event, Events};

use super::{answered, drain, every_cut};
use crate::support::Wrong;

#[feign::client]
trait Feed {
    #[get("/")]
    async fn feed(&self) -> Result<Events, feign::Error>;
}

/// Name, bytes, and the events: type, id, data, `retry` in milliseconds.
type Row =
    (&'static str, &'static [u8], &'static [(&'static str, &'static str, &'static str, u64)]);

/// No `retry`.
const NONE: u64 = u64::MAX;

macro_rules! data {
    ($($data:literal),*) => { &[$(("message", "", $data, NONE)),*] };
}

const ROWS: &[Row] = &[
    // === the examples of the standard ===
    ("spec: four events of data", b"data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\ndata: This is the third message.\n\n",
        data!["This is the first message.", "This is the second message, it\nhas two lines.", "This is the third message."]),
    ("spec: events of types", b"event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        &[("add", "", "73857293", NONE), ("remove", "", "2153", NONE), ("add", "", "113411", NONE)]),
    ("spec: stocks", b"data: YHOO\ndata: +2\ndata: 10\n\n", data!["YHOO\n+2\n10"]),
    ("spec: comment, ids, the last event unfinished", b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
        &[("message", "1", "first event", NONE), ("message", "", "second event", NONE)]),
    ("spec: two lines without data, one of them unfinished", b"data\n\ndata\ndata\n\ndata:", data!["", "\n"]),
    ("spec: the space is optional", b"data:test\n\ndata: test\n\n", data!["test", "test"]),
    // === web-platform-tests ===
    ("wpt: bom", b"\xEF\xBB\xBFdata:1\n\n\xEF\xBB\xBFdata:2\n\ndata:3\n\n", data!["1", "3"]),
    ("wpt: bom twice", b"\xEF\xBB\xBF\xEF\xBB\xBFdata:1\n\ndata:2\n\ndata:3\n\n", data!["2", "3"]),
    ("wpt: comments", b"data:1\r:\0\n:\r\ndata:2\n:xxxxxxxxxxxxxxxx\rdata:3\n:data:fail\r:xxxxxxxxxxxxxxxxxxxx\ndata:4\n\n", data!["1\n2\n3\n4"]),
    ("wpt: data before the final empty line", b"retry:1000\ndata:test1\n\nid:test\ndata:test2", &[("message", "", "test1", 1000)]),
    ("wpt: data", b"data:\n\ndata\ndata\n\ndata:test\n\n", data!["", "\n", "test"]),
    ("wpt: event", b"event:test\ndata:x\n\ndata:x\n\n", &[("test", "", "x", NONE), ("message", "", "x", NONE)]),
    ("wpt: event empty", b"event: \ndata:data\n\n", data!["data"]),
    ("wpt: id null", b"id: a\0b\ndata:x\n\n", data!["x"]),
    ("wpt: field parsing", b"data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n", data!["\0\n 2\n1\n3\n\n4"]),
    ("wpt: retry", b"retry:03000\ndata:x\n\n", &[("message", "", "x", 3000)]),
    ("wpt: retry bogus", b"retry:3000\nretry:1000x\ndata:x\n\n", &[("message", "", "x", 3000)]),
    ("wpt: retry empty", b"retry\ndata:test\n\n", data!["test"]),
    ("wpt: unknown fields", b"data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n", data!["test\n\ntest"]),
    ("wpt: leading space", b"data:\ttest\rdata: \ndata:test\n\n", data!["\ttest\n\ntest"]),
    ("wpt: newlines", b"data:test\r\ndata\ndata:test\r\n\r", data!["test\n\ntest"]),
    ("wpt: null character", b"data:\0\n\n\n\n", data!["\0"]),
    ("wpt: utf-8", "data:ok…\n\n".as_bytes(), data!["ok…"]),
    // === nothing ===
    ("an empty stream", b"", &[]),
    ("a mark and nothing else", b"\xEF\xBB\xBF", &[]),
    ("blank lines", b"\n\r\n\r\n\n", &[]),
    ("comments alone", b":\n: keep-alive\n\n:\n\n", &[]),
    ("an event without data is none, and forgets its type", b"event: a\n\ndata: x\n\n", data!["x"]),
    ("a blank line behind a mark", b"\xEF\xBB\xBF\ndata: x\n\n", data!["x"]),
    // === line ends ===
    ("CR alone", b"data: a\rdata: b\r\rdata: c\r\r", data!["a\nb", "c"]),
    ("CRLF", b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", data!["a\nb", "c"]),
    ("all mixed", b"data: a\rdata: b\ndata: c\r\n\ndata: d\n\r", data!["a\nb\nc", "d"]),
    ("LF CR is two", b"data: a\n\rdata: b\r\n\n", data!["a", "b"]),
    ("CR CRLF is two", b"data: a\r\r\ndata: b\n\r\n", data!["a", "b"]),
    ("other breaks are none", "data: a\u{B}b\u{85}c\u{2028}d\n\n".as_bytes(), data!["a\u{B}b\u{85}c\u{2028}d"]),
    // === fields ===
    ("colons in the value", b"data: a:b: c\n\n", data!["a:b: c"]),
    ("one space is taken, no other", b"data:  a \n\n", data![" a "]),
    ("a space before the colon is part of the name", b"data : a\ndata: b\n\n", data!["b"]),
    ("names are exact", b"DATA: a\nEvent: b\nId: c\ndata: d\n\n", data!["d"]),
    ("the last type wins", b"event: a\nevent: b\ndata\n\n", &[("b", "", "", NONE)]),
    ("an empty type after another is `message`", b"event: a\nevent\ndata\n\n", data![""]),
    ("an id stays", b"id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n",
        &[("message", "1", "a", NONE), ("message", "1", "b", NONE), ("message", "2", "c", NONE)]),
    ("an id without data stays too", b"id: 1\n\ndata: a\n\n", &[("message", "1", "a", NONE)]),
    ("an empty id forgets", b"id: 1\ndata: a\n\nid:\ndata: b\n\n", &[("message", "1", "a", NONE), ("message", "", "b", NONE)]),
    ("an id with NUL changes nothing", b"id: 1\nid: 2\0\ndata: a\n\n", &[("message", "1", "a", NONE)]),
    ("retry with a sign, a fraction, a space", b"retry: +1\nretry: 1.5\nretry:  5\nretry: -1\ndata: a\n\n", data!["a"]),
    ("retry beyond every clock", b"retry: 99999999999999999999999\ndata: a\n\n", data!["a"]),
    ("retry without data comes with the next event", b"retry: 10\n\ndata: a\n\ndata: b\n\n", &[("message", "", "a", 10), ("message", "", "b", NONE)]),
    // === UTF-8 ===
    ("two, three and four bytes", "event: é\nid: €\ndata: 😀é€\n\n".as_bytes(), &[("é", "€", "😀é€", NONE)]),
    ("what is no UTF-8 is replaced", b"data: a\xFFb\xC3\n\ndata: \xE2\x82\ndata: \xF0\x9F\x98\n\n", data!["a\u{FFFD}b\u{FFFD}", "\u{FFFD}\n\u{FFFD}"]),
    ("a mark inside is a character", b"data: \xEF\xBB\xBFa\n\n", data!["\u{FEFF}a"]),
    // === the end ===
    ("a line without its end", b"data: a\n\ndata: b", data!["a"]),
    ("an event without its end", b"data: a\n\ndata: b\n", data!["a"]),
    ("a blank line without an event before it", b"data: a\n\n\n", data!["a"]),
];

fn wanted(row: &Row) -> Vec<Event> {
    let event = |(kind, id, data, retry): &(&'static str, &str, &str, u64)| {
        let mut event = Event::new((*data).to_owned()).with_event(*kind).with_id(*id);
        event.retry = (*retry != NONE).then(|| Duration::from_millis(*retry));
        event
    };
    row.2.iter().map(event).collect()
}

#[tokio::test]
async fn every_rule_at_every_cut() {
    let mut wrong = Wrong::default();
    for row in ROWS {
        let wanted = wanted(row);
        for chunks in every_cut(row.1) {
            let cut = chunks.clone();
            let client: FeedClient = answered("text/event-stream", chunks);
            let got: Result<Vec<Event>, String> =
                drain!(client.feed().await.unwrap()).into_iter().collect();
            wrong.unless(got.as_ref() == Ok(&wanted), (row.0, cut), &got);
        }
    }
    wrong.finish();
}

/// An event is there as soon as its blank line is: nobody waits for the LF that may follow a CR.
#[tokio::test]
async fn an_event_waits_for_nothing() {
    for end in ["\n\n", "\r\r", "\r\n\r\n", "\r\n\r"] {
        let server = crate::support::Server::always(
            crate::support::Reply::status(200)
                .header("content-type", "text/event-stream")
                .unfinished([format!("data: x{end}").as_str()]),
        )
        .await;
        let mut feed = FeedClient::at(server.url()).unwrap().feed().await.unwrap();
        assert_eq!(feed.next().await.unwrap().unwrap().data, "x", "{end:?}");
    }
}
