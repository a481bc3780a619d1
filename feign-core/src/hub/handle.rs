//! What a generated client holds.

use std::fmt;
use std::sync::Arc;

use http::Response;

use super::Hub;
use super::call_options::CallOptions;
use super::options::{Levels, Limits};
use super::service::Service;
use crate::balance::Policy;
use crate::body::Body;
use crate::discover::{Endpoint, Target};
use crate::error::Error;
use crate::layer::{Exchange, Step as _};
use crate::log::{self, Level, Rules};
use crate::observe::Observers;
use crate::operation::Operation;

/// A client that `#[feign::client]` made.
pub trait TypedClient: Sized {
    /// The operations of its trait, in the order of their declaration.
    const OPERATIONS: &'static [&'static Operation];

    #[doc(hidden)]
    const BALANCE: Option<fn() -> Policy> = None;

    #[doc(hidden)]
    fn from_handle(handle: Handle) -> Self;

    #[doc(hidden)]
    fn handle(&self) -> &Handle;
}

/// A client whose trait names its service: `#[feign::client(service = "…")]`.
#[diagnostic::on_unimplemented(
    message = "the trait of `{Self}` names no service",
    label = "no service to look up",
    note = "help: write `#[feign::client(service = \"…\")]`, or make the client by `hub.client_at(\"http://…\")`"
)]
pub trait Named: TypedClient {
    /// The name of the service.
    const SERVICE: &'static str;
}

/// A hub, one of its services, and what is said for these calls only. One pointer.
#[doc(hidden)]
#[derive(Clone)]
pub struct Handle(Arc<Client>);

#[derive(Clone)]
struct Client {
    hub: Hub,
    service: Arc<Service>,
    target: Arc<Target>,
    /// What the trait says of balancing, made once: all views share what it remembers.
    declared: Option<Policy>,
    call: CallOptions,
    /// What holds for the many methods that nothing is said of.
    limits: Limits,
    /// What settings say of methods that do not exist: every call says so.
    wrong: Option<String>,
}

impl Handle {
    pub(super) fn new(
        hub: Hub,
        service: Arc<Service>,
        operations: &[&'static Operation],
        declared: Option<fn() -> Policy>,
    ) -> Self {
        let wrong = service.unknown_method(operations);
        let call = CallOptions::default();
        let declared = declared.map(|policy| policy());
        let target =
            hub.target(&service, declared.as_ref(), &call.options.choice, hub.next_client());
        let limits = Levels::of_any_method(&call.options, &service.options, &hub.0.options);
        Self(Arc::new(Client { hub, service, target, declared, call, limits, wrong }))
    }

    /// A client of one address, with a hub of its own.
    ///
    /// # Errors
    ///
    /// When the URL is no base URL, or there is no transport.
    pub fn at(url: &str, operations: &[&'static Operation]) -> Result<Self, Error> {
        let hub = Hub::builder().build()?;
        let service = hub.named(url).at_url(url)?;
        Ok(Self::new(hub, Arc::new(service), operations, None))
    }

    /// A view of the same client, for some calls.
    #[must_use]
    pub fn with(&self, options: impl FnOnce(CallOptions) -> CallOptions) -> Self {
        let mut client = Client::clone(&self.0);
        client.call = options(client.call);
        let options = &client.call.options;
        if !options.choice.is_silent() {
            let (hub, service) = (&client.hub, &client.service);
            let client_id = client.target.client();
            client.target =
                hub.target(service, client.declared.as_ref(), &options.choice, client_id);
        }
        client.limits =
            Levels::of_any_method(options, &client.service.options, &client.hub.0.options);
        client.wrong = client.wrong.or_else(|| client.call.options.wrong.clone());
        Self(Arc::new(client))
    }

    pub(crate) fn wrong(&self) -> Option<&str> {
        self.0.wrong.as_deref()
    }

    pub(crate) fn limits(&self, levels: &Levels<'_>) -> Limits {
        let is_plain = levels.method.is_none() && levels.declared.limits_nothing();
        if is_plain { self.0.limits } else { levels.limits() }
    }

    pub(crate) fn levels(&self, operation: &'static Operation) -> Levels<'_> {
        Levels {
            call: &self.0.call.options,
            method: self.0.service.method(operation),
            service: &self.0.service.options,
            declared: operation.declaration(),
            hub: &self.0.hub.0.options,
        }
    }

    pub(crate) fn removed(&self) -> &[http::HeaderName] {
        &self.0.call.removed
    }

    pub(crate) fn target(&self) -> &Arc<Target> {
        &self.0.target
    }

    pub(crate) fn key(&self) -> Option<u64> {
        self.0.call.key
    }

    /// Whether anybody may want to see a call: what a call pays when nobody does.
    #[inline]
    pub(crate) fn is_observed(&self) -> bool {
        self.observers().is_some() || log::is_wanted()
    }

    pub(crate) fn observers(&self) -> &Observers {
        &self.0.hub.0.terms.observers
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.0.hub.0.terms.rules
    }

    /// How much of a body is logged.
    pub(crate) fn shown_body(&self) -> usize {
        self.0.hub.0.shown_body
    }

    /// The level of a call: the handle's, else what was said, else what the filters say.
    pub(crate) fn log_level(&self, operation: &'static Operation) -> Level {
        let set = self.0.hub.0.log.level(operation, &self.0.target.name);
        set.or_else(|| self.levels(operation).log()).unwrap_or_else(log::by_filter)
    }

    pub(crate) fn allowed(&self) -> &[Endpoint] {
        &self.0.hub.0.allowed
    }

    /// Down the stairs and up again.
    pub(crate) fn send(
        &self,
        exchange: &mut Exchange,
    ) -> impl Future<Output = Result<Response<Body>, Error>> + Send {
        self.0.hub.0.stack.call(exchange)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.0.target.name).finish()
    }
}

const _: () = {
    const fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Hub>();
    shared::<Handle>();
};
