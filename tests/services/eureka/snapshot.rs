//! A process of a client that starts while the registry is dead.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;

use feign::{BoxError, Hub, discover};

use super::fleet::Instance;
use super::load::{Inventory as _, InventoryClient, source};
use super::server::Untouched;
use crate::support::eureka::EurekaServer;
use crate::support::{Process, this};

/// The role of this program that calls.
const ROLE: &str = "call-inventory";
const CALLS: usize = 300;
const LIMIT: Duration = Duration::from_secs(20);

pub(super) async fn a_client_starts_without_a_registry(_: &Untouched) {
    let mut server = EurekaServer::start().await.unwrap();
    let _fleet = Instance::three(&server, &[server.url()]).await;
    let file = std::env::temp_dir().join(format!("feign-services-{}.json", std::process::id()));
    let path = file.to_str().unwrap();

    let with = called(&server, path).await;
    assert!(with.ends_with("Live"), "{with}");
    server.kill();
    let without = called(&server, path).await;
    std::fs::remove_file(path).unwrap();
    assert!(without.contains("Stale"), "{without}");
    assert!(without.contains(&format!("the snapshot in `{path}`")), "{without}");
    let even = r#"0 failed, {"a": 100, "b": 100, "c": 100}"#;
    for said in [with, without] {
        assert!(said.contains(even), "{said}");
    }
}

/// What a process of its own says of its calls.
async fn called(server: &EurekaServer, path: &str) -> String {
    let mut command = this().unwrap();
    command.args([ROLE, &server.url(), path]);
    let caller = Process::start(ROLE, &mut command).unwrap();
    let said = caller.line_with("calls", LIMIT).await.unwrap();
    println!("eureka: a process with a snapshot: {said}");
    said
}

/// Plays that role, if the arguments name it.
pub(crate) fn play(arguments: impl IntoIterator<Item = String>) -> Option<ExitCode> {
    match &arguments.into_iter().skip(1).collect::<Vec<_>>()[..] {
        [role, url, path] if role == ROLE => Some(feign_services_helper::run(call(url, path))),
        _ => None,
    }
}

async fn call(url: &str, path: &str) -> Result<(), BoxError> {
    let source = discover::cached(source(&[url.to_owned()]).build()?, path);
    let hub = Hub::builder().discover(source).build()?;
    let client: InventoryClient = hub.client();
    let (mut answered, mut failed) = (BTreeMap::<_, usize>::new(), 0);
    for _ in 0..CALLS {
        match client.item("a-1").await {
            Ok(item) => *answered.entry(item.instance).or_default() += 1,
            Err(error) => {
                eprintln!("{error:?}");
                failed += 1;
            }
        }
    }
    let known = hub.endpoints("inventory");
    println!("{CALLS} calls, {failed} failed, {answered:?}, {:?}", known.freshness());
    Ok(())
}
