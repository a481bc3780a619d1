//! sources: issue:status-out-of-range

#[derive(feign::ErrorMap)]
enum E {
    #[status(6xx)]
    A,
    #[otherwise]
    Other(feign::Error),
}

fn main() {}
