//! Expansion of a cut template: RFC 6570, level 4.

/// How an expression of a template is written out (RFC 6570 §2.2 and appendix A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `{x}`
    Simple,
    /// `{+x}`
    Reserved,
    /// `{#x}`
    Fragment,
    /// `{.x}`
    Label,
    /// `{/x}`
    Path,
    /// `{;x}`
    Matrix,
    /// `{?x}`
    Query,
    /// `{&x}`
    QueryNext,
}

impl Operator {
    pub(crate) const fn first(self) -> &'static str {
        match self {
            Self::Simple | Self::Reserved => "",
            Self::Fragment => "#",
            Self::Label => ".",
            Self::Path => "/",
            Self::Matrix => ";",
            Self::Query => "?",
            Self::QueryNext => "&",
        }
    }

    pub(crate) const fn separator(self) -> &'static str {
        match self {
            Self::Simple | Self::Reserved | Self::Fragment => ",",
            Self::Label => ".",
            Self::Path => "/",
            Self::Matrix => ";",
            Self::Query | Self::QueryNext => "&",
        }
    }

    /// Whether values follow their name.
    pub(crate) const fn is_named(self) -> bool {
        matches!(self, Self::Matrix | Self::Query | Self::QueryNext)
    }

    pub(crate) const fn is_query(self) -> bool {
        matches!(self, Self::Query | Self::QueryNext)
    }

    /// What stands between name and an empty value.
    pub(crate) const fn before_empty(self) -> &'static str {
        if self.is_query() { "=" } else { "" }
    }

    pub(crate) const fn allow(self) -> Allow {
        match self {
            Self::Reserved | Self::Fragment => Allow::Reserved,
            _ => Allow::Unreserved,
        }
    }
}

/// A variable of an expression: its name as it is sent, and its modifiers.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    pub(crate) name: &'static str,
    pub(crate) explode: bool,
    pub(crate) prefix: Option<u16>,
}

impl Variable {
    /// Makes a variable; `prefix` 0 means the whole value.
    #[must_use]
    pub const fn new(name: &'static str, explode: bool, prefix: u16) -> Self {
        Self { name, explode, prefix: if prefix == 0 { None } else { Some(prefix) } }
    }
}

/// Which characters of a value are sent as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allow {
    /// Letters, digits and `-._~` (RFC 3986 §2.3).
    Unreserved,
    /// Those, the reserved ones and escapes that are already there.
    Reserved,
    /// Those but for `?` and `#`.
    Path,
    /// What WHATWG's `application/x-www-form-urlencoded` leaves: letters, digits and `*-._`; a space is `+`.
    Form,
    /// Everything: a header's text, judged as a whole later.
    All,
    /// Everything: the content of a part.
    Content,
}

impl Allow {
    /// Whether a line break means what it says; elsewhere it could end what it stands in.
    pub(crate) const fn has_lines(self) -> bool {
        matches!(self, Self::Form | Self::Content)
    }
}

const fn class(reserved: bool, ends: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        table[byte] = c.is_ascii_alphanumeric()
            || matches!(c, b'-' | b'.' | b'_' | b'~')
            || reserved
                && matches!(
                    c,
                    b':' | b'/'
                        | b'['
                        | b']'
                        | b'@'
                        | b'!'
                        | b'$'
                        | b'&'
                        | b'\''
                        | b'('
                        | b')'
                        | b'*'
                        | b'+'
                        | b','
                        | b';'
                        | b'='
                )
            || ends && matches!(c, b'?' | b'#');
        byte += 1;
    }
    table
}

const fn form() -> [bool; 256] {
    let mut table = class(false, false);
    table[b'~' as usize] = false;
    table[b'*' as usize] = true;
    table
}

static UNRESERVED: [bool; 256] = class(false, false);
static RESERVED: [bool; 256] = class(true, true);
static PATH: [bool; 256] = class(true, false);
static FORM: [bool; 256] = form();
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `text`, percent-encoding what is not allowed; a run that needs nothing is copied whole.
pub(crate) fn push_encoded(out: &mut String, text: &str, allow: Allow) {
    let table = match allow {
        Allow::Unreserved => &UNRESERVED,
        Allow::Reserved => &RESERVED,
        Allow::Path => &PATH,
        Allow::Form => &FORM,
        Allow::All | Allow::Content => return out.push_str(text),
    };
    let bytes = text.as_bytes();
    let mut start = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let keeps_escapes = matches!(allow, Allow::Reserved | Allow::Path);
        if table[usize::from(byte)] || (keeps_escapes && is_escape(&bytes[at..])) {
            continue;
        }
        // `start` and `at` border on ASCII or on bytes that were escaped one by one.
        out.push_str(text.get(start..at).unwrap_or_default());
        if byte == b' ' && allow == Allow::Form {
            out.push('+');
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        start = at + 1;
    }
    out.push_str(text.get(start..).unwrap_or_default());
}

/// Whether the bytes begin with `%XX`.
pub(crate) fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// Cuts a value to its first `count` characters; an escape that is sent as it is counts as one.
pub(crate) fn prefix(text: &str, count: usize, allow: Allow) -> &str {
    let mut rest = text;
    for _ in 0..count {
        let step = match rest.chars().next() {
            None => return text,
            Some(_)
                if matches!(allow, Allow::Reserved | Allow::Path) && is_escape(rest.as_bytes()) =>
            {
                3
            }
            Some(character) => character.len_utf8(),
        };
        rest = &rest[step..];
    }
    &text[..text.len() - rest.len()]
}
