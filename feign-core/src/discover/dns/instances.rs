//! From records to endpoints.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use hickory_resolver::proto::rr::Name;
use hickory_resolver::proto::rr::rdata::SRV;

use super::lookup::{Addresses, Answer, Resolver, Services, shown};
use super::plan::{Ask, Plan, Question};
use crate::discover::Endpoint;

/// As many targets of SRV records are asked for at once.
const AT_ONCE: usize = 8;

/// What stood behind each name the last time.
pub(super) type Known = HashMap<Name, Addresses>;

/// One instance.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Instance {
    authority: String,
    /// The target of an SRV record.
    target: Option<String>,
    weight: u32,
    priority: u16,
}

/// What a round of questions brought.
#[derive(Default)]
pub(super) struct Round {
    /// `None` where no name exists, with the reason.
    pub(super) endpoints: Option<Vec<Endpoint>>,
    pub(super) missing: Vec<String>,
    /// Records that can be no endpoint, and why.
    pub(super) left_out: Vec<String>,
    pub(super) known: Known,
    pub(super) ttl: Option<Duration>,
}

/// Asks all questions of a service. Fails as a whole: a part would look as if the rest had gone.
pub(super) async fn ask(
    plan: &Plan,
    resolver: &Resolver,
    questions: &[Question],
    known: &Known,
) -> Result<Round, String> {
    let mut round = Round::default();
    let mut instances = None;
    for Question { ask, name } in questions {
        let found = match ask {
            Ask::Host => host(plan, resolver, name, known, &mut round).await?,
            Ask::Srv => srv(plan, resolver, name, known, &mut round).await?,
        };
        if let Some(found) = found {
            instances.get_or_insert_with(Vec::new).extend(found);
        }
    }
    round.endpoints = instances.map(|found| endpoints(plan, found, &mut round.left_out));
    Ok(round)
}

impl Round {
    fn holds_for(&mut self, ttl: Duration) {
        self.ttl = Some(self.ttl.map_or(ttl, |known| known.min(ttl)));
    }

    /// Takes an answer apart; `None` where there is nothing.
    fn take<T>(&mut self, name: &Name, answer: Answer<T>) -> Option<T> {
        match answer {
            Answer::Records(records, ttl) => {
                self.holds_for(ttl);
                Some(records)
            }
            Answer::Nothing { why, ttl } => {
                self.holds_for(ttl);
                self.missing.push(format!("`{}` {why}", shown(name)));
                None
            }
        }
    }
}

async fn host(
    plan: &Plan,
    resolver: &Resolver,
    name: &Name,
    known: &Known,
    round: &mut Round,
) -> Result<Option<Vec<Instance>>, String> {
    let before = known.get(name).map_or(&[][..], Vec::as_slice);
    let answer = resolver.addresses(name, before).await?;
    let Some(addresses) = round.take(name, answer) else { return Ok(None) };
    let instance = |authority| Instance { authority, target: None, weight: 1, priority: 0 };
    let instances = match plan.by_name {
        true => vec![instance(format!("{}:{}", shown(name), plan.port))],
        false => addresses
            .iter()
            .map(|&ip| instance(SocketAddr::new(ip, plan.port).to_string()))
            .collect(),
    };
    round.known.insert(name.clone(), addresses);
    Ok(Some(instances))
}

async fn srv(
    plan: &Plan,
    resolver: &Resolver,
    name: &Name,
    known: &Known,
    round: &mut Round,
) -> Result<Option<Vec<Instance>>, String> {
    let answer = resolver.services(name).await?;
    let Some(services) = round.take(name, answer) else { return Ok(None) };
    // RFC 2782: a target of `.` says that the service is not there, on purpose.
    let records = services.records.iter().filter(|srv| !srv.target.is_root());
    let (usable, portless): (Vec<_>, Vec<_>) = records.partition(|srv| srv.port != 0);
    let no_port = portless.iter().map(|srv| format!("`{}` has port 0", shown(&srv.target)));
    round.left_out.extend(no_port);
    let instances = match plan.by_name {
        true => usable.into_iter().map(by_target).collect(),
        false => {
            let targets = addresses_of(resolver, &services, &usable, known, round).await?;
            let instances = by_address(&usable, &targets);
            round.known.extend(targets);
            instances
        }
    };
    match instances.is_empty() && !round.left_out.is_empty() {
        // What is said is not that there is no instance: somebody has made a mistake.
        true => Err(format!("SRV of `{}`: {}", shown(name), round.left_out.join(", "))),
        false => Ok(Some(instances)),
    }
}

