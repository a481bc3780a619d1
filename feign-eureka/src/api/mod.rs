//! The registry's REST API, as a client trait of our own.

mod written;

use std::collections::BTreeMap;

use feign_core::Error;
pub use written::Written;
pub(crate) use written::now;

use crate::model::{Application, Applications, Instance, Status};

/// What a Eureka server answers to: the operations of Netflix's wiki, as Spring's server has them.
///
/// [`Eureka`](crate::Eureka) and [`Lease`](crate::Lease) call these by themselves. They are here for
/// what operators do: an override takes an instance out, wherever it runs.
///
/// ```no_run
/// use feign::eureka::Status;
/// use feign::eureka::api::{Api as _, ApiClient};
///
/// # async fn take_out() -> Result<(), feign::Error> {
/// let api = ApiClient::at("http://eureka:8761/eureka")?;
/// api.override_status("ORDERS", "10.0.0.7:orders:8080", Status::OutOfService, None).await?;
/// # Ok(()) }
/// ```
///
/// Names of applications are written in upper case. Servers answer XML where JSON is not asked for.
#[feign_macros::client(crate = ::feign_core, rename_all = "camelCase")]
#[headers("accept: application/json")]
pub trait Api {
    /// Everything that is registered. 403: the server is starting and does not know yet.
    #[get("/apps/{?regions}")]
    #[headers("accept-encoding: gzip")]
    async fn apps(&self, regions: &[&str]) -> Result<Applications, Error>;

    /// What changed in the last three minutes. 403 and 404: the server makes no deltas.
    #[get("/apps/delta{?regions}")]
    #[headers("accept-encoding: gzip")]
    async fn delta(&self, regions: &[&str]) -> Result<Applications, Error>;

    /// One application.
    #[get("/apps/{app}")]
    async fn app(&self, app: &str) -> Result<Option<Application>, Error>;

    /// One instance of an application.
    #[get("/apps/{app}/{id}")]
    async fn instance(&self, app: &str, id: &str) -> Result<Option<Instance>, Error>;

    /// One instance, whatever its application.
    #[get("/instances/{id}")]
    async fn instance_by_id(&self, id: &str) -> Result<Option<Instance>, Error>;

    /// All instances that are found by a name. Its case counts.
    #[get("/vips/{vip}{?regions}")]
    async fn vip(&self, vip: &str, regions: &[&str]) -> Result<Option<Applications>, Error>;

    /// All instances that are found by a name over HTTPS. Its case counts.
    #[get("/svips/{vip}{?regions}")]
    async fn secure_vip(&self, vip: &str, regions: &[&str]) -> Result<Option<Applications>, Error>;

    /// Registers an instance, in place of one of that id whose `lastDirtyTimestamp` is older. 400: the
    /// reason is the body, in plain text.
    #[post("/apps/{app}")]
    #[idempotent]
    async fn register(&self, app: &str, #[body] instance: &Written) -> Result<(), Error>;

    /// Renews a lease. 404: register again. A status that is said here changes nothing.
    #[put("/apps/{app}/{id}{?status,lastDirtyTimestamp,overriddenstatus}")]
    async fn renew(
        &self,
        app: &str,
        id: &str,
        status: Status,
        last_dirty_timestamp: i64,
        overriddenstatus: Option<Status>,
    ) -> Result<(), Error>;

    /// Ends a lease. 404: there was none.
    #[delete("/apps/{app}/{id}")]
    async fn cancel(&self, app: &str, id: &str) -> Result<(), Error>;

    /// Overrides the status of an instance, until the override is taken away.
    #[put("/apps/{app}/{id}/status{?value,lastDirtyTimestamp}")]
    async fn override_status(
        &self,
        app: &str,
        id: &str,
        value: Status,
        last_dirty_timestamp: Option<i64>,
    ) -> Result<(), Error>;

    /// Takes the override away; the status is `value` then. Without one it is unknown, and the next
    /// renewal is answered 404.
    #[delete("/apps/{app}/{id}/status{?value,lastDirtyTimestamp}")]
    async fn remove_override(
        &self,
        app: &str,
        id: &str,
        value: Option<Status>,
        last_dirty_timestamp: Option<i64>,
    ) -> Result<(), Error>;

    /// Adds entries to the metadata of an instance, or replaces them.
    #[put("/apps/{app}/{id}/metadata")]
    async fn update_metadata(
        &self,
        app: &str,
        id: &str,
        #[query(flatten)] entries: &BTreeMap<String, String>,
    ) -> Result<(), Error>;
}
