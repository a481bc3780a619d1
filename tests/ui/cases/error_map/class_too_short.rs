//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(4x)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
