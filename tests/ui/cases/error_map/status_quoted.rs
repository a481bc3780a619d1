//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status("409")]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
