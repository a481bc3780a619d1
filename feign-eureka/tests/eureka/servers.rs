//! Several servers, credentials, redirects.

use feign_core::Error;
use feign_eureka::testing::{EurekaServer, Fault};
use feign_eureka::{Eureka, EurekaBuilder, Status};

use crate::support::{Followed, INTERVAL, ROUND, client_of, instance, secs};

fn of(servers: &[&EurekaServer]) -> EurekaBuilder {
    let transport = servers[1..].iter().fold(servers[0].transport(), |all, one| all.and(one));
    servers
        .iter()
        .fold(Eureka::builder(), |builder, server| builder.server(server.url()))
        .transport(transport)
}

fn asked(servers: &[&EurekaServer]) -> Vec<usize> {
    servers.iter().map(|server| server.heard().len()).collect()
}

/// E9.
#[tokio::test(start_paused = true)]
async fn where_one_is_dead_the_other_answers() {
    for seed in 0..4 {
        let (a, b) = (EurekaServer::new(), EurekaServer::new());
        let both = [&a, &b];
        both.iter().for_each(|server| server.add(&instance("orders", 1)));
        let eureka = of(&both).seed(seed).build().unwrap();
        a.set_fault(Fault::Down);
        let mut orders = Followed::new(&eureka, "orders");
        assert_eq!(orders.up().await, ["h1"]);
        let lease = eureka.register(instance("payments", 2));
        lease.registered().await.unwrap();
        assert_eq!(b.status("payments", "i2"), Some(Status::Up));

        // Both are dead: what is known stays.
        b.set_fault(Fault::Down);
        orders.failure().await;
        assert!(orders.is_silent_for(secs(600)).await);
        a.set_fault(None);
        assert_eq!(orders.up().await, ["h1"]);
        // The lease is at home on the other one too.
        tokio::time::sleep(secs(40)).await;
        assert_eq!(a.status("payments", "i2"), Some(Status::Up));
    }
}

/// A server in quarantine is not asked again and again.
#[tokio::test(start_paused = true)]
async fn quarantine() {
    let (a, b) = (EurekaServer::new(), EurekaServer::new());
    let both = [&a, &b];
    // Whoever is asked first is strained.
    let eureka = of(&both).seed(3).build().unwrap();
    both.iter().for_each(|server| server.set_fault(Fault::Status(http::StatusCode::BAD_GATEWAY)));
    let mut orders = Followed::new(&eureka, "orders");
    orders.failure().await;
    assert_eq!(asked(&both), [1, 1], "each once");
    a.set_fault(None);
    assert!(orders.update().await.unwrap().is_none());
    let before = asked(&both);
    assert!(before[1] <= 2);
    for _ in 0..10 {
        tokio::time::sleep(ROUND).await;
        let _ = Followed::new(&eureka, "orders");
    }
    assert!(orders.is_silent_for(10 * ROUND).await);
    assert_eq!(asked(&both)[1], before[1], "the one that answers is kept");
    assert!(asked(&both)[0] > before[0] + 10);
}

/// No more than three servers are asked for one answer.
#[tokio::test(start_paused = true)]
async fn three_are_asked() {
    let all: Vec<_> = (0..5).map(|_| EurekaServer::new()).collect();
    let all: Vec<_> = all.iter().collect();
    all.iter().for_each(|server| server.set_fault(Fault::Starting));
    let eureka = of(&all).seed(1).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    orders.failure().await;
    assert_eq!(asked(&all).iter().sum::<usize>(), 3);
    // The others at the next time, and then all anew.
    orders.is_silent_for(secs(2)).await;
    assert_eq!(asked(&all).iter().filter(|asked| **asked > 0).count(), 5);
}

#[tokio::test(start_paused = true)]
async fn servers_of_the_own_zone_are_asked_first() {
    let (far, near) = (EurekaServer::new(), EurekaServer::new());
    for seed in 0..8 {
        let before = far.heard().len();
        let eureka = Eureka::builder()
            .server_in("b", far.url())
            .server_in("a", near.url())
            .zone("a")
            .seed(seed)
            .transport(far.transport().and(&near))
            .build()
            .unwrap();
        let mut orders = Followed::new(&eureka, "orders");
        orders.update().await.unwrap();
        assert_eq!(far.heard().len(), before, "{seed}");
        near.set_fault(Fault::Down);
        assert!(orders.is_silent_for(ROUND).await, "the other zone serves as well");
        assert!(far.heard().len() > before);
        near.set_fault(None);
    }
}

/// Without zones a fleet spreads over the servers, and does so again after a while.
#[tokio::test(start_paused = true)]
async fn a_fleet_spreads() {
    let (a, b) = (EurekaServer::new(), EurekaServer::new());
    let fleet: Vec<_> = (0..40).map(|seed| of(&[&a, &b]).seed(seed).build().unwrap()).collect();
    let mut followed: Vec<_> = fleet.iter().map(|eureka| Followed::new(eureka, "orders")).collect();
    for orders in &mut followed {
        orders.update().await.unwrap();
    }
    let share = asked(&[&a, &b])[0];
    assert!((10..=30).contains(&share), "{share} of 40");
    let one = of(&[&a, &b]).seed(1).build().unwrap();
    drop(followed);
    tokio::time::sleep(2 * ROUND).await;
    let before = asked(&[&a, &b]);
    let mut orders = Followed::new(&one, "orders");
    orders.update().await.unwrap();
    tokio::time::sleep(200 * INTERVAL).await;
    let after = asked(&[&a, &b]);
    assert!(after[0] > before[0] + 20 && after[1] > before[1] + 20, "{before:?} {after:?}");
}

