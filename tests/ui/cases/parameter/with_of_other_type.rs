//! sources: microprofile:computed-header-wrong-signature
//! in rustc's own words: E0308

fn to_text(value: &str) -> String {
    value.to_owned()
}

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[header("x-day", with = to_text)] day: u32,
    ) -> Result<String, feign::Error>;
}

fn main() {}
