//! `"orders.{region}.v1"`: the topic of a method, cut when the macro runs.

use crate::syntax;

/// A piece of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    /// `{region}`
    Hole(String),
}

/// Kafka's limit, which other brokers keep too.
const LONGEST: usize = 249;

/// Cuts a topic, or says what is wrong with it.
pub(crate) fn cut(topic: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = topic;
    while let Some((text, behind)) = rest.split_once('{') {
        push(&mut pieces, text, topic)?;
        let Some((name, behind)) = behind.split_once('}') else {
            return Err(format!("the `{{` in `{topic}` is never closed; write `{{name}}`"));
        };
        if syn::parse_str::<syn::Ident>(name).is_err() {
            let shown = name.escape_debug();
            return Err(format!(
                "`{{{shown}}}` is no placeholder, which is the name of an argument or of a setting; write `{{name}}`"
            ));
        }
        let hole = Piece::Hole(syntax::plain(&quote::format_ident!("{name}")));
        if pieces.contains(&hole) {
            return Err(format!("`{{{name}}}` is in the topic twice; write it once"));
        }
        pieces.push(hole);
        rest = behind;
    }
    push(&mut pieces, rest, topic)?;
    check(topic, &pieces)?;
    Ok(pieces)
}

fn push(pieces: &mut Vec<Piece>, text: &str, topic: &str) -> Result<(), String> {
    let legal = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-');
    if text.contains('}') {
        return Err(format!("the `}}` in `{topic}` closes nothing; write `{{name}}`"));
    }
    if let Some(sign) = text.chars().find(|sign| !legal(*sign)) {
        let shown = sign.escape_debug();
        return Err(format!(
            "a topic holds letters, digits, `.`, `_` and `-`, and this one holds `{shown}`; write it without"
        ));
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
    Ok(())
}

fn check(topic: &str, pieces: &[Piece]) -> Result<(), String> {
    let length: usize = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Hole(_) => 0,
        })
        .sum();
    if pieces.is_empty() {
        return Err("the topic is empty; write its name, as `orders.created.v1`".to_owned());
    }
    if topic == "." || topic == ".." {
        return Err(format!("`{topic}` is no topic; write its name, as `orders.created.v1`"));
    }
    if length > LONGEST {
        return Err(format!(
            "the topic has {length} characters, and {LONGEST} is the most; write a shorter one"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_cut_at_their_placeholders() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let hole = |name: &str| Piece::Hole(name.to_owned());
        assert_eq!(cut("orders"), Ok(vec![text("orders")]));
        assert_eq!(cut("a.{b}.c"), Ok(vec![text("a."), hole("b"), text(".c")]));
        assert_eq!(cut("{a}{b}"), Ok(vec![hole("a"), hole("b")]));
        for bad in
            ["", ".", "a b", "a/{b}", "{", "}", "{}", "{a b}", "{a}{a}", "a\0", &"x".repeat(250)]
        {
            assert!(cut(bad).is_err(), "{bad}");
        }
    }
}
