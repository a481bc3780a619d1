//! Heartbeats: a 404 asks for a registration.

use super::*;

pub(super) fn leases() -> Vec<Row> {
    vec![
        put("/apps/ORDERS/i1", 404),
        register("i1"),
        put("/apps/ORDERS/i1", 200).nothing(),
        put("/apps/ORDERS/i1?status=UP", 200).nothing(),
        put("/apps/ORDERS/other", 404),
        put("/apps/OTHER/i1", 404),
        post("/apps/ORDERS/i1", &json!({}), 405),
        cancel("i1"),
        put("/apps/ORDERS/i1", 404),
    ]
}

pub(super) fn dirty() -> Vec<Row> {
    let beat = |dirty: &str, status: u16| {
        put(format!("/apps/ORDERS/dirty?status=UP&lastDirtyTimestamp={dirty}"), status)
    };
    vec![
        post(APP, &orders_but("dirty", json!({ "lastDirtyTimestamp": "2000" })), 204),
        beat("2000", 200).nothing(),
        // Who has changed since has to register again.
        beat("3000", 404),
        beat("1000", 200).nothing(),
        beat("1000", 409)
            .header("x-netflix-discovery-replication", "true")
            .part("/instance/lastDirtyTimestamp", "2000"),
        beat("never", 500).not_compared(),
        cancel("dirty"),
    ]
}

pub(super) fn statuses() -> Vec<Row> {
    vec![
        register("i1"),
        put("/apps/ORDERS/i1?status=DOWN", 200).nothing(),
        put("/apps/ORDERS/i1?status=BOGUS", 200).nothing(),
        // They change nothing.
        look("i1").part(STATUS, "UP").part(OVERRIDDEN, "UNKNOWN"),
        cancel("i1"),
    ]
}
