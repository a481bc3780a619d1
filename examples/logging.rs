//! What is logged of calls, and how to change it while the program runs: `cargo run --example logging`.
//!
//! `RUST_LOG` filters as always: try `RUST_LOG=feign::call=debug` or `RUST_LOG=off`.

use feign::log::Level;
use feign::{Operation, Secret};
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

#[feign::client(service = "accounts")]
trait Accounts {
    #[get("/accounts/{iban}")]
    async fn account(&self, #[sensitive] iban: &str) -> Result<Account, feign::Error>;

    #[post("/login{?next}")]
    async fn login(&self, next: &str, #[body] login: &Login) -> Result<Session, feign::Error>;

    /// The same request, built and not sent.
    #[post("/login{?next}")]
    async fn login_request(
        &self,
        next: &str,
        #[header("x-api-key")] key: &Secret<String>,
        #[body] login: &Login,
    ) -> Result<feign::Request<feign::Body>, feign::Error>;
}

#[derive(Debug, Serialize, Deserialize)]
struct Account {
    owner: String,
    balance: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Login {
    user: String,
    password: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Session {
    access_token: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), feign::Error> {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("feign=debug"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).without_time().init();

    let hub = feign::Hub::builder()
        .service("accounts", |s| s.url(service::start()).header("authorization", "Bearer s3cr3t"))
        .redact(|r| r.query("next"))
        .build()?;
    let accounts: AccountsClient = hub.client();
    let login = Login { user: "ann".to_owned(), password: "hunter2".to_owned() };

    println!("\n=== nothing is said: one line for each call, one for each attempt");
    let account = accounts.account("DE02 1203 0000 0000 2020 51").await?;
    println!("{} has {}", account.owner, account.balance);

    println!("\n=== `login` is turned up while the program runs");
    hub.log().set_for("Accounts.login", Level::Body);
    accounts.login("/start", &login).await?;
    hub.log().reset();

    println!("\n=== headers, for the calls of a view");
    accounts.with(|call| call.log(Level::Headers)).account("DE02").await?;

    println!("\n=== a request as a command");
    let key = Secret::new("k-123".to_owned());
    println!("{}", Operation::to_curl(&accounts.login_request("/", &key, &login).await?));
    Ok(())
}

/// The other service.
mod service {
    use axum::Json;
    use axum::Router;
    use axum::routing::{get, post};

    use super::{Account, Session};

    pub(crate) fn start() -> String {
        let account = async || Json(Account { owner: "ann".to_owned(), balance: 42 });
        let login = async || Json(Session { access_token: "t-456".to_owned() });
        let router =
            Router::new().route("/accounts/{iban}", get(account)).route("/login", post(login));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket of ours");
        let url = format!("http://{}", listener.local_addr().expect("a socket of ours"));
        tokio::spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        });
        url
    }
}
