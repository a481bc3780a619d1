//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A(#[header("x-code")] #[retry_after] Option<std::time::Duration>),
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
