//! Statuses that are set from outside, until they are removed.

use super::*;

pub(super) fn set_and_removed() -> Vec<Row> {
    let out = |row: Row| row.part(STATUS, "OUT_OF_SERVICE").part(OVERRIDDEN, "OUT_OF_SERVICE");
    vec![
        register("i1"),
        put("/apps/ORDERS/i1/status?value=OUT_OF_SERVICE", 200).nothing(),
        out(look("i1")).part("/instance/actionType", "MODIFIED"),
        get("/apps", 200).part(HASH, "OUT_OF_SERVICE_1_"),
        get("/apps/delta", 200).part(HASH, "OUT_OF_SERVICE_1_"),
        // It outlives heartbeats and registrations.
        put("/apps/ORDERS/i1?status=UP", 200).nothing(),
        register("i1"),
        out(look("i1")),
        delete("/apps/ORDERS/i1/status?value=UP", 200).nothing(),
        look("i1").part(STATUS, "UP").part(OVERRIDDEN, "UNKNOWN"),
        // Whoever leaves takes it along.
        put("/apps/ORDERS/i1/status?value=DOWN", 200).nothing(),
        look("i1").part(STATUS, "DOWN"),
        cancel("i1"),
        register("i1"),
        look("i1").part(STATUS, "UP").part(OVERRIDDEN, "UNKNOWN"),
        // Removed without a status for the time after: the next heartbeat asks for one.
        put("/apps/ORDERS/i1/status?value=OUT_OF_SERVICE", 200).nothing(),
        delete("/apps/ORDERS/i1/status", 200).nothing(),
        look("i1").part(STATUS, "UNKNOWN"),
        put("/apps/ORDERS/i1?status=UP", 404),
        register("i1"),
        look("i1").part(STATUS, "UP"),
        cancel("i1"),
    ]
}

pub(super) fn wrong() -> Vec<Row> {
    vec![
        put("/apps/ORDERS/i1/status?value=OUT_OF_SERVICE", 404),
        delete("/apps/ORDERS/i1/status?value=UP", 404),
        register("i1"),
        put("/apps/ORDERS/i1/status?value=BOGUS", 500).not_compared(),
        put("/apps/ORDERS/i1/status", 500).not_compared(),
        look("i1").part(STATUS, "UP"),
        cancel("i1"),
    ]
}
