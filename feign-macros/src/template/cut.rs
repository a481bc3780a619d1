//! From the text of a template to its pieces.

use super::{Expression, Operator, Part, Template, Variable};

/// Cuts `text`; what is wrong with it goes to `mistakes`, each with its repair.
pub(crate) fn cut(text: &str, mistakes: &mut Vec<String>) -> Template {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let brace = rest.find(['{', '}']).unwrap_or(rest.len());
        let (literal, tail) = rest.split_at(brace);
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.to_owned()));
        }
        rest = match tail.chars().next() {
            None => "",
            Some('}') => {
                mistakes.push("a `}` stands without its `{`; write `{name}` for a variable, `%7D` for the sign".to_owned());
                &tail[1..]
            }
            Some(_) => {
                if let Some((whole, after)) = nested(tail) {
                    mistakes.push(format!("`{whole}` holds a brace within braces; write each variable in braces of its own"));
                    rest = after;
                    continue;
                }
                let Some((inside, after)) = tail[1..].split_once('}') else {
                    mistakes
                        .push(format!("`{tail}` is never closed; write `}}` behind the variable"));
                    break;
                };
                parts.extend(expression(inside, mistakes).map(Part::Expression));
                after
            }
        };
    }
    Template { parts }
}

/// Returns an expression that holds another one, and what follows it.
fn nested(tail: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for (at, sign) in tail.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
        if depth == 0 {
            return (deepest > 1).then(|| tail.split_at(at + 1));
        }
    }
    None
}

/// `expression = "{" [ operator ] variable-list "}"` (RFC 6570 §2.2)
fn expression(inside: &str, mistakes: &mut Vec<String>) -> Option<Expression> {
    let Some(first) = inside.chars().next() else {
        mistakes.push("`{}` names no variable; write `{name}`".to_owned());
        return None;
    };
    if matches!(first, '=' | ',' | '!' | '@' | '|') {
        mistakes.push(format!(
            "`{{{inside}}}` begins with `{first}`, which RFC 6570 keeps for later; write `{{name}}`, or one of the operators `+ # . / ; ? &`"
        ));
        return None;
    }
    let operator = Operator::of(first).unwrap_or(Operator::Simple);
    let names = &inside[operator.sign().len()..];
    let before = mistakes.len();
    let variables: Vec<_> =
        names.split(',').filter_map(|name| variable(name, inside, mistakes)).collect();
    (mistakes.len() == before).then_some(Expression { operator, variables })
}

/// `varspec = varname [ ":" max-length / "*" ]` (RFC 6570 §2.3 and §2.4)
fn variable(spec: &str, inside: &str, mistakes: &mut Vec<String>) -> Option<Variable> {
    let (name, explode) = match spec.strip_suffix('*') {
        Some(name) => (name, true),
        None => (spec, false),
    };
    let (name, prefix) = match name.split_once(':') {
        Some((name, digits)) => (name, Some(prefix(digits, inside, mistakes)?)),
        None => (name, None),
    };
    if explode && prefix.is_some() {
        mistakes.push(format!("`{{{inside}}}` has both `:` and `*`; write one of them"));
        return None;
    }
    if let Some(mistake) = name_mistake(name, inside) {
        mistakes.push(mistake);
        return None;
    }
    Some(Variable { name: name.to_owned(), explode, prefix })
}

/// `max-length = %x31-39 0*3DIGIT`
fn prefix(digits: &str, inside: &str, mistakes: &mut Vec<String>) -> Option<u16> {
    let shape = !digits.starts_with('0')
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let prefix = digits.parse().ok().filter(|_| shape);
    if prefix.is_none() {
        mistakes.push(format!(
            "`:{digits}` in `{{{inside}}}` is not the length of a prefix; write a number from 1 to 9999, and check what a value may be in its type"
        ));
    }
    prefix
}

/// `varname = varchar *( ["."] varchar )`, `varchar = ALPHA / DIGIT / "_" / pct-encoded`
fn name_mistake(name: &str, inside: &str) -> Option<String> {
    if name.is_empty() {
        return Some(format!("`{{{inside}}}` lacks a variable's name; write `{{name}}`"));
    }
    if is_name(name) {
        return None;
    }
    let repaired: String = name
        .trim()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '_' })
        .collect();
    let repair = if is_name(&repaired) {
        format!("write `{repaired}`")
    } else {
        "write `{name}`".to_owned()
    };
    let mut mistake = format!(
        "`{name}` in `{{{inside}}}` is not a variable's name, which is letters, digits, `_` and inner dots; {repair}"
    );
    if name.contains('-') {
        mistake += ", or, in the query, an argument marked `#[query(\"";
        mistake += name;
        mistake += "\")]`";
    }
    Some(mistake)
}

pub(crate) fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let mut dot = true;
    while let Some(byte) = bytes.next() {
        match byte {
            b'.' if dot => return false,
            b'.' => dot = true,
            b'%' => {
                let escape = [bytes.next(), bytes.next()];
                if !escape.iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_hexdigit())) {
                    return false;
                }
                dot = false;
            }
            _ if byte.is_ascii_alphanumeric() || byte == b'_' => dot = false,
            _ => return false,
        }
    }
    !dot
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<String> {
        let mut mistakes = Vec::new();
        cut(text, &mut mistakes);
        mistakes
    }

    #[test]
    fn what_is_cut_is_what_was_written() {
        for text in [
            "",
            "/",
            "/items/{sku}",
            "{/var:1,var}",
            "/items{?q,tags*,pageSize}",
            "{+path:6}/here",
            "{a.b}",
            "{%20x}",
            "{.x}{;y*}{&z}{#f}",
            "O{undef}X",
            "{a,b,c}/{_1}",
        ] {
            let mut mistakes = Vec::new();
            assert_eq!(cut(text, &mut mistakes).to_string(), text);
            assert_eq!(mistakes, Vec::<String>::new(), "{text}");
        }
    }

    /// The official negative examples that a cutter decides.
    #[test]
    fn negatives_are_refused() {
        for text in [
            "{/id*",
            "/id*}",
            "{/?id}",
            "{var:prefix}",
            "{hello:2*}",
            "{??hello}",
            "{!hello}",
            "{with space}",
            "{ leading_space}",
            "{trailing_space }",
            "{=path}",
            "{$var}",
            "{|var*}",
            "{*keys?}",
            "{?empty=default,var}",
            "{var}{-prefix|/-/|var}",
            "?q={searchTerms}&amp;c={example:color?}",
            "x{?empty|foo=none}",
            "/h{#hello+}",
            "/h#{hello+}",
            "{;keys:1*}",
            "?{-join|&|var,list}",
            "/people/{~thing}",
            "/{default-graph-uri}",
            "/sparql{?query,default-graph-uri}",
            "/sparql{?query){&default-graph-uri*}",
            "/resolution{?x, y}",
            "{}",
            "{?}",
            "{a,}",
            "{var:0}",
            "{var:01}",
            "{var:10000}",
            "{x.}",
            "{x..y}",
            "{.}",
            "{%2x}",
            "{x:}",
            "/{foo{bar}}/{baz}",
        ] {
            assert!(!mistakes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn every_mistake_is_told_with_a_repair() {
        let found = mistakes("/{}/{a-b}/{x:0}");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|mistake| mistake.contains("write ")), "{found:?}");
    }
}
