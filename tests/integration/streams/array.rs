//! `JsonArray<T>`: one array, item by item.

use bytes::Bytes;
use feign::JsonArray;
use serde_json::Value;

use super::{Item, answered, drain, every_cut, item, limited};
use crate::support::{Reply, Server, Wrong};

#[feign::client]
trait Items {
    #[get("/items")]
    async fn items(&self) -> Result<JsonArray<Item>, feign::Error>;
    #[get("/items")]
    async fn values(&self) -> Result<JsonArray<Value>, feign::Error>;
    #[get("/items")]
    async fn optional(&self) -> Result<Option<JsonArray<Item>>, feign::Error>;
}

const TYPE: &str = "application/json";

/// Arrays: what comes out is what serde_json reads.
const ARRAYS: &[&str] = &[
    "[]",
    " [ ] \n",
    "[1]",
    "[1,2,3]",
    "\t[ 1 ,\r\n 2 , 3 ] \n ",
    "[[],[[]],[1,[2,[3]]]]",
    "[{},{\"a\":{}},{\"a\":[{}]}]",
    "[\"\",\",\",\"]\",\"[\",\"}\",\"{\"]",
    r#"["\"","\\","\\\"","\\\\","\\\",","\u005d\"]"]"#,
    r#"[{"a,b":"]","c\"]":["[",{"}":"{"}]},null,true,false,-1.5e3]"#,
    "[\"é\",\"€]\",\"😀\"]",
    "[\"a\nb\"]",
];

#[tokio::test]
async fn every_array_at_every_cut() {
    let mut wrong = Wrong::default();
    for text in ARRAYS {
        // A raw line break in a string is no JSON: then one item is wrong, and nothing else.
        let wanted = serde_json::from_str::<Value>(text).map_err(|_| ()).map(|v| v.to_string());
        for chunks in every_cut(text.as_bytes()) {
            let client: ItemsClient = answered(TYPE, chunks.clone());
            let got: Result<Vec<_>, _> =
                drain!(client.values().await.unwrap()).into_iter().collect();
            let got = got.map(|items| Value::from(items).to_string());
            let same = got.as_ref().map_err(|_| &()) == wanted.as_ref();
            wrong.unless(same, (text, chunks), &got);
        }
    }
    wrong.finish();
}

/// What is no array: how many items come before the error, how many after it, and what it says.
const BROKEN: &[(&str, usize, usize, &str)] = &[
    ("", 0, 0, "cannot read the answer (application/json, 200 OK); the body is empty"),
    ("  ", 0, 0, "cannot read the answer"),
    (
        "{\"error\":1}",
        0,
        0,
        "cannot read the answer (application/json, 200 OK); the body begins `{",
    ),
    ("null", 0, 0, "the body begins `n"),
    ("1", 0, 0, "the body begins `1"),
    ("[", 0, 0, "cannot read item 1 (application/json, 200 OK); it is empty"),
    ("[1", 0, 0, "cannot read item 1 (application/json, 200 OK); it begins `1`"),
    ("[1,", 1, 0, "cannot read item 2 (application/json, 200 OK); it is empty"),
    ("[1,2", 1, 0, "cannot read item 2"),
    ("[\"a", 0, 0, "it begins `\\\"a`"),
    ("[{\"a\":1]", 0, 0, "cannot read item 1"),
    ("[1,]", 1, 0, "cannot read item 2"),
    ("[,1]", 0, 1, "cannot read item 1"),
    ("[1,,2]", 1, 1, "cannot read item 2"),
    ("[1 2]", 0, 0, "cannot read item 1"),
    ("[1}]", 0, 0, "cannot read item 1"),
    ("[nonsense,2]", 0, 1, "cannot read item 1"),
    ("[1] x", 1, 0, "cannot read item 2 (application/json, 200 OK); it begins `"),
    ("[1][2]", 1, 0, "cannot read item 2"),
    ("[1],", 1, 0, "cannot read item 2"),
];

