//! `#[retry_after]`: seconds or an HTTP date (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

use feign::{Error, ErrorMap};

use super::answered;

#[derive(Debug, ErrorMap)]
enum Throttled {
    #[status(429, 503)]
    Busy {
        #[retry_after]
        after: Option<Duration>,
    },
    #[otherwise]
    Other(Error),
}

fn busy(error: Error) -> Option<Duration> {
    match error.into() {
        Throttled::Busy { after } => after,
        Throttled::Other(error) => panic!("{error:?}"),
    }
}

#[test]
fn seconds_and_dates_are_read_and_nonsense_is_none() {
    let day = Some(Duration::from_secs(86400));
    let table = [
        // The table of Feign's decoder.
        ("86400", day),
        ("86400.0", day),
        ("Fri, 31 Dec 1999 23:59:59 GMT", Some(Duration::ZERO)),
        ("Fri, 31 Dec 1999 23:59:59 ZBW", None),
        ("99999999999999999999", None),
        // What else comes.
        ("0", Some(Duration::ZERO)),
        (" 7 ", Some(Duration::from_secs(7))),
        ("1.5", Some(Duration::from_millis(1500))),
        ("Friday, 31-Dec-99 23:59:59 GMT", Some(Duration::ZERO)),
        ("Fri Dec 31 23:59:59 1999", Some(Duration::ZERO)),
        ("-1", None),
        ("+1", None),
        ("NaN", None),
        ("inf", None),
        ("", None),
        ("soon", None),
        ("7 s", None),
        ("1e400", None),
    ];
    for (text, expected) in table {
        assert_eq!(busy(answered(429, "").with_header("retry-after", text)), expected, "{text:?}");
    }
    assert_eq!(busy(answered(503, "")), None);
}

#[test]
fn a_date_to_come_is_counted_from_now() {
    let date = "Fri, 31 Dec 9999 23:59:59 GMT";
    let left = busy(answered(503, "").with_header("retry-after", date)).unwrap();
    let end = Duration::from_secs(253_402_300_799);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert!(left.abs_diff(end - now) < Duration::from_secs(60), "{left:?}");
}
