//! sources: ours

#[derive(feign::ErrorMap)]
struct E {
    status: Option<feign::StatusCode>,
    body: feign::Bytes,
}

fn main() {}
