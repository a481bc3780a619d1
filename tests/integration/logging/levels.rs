//! Who says the level: hub, trait, method, service, settings, call, handle, filter.

use feign::Settings;
use feign::log::Level;
use feign::mock::Mock;
use tracing::Level as At;

use super::Collector;

#[feign::client(service = "levels")]
trait Plain {
    #[get("/plain")]
    async fn plain(&self) -> Result<(), feign::Error>;
}

#[feign::client(service = "levels", log = headers)]
trait Levels {
    #[get("/inherits")]
    async fn inherits(&self) -> Result<(), feign::Error>;

    #[get("/own")]
    #[log(none)]
    async fn own(&self) -> Result<(), feign::Error>;
}

/// How much was logged: nothing, lines, or heads.
fn seen(collector: &Collector) -> Level {
    let text = collector.text();
    match (text.contains("> GET"), text.contains("feign::call")) {
        (true, _) => Level::Headers,
        (false, true) => Level::Basic,
        (false, false) => Level::None,
    }
}

macro_rules! level_of {
    ($call:expr) => {{
        let collector = Collector::at_all(At::DEBUG);
        $call.await.unwrap();
        seen(&collector)
    }};
}

fn mock() -> Mock {
    let mock = Mock::new();
    mock.on(PlainClient::PLAIN).reply(204);
    mock.on(LevelsClient::INHERITS).reply(204);
    mock.on(LevelsClient::OWN).reply(204);
    mock
}

#[tokio::test]
async fn the_strongest_that_says_one_counts() {
    let mock = mock();
    let hub = mock.hub().log(Level::Basic).build().unwrap();
    let (plain, levels) = (hub.client::<PlainClient>(), hub.client::<LevelsClient>());
    assert_eq!(level_of!(plain.plain()), Level::Basic);
    assert_eq!(level_of!(levels.inherits()), Level::Headers);
    assert_eq!(level_of!(levels.own()), Level::None);
    let view = levels.with(|call| call.log(Level::Basic));
    assert_eq!(level_of!(view.inherits()), Level::Basic);
    assert_eq!(level_of!(view.own()), Level::Basic);

    let settings = r#"
        log = "none"
        [services.levels]
        log = "basic"
        methods.inherits.log = "HEADERS"
    "#;
    let settings: Settings = figment::Figment::from(
        <figment::providers::Toml as figment::providers::Format>::string(settings),
    )
    .extract()
    .unwrap();
    let hub = mock.hub().settings(settings).build().unwrap();
    let levels = hub.client::<LevelsClient>();
    assert_eq!(level_of!(levels.inherits()), Level::Headers);
    assert_eq!(level_of!(levels.own()), Level::Basic);
}

#[tokio::test]
async fn it_changes_while_the_program_runs() {
    let mock = mock();
    let hub = mock.hub().log(Level::Basic).build().unwrap();
    let log = hub.log();
    let (plain, levels) = (hub.client::<PlainClient>(), hub.client::<LevelsClient>());
    log.set(Level::None);
    assert_eq!(level_of!(plain.plain()), Level::None);
    assert_eq!(level_of!(levels.inherits()), Level::None);
    log.set_for("levels", Level::Basic);
    assert_eq!(level_of!(plain.plain()), Level::Basic);
    log.set_for("Levels", Level::Headers);
    assert_eq!(level_of!(plain.plain()), Level::Basic);
    assert_eq!(level_of!(levels.own()), Level::Headers);
    log.set_for("Levels.own", Level::None);
    assert_eq!(level_of!(levels.own()), Level::None);
    assert_eq!(level_of!(levels.inherits()), Level::Headers);
    log.reset_for("Levels.own");
    assert_eq!(level_of!(levels.own()), Level::Headers);
    log.reset();
    assert_eq!(level_of!(plain.plain()), Level::Basic);
    assert_eq!(level_of!(levels.own()), Level::None);
}

#[tokio::test]
async fn filters_alone_decide_where_nobody_says_one() {
    let mock = mock();
    let plain = mock.client::<PlainClient>();
    let logged = async |collector: Collector| {
        plain.plain().await.unwrap();
        collector.lines().iter().map(|line| line.target.clone()).collect::<Vec<_>>()
    };
    assert_eq!(logged(Collector::at("feign::call", At::INFO)).await, [""; 0]);
    assert_eq!(logged(Collector::at("feign::call", At::DEBUG)).await, ["feign::call"]);
    assert_eq!(logged(Collector::at("feign::attempt", At::DEBUG)).await, ["feign::attempt"]);
    // Headers, both ways; a body only where it is asked for by name.
    let both = ["feign::attempt"; 2];
    assert_eq!(logged(Collector::at("feign::attempt", At::TRACE)).await, both);
}

#[tokio::test]
async fn filters_alone_turn_it_off() {
    let mock = mock();
    let hub = mock.hub().log(Level::Body).build().unwrap();
    let collector = Collector::at_all(At::INFO);
    hub.client::<PlainClient>().plain().await.unwrap();
    assert_eq!(collector.text(), "");
}

#[test]
fn a_level_is_read_from_its_name() {
    assert_eq!("Headers".parse::<Level>().unwrap(), Level::Headers);
    let error = "full\n".parse::<Level>().unwrap_err().to_string();
    assert_eq!(error, r"`full\n` is not a level; write one of `none`, `basic`, `headers`, `body`");
    let settings = serde_json::from_str::<Settings>(r#"{"log": "full"}"#).unwrap_err();
    assert!(settings.to_string().contains("`full` is not a level"), "{settings}");
}
