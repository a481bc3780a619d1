//! Says which name servers are asked, and for what.

use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::config::{ProtocolConfig, ResolveHosts};
use hickory_resolver::proto::rr::Name;
use hickory_resolver::system_conf::read_system_conf;

use super::Dns;
use super::plan::{Ask, MARK, Plan, Server, Template};
use crate::error::Error;

/// Longer than this is for ever, and clocks can count it.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What is to be known before names are asked for; made by [`Dns::system`] and [`Dns::at`].
#[derive(Clone, Debug)]
#[must_use = "it becomes a source by `build()`"]
pub struct DnsBuilder {
    servers: Vec<Server>,
    asks: Vec<(Ask, String)>,
    port: Option<u16>,
    scheme: String,
    by_name: Option<bool>,
    min_ttl: Duration,
    max_ttl: Duration,
    timeout: Duration,
}

/// Where names are asked for.
impl DnsBuilder {
    pub(super) fn system() -> Result<Self, Error> {
        let (config, mut options) = read_system_conf().map_err(|error| {
            Error::build("DNS: this machine's name servers cannot be read; name some by `Dns::at`")
                .caused_by(error)
        })?;
        options.use_hosts_file = ResolveHosts::Always;
        let (domain, search, servers) = config.into_parts();
        let server = |server: NameServerConfig| Server {
            name: server.ip.to_string(),
            config: ResolverConfig::from_parts(domain.clone(), search.clone(), vec![server]),
            options: options.clone(),
        };
        Self::of(servers.into_iter().map(server).collect())
    }

    pub(super) fn at<S: AsRef<str>>(servers: impl IntoIterator<Item = S>) -> Result<Self, Error> {
        let servers: Result<_, _> = servers.into_iter().map(|one| server(one.as_ref())).collect();
        Self::of(servers?)
    }

    fn of(servers: Vec<Server>) -> Result<Self, Error> {
        if servers.is_empty() {
            return Err(Error::build(
                "DNS: there is no name server to ask; write `Dns::at([\"10.0.0.2:53\"])`",
            ));
        }
        Ok(Self {
            servers,
            asks: Vec::new(),
            port: None,
            scheme: "http".to_owned(),
            by_name: None,
            min_ttl: Duration::from_secs(1),
            max_ttl: Duration::from_secs(30),
            timeout: Duration::from_secs(2),
        })
    }
}

