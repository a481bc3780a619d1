//! Writes the cases of `tests/data/uri-template` as Rust code and holds the code to the data.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

#[test]
fn spec_examples_are_as_generated() {
    assert_eq!(hold("spec-examples"), 64);
}

#[test]
fn spec_examples_by_section_are_as_generated() {
    assert_eq!(hold("spec-examples-by-section"), 117);
}

/// Compares the checked-in code with what the data says, or writes it when `UPDATE_EXPECT` is `1`.
/// Returns the number of cases.
fn hold(name: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let data = fs::read(root.join(format!("data/uri-template/{name}.json"))).unwrap();
    let groups: Map<String, Value> = serde_json::from_slice(&data).unwrap();
    // Sorted, so that the order does not hang on a feature of serde_json.
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(one, _), (other, _)| one.cmp(other));

    let mut code = format!(
        "//! Generated from `tests/data/uri-template/{name}.json` by `generate.rs`; not to be edited.\n\
         //! `UPDATE_EXPECT=1 cargo test --test integration as_generated` writes it again.\n\n\
         use super::check;\n"
    );
    let mut cases = 0;
    for (title, group) in &groups {
        cases += write_group(&mut code, title, group);
    }

    let path = root.join(format!("integration/uri_template/{}.rs", name.replace('-', "_")));
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|update| update == "1") {
        fs::write(&path, &code).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == code, "{} is not as generated; see its first lines", path.display());
    cases
}

/// One test per group: its variables, then a line per case.
fn write_group(code: &mut String, title: &str, group: &Value) -> usize {
    let variables = group["variables"].as_object().unwrap();
    let cases = group["testcases"].as_array().unwrap();
    let templates: Vec<&str> = cases.iter().map(|case| case[0].as_str().unwrap()).collect();

    write!(code, "\n// {title}\n#[test]\nfn {}() {{\n", function(title)).unwrap();
    let used: BTreeSet<&str> = templates.iter().flat_map(|template| names(template)).collect();
    for name in used {
        // What the suite does not define is undefined.
        let value = variables.get(name).unwrap_or(&Value::Null);
        writeln!(code, "    let {name} = {};", expression(value)).unwrap();
    }
    for (template, case) in templates.iter().zip(cases) {
        let arguments: String = names(template)
            .iter()
            .fold(String::new(), |list, name| list + &format!(", {name} = {name}"));
        let right = match &case[1] {
            Value::Array(right) => right.iter().map(literal).collect::<Vec<_>>().join(", "),
            one => literal(one),
        };
        let template = format!("{template:?}");
        writeln!(
            code,
            "    check({template}, feign::__template!({template}{arguments}), &[{right}]);"
        )
        .unwrap();
    }
    code.push_str("}\n");
    cases.len()
}

/// `3.2.2 Simple String Expansion` -> `section_3_2_2_simple_string_expansion`.
fn function(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let prefix = if title.starts_with(|c: char| c.is_ascii_digit()) { "section_" } else { "" };
    format!("{prefix}{}", words.join("_"))
}

/// The names of a template's variables, each once, in the order of its text.
fn names(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for expression in template.split('{').skip(1) {
        let (expression, _) = expression.split_once('}').unwrap();
        for variable in
            expression.trim_start_matches(['+', '#', '.', '/', ';', '?', '&']).split(',')
        {
            let name = variable.split([':', '*']).next().unwrap();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// A value as the Rust expression that means the same to the macro.
fn expression(value: &Value) -> String {
    match value {
        Value::Null => "None::<&str>".to_owned(),
        Value::String(_) => literal(value),
        Value::Array(items) => {
            format!("&[{}][..]", items.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Value::Object(pairs) if pairs.is_empty() => "&[] as &[(&str, &str)]".to_owned(),
        Value::Object(pairs) => {
            let mut pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("({key:?}, {})", literal(value))).collect();
            pairs.sort();
            format!("&[{}][..]", pairs.join(", "))
        }
        Value::Bool(_) | Value::Number(_) => panic!("no such variable in the suite: {value}"),
    }
}

fn literal(value: &Value) -> String {
    format!("{:?}", value.as_str().unwrap())
}
