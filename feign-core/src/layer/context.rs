//! What travels with a request down the stairs.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::{Request, Response, Uri};
use tokio::time::Instant;

use crate::body::Body;
use crate::discover::{Endpoint, Target};
use crate::error::Error;
use crate::hub::Limits;
use crate::log::Rules;
use crate::observe::{Attempt, Observed};
use crate::operation::Operation;
use crate::request::Hidden;

/// A request on its way, and what belongs to it.
pub(crate) struct Exchange {
    pub(crate) request: Request<Body>,
    pub(crate) context: Context,
}

/// What belongs to a request; inside a seam it travels in the request's extensions.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) operation: &'static Operation,
    pub(crate) target: Arc<Target>,
    /// Set when the call is first polled.
    pub(crate) deadline: Option<Instant>,
    pub(crate) limits: Limits,
    /// Set by a link that names one, else by the pick.
    pub(crate) endpoint: Option<Endpoint>,
    /// Whether the endpoint's base path stands before the request's path.
    pub(crate) under_base: bool,
    /// The attempt that this is, from 1 on.
    pub(crate) attempt: u32,
    /// What the endpoint is hashed by.
    pub(crate) key: Option<u64>,
    pub(crate) aside: Option<Box<Aside>>,
}

/// What few calls have: apart, since every call carries its context.
#[derive(Default)]
pub(crate) struct Aside {
    /// Who looks at the call, if anybody does.
    pub(crate) observed: Option<Arc<Observed>>,
    /// What of the request is shown to nobody.
    pub(crate) hidden: Option<Arc<Hidden>>,
    /// Shared by the copies that a layer of the user makes of a request, to repeat it.
    pub(crate) attempts: Option<Arc<AtomicU32>>,
    /// The attempt that goes on, if anybody looks at it: here, so that no future has to hold it.
    pub(crate) attempt: Option<Box<Attempt>>,
}

impl Aside {
    /// Tells how the attempt has ended.
    #[cold]
    pub(crate) fn end(&mut self, result: &mut Result<Response<Body>, Error>) {
        if let Some(attempt) = self.attempt.take() {
            attempt.end(result);
        }
    }
}

/// A copy is of the call; an attempt is told of once.
impl Clone for Aside {
    fn clone(&self) -> Self {
        let Self { observed, hidden, attempts, .. } = self;
        Self {
            observed: observed.clone(),
            hidden: hidden.clone(),
            attempts: attempts.clone(),
            attempt: None,
        }
    }
}

impl fmt::Debug for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Aside")
    }
}

impl Exchange {
    /// Makes the request's URI absolute, unless a layer has.
    pub(crate) fn address(&mut self) -> Result<(), Error> {
        let Self { request, context } = self;
        if let Some(endpoint) = &context.endpoint
            && request.uri().authority().is_none()
        {
            let address = endpoint.address();
            let uri = address.absolute(request.uri(), context.under_base, context.operation)?;
            *request.uri_mut() = uri;
        }
        Ok(())
    }
}

impl Context {
    pub(crate) fn new(operation: &'static Operation, target: &Arc<Target>, limits: Limits) -> Self {
        Self {
            operation,
            target: Arc::clone(target),
            limits,
            deadline: None,
            endpoint: None,
            under_base: true,
            attempt: 0,
            key: None,
            aside: None,
        }
    }

    pub(crate) fn aside(&mut self) -> &mut Aside {
        self.aside.get_or_insert_default()
    }

    /// Who looks at the call, if anybody does.
    #[inline]
    pub(crate) fn observed(&self) -> Option<&Arc<Observed>> {
        self.aside.as_ref().and_then(|aside| aside.observed.as_ref())
    }

    fn hidden(&self) -> Option<&Arc<Hidden>> {
        self.aside.as_ref().and_then(|aside| aside.hidden.as_ref())
    }

    /// What the hub shows to nobody.
    pub(crate) fn rules(&self) -> &Rules {
        self.target.rules()
    }

    /// Whether the body holds a secret.
    pub(crate) fn hides_body(&self) -> bool {
        !self.rules().is_off() && self.hidden().is_some_and(|hidden| hidden.body)
    }

    /// Whether path or query hold a secret.
    pub(crate) fn hides_target(&self) -> bool {
        self.hidden().is_some_and(|hidden| hidden.target)
    }

    /// The URL that a request goes to, as it may be shown.
    pub(crate) fn shown_url(&self, uri: &Uri) -> String {
        let origin = match (uri.scheme(), uri.authority(), &self.endpoint) {
            (Some(scheme), Some(authority), _) => format!("{scheme}://{authority}"),
            (_, _, Some(endpoint)) if self.under_base => endpoint.to_string(),
            (_, _, Some(endpoint)) => endpoint.as_str().to_owned(),
            _ => String::new(),
        };
        format!("{origin}{}", self.shown_target(uri))
    }

    /// Its path and query.
    pub(crate) fn shown_target(&self, uri: &Uri) -> String {
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        match self.hidden() {
            Some(hidden) if !self.rules().is_off() => {
                self.rules().url(&hidden.target(target, self.operation))
            }
            _ => self.rules().url(target),
        }
    }

    /// Counts one more attempt.
    pub(crate) fn begin_attempt(&mut self) {
        self.attempt = match self.aside.as_ref().and_then(|aside| aside.attempts.as_ref()) {
            Some(shared) => shared.fetch_add(1, Ordering::Relaxed) + 1,
            None => self.attempt + 1,
        };
    }
}

/// Where an answer came from: how a context returns through a seam, in the response's extensions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reached {
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) attempt: u32,
}

// What a request tells to the layers and transports of users.

impl Operation {
    /// Returns the operation that a request belongs to; `None` for a request that no declared
    /// method made, or whose extensions a layer has dropped.
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Option<&'static Self> {
        request.extensions().get::<Context>().map(|context| context.operation)
    }
}

impl Endpoint {
    /// Returns the endpoint that an attempt goes to, once one has been picked: for transports.
    #[must_use]
    pub fn of<B>(request: &Request<B>) -> Option<&Self> {
        request.extensions().get::<Context>().and_then(|context| context.endpoint.as_ref())
    }
}
