//! Records that change under load. An instance is stopped once its record is gone and the client has
//! seen that; no call may fail.

use std::net::{Ipv4Addr, SocketAddr};

use hickory_resolver::proto::rr::RecordType;

use super::instance::Instance;
use super::load::{Load, hub};
use super::server::Knot;

pub(super) async fn addresses_come_and_go(knot: &Knot) {
    let [one, two, three] = Instance::on_one_port([[127, 0, 0, 1], [127, 0, 0, 2], [127, 0, 0, 3]]);
    let (a, b, c) = (one.address, two.address, three.address);
    let port = a.port();
    knot.update(&["add orders.svc.test. 0 A 127.0.0.1", "add orders.svc.test. 0 A 127.0.0.2"])
        .await;
    let load = Load::start(hub(knot, |dns| dns.host("{service}.svc.test").port(port)), "orders");
    load.knows([&a, &b]).await;
    assert_eq!(load.answered(c), 0);

    // One comes.
    knot.update(&["add orders.svc.test. 0 A 127.0.0.3"]).await;
    load.knows([&a, &b, &c]).await;
    assert!(load.answered(c) > 0);

    // One goes.
    knot.update(&["del orders.svc.test. A 127.0.0.1"]).await;
    load.knows([&b, &c]).await;
    drop(one);
    let before = load.answered(a);
    load.goes_on().await;
    assert_eq!(load.answered(a), before, "it is gone");

    // One changes: in a single step the first is back, and the second gone.
    let one = Instance::at(a).unwrap();
    knot.update(&["del orders.svc.test. A 127.0.0.2", "add orders.svc.test. 0 A 127.0.0.1"]).await;
    load.knows([&a, &c]).await;
    drop(two);
    load.goes_on().await;
    assert!(load.answered(a) > before);
    load.finish("A records that come, go and change");
    drop((one, three));
}

pub(super) async fn services_come_go_and_move(knot: &Knot) {
    let instances: [Instance; 4] = std::array::from_fn(|_| Instance::anywhere());
    let [a, b, c, d] = std::array::from_fn(|at| instances[at].address);
    let [one, two, three, four] = instances;
    let srv = |target: &str, weight: u16, port: u16| {
        format!("_http._tcp.stock.svc.test. 0 SRV 0 {weight} {port} {target}.svc.test.")
    };
    let add = |record: String| format!("add {record}");
    let del = |record: String| format!("del {}", record.replace(" 0 SRV", " SRV"));
    knot.update(&[
        "add b1.svc.test. 0 A 127.0.0.1",
        "add b2.svc.test. 0 A 127.0.0.1",
        "add b3.svc.test. 0 A 127.0.0.1",
        &add(srv("b1", 10, a.port())),
        &add(srv("b2", 30, b.port())),
    ])
    .await;
    let hub = hub(knot, |dns| dns.srv("_http._tcp.{service}.svc.test"));
    let load = Load::start(hub.clone(), "stock");
    load.knows([&a, &b]).await;
    let weights = |hub: &feign::Hub| -> Vec<_> {
        let known = hub.endpoints("stock");
        let weight = |one: &feign::discover::Endpoint| {
            (one.metadata()["dns.name"].clone(), one.weight(), one.priority())
        };
        let mut weights: Vec<_> = known.endpoints().iter().map(weight).collect();
        weights.sort();
        weights
    };
    let named = |name: &str| format!("{name}.svc.test");
    assert_eq!(weights(&hub), [(named("b1"), 10, 0), (named("b2"), 30, 0)]);

    // One comes.
    knot.update(&[&add(srv("b3", 20, c.port()))]).await;
    load.knows([&a, &b, &c]).await;
    assert!(load.answered(c) > 0);

    // One moves to another port, in a single step.
    knot.update(&[&del(srv("b2", 30, b.port())), &add(srv("b2", 30, d.port()))]).await;
    load.knows([&a, &c, &d]).await;
    drop(two);
    load.goes_on().await;

    // One moves to another address, where its target's record leads.
    let moved = Instance::at(SocketAddr::from((Ipv4Addr::new(127, 0, 0, 3), c.port()))).unwrap();
    knot.update(&["del b3.svc.test. A", "add b3.svc.test. 0 A 127.0.0.3"]).await;
    load.knows([&a, &d, &moved.address]).await;
    drop(three);
    load.goes_on().await;
    assert!(load.answered(moved.address) > 0);

    // One goes, and one weighs more.
    knot.update(&[
        &del(srv("b1", 10, a.port())),
        &del(srv("b3", 20, c.port())),
        &add(srv("b3", 60, c.port())),
    ])
    .await;
    load.knows([&d, &moved.address]).await;
    drop(one);
    load.goes_on().await;
    assert_eq!(weights(&hub), [(named("b2"), 30, 0), (named("b3"), 60, 0)]);

    // One is a spare: nobody calls it while another one lives.
    let spare = Instance::anywhere();
    let record = format!("_http._tcp.stock.svc.test. 0 SRV 5 1 {} b1.svc.test.", spare.port());
    knot.update(&[&add(record)]).await;
    load.knows([&d, &moved.address, &spare.address]).await;
    load.goes_on().await;
    assert_eq!(load.answered(spare.address), 0);
    load.finish("SRV records that come, go, move and weigh more, and a spare");
    drop((four, moved, spare));
}

/// A hundred addresses are more than any UDP answer holds that a client asks for.
pub(super) async fn more_than_fits_in_udp(knot: &Knot) {
    // One server answers for all of them: every address of 127.0.0.0/8 is this machine.
    let instance = Instance::at((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let record = |host: u8| format!("add many.svc.test. 0 A 127.0.1.{host}");
    let records: Vec<_> = (1..=100).map(record).collect();
    knot.update(&records.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for size in [None, Some(1232)] {
        let answer = knot.ask("many.svc.test.", RecordType::A, size).await;
        assert!(answer.metadata.truncation, "{size:?}: {} answers", answer.answers.len());
    }

    let port = instance.port();
    let load = Load::start(hub(knot, |dns| dns.host("{service}.svc.test").port(port)), "many");
    let address = |host| SocketAddr::from(([127, 0, 1, host], port));
    let mut all: Vec<_> = (1..=100).map(address).collect();
    load.knows(&all).await;
    let record = "many.svc.test. A 127.0.1.100";
    knot.update(&[&format!("del {record}"), "add many.svc.test. 0 A 127.0.1.101"]).await;
    all.pop();
    all.push(address(101));
    load.knows(&all).await;
    assert!(all.iter().all(|&address| load.answered(address) > 0));
    load.finish("100 A records, truncated over UDP");
}
