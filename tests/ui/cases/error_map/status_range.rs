//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(500..=599)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
