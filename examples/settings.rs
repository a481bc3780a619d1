//! An operator's words, from a file and the environment: `cargo run --example settings`.
//!
//! Try `FEIGN__SERVICES__INVENTORY__METHODS__ITEM__TIMEOUT=1ms cargo run --example settings`, or a
//! key that does not exist.

use figment::Figment;
use figment::providers::{Env, Format, Toml};

#[feign::client(service = "inventory")]
trait Inventory {
    /// The literal is what the developer thought; the settings overrule it.
    #[get("/items/{sku}")]
    #[timeout("5s")]
    async fn item(&self, sku: &str) -> Result<String, feign::Error>;
}

fn settings() -> Result<feign::Settings, Box<figment::Error>> {
    Figment::new()
        .merge(Toml::file(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/settings.toml")))
        .merge(Env::prefixed("FEIGN__").split("__"))
        .extract()
        .map_err(Box::new)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let settings = settings()?;
    println!("{settings:#?}\n");

    let hub = feign::Hub::builder()
        .service("inventory", |s| s.url(silent_server()))
        .settings(settings)
        .build()?;
    let inventory: InventoryClient = hub.client();
    let elsewhere: InventoryClient = hub.client_at(silent_server())?;
    for client in [inventory, elsewhere] {
        match client.item("A-1").await {
            Ok(item) => println!("{item}"),
            Err(error) => println!("{error}"),
        }
    }

    let typo: Result<feign::Settings, _> =
        Figment::new().merge(Toml::string("[services.inventory]\ntimout = \"1s\"")).extract();
    if let Err(error) = typo {
        println!("\na key with a typo: {error}");
    }
    Ok(())
}

/// A server that takes connections and never answers.
fn silent_server() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("a socket of ours"));
    // The system accepts for it as long as the socket lives.
    std::mem::forget(listener);
    url
}
