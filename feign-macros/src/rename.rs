//! `rename_all`: serde's eight rules.

/// How names of arguments or variants are written on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RenameRule {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const RULES: [(&str, RenameRule); 8] = [
    ("lowercase", RenameRule::Lower),
    ("UPPERCASE", RenameRule::Upper),
    ("PascalCase", RenameRule::Pascal),
    ("camelCase", RenameRule::Camel),
    ("snake_case", RenameRule::Snake),
    ("SCREAMING_SNAKE_CASE", RenameRule::ScreamingSnake),
    ("kebab-case", RenameRule::Kebab),
    ("SCREAMING-KEBAB-CASE", RenameRule::ScreamingKebab),
];

impl RenameRule {
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        RULES.iter().map(|(name, _)| *name)
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        RULES.iter().find(|(known, _)| *known == name).map(|(_, rule)| *rule)
    }

    /// Renames an argument, which is written in `snake_case`.
    pub(crate) fn argument(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => pascal(name),
            Self::Camel => lower_first(&pascal(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Renames a variant, which is written in `PascalCase`.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => lower_first(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut capital = true;
    for letter in name.chars() {
        if letter == '_' {
            capital = true;
        } else {
            out.push(if capital { letter.to_ascii_uppercase() } else { letter });
            capital = false;
        }
    }
    out
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

/// `pageSize` -> `page_size`
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of serde's own test.
    #[test]
    fn serde_rules() {
        let rows = [
            ("lowercase", "page_size", "pagesize", "OutOfStock", "outofstock"),
            ("UPPERCASE", "page_size", "PAGE_SIZE", "OutOfStock", "OUTOFSTOCK"),
            ("PascalCase", "page_size", "PageSize", "OutOfStock", "OutOfStock"),
            ("camelCase", "page_size", "pageSize", "OutOfStock", "outOfStock"),
            ("snake_case", "page_size", "page_size", "OutOfStock", "out_of_stock"),
            ("SCREAMING_SNAKE_CASE", "page_size", "PAGE_SIZE", "OutOfStock", "OUT_OF_STOCK"),
            ("kebab-case", "page_size", "page-size", "OutOfStock", "out-of-stock"),
            ("SCREAMING-KEBAB-CASE", "page_size", "PAGE-SIZE", "OutOfStock", "OUT-OF-STOCK"),
        ];
        for (rule, argument, renamed, variant, renamed_variant) in rows {
            let rule = RenameRule::find(rule);
            // serde leaves a field alone under `lowercase`.
            let renamed = if rule == Some(RenameRule::Lower) { argument } else { renamed };
            assert_eq!(rule.map(|rule| rule.argument(argument)).as_deref(), Some(renamed));
            assert_eq!(rule.map(|rule| rule.variant(variant)).as_deref(), Some(renamed_variant));
        }
    }
}
