//! What is asked for, and in which form.

use super::*;

pub(super) fn empty() -> Vec<Row> {
    let nothing = || {
        json!({ "applications": {
            "versions__delta": "1",
            "apps__hashcode": "",
            "application": [],
        }})
    };
    vec![
        get("/apps", 200).json(nothing()).content_type("application/json"),
        get("/apps/", 200).json(nothing()),
        get("/v2/apps", 200).json(nothing()),
        get("/apps/delta", 200).json(nothing()),
        get("/apps/ORDERS", 404),
        get("/apps/ORDERS/i1", 404),
        get("/instances/i1", 404),
        get("/vips/orders", 200).part("/applications/application", json!([])),
    ]
}

pub(super) fn one() -> Vec<Row> {
    let all = |version: &str| {
        json!({ "applications": {
            "versions__delta": version,
            "apps__hashcode": "UP_1_",
            "application": [{ "name": "ORDERS", "instance": [told("i1")] }],
        }})
    };
    let app = || json!({ "application": { "name": "ORDERS", "instance": [told("i1")] } });
    vec![
        register("i1"),
        get("/apps", 200).json(all("1")),
        get("/apps/", 200).json(all("1")),
        get("/apps/delta", 200)
            .part(HASH, "UP_1_")
            .part("/applications/application/0/instance/0", told("i1")),
        get("/apps/ORDERS", 200).json(app()),
        get("/apps/orders", 200).json(app()),
        get("/apps/ORDERS/i1", 200).json(json!({ "instance": told("i1") })),
        get("/instances/i1", 200).json(json!({ "instance": told("i1") })),
        get("/vips/orders", 200).json(all("-1")),
        get("/svips/orders-s", 200).json(all("-1")),
        cancel("i1"),
    ]
}

pub(super) fn headers() -> Vec<Row> {
    vec![
        register("i1"),
        get("/apps", 200)
            .header("accept", "*/*")
            .content_type("application/xml")
            .text("<app")
            .not_compared(),
        get("/apps", 200)
            .header("accept", "application/xml")
            .content_type("application/xml")
            .not_compared(),
        get("/apps", 406).header("accept", "application/*+json").not_compared(),
        get("/apps", 200)
            .header("x-eureka-accept", "compact")
            .part("/applications/application/0/instance/0/instanceId", "i1")
            .no_part("/applications/application/0/instance/0/homePageUrl"),
        cancel("i1"),
    ]
}

pub(super) fn gzip() -> Vec<Row> {
    let zipped = |target: &str| get(target, 200).header("accept-encoding", "gzip");
    vec![
        register("i1"),
        zipped("/apps").gzip().part(HASH, "UP_1_"),
        zipped("/apps/delta").gzip().part(HASH, "UP_1_"),
        zipped("/apps/ORDERS").plain().part("/application/name", "ORDERS"),
        zipped("/apps/ORDERS/i1").plain().part(STATUS, "UP"),
        zipped("/vips/orders").plain().part(HASH, "UP_1_"),
        cancel("i1"),
    ]
}

pub(super) fn vips() -> Vec<Row> {
    let found = "/applications/application/0/instance/0/instanceId";
    vec![
        post(APP, &orders_but("i1", json!({ "vipAddress": "orders,other" })), 204),
        post(APP, &orders_but("i2", json!({ "vipAddress": "down", "status": "DOWN" })), 204),
        get("/vips/orders", 200).part(found, "i1").part(HASH, "UP_1_"),
        get("/vips/other", 200).part(found, "i1"),
        // Those that are not up are told of too.
        get("/vips/down", 200).part(found, "i2").part(HASH, "DOWN_1_"),
        // Case counts, and an unknown one is an empty list.
        get("/vips/ORDERS", 200).part("/applications/application", json!([])),
        get("/svips/none", 200).part("/applications/application", json!([])),
        cancel("i1"),
        cancel("i2"),
    ]
}

pub(super) fn deleted() -> Vec<Row> {
    vec![
        register("gone"),
        cancel("gone"),
        delete("/apps/ORDERS/gone", 404),
        get("/apps", 200).part(HASH, "").part("/applications/application", json!([])),
        get("/apps/ORDERS", 404),
        // All that was done here, the last change of each: a deleted one still says that it is up.
        get("/apps/delta", 200).part(HASH, ""),
    ]
}
