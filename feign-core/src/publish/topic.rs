//! What a topic may be called.

/// Kafka's limit, which other brokers keep too.
const LONGEST: usize = 249;

/// Says why this is no topic's name (`org.apache.kafka.common.internals.Topic`).
pub(super) fn mistake(topic: &str) -> Option<String> {
    let legal = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-');
    if topic.is_empty() {
        Some("the topic is empty".to_owned())
    } else if topic == "." || topic == ".." {
        Some(format!("`{topic}` is no topic"))
    } else if topic.len() > LONGEST {
        Some(format!("the topic has {} characters, and {LONGEST} is the most", topic.len()))
    } else {
        let sign = topic.chars().find(|sign| !legal(*sign))?;
        Some(format!(
            "the topic holds `{}`, and may hold letters, digits, `.`, `_` and `-`",
            sign.escape_debug()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_broker_would_refuse_are_refused() {
        for good in ["a", "orders.created.v1", "A_b-9", &"x".repeat(249)] {
            assert_eq!(mistake(good), None, "{good}");
        }
        for bad in ["", ".", "..", "a b", "a/b", "a\0", "ä", "a\n", &"x".repeat(250)] {
            assert!(mistake(bad).is_some(), "{bad:?}");
        }
    }
}
