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

#[feign::client(service = "other")]
trait Other {
    #[get("/other")]
    async fn other(&self) -> Result<(), feign::Error>;
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
    mock.on(OtherClient::OTHER).reply(204);
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

/// Runs this test again, in a process whose environment says something.
fn with_environment(test: &str, variables: [(&str, &str); 3]) {
    let program = std::env::current_exe().unwrap();
    let mut child = std::process::Command::new(program);
    let output = child.args(["--exact", test]).envs(variables).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
async fn the_environment_says_one() {
    let variables = [
        ("FEIGN__LOG", "basic"),
        ("FEIGN__SERVICES__LEVELS__LOG", "NONE"),
        ("FEIGN__SERVICES__LEVELS__METHODS__INHERITS__LOG", "headers"),
    ];
    if std::env::var_os(variables[0].0).is_none() {
        return with_environment("logging::levels::the_environment_says_one", variables);
    }
    let environment = figment::providers::Env::prefixed("FEIGN__").split("__");
    let settings: Settings = figment::Figment::from(environment).extract().unwrap();
    let mock = mock();
    let hub = mock.hub().settings(settings).build().unwrap();
    assert_eq!(level_of!(hub.client::<OtherClient>().other()), Level::Basic);
    let levels = hub.client::<LevelsClient>();
    assert_eq!(level_of!(levels.own()), Level::None);
    assert_eq!(level_of!(levels.inherits()), Level::Headers);
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
