//! Services found in a file, which is changed while calls go on: `cargo run --example file --features file`.

use std::time::Duration;
use std::{env, fs};

use feign::discover::{Endpoint, File, Freshness};
use feign::{Body, Hub, Request, Response};

#[feign::client(service = "greeter")]
trait Greeter {
    #[get("/hello")]
    async fn hello(&self) -> Result<String, feign::Error>;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = env::temp_dir().join(format!("feign-example-{}.toml", std::process::id()));
    fs::write(&path, r#"greeter = ["http://10.0.0.1:80"]"#)?;

    let hub = Hub::builder()
        .discover(File::at(&path)?.every(Duration::from_millis(50)))
        .transport(tower::service_fn(answer))
        .build()?;
    let greeter: GreeterClient = hub.client();
    println!("{}", greeter.hello().await?);

    println!("\nan editor saves half a line:");
    fs::write(&path, r#"greeter = ["http://10.0.0.2:80", { url = "#)?;
    until(|| matches!(hub.endpoints("greeter").freshness(), Freshness::Stale { .. })).await;
    if let Freshness::Stale { cause, .. } = hub.endpoints("greeter").freshness() {
        println!("stale: {cause}");
    }
    println!("{}", greeter.hello().await?);

    println!("\nand then all of it:");
    let whole =
        r#"greeter = ["http://10.0.0.2:80", { url = "http://10.0.0.3:80", state = "draining" }]"#;
    fs::write(&path, whole)?;
    until(|| matches!(hub.endpoints("greeter").freshness(), Freshness::Live)).await;
    println!("{}", greeter.hello().await?);

    fs::remove_file(&path)?;
    Ok(())
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// In the place of a network: every endpoint answers with its address.
async fn answer(request: Request<Body>) -> Result<Response<Body>, feign::Error> {
    let endpoint = Endpoint::of(&request).map_or("nobody", Endpoint::as_str);
    Ok(Response::new(Body::from(format!("hello from {endpoint}"))))
}
