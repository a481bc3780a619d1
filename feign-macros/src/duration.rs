//! Durations as they are written in attributes: `"2s"`, `"600ms"`, `"1m 30s"`.

/// Units with their nanoseconds, the largest first.
const UNITS: [(&str, u64); 6] = [
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// What every message about a duration says.
pub(crate) const FORMS: &str = "write whole numbers with `h`, `m`, `s`, `ms`, `us` or `ns`: `\"2s\"`, `\"600ms\"`, `\"1m 30s\"`";

/// Returns the nanoseconds, or why there are none.
pub(crate) fn parse(text: &str) -> Result<u64, &'static str> {
    let mut total = 0_u64;
    let mut parts = text.split_whitespace().peekable();
    if parts.peek().is_none() {
        return Err("is empty");
    }
    let mut last = usize::MAX;
    for part in parts {
        let (count, unit) = number(part).ok_or("is not a duration")?;
        if last != usize::MAX && unit <= last {
            return Err("is out of order: each part is of a smaller unit than the one before");
        }
        last = unit;
        let nanos = count.checked_mul(UNITS[unit].1).and_then(|nanos| total.checked_add(nanos));
        total = nanos.ok_or("is longer than 584 years")?;
    }
    if total == 0 { Err("is zero, so every call would fail") } else { Ok(total) }
}

/// Splits `600ms` into its count and the place of its unit.
fn number(part: &str) -> Option<(u64, usize)> {
    let digits = part.find(|letter: char| !letter.is_ascii_digit())?;
    let (count, unit) = part.split_at(digits);
    let unit = UNITS.iter().position(|(name, _)| *name == unit)?;
    Some((count.parse().ok()?, unit))
}

/// Writes nanoseconds as a message shows them.
pub(crate) fn show(nanos: u64) -> String {
    let (unit, size) =
        UNITS.into_iter().find(|(_, size)| nanos.is_multiple_of(*size)).unwrap_or(("ns", 1));
    format!("{}{unit}", nanos / size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let rows = [
            ("2s", 2_000_000_000),
            ("600ms", 600_000_000),
            ("1m 30s", 90_000_000_000),
            ("1h", 3_600_000_000_000),
            ("5us", 5_000),
            ("7ns", 7),
        ];
        for (text, nanos) in rows {
            assert_eq!(parse(text), Ok(nanos), "{text}");
        }
        for text in
            ["", " ", "2", "s", "2 s", "1.5s", "-1s", "2sec", "2S", "0s", "0m 0s", "1s 1m", "1s 1s"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse("99999999999999999999s").is_err());
        assert!(parse("9999999999h").is_err());
    }

    #[test]
    fn shown_in_the_largest_unit() {
        assert_eq!(show(90_000_000_000), "90s");
        assert_eq!(show(600_000_000), "600ms");
    }
}
