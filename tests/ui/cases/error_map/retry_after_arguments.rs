//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(429)]
    A(#[retry_after("seconds")] Option<std::time::Duration>),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
