//! sources: issue:unknown-key

#[derive(feign::ErrorMap)]
#[error_map(path = ::feign)]
enum E {
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
