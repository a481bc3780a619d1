//! A Eureka server of Spring Cloud.

use std::time::Duration;

use tokio::sync::OnceCell;

use super::java::{Java, SPRING};
use super::{Process, free_port, until};

/// From the start to the first answer; two seconds on a quiet machine.
const STARTING: Duration = Duration::from_secs(60);
/// From the word to the end, which it hastens after 20.
const STOPPING: Duration = Duration::from_secs(30);
/// For one answer, of which a first one can take a second.
const ANSWERING: Duration = Duration::from_secs(10);

/// A Eureka server, alone or with one peer. Nobody's answers are cached, and leases are looked at every second.
pub(crate) struct EurekaServer {
    java: Java,
    process: Process,
    port: u16,
    peer: Option<u16>,
    settings: Vec<String>,
}

impl EurekaServer {
    /// Starts one that knows of no other.
    pub(crate) async fn start() -> Result<Self, String> {
        Self::start_with(&[]).await
    }

    /// The same with settings of Spring's: `"eureka.server.enable-self-preservation=true"`.
    pub(crate) async fn start_with(settings: &[&str]) -> Result<Self, String> {
        let java = server().await?;
        let settings: Vec<_> = settings.iter().map(|&setting| setting.to_owned()).collect();
        let mut outcome = Err(String::new());
        // A free port can be taken by somebody else before it listens there.
        for _ in 0..3 {
            outcome = Self::launch(java.clone(), free_port()?, None, settings.clone()).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// Starts two that tell each other what they know.
    pub(crate) async fn start_pair() -> Result<[Self; 2], String> {
        let java = server().await?;
        let mut outcome = Err(String::new());
        for _ in 0..3 {
            let (one, other) = (free_port()?, free_port()?);
            outcome = tokio::try_join!(
                Self::launch(java.clone(), one, Some(other), Vec::new()),
                Self::launch(java.clone(), other, Some(one), Vec::new()),
            );
            if outcome.is_ok() {
                break;
            }
        }
        outcome.map(<[Self; 2]>::from)
    }

    /// Its base URL, to which `/apps` is added.
    pub(crate) fn url(&self) -> String {
        url_of(self.port)
    }

    /// Makes it hang, or lets it go on as if nothing had been.
    pub(crate) fn freeze(&self, is_frozen: bool) -> Result<(), String> {
        self.process.freeze(is_frozen)
    }

    /// Ends it at once; nobody is told.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Ends it in order.
    pub(crate) async fn stop(&mut self) -> Result<(), String> {
        self.process.stop(STOPPING).await
    }

    /// Starts it again on the same port, knowing nothing but what a peer tells it.
    pub(crate) async fn restart(&mut self) -> Result<(), String> {
        self.process.kill();
        let again = Self::launch(self.java.clone(), self.port, self.peer, self.settings.clone());
        *self = again.await?;
        Ok(())
    }

    async fn launch(
        java: Java,
        port: u16,
        peer: Option<u16>,
        settings: Vec<String>,
    ) -> Result<Self, String> {
        // One that has no peer takes the only URL that it is told for its own.
        let (own, other) = match peer {
            Some(peer) => (url_of(port), url_of(peer)),
            None => (NOBODY.to_owned(), NOBODY.to_owned()),
        };
        let mut command = java.command("Registry");
        command
            .arg("--spring.config.name=registry")
            .arg(format!("--server.port={port}"))
            .arg(format!("--eureka.server.my-url={own}/"))
            .arg(format!("--eureka.client.service-url.defaultZone={other}/"))
            .arg(format!("--eureka.client.fetch-registry={}", peer.is_some()))
            .args(settings.iter().map(|setting| format!("--{setting}")));
        let process = Process::start("the Eureka server", &mut command)?;
        let ready = async {
            // Before, it answers that there is nobody, even one that refuses to answer from then on.
            process.line_with("Started Eureka Server", STARTING).await?;
            until_answering(port).await
        };
        process.until_ready(ready).await?;
        Ok(Self { java, process, port, peer, settings })
    }
}

const NOBODY: &str = "http://127.0.0.1:1/eureka";

fn url_of(port: u16) -> String {
    format!("http://127.0.0.1:{port}/eureka")
}

async fn until_answering(port: u16) -> Result<(), String> {
    let url = format!("{}/apps", url_of(port));
    let client = client()?;
    until("an answer", STARTING, async || {
        let answer = client.get(&url).header("accept", "application/json").send().await.ok()?;
        // 403 is what one says that waits for its peers.
        matches!(answer.status().as_u16(), 200 | 403).then_some(())
    })
    .await
}

/// A client that knows nothing of services.
pub(crate) fn client() -> Result<reqwest::Client, String> {
    let client = reqwest::Client::builder().no_proxy().timeout(ANSWERING);
    client.build().map_err(|error| error.to_string())
}

/// Of the `server` folder, with an archive of what a start loads.
async fn server() -> Result<Java, String> {
    static JAVA: OnceCell<Result<Java, String>> = OnceCell::const_new();
    let make = async || {
        let java = Java::of(&SPRING, "server").await?;
        java.archived(async |java| {
            let mut server = EurekaServer::launch(java, free_port()?, None, Vec::new()).await?;
            server.stop().await
        })
        .await
    };
    JAVA.get_or_init(make).await.clone()
}
