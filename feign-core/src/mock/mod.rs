mod coding;
mod difference;
mod escape;
mod everywhere;
mod fleet;
mod mismatch;
mod pattern;
mod received;
mod reply;
mod route;
mod rule;
mod serve;
mod table;
mod transport;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::Method;
use tokio::task::AbortHandle;

pub use fleet::{Counts, Fleet, Instance, Latency};
pub use mismatch::Mismatch;
pub use received::Received;
pub use reply::Reply;
pub use route::{Replies, Route};
pub use transport::Transport;

use self::everywhere::Everywhere;
use self::table::Table;
use crate::hub::{Hub, HubBuilder, TypedClient};
use crate::operation::Operation;

/// Answers calls by a table of routes, and keeps what came.
///
/// A call goes to the first route that fits and has calls left, in the order in which they were said;
/// without one it fails, with the nearest route named.
///
/// When a mock is dropped, it checks as [`verify`](Self::verify) does, and panics with what it finds; not if
/// `verify` has told it already, and not while another panic is on its way.
///
/// ```
/// # #[feign::client(service = "inventory")]
/// # trait Inventory { #[get("/items/{sku}")] async fn item(&self, sku: &str) -> Result<Option<String>, feign::Error>; }
/// use feign::mock::Mock;
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let mock = Mock::new();
/// mock.on(InventoryClient::ITEM).path("sku", "A-1").times(1).reply_json(200, "a ball");
/// let inventory: InventoryClient = mock.client();
///
/// assert!(inventory.item("A-1").await?.is_some());
/// let error = inventory.item("B-2").await.unwrap_err();
/// assert!(error.to_string().contains(r#"path `sku`: expected "A-1", got "B-2""#));
/// assert!(mock.verify().unwrap_err().to_string().contains("1. unexpected call: GET /items/B-2"));
/// # Ok::<(), feign::Error>(()) }).unwrap();
/// ```
#[derive(Default)]
pub struct Mock {
    table: Arc<Table>,
    servers: Mutex<Vec<AbortHandle>>,
}

impl Mock {
    /// Makes a mock that expects nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    // === what is expected ===

    /// Says what calls of an operation get.
    #[track_caller]
    pub fn on(&self, operation: &'static Operation) -> Route<'_> {
        Route::on_operation(&self.table, operation)
    }

    /// Says what requests of a method and a path get, whoever makes them. The path is a template, in
    /// which `{x}` is one segment or part of one and `{+x}` any number; it is the whole path, that of
    /// the base URL too.
    ///
    /// # Panics
    ///
    /// When the path is no template, or does not begin with `/`.
    #[track_caller]
    pub fn on_path(&self, method: Method, path: &str) -> Route<'_> {
        Route::on_path(&self.table, method, path)
    }

    // === who is answered ===

    /// Makes a client whose calls come here.
    #[must_use]
    pub fn client<C: TypedClient>(&self) -> C {
        let named = C::OPERATIONS.first().and_then(|operation| operation.service());
        let hub =
            self.hub().build().unwrap_or_else(|error| unreachable!("nothing was said: {error}"));
        hub.client_at(everywhere::address(named.unwrap_or_default()))
            .unwrap_or_else(|_| unreachable!("a base URL"))
    }

    /// Begins a hub whose calls come here, for everything else that a hub can say: layers, limits,
    /// headers. It finds every service, unless a source is said; nobody connects to what it finds.
    pub fn hub(&self) -> HubBuilder {
        Hub::builder().transport(self.transport()).discover_meanwhile(Everywhere)
    }

    /// Returns the transport by which calls come here, for a hub that is built elsewhere.
    #[must_use]
    pub fn transport(&self) -> Transport {
        Transport::to_table(Arc::clone(&self.table))
    }

    /// Answers on a free port of this machine too, until the mock is dropped; returns the URL. Any client
    /// may come, by HTTP/1.1. A call that no route is for is answered 501, with why.
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub async fn serve(&self) -> String {
        match serve::serve(Arc::clone(&self.table)).await {
            Ok((url, server)) => {
                self.servers.lock().unwrap_or_else(PoisonError::into_inner).push(server);
                url
            }
            Err(error) => panic!("no port to listen on: {error}"),
        }
    }

    // === what came ===

    /// Returns all requests that came, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.table.received()
    }

    /// Returns the requests of one operation that came, in their order.
    #[must_use]
    pub fn requests_of(&self, operation: &'static Operation) -> Vec<Received> {
        let mut requests = self.requests();
        requests
            .retain(|request| request.operation().is_some_and(|of| std::ptr::eq(of, operation)));
        requests
    }

    /// Compares the calls that came with those that were expected.
    ///
    /// # Errors
    ///
    /// When a call was unexpected, or a route was not called as often as it says.
    pub fn verify(&self) -> Result<(), Mismatch> {
        self.table.verify()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        for server in self.servers.get_mut().unwrap_or_else(PoisonError::into_inner) {
            server.abort();
        }
        if std::thread::panicking() || self.table.is_told() {
            return;
        }
        if let Err(mismatch) = self.verify() {
            panic!("{mismatch}");
        }
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("requests", &self.requests()).finish_non_exhaustive()
    }
}
