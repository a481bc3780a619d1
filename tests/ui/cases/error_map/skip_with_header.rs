//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[error_map(skip)]
    A(#[header("x-code")] String),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
