//! The measured process: `feign-bench-calls ROW CALL COUNT BASE` makes that many calls and prints its allocations
//! and, in KiB, the peak of its memory.

mod allocations;
mod bodies;
mod declared;
mod logged;
mod memory;
mod model;
mod with_hyper;
mod with_reqwest;

use self::{
    model::{Item, Order},
    with_hyper::WithHyper,
    with_reqwest::WithReqwest,
};
use std::{env, error::Error};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

const REQUEST_ID: &str = "8f14e45f-ceea-467f";

/// What every row can do.
trait Calls {
    type Error: Into<Box<dyn Error>>;

    async fn item(&self, id: u64, q: &str, request_id: &str) -> Result<Item, Self::Error>;

    async fn order(&self, order: &Order, request_id: &str) -> Result<Order, Self::Error>;
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [row, call, count, base] = arguments.as_slice() else {
        return Err("usage: feign-bench-calls ROW CALL COUNT BASE".into());
    };
    let count = count.parse()?;
    let before = allocations::count();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(make(row, call, count, base))?;
    println!("{} {}", allocations::count() - before, memory::peak()?);
    Ok(())
}

async fn make(row: &str, call: &str, count: u64, base: &str) -> Result<()> {
    match (row, call) {
        ("reqwest", "GET" | "POST") => run(&WithReqwest::new(base), call, count).await,
        ("feign", "GET" | "POST") => run(&declared::by_default(base)?, call, count).await,
        ("feign-on-reqwest", "GET" | "POST") => {
            run(&declared::on_reqwest(base)?, call, count).await
        }
        ("feign-3", "GET") => run_among(3, count, base).await,
        ("feign-1000", "GET") => run_among(1_000, count, base).await,
        (_, "LOG") => logged::run(row, count).await,
        ("hyper", "GET" | "POST") => run(&WithHyper::new(base), call, count).await,
        ("reqwest", _) => bodies::run(&bodies::WithReqwest::new(base), call, count).await,
        ("feign-on-reqwest", _) => bodies::run(&bodies::on_reqwest(base)?, call, count).await,
        _ => Err(format!("there is no {call} in row `{row}`").into()),
    }
}

/// Each endpoint is called once before: what is made by a first call of an endpoint falls out.
async fn run_among(size: usize, count: u64, base: &str) -> Result<()> {
    let calls = declared::found(base, size)?;
    get(&calls, size.try_into()?).await?;
    get(&calls, count).await
}

async fn run(calls: &impl Calls, verb: &str, count: u64) -> Result<()> {
    if verb == "GET" { get(calls, count).await } else { post(calls, count).await }
}

async fn get(calls: &impl Calls, count: u64) -> Result<()> {
    for call in 0..count {
        let id = 1_000 + call % 1_000;
        let item = calls.item(id, "tea", REQUEST_ID).await.map_err(Into::into)?;
        assert_eq!(item.id, 1_042, "the server's example");
    }
    Ok(())
}

async fn post(calls: &impl Calls, count: u64) -> Result<()> {
    let order = Order::example();
    for _ in 0..count {
        let answer = calls.order(&order, REQUEST_ID).await.map_err(Into::into)?;
        assert_eq!(answer.number, order.number, "the server sends the order back");
    }
    Ok(())
}
