//! sources: ours

fn to_text(value: &str) -> String {
    value.to_owned()
}

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(&self, #[query(with = "to_text")] q: &str) -> Result<String, feign::Error>;
}

fn main() {}
