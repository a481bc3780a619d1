//! sources: ours
//! in rustc's own words: E0277

struct Fastest;

fn hub() -> feign::HubBuilder {
    feign::Hub::builder().balance(Fastest)
}

fn main() {}
