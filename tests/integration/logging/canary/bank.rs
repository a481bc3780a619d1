//! A service that is told secrets in every place that there is.

use feign::{Body, Request, Secret};
use serde::{Deserialize, Serialize};

use super::CANARY;

#[derive(Clone, Serialize)]
pub(super) struct Card {
    pub(super) number: String,
    pub(super) iban: String,
    pub(super) name: &'static str,
}

#[derive(Serialize)]
pub(super) struct Login {
    pub(super) user: &'static str,
    pub(super) pin: Secret<String>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it is only read")]
pub(super) struct Paid {
    iban: u32,
}

#[feign::client(service = "bank", path = "/api")]
pub(super) trait Bank {
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

pub(super) fn card() -> Card {
    Card { number: CANARY.to_owned(), iban: CANARY.to_owned(), name: "ann" }
}

pub(super) fn login() -> Login {
    Login { user: "ann", pin: CANARY.to_owned().into() }
}

pub(super) async fn pay(client: &BankClient) -> feign::Error {
    let token = Secret::new(CANARY.to_owned());
    client.pay(CANARY, CANARY, CANARY, &token, CANARY, &card()).await.unwrap_err()
}
