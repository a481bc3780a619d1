//! sources: ours

#[allow(unused_macros)]
macro_rules! operations {
    () => {};
}

#[feign::client]
trait Items {
    operations!();

    #[get("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
