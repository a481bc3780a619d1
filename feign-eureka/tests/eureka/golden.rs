//! E1: what is sent, byte by byte, and E2: what a server says against it.

use std::collections::BTreeMap;

use feign_core::Hub;
use feign_eureka::api::{Api as _, ApiClient, Written};
use feign_eureka::testing::EurekaServer;
use feign_eureka::{Registration, Status};

use crate::support::{client, instance, refusing};

fn api(server: &EurekaServer) -> ApiClient {
    let hub = Hub::builder().transport(server.transport()).build().unwrap();
    hub.client_at(server.url()).unwrap()
}

fn full() -> Registration {
    Registration::new("orders")
        .instance_id("10.0.0.7:orders:8080")
        .host("10.0.0.7")
        .ip("10.0.0.7")
        .port(8080)
        .status_page("/actuator/info")
        .health_check("/actuator/health")
        .zone("a")
        .metadata("management.port", "8080")
}

/// R1, the body that every server reads.
#[tokio::test]
async fn a_registration() {
    let server = EurekaServer::new();
    let lease = client(&server).register(full());
    lease.registered().await.unwrap();
    let heard = &server.heard()[0];
    assert_eq!(heard.line(), "POST /eureka/apps/ORDERS");
    assert_eq!(heard.header("content-type"), Some("application/json"));
    assert_eq!(heard.header("accept"), Some("application/json"));
    let body = std::str::from_utf8(heard.body()).unwrap();
    let (before, dirty) = body.rsplit_once("\"lastDirtyTimestamp\":\"").unwrap();
    let dirty = dirty.strip_suffix("\"}}").unwrap();
    assert!(dirty.parse::<i64>().unwrap() > 1_700_000_000_000, "{dirty}");
    assert_eq!(
        before,
        [
            r#"{"instance":{"instanceId":"10.0.0.7:orders:8080","hostName":"10.0.0.7","app":"ORDERS","#,
            r#""ipAddr":"10.0.0.7","vipAddress":"orders","secureVipAddress":"orders","status":"UP","#,
            r#""overriddenStatus":"UNKNOWN","port":{"$":8080,"@enabled":"true"},"#,
            r#""securePort":{"$":443,"@enabled":"false"},"countryId":1,"dataCenterInfo":{"@class":"#,
            r#""com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},"#,
            r#""leaseInfo":{"renewalIntervalInSecs":30,"durationInSecs":90},"#,
            r#""homePageUrl":"http://10.0.0.7:8080/","statusPageUrl":"http://10.0.0.7:8080/actuator/info","#,
            r#""healthCheckUrl":"http://10.0.0.7:8080/actuator/health","#,
            r#""metadata":{"management.port":"8080","zone":"a"},"#,
            &format!(r#""lastUpdatedTimestamp":"{dirty}","#),
        ]
        .concat()
    );
}

/// R2 to R6, Q1 to Q5.
#[tokio::test]
async fn the_other_requests() {
    let server = EurekaServer::new();
    server.add(&full().vip("orders").secure_vip("orders-s"));
    let (api, app, id) = (api(&server), "ORDERS", "10.0.0.7:orders:8080");
    let error =
        |result: Result<(), feign_core::Error>| result.unwrap_err().status().unwrap().as_u16();

    api.register(app, &Written::of(&full().secure_vip("orders-s")).unwrap()).await.unwrap();
    assert!(Written::of(&Registration::new("orders")).unwrap_err().to_string().contains("port"));
    api.renew(app, id, Status::Up, 5, None).await.unwrap();
    assert_eq!(error(api.renew(app, "other", Status::Up, 5, Some(Status::Down)).await), 404);
    api.override_status(app, id, Status::OutOfService, Some(7)).await.unwrap();
    assert_eq!(error(api.override_status(app, "other", Status::OutOfService, None).await), 404);
    api.remove_override(app, id, Some(Status::Up), Some(7)).await.unwrap();
    api.remove_override(app, id, None, None).await.unwrap();
    let entries =
        BTreeMap::from([("k".to_owned(), "v".to_owned()), ("k2".to_owned(), "ü &=".to_owned())]);
    api.update_metadata(app, id, &entries).await.unwrap();

    assert_eq!(api.apps(&[]).await.unwrap().iter().count(), 1);
    assert_eq!(api.apps(&["a", "b"]).await.unwrap().hash(), Some("UP_1_"));
    assert_eq!(api.delta(&[]).await.unwrap().version(), 1);
    assert_eq!(api.delta(&["a"]).await.unwrap().version(), 2);
    assert_eq!(api.app(app).await.unwrap().unwrap().instances().count(), 1);
    assert!(api.app("NOBODY").await.unwrap().is_none());
    let found = api.instance(app, id).await.unwrap().unwrap();
    assert_eq!(found.metadata().find(|(key, _)| *key == "k2").unwrap().1, "ü &=");
    assert!(api.instance(app, "other").await.unwrap().is_none());
    assert_eq!(api.instance_by_id(id).await.unwrap().unwrap().id(), id);
    assert_eq!(api.vip("orders", &[]).await.unwrap().unwrap().iter().count(), 1);
    assert_eq!(api.vip("ORDERS", &["a"]).await.unwrap().unwrap().iter().count(), 0);
    assert_eq!(api.secure_vip("orders-s", &[]).await.unwrap().unwrap().iter().count(), 1);
    api.cancel(app, id).await.unwrap();
    assert_eq!(error(api.cancel(app, id).await), 404);

    let lines: Vec<_> =
        server.heard().iter().map(|heard| heard.line().replace("/eureka", "")).collect();
    let id = "10.0.0.7%3Aorders%3A8080";
    assert_eq!(
        lines,
        [
            "POST /apps/ORDERS".to_owned(),
            format!("PUT /apps/ORDERS/{id}?status=UP&lastDirtyTimestamp=5"),
            "PUT /apps/ORDERS/other?status=UP&lastDirtyTimestamp=5&overriddenstatus=DOWN"
                .to_owned(),
            format!("PUT /apps/ORDERS/{id}/status?value=OUT_OF_SERVICE&lastDirtyTimestamp=7"),
            "PUT /apps/ORDERS/other/status?value=OUT_OF_SERVICE".to_owned(),
            format!("DELETE /apps/ORDERS/{id}/status?value=UP&lastDirtyTimestamp=7"),
            format!("DELETE /apps/ORDERS/{id}/status"),
            format!("PUT /apps/ORDERS/{id}/metadata?k=v&k2=%C3%BC%20%26%3D"),
            "GET /apps/".to_owned(),
            "GET /apps/?regions=a,b".to_owned(),
            "GET /apps/delta".to_owned(),
            "GET /apps/delta?regions=a".to_owned(),
            "GET /apps/ORDERS".to_owned(),
            "GET /apps/NOBODY".to_owned(),
            format!("GET /apps/ORDERS/{id}"),
            "GET /apps/ORDERS/other".to_owned(),
            format!("GET /instances/{id}"),
            "GET /vips/orders".to_owned(),
            "GET /vips/ORDERS?regions=a".to_owned(),
            "GET /svips/orders-s".to_owned(),
            format!("DELETE /apps/ORDERS/{id}"),
            format!("DELETE /apps/ORDERS/{id}"),
        ]
    );
    for heard in server.heard() {
        assert_eq!(heard.header("accept"), Some("application/json"), "{}", heard.line());
        assert!(heard.body().is_empty() || heard.line().starts_with("POST"), "{}", heard.line());
    }
}

/// E2: the reason is the body, in plain text, whatever its label says.
#[tokio::test]
async fn a_refusal_is_told_with_its_reason() {
    let server = EurekaServer::new();
    let eureka = refusing(&server);
    let lease = eureka.register(instance("orders", 1));
    let error = lease.registered().await.unwrap_err().to_string();
    assert!(error.contains("Mismatched appName, expecting OTHERS but was ORDERS"), "{error}");
    assert_eq!(server.instances("orders").len(), 0);
}

/// What cannot be registered is not sent, and said.
#[tokio::test]
async fn a_registration_that_cannot_be() {
    let server = EurekaServer::new();
    for (registration, what) in [
        (Registration::new("orders"), "port"),
        (Registration::new("").port(1), "name"),
        (Registration::new("a/b").port(1), "`/`"),
        (instance("orders", 1).instance_id("a/b"), "`/`"),
        (instance("orders", 1).instance_id(".."), "instance id"),
        (instance("orders", 1).host(" "), "host"),
        (instance("orders", 1).host("a\r\nb"), "host"),
        (
            instance("orders", 1).lease(std::time::Duration::ZERO, std::time::Duration::ZERO),
            "lease",
        ),
    ] {
        let lease = client(&server).register(registration);
        let error = lease.registered().await.unwrap_err().to_string();
        assert!(error.contains(what), "{error} has no {what}");
        lease.leave().await;
    }
    assert!(server.heard().is_empty());
}

/// What is not said is found out.
#[tokio::test]
async fn what_is_said_by_default() {
    let server = EurekaServer::new();
    let lease = client(&server).register(Registration::new("orders").secure_port(8443));
    lease.registered().await.unwrap();
    let known = &server.instances("orders")[0];
    known.ip().parse::<std::net::IpAddr>().unwrap();
    assert_eq!(known.host(), known.ip());
    assert_eq!(known.id(), format!("{}:orders:8443", known.ip()));
    assert_eq!(lease.id(), known.id());
    assert_eq!((known.vip(), known.secure_vip()), ("orders", "orders"));
    assert_eq!((known.is_secure(), known.port().enabled), (true, Some(false)));
}
