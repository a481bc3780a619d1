//! A source that says where it asks, and what observers are told.

use std::time::Duration;

use feign::discover::{self, Freshness};
use feign::log::Level;
use feign::mock::Mock;

use super::bank::{Bank as _, BankClient, login};
use super::told::Told;
use super::{CANARY, Surfaces};
use crate::logging::Collector;

pub(super) async fn show(surfaces: &mut Surfaces) {
    let collector = Collector::all();
    let told = Told::default();
    let source = discover::poll(Duration::from_secs(1), |_| async {
        Err(format!("http://ann:{CANARY}@registry/?secret={CANARY} is away").into())
    });
    let hub = Mock::new().hub().discover(source).observer(told.clone()).log(Level::Body);
    let hub = hub.redact(|r| surfaces.redaction(r)).build().unwrap();
    let error = hub.client::<BankClient>().login(&login()).await.unwrap_err();
    surfaces.add_error("error, no endpoint", &error);
    surfaces.add("log, discovery", collector.text());
    let known = hub.endpoints("bank");
    let Freshness::Stale { cause, .. } = known.freshness() else { panic!("it fails: {known:?}") };
    surfaces.add("registry", cause.to_string());
    surfaces.add("registry, Known", format!("{known:?}"));
    surfaces.add("observer", told.text());
}
