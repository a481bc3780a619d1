//! sources: ours

#[feign::client]
trait Items {
    #[get("/items{?q}")]
    async fn item(
        &self,
        /** The text. */
        q: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
