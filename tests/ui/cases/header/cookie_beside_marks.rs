//! sources: issue:duplicate-header

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[header] cookie: &str,
        #[cookie] session: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
