//! Rows 1 to 35, from the tests of OpenFeign.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

use super::{Answer, Table};

#[feign::client]
trait Paths {
    #[get("/users/{user}")]
    async fn user(&self, user: &str) -> Answer;
    #[get("/users/{user}/{repo}")]
    async fn repo(&self, user: &str, repo: &str) -> Answer;
    #[get("/{+zone_id}")]
    async fn zone(&self, zone_id: &str) -> Answer;
    #[get("/api/{vhost}")]
    async fn vhost(&self, vhost: &str) -> Answer;
    #[get("/get?url={url}")]
    async fn by_url(&self, url: &str) -> Answer;
    #[get("/get{?url}")]
    async fn by_expression(&self, url: &str) -> Answer;
    #[get("/?Action=DescribeRegions")]
    async fn regions(&self, #[query("RegionName.1")] region: &str) -> Answer;
    #[get("/api/collections{?keys*}")]
    async fn collections(
        &self,
        keys: &[&str],
        #[query("values[]", style = csv)] values: &[u8],
    ) -> Answer;
    #[get("/domains/{id}/records{?optional,optional2}")]
    async fn records(&self, id: u32, optional: Option<&str>, optional2: Option<&str>) -> Answer;
    #[get("/api/{v1}?key={v2}")]
    async fn api(&self, v1: &str, v2: &str) -> Answer;
}

pub(super) async fn paths(table: &mut Table) {
    let api = PathsClient::at(table.url()).unwrap();
    table.same(1, "/users/{user}", api.user("sp ace"), "/users/sp%20ace").await;
    let call = api.repo("unic???de", "foo");
    table.same(2, "/users/{user}/{repo}", call, "/users/unic%3F%3F%3Fde/foo").await;
    table.does_not_compile(
        3,
        "/{user-dir} without an argument",
        "path/variable_without_argument",
        "/",
        "a variable has a value, or the path is another resource",
    );
    table.same(4, "/{+zone_id}", api.zone("hostedzone/Z1"), "/hostedzone/Z1").await;
    table.same(5, "/api/{vhost}", api.vhost("/"), "/api/%2F").await;
    table
        .ours(
            6,
            "/get?url={url}",
            api.by_url("https://www.google.com"),
            "/get?url=https%3A%2F%2Fwww.google.com",
            "/get?url=https%3A//www.google.com",
            "a value arrives as it was given",
        )
        .await;
    let call = api.by_expression("https://www.google.com");
    table.same(7, "/get{?url}", call, "/get?url=https%3A%2F%2Fwww.google.com").await;
    table
        .same(
            8,
            "/?Action=DescribeRegions, #[query(\"RegionName.1\")]",
            api.regions("eu-west-1"),
            "/?Action=DescribeRegions&RegionName.1=eu-west-1",
        )
        .await;
    table
        .ours(
            9,
            "/api/collections{?keys*}, #[query(\"values[]\", style = csv)]",
            api.collections(&["one", "two"], &[1, 2]),
            "/api/collections?keys=one&keys=two&values%5B%5D=1,2",
            "/api/collections?keys=one&keys=two&values%5B%5D=1%2C2",
            "the separator is sent as RFC 6570 sends it; a comma in a value is %2C",
        )
        .await;
    let call = api.records(1001, None, None);
    table
        .same(10, "/domains/{id}/records{?optional,optional2}", call, "/domains/1001/records")
        .await;
    let call = api.api("ABC 123", "XYZ 123");
    table.same(11, "/api/{v1}?key={v2}", call, "/api/ABC%20123?key=XYZ%20123").await;
    table.does_not_compile(
        12,
        "/path#fragment",
        "path/fragment",
        "/path?key1=value1#fragment",
        "a fragment is never sent",
    );
    table.not_built(
        13,
        "at(\"https://host/v1.0/1234?provider=foo\")",
        PathsClient::at("https://host/v1.0/1234?provider=foo"),
        ("query", "queries name, type, provider"),
        "a base URL is an address; what every call sends is declared in the trait's path",
    );
}

#[feign::client]
trait Queries {
    #[get("/x{;list}")]
    async fn matrix_list(&self, list: &[&str]) -> Answer;
    #[get("/x{;half}")]
    async fn matrix(&self, half: &str) -> Answer;
    #[get("/server/matrixParams{;parameters*}")]
    async fn matrix_map(&self, parameters: &[(&str, &str)]) -> Answer;
    #[get("/beer?type={type}")]
    async fn beer(&self, r#type: &str) -> Answer;
    #[get("/?json={json}")]
    async fn json(&self, json: &str) -> Answer;
    #[get("/{?people*}")]
    async fn people(&self, people: &[&str]) -> Answer;
    #[get("/{?name}")]
    async fn name(&self, name: Option<&str>) -> Answer;
    #[get("/?{name}")]
    async fn pure(&self, name: &str) -> Answer;
}

pub(super) async fn queries(table: &mut Table) {
    let api = QueriesClient::at(table.url()).unwrap();
    table
        .ours(
            14,
            "/x{;list}",
            api.matrix_list(&["red", "green", "blue"]),
            "/x;list=red,green,blue",
            "/x;list=red;list=green;list=blue",
            "RFC 6570 repeats by {;list*} only",
        )
        .await;
    table.same(15, "/x{;half}", api.matrix("50%"), "/x;half=50%25").await;
    let call = api.matrix_map(&[("account", "a"), ("name", "n")]);
    let line = "/server/matrixParams;account=a;name=n";
    table.same(16, "/server/matrixParams{;parameters*}", call, line).await;
    table.same(17, "/beer?type={type}", api.beer("sam+adams"), "/beer?type=sam%2Badams").await;
    table.does_not_compile(18, "/{foo:[0-9]{4}}/{bar}", "path/regex_in_variable", "refused", "");
    table.does_not_compile(
        19,
        "/{foo{bar}}/{baz}",
        "path/nested_expression",
        "/%7Bfoo%7Bbar%7D%7D/stuff",
        "braces that are no expression are a mistake",
    );
    table.does_not_compile(20, "/{}/things", "path/empty_expression", "refused", "");
    let call = api.json("{\"name\":\"feign\"}");
    table.same(21, "/?json={json}", call, "/?json=%7B%22name%22%3A%22feign%22%7D").await;
    table
        .ours(
            22,
            "/{?people*} of []",
            api.people(&[]),
            "/",
            "/?people=",
            "an empty list is left out, as RFC 6570 does",
        )
        .await;
    let call = api.people(&["", "Jason"]);
    table.same(22, "/{?people*}", call, "/?people=&people=Jason").await;
    table.same(23, "/{?name} of None", api.name(None), "/").await;
    table.same(23, "/{?name} of \"\"", api.name(Some("")), "/?name=").await;
    table.same(24, "/?{name}", api.pure("firsts"), "/?firsts").await;
}

#[feign::client]
trait Heads {
    #[get("/")]
    async fn authorized(&self, #[header] authorization: &str) -> Answer;
    #[get("/")]
    async fn custom(&self, #[header("x-custom")] value: &str) -> Answer;
    #[get("/")]
    async fn encoded(&self, #[header] encoded: &str) -> Answer;
    #[get("/")]
    async fn several(&self, #[headers] headers: &HeaderMap) -> Answer;
    #[get("/")]
    async fn accepting(&self, #[header] accept: &str) -> Answer;
    #[post("/")]
    async fn login(&self, #[body] body: String) -> Answer;
}

pub(super) async fn headers_and_bodies(table: &mut Table) {
    let api = HeadsClient::at(table.url()).unwrap();
    let token = format!("Bearer {}", 1234);
    let call = api.authorized(&token);
    let declaration = "#[header] authorization: &str";
    let show = |sent: &crate::support::Received| sent.header("authorization").unwrap();
    table.shown(25, declaration, call, show, ("Bearer 1234", "Bearer 1234"), "").await;
    table
        .refused(
            26,
            "#[header(\"x-custom\")] value: &str",
            api.custom("legit\r\nX-Injected: evil"),
            "legitX-Injected: evil",
            "a value is sent as it is or not at all",
        )
        .await;
    table
        .shown(
            27,
            "#[header] encoded: &str",
            api.encoded(""),
            |sent| format!("{:?}", sent.header("encoded")),
            ("Some(\"\")", "None"),
            "an empty value is a value; `None` leaves the header out",
        )
        .await;
    let headers = HeaderMap::from_iter([(
        http::HeaderName::from_static("x-range"),
        http::HeaderValue::from_static("{range:[1:10}"),
    )]);
    let show = |sent: &crate::support::Received| sent.header("x-range").unwrap();
    let both = ("{range:[1:10}", "{range:[1:10}");
    table.shown(28, "#[headers] headers: &HeaderMap", api.several(&headers), show, both, "").await;
    let accept = format!("application/vnd.github.v3+{}", "json");
    let show = |sent: &crate::support::Received| sent.header("accept").unwrap();
    let both = ("application/vnd.github.v3+json", "application/vnd.github.v3+json");
    table.shown(29, "#[header] accept: &str", api.accepting(&accept), show, both, "").await;
    let body = r#"{"password": "abc+123%25d8"}"#;
    let show = |sent: &crate::support::Received| {
        format!("{} {}", sent.header("content-length").unwrap(), sent.text())
    };
    let shown = r#"28 {"password": "abc+123%25d8"}"#;
    let call = api.login(body.to_owned());
    table.shown(30, "#[body] body: String", call, show, (shown, shown), "").await;
}

#[feign::client]
trait Maps {
    #[post("/")]
    async fn users(&self, #[query("1")] user: &str, #[query("2")] users: &[&str]) -> Answer;
    #[get("/")]
    async fn map(&self, #[query] map: &[(&str, &str)]) -> Answer;
    #[get("/")]
    async fn clock(&self, #[query(with = millis)] clock: &SystemTime) -> Answer;
    #[get("/?flag&Action=GetUser&Version=2010-05-08")]
    async fn flag(&self) -> Answer;
}

fn millis(clock: &SystemTime) -> String {
    clock.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis().to_string()
}

pub(super) async fn maps_and_flags(table: &mut Table) {
    let api = MapsClient::at(table.url()).unwrap();
    let call = api.users("user", &["apple", "pear"]);
    table.same(31, "/, #[query(\"1\")], #[query(\"2\")]", call, "/?1=user&2=apple&2=pear").await;
    table
        .ours(
            32,
            "#[query] map: &[(&str, &str)]",
            api.map(&[("name", "alice"), ("fooKey", "")]),
            "/?name=alice&fooKey=",
            "/?name=alice&fooKey",
            "an empty value is written in one way everywhere",
        )
        .await;
    let call = api.map(&[("name", "{alice")]);
    table.same(33, "#[query] map: &[(&str, &str)]", call, "/?name=%7Balice").await;
    let clock = SystemTime::UNIX_EPOCH + Duration::from_millis(1234);
    let call = api.clock(&clock);
    table.same(34, "#[query(with = millis)] clock: &SystemTime", call, "/?clock=1234").await;
    let line = "/?flag&Action=GetUser&Version=2010-05-08";
    table.same(35, "/?flag&Action=GetUser&Version=2010-05-08", api.flag(), line).await;
}