/// The addresses of all targets: those that came along, and for the rest as many questions. A target
/// without one is left out, as after a rolling update.
async fn addresses_of(
    resolver: &Resolver,
    services: &Services,
    records: &[&SRV],
    known: &Known,
    round: &mut Round,
) -> Result<BTreeMap<Name, Addresses>, String> {
    let mut found = BTreeMap::new();
    let mut asked = Vec::new();
    for target in records.iter().map(|srv| &srv.target) {
        if found.contains_key(target) || asked.contains(&target) {
            continue;
        }
        match services.glue(target) {
            Some((addresses, ttl)) => {
                round.holds_for(ttl);
                found.insert(target.clone(), addresses);
            }
            None => asked.push(target),
        }
    }
    let answers = asked.into_iter().map(|target| {
        let before = known.get(target).map_or(&[][..], Vec::as_slice);
        let ask = async move { Ok((target, resolver.addresses(target, before).await?)) };
        ask.boxed()
    });
    // rustc sees that it is `Send` only where no closure is held.
    let answers = stream::iter(answers.collect::<Vec<_>>()).buffer_unordered(AT_ONCE);
    let answers: Result<Vec<_>, String> = answers.try_collect().await;
    for (target, answer) in answers? {
        match round.take(target, answer) {
            Some(addresses) => _ = found.insert(target.clone(), addresses),
            None => round.left_out.extend(round.missing.pop()),
        }
    }
    Ok(found)
}

fn by_target(srv: &SRV) -> Instance {
    Instance {
        authority: format!("{}:{}", shown(&srv.target), srv.port),
        target: None,
        weight: srv.weight.into(),
        priority: srv.priority,
    }
}

/// One instance per address. A target shares its weight among its addresses; all weights are multiplied
/// by the largest number of them, so that whole numbers are exact enough.
fn by_address(records: &[&SRV], targets: &BTreeMap<Name, Addresses>) -> Vec<Instance> {
    let scale = targets.values().map(Vec::len).max().unwrap_or(1);
    let instances = records.iter().filter_map(|srv| {
        let addresses = targets.get(&srv.target)?;
        let weight = usize::from(srv.weight) * scale / addresses.len().max(1);
        Some(addresses.iter().map(move |&ip| Instance {
            authority: SocketAddr::new(ip, srv.port).to_string(),
            target: Some(shown(&srv.target)),
            weight: u32::try_from(weight).unwrap_or(u32::MAX),
            priority: srv.priority,
        }))
    });
    instances.flatten().collect()
}

/// Makes endpoints in an order of their own, as name servers turn theirs with every answer. An address
/// that comes twice is one instance.
fn endpoints(
    plan: &Plan,
    mut instances: Vec<Instance>,
    left_out: &mut Vec<String>,
) -> Vec<Endpoint> {
    let order = |one: &Instance| (one.priority, one.authority.clone());
    instances.sort_by_cached_key(order);
    let mut seen = HashSet::new();
    instances.retain(|one| seen.insert(one.authority.clone()));
    let endpoint = |one: Instance| {
        let endpoint = Endpoint::new(&format!("{}://{}", plan.scheme, one.authority));
        // A target may hold characters that no URL takes.
        let endpoint = endpoint.map_err(|error| left_out.push(error.to_string())).ok()?;
        let endpoint = endpoint.with_weight(one.weight).with_priority(one.priority);
        Some(match one.target {
            Some(target) => endpoint.with_metadata("dns.name", target),
            None => endpoint,
        })
    };
    instances.into_iter().filter_map(endpoint).collect()
}
