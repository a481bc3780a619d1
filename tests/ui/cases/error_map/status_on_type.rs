//! sources: ours

#[derive(feign::ErrorMap)]
#[status(409)]
enum E {
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
