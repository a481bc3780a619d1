//! `balance = ewma`, or a path to a function of the user's own.

use syn::{Expr, Path};

use super::argument::function;
use super::entry::string;
use crate::errors::Errors;
use crate::spell;
use crate::syntax;

/// The functions of `feign::balance`; a test holds this list to that of the runtime.
const POLICIES: [&str; 7] =
    ["round_robin", "random", "weighted", "least_loaded", "ewma", "hash", "sticky"];

/// What makes the policy of a client.
pub(crate) enum Balance {
    /// A function of `feign::balance`.
    Ours(Path),
    /// A function of the user's own.
    Own(Path),
}

impl Balance {
    pub(super) fn read(value: &Expr, errors: &mut Errors) -> Option<Self> {
        let Some(path) = function(value) else {
            errors.add(value, no_function(value));
            return None;
        };
        let Some(name) = path.get_ident().map(syntax::plain) else {
            return Some(Self::Own(path));
        };
        if POLICIES.contains(&name.as_str()) {
            return Some(Self::Ours(path));
        }
        let all = spell::list(POLICIES, "and");
        let repair = spell::did_you_mean(&name, POLICIES, "write one of them");
        errors.add(value, format!("`{name}` is none of the policies {all} of `feign::balance`, and a function of yours is named by its path, `balance = self::{name}`; {repair}"));
        None
    }
}

/// What should stand in the place of something that names no function.
fn no_function(value: &Expr) -> String {
    let called = match value {
        Expr::Call(call) if call.args.is_empty() => {
            function(&call.func).map(|path| syntax::show(&path))
        }
        _ => None,
    };
    let repair = match (called, string(value)) {
        (Some(path), _) => format!("write `balance = {path}` without parentheses"),
        (None, Some(text)) => format!("write `balance = {}` without quotes", text.value().replace('-', "_")),
        (None, None) => "write `balance = ewma`, or the path to a function that takes nothing, `balance = self::mine`".to_owned(),
    };
    format!("`balance` names a function that makes a policy; {repair}")
}
