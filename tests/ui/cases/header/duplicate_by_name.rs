//! sources: issue:duplicate-header

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[header] x_day: &str,
        #[header("x-day")] day: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
