//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(204)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
