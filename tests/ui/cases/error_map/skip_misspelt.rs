//! sources: issue:unknown-key

#[derive(feign::ErrorMap)]
enum E {
    #[error_map(skipped)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
