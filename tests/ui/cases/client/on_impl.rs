//! sources: ours

struct Items;

#[feign::client]
impl Items {}

fn main() {}
