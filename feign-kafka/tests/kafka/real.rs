//! Against a real broker, whose address `FEIGN_KAFKA` holds.
#![allow(missing_docs, unreachable_pub, reason = "tests")]

mod reader;
mod subject;
