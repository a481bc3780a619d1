//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(4XX)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
