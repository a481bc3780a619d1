//! sources: ours

#[derive(feign::ErrorMap)]
#[code("/code")]
struct E {
    error: feign::Error,
}

fn main() {}