/// E12.
#[tokio::test]
async fn basic_authentication() {
    let server = EurekaServer::start().await.unwrap();
    let host = server.url().strip_prefix("http://").unwrap();
    for (credentials, header) in [
        ("user:pw", "Basic dXNlcjpwdw=="),
        // `p@s`, `a:b`
        ("user:p%40s", "Basic dXNlcjpwQHM="),
        ("user:a:b", "Basic dXNlcjphOmI="),
        ("user:a%3Ab", "Basic dXNlcjphOmI="),
        ("us%20er:", "Basic dXMgZXI6"),
    ] {
        let eureka = Eureka::at([format!("http://{credentials}@{host}/")]).unwrap();
        let shown = format!("{eureka:?}");
        assert!(!shown.contains("user") && !shown.contains('@'), "{shown}");
        let mut orders = Followed::new(&eureka, "orders");
        orders.update().await.unwrap();
        assert_eq!(server.heard().last().unwrap().header("authorization"), Some(header));
        let lease = eureka.register(instance("orders", 1));
        lease.registered().await.unwrap();
        assert_eq!(server.heard().last().unwrap().header("authorization"), Some(header));
        lease.leave().await;
    }
}

/// E13: a server points to another one; reads and leases follow, credentials do not.
#[tokio::test(start_paused = true)]
async fn redirects_are_followed() {
    let (a, b) = (EurekaServer::new(), EurekaServer::new());
    b.add(&instance("orders", 1));
    a.set_fault(Fault::Redirect(format!("{}/v2", b.url())));
    let url = a.url().replace("http://", "http://user:pw@");
    let eureka = Eureka::builder()
        .server(url)
        .transport(a.transport().and(&b))
        .hub(|hub| hub.header("cookie", "a=b"))
        .build()
        .unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    assert_eq!(orders.up().await, ["h1"]);
    let lease = eureka.register(instance("payments", 2));
    lease.registered().await.unwrap();
    assert_eq!(b.status("payments", "i2"), Some(Status::Up));
    assert!(a.heard().iter().all(|heard| heard.header("authorization").is_some()));
    assert!(b.heard().iter().all(|heard| heard.header("authorization").is_none()));
    assert!(a.heard().iter().all(|heard| heard.header("cookie").is_some()));
    assert!(b.heard().iter().all(|heard| heard.header("cookie").is_none()));
    let lines: Vec<_> = b.heard().iter().map(|heard| heard.line()).collect();
    assert_eq!(lines[0], "GET /eureka/v2/apps/");
    // Where it pointed to is asked from then on.
    let pointed = a.heard().len();
    assert!(orders.is_silent_for(3 * ROUND).await);
    assert_eq!(a.heard().len(), pointed);
    assert!(b.count("GET /eureka/v2/apps/delta") >= 2);
    // Until it fails: then the first one is asked again.
    b.set_fault(Fault::Down);
    a.set_fault(None);
    a.add(&instance("orders", 3));
    orders.failure().await;
    let up = orders.up().await;
    assert!(up.contains(&"h3".to_owned()), "{up:?}");
}

/// Two that point to each other are asked ten times more, not for ever.
#[tokio::test(start_paused = true)]
async fn a_redirect_loop_ends() {
    let (a, b) = (EurekaServer::new(), EurekaServer::new());
    a.set_fault(Fault::Redirect(b.url().to_owned()));
    b.set_fault(Fault::Redirect(a.url().to_owned()));
    let eureka = client_of(&a).transport(a.transport().and(&b)).build().unwrap();
    let mut orders = Followed::new(&eureka, "orders");
    assert!(orders.failure().await.contains("302"));
    assert_eq!(asked(&[&a, &b]).iter().sum::<usize>(), 11);
}

#[test]
fn what_cannot_be_is_refused() {
    let error = |builder: Result<Eureka, Error>| {
        let error = builder.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error} {}", source.unwrap_or_default())
    };
    assert!(error(Eureka::at(Vec::<String>::new())).contains("no server"));
    assert!(error(Eureka::at([" , "])).contains("no server"));
    assert!(error(Eureka::at(["eureka:8761"])).contains("URL"));
    assert!(error(Eureka::at(["ftp://eureka"])).contains("http"));
    assert!(error(Eureka::at(["http://us%3Aer:pw@eureka"])).contains("user"));
    let secret = error(Eureka::at(["http://user:secret@eureka:port"]));
    assert!(!secret.contains("secret"), "{secret}");
    // What belongs in a password only as `%2C`, `%2F`, `%3F` or `%23`.
    for wrong in [",", "/", "?", "#"] {
        let url = format!("http://user:top{wrong}secret@eureka:8761/eureka");
        let secret = error(Eureka::at([url.as_str()]));
        assert!(!secret.contains("top") && !secret.contains("secret"), "{secret}");
        let debug = format!("{:?}", Eureka::at([url]).unwrap_err());
        assert!(!debug.contains("top") && !debug.contains("secret"), "{debug}");
    }
    let builder = Eureka::builder().server("http://eureka").interval(std::time::Duration::ZERO);
    assert!(error(builder.build()).contains("interval"));
}

/// As Spring's `defaultZone` is written.
#[tokio::test(start_paused = true)]
async fn a_list_with_commas() {
    let (a, b) = (EurekaServer::new(), EurekaServer::new());
    a.set_fault(Fault::Down);
    let urls = format!("{}/, {}/", a.url(), b.url());
    let eureka = Eureka::builder().server(urls).transport(a.transport().and(&b)).build().unwrap();
    Followed::new(&eureka, "orders").update().await.unwrap();
    assert_eq!(b.count("GET /eureka/apps/"), 1);
}
