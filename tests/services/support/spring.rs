//! Spring applications beside a Eureka server: one that is called, and one that calls.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;

use super::Process;
use super::eureka::{EurekaServer, client};
use super::java::{Java, SPRING};

/// From the start to the first answer; two seconds on a quiet machine.
const STARTING: Duration = Duration::from_secs(60);
/// From the word to the end, which it hastens after 20; it deregisters meanwhile.
const STOPPING: Duration = Duration::from_secs(30);

/// A Spring service that registered as `inventory` and answers `GET /items/{sku}`.
pub(crate) struct SpringService(App);

/// A caller of `inventory` by name, through OpenFeign and Spring Cloud LoadBalancer.
///
/// It asks the registry every second, keeps what it picks from for one more, and tries nothing again.
pub(crate) struct OpenFeign(App);

/// What `inventory` answers.
#[derive(Debug, Deserialize)]
pub(crate) struct Item {
    pub(crate) sku: String,
    /// Its id in the registry.
    pub(crate) instance: String,
}

/// What became of many calls.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) calls: u32,
    pub(crate) failed: u32,
    /// By the instance that answered.
    pub(crate) answered: BTreeMap<String, u32>,
    /// By what was said.
    pub(crate) failures: BTreeMap<String, u32>,
}

impl SpringService {
    /// Starts one that registers at the first of these servers that takes it.
    ///
    /// Settings are Spring's: `"spring.application.name=orders"` is another name for it.
    pub(crate) async fn start(
        servers: &[&EurekaServer],
        settings: &[&str],
    ) -> Result<Self, String> {
        App::start("the Spring service", "Inventory", servers, settings).await.map(Self)
    }

    /// Ends it in order: it deregisters.
    pub(crate) async fn stop(&mut self) -> Result<(), String> {
        self.0.process.stop(STOPPING).await
    }
}

impl OpenFeign {
    pub(crate) async fn start(
        servers: &[&EurekaServer],
        settings: &[&str],
    ) -> Result<Self, String> {
        App::start("the OpenFeign caller", "Caller", servers, settings).await.map(Self)
    }

    /// One call; the error tells what it answered instead.
    pub(crate) async fn call(&self, sku: &str) -> Result<Item, String> {
        self.0.get(&format!("/call/{sku}")).await
    }

    /// Calls one after the other.
    pub(crate) async fn call_many(&self, calls: u32) -> Result<Outcome, String> {
        self.0.get(&format!("/call-many?n={calls}")).await
    }

    /// The ids of the instances that it knows, in order.
    pub(crate) async fn known(&self, service: &str) -> Result<Vec<String>, String> {
        self.0.get(&format!("/known/{service}")).await
    }

    /// Ends it in order.
    pub(crate) async fn stop(&mut self) -> Result<(), String> {
        self.0.process.stop(STOPPING).await
    }
}

impl Outcome {
    /// Adds what became of others.
    pub(crate) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.failed += other.failed;
        for (instance, calls) in other.answered {
            *self.answered.entry(instance).or_default() += calls;
        }
        for (said, calls) in other.failures {
            *self.failures.entry(said).or_default() += calls;
        }
    }
}

/// One of them.
struct App {
    process: Process,
    port: u16,
}

impl App {
    async fn start(
        name: &'static str,
        main: &str,
        servers: &[&EurekaServer],
        settings: &[&str],
    ) -> Result<Self, String> {
        Self::launch(apps().await?, name, main, servers, settings).await
    }

    async fn launch(
        java: &Java,
        name: &'static str,
        main: &str,
        servers: &[&EurekaServer],
        settings: &[&str],
    ) -> Result<Self, String> {
        let urls: Vec<_> = servers.iter().map(|server| format!("{}/", server.url())).collect();
        let mut command = java.command(main);
        command
            .arg(format!("--eureka.client.service-url.defaultZone={}", urls.join(",")))
            .args(settings.iter().map(|setting| format!("--{setting}")));
        let process = Process::start(name, &mut command)?;
        let mut port = 0;
        let ready = async {
            process.line_with(&format!("Started {main} in"), STARTING).await?;
            let part = "Tomcat started on port ";
            let line = process.line_with(part, STARTING).await?;
            let said = line.split_once(part).and_then(|(_, rest)| rest.split(' ').next());
            port = said.and_then(|port| port.parse().ok()).ok_or("no port is said")?;
            Ok(())
        };
        process.until_ready(ready).await?;
        Ok(Self { process, port })
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn get<T: DeserializeOwned>(&self, target: &str) -> Result<T, String> {
        let url = format!("{}{target}", self.url());
        let says = |error: reqwest::Error| format!("{url}: {error}");
        let answer = client()?.get(&url).send().await.map_err(says)?;
        let (status, text) = (answer.status(), answer.text().await.map_err(says)?);
        serde_json::from_str(&text).map_err(|_| format!("{url}: {status} {text}"))
    }
}

/// Makes what they are started from, if it is not there yet, which takes longer than a scene may.
pub(crate) async fn prepare() -> Result<(), String> {
    apps().await.map(drop)
}

/// Of the `apps` folder, with an archive of what they load.
async fn apps() -> Result<&'static Java, String> {
    static JAVA: OnceCell<Result<Java, String>> = OnceCell::const_new();
    let make = async || Java::of(&SPRING, "apps").await?.archived(learn).await;
    JAVA.get_or_init(make).await.as_ref().map_err(String::clone)
}

/// Shows the JVM what a caller does: it does all that a service does, and more.
async fn learn(java: Java) -> Result<(), String> {
    let server = EurekaServer::start().await?;
    let servers = [&server];
    let plain = java.plain();
    let _service = App::launch(&plain, "the Spring service", "Inventory", &servers, &[]).await?;
    let app = App::launch(&java, "the OpenFeign caller", "Caller", &servers, &[]).await?;
    let mut caller = OpenFeign(app);
    super::until("a call", STARTING, async || caller.call("first").await.ok()).await?;
    caller.stop().await
}
