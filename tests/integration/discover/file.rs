//! A file: read, followed, and what becomes of one that cannot be read.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use feign::discover::{Discover as _, Endpoint, File, State, Update, Updates};
use futures_util::StreamExt as _;

use super::folder::Folder;

/// What a file says of `inventory` at first.
async fn read(name: &str, text: &str) -> Update {
    let folder = Folder::new();
    let path = folder.write(name, text);
    File::at(path).unwrap().watch("inventory").next().await.unwrap()
}

async fn error(name: &str, text: &str) -> String {
    read(name, text).await.unwrap_err().to_string()
}

fn urls(update: Update) -> Vec<String> {
    let endpoints = update.unwrap().unwrap();
    endpoints.iter().map(Endpoint::to_string).collect()
}

#[tokio::test]
async fn toml_and_json_say_the_same() {
    let toml = r#"
        inventory = [
            "http://10.0.0.7:8080/base",
            { url = "https://[::1]:8443", id = "i-8", zone = "eu", weight = 2, priority = 1,
              state = "draining", metadata = { version = "3" } },
        ]
        payments = []
    "#;
    let json = r#"{
        "inventory": [
            "http://10.0.0.7:8080/base",
            {"url": "https://[::1]:8443", "id": "i-8", "zone": "eu", "weight": 2, "priority": 1,
             "state": "draining", "metadata": {"version": "3"}}
        ],
        "payments": []
    }"#;
    for (name, text) in [("services.toml", toml), ("services.JSON", json)] {
        let endpoints = read(name, text).await.unwrap().unwrap();
        let [plain, full] = &*endpoints else { panic!("{endpoints:?}") };
        assert_eq!(plain.to_string(), "http://10.0.0.7:8080/base");
        assert_eq!((plain.weight(), plain.priority(), plain.zone()), (1, 0, None));
        assert_eq!(full.as_str(), "https://[::1]:8443");
        assert_eq!((&*full.id(), full.zone(), full.weight()), ("i-8", Some("eu"), 2));
        assert_eq!((full.priority(), full.state()), (1, State::Draining));
        assert_eq!(full.metadata()["version"], "3");
    }
}

#[tokio::test]
async fn a_name_that_is_not_in_it_is_not_known() {
    assert!(read("services.toml", "orders = []").await.unwrap().is_none());
    assert_eq!(read("services.toml", "inventory = []").await.unwrap().unwrap().len(), 0);
}

#[tokio::test]
async fn its_names_are_known_once_it_was_read() {
    let folder = Folder::new();
    let file = File::at(folder.write("services.toml", "orders = []\ninventory = []")).unwrap();
    assert!(file.names().is_empty());
    file.watch("inventory").next().await.unwrap().unwrap();
    assert_eq!(file.names(), ["inventory", "orders"]);
}

#[tokio::test]
async fn wrong_types_name_line_and_key() {
    let toml = "orders = []\ninventory = [\n  \"http://10.0.0.7\",\n  { url = \"http://10.0.0.8\", weight = \"two\" },\n]";
    let told = error("services.toml", toml).await;
    assert!(told.contains("services.toml") && told.contains("line 4"), "{told}");
    assert!(told.contains("weight") && told.contains("expected u32"), "{told}");
    let place = r#"line 4, column 39: invalid type: string "two", expected u32, in `{ url = "http://10.0.0.8", weight = "two" },`"#;
    assert!(told.ends_with(place), "{told}");

    let json = "{\"inventory\": [\n  {\"url\": \"http://10.0.0.8\", \"weight\": \"two\"}\n]}";
    let told = error("services.json", json).await;
    assert!(told.contains("`inventory[0].weight`") && told.contains("line 2"), "{told}");
}

#[tokio::test]
async fn a_wrong_url_state_or_key_names_its_place() {
    let cases = [
        ("inventory = [\"http://10.0.0.7:0\"]", "port is not between 1 and 65535"),
        ("inventory = [\"http://:80\"]", "its host is empty"),
        ("inventory = [\"10.0.0.7:80\"]", "no scheme and host"),
        ("inventory = [{ url = \"http://a\", state = \"gone\" }]", "unknown variant `gone`"),
        ("inventory = [{ url = \"http://a\", wieght = 2 }]", "unknown field `wieght`"),
        ("inventory = [{ weight = 2 }]", "missing field `url`"),
        ("inventory = \"http://a\"", "expected a sequence"),
        ("inventory = [7]", "a base URL, or a table with `url`"),
        ("inventory = [{ url = \"http://a\", weight = -1 }]", "expected u32"),
    ];
    for (text, expected) in cases {
        let told = error("services.toml", text).await;
        assert!(told.contains(expected) && told.contains("line 1"), "{text}: {told}");
    }
}

