//! A request that is built and not sent, and a mock that expects another.

use feign::mock::Mock;
use feign::{Operation, Secret};
use serde_json::json;

use super::bank::{Bank as _, BankClient, card, pay};
use super::{CANARY, Surfaces};

pub(super) async fn show(surfaces: &mut Surfaces) {
    let client: BankClient = surfaces.hub(Mock::new().hub()).build().unwrap().client();
    let extra = [("x-extra", Secret::new(CANARY))];
    let captured = client.captured(Secret::new(CANARY), Some(CANARY), &extra, &card());
    let captured = captured.await.unwrap();
    assert!(captured.uri().to_string().contains(CANARY), "on the wire");
    surfaces.add("curl", Operation::to_curl(&captured));
    differences(surfaces).await;
}

async fn differences(surfaces: &mut Surfaces) {
    let mock = Mock::new();
    mock.on(BankClient::PAY)
        .path("account", format!("other-{CANARY}"))
        .query("sig", "other")
        .header("x-session", "other")
        .header("authorization", "other")
        .body_json(json!({"iban": "other", "number": format!("other-{CANARY}"), "name": "bob"}))
        .reply(200);
    let hub = surfaces.hub(mock.hub()).header("authorization", CANARY).build().unwrap();
    let error = pay(&hub.client()).await.to_string();
    for line in error.lines().filter(|line| !line.contains("nearest")) {
        let place = line.split(':').next().unwrap_or_default().trim();
        // The name is no secret.
        if !place.contains("name") {
            surfaces.add(format!("mock, {place}"), line);
        }
    }
    surfaces.add("mock, verify", mock.verify().unwrap_err().to_string());
}
