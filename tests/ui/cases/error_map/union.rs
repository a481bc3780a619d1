//! sources: ours

#[derive(feign::ErrorMap)]
union E {
    a: u8,
    b: u16,
}

fn main() {}
