//! Infallible pushes that fill a request; the first mistake waits in it until the call.

mod head;
mod hidden;

use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::body::Body;
use crate::codec::form;
use crate::codec::multipart::Multipart;
use crate::error::{BoxError, Error};
use crate::link::Link;
use crate::log::Rules;
use crate::operation::{Declaration, Operation, Verb};
use crate::template::{Allow, Operator, Variable};
use crate::uri::is_dots;

pub(crate) use hidden::Hidden;
use hidden::Hiding;

/// What a generated method fills: the path and query of one URI in one buffer, headers, a body.
#[doc(hidden)]
pub struct RequestBuilder {
    operation: &'static Operation,
    uri: String,
    has_query: bool,
    /// RFC 6570 to the letter: `{&x}` writes `&` even where no query has begun.
    strict: bool,
    operator: Operator,
    expression_begun: bool,
    segment: usize,
    /// The operator of the segment's first expression, which may have brought a `/` of its own.
    segment_operator: Option<Operator>,
    /// Apart, since few have one.
    link: Option<Box<(&'static str, String)>>,
    headers: HeaderMap,
    accept: Option<&'static str>,
    content_type: Option<&'static str>,
    content: Content,
    error: Option<Error>,
    key: Option<u64>,
    hiding: Option<Box<Hiding>>,
}

/// What becomes the body.
enum Content {
    Body(Body),
    /// Pairs, written like those of a query.
    Form(String),
    Parts(Box<Multipart>),
}

/// The operation of a template that no method sends.
static TEMPLATE: Operation =
    Operation::declared(Declaration::of("", "template", Verb::Get, "", true));

/// Long enough for most URIs, so that the buffer grows once at most.
const USUAL_URI: usize = 128;

impl RequestBuilder {
    #[must_use]
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            uri: String::with_capacity(USUAL_URI),
            has_query: false,
            strict: false,
            operator: Operator::Simple,
            expression_begun: false,
            segment: 0,
            segment_operator: None,
            link: None,
            headers: HeaderMap::new(),
            accept: None,
            content_type: None,
            content: Content::Body(Body::empty()),
            error: None,
            key: None,
            hiding: None,
        }
    }

    /// A builder of text alone, for the hidden template macro.
    #[must_use]
    pub fn for_template(strict: bool) -> Self {
        Self { strict, ..Self::new(&TEMPLATE) }
    }

    /// Returns what a template expanded to.
    ///
    /// # Errors
    ///
    /// When an argument cannot be sent.
    pub fn into_text(self) -> Result<String, Error> {
        match self.error {
            None => Ok(self.uri),
            Some(error) => Err(error),
        }
    }

    // === path and query ===

    pub fn literal(&mut self, text: &str) {
        self.uri.push_str(text);
    }

    pub fn query_literal(&mut self, text: &str) {
        self.query_separator();
        self.uri.push_str(text);
    }

    /// Writes text, and begins a segment that is one value.
    pub(crate) fn begin_segment(&mut self, before: &str) {
        self.literal(before);
        self.expression(Operator::Simple);
        self.segment();
    }

    /// Begins a path segment that holds an expression.
    pub fn segment(&mut self) {
        self.segment = self.uri.len();
        self.segment_operator = None;
    }

    /// Ends it: an empty segment, `.` and `..` would reach another resource, and no escaping can
    /// help, since URL parsers fold even `%2e%2e`.
    pub fn segment_end(&mut self, arguments: &'static str) {
        let pushed = self.uri.get(self.segment..).unwrap_or_default();
        let pushed = match (self.segment_operator, pushed.strip_prefix('/')) {
            (Some(Operator::Path), Some(items)) => items,
            (Some(Operator::Path), None) if pushed.is_empty() => return,
            _ => pushed,
        };
        let Some(bad) = pushed.split('/').find(|segment| is_dots(segment)) else { return };
        let why = if bad.is_empty() {
            "an empty path segment would reach another resource; send a value, or let the template leave it out"
        } else {
            "`.` and `..` would reach another resource (URL parsers fold even `%2e%2e`); send them in the query or the body"
        };
        self.fail(|operation| Error::refused(operation, arguments, why));
    }

    pub fn expression(&mut self, operator: Operator) {
        self.operator = operator;
        self.segment_operator.get_or_insert(operator);
        self.expression_begun = false;
    }

    pub(crate) const fn operator(&self) -> Operator {
        self.operator
    }

    /// What the operator sends as it is. In a request, `?` and `#` would end the path, and `#` the
    /// query.
    pub(crate) const fn allow(&self) -> Allow {
        match self.operator {
            Operator::Reserved if !self.strict => Allow::Path,
            operator => operator.allow(),
        }
    }

    /// Writes what stands before the next variable of an expression.
    pub(crate) fn open_variable(&mut self) {
        if self.operator.is_query() && !self.strict {
            self.query_separator();
        } else if self.expression_begun {
            self.uri.push_str(self.operator.separator());
        } else {
            self.uri.push_str(self.operator.first());
        }
        self.expression_begun = true;
    }

    /// Writes `name=`, and returns where the value begins.
    pub(crate) fn push_name(&mut self, name: &str) -> usize {
        self.uri.push_str(name);
        self.uri.push('=');
        self.uri.len()
    }

    /// Takes the `=` back where nothing followed and the operator wants none.
    pub(crate) fn close_name(&mut self, start: Option<usize>, operator: Operator) {
        if Some(self.uri.len()) == start && operator.before_empty().is_empty() {
            self.uri.pop();
        }
    }

    /// Opens a variable that is one value, and returns where the value begins if a name stands before.
    pub(crate) fn begin_scalar(&mut self, variable: Variable) -> Option<usize> {
        self.open_variable();
        self.operator.is_named().then(|| self.push_name(variable.name))
    }

    pub(crate) fn end_scalar(
        &mut self,
        start: Option<usize>,
        argument: &'static str,
        refused: Option<&'static str>,
    ) {
        self.close_name(start, self.operator);
        if let Some(why) = refused {
            self.fail(|operation| Error::refused(operation, argument, why));
        }
    }

    pub(crate) fn query_separator(&mut self) {
        self.uri.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        self.uri.push_str(text);
    }

    pub(crate) const fn buffer(&mut self) -> &mut String {
        &mut self.uri
    }

    pub(crate) fn set_link(&mut self, argument: &'static str, link: &str) {
        // What a link holds is not filled: all of it is hidden.
        if self.hides() {
            self.hiding().link = true;
        }
        self.link = Some(Box::new((argument, link.to_owned())));
    }

    // === body ===

    /// Sends a body, and its content type unless a header says another.
    pub(crate) fn body(
        &mut self,
        content_type: Option<&'static str>,
        body: Result<Body, BoxError>,
    ) {
        if self.hides() {
            self.hide_body();
        }
        self.content_type = content_type;
        match body {
            Ok(body) => self.content = Content::Body(body),
            Err(source) => self.fail(|operation| {
                Error::refused(operation, "the body", "it cannot be encoded").caused_by(source)
            }),
        }
    }

    /// Begins a form: it is sent even if nothing comes into it.
    pub fn form(&mut self) {
        self.content_type = Some(form::CONTENT_TYPE);
        self.content = Content::Form(String::new());
    }

    /// Lets `fill` write pairs into the form instead of the query.
    pub(crate) fn within_form(&mut self, fill: impl FnOnce(&mut Self)) {
        let Content::Form(form) = &mut self.content else { return };
        // Whoever writes the first pair writes its `?`.
        let has_pairs = !form.is_empty();
        let query = std::mem::replace(&mut self.uri, std::mem::take(form));
        let had_query = std::mem::replace(&mut self.has_query, has_pairs);
        let before = self.hiding.as_ref().map_or(0, |hiding| hiding.places.len());
        fill(self);
        if let Some(hiding) = &mut self.hiding {
            hiding.body |= hiding.places.len() > before;
            hiding.places.truncate(before);
        }
        let mut form = std::mem::replace(&mut self.uri, query);
        self.has_query = had_query;
        if !has_pairs && form.starts_with('?') {
            form.remove(0);
        }
        self.content = Content::Form(form);
    }

    /// Begins a multipart body: it is sent even if no part comes into it.
    pub fn parts(&mut self) {
        match Multipart::new() {
            Ok(parts) => self.content = Content::Parts(Box::new(parts)),
            Err(source) => self.fail(|operation| Error::other(source).in_operation(operation)),
        }
    }

    /// The parts, where they were begun.
    pub(crate) fn multipart(&mut self) -> Option<&mut Multipart> {
        match &mut self.content {
            Content::Parts(parts) => Some(parts),
            Content::Body(_) | Content::Form(_) => None,
        }
    }

    /// Says what is accepted, unless a header says another.
    pub(crate) fn accept(&mut self, content_type: &'static str) {
        self.accept = Some(content_type);
    }

    // === end ===

    /// Hashes the text that was written behind the URI from `start` on, and takes it away.
    pub(crate) fn end_hash_key(
        &mut self,
        start: usize,
        argument: &'static str,
        is_some: bool,
        refused: Option<&'static str>,
    ) {
        let text = self.uri.get(start..).unwrap_or_default();
        self.key = is_some.then(|| crate::balance::hash_of(text.as_bytes()));
        self.uri.truncate(start);
        if let Some(why) = refused {
            self.fail(|operation| Error::refused(operation, argument, why));
        }
    }

    pub(crate) const fn key(&self) -> Option<u64> {
        self.key
    }

    /// The operation whose method fills this.
    pub(crate) const fn declared(&self) -> &'static Operation {
        self.operation
    }

    /// Keeps the first mistake.
    pub(crate) fn fail(&mut self, error: impl FnOnce(&'static Operation) -> Error) {
        if self.error.is_none() {
            self.error = Some(error(self.operation));
        }
    }

    /// What the codec says of the bodies, where no header does.
    pub(crate) fn codec(&self) -> [(HeaderName, Option<&'static str>); 3] {
        #[cfg(feature = "compression")]
        let accepted = Some(crate::decompress::ACCEPTED);
        #[cfg(not(feature = "compression"))]
        let accepted = None;
        [(ACCEPT, self.accept), (CONTENT_TYPE, self.content_type), (ACCEPT_ENCODING, accepted)]
    }

    /// What has to be said of the body whatever the headers say: the boundary of its parts.
    pub(crate) fn boundary(&self) -> Option<HeaderValue> {
        match &self.content {
            Content::Parts(parts) => Some(parts.content_type()),
            Content::Body(_) | Content::Form(_) => None,
        }
    }

    /// Puts what was filled into a request whose URI is path and query only; returns a link, if one
    /// takes the template's place.
    pub(crate) fn finish(
        self,
        request: &mut Request<Body>,
        rules: &Rules,
    ) -> Result<Finished, Error> {
        if let Some(error) = self.error {
            let is_hidden = self.hiding.is_some_and(|hiding| hiding.body) && !rules.is_off();
            return Err(if is_hidden { error.withheld() } else { error });
        }
        let hidden = self.hiding.map(|hiding| hiding.of(&self.uri));
        *request.method_mut() = self.operation.method();
        *request.headers_mut() = self.headers;
        *request.body_mut() = match self.content {
            Content::Body(body) => body,
            Content::Form(form) => Body::from(form),
            Content::Parts(parts) => parts.finish(),
        };
        if let Some((argument, text)) = self.link.map(|link| *link) {
            let is_hidden = hidden.as_ref().is_some_and(|hidden| hidden.link);
            return Ok((Some(Link { argument, text, query: self.uri, is_hidden }), hidden));
        }
        let uri = if self.uri.starts_with('/') { self.uri } else { format!("/{}", self.uri) };
        *request.uri_mut() = crate::uri::path_and_query(uri, self.operation)?;
        Ok((None, hidden))
    }
}

/// A link, if there is one, and what of the request is shown to nobody.
type Finished = (Option<Link>, Option<Arc<Hidden>>);

impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder").field("operation", &self.operation).finish_non_exhaustive()
    }
}
