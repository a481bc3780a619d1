//! A secret is found on the wire and nowhere else; with redaction off, everywhere.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feign::discover::{self, Freshness};
use feign::log::{Level, Redaction};
use feign::mock::{Mock, Reply};
use feign::observe::{
    AttemptEnded, AttemptStarted, CallEnded, CallStarted, Discovery, Observer, Pick,
};
use feign::{Body, Operation, Request, Secret};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Collector;

const CANARY: &str = "canary-7f3a";

#[derive(Clone, Serialize)]
struct Card {
    number: String,
    iban: String,
    name: &'static str,
}

#[derive(Serialize)]
struct Login {
    user: &'static str,
    pin: Secret<String>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
struct Paid {
    iban: u32,
}

#[feign::client(service = "bank", path = "/api")]
trait Bank {
    #[post("/accounts/{account}/cards{?sig}")]
    async fn pay(
        &self,
        #[sensitive] account: &str,
        sig: &str,
        #[header("x-session")] session: &str,
        #[header("x-token")] token: &Secret<String>,
        #[cookie] sid: &str,
        #[body] card: &Card,
    ) -> Result<Paid, feign::Error>;

    #[post("/accounts/{account}/cards{?sig}")]
    async fn captured(
        &self,
        account: Secret<&str>,
        #[sensitive] sig: Option<&str>,
        #[headers] extra: &[(&str, Secret<&str>)],
        #[body] card: &Card,
    ) -> Result<Request<Body>, feign::Error>;

