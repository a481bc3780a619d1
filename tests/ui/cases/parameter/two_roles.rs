//! sources: retrofit:multipleParameterAnnotationsNotAllowed

#[feign::client]
trait Items {
    #[post("/items")]
    async fn item(
        &self,
        #[body]
        #[query("nope")]
        order: String,
    ) -> Result<String, feign::Error>;
}

fn main() {}
