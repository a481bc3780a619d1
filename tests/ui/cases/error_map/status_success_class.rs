//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(2xx)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
