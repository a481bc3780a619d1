//! sources: issue:colliding-constants

#[feign::client]
trait Items {
    #[get("/items")]
    async fn get_it(&self) -> Result<String, feign::Error>;

    #[expect(non_snake_case)]
    #[get("/things")]
    async fn GET_IT(&self) -> Result<String, feign::Error>;
}

fn main() {}
