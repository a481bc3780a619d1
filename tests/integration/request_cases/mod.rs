//! Sixty-two telling cases of Feign, Retrofit and Refit, each with what they send and what we send.
//!
//! `cargo test --test integration request_cases -- --nocapture` prints the table. The numbers and
//! the middle column are those of the table the cases were collected in.

mod feign_rows;
mod refit_rows;
mod retrofit_rows;
mod table;

use table::Table;

type Answer = Result<(), feign::Error>;

#[tokio::test]
async fn sixty_two_cases() {
    let mut table = Table::start().await;
    feign_rows::paths(&mut table).await;
    feign_rows::queries(&mut table).await;
    feign_rows::headers_and_bodies(&mut table).await;
    feign_rows::maps_and_flags(&mut table).await;
    retrofit_rows::paths(&mut table).await;
    retrofit_rows::queries_and_headers(&mut table).await;
    refit_rows::paths(&mut table).await;
    refit_rows::queries_and_headers(&mut table).await;
    table.finish();
}
