//! sources: ours

#[derive(feign::Param)]
union Number {
    int: u32,
    float: f32,
}

fn main() {}