/// What is asked for.
impl DnsBuilder {
    /// Takes a service's instances from the A and AAAA records of a name, in which `{service}` is the
    /// service's name: `{service}.svc.test`. A name without it is the same for every service. Said more
    /// than once, all names count together.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.asks.push((Ask::Host, name.into()));
        self
    }

    /// Takes a service's instances from the SRV records of a name: `_http._tcp.{service}.svc.test`. Port,
    /// weight and priority come from there. Said more than once, or beside [`host`](Self::host), all
    /// names count together.
    pub fn srv(mut self, name: impl Into<String>) -> Self {
        self.asks.push((Ask::Srv, name.into()));
        self
    }

    /// Says the port of the instances that [`host`](Self::host) finds. 80 by default, 443 with `https`.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Says `https` or `http`, which is the default. With `https` the instances are called by their
    /// names; see [`Dns`] for what follows from that.
    pub fn scheme(mut self, scheme: impl Into<String>) -> Self {
        self.scheme = scheme.into();
        self
    }

    /// Makes an endpoint of each name instead of each address. The default with `https` only.
    pub fn by_name(mut self) -> Self {
        self.by_name = Some(true);
        self
    }

    /// Makes an endpoint of each address, with `https` too.
    pub fn by_address(mut self) -> Self {
        self.by_name = Some(false);
        self
    }

    /// Says after how long it asks again at the earliest, whatever the TTL. 1 second by default.
    pub fn min_ttl(mut self, ttl: Duration) -> Self {
        self.min_ttl = ttl;
        self
    }

    /// Says after how long it asks again at the latest, whatever the TTL. 30 seconds by default.
    pub fn max_ttl(mut self, ttl: Duration) -> Self {
        self.max_ttl = ttl;
        self
    }

    /// Says how long it waits for an answer, during which UDP is repeated. 2 seconds by default. A name
    /// server is given that time twice, then the next one is asked.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Makes the source.
    ///
    /// # Errors
    ///
    /// When no name was said, one is no name, or a number makes no sense; the error says which.
    pub fn build(self) -> Result<Dns, Error> {
        self.check()?;
        let asks: Result<Vec<_>, _> =
            self.asks.iter().map(|(ask, name)| template(*ask, name)).collect();
        let is_https = self.scheme == "https";
        let default_port = if is_https { 443 } else { 80 };
        let timeout = self.timeout.min(A_DAY);
        let mut servers = self.servers;
        for Server { options, .. } in &mut servers {
            limit(options, timeout);
        }
        let names: Vec<_> = servers.iter().map(|server| server.name.as_str()).collect();
        let asked: Vec<_> = self.asks.iter().map(|(_, name)| format!("`{name}`")).collect();
        Ok(Dns(Arc::new(Plan {
            name: format!("DNS {} at {}", asked.join(", "), names.join(", ")),
            servers,
            asks: asks?,
            port: self.port.unwrap_or(default_port),
            by_name: self.by_name.unwrap_or(is_https),
            scheme: self.scheme,
            ttl: self.min_ttl.min(A_DAY)..=self.max_ttl.min(A_DAY),
            timeout,
        })))
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = |why: &str| Err(Error::build(format!("DNS: {why}")));
        if self.asks.is_empty() {
            return wrong(
                "nothing says what a service's name is; say `.host(\"{service}.example.com\")` or `.srv(\"_http._tcp.{service}.example.com\")`",
            );
        }
        if self.scheme != "http" && self.scheme != "https" {
            return wrong("the scheme is neither `http` nor `https`");
        }
        if self.port == Some(0) {
            return wrong("port 0 cannot be called; say one between 1 and 65535");
        }
        if self.min_ttl.is_zero() || self.timeout.is_zero() {
            return wrong("`min_ttl` and `timeout` have to be longer than 0");
        }
        if self.max_ttl < self.min_ttl {
            return wrong("`max_ttl` is shorter than `min_ttl`");
        }
        Ok(())
    }
}

/// What holds for every name server.
fn limit(options: &mut ResolverOpts, timeout: Duration) {
    // A second cache would hide changes for a second TTL.
    options.cache_size = 0;
    options.timeout = timeout;
    options.attempts = 1;
}

fn server(text: &str) -> Result<Server, Error> {
    let address = text.parse::<SocketAddr>().or_else(|_| {
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        bare.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53))
    });
    let address = address.ok().filter(|address| address.port() != 0).ok_or_else(|| {
        Error::build(format!(
            "DNS: `{}` is no address of a name server; write one as `10.0.0.2` or `10.0.0.2:53`",
            text.escape_debug()
        ))
    })?;
    let connections = [ProtocolConfig::Udp, ProtocolConfig::Tcp].map(|protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = address.port();
        connection
    });
    let config = NameServerConfig::new(address.ip(), true, connections.into());
    let mut options = ResolverOpts::default();
    options.use_hosts_file = ResolveHosts::Never;
    Ok(Server {
        name: address.to_string(),
        config: ResolverConfig::from_name_servers(vec![config]),
        options,
    })
}

/// Takes what stands for a name if every service could have one by it.
fn template(ask: Ask, text: &str) -> Result<Template, Error> {
    let wrong = |why: &dyn Display| {
        Error::build(format!("DNS: `{}` is no name: {why}", text.escape_debug()))
    };
    let rest = text.replace(MARK, "service");
    if rest.contains(['{', '}']) {
        return Err(wrong(&"only `{service}` stands in braces"));
    }
    if rest.contains([':', '/']) {
        return Err(wrong(&"scheme and port are said by `.scheme(\"https\")` and `.port(8080)`"));
    }
    if rest.parse::<IpAddr>().is_ok() {
        return Err(wrong(&"it is an address, for which `discover::fixed` is made"));
    }
    match Name::from_utf8(&rest) {
        Ok(name) if name.num_labels() == 0 => Err(wrong(&"it is empty")),
        Ok(_) => Ok(Template { ask, text: text.into() }),
        Err(error) => Err(wrong(&error)),
    }
}
