//! How a test says what is expected.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use http::{HeaderName, Method};
use serde::Serialize;

use super::difference::Condition;
use super::pattern::Pattern;
use super::received::Received;
use super::reply::Reply;
use super::rule::{Count, Rule, Target};
use super::table::{Answering, Table};
use crate::operation::Operation;
use crate::param::{PathParam, Text};
use crate::template::Allow;

/// A route that is being said: which calls it is for, how many, and, at last, what they get.
///
/// All conditions have to hold. Values are compared unescaped; what stands in the path, the query or a
/// header is any value that could be an argument there, so `path("id", 7)` and `path("sku", &sku)`.
///
/// ```
/// # #[feign::client(service = "inventory")]
/// # trait Inventory { #[post("/items/{sku}{?dry}")] async fn reserve(&self, sku: &str, dry: Option<bool>, #[body] order: u32) -> Result<(), feign::Error>; }
/// use feign::mock::{Mock, Reply};
/// use serde_json::json;
///
/// let mock = Mock::new();
/// mock.on(InventoryClient::RESERVE).path("sku", "A-1").query("dry", true).reply(204);
/// mock.on(InventoryClient::RESERVE)
///     .header("x-tenant", "acme")
///     .body_json(json!({"pieces": 2}))
///     .when("a client with a key", |request| request.header("idempotency-key").is_some())
///     .reply(503)
///     .then(Reply::json(201, json!({"id": 7})));
/// mock.on(InventoryClient::RESERVE).path("sku", "Z-9").never();
/// ```
#[must_use = "a route does nothing until it says what it replies"]
pub struct Route<'a> {
    table: &'a Arc<Table>,
    rule: Rule,
}

impl<'a> Route<'a> {
    #[track_caller]
    pub(super) fn on_operation(table: &'a Arc<Table>, operation: &'static Operation) -> Self {
        Self::new(table, Target::Operation(operation), operation.template())
    }

    #[track_caller]
    pub(super) fn on_path(table: &'a Arc<Table>, method: Method, template: &str) -> Self {
        assert!(template.starts_with('/'), "the path `{template}` does not begin with `/`");
        Self::new(table, Target::Path(method, template.to_owned()), template)
    }

    #[track_caller]
    fn new(table: &'a Arc<Table>, target: Target, template: &str) -> Self {
        let pattern = Pattern::new(template).unwrap_or_else(|wrong| panic!("{wrong}"));
        let said_at = Location::caller();
        let rule = Rule { target, pattern, conditions: Vec::new(), count: Count::ANY, said_at };
        Self { table, rule }
    }

    // === which calls ===

    /// Expects a variable of the path, by its name in the template.
    ///
    /// # Panics
    ///
    /// When the path has no such variable, or the value cannot stand in a path.
    #[track_caller]
    pub fn path(self, name: &str, value: impl PathParam) -> Self {
        let names: Vec<_> = self.rule.pattern.names().collect();
        assert!(
            names.contains(&name),
            "the path of {} has no variable `{name}`; it has {names:?}",
            self.rule.target
        );
        self.and(Condition::Path { name: name.to_owned(), value: text(value) })
    }

    /// Expects a value of that name in the query; others may stand beside it.
    ///
    /// # Panics
    ///
    /// When the value cannot stand in a query.
    #[track_caller]
    pub fn query(self, name: &str, value: impl PathParam) -> Self {
        self.and(Condition::Query { name: name.to_owned(), value: text(value) })
    }

    /// Expects a header of that value; others of its name may stand beside it.
    ///
    /// # Panics
    ///
    /// When `name` is no header's name.
    #[track_caller]
    pub fn header<N>(self, name: N, value: impl PathParam) -> Self
    where
        N: TryInto<HeaderName, Error: fmt::Display>,
    {
        let name = name.try_into().unwrap_or_else(|error| panic!("{error}"));
        self.and(Condition::Header { name, value: text(value) })
    }

    /// Expects a body of this JSON: nothing more and nothing less, in any order of its keys.
    ///
    /// # Panics
    ///
    /// When `value` cannot be JSON.
    #[track_caller]
    pub fn body_json(self, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_else(|error| panic!("no JSON: {error}"));
        self.and(Condition::Json(value))
    }

    /// Expects that something holds; `what` is shown where it does not.
    pub fn when(
        self,
        what: impl Into<String>,
        predicate: impl Fn(&Received) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.and(Condition::Holds { what: what.into(), predicate: Arc::new(predicate) })
    }

    // === how many ===

    /// Expects exactly so many calls. Further ones go to the next route that fits. Without a count, a
    /// route expects any number, none as well.
    pub const fn times(mut self, count: usize) -> Self {
        self.rule.count = Count { least: count, most: count };
        self
    }

    /// Expects so many calls or more.
    pub const fn at_least(mut self, count: usize) -> Self {
        self.rule.count = Count { least: count, most: usize::MAX };
        self
    }

    /// Expects no call. One that comes is unexpected, whatever the routes after this one say.
    pub fn never(mut self) {
        self.rule.count = Count::NEVER;
        self.table.add(self.rule, None);
    }

    // === what they get ===

    /// Gives this reply: a status, or a [`Reply`].
    pub fn reply(self, reply: impl Into<Reply>) -> Replies<'a> {
        self.answer(always(reply.into()))
    }

    /// Gives a reply of JSON.
    ///
    /// # Panics
    ///
    /// When `status` is no status, or `value` cannot be JSON.
    #[track_caller]
    pub fn reply_json<S>(self, status: S, value: impl Serialize) -> Replies<'a>
    where
        S: TryInto<http::StatusCode, Error: fmt::Display>,
    {
        self.reply(Reply::json(status, value))
    }

    /// Makes a reply for each request.
    pub fn reply_with<R: Into<Reply>>(
        self,
        reply: impl Fn(&Received) -> R + Send + Sync + 'static,
    ) -> Replies<'a> {
        self.answer(Arc::new(move |received| reply(received).into()))
    }

    fn and(mut self, condition: Condition) -> Self {
        self.rule.conditions.push(condition);
        self
    }

    fn answer(self, answering: Answering) -> Replies<'a> {
        Replies { table: self.table, route: self.table.add(self.rule, Some(answering)) }
    }
}

/// What a route replies: in turn, and the last reply for ever.
///
/// ```
/// # #[feign::client] trait Inventory { #[get("/items")] async fn items(&self) -> Result<(), feign::Error>; }
/// # let mock = feign::mock::Mock::new();
/// mock.on(InventoryClient::ITEMS).reply(503).then(503).then(200);
/// ```
pub struct Replies<'a> {
    table: &'a Arc<Table>,
    route: usize,
}

impl Replies<'_> {
    /// Gives this reply to the next call, and to all after it.
    pub fn then(&self, reply: impl Into<Reply>) -> &Self {
        self.table.then(self.route, always(reply.into()));
        self
    }
}

fn always(reply: Reply) -> Answering {
    Arc::new(move |_| reply.clone())
}

/// The text that a value has as an argument, unescaped.
#[expect(clippy::needless_pass_by_value, reason = "as the methods above take it")]
#[track_caller]
fn text(value: impl PathParam) -> String {
    let mut shown = String::new();
    let mut out = Text::new(&mut shown, Allow::All, None);
    value.path(&mut out);
    if let Some(why) = out.refused() {
        panic!("no call can send that value: {why}");
    }
    shown
}

impl fmt::Debug for Route<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Route({})", self.rule)
    }
}

impl fmt::Debug for Replies<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replies").field("route", &self.route).finish_non_exhaustive()
    }
}
