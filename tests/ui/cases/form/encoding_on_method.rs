//! sources: retrofit:formEncodingFailsWithNoParts

#[feign::client]
trait Items {
    #[form_urlencoded]
    #[post("/items")]
    async fn item(&self) -> Result<String, feign::Error>;
}

fn main() {}
