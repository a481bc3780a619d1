//! sources: issue:status-out-of-range

#[derive(feign::ErrorMap)]
enum E {
    #[status(600)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
