//! sources: ours

struct Fastest;

fn hub() -> feign::HubBuilder {
    feign::Hub::builder().balance(Fastest)
}

fn main() {}
