//! One question to the name servers.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError, NoRecords};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::rdata::SRV;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};

use super::plan::Plan;

/// Asks the name servers of a plan, and remembers which one answered last.
pub(super) struct Resolver {
    servers: Vec<(String, TokioResolver)>,
    answering: AtomicUsize,
    timeout: Duration,
}

/// What name servers said, for as long as it holds; an error means that none said anything.
#[derive(Debug)]
pub(super) enum Answer<T> {
    Records(T, Duration),
    /// There is no such record, or no such name.
    Nothing {
        why: &'static str,
        ttl: Duration,
    },
}

/// Addresses of a name.
pub(super) type Addresses = Vec<IpAddr>;

/// SRV records, and the addresses that came with them.
pub(super) struct Services {
    pub(super) records: Vec<SRV>,
    /// By target; each with its TTL.
    glue: Vec<(Name, IpAddr, Duration)>,
}

impl Resolver {
    pub(super) fn new(plan: &Plan) -> Result<Self, String> {
        let resolver = |server: &super::plan::Server| {
            let provider = TokioRuntimeProvider::default();
            let config = server.config.clone();
            let builder = TokioResolver::builder_with_config(config, provider);
            let resolver = builder.with_options(server.options.clone()).build();
            resolver.map(|resolver| (server.name.clone(), resolver))
        };
        let servers: Result<_, _> = plan.servers.iter().map(resolver).collect();
        Ok(Self {
            servers: servers.map_err(|error| format!("no resolver: {error}"))?,
            answering: AtomicUsize::new(0),
            timeout: plan.timeout,
        })
    }

    /// Asks for the addresses of both kinds. Where one kind fails, the other is enough, unless `known`
    /// holds addresses of the kind that failed: these would be lost.
    pub(super) async fn addresses(
        &self,
        name: &Name,
        known: &[IpAddr],
    ) -> Result<Answer<Addresses>, String> {
        let (v4, v6) = futures_util::join!(
            self.ask(name, RecordType::A, address),
            self.ask(name, RecordType::AAAA, address)
        );
        match (v4, v6) {
            (Ok(v4), Ok(v6)) => Ok(v4.and(v6)),
            (Ok(found @ Answer::Records(..)), Err(_)) if known.iter().all(IpAddr::is_ipv4) => {
                Ok(found)
            }
            (Err(_), Ok(found @ Answer::Records(..))) if known.iter().all(IpAddr::is_ipv6) => {
                Ok(found)
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    pub(super) async fn services(&self, name: &Name) -> Result<Answer<Services>, String> {
        let read = |lookup: &Lookup| {
            let srv = |record: &Record| match &record.data {
                RData::SRV(srv) => Some(srv.clone()),
                _ => None,
            };
            let glue =
                |record: &Record| Some((record.name.clone(), address_of(record)?, ttl_of(record)));
            let records: Vec<_> = lookup.answers().iter().filter_map(srv).collect();
            let glue = lookup.additionals().iter().filter_map(glue).collect();
            (!records.is_empty()).then_some(Services { records, glue })
        };
        self.ask(name, RecordType::SRV, read).await
    }

    /// Asks one name server after the other until one answers.
    async fn ask<T>(
        &self,
        name: &Name,
        kind: RecordType,
        read: impl Fn(&Lookup) -> Option<T>,
    ) -> Result<Answer<T>, String> {
        let first = self.answering.load(Ordering::Relaxed);
        let mut failures = Vec::new();
        for at in (first..self.servers.len()).chain(0..first) {
            let (server, resolver) = &self.servers[at];
            match answer(resolver.lookup(name.clone(), kind).await, &read) {
                Ok(answer) => {
                    self.answering.store(at, Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(error) => failures.push(format!("{server} {}", self.tell(&error))),
            }
        }
        Err(format!("{kind} of `{}`: {}", shown(name), failures.join("; ")))
    }

    fn tell(&self, error: &NetError) -> String {
        match error {
            NetError::Timeout => format!("does not answer within {:?}", self.timeout),
            NetError::NoConnections => "cannot be reached".to_owned(),
            NetError::Truncated => "has more to say than fits, over TCP too".to_owned(),
            NetError::Dns(DnsError::ResponseCode(code)) => {
                format!("answers {}", format!("{code:?}").to_uppercase())
            }
            other => format!("fails: {other}"),
        }
    }
}

impl Services {
    /// Returns the addresses of a target that came with the records, and how long they hold.
    pub(super) fn glue(&self, target: &Name) -> Option<(Addresses, Duration)> {
        let of_target = || self.glue.iter().filter(|(name, ..)| name == target);
        let ttl = of_target().map(|&(_, _, ttl)| ttl).min()?;
        Some((of_target().map(|&(_, address, _)| address).collect(), ttl))
    }
}

impl Answer<Addresses> {
    /// Both kinds together. What there is none of holds as long as what there is: they are asked for
    /// together.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Records(mut all, ttl), Self::Records(more, other)) => {
                all.extend(more);
                Self::Records(all, ttl.min(other))
            }
            (found @ Self::Records(..), _) | (_, found @ Self::Records(..)) => found,
            (Self::Nothing { why, ttl }, Self::Nothing { ttl: other, .. }) => {
                Self::Nothing { why, ttl: ttl.min(other) }
            }
        }
    }
}

/// Reads an answer: that there is nothing is one too.
fn answer<T>(
    outcome: Result<Lookup, NetError>,
    read: impl Fn(&Lookup) -> Option<T>,
) -> Result<Answer<T>, NetError> {
    const NODATA: &str = "has no record";
    match outcome {
        Ok(lookup) => {
            let ttl = lookup.answers().iter().map(ttl_of).min().unwrap_or_default();
            Ok(read(&lookup)
                .map_or(Answer::Nothing { why: NODATA, ttl }, |read| Answer::Records(read, ttl)))
        }
        Err(NetError::Dns(DnsError::NoRecordsFound(NoRecords {
            response_code,
            negative_ttl,
            ..
        }))) if matches!(response_code, ResponseCode::NXDomain | ResponseCode::NoError) => {
            let why = match response_code {
                ResponseCode::NXDomain => "does not exist",
                _ => NODATA,
            };
            let ttl = Duration::from_secs(negative_ttl.unwrap_or_default().into());
            Ok(Answer::Nothing { why, ttl })
        }
        Err(error) => Err(error),
    }
}

fn address(lookup: &Lookup) -> Option<Addresses> {
    let addresses: Vec<_> = lookup.answers().iter().filter_map(address_of).collect();
    (!addresses.is_empty()).then_some(addresses)
}

/// An address that can be called: 0.0.0.0 is what filters answer, and would lead to this machine.
fn address_of(record: &Record) -> Option<IpAddr> {
    let address = match &record.data {
        RData::A(a) => IpAddr::from(a.0),
        RData::AAAA(aaaa) => IpAddr::from(aaaa.0),
        _ => return None,
    };
    (!address.is_unspecified()).then_some(address)
}

fn ttl_of(record: &Record) -> Duration {
    Duration::from_secs(record.ttl.into())
}

/// A name as people write it.
pub(super) fn shown(name: &Name) -> String {
    let text = name.to_ascii();
    text.strip_suffix('.').unwrap_or(&text).to_owned()
}
