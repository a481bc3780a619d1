//! sources: issue:duplicate-header

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[cookie("session")] a: &str,
        #[cookie("session")] b: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
