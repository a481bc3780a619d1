//! Calls whose cost is their body.

mod declared;
mod with_reqwest;

pub(crate) use self::{declared::on_reqwest, with_reqwest::WithReqwest};

use crate::{
    Result,
    model::{Item, Order},
};
use serde::Serialize;
use std::{
    env,
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

/// As many orders as make 100 KB of JSON.
const ORDERS: usize = 350;

/// What both ways can do.
pub(crate) trait Bodies {
    /// Sends orders as JSON and reads them back.
    async fn orders(&self, orders: &[Order]) -> Result<Vec<Order>>;

    /// Sends a form.
    async fn address(&self, address: &Address<'_>) -> Result<Item>;

    /// Sends a file beside a text.
    async fn upload(&self, caption: &str, file: &Path) -> Result<Item>;

    /// Reads a stream and returns its length.
    async fn download(&self) -> Result<usize>;

    /// Reads items line by line and returns how many they were.
    async fn items(&self) -> Result<usize>;
}

/// What a form sends.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Address<'a> {
    name: &'a str,
    street: &'a str,
    city: &'a str,
    floor: Option<u8>,
    note: &'a str,
}

/// Makes the calls of one name, `count` times.
pub(crate) async fn run(bodies: &impl Bodies, call: &str, count: u64) -> Result<()> {
    match call {
        "JSON" => orders(bodies, count).await,
        "FORM" => address(bodies, count).await,
        "UPLOAD-1" => upload(bodies, 1_000_000, count).await,
        "UPLOAD-10" => upload(bodies, 10_000_000, count).await,
        "DOWNLOAD" => download(bodies, count).await,
        "NDJSON" => items(bodies, count).await,
        _ => Err(format!("there is no call `{call}`").into()),
    }
}

async fn orders(bodies: &impl Bodies, count: u64) -> Result<()> {
    let orders: Vec<Order> = (0..ORDERS).map(|_| Order::example()).collect();
    for _ in 0..count {
        assert_eq!(bodies.orders(&orders).await?.len(), ORDERS, "the server sends them back");
    }
    Ok(())
}

async fn address(bodies: &impl Bodies, count: u64) -> Result<()> {
    let address = Address {
        name: "Ada Lovelace",
        street: "12 St James's Square",
        city: "London SW1Y 4JH",
        floor: Some(2),
        note: "ring twice, please",
    };
    for _ in 0..count {
        assert_eq!(bodies.address(&address).await?.id, 1_042, "the server's example");
    }
    Ok(())
}

async fn upload(bodies: &impl Bodies, length: u64, count: u64) -> Result<()> {
    let file = file_of(length)?;
    for _ in 0..count {
        assert_eq!(bodies.upload("Cats", &file).await?.id, 1_042, "the server's example");
    }
    Ok(())
}

async fn download(bodies: &impl Bodies, count: u64) -> Result<()> {
    for _ in 0..count {
        assert_eq!(bodies.download().await?, 10_000_000, "the server's whole export");
    }
    Ok(())
}

async fn items(bodies: &impl Bodies, count: u64) -> Result<()> {
    for _ in 0..count {
        assert_eq!(bodies.items().await?, 10_000, "all of the server's items");
    }
    Ok(())
}

/// Writes a file beside this program, in small pieces: the peak of memory is to be the upload's.
fn file_of(length: u64) -> Result<PathBuf> {
    let path = env::current_exe()?.with_file_name(format!("upload.{length}"));
    io::copy(&mut io::repeat(b'x').take(length), &mut File::create(&path)?)?;
    Ok(path)
}
