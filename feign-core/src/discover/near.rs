//! The nearest of some names, for "did you mean".

/// Returns the name nearest to what was asked for, if one is near.
pub(super) fn nearest<'a>(asked: &str, names: &'a [String]) -> Option<&'a str> {
    // Longer ones are no slips of the hand, and would take long to compare.
    let most = (asked.chars().count() / 3).clamp(1, 5);
    let near = names.iter().filter(|name| name.len().abs_diff(asked.len()) <= 4 * most);
    let near = near.map(|name| (distance(&plain(asked), &plain(name)), name.as_str()));
    near.min().filter(|(distance, _)| *distance <= most).map(|(_, name)| name)
}

/// Without what is often mixed up.
fn plain(name: &str) -> Vec<char> {
    name.chars().filter(char::is_ascii_graphic).flat_map(char::to_lowercase).map(dash).collect()
}

const fn dash(letter: char) -> char {
    match letter {
        '_' | '.' => '-',
        letter => letter,
    }
}

/// How many letters have to be changed, added or taken away (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (above, letter) in a.iter().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(b) {
            let changed = diagonal + usize::from(letter != other);
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["inventory", "orders", "payments-eu"].map(str::to_owned);
        for (asked, near) in [
            ("inventroy", Some("inventory")),
            ("INVENTORY", Some("inventory")),
            ("order", Some("orders")),
            ("payments_eu", Some("payments-eu")),
            ("payments.us", Some("payments-eu")),
            ("", None),
            ("shipping", None),
        ] {
            assert_eq!(nearest(asked, &names), near, "{asked}");
        }
        assert_eq!(nearest(&"x".repeat(1 << 20), &names), None);
    }

    #[test]
    fn distances() {
        for (a, b, far) in [("", "", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3)] {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&chars(a), &chars(b)), far, "{a} {b}");
        }
    }
}
