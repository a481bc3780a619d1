//! Arguments of the standard library's types, in every role.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{NonZeroI64, NonZeroU8};
use std::rc::Rc;
use std::sync::Arc;

use super::Answer;
use crate::support::Server;

#[feign::client]
#[allow(clippy::ptr_arg, clippy::ref_option, reason = "every kind of reference is the point")]
trait Scalars {
    #[get("/{a}/{b}/{c}/{d}")]
    async fn texts(&self, a: &str, b: String, c: Cow<'_, str>, d: Arc<str>) -> Answer;
    #[get("/{a}/{b}/{c}/{d}")]
    async fn pointers(&self, a: &&str, b: &String, c: Box<str>, d: &Cow<'_, str>) -> Answer;
    #[get("/{a}/{b}/{c}/{d}/{e}/{f}")]
    async fn unsigned(&self, a: u8, b: u16, c: u32, d: u64, e: u128, f: usize) -> Answer;
    #[get("/{a}/{b}/{c}/{d}/{e}/{f}")]
    async fn signed(&self, a: i8, b: i16, c: i32, d: i64, e: i128, f: isize) -> Answer;
    #[get("/{a}/{b}")]
    async fn floats(&self, a: f32, b: f64) -> Answer;
    #[get("/{a}/{b}/{c}")]
    async fn small(&self, a: bool, b: char, c: &bool) -> Answer;
    #[get("/{a}/{b}")]
    async fn non_zero(&self, a: NonZeroU8, b: NonZeroI64) -> Answer;
    #[get("/{a}/{b}/{c}/{d}")]
    async fn addresses(&self, a: IpAddr, b: Ipv4Addr, c: Ipv6Addr, d: SocketAddr) -> Answer;
    #[get("/")]
    async fn roles(
        &self,
        #[query] number: u32,
        #[query] flag: bool,
        #[header] x_number: i64,
        #[header] x_flag: &bool,
        #[cookie] number_cookie: u8,
    ) -> Answer;
}

async fn scalars() -> (Server, ScalarsClient) {
    let server = Server::silent_ok().await;
    let client = ScalarsClient::at(server.url()).unwrap();
    (server, client)
}

#[tokio::test]
async fn text_of_every_kind() {
    let (server, client) = scalars().await;
    client.texts("a b", "b/".to_owned(), "c".into(), "d".into()).await.unwrap();
    assert_eq!(server.take().line, "GET /a%20b/b%2F/c/d");
    client.pointers(&"a", &"b".to_owned(), "c".into(), &"d".into()).await.unwrap();
    assert_eq!(server.take().line, "GET /a/b/c/d");
}

#[tokio::test]
async fn numbers_of_every_width() {
    let (server, client) = scalars().await;
    client.unsigned(u8::MAX, u16::MAX, u32::MAX, u64::MAX, u128::MAX, 0).await.unwrap();
    assert_eq!(
        server.take().line,
        "GET /255/65535/4294967295/18446744073709551615/340282366920938463463374607431768211455/0"
    );
    client.signed(i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN, -1).await.unwrap();
    assert_eq!(
        server.take().line,
        "GET /-128/-32768/-2147483648/-9223372036854775808/-170141183460469231731687303715884105728/-1"
    );
    client.non_zero(NonZeroU8::MAX, NonZeroI64::MIN).await.unwrap();
    assert_eq!(server.take().line, "GET /255/-9223372036854775808");
}

/// The shortest text that reads back as the same number; what is no number has none.
#[tokio::test]
async fn floats_read_back() {
    let (server, client) = scalars().await;
    for (a, b) in [(1.0, 0.1), (-0.5, 1e-7), (f32::MAX, f64::MIN_POSITIVE), (16_777_216.0, 1e21)] {
        client.floats(a, b).await.unwrap();
        let line = server.take().line;
        let mut parts = line.strip_prefix("GET /").unwrap().split('/');
        assert_eq!(parts.next().unwrap().parse::<f32>().unwrap(), a, "{line}");
        assert_eq!(parts.next().unwrap().parse::<f64>().unwrap(), b, "{line}");
    }
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = client.floats(1.0, wrong).await.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        assert!(error.to_string().contains("`b`"), "{error}");
    }
    server.assert_untouched();
}

#[tokio::test]
async fn small_things_and_addresses() {
    let (server, client) = scalars().await;
    client.small(true, 'é', &false).await.unwrap();
    assert_eq!(server.take().line, "GET /true/%C3%A9/false");
    assert!(client.small(true, '.', &true).await.unwrap_err().is_request());
    let v6 = Ipv6Addr::LOCALHOST;
    client
        .addresses(v6.into(), Ipv4Addr::LOCALHOST, v6, SocketAddr::new(v6.into(), 80))
        .await
        .unwrap();
    assert_eq!(server.take().line, "GET /%3A%3A1/127.0.0.1/%3A%3A1/%5B%3A%3A1%5D%3A80");
}

#[tokio::test]
async fn scalars_in_every_role() {
    let (server, client) = scalars().await;
    client.roles(7, true, -3, &false, 9).await.unwrap();
    let sent = server.only();
    assert_eq!(sent.line, "GET /?number=7&flag=true");
    assert_eq!(sent.header("x-number").as_deref(), Some("-3"));
    assert_eq!(sent.header("x-flag").as_deref(), Some("false"));
    assert_eq!(sent.header("cookie").as_deref(), Some("number_cookie=9"));
}

#[feign::client]
#[allow(clippy::ptr_arg, reason = "every kind of reference is the point")]
trait Lists {
    #[get("/{?x*}")]
    async fn slice(&self, x: &[u32]) -> Answer;
    #[get("/{?x*}")]
    async fn strings(&self, x: &[String]) -> Answer;
    #[get("/{?x*}")]
    async fn vec(&self, x: Vec<&str>) -> Answer;
    #[get("/{?x*}")]
    async fn vec_ref(&self, x: &Vec<String>) -> Answer;
    #[get("/{?x*}")]
    async fn array(&self, x: [u8; 2]) -> Answer;
    #[get("/{?x*}")]
    async fn array_ref(&self, x: &[char; 2]) -> Answer;
    #[get("/{?x*}")]
    async fn deque(&self, x: &VecDeque<u8>) -> Answer;
    #[get("/{?x*}")]
    async fn tree_set(&self, x: &BTreeSet<&str>) -> Answer;
    #[get("/{?x*}")]
    async fn hash_set(&self, x: HashSet<u8>) -> Answer;
    #[get("/{?x*}")]
    async fn optional(&self, x: Option<&[&str]>) -> Answer;
    #[get("/{?x*}")]
    async fn optional_vec(&self, x: Option<Vec<u8>>) -> Answer;
    #[get("/{?x*}")]
    async fn of_options(&self, x: &[Option<&str>]) -> Answer;
}

#[tokio::test]
async fn lists_of_every_kind() {
    let server = Server::silent_ok().await;
    let client = ListsClient::at(server.url()).unwrap();
    let two = "GET /?x=1&x=2";
    client.slice(&[1, 2]).await.unwrap();
    assert_eq!(server.take().line, two);
    client.strings(&["1".to_owned(), "2".to_owned()]).await.unwrap();
    assert_eq!(server.take().line, two);
    client.vec(vec!["1", "2"]).await.unwrap();
    assert_eq!(server.take().line, two);
    client.vec_ref(&vec!["1".to_owned(), "2".to_owned()]).await.unwrap();
    assert_eq!(server.take().line, two);
    client.array([1, 2]).await.unwrap();
    assert_eq!(server.take().line, two);
    client.array_ref(&['1', '2']).await.unwrap();
    assert_eq!(server.take().line, two);
    client.deque(&VecDeque::from([1, 2])).await.unwrap();
    assert_eq!(server.take().line, two);
    client.tree_set(&BTreeSet::from(["2", "1"])).await.unwrap();
    assert_eq!(server.take().line, two);
    client.hash_set(HashSet::from([1])).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=1");
    client.optional(Some(&["1", "2"])).await.unwrap();
    assert_eq!(server.take().line, two);
    client.optional_vec(Some(vec![1, 2])).await.unwrap();
    assert_eq!(server.take().line, two);
    client.of_options(&[Some("1"), None, Some("2")]).await.unwrap();
    assert_eq!(server.take().line, two);
}

#[tokio::test]
async fn nothing_is_left_out() {
    let server = Server::silent_ok().await;
    let client = ListsClient::at(server.url()).unwrap();
    client.slice(&[]).await.unwrap();
    client.optional(None).await.unwrap();
    client.optional(Some(&[])).await.unwrap();
    client.optional_vec(None).await.unwrap();
    client.of_options(&[None]).await.unwrap();
    assert_eq!(server.lines(), ["GET /"; 5]);
}

#[feign::client]
trait Maps {
    #[get("/{?x*}")]
    async fn tree(&self, x: &BTreeMap<String, u32>) -> Answer;
    #[get("/{?x*}")]
    async fn hash(&self, x: HashMap<&str, &str>) -> Answer;
    #[get("/{?x*}")]
    async fn pairs(&self, x: &[(&str, u8)]) -> Answer;
    #[get("/{?x*}")]
    async fn vec_pairs(&self, x: Vec<(String, String)>) -> Answer;
    #[get("/{?x}")]
    async fn flat(&self, x: &[(&str, u8)]) -> Answer;
    #[get("/{?x*}")]
    async fn optional_values(&self, x: &[(&str, Option<u8>)]) -> Answer;
    #[get("/{;x*}")]
    async fn matrix(&self, x: &BTreeMap<&str, &str>) -> Answer;
}

#[tokio::test]
async fn maps_of_every_kind() {
    let server = Server::silent_ok().await;
    let client = MapsClient::at(server.url()).unwrap();
    client.tree(&BTreeMap::from([("b&".to_owned(), 2), ("a".to_owned(), 1)])).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=1&b%26=2");
    client.hash(HashMap::from([("a", "=")])).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=%3D");
    client.pairs(&[("z", 1), ("a", 2), ("z", 3)]).await.unwrap();
    assert_eq!(server.take().line, "GET /?z=1&a=2&z=3");
    client.vec_pairs(vec![("a".to_owned(), String::new())]).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=");
    client.flat(&[("a", 1), ("b", 2)]).await.unwrap();
    assert_eq!(server.take().line, "GET /?x=a,1,b,2");
    client.optional_values(&[("a", Some(1)), ("b", None)]).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=1");
    client.matrix(&BTreeMap::from([("a", "1"), ("b", "")])).await.unwrap();
    assert_eq!(server.take().line, "GET /;a=1;b");
    client.tree(&BTreeMap::new()).await.unwrap();
    assert_eq!(server.take().line, "GET /");
}

#[feign::client]
trait Optionals {
    #[get("/{?a,b}")]
    async fn template(&self, a: Option<&str>, b: &Option<u32>) -> Answer;
    #[get("/")]
    async fn marked(
        &self,
        #[query] a: Option<&str>,
        #[query] b: Option<&u32>,
        #[header] x_a: Option<String>,
        #[cookie] c: Option<bool>,
    ) -> Answer;
}

#[tokio::test]
async fn none_is_left_out_in_every_role() {
    let server = Server::silent_ok().await;
    let client = OptionalsClient::at(server.url()).unwrap();
    client.template(Some("1"), &Some(2)).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=1&b=2");
    client.template(None, &Some(2)).await.unwrap();
    assert_eq!(server.take().line, "GET /?b=2");
    client.template(Some(""), &None).await.unwrap();
    assert_eq!(server.take().line, "GET /?a=");
    client.marked(Some("1"), Some(&2), Some("3".to_owned()), Some(true)).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.line, "GET /?a=1&b=2");
    assert_eq!(sent.header("x-a").as_deref(), Some("3"));
    assert_eq!(sent.header("cookie").as_deref(), Some("c=true"));
    client.marked(None, None, None, None).await.unwrap();
    let sent = server.take();
    assert_eq!(sent.line, "GET /");
    assert_eq!(sent.header("x-a"), None);
    assert_eq!(sent.header("cookie"), None);
}

/// An `Rc` is no thread's but its own, so the future has to be awaited here; its text is built at
/// the call, and the future holds none of it.
#[tokio::test]
async fn arguments_are_read_at_the_call() {
    #[feign::client]
    trait Local {
        #[get("/{name}")]
        async fn by_name(&self, name: &Rc<str>) -> Answer;
        #[get("/{name}")]
        async fn by_str(&self, name: &str) -> Answer;
    }
    let server = Server::silent_ok().await;
    let client = LocalClient::at(server.url()).unwrap();
    let call = {
        let temporary = String::from("temporary");
        client.by_str(&temporary)
    };
    tokio::spawn(call).await.unwrap().unwrap();
    assert_eq!(server.take().line, "GET /temporary");
    let call = client.by_name(&Rc::from("local"));
    tokio::spawn(call).await.unwrap().unwrap();
    assert_eq!(server.take().line, "GET /local");
}
