//! sources: ours

struct Inner;

#[derive(feign::Param)]
struct Sku(Inner);

fn main() {}
