//! `@asyncapi/parser` of npm as a system.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::support::{System, node};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/services/asyncapi/npm");

/// It is installed.
pub(crate) struct Parser {
    project: PathBuf,
}

/// What it says of a document.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    diagnostics: Vec<Diagnostic>,
    /// None if it does not understand the document.
    operations: Option<Vec<Operation>>,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    /// 0 is an error, 1 a warning, 2 information and 3 a hint.
    severity: u8,
    code: String,
    message: String,
    path: String,
}

/// What it understands of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) action: String,
    pub(crate) addresses: Vec<String>,
    pub(crate) parameters: Vec<String>,
    pub(crate) messages: Vec<Message>,
}

/// What it understands of a message: the names in its headers and in its payload, and the type of its key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<String>,
    pub(crate) payload: Vec<String>,
    pub(crate) key: Option<String>,
}

impl System for Parser {
    async fn start() -> Result<Self, String> {
        let project = node::installed("asyncapi", Path::new(SOURCES)).await?;
        Ok(Self { project })
    }
}

impl Parser {
    /// Asks about documents; each answer is at the place of its document.
    pub(crate) async fn ask(&self, documents: &[Value]) -> Vec<Answer> {
        let texts: Vec<_> = documents.iter().map(Value::to_string).collect();
        let answers = node::run(&self.project, &Value::from(texts).to_string()).await.unwrap();
        let answers: Vec<Answer> = serde_json::from_str(&answers).unwrap();
        assert_eq!(answers.len(), documents.len());
        answers
    }
}

impl Answer {
    /// What is an error, with its place.
    pub(crate) fn errors(&self) -> Vec<String> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == 0);
        let shown = errors
            .map(|Diagnostic { code, message, path, .. }| format!("{path}: {message} ({code})"));
        shown.collect()
    }

    /// What is wrong or doubtful.
    pub(crate) fn doubts(&self) -> Vec<&str> {
        let doubts = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity < 2);
        doubts.map(|diagnostic| diagnostic.code.as_str()).collect()
    }

    #[track_caller]
    pub(crate) fn operation(&self, id: &str) -> &Operation {
        let operations = self.operations.as_deref().unwrap();
        operations.iter().find(|operation| operation.id == id).unwrap()
    }

    pub(crate) fn operations(&self) -> usize {
        self.operations.as_ref().unwrap().len()
    }
}
