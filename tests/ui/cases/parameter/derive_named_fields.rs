//! sources: ours

#[derive(feign::Param)]
struct Sku {
    shop: String,
    number: u32,
}

fn main() {}
