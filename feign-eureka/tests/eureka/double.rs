//! The double, against what a real server was seen to answer.

use std::time::Duration;

use feign_core::Hub;
use feign_eureka::Status;
use feign_eureka::api::{Api as _, ApiClient};
use feign_eureka::testing::EurekaServer;

use crate::script;
use crate::support::{client, instance, secs};

fn body(answers: &[script::Answer], about: &str) -> serde_json::Value {
    let answer = answers.iter().find(|answer| answer.about == about).unwrap();
    serde_json::from_str(&answer.body).unwrap_or_else(|_| answer.body.clone().into())
}

/// Each row's status is that of a real server; so are these bodies.
#[tokio::test]
async fn every_row_of_the_script() {
    let server = EurekaServer::start().await.unwrap();
    let answers = script::play(server.url(), Duration::ZERO).await;
    let text = |about: &str| body(&answers, about).to_string();
    let answer = |about: &str| answers.iter().find(|answer| answer.about == about).unwrap();
    assert!(answers.len() > 100, "{}", answers.len());

    let empty =
        r#"{"applications":{"application":[],"apps__hashcode":"","versions__delta":"a text"}}"#;
    assert_eq!(text("nothing"), empty);
    assert_eq!(text("nothing changed"), empty);
    assert_eq!(text("an address in another case"), empty);
    assert_eq!(answer("a registration").content_type, "");
    assert_eq!(text("a registration"), r#""""#);
    assert_eq!(
        text("an instance"),
        concat!(
            r#"{"instance":{"actionType":"ADDED","app":"ORDERS","countryId":1,"dataCenterInfo":{"@class":"#,
            r#""com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},"#,
            r#""healthCheckUrl":"http://127.0.0.1:8080/health","homePageUrl":"http://127.0.0.1:8080/","#,
            r#""hostName":"127.0.0.1","instanceId":"i1","ipAddr":"127.0.0.1","#,
            r#""isCoordinatingDiscoveryServer":"false","lastDirtyTimestamp":"1000000000000","#,
            r#""lastUpdatedTimestamp":"a text","leaseInfo":{"durationInSecs":90,"evictionTimestamp":"none","#,
            r#""lastRenewalTimestamp":"a number","registrationTimestamp":"a number","#,
            r#""renewalIntervalInSecs":30,"serviceUpTimestamp":"a number"},"#,
            r#""metadata":{"weight":"3","zone":"z1"},"overriddenStatus":"UNKNOWN","#,
            r#""port":{"$":8080,"@enabled":"true"},"securePort":{"$":8443,"@enabled":"false"},"#,
            r#""secureVipAddress":"orders-s","status":"UP","#,
            r#""statusPageUrl":"http://127.0.0.1:8080/info","vipAddress":"orders,other"}}"#
        )
    );
    for same in
        ["with a slash", "what changed", "by address", "by its other address", "by secure address"]
    {
        assert_eq!(text(same), text("everything"), "{same}");
    }
    assert_eq!(text("in lower case"), text("an application"));
    assert_eq!(body(&answers, "nobody")["error"], "Not Found");
    assert_eq!(body(&answers, "nobody")["path"], "/eureka/apps/NOBODY");
    assert_eq!(text("as a replica"), text("an instance"));
    assert_eq!(text("which change nothing"), text("an instance"));

    let status = |about: &str| {
        let instance = &body(&answers, about)["instance"];
        let text = |key: &str| instance[key].as_str().unwrap().to_owned();
        [text("status"), text("overriddenStatus"), text("actionType")]
    };
    assert_eq!(status("is out of service"), ["OUT_OF_SERVICE", "OUT_OF_SERVICE", "MODIFIED"]);
    assert_eq!(status("it has stayed so"), ["OUT_OF_SERVICE", "OUT_OF_SERVICE", "ADDED"]);
    assert_eq!(
        body(&answers, "the hash counts it")["applications"]["apps__hashcode"],
        "OUT_OF_SERVICE_1_"
    );
    assert_eq!(status("is up again"), ["UP", "UNKNOWN", "MODIFIED"]);
    assert_eq!(status("clears it"), ["UP", "UNKNOWN", "ADDED"]);
    assert_eq!(status("is unknown"), ["UNKNOWN", "UNKNOWN", "MODIFIED"]);
    let merged = &body(&answers, "is merged")["instance"];
    assert_eq!(merged["metadata"]["ü"], "🦀");
    assert_eq!(
        (&merged["metadata"]["weight"], &merged["actionType"]),
        (&"9".into(), &"ADDED".into())
    );

    let told = body(&answers, "but deltas tell");
    let told = &told["applications"]["application"][0]["instance"][0];
    assert_eq!((&told["actionType"], &told["status"]), (&"DELETED".into(), &"UNKNOWN".into()));
    for (about, why) in [
        ("no application", r#"{"error": "cannot parse request body"}"#),
        ("no host", "Missing hostname"),
        ("an empty host", "Missing hostname"),
        ("no address", "Missing ip address"),
        ("no data center", "Missing dataCenterInfo"),
        ("one without a class", r#"{"error": "cannot parse request body"}"#),
        ("a bare port", r#"{"error": "cannot parse request body"}"#),
        ("broken", r#"{"error": "cannot parse request body"}"#),
        ("one without a name", "Missing dataCenterInfo Name"),
        ("another application", "Mismatched appName, expecting ORDERS but was OTHER"),
    ] {
        let answer = answer(about);
        assert_eq!(answer.content_type, "application/json", "{about}");
        // Most are texts, and one is JSON, which the mask has written anew.
        assert_eq!(answer.body.replace(r#"":""#, r#"": ""#), why, "{about}");
    }
    assert_eq!(text("is marked").matches("java.util.Collections$EmptyMap").count(), 1);
    assert_eq!(
        body(&answers, "becomes texts")["instance"]["metadata"],
        serde_json::json!({ "n": "5", "t": "true", "ü": "🦀" })
    );
    assert!(text("is not taken").contains("1000000000000"));
    let gzip: Vec<_> =
        answers.iter().filter(|answer| answer.is_gzip).map(|answer| answer.about).collect();
    assert_eq!(gzip, ["compressed", "a compressed delta"]);
    assert_eq!(answer("XML").content_type, "application/xml");
}

/// A lease that was never renewed lasts its duration, one that was twice that.
#[tokio::test(start_paused = true)]
async fn leases_run_out() {
    let server = EurekaServer::new();
    let hub = Hub::builder().transport(server.transport()).build().unwrap();
    let api: ApiClient = hub.client_at(server.url()).unwrap();
    // A lease that nobody keeps.
    let lease = client(&server).register(instance("orders", 1).lease(secs(30), secs(90)));
    lease.registered().await.unwrap();
    let gone_after = async |from: tokio::time::Instant| {
        while server.status("orders", "i1").is_some() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        from.elapsed().as_secs()
    };
    // Its task goes on in a runtime that is asleep: what it renews is of another one.
    std::mem::forget(lease);
    let started = tokio::time::Instant::now();
    api.renew("ORDERS", "i1", Status::Up, 0, None).await.unwrap();
    server.set_fault(feign_eureka::testing::Fault::Down);
    let after = gone_after(started).await;
    assert!((180..=182).contains(&after), "{after}");
}

/// What hangs the real one.
#[tokio::test(start_paused = true)]
async fn a_list_for_metadata_hangs_it() {
    let server = EurekaServer::new();
    #[feign_macros::client(crate = ::feign_core)]
    trait Raw {
        #[post("/apps/ORDERS")]
        async fn register(&self, #[body] json: &serde_json::Value)
        -> Result<(), feign_core::Error>;
    }
    let hub = Hub::builder().transport(server.transport()).build().unwrap();
    let raw: RawClient = hub.client_at(server.url()).unwrap();
    let json = serde_json::json!({ "instance": { "app": "ORDERS", "metadata": [] } });
    assert!(raw.register(&json).await.unwrap_err().is_timeout());
}

/// A change is told by deltas for three minutes.
#[tokio::test(start_paused = true)]
async fn deltas_forget() {
    let server = EurekaServer::new();
    let hub = Hub::builder().transport(server.transport()).build().unwrap();
    let api: ApiClient = hub.client_at(server.url()).unwrap();
    server.add(&instance("orders", 1));
    tokio::time::sleep(secs(179)).await;
    assert_eq!(api.delta(&[]).await.unwrap().iter().count(), 1);
    tokio::time::sleep(secs(2)).await;
    let delta = api.delta(&[]).await.unwrap();
    assert_eq!((delta.iter().count(), delta.hash()), (0, Some("UP_1_")));
}
