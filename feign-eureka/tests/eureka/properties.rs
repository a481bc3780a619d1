//! The same as for the registry alone, through a server and the clock: whatever happens, a client that
//! reads on comes to know what the server knows.

use std::collections::BTreeMap;
use std::time::Duration;

use feign_eureka::Status;
use feign_eureka::testing::{EurekaServer, Fault};
use proptest::prelude::*;

use crate::support::{Followed, client_of, instance, secs};

#[derive(Clone, Debug)]
enum Step {
    Add(u16),
    Remove(u16),
    Forget(u16),
    Override(u16, Status),
    Restart,
    Fault(Option<Fault>),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let status = prop::sample::select(vec![
        Status::Up,
        Status::Down,
        Status::OutOfService,
        Status::Starting,
    ]);
    let fault = prop::sample::select(vec![
        None,
        None,
        Some(Fault::Down),
        Some(Fault::Starting),
        Some(Fault::NoDelta),
        Some(Fault::Html),
        Some(Fault::Hang),
    ]);
    prop_oneof![
        4 => (1..6_u16).prop_map(Step::Add),
        2 => (1..6_u16).prop_map(Step::Remove),
        1 => (1..6_u16).prop_map(Step::Forget),
        2 => (1..6_u16, status).prop_map(|(number, status)| Step::Override(number, status)),
        1 => Just(Step::Restart),
        1 => fault.prop_map(Step::Fault),
        4 => (1..300_u64).prop_map(Step::Wait),
    ]
}

/// What a caller sees of a service, and what the server says.
async fn converges(steps: Vec<Step>) {
    let server = EurekaServer::new();
    let eureka = client_of(&server).build().unwrap();
    let mut updates = Followed::new(&eureka, "orders").into_updates();
    let (known, mut latest) = tokio::sync::watch::channel(BTreeMap::new());
    let follower = tokio::spawn(async move {
        use futures_util::StreamExt as _;
        while let Some(update) = updates.next().await {
            if let Ok(endpoints) = update {
                let endpoints = endpoints.unwrap_or_default();
                let all = endpoints.iter().map(|one| (one.id().into_owned(), one.state()));
                known.send_replace(all.collect());
            }
        }
    });
    for step in steps {
        let id = |number: u16| format!("i{number}");
        match step {
            Step::Add(number) => server.add(&instance("orders", number)),
            Step::Remove(number) => server.remove("orders", &id(number)),
            Step::Forget(number) => server.forget("orders", &id(number)),
            Step::Override(number, status) => server.override_status("orders", &id(number), status),
            Step::Restart => server.restart_empty(),
            Step::Fault(fault) => server.set_fault(fault),
            Step::Wait(time) => tokio::time::sleep(secs(time)).await,
        }
    }
    // It heals. A last one keeps the registry from being empty, in which case nothing is believed.
    server.set_fault(None);
    server.add(&instance("orders", 9));
    tokio::time::sleep(Duration::from_secs(1_200)).await;
    let meant: BTreeMap<_, _> = server
        .instances("orders")
        .iter()
        .map(|one| {
            let state = match one.status() {
                Status::Up => feign_core::discover::State::Up,
                Status::OutOfService => feign_core::discover::State::Draining,
                _ => feign_core::discover::State::Down,
            };
            (one.id().to_owned(), state)
        })
        .collect();
    assert_eq!(*latest.borrow_and_update(), meant);
    follower.abort();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// E16, the whole way.
    #[test]
    fn a_reader_comes_to_know_what_the_server_knows(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        runtime.unwrap().block_on(converges(steps));
    }
}
