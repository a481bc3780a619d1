//! sources: retrofit:multipleParameterAnnotationsNotAllowed

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[query("a")]
        #[query("b")]
        q: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
