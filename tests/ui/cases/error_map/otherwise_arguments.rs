//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A,
    #[otherwise(500)]
    Other(feign::Error),
}

fn main() {}
