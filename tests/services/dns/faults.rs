//! A name server that fails, and names that are not there.

use super::instance::Instance;
use super::load::{Load, Orders as _, OrdersClient, hub};
use super::server::Knot;
use crate::support::{System as _, until};

pub(super) async fn a_name_server_stopped_for_a_while(_: &Knot) {
    let mut knot = Knot::start().await.unwrap();
    let [one, two, three] = Instance::on_one_port([[127, 0, 0, 1], [127, 0, 0, 2], [127, 0, 0, 3]]);
    let port = one.port();
    knot.update(&["add orders.svc.test. 0 A 127.0.0.1", "add orders.svc.test. 0 A 127.0.0.2"])
        .await;
    let load = Load::start(hub(&knot, |dns| dns.host("{service}.svc.test").port(port)), "orders");
    load.knows([&one.address, &two.address]).await;
    load.is_live().await;

    knot.kill();
    let cause = load.is_stale().await;
    assert!(cause.contains("orders.svc.test"), "{cause}");
    assert!(cause.contains(&format!("{} does not answer", knot.address())), "{cause}");
    load.knows([&one.address, &two.address]).await;

    knot.start_again().await;
    load.is_live().await;
    load.knows([&one.address, &two.address]).await;
    knot.update(&["add orders.svc.test. 0 A 127.0.0.3", "del orders.svc.test. A 127.0.0.1"]).await;
    load.knows([&two.address, &three.address]).await;
    drop(one);
    load.goes_on().await;
    load.finish("the name server stopped and started again");
}

pub(super) async fn a_name_gone_for_a_while(knot: &Knot) {
    let [one, two, three] = Instance::on_one_port([[127, 0, 0, 1], [127, 0, 0, 2], [127, 0, 0, 3]]);
    let port = one.port();
    let both = ["add gone.svc.test. 0 A 127.0.0.1", "add gone.svc.test. 0 A 127.0.0.2"];
    knot.update(&both).await;
    let load = Load::start(hub(knot, |dns| dns.host("{service}.svc.test").port(port)), "gone");
    load.knows([&one.address, &two.address]).await;

    knot.update(&["del gone.svc.test."]).await;
    let cause = load.is_stale().await;
    assert!(cause.contains("`gone.svc.test` does not exist"), "{cause}");
    load.knows([&one.address, &two.address]).await;

    // The name is there, but has no address.
    knot.update(&["add gone.svc.test. 0 TXT nothing"]).await;
    let what = "another reason";
    let said = until(what, std::time::Duration::from_secs(15), async || {
        load.is_stale().await.contains("`gone.svc.test` has no record").then_some(())
    });
    said.await.unwrap();
    load.knows([&one.address, &two.address]).await;

    knot.update(&["add gone.svc.test. 0 A 127.0.0.2", "add gone.svc.test. 0 A 127.0.0.3"]).await;
    load.is_live().await;
    load.knows([&two.address, &three.address]).await;
    drop(one);
    load.goes_on().await;
    load.finish("a name gone and back again");
}

pub(super) async fn a_name_that_comes_later(knot: &Knot) {
    let instance = Instance::anywhere();
    let port = instance.port();
    let hub = hub(knot, |dns| dns.host("{service}.svc.test").port(port));
    let client: OrdersClient = hub.client_at("late").unwrap();
    let error = client.who().await.unwrap_err();
    assert!(error.is_no_endpoint(), "{error:?}");
    assert!(error.to_string().contains("late"), "{error}");

    knot.update(&["add late.svc.test. 0 A 127.0.0.1"]).await;
    let called =
        until("a call", std::time::Duration::from_secs(15), async || client.who().await.ok());
    assert_eq!(called.await.unwrap(), instance.address.to_string());
    let load = Load::start(hub, "late");
    load.goes_on().await;
    load.finish("a name that was not there at first");
}
