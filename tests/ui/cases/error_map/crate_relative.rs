//! sources: ours

#[derive(feign::ErrorMap)]
#[error_map(crate = feign)]
enum E {
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
