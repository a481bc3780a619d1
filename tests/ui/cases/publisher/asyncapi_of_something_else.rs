//! sources: ours

use feign::publish::asyncapi::Document;

struct Orders;

fn main() {
    let document = Document::new("Shop", "1.0.0").publisher::<Orders>();
    println!("{document}");
}
