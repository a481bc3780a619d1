//! What a source said last survives the process.

use std::fs;
use std::path::Path;
use std::time::Duration;

use feign::discover::{self, Cached, Discover as _, Endpoint, Update, Updates};
use futures_util::StreamExt as _;

use super::endpoints;
use super::folder::Folder;
use super::script::Script;

fn watched(path: &Path) -> (Script, Updates) {
    cached(path, |cached| cached)
}

fn cached(path: &Path, with: impl FnOnce(Cached<Script>) -> Cached<Script>) -> (Script, Updates) {
    let source = Script::default();
    let updates = with(discover::cached(source.clone(), path)).watch("inventory");
    (source, updates)
}

fn hosts(update: Update) -> Vec<String> {
    let endpoints = update.unwrap().unwrap();
    endpoints.iter().map(|endpoint| endpoint.id().into_owned()).collect()
}

/// Lets a process know two hosts, and end.
async fn leave(path: &Path) {
    let (source, mut updates) = watched(path);
    source.say(endpoints(["a", "b"]));
    updates.next().await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_process_starts_while_its_registry_is_dead() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    leave(&path).await;

    let (source, mut updates) = watched(&path);
    source.fail("refused");
    assert_eq!(hosts(updates.next().await.unwrap()), ["a", "b"]);
    let cause = updates.next().await.unwrap().unwrap_err().to_string();
    assert!(cause.starts_with("the snapshot in ") && cause.contains("services.json"), "{cause}");
    assert!(cause.ends_with("s old, is used: refused"), "{cause}");
    source.say(endpoints(["c"]));
    assert_eq!(hosts(updates.next().await.unwrap()), ["c"]);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_does_not_answer_is_not_waited_for() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    leave(&path).await;
    let (source, mut updates) = cached(&path, |c| c.patience(Duration::from_secs(3)));
    let begun = tokio::time::Instant::now();
    assert_eq!(hosts(updates.next().await.unwrap()), ["a", "b"]);
    assert_eq!(begun.elapsed(), Duration::from_secs(3));
    let cause = updates.next().await.unwrap().unwrap_err().to_string();
    assert!(cause.ends_with("is used: no answer within 3s"), "{cause}");
    source.say(endpoints(["a"]));
    assert_eq!(hosts(updates.next().await.unwrap()), ["a"]);
}

/// The source stands above what was written.
#[tokio::test(start_paused = true)]
async fn a_source_that_answers_is_taken_at_its_word() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    leave(&path).await;
    let (source, mut updates) = watched(&path);
    source.unknown();
    assert!(updates.next().await.unwrap().unwrap().is_none());
    // Once it has answered, an error is an error.
    source.fail("down");
    assert_eq!(updates.next().await.unwrap().unwrap_err().to_string(), "down");
}

#[tokio::test(start_paused = true)]
async fn everything_that_is_known_of_an_endpoint_is_kept() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    let full = Endpoint::new("https://[::1]:8443/base").unwrap();
    let full = full.with_id("i\"1").with_zone("eu").with_weight(3).with_priority(2);
    let full = full.with_state(discover::State::Draining).with_metadata("k\u{7}", "v");
    let (source, mut updates) = watched(&path);
    source.say(vec![full.clone()]);
    updates.next().await.unwrap().unwrap();

    let (source, mut updates) = watched(&path);
    source.fail("refused");
    let read = updates.next().await.unwrap().unwrap().unwrap().remove(0);
    assert_eq!(read.to_string(), full.to_string());
    assert_eq!((read.id(), read.zone(), read.weight()), (full.id(), full.zone(), 3));
    assert_eq!((read.priority(), read.state()), (2, discover::State::Draining));
    assert_eq!(read.metadata(), full.metadata());
}

/// An empty set would be of no help at the next start; a file that is none is said, and replaced.
#[tokio::test(start_paused = true)]
async fn what_is_of_no_use_is_not_used() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    leave(&path).await;
    let (source, mut updates) = watched(&path);
    source.say(endpoints([]));
    updates.next().await.unwrap().unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("http://a:80"));

    fs::write(&path, "{ half").unwrap();
    let (source, mut updates) = watched(&path);
    source.fail("refused");
    let cause = updates.next().await.unwrap().unwrap_err().to_string();
    assert!(cause.starts_with("refused; no snapshot from ") && cause.contains("line 1"), "{cause}");
    source.say(endpoints(["a"]));
    updates.next().await.unwrap().unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("http://a:80"));
}

#[tokio::test(start_paused = true)]
async fn one_that_is_too_old_is_not_used() {
    let folder = Folder::new();
    let day = 24 * 3600;
    let then =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
            - 8 * day;
    let text = format!(
        r#"{{"services": {{"inventory": {{"at": {then}, "endpoints": [{{"url": "http://a", "id": "a"}}]}}}}}}"#
    );
    let path = folder.write("services.json", &text);
    let (source, mut updates) = watched(&path);
    source.fail("refused");
    let cause = updates.next().await.unwrap().unwrap_err().to_string();
    assert!(cause.contains("is too old, 8days"), "{cause}");
    let (source, mut updates) = cached(&path, |c| c.max_age(Duration::from_secs(9 * day)));
    source.fail("refused");
    assert_eq!(hosts(updates.next().await.unwrap()), ["a"]);
}

/// Its age tells when the source was heard, not when something changed.
#[tokio::test(start_paused = true)]
async fn it_is_dated_anew_while_nothing_changes() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    let (source, mut updates) = watched(&path);
    source.say(endpoints(["a"]));
    updates.next().await.unwrap().unwrap();
    fs::remove_file(&path).unwrap();
    let quiet = tokio::time::timeout(Duration::from_secs(601), updates.next()).await;
    assert!(quiet.is_err() && path.exists());
    // Not while it fails.
    source.fail("down");
    updates.next().await.unwrap().unwrap_err();
    fs::remove_file(&path).unwrap();
    let quiet = tokio::time::timeout(Duration::from_secs(6000), updates.next()).await;
    assert!(quiet.is_err() && !path.exists());
}

#[tokio::test(start_paused = true)]
async fn two_services_share_a_file() {
    let folder = Folder::new();
    let path = folder.path("services.json");
    leave(&path).await;
    let source = Script::default();
    let mut updates = discover::cached(source.clone(), &path).watch("orders");
    source.say(endpoints(["o"]));
    updates.next().await.unwrap().unwrap();
    let (source, mut updates) = watched(&path);
    source.fail("refused");
    assert_eq!(hosts(updates.next().await.unwrap()), ["a", "b"]);
}

/// Where it cannot be written, calls go on all the same.
#[tokio::test(start_paused = true)]
async fn a_folder_that_is_not_there_harms_nobody() {
    let folder = Folder::new();
    let (source, mut updates) = watched(&folder.path("none/services.json"));
    source.say(endpoints(["a"]));
    assert_eq!(hosts(updates.next().await.unwrap()), ["a"]);
}
