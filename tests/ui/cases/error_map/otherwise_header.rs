//! sources: ours

#[derive(feign::ErrorMap)]
enum E {
    #[status(409)]
    A,
    #[otherwise]
    Other { error: feign::Error, #[header("x-code")] code: u32 },
}

fn main() {}
