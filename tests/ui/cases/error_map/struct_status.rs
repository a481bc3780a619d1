//! sources: ours

#[derive(feign::ErrorMap)]
struct E {
    #[status]
    status: Option<feign::StatusCode>,
    error: feign::Error,
}

fn main() {}
