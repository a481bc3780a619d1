//! The measured crates as source text.

use crate::api::{OPERATIONS, Operation, Role};
use std::fmt::Write as _;

/// The types of one resource, and what every client of it has to compile: each read and written.
pub(crate) fn only_types(resource: &str) -> String {
    types(resource)
        + &format!(
            r#"
pub fn read(json: &[u8]) -> serde_json::Result<({resource}, {resource}Page, Vec<{resource}>)> {{
    Ok((serde_json::from_slice(json)?, serde_json::from_slice(json)?, serde_json::from_slice(json)?))
}}

pub fn write(new: &New{resource}, changed: &{resource}) -> serde_json::Result<[Vec<u8>; 2]> {{
    Ok([serde_json::to_vec(new)?, serde_json::to_vec(changed)?])
}}
"#
        )
}

/// The types of one resource.
fn types(resource: &str) -> String {
    let prefix = resource.to_lowercase();
    format!(
        r#"use serde::{{Deserialize, Serialize}};

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct {resource} {{
    pub id: u64,
    pub {prefix}_code: String,
    pub {prefix}_title: Option<String>,
    pub amount: i64,
    pub weight: f64,
    pub active: bool,
    pub {prefix}_tags: Vec<String>,
    pub template: Option<New{resource}>,
}}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct New{resource} {{
    pub {prefix}_code: String,
    pub amount: i64,
    pub {prefix}_note: Option<String>,
    pub lines: Vec<(u32, String)>,
}}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct {resource}Page {{
    pub items: Vec<{resource}>,
    pub total: u64,
    pub {prefix}_next: Option<String>,
}}
"#
    )
}

/// The calls as people write them with reqwest.
pub(crate) fn by_hand(resource: &str) -> String {
    let methods: String =
        OPERATIONS.iter().map(|operation| method_by_hand(operation, resource)).collect();
    let types = types(resource);
    format!(
        r#"{types}
#[derive(Clone, Debug)]
pub struct {resource}Client {{
    client: reqwest::Client,
    base: String,
}}

impl {resource}Client {{
    pub fn new(client: reqwest::Client, base: &str) -> Self {{
        Self {{ client, base: base.to_owned() }}
    }}
{methods}}}
{}"#,
        boxed(&format!("{resource}Client"), "reqwest::Error", resource)
    )
}

fn method_by_hand(operation: &Operation, resource: &str) -> String {
    let Operation { name, verb, path, result, .. } = operation;
    let (signature, result) =
        (operation.signature(resource, |_| ""), result.replace('$', resource));
    let url = format!("{{base}}/api/v1/{}s{path}", resource.to_lowercase());
    let mut request = format!("self.client.{verb}(format!(\"{url}\"))");
    for query in operation.with(Role::Query) {
        write!(request, ".query(&[(\"{0}\", {0})])", query.name).expect("a string takes all");
    }
    for header in operation.with(Role::RequestId) {
        write!(request, ".header(\"x-request-id\", {})", header.name).expect("a string takes all");
    }
    for body in operation.with(Role::Body) {
        write!(request, ".json({})", body.name).expect("a string takes all");
    }
    let answer = answer_by_hand(&result);
    format!(
        r#"
    pub async fn {name}(&self{signature}) -> Result<{result}, reqwest::Error> {{
        let base = &self.base;
        let response = {request}.send().await?;
        {answer}
    }}
"#
    )
}

fn answer_by_hand(result: &str) -> &'static str {
    match result {
        "()" => "response.error_for_status()?;\n        Ok(())",
        "String" => "response.error_for_status()?.text().await",
        _ if result.starts_with("Option") => {
            "if response.status() == reqwest::StatusCode::NOT_FOUND {\n            return Ok(None);\n        }\n        \
             Ok(Some(response.error_for_status()?.json().await?))"
        }
        _ => "response.error_for_status()?.json().await",
    }
}

/// The same calls declared.
pub(crate) fn declared(resource: &str) -> String {
    let methods: String =
        OPERATIONS.iter().map(|operation| method_declared(operation, resource)).collect();
    let types = types(resource);
    format!(
        r#"{types}
#[feign::client(path = "/api/v1")]
pub trait {resource}s {{
{methods}}}
{}"#,
        boxed(&format!("{resource}sClient"), "feign::Error", resource)
    )
}

fn method_declared(operation: &Operation, resource: &str) -> String {
    let Operation { name, verb, path, result, .. } = operation;
    let mark = |role: &Role| match role {
        Role::Path | Role::Query => "",
        Role::RequestId => "#[header(\"x-request-id\")] ",
        Role::Body => "#[body] ",
    };
    let signature = operation.signature(resource, |argument| mark(&argument.role));
    let query: Vec<_> = operation.with(Role::Query).map(|argument| argument.name).collect();
    let query = if query.is_empty() { String::new() } else { format!("{{?{}}}", query.join(",")) };
    let (path, result) =
        (format!("/{}s{path}{query}", resource.to_lowercase()), result.replace('$', resource));
    format!(
        "    #[{verb}(\"{path}\")]\n    async fn {name}(&self{signature}) -> Result<{result}, feign::Error>;\n\n"
    )
}

/// Boxes every call: a future that nobody polls would not be compiled at all.
fn boxed(client: &str, error: &str, resource: &str) -> String {
    let boxed = |operation: &Operation| {
        let Operation { name, result, .. } = operation;
        let signature = operation.signature(resource, |_| "").replace('&', "&'a ");
        let (names, result) = (operation.names(), result.replace('$', resource));
        format!(
            r#"
pub fn {name}<'a>(client: &'a {client}{signature}) -> Boxed<'a, Result<{result}, {error}>> {{
    Box::pin(client.{name}({names}))
}}
"#
        )
    };
    let functions: String = OPERATIONS.iter().map(boxed).collect();
    format!(
        "\ntype Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;\n{functions}"
    )
}
