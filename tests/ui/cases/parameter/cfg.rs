//! sources: issue:cfg-attr-helper

#[feign::client]
trait Items {
    #[get("/items")]
    async fn item(
        &self,
        #[cfg(all())]
        #[query]
        q: &str,
    ) -> Result<String, feign::Error>;
}

fn main() {}