    #[post("/login")]
    async fn login(&self, #[body] login: &Login) -> Result<(), feign::Error>;

    #[post("/form")]
    async fn form(
        &self,
        #[form] password: &str,
        #[sensitive]
        #[form]
        other: &str,
    ) -> Result<(), feign::Error>;

    #[post("/whole")]
    async fn whole(
        &self,
        #[sensitive]
        #[body]
        text: &str,
    ) -> Result<(), feign::Error>;

    #[get]
    async fn follow(
        &self,
        #[sensitive]
        #[url]
        next: &str,
    ) -> Result<(), feign::Error>;
}

/// Writes down the `Debug` of everything.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<String>>);

impl Observer for Told {
    fn call_started(&self, event: &CallStarted<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn call_ended(&self, event: &CallEnded<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn picked(&self, event: &Pick<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn attempt_started(&self, event: &AttemptStarted<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn attempt_ended(&self, event: &AttemptEnded<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }

    fn discovered(&self, event: &Discovery<'_>) {
        writeln!(self.0.lock().unwrap(), "{event:?}").unwrap();
    }
}

fn redaction(r: Redaction, off: bool) -> Redaction {
    let r = r.header("x-session").query("sig").field("iban").pointer("/number");
    if off { r.off() } else { r }
}

fn card() -> Card {
    Card { number: CANARY.to_owned(), iban: CANARY.to_owned(), name: "ann" }
}

async fn pay(client: &BankClient) -> feign::Error {
    let token = Secret::new(CANARY.to_owned());
    client.pay(CANARY, CANARY, CANARY, &token, CANARY, &card()).await.unwrap_err()
}

/// What is shown of calls that have secrets in all their places: a text for each surface.
async fn surfaces(off: bool) -> Vec<(String, String)> {
    let mut surfaces = Vec::new();
    let mut add = |name: &str, text: String| surfaces.push((name.to_owned(), text));
    let collector = Collector::all();
    let told = Told::default();
    let mock = Mock::new();
    let answer = json!({"iban": CANARY, "name": "ann"});
    let answer = Reply::json(200, answer)
        .header("set-cookie", format!("sid={CANARY}"))
        .header("location", format!("http://ann:{CANARY}@bank/?sig={CANARY}"));
    mock.on(BankClient::PAY).reply(answer);
    for operation in [BankClient::LOGIN, BankClient::FORM, BankClient::WHOLE, BankClient::FOLLOW] {
        mock.on(operation).reply(204);
    }
    let hub = mock.hub();
    let hub = hub.log(Level::Body).observer(told.clone()).redact(|r| redaction(r, off));
    let hub = hub
        .service("bank", |s| s.url("http://bank"))
        .header("authorization", format!("Bearer {CANARY}"))
        .header("x-api-key", CANARY)
        .build()
        .unwrap();
    let client: BankClient = hub.client();

    // An answer that cannot be read, since its secret is no number.
    let error = pay(&client).await;
    assert!(error.is_decode());
    add("error, Display", error.to_string());
    add("error, Debug", format!("{error:?}"));
    let causes = std::iter::successors(error.source(), |&error| error.source());
    add("error, causes", causes.map(|cause| format!("{cause} {cause:?}\n")).collect());
    let log = collector.text();
    for name in ["> POST", "> authorization", "> x-session", "> x-token", "> x-api-key", "> cookie"]
    {
        let line = log.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        assert!(!line.is_empty(), "{name} is missing in {log}");
        add(&format!("log, {name}"), line.to_owned());
    }
    for name in ["< set-cookie", "< location", "> {", "< {"] {
        let line = log.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        assert!(!line.is_empty(), "{name} is missing in {log}");
        add(&format!("log, {name}"), line.to_owned());
    }
    add("log, errors", log.lines().filter(|line| line.starts_with("feign::call")).collect());
    let wire = mock.requests();
    let sent = format!("{}{:?}{}", wire[0].uri(), wire[0].header("x-token"), wire[0].text());
    assert_eq!(sent.matches(CANARY).count(), 5, "on the wire: {sent}");
    assert_eq!(wire[0].header("authorization").unwrap(), format!("Bearer {CANARY}"));
    add("mock, Display", wire[0].to_string());
    add("mock, Debug", format!("{:?}", wire[0]));

    // Bodies that are secrets as a whole, forms and links.
    for (name, from) in [("login", 0), ("form", 1), ("whole", 2), ("follow", 3)] {
        let before = collector.text().len();
        let login = Login { user: "ann", pin: CANARY.to_owned().into() };
        match from {
            0 => client.login(&login).await.unwrap(),
            1 => client.form(CANARY, CANARY).await.unwrap(),
            2 => client.whole(CANARY).await.unwrap(),
            _ => client.follow(&format!("/next/{CANARY}?page={CANARY}")).await.unwrap(),
        }
        add(&format!("log, {name}"), collector.text()[before..].to_owned());
    }

    // A captured request.
    let extra = [("x-extra", Secret::new(CANARY))];
    let captured =
        client.captured(Secret::new(CANARY), Some(CANARY), &extra, &card()).await.unwrap();
    assert!(captured.uri().to_string().contains(CANARY), "on the wire");
    add("curl", Operation::to_curl(&captured));

    // A mock that expects others.
    let other = Mock::new();
    other
        .on(BankClient::PAY)
        .path("account", format!("other-{CANARY}"))
        .query("sig", "other")
        .header("x-session", "other")
        .header("authorization", "other")
        .body_json(json!({"iban": "other", "number": format!("other-{CANARY}"), "name": "bob"}))
        .reply(200);
    let hub = other.hub().redact(|r| redaction(r, off)).header("authorization", CANARY);
    let hub = hub.service("bank", |s| s.url("http://bank")).build().unwrap();
    let error = pay(&hub.client()).await;
    for line in error.to_string().lines().filter(|line| !line.contains("nearest")) {
        let name: String = line.chars().take_while(|sign| *sign != ':').collect();
        if !name.contains("name") {
            add(&format!("mock, {}", name.trim()), line.to_owned());
        }
    }
    add("mock, verify", other.verify().unwrap_err().to_string());

    // A source that says where it asks.
    let source = discover::poll(Duration::from_secs(1), |_| async {
        Err(format!("http://ann:{CANARY}@registry/?secret={CANARY} is away").into())
    });
    let before = collector.text().len();
    let hub = Mock::new().hub().discover(source).observer(told.clone());
    let hub = hub.redact(|r| redaction(r, off)).build().unwrap();
    let error = hub.client::<BankClient>().login(&Login { user: "ann", pin: String::new().into() });
    add("error, no endpoint", error.await.unwrap_err().to_string());
    add("log, discovery", collector.text()[before..].to_owned());
    let Freshness::Stale { cause, .. } = hub.endpoints("bank").freshness().clone() else {
        panic!("it fails")
    };
    add("registry", cause.to_string());
    add("observer", told.0.lock().unwrap().clone());
    surfaces
}

#[tokio::test]
async fn a_secret_is_nowhere_but_on_the_wire() {
    for (name, text) in surfaces(false).await {
        assert!(!text.contains(CANARY), "{name}: {text}");
    }
}

#[tokio::test]
async fn without_redaction_it_is_everywhere() {
    for (name, text) in surfaces(true).await {
        assert!(text.contains(CANARY), "{name}: {text}");
    }
}

#[test]
fn what_is_said_of_a_call_shows_no_credentials() {
    let text = Mutex::new(String::new());
    let client = BankClient::at("http://bank").unwrap();
    let view = client.with(|call| {
        let call = call.basic_auth("ann", CANARY).header("x-api-key", CANARY);
        *text.lock().unwrap() = format!("{call:?}");
        call
    });
    let text = format!("{}{view:?}{:?}", text.lock().unwrap(), Secret::new(CANARY));
    assert!(!text.contains(CANARY), "{text}");
}

/// The registry itself wants a password; it is hidden whatever the hub says.
#[cfg(feature = "eureka")]
#[tokio::test(start_paused = true)]
async fn a_registry_shows_no_credentials() {
    use feign::eureka::testing::{EurekaServer, Fault};
    use feign::eureka::{Eureka, Registration};

    let collector = Collector::all();
    let server = EurekaServer::new();
    server.set_fault(Fault::Down);
    let url = server.url().replace("http://", &format!("http://ann:{CANARY}@"));
    let eureka = Eureka::builder().server(&url).transport(server.transport());
    let eureka = eureka.hub(|hub| hub.log(Level::Body)).build().unwrap();
    let lease = eureka.register(Registration::new("orders").host("h1").port(1));
    let hub = Mock::new().hub().discover(eureka.clone()).log(Level::Body).build().unwrap();
    let client: BankClient = hub.client();
    let error = client.form("a", "b").await.unwrap_err();
    let endpoints = hub.endpoints("bank");
    let told = format!("{error} {error:?} {eureka:?} {lease:?} {endpoints:?}");
    server.set_fault(None);
    lease.registered().await.unwrap();
    let sent = server.heard()[0].header("authorization").map(str::to_owned);
    assert!(sent.is_some_and(|sent| sent.starts_with("Basic ")), "on the wire");
    let log = collector.text();
    assert!(log.contains("feign::eureka") && log.contains("> authorization: ***"), "{log}");
    // As it is, and as it goes over the wire.
    for secret in [CANARY, "YW5uOmNhbmFyeS03ZjNh"] {
        assert!(!told.contains(secret) && !log.contains(secret), "{told}\n{log}");
    }
}
