//! sources: ours

#[derive(feign::ErrorMap)]
enum E<'a> {
    #[error_map(skip)]
    A(&'a str),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
