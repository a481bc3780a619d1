//! Arguments of other crates' types, each behind the feature of its name.

use super::{Param, Text};

#[cfg(feature = "uuid")]
impl Param for uuid::Uuid {
    fn text(&self, out: &mut Text<'_>) {
        out.push_plain(self.hyphenated().encode_lower(&mut [0; 36]));
    }
}

#[cfg(feature = "url")]
mod of_url {
    use super::{Param, Text};
    use crate::param::UrlParam;

    impl Param for url::Url {
        fn text(&self, out: &mut Text<'_>) {
            out.push_str(self.as_str());
        }
    }

    impl UrlParam for url::Url {
        fn link(&self, with: &mut dyn FnMut(&str)) {
            with(self.as_str());
        }
    }
}

/// Dates and times are sent as RFC 3339 writes them.
#[cfg(feature = "time")]
mod of_time {
    use time::format_description::well_known::Rfc3339;
    use time::{Date, OffsetDateTime};

    use super::{Param, Text};

    impl Param for OffsetDateTime {
        fn text(&self, out: &mut Text<'_>) {
            match self.format(&Rfc3339) {
                Ok(text) => out.push_str(&text),
                Err(_) => out.refuse("RFC 3339 has no text for it"),
            }
        }
    }

    impl Param for Date {
        fn text(&self, out: &mut Text<'_>) {
            out.push_display(self);
        }
    }
}

/// Dates and times are sent as RFC 3339 writes them; those without an offset as ISO 8601.
#[cfg(feature = "chrono")]
mod of_chrono {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone};

    use super::{Param, Text};

    impl<Z: TimeZone> Param for DateTime<Z> {
        fn text(&self, out: &mut Text<'_>) {
            out.push_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        }
    }

    impl Param for NaiveDate {
        fn text(&self, out: &mut Text<'_>) {
            out.push_display(self);
        }
    }

    impl Param for NaiveDateTime {
        fn text(&self, out: &mut Text<'_>) {
            out.push_display(self.format("%Y-%m-%dT%H:%M:%S%.f"));
        }
    }
}

/// Dates and times are sent as RFC 3339 writes them; a `ZonedDateTime` with its zone, as RFC 9557 does.
#[cfg(feature = "jiff")]
mod of_jiff {
    use super::{Param, Text};

    macro_rules! displayed {
        ($($type:ty)*) => {$(
            impl Param for $type {
                fn text(&self, out: &mut Text<'_>) {
                    out.push_display(self);
                }
            }
        )*};
    }
    displayed!(jiff::Timestamp jiff::ZonedDateTime jiff::civil::Date jiff::civil::DateTime jiff::civil::Time);
}
