//! Errors of calls that never leave, and the caller's own error.

use std::error::Error as StdError;

use feign::mock::{Mock, Reply};
use feign::{ErrorMap, Json, Secret};
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::bank::{Bank as _, BankClient, Paid};
use super::{CANARY, Surfaces};

/// Cannot be written, and says what it is.
struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(format!("cannot write {CANARY}")))
    }
}

#[derive(Debug, ErrorMap)]
enum Denied {
    #[status(422)]
    #[expect(dead_code, reason = "it is only read")]
    Iban(Json<Paid>),
    #[otherwise]
    Other(feign::Error),
}

impl std::fmt::Display for Denied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("denied")
    }
}

impl StdError for Denied {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Iban(_) => None,
            Self::Other(error) => Some(error),
        }
    }
}

#[feign::client(service = "bank")]
trait Refusing {
    #[post("/whole")]
    async fn whole(
        &self,
        #[sensitive]
        #[body]
        body: &Json<Unwritable>,
    ) -> Result<(), feign::Error>;

    #[post("/whole")]
    async fn secret(&self, #[body] body: &Secret<Unwritable>) -> Result<(), feign::Error>;

    #[get("/denied")]
    async fn denied(&self) -> Result<Paid, Denied>;
}

pub(super) async fn show(surfaces: &mut Surfaces) {
    let mock = Mock::new();
    mock.on(RefusingClient::DENIED).reply(Reply::json(422, json!({"iban": CANARY})));
    let hub = surfaces.hub(mock.hub()).build().unwrap();
    let client: RefusingClient = hub.client();
    let error = client.whole(&Json(Unwritable)).await.unwrap_err();
    surfaces.add_error("refused, a sensitive body", &error);
    let error = client.secret(&Secret::new(Unwritable)).await.unwrap_err();
    surfaces.add_error("refused, a secret body", &error);
    let bank: BankClient = hub.client();
    let error = bank.follow(&format!("http://{CANARY}/")).await.unwrap_err();
    surfaces.add_error("refused, a sensitive link", &error);
    let error = client.denied().await.unwrap_err();
    surfaces.add_error("an error of the caller's", &error);
}
