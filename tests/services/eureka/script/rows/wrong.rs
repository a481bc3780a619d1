//! What is not of the protocol.

use super::*;

pub(super) fn targets() -> Vec<Row> {
    let missing = |path: &str| container_says(get(path, 404), path, 404, "Not Found");
    vec![
        missing("/apps/NONE"),
        missing("/apps/NONE/i1"),
        missing("/instances/none"),
        missing("/none").not_compared(),
        missing("/vips/").not_compared(),
        post("/apps", &json!({}), 405).not_compared(),
        delete("/apps", 405).not_compared(),
    ]
}
