//! Rows 53 to 62, from Refit's RequestBuilderTests.

use serde::Serialize;

use super::{Answer, Table};
use crate::support::Received;

#[feign::client]
trait Paths {
    #[get("/foo/bar/{+path}/{id}")]
    async fn deep(&self, path: &str, id: u32) -> Answer;
    #[get("/{id}/{width}x{height}/foo")]
    async fn size(&self, id: u32, width: u32, height: u32) -> Answer;
    #[get("/void/{id}/path?a={a}&b={b}")]
    async fn both(&self, id: &str, a: &str, b: &str) -> Answer;
    #[get("/foo?q=app_metadata.id:\"{id}\"")]
    async fn quoted(&self, id: u32) -> Answer;
    #[get("/api/foo/{id}/file_{id}?query={id}")]
    async fn thrice(&self, id: u32) -> Answer;
}

pub(super) async fn paths(table: &mut Table) {
    let api = PathsClient::at(table.url()).unwrap();
    let call = api.deep("aa a/bb-b", 1);
    table.same(53, "/foo/bar/{+path}/{id}", call, "/foo/bar/aa%20a/bb-b/1").await;
    let call = api.size(6, 1024, 768);
    table.same(54, "/{id}/{width}x{height}/foo", call, "/6/1024x768/foo").await;
    table
        .same(
            55,
            "/void/{id}/path?a={a}&b={b}",
            api.both("6 & 7/8", "test@example.com", "push!=pull"),
            "/void/6%20%26%207%2F8/path?a=test%40example.com&b=push%21%3Dpull",
        )
        .await;
    table
        .ours(
            56,
            "/foo?q=app_metadata.id:\"{id}\"",
            api.quoted(42),
            "/foo?q=app_metadata.id:%2242%22",
            "/foo?q=app_metadata.id%3A%2242%22",
            "the colon of a literal may stand as it is (RFC 6570, 3.1)",
        )
        .await;
    let declaration = "/api/foo/{id}/file_{id}?query={id}";
    table.same(57, declaration, api.thrice(6), "/api/foo/6/file_6?query=6").await;
}

#[derive(Serialize)]
struct Filter {
    search: Search,
}

#[derive(Serialize)]
struct Search {
    order: &'static str,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "PascalCase")]
struct Order {
    foo: &'static str,
    detail: Detail,
    extra: std::collections::BTreeMap<&'static str, &'static str>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "PascalCase")]
struct Detail {
    email: &'static str,
    age: u8,
}

#[feign::client]
#[headers("api-version: 1")]
trait Queries {
    #[post("/")]
    async fn form(&self, #[body(form)] order: &Order) -> Answer;
    #[get("/")]
    async fn csv(&self, #[query(style = csv)] numbers: &[u8]) -> Answer;
    #[get("/")]
    async fn ssv(&self, #[query(style = ssv)] numbers: &[u8]) -> Answer;
    #[get("/")]
    async fn tsv(&self, #[query(style = tsv)] numbers: &[u8]) -> Answer;
    #[get("/")]
    async fn pipes(&self, #[query(style = pipes)] numbers: &[u8]) -> Answer;
    #[get("/")]
    async fn object(&self, #[query(flatten)] filter: &Filter) -> Answer;
    #[get("/")]
    #[headers(remove("api-version"))]
    async fn without(&self) -> Answer;
    #[get("/")]
    #[headers("api-version:")]
    async fn empty(&self) -> Answer;
    #[get("/")]
    async fn map_last(
        &self,
        #[header] authorization: &str,
        #[headers] more: &[(&str, &str)],
    ) -> Answer;
    #[get("/")]
    async fn map_first(
        &self,
        #[headers] more: &[(&str, &str)],
        #[header] authorization: &str,
    ) -> Answer;
}

pub(super) async fn queries_and_headers(table: &mut Table) {
    let api = QueriesClient::at(table.url()).unwrap();
    let numbers = [1, 2, 3];
    let why = "the separator is sent as RFC 6570 sends it; a comma in a value is %2C";
    let (line, theirs) = ("/?numbers=1,2,3", "/?numbers=1%2C2%2C3");
    table.ours(58, "#[query(style = csv)]", api.csv(&numbers), line, theirs, why).await;
    let call = api.ssv(&numbers);
    table.same(58, "#[query(style = ssv)]", call, "/?numbers=1%202%203").await;
    let call = api.tsv(&numbers);
    table.same(58, "#[query(style = tsv)]", call, "/?numbers=1%092%093").await;
    let call = api.pipes(&numbers);
    table.same(58, "#[query(style = pipes)]", call, "/?numbers=1%7C2%7C3").await;
    let filter = Filter { search: Search { order: "desc" } };
    let call = api.object(&filter);
    table.same(59, "#[query(flatten)] filter: &Filter", call, "/?search.order=desc").await;
    let order = Order {
        foo: "Something",
        detail: Detail { email: "a@b.com", age: 42 },
        extra: [("k", "v")].into(),
    };
    let text = |sent: &Received| sent.text().to_owned();
    let form = "Foo=Something&Detail.Email=a%40b.com&Detail.Age=42&Extra.k=v";
    let declared = "#[body(form)] order: &Order";
    table.shown(60, declared, api.form(&order), text, (form, form), "").await;

    let version = |sent: &Received| format!("{:?}", sent.header("api-version"));
    let removed = "#[headers(remove(\"api-version\"))]";
    table.shown(61, removed, api.without(), version, ("None", "None"), "").await;
    let empty = "#[headers(\"api-version:\")]";
    table.shown(61, empty, api.empty(), version, ("Some(\"\")", "Some(\"\")"), "").await;

    let authorization = |sent: &Received| sent.header_values("authorization").join(" | ");
    let call = api.map_last("one", &[("authorization", "two")]);
    let declaration = "#[header] authorization, #[headers] more";
    table.shown(62, declaration, call, authorization, ("two", "two"), "").await;
    let call = api.map_first(&[("authorization", "two")], "one");
    let declaration = "#[headers] more, #[header] authorization";
    table.shown(62, declaration, call, authorization, ("one", "one"), "").await;
}
