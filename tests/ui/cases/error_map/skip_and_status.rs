//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[error_map(skip)]
    #[status(409)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
