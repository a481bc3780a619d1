//! sources: ours

use feign::publish::{Error, Receipt};

#[feign::publisher]
trait Orders {
    async fn created(&self, #[key] id: &str) -> Result<Receipt, Error> {
        let _ = id;
        Err(feign::publish::Error::new(feign::publish::Kind::Closed))
    }
}

fn main() {}
