//! DNS: names and what stands behind them.

mod builder;
mod follow;
mod instances;
mod lookup;
mod plan;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use builder::DnsBuilder;
use plan::Plan;

use super::{Discover, Updates};
use crate::error::Error;

/// Finds services by DNS: by A and AAAA records, which are addresses, or by SRV records, which have a
/// port, a weight and a priority too.
///
/// ```
/// use feign::discover::Dns;
///
/// // `inventory` is whatever address `inventory.svc.test` has, at port 8080.
/// let dns = Dns::at(["127.0.0.1:5353"])?
///     .host("{service}.svc.test")
///     .port(8080)
///     .build()?;
/// let hub = feign::Hub::builder().discover(dns).build()?;
///
/// // Or: `inventory` is whatever `_http._tcp.inventory.svc.test` names.
/// let dns = Dns::at(["127.0.0.1:5353"])?.srv("_http._tcp.{service}.svc.test").build()?;
/// # Ok::<(), feign::Error>(())
/// ```
///
/// # When it asks
///
/// At first when a client needs the service, and again when the shortest TTL of the records is over:
/// after [`min_ttl`](DnsBuilder::min_ttl) at the earliest, which holds for a TTL of 0 too, and after
/// [`max_ttl`](DnsBuilder::max_ttl) at the latest; up to a tenth later, so that processes do not ask in
/// step. Nothing else is cached. What goes out is UDP, and TCP where an answer did not fit.
///
/// # What is kept
///
/// A name server that fails, answers `SERVFAIL` or is silent takes nothing away: the next one is asked,
/// and when none answers, the last endpoints stay and are stale, with the reason. It is asked again
/// after `min_ttl`, then at growing distances of up to five seconds. A name that is gone (`NXDOMAIN`)
/// or has lost its last record keeps its endpoints in the same way. A name that was never there is
/// unknown: `NoEndpoint` says so, and another source may know it.
///
/// # Addresses, names, certificates and `Host`
///
/// With `http` there is one endpoint per address, so calls are balanced over addresses. The `Host`
/// header is then the address too, `10.0.0.7:8080`; of the records of an SRV target, metadata
/// `dns.name` keeps the name. Servers that tell their sites apart by `Host` want
/// [`by_name`](DnsBuilder::by_name).
///
/// With [`https`](DnsBuilder::scheme) that would end every call, as certificates are for names. So there
/// an endpoint is called by its name: one for the name of [`host`](DnsBuilder::host), one per target of
/// SRV records. Calls are balanced over targets; whose address is used for a name is left to the
/// transport and to this machine's own resolver, which has to know the name. Where certificates list
/// addresses, [`by_address`](DnsBuilder::by_address) brings back the one endpoint per address.
#[derive(Clone)]
pub struct Dns(Arc<Plan>);

impl Dns {
    /// Asks the name servers of this machine, with its search domains: those of `/etc/resolv.conf` as
    /// they are now, of the registry on Windows. `/etc/hosts` counts too.
    ///
    /// # Errors
    ///
    /// When there are none to be read.
    pub fn system() -> Result<DnsBuilder, Error> {
        DnsBuilder::system()
    }

    /// Asks these name servers, in this order: `127.0.0.1:5353`, `10.0.0.2` (its port is 53), `[::1]:53`.
    ///
    /// # Errors
    ///
    /// When one is no such address, or there is none.
    pub fn at<S: AsRef<str>>(servers: impl IntoIterator<Item = S>) -> Result<DnsBuilder, Error> {
        DnsBuilder::at(servers)
    }
}

impl Discover for Dns {
    fn watch(&self, service: &str) -> Updates {
        follow::follow(Arc::clone(&self.0), service)
    }

    fn describe(&self) -> Cow<'_, str> {
        self.0.name.as_str().into()
    }
}

impl fmt::Debug for Dns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Dns").field(&self.0.name).finish()
    }
}
