//! What a service says of itself.

mod check;
mod host;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::api::Written;
use crate::model::Status;

/// What a service says of itself, to be registered by [`Eureka::register`](crate::Eureka::register).
///
/// ```
/// use feign::eureka::Registration;
///
/// let orders = Registration::new("orders")
///     .port(8080)
///     .health_check("/health")
///     .zone("eu-1a")
///     .metadata("version", "1.4.2");
/// ```
#[derive(Clone, Debug)]
#[must_use = "it says something once it is registered"]
pub struct Registration {
    app: String,
    host: Option<String>,
    ip: Option<String>,
    port: Option<u16>,
    secure_port: Option<u16>,
    vip: Option<String>,
    secure_vip: Option<String>,
    id: Option<String>,
    home_page: Option<String>,
    status_page: Option<String>,
    health_check: Option<String>,
    metadata: BTreeMap<String, String>,
    status: Status,
    pub(crate) renewal: Duration,
    duration: Duration,
}

impl Registration {
    /// Begins with the name of the service: callers find it by that name, whatever its case. The
    /// application is called the same, in upper case.
    pub fn new(app: impl Into<String>) -> Self {
        Self {
            app: app.into(),
            host: None,
            ip: None,
            port: None,
            secure_port: None,
            vip: None,
            secure_vip: None,
            id: None,
            home_page: None,
            status_page: None,
            health_check: None,
            metadata: BTreeMap::new(),
            status: Status::Up,
            renewal: Duration::from_secs(30),
            duration: Duration::from_secs(90),
        }
    }

    /// Says under which host name callers reach us. The IP address by default: names of machines often
    /// mean nothing to others.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// Says our IP address. By default the one by which this machine reaches others.
    pub fn ip(mut self, ip: impl Into<String>) -> Self {
        self.ip = Some(ip.into());
        self
    }

    /// Says the port for plain HTTP.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Says the port for HTTPS: callers prefer it.
    pub fn secure_port(mut self, port: u16) -> Self {
        self.secure_port = Some(port);
        self
    }

    /// Says the names that callers find us by (VIP), several with commas between them. The name of the
    /// service by default.
    pub fn vip(mut self, vip: impl Into<String>) -> Self {
        self.vip = Some(vip.into());
        self
    }

    /// Says the names that callers find us by over HTTPS. Those of [`vip`](Self::vip) by default.
    pub fn secure_vip(mut self, vip: impl Into<String>) -> Self {
        self.secure_vip = Some(vip.into());
        self
    }

    /// Says what tells us from other instances of the service. `host:app:port` by default, as Spring's.
    pub fn instance_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Says where a browser is sent: a URL, or a path of ours. `/` by default.
    pub fn home_page(mut self, url: impl Into<String>) -> Self {
        self.home_page = Some(url.into());
        self
    }

    /// Says where our status is shown: a URL, or a path of ours. Nowhere by default.
    pub fn status_page(mut self, url: impl Into<String>) -> Self {
        self.status_page = Some(url.into());
        self
    }

    /// Says where our health is asked for: a URL, or a path of ours. Nowhere by default.
    pub fn health_check(mut self, url: impl Into<String>) -> Self {
        self.health_check = Some(url.into());
        self
    }

    /// Says one more thing; callers see it as metadata of the endpoint.
    pub fn metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(key.into(), value.into());
        self
    }

    /// Says in which zone we stand: the metadata `zone`, as with Spring. That of
    /// [`EurekaBuilder::zone`](crate::EurekaBuilder::zone) by default.
    pub fn zone(self, zone: impl Into<String>) -> Self {
        self.metadata("zone", zone)
    }

    /// Says how many calls we take in relation to others: the metadata `weight`, as with Spring.
    pub fn weight(self, weight: u32) -> Self {
        self.metadata("weight", weight.to_string())
    }

    /// Begins as `STARTING`: nobody calls us before [`Lease::up`](crate::Lease::up). `UP` by default.
    pub fn starting(mut self) -> Self {
        self.status = Status::Starting;
        self
    }

    /// Says how often the lease is renewed, and after how long without that it ends, in whole seconds.
    /// 30 s and 90 s by default. Servers count with the default: one that is shorter makes them take
    /// other leases for lost less readily.
    pub fn lease(mut self, renewal: Duration, duration: Duration) -> Self {
        self.renewal = renewal;
        self.duration = duration;
        self
    }

    pub(crate) fn name(&self) -> &str {
        &self.app
    }

    /// Returns what is sent, or what is wrong with it.
    pub(crate) fn written(&self, zone: Option<&str>) -> Result<Written, String> {
        let ip = self.ip.clone().unwrap_or_else(host::ip);
        let host = self.host.clone().unwrap_or_else(|| ip.clone());
        let Some(port) = self.secure_port.or(self.port) else {
            return Err("it has no port; write `.port(8080)`".to_owned());
        };
        check::ports([self.port, self.secure_port])?;
        let default_id = || format!("{host}:{}:{}", self.app, self.port.unwrap_or(port));
        let id = self.id.clone().unwrap_or_else(default_id);
        check::text("name", &self.app)?;
        check::text("instance id", &id)?;
        check::text("host", &host)?;
        check::text("IP address", &ip)?;
        check::lease(self.renewal, self.duration)?;
        let scheme = if self.secure_port.is_some() { "https" } else { "http" };
        let authority = check::authority(&host)?;
        let url = |url: &str| match url.contains("://") {
            true => url.to_owned(),
            false => format!("{scheme}://{authority}:{port}/{}", url.trim_start_matches('/')),
        };
        let mut metadata = self.metadata.clone();
        if let Some(zone) = zone {
            metadata.entry("zone".to_owned()).or_insert_with(|| zone.to_owned());
        }
        let vip = self.vip.clone().unwrap_or_else(|| self.app.clone());
        let health_check = self.health_check.as_deref().map(url);
        Ok(Written {
            id,
            app: self.app.to_uppercase(),
            ip,
            secure_vip: self.secure_vip.clone().unwrap_or_else(|| vip.clone()),
            vip,
            port: (self.port.unwrap_or(80), self.port.is_some()),
            secure_port: (self.secure_port.unwrap_or(443), self.secure_port.is_some()),
            status: self.status,
            overridden: Status::Unknown,
            renewal_secs: self.renewal.as_secs(),
            duration_secs: self.duration.as_secs(),
            home_page: Some(url(self.home_page.as_deref().unwrap_or("/"))),
            status_page: self.status_page.as_deref().map(url),
            secure_health_check: health_check.clone().filter(|url| url.starts_with("https:")),
            health_check,
            metadata,
            last_dirty: 0,
            host,
        })
    }
}
