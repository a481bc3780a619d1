//! The log of calls that are answered, and the error of an answer that cannot be read.

use feign::log::Level;
use feign::mock::{Mock, Received, Reply};
use serde_json::json;

use super::bank::{Bank as _, BankClient, login, pay};
use super::told::Told;
use super::{CANARY, Surfaces};
use crate::logging::Collector;

pub(super) async fn show(surfaces: &mut Surfaces) {
    let collector = Collector::all();
    let told = Told::default();
    let mock = mock();
    let client: BankClient = surfaces
        .hub(mock.hub())
        .log(Level::Body)
        .observer(told.clone())
        .header("authorization", format!("Bearer {CANARY}"))
        .header("x-api-key", CANARY)
        .build()
        .unwrap()
        .client();
    // Its secret is no number.
    let error = pay(&client).await;
    assert!(error.is_decode());
    surfaces.add("error, Display", error.to_string());
    surfaces.add_error("error", &error);
    heads(surfaces, &collector.text());
    sent(surfaces, &mock.requests()[0]);
    others(surfaces, &client, &collector).await;
    surfaces.add("observer, calls", told.text());
}

fn mock() -> Mock {
    let mock = Mock::new();
    let answer = Reply::json(200, json!({"iban": CANARY, "name": "ann"}))
        .header("set-cookie", format!("sid={CANARY}"))
        .header("location", format!("http://ann:{CANARY}@bank/?sig={CANARY}"));
    mock.on(BankClient::PAY).reply(answer);
    for operation in [BankClient::LOGIN, BankClient::FORM, BankClient::WHOLE, BankClient::FOLLOW] {
        mock.on(operation).reply(204);
    }
    mock
}

/// Each line that shows a place of its own.
fn heads(surfaces: &mut Surfaces, log: &str) {
    let asked = ["POST", "authorization", "x-session", "x-token", "x-api-key", "cookie", "{"];
    let answered = ["set-cookie", "location", "{"];
    let lines = asked.map(|name| format!("> {name}")).into_iter();
    for name in lines.chain(answered.map(|name| format!("< {name}"))) {
        let line = log.lines().find(|line| line.starts_with(&name));
        let line = line.unwrap_or_else(|| panic!("{name} is missing in {log}"));
        surfaces.add(format!("log, {name}"), line);
    }
    let errors = log.lines().filter(|line| line.starts_with("feign::call"));
    surfaces.add("log, errors", errors.collect::<String>());
}

/// On the wire it is, and the mock that received it shows it as little as we do.
fn sent(surfaces: &mut Surfaces, wire: &Received) {
    let sent = format!("{}{:?}{}", wire.uri(), wire.header("x-token"), wire.text());
    assert_eq!(sent.matches(CANARY).count(), 5, "on the wire: {sent}");
    assert_eq!(wire.header("authorization").unwrap(), format!("Bearer {CANARY}"));
    surfaces.add("mock, Display", wire.to_string());
    surfaces.add("mock, Debug", format!("{wire:?}"));
}

/// Bodies that are secrets as a whole, forms and links.
async fn others(surfaces: &mut Surfaces, client: &BankClient, collector: &Collector) {
    for name in ["login", "form", "whole", "follow"] {
        let before = collector.text().len();
        match name {
            "login" => client.login(&login()).await.unwrap(),
            "form" => client.form(CANARY, CANARY).await.unwrap(),
            "whole" => client.whole(CANARY).await.unwrap(),
            _ => client.follow(&format!("/next/{CANARY}?page={CANARY}")).await.unwrap(),
        }
        surfaces.add(format!("log, {name}"), &collector.text()[before..]);
    }
}
