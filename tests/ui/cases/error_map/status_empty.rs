//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
