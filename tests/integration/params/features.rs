//! Arguments of other crates' types, each behind the feature of its name.

#![allow(unused_imports, dead_code, reason = "each test needs a feature of its own")]

use super::Answer;
use crate::support::Server;

#[cfg(feature = "uuid")]
#[tokio::test]
async fn uuid() {
    use uuid::Uuid;

    #[feign::client]
    trait Uuids {
        #[get("/{id}{?ids*}")]
        async fn by(&self, id: Uuid, ids: &[Uuid], #[header] x_id: &Uuid) -> Answer;
    }
    let server = Server::silent_ok().await;
    let id = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
    UuidsClient::at(server.url()).unwrap().by(id, &[id], &id).await.unwrap();
    let text = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let sent = server.only();
    assert_eq!(sent.line, format!("GET /{text}?ids={text}"));
    assert_eq!(sent.header("x-id").as_deref(), Some(text));
}

#[cfg(feature = "time")]
#[tokio::test]
async fn time() {
    use time::macros::{date, datetime};
    use time::{Date, OffsetDateTime};

    #[feign::client]
    trait Times {
        #[get("/{day}{?at,until}")]
        async fn by(&self, day: Date, at: OffsetDateTime, until: Option<OffsetDateTime>) -> Answer;
    }
    let server = Server::silent_ok().await;
    let client = TimesClient::at(server.url()).unwrap();
    client.by(date!(2024 - 02 - 29), datetime!(2024-02-29 12:30:00 UTC), None).await.unwrap();
    assert_eq!(server.take().line, "GET /2024-02-29?at=2024-02-29T12%3A30%3A00Z");
    let until = datetime!(2024-02-29 12:30:00.5 +01:00);
    client.by(date!(2024 - 02 - 29), datetime!(2024-02-29 0:00 UTC), Some(until)).await.unwrap();
    let line =
        "GET /2024-02-29?at=2024-02-29T00%3A00%3A00Z&until=2024-02-29T12%3A30%3A00.5%2B01%3A00";
    assert_eq!(server.take().line, line);
}

#[cfg(feature = "chrono")]
#[tokio::test]
async fn chrono() {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};

    #[feign::client]
    trait Dates {
        #[get("/{day}{?at,local,plain}")]
        async fn by(
            &self,
            day: NaiveDate,
            at: DateTime<Utc>,
            local: DateTime<FixedOffset>,
            plain: NaiveDateTime,
        ) -> Answer;
    }
    let server = Server::silent_ok().await;
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let plain = day.and_hms_milli_opt(12, 30, 0, 500).unwrap();
    let at = day.and_hms_opt(12, 30, 0).unwrap().and_utc();
    let local = at.with_timezone(&FixedOffset::east_opt(3600).unwrap());
    DatesClient::at(server.url()).unwrap().by(day, at, local, plain).await.unwrap();
    assert_eq!(
        server.line(),
        "GET /2024-02-29?at=2024-02-29T12%3A30%3A00Z&local=2024-02-29T13%3A30%3A00%2B01%3A00\
         &plain=2024-02-29T12%3A30%3A00.500"
    );
}

#[cfg(feature = "jiff")]
#[tokio::test]
async fn jiff() {
    use jiff::{Timestamp, civil};

    #[feign::client]
    trait Stamps {
        #[get("/{day}{?at,plain}")]
        async fn by(&self, day: civil::Date, at: Timestamp, plain: civil::DateTime) -> Answer;
    }
    let server = Server::silent_ok().await;
    let day = civil::date(2024, 2, 29);
    let plain = day.at(12, 30, 0, 0);
    let at = Timestamp::from_second(1_709_209_800).unwrap();
    StampsClient::at(server.url()).unwrap().by(day, at, plain).await.unwrap();
    assert_eq!(
        server.line(),
        "GET /2024-02-29?at=2024-02-29T12%3A30%3A00Z&plain=2024-02-29T12%3A30%3A00"
    );
}

#[cfg(feature = "url")]
#[tokio::test]
async fn url() {
    use url::Url;

    #[feign::client]
    trait Urls {
        #[get("/{?back}")]
        async fn query(&self, back: &Url) -> Answer;
        #[get]
        async fn follow(&self, #[url] next: &Url) -> Answer;
    }
    let server = Server::silent_ok().await;
    let client = UrlsClient::at(server.url()).unwrap();
    client.query(&Url::parse("https://h.example/a?b=c#d").unwrap()).await.unwrap();
    assert_eq!(server.take().line, "GET /?back=https%3A%2F%2Fh.example%2Fa%3Fb%3Dc%23d");
    let next = Url::parse(&format!("{}/next?page=2#here", server.url())).unwrap();
    client.follow(&next).await.unwrap();
    assert_eq!(server.take().line, "GET /next?page=2");
}
