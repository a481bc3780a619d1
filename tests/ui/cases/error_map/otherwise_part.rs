//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A,
    #[otherwise]
    Other(feign::Error, feign::StatusCode),
}

fn main() {}
