//! What servers write, and how it is read: the nine quirks of the wire format (E4), one test each.

use feign_eureka::{Applications, Instance, Status};

/// A registry of one application with these instances.
fn registry(instances: &str) -> Applications {
    let json = format!(
        r#"{{"applications":{{"versions__delta":"1","apps__hashcode":"UP_1_","application":[{{"name":"ORDERS","instance":[{instances}]}}]}}}}"#
    );
    Applications::from_json(json.as_bytes()).unwrap()
}

fn instances(registry: &Applications) -> Vec<Instance> {
    registry.iter().flat_map(|application| application.instances().cloned()).collect()
}

/// One instance with these fields.
fn with(fields: &str) -> Instance {
    let all = instances(&registry(&format!(r#"{{"instanceId":"i1","hostName":"h1",{fields}}}"#)));
    assert_eq!(all.len(), 1, "{fields}");
    all.into_iter().next().unwrap()
}

/// As Spring's server writes it, all of it.
#[test]
fn a_whole_instance() {
    let all = instances(&registry(
        r#"{"instanceId":"10.0.0.7:orders:8080","hostName":"h","app":"ORDERS","ipAddr":"10.0.0.7","status":"UP","overriddenStatus":"UNKNOWN","port":{"$":8080,"@enabled":"true"},"securePort":{"$":443,"@enabled":"false"},"countryId":1,"dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},"leaseInfo":{"renewalIntervalInSecs":30,"durationInSecs":90,"registrationTimestamp":1700000000000,"lastRenewalTimestamp":1700000090000,"evictionTimestamp":0,"serviceUpTimestamp":1700000000000},"metadata":{"zone":"z1","weight":"3"},"homePageUrl":"http://h:8080/","statusPageUrl":"http://h:8080/info","healthCheckUrl":"http://h:8080/health","vipAddress":"orders","secureVipAddress":"orders-s","isCoordinatingDiscoveryServer":"false","lastUpdatedTimestamp":"1700000000123","lastDirtyTimestamp":"1700000000000","actionType":"ADDED"}"#,
    ));
    let one = &all[0];
    assert_eq!(
        (one.app(), one.id(), one.host(), one.ip()),
        ("ORDERS", "10.0.0.7:orders:8080", "h", "10.0.0.7")
    );
    assert_eq!((one.status(), one.overridden_status()), (Status::Up, Status::Unknown));
    assert_eq!((one.port().number, one.port().enabled), (Some(8080), Some(true)));
    assert_eq!((one.secure_port().number, one.is_secure()), (Some(443), false));
    assert_eq!((one.vip(), one.secure_vip(), one.zone()), ("orders", "orders-s", Some("z1")));
    assert_eq!(one.metadata().collect::<Vec<_>>(), [("zone", "z1"), ("weight", "3")]);
    assert_eq!(one.last_dirty(), 1_700_000_000_000);
}

/// 1. What is meant stands below a root; anything else is no empty registry.
#[test]
fn the_root_is_needed() {
    assert_eq!(Applications::from_json(br#"{"applications":{}}"#).unwrap().iter().count(), 0);
    for other in [
        "{}",
        "[]",
        "null",
        "1",
        r#""applications""#,
        r#"{"applications":null}"#,
        r#"{"applications":[]}"#,
        r#"{"applications":""}"#,
        r#"{"application":{"name":"A","instance":[]}}"#,
        r#"{"error":"busy"}"#,
        r#"{"applications":{}} trailing"#,
        r#"{"applications":{"application":["#,
        "",
    ] {
        assert!(Applications::from_json(other.as_bytes()).is_err(), "{other}");
    }
}

/// 2. How underscores are escaped is a setting; the version is a text or a number.
#[test]
fn version_and_hash() {
    for (fields, version, hash) in [
        (r#""versions__delta":"7","apps__hashcode":"UP_1_""#, 7, Some("UP_1_")),
        (r#""versions_delta":7,"apps_hashcode":"""#, 7, Some("")),
        (r#""versions$delta":"x","apps$hashcode":"DOWN_1_UP_2_""#, -1, Some("DOWN_1_UP_2_")),
        (r#""versions__delta":null,"apps__hashcode":null"#, -1, None),
        (r#""versions__delta":{},"apps__hashcode":[]"#, -1, None),
        (r#""application":[]"#, -1, None),
    ] {
        let read =
            Applications::from_json(format!(r#"{{"applications":{{{fields}}}}}"#).as_bytes());
        let read = read.unwrap();
        assert_eq!((read.version(), read.hash()), (version, hash), "{fields}");
    }
}

/// 3. Lists of one may be written without brackets, empty ones in many ways.
#[test]
fn one_or_many() {
    let one = r#"{"instanceId":"i1","hostName":"h1","app":"A"}"#;
    for (application, count) in [
        (format!(r#"[{{"name":"A","instance":[{one}]}}]"#), 1),
        (format!(r#"{{"name":"A","instance":{one}}}"#), 1),
        (format!(r#"[{{"name":"A","instance":{one}}}]"#), 1),
        // The name stands behind its instances, or nowhere.
        (format!(r#"[{{"instance":[{one}],"name":"A"}}]"#), 1),
        (format!(r#"[{{"instance":[{one}]}}]"#), 1),
        (r#"[{"name":"A","instance":[]}]"#.to_owned(), 0),
        (r#"[{"name":"A"}]"#.to_owned(), 0),
        (r#"[{"name":"A","instance":null}]"#.to_owned(), 0),
        ("[]".to_owned(), 0),
        ("null".to_owned(), 0),
        (r#""""#.to_owned(), 0),
    ] {
        let json = format!(r#"{{"applications":{{"application":{application}}}}}"#);
        let read = instances(&Applications::from_json(json.as_bytes()).unwrap());
        assert_eq!(read.len(), count, "{json}");
        assert!(read.iter().all(|one| one.app() == "A"), "{json}");
    }
}

/// 4. Numbers as texts, texts as numbers.
#[test]
fn numbers_and_texts() {
    for (port, number, enabled) in [
        (r#"{"$":8080,"@enabled":"true"}"#, Some(8080), Some(true)),
        (r#"{"$":"8080","@enabled":true}"#, Some(8080), Some(true)),
        (r#"{"@enabled":"FALSE","$":" 8080 "}"#, Some(8080), Some(false)),
        (r#"{"$":8080}"#, Some(8080), None),
        (r#"{"$":70000,"@enabled":"maybe"}"#, None, None),
        (r#"{"$":-1}"#, None, None),
        (r#"{"$":0}"#, None, None),
        (r#"{"$":99999999999999999999}"#, None, None),
        (r#"{"$":null,"@enabled":null}"#, None, None),
        ("8080", Some(8080), None),
        (r#""8080""#, Some(8080), None),
        ("null", None, None),
        ("[8080]", None, None),
    ] {
        let one = with(&format!(r#""port":{port},"securePort":{port}"#));
        assert_eq!((one.port().number, one.port().enabled), (number, enabled), "{port}");
        assert_eq!(one.secure_port(), one.port());
    }
    assert_eq!(with(r#""lastDirtyTimestamp":"1700000000000""#).last_dirty(), 1_700_000_000_000);
    assert_eq!(with(r#""lastDirtyTimestamp":1700000000000"#).last_dirty(), 1_700_000_000_000);
    assert_eq!(with(r#""lastDirtyTimestamp":"soon""#).last_dirty(), 0);
    assert_eq!(with(r#""ipAddr":1,"vipAddress":true"#).ip(), "1");
}

/// 5. No metadata is marked with a class of Java.
#[test]
fn metadata() {
    for (metadata, entries) in [
        (r#"{"@class":"java.util.Collections$EmptyMap"}"#, &[][..]),
        (r#"{"class":"java.util.Collections$EmptyMap"}"#, &[]),
        (r#"{"@class":"java.util.HashMap","a":"1"}"#, &[("a", "1")]),
        // A word of the user's own.
        (r#"{"class":"gold"}"#, &[("class", "gold")]),
        (r#"{"a":1,"b":true,"c":null,"d":1.5}"#, &[("a", "1"), ("b", "true"), ("d", "1.5")]),
        (r#"{"a":{"x":1},"b":["y"],"c":"z"}"#, &[("c", "z")]),
        (r#"{"a":"1","a":"2"}"#, &[("a", "2")]),
        (r#"{"":"x","ü":"\ud83e\udd80"}"#, &[("", "x"), ("ü", "\u{1F980}")]),
        ("{}", &[]),
        ("null", &[]),
        ("[]", &[]),
        (r#"[{"a":"b"}]"#, &[]),
        (r#""text""#, &[]),
        ("5", &[]),
        ("-5", &[]),
        ("1.5", &[]),
        ("true", &[]),
    ] {
        let one = with(&format!(r#""metadata":{metadata},"status":"UP""#));
        assert_eq!(one.metadata().collect::<Vec<_>>(), entries, "{metadata}");
        assert_eq!(one.status(), Status::Up, "what follows is read: {metadata}");
    }
}

/// Their number is a matter of whoever registers.
#[test]
fn a_great_deal_of_metadata() {
    let entries: Vec<_> = (0..100_000).map(|key| format!(r#""k{key}":"old""#)).collect();
    let entries = entries.join(",");
    let instance =
        with(&format!(r#""metadata":{{{entries},"k7":"new","k99999":"new","last":"1"}}"#));
    let all: Vec<_> = instance.metadata().collect();
    assert_eq!(all.len(), 100_001);
    assert_eq!((all[7], all[8], all[99_999]), (("k7", "new"), ("k8", "old"), ("k99999", "new")));
    assert_eq!(all[100_000], ("last", "1"));
}

/// 6. A status that nobody knows.
#[test]
fn statuses() {
    for (status, meant) in [
        (r#""UP""#, Status::Up),
        (r#""DOWN""#, Status::Down),
        (r#""STARTING""#, Status::Starting),
        (r#""OUT_OF_SERVICE""#, Status::OutOfService),
        (r#""UNKNOWN""#, Status::Unknown),
        (r#""up""#, Status::Unknown),
        (r#""RESTING""#, Status::Unknown),
        ("null", Status::Unknown),
        ("1", Status::Unknown),
        ("{}", Status::Unknown),
    ] {
        assert_eq!(with(&format!(r#""status":{status}"#)).status(), meant, "{status}");
    }
}

/// 7. Two spellings.
#[test]
fn overridden_status() {
    for key in ["overriddenStatus", "overriddenstatus"] {
        let one = with(&format!(r#""{key}":"OUT_OF_SERVICE""#));
        assert_eq!(one.overridden_status(), Status::OutOfService, "{key}");
    }
}

/// 8. What may be there besides, and what may be missing.
#[test]
fn optional_and_unknown_fields() {
    let one = with(
        r#""sid":"na","asgName":"a","appGroupName":"g","secureHealthCheckUrl":"https://h/","tomorrow":{"deep":[[{}]]},"leaseInfo":{"renewalTimestamp":1}"#,
    );
    assert_eq!((one.ip(), one.vip(), one.zone()), ("", "", None));
    assert_eq!((one.port().number, one.is_secure(), one.status()), (None, false, Status::Unknown));
}

/// Without an id, what servers and Java's client take in its place.
#[test]
fn ids() {
    for (fields, id) in [
        (r#""hostName":"h""#, "h"),
        (r#""instanceId":"","hostName":"h""#, "h"),
        (r#""instanceId":null,"ipAddr":"1.2.3.4""#, "1.2.3.4"),
        (r#""hostName":"h","metadata":{"instanceId":"angel"}"#, "angel"),
        (
            r#""hostName":"h","dataCenterInfo":{"@class":"com.netflix.appinfo.AmazonInfo","name":"Amazon","metadata":{"instance-id":"i-07","availability-zone":"us-east-1c"}}"#,
            "i-07",
        ),
    ] {
        let all = instances(&registry(&format!("{{{fields}}}")));
        assert_eq!(all[0].id(), id, "{fields}");
    }
    // What nothing can be told by, or is no instance at all.
    for nothing in
        ["{}", "null", r#"{"status":"UP"}"#, "5", r#""x""#, "[]", r#"[{"hostName":"h"}]"#]
    {
        assert_eq!(instances(&registry(nothing)).len(), 0, "{nothing}");
    }
}

/// A zone of Amazon's stands behind one that was said.
#[test]
fn zones() {
    let amazon =
        r#""dataCenterInfo":{"name":"Amazon","metadata":{"availability-zone":"us-east-1c"}}"#;
    assert_eq!(with(amazon).zone(), Some("us-east-1c"));
    assert_eq!(with(&format!(r#"{amazon},"metadata":{{"zone":"z"}}"#)).zone(), Some("z"));
    assert_eq!(with(&format!(r#"{amazon},"metadata":{{"zone":""}}"#)).zone(), Some("us-east-1c"));
    for odd in ["null", "[]", "5", r#"{"metadata":[]}"#, r#"{"metadata":{"availability-zone":{}}}"#]
    {
        assert_eq!(with(&format!(r#""dataCenterInfo":{odd}"#)).zone(), None, "{odd}");
    }
}

/// Names of applications are upper case, whatever was sent.
#[test]
fn names_of_applications() {
    let json = br#"{"applications":{"application":[{"name":"orders","instance":[{"hostName":"h","app":"ordErs"}]}]}}"#;
    let read = Applications::from_json(json).unwrap();
    assert_eq!(read.iter().next().unwrap().name(), "ORDERS");
    assert_eq!(instances(&read)[0].app(), "ORDERS");
}

/// In a delta, those that have left are no instances.
#[test]
fn deleted_ones_are_not_listed() {
    let all = registry(
        r#"{"hostName":"a","status":"UP","actionType":"DELETED"},{"hostName":"b","actionType":"MODIFIED"},{"hostName":"c","actionType":"ODD"}"#,
    );
    let hosts: Vec<_> = instances(&all).iter().map(|one| one.host().to_owned()).collect();
    assert_eq!(hosts, ["b", "c"]);
}
