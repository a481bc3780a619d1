//! Metadata, which are texts in the end.

use super::*;

const METADATA: &str = "/instance/metadata";

pub(super) fn added() -> Vec<Row> {
    vec![
        put("/apps/ORDERS/i1/metadata?colour=blue", 404),
        register("i1"),
        put("/apps/ORDERS/i1/metadata?colour=blue&weight=9", 200).nothing(),
        look("i1")
            .part(METADATA, json!({ "zone": "z1", "weight": "9", "colour": "blue" }))
            .part("/instance/actionType", "ADDED"),
        put("/apps/ORDERS/i1/metadata?stra%C3%9Fe=gr%C3%BCn%20%26%20wei%C3%9F", 200).nothing(),
        look("i1").part("/instance/metadata/straße", "grün & weiß"),
        put("/apps/ORDERS/i1/metadata", 200).nothing(),
        cancel("i1"),
    ]
}

pub(super) fn kinds() -> Vec<Row> {
    let with = |metadata: Value| {
        post(APP, &orders_but("i1", json!({ "metadata": metadata })), 204).nothing()
    };
    vec![
        with(json!({})),
        look("i1").part(METADATA, json!({ "@class": "java.util.Collections$EmptyMap" })),
        with(json!({ "number": 5, "bool": true, "null": null, "ключ": "значение" })),
        look("i1").part(
            METADATA,
            json!({ "number": "5", "bool": "true", "null": "null", "ключ": "значение" }),
        ),
        // An object as a value is mangled, with what follows it; a list instead of the map holds the
        // request for ever, and a core of the server: neither is sent here.
        cancel("i1"),
    ]
}

pub(super) fn large() -> Vec<Row> {
    let text = "x".repeat(200_000);
    vec![
        post(APP, &orders_but("i1", json!({ "metadata": { "large": text } })), 204).nothing(),
        look("i1").part("/instance/metadata/large", text),
        cancel("i1"),
    ]
}