#[tokio::test]
async fn every_broken_array_at_every_cut() {
    let mut wrong = Wrong::default();
    for (text, before, after, says) in BROKEN {
        for chunks in every_cut(text.as_bytes()) {
            let client: ItemsClient = answered(TYPE, chunks.clone());
            let got = drain!(client.values().await.unwrap());
            let at = got.iter().position(Result::is_err);
            let right = at == Some(*before)
                && got.len() == before + 1 + after
                && got.iter().filter(|item| item.is_err()).count() == 1
                && got[*before].as_ref().is_err_and(|error| error.contains(says));
            wrong.unless(right, (text, chunks), &got);
        }
    }
    wrong.finish();
}

#[tokio::test]
async fn an_item_is_there_before_the_end() {
    let body = "[{\"id\":1,\"name\":\"a\"},{\"id\":2";
    let server = Server::always(Reply::status(200).unfinished([body])).await;
    let client = ItemsClient::at(server.url()).unwrap();
    let mut items = client.items().await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
    let mut items = client.optional().await.unwrap().unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
    for request in server.received() {
        assert_eq!(request.header("accept").as_deref(), Some(TYPE));
    }
}

#[tokio::test]
async fn an_error_names_the_item() {
    let text = r#"[{"id":1,"name":"a"},{"id":2,"name":{"x":1}},{"id":3,"name":"c"}]"#;
    for chunks in every_cut(text.as_bytes()) {
        let client: ItemsClient = answered(TYPE, chunks);
        let mut items = client.items().await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap(), item(1, "a"));
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_eq!(error.item(), Some(2));
        assert_eq!(error.body(), r#"{"id":2,"name":{"x":1}}"#);
        let says =
            "Items.items (GET /items): cannot read item 2 (application/json, 200 OK) at `name`";
        assert!(error.to_string().starts_with(says), "{error}");
        assert_eq!(items.next().await.unwrap().unwrap(), item(3, "c"));
        assert!(items.next().await.is_none());
    }
}

/// A limit for each item, whatever the array is; blanks between them are no item.
#[tokio::test]
async fn an_item_has_a_limit() {
    let fits = format!("[{}\"345678\"]", "\"345678\",          \n".repeat(1000));
    let client: ItemsClient = limited(TYPE, vec![fits.into()], 8);
    assert_eq!(drain!(client.values().await.unwrap()).len(), 1001);

    for chunks in every_cut(b"[1,[3,5,7,9],2]") {
        let client: ItemsClient = limited(TYPE, chunks, 8);
        let mut values = client.values().await.unwrap();
        assert_eq!(values.next().await.unwrap().unwrap(), 1);
        let error = values.next().await.unwrap().unwrap_err();
        assert!(error.is_too_large(), "{error:?}");
        assert!(error.to_string().contains("item 2 is larger than 8 bytes"), "{error}");
        assert!(values.next().await.is_none());
    }
}

/// A million deep: an error of the item, and the stack is whole.
#[tokio::test]
async fn no_depth_is_too_deep() {
    let deep = format!("[1,{}{},2]", "[".repeat(1 << 20), "]".repeat(1 << 20));
    let chunks = deep.as_bytes().chunks(1 << 14).map(Bytes::copy_from_slice).collect();
    let client: ItemsClient = answered(TYPE, chunks);
    let got = drain!(client.values().await.unwrap());
    assert_eq!(got.len(), 3);
    assert_eq!((&got[0], &got[2]), (&Ok(Value::from(1)), &Ok(Value::from(2))));
    assert!(got[1].as_ref().is_err_and(|error| error.contains("cannot read item 2")), "{got:?}");

    let open = "[".repeat(1 << 20);
    let client: ItemsClient = answered(TYPE, vec![open.into()]);
    let got = drain!(client.values().await.unwrap());
    assert!(got.len() == 1 && got[0].is_err(), "{got:?}");
}

#[tokio::test]
async fn a_broken_body_is_an_error() {
    let truncated = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1,2";
    let server = Server::always(Reply::raw(truncated)).await;
    let mut values = ItemsClient::at(server.url()).unwrap().values().await.unwrap();
    assert_eq!(values.next().await.unwrap().unwrap(), 1);
    let error = values.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("the exchange broke off at item 2"), "{error}");
    assert!(values.next().await.is_none());
}