#[tokio::test]
async fn one_that_is_not_there_says_so() {
    let folder = Folder::new();
    let mut updates = File::at(folder.path("none.toml")).unwrap().watch("inventory");
    let told = updates.next().await.unwrap().unwrap_err().to_string();
    assert!(told.contains("none.toml") && told.contains("No such file"), "{told}");
}

#[test]
fn its_ending_says_how_it_is_read() {
    let error = File::at("services.yml").unwrap_err().to_string();
    assert!(error.contains("`services.yml`") && error.contains("`.toml` or `.json`"), "{error}");
}

/// Polls for what there is to be said within a minute of the paused clock.
async fn within_a_minute(updates: &mut Updates) -> Option<Update> {
    tokio::time::timeout(Duration::from_secs(60), updates.next()).await.ok().flatten()
}

#[tokio::test(start_paused = true)]
async fn a_change_is_seen_and_nothing_else_is_said() {
    let folder = Folder::new();
    let path = folder.write("services.toml", r#"inventory = ["http://one"]"#);
    let mut updates = File::at(&path).unwrap().watch("inventory");
    assert_eq!(urls(updates.next().await.unwrap()), ["http://one"]);
    assert!(within_a_minute(&mut updates).await.is_none());

    fs::write(&path, r#"inventory = ["http://one", "http://two"]"#).unwrap();
    let update = within_a_minute(&mut updates).await.unwrap();
    assert_eq!(urls(update), ["http://one", "http://two"]);
    assert!(within_a_minute(&mut updates).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn one_that_is_replaced_or_comes_later_is_read() {
    let folder = Folder::new();
    let path = folder.path("services.toml");
    let mut updates = File::at(&path).unwrap().watch("inventory");
    assert!(updates.next().await.unwrap().is_err());
    let other = folder.write("other.toml", r#"inventory = ["http://one"]"#);
    fs::rename(&other, &path).unwrap();
    assert_eq!(urls(within_a_minute(&mut updates).await.unwrap()), ["http://one"]);
    fs::remove_file(&path).unwrap();
    assert!(within_a_minute(&mut updates).await.unwrap().is_err());
}

/// Somebody writes for a while: a line each time that the file is looked at.
#[tokio::test(start_paused = true)]
async fn one_that_is_being_written_is_not_read() {
    let folder = Folder::new();
    let path: PathBuf = folder.write("services.toml", r#"inventory = ["http://one"]"#);
    let mut updates = File::at(&path).unwrap().watch("inventory");
    updates.next().await.unwrap().unwrap();

    let mut text = String::from("inventory = [\n");
    for line in 0..20 {
        text.push_str(&format!("  \"http://host-{line}\",\n"));
        fs::write(&path, &text).unwrap();
        let early = tokio::time::timeout(Duration::from_millis(999), updates.next()).await;
        assert!(early.is_err(), "line {line}: {early:?}");
    }
    fs::write(&path, text + "]").unwrap();
    assert_eq!(urls(within_a_minute(&mut updates).await.unwrap()).len(), 20);
}

/// Half a file keeps what is known, and the cause is there to be read.
#[tokio::test(start_paused = true)]
async fn a_broken_one_is_an_error_until_it_is_whole() {
    let folder = Folder::new();
    let path = folder.write("services.toml", r#"inventory = ["http://one"]"#);
    let mut updates = File::at(&path).unwrap().watch("inventory");
    updates.next().await.unwrap().unwrap();
    fs::write(&path, r#"inventory = ["http://one", { url = "#).unwrap();
    let told = within_a_minute(&mut updates).await.unwrap().unwrap_err().to_string();
    assert!(told.contains("line 1"), "{told}");
    fs::write(&path, r#"inventory = ["http://two"]"#).unwrap();
    assert_eq!(urls(within_a_minute(&mut updates).await.unwrap()), ["http://two"]);
}
