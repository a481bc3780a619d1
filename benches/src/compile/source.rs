//! The measured crates as source text.

use crate::api::{OPERATIONS, Operation, Role};
use std::fmt::Write as _;

/// The types of one resource.
pub(crate) fn types(resource: &str) -> String {
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
    format!(
        r#"
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
        usage(resource, "")
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
    format!(
        r#"
#[feign::client(path = "/api/v1")]
pub trait {resource}s {{
{methods}}}
{}"#,
        usage(resource, "s")
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

/// Awaits every call once: a future that nobody polls would not be compiled at all.
fn usage(resource: &str, plural: &str) -> String {
    let call = |operation: &Operation| {
        let Operation { name, .. } = operation;
        let arguments = operation.example(resource);
        format!("        good += usize::from(client.{name}({arguments}).await.is_ok());\n")
    };
    let calls: String = OPERATIONS.iter().map(call).collect();
    format!(
        r#"
pub fn use_all(client: {resource}{plural}Client) -> std::pin::Pin<Box<dyn Future<Output = usize> + Send>> {{
    Box::pin(async move {{
        let mut good = 0;
{calls}        good
    }})
}}
"#
    )
}
