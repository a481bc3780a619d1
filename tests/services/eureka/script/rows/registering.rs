//! What a registration has to say, and what becomes of what it says.

use super::*;

pub(super) fn demanded() -> Vec<Row> {
    let lacks =
        |members: Value, text: &'static str| post(APP, &orders_but("i1", members), 400).text(text);
    let center = |value: Value| json!({ "dataCenterInfo": value });
    vec![
        post(APP, &orders_but("i1", json!({ "app": null })), 400),
        lacks(json!({ "hostName": null }), "Missing hostname"),
        lacks(json!({ "hostName": "" }), "Missing hostname"),
        lacks(json!({ "ipAddr": null }), "Missing ip address"),
        lacks(json!({ "dataCenterInfo": null }), "Missing dataCenterInfo"),
        lacks(
            center(json!({ "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo" })),
            "Missing dataCenterInfo Name",
        ),
        post(APP, &orders_but("i1", center(json!({ "name": "MyOwn" }))), 400),
        post(
            APP,
            &orders_but("i1", center(json!({ "@class": "none.Such", "name": "MyOwn" }))),
            400,
        ),
        lacks(json!({ "app": "OTHER" }), "Mismatched appName, expecting ORDERS but was OTHER"),
        post(APP, &orders_but("i1", json!({ "port": 8081 })), 400),
        post_text(APP, "", 400),
        post_text(APP, "{}", 400),
        post_text(APP, "[]", 400),
        post_text(APP, "{\"instance\":", 400),
        get("/apps", 200).part(HASH, ""),
    ]
}

pub(super) fn optional() -> Vec<Row> {
    let least = json!({ "instance": {
        "app": "orders",
        "hostName": "least",
        "ipAddr": "127.0.0.1",
        "dataCenterInfo": {
            "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
            "name": "MyOwn",
        },
        "nobody": { "knows": ["this"] },
    }});
    vec![
        post(APP, &least, 204).nothing(),
        // Its id is its host, and is not told.
        look("least")
            .no_part("/instance/instanceId")
            .part("/instance/app", "ORDERS")
            .part(STATUS, "UP")
            .part("/instance/port/$", 7001)
            .part("/instance/securePort/$", 7002)
            .part("/instance/leaseInfo/renewalIntervalInSecs", 30)
            .part("/instance/leaseInfo/durationInSecs", 90),
        cancel("least"),
        // Numbers may be texts, and texts numbers.
        post(
            APP,
            &orders_but(
                "texts",
                json!({
                    "port": { "$": "8081", "@enabled": true },
                    "lastDirtyTimestamp": 1_400_000_000_000_u64,
                }),
            ),
            204,
        ),
        look("texts")
            .part("/instance/port", json!({ "$": 8081, "@enabled": "true" }))
            .part("/instance/lastDirtyTimestamp", "1400000000000"),
        cancel("texts"),
        // A status that nobody knows, or in lower case, is `UNKNOWN`.
        post(APP, &orders_but("odd", json!({ "status": "up" })), 204),
        look("odd").part(STATUS, "UNKNOWN"),
        cancel("odd"),
    ]
}

pub(super) fn again() -> Vec<Row> {
    let at = |dirty: &str, vip: &str| {
        orders_but("again", json!({ "lastDirtyTimestamp": dirty, "vipAddress": vip }))
    };
    let down = json!({ "lastDirtyTimestamp": "4000", "status": "DOWN" });
    vec![
        post(APP, &at("2000", "first"), 204).nothing(),
        // An older one is taken with a smile, and ignored.
        post(APP, &at("1000", "older"), 204).nothing(),
        look("again").part("/instance/vipAddress", "first"),
        post(APP, &at("3000", "newer"), 204).nothing(),
        look("again").part("/instance/vipAddress", "newer"),
        post(APP, &orders_but("again", down), 204).nothing(),
        look("again").part(STATUS, "DOWN").part(OVERRIDDEN, "UNKNOWN"),
        get("/apps", 200).part(HASH, "DOWN_1_"),
        cancel("again"),
    ]
}

pub(super) fn ids() -> Vec<Row> {
    vec![
        register("host:orders:8080"),
        put("/apps/ORDERS/host:orders:8080", 200).nothing(),
        put("/apps/ORDERS/host%3Aorders%3A8080", 200).nothing(),
        cancel("host:orders:8080"),
        register("with space"),
        put("/apps/ORDERS/with%20space", 200).nothing(),
        cancel("with%20space"),
        put("/apps/ORDERS/a%2Fb", 400).not_compared(),
    ]
}

pub(super) fn content_types() -> Vec<Row> {
    let zipped = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    vec![
        register("i1").header("content-type", "application/json; charset=utf-8"),
        cancel("i1"),
        post(APP, &orders("i1"), 415).header("content-type", "text/plain"),
        post(APP, &orders("i1"), 415).header("content-type", ""),
        post(APP, &orders("i1"), 400).header("content-encoding", "gzip").body(zipped),
    ]
}

pub(super) fn statuses_are_counted() -> Vec<Row> {
    let all = ["UP", "UP", "DOWN", "STARTING", "OUT_OF_SERVICE", "UNKNOWN"];
    let numbered = || all.iter().enumerate().map(|(number, status)| (format!("n{number}"), status));
    let hash = "DOWN_1_OUT_OF_SERVICE_1_STARTING_1_UNKNOWN_1_UP_2_";
    let mut rows: Vec<_> = numbered()
        .map(|(id, status)| post(APP, &orders_but(&id, json!({ "status": status })), 204))
        .collect();
    rows.push(get("/apps", 200).part(HASH, hash));
    rows.push(get("/apps/delta", 200).part(HASH, hash));
    rows.extend(numbered().map(|(id, _)| cancel(&id)));
    rows
}
