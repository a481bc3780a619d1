//! sources: issue:duplicate-header, refit:RF009

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[header] authorization: &str,
        #[header("Authorization")] token: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
