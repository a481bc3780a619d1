//! sources: ours

#[feign::publisher]
struct Orders;

fn main() {}
