//! What the declaration means. Each part borrows the syntax it came from.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Member, Type};

use super::attrs::{self, Place};
use super::status::{Code, Status, Written};
use crate::errors::Errors;
use crate::syntax;

pub(super) struct ErrorMap<'a> {
    pub(super) input: &'a DeriveInput,
    /// `::feign`, or what `crate = ..` says.
    pub(super) krate: TokenStream,
    /// `#[code]`, also when what it says is wrong.
    pub(super) code: Option<&'a Attribute>,
    pub(super) pointer: Option<LitStr>,
    pub(super) shape: Shape<'a>,
}

pub(super) enum Shape<'a> {
    Enum(Vec<Variant<'a>>),
    Struct(Vec<Field<'a>>),
    Union,
}

pub(super) struct Variant<'a> {
    pub(super) ident: &'a Ident,
    /// `#[otherwise]`; several are a mistake.
    pub(super) otherwise: Vec<&'a Attribute>,
    /// `#[error_map(skip)]`.
    pub(super) skip: Option<&'a Attribute>,
    /// `#[status(..)]`; several add up.
    pub(super) status: Vec<&'a Attribute>,
    pub(super) rules: Vec<Rule>,
    /// Whether a `#[status]` was about a code, also when that went wrong.
    pub(super) asks_code: bool,
    pub(super) fields: Vec<Field<'a>>,
}

/// When a variant is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// By its `#[status]`.
    Mapped,
    /// Of everything that is left; a struct is always made so.
    Otherwise,
    /// Never by us.
    Skipped,
    /// Nothing says it.
    Unmarked,
}

/// One status of a `#[status]`, with the code that stands beside it.
pub(super) struct Rule {
    pub(super) status: Status,
    pub(super) code: Option<Code>,
}

pub(super) struct Field<'a> {
    pub(super) member: Member,
    pub(super) ty: &'a Type,
    pub(super) source: Source,
    /// `#[from]`, which is thiserror's.
    pub(super) from: Option<&'a Attribute>,
    /// The attribute that says the source.
    pub(super) mark: Option<&'a Attribute>,
}

pub(super) enum Source {
    /// By the type.
    Answer,
    Header(String),
    RetryAfter,
}

impl<'a> ErrorMap<'a> {
    pub(super) fn read(input: &'a DeriveInput, errors: &mut Errors) -> Self {
        let mut map =
            Self { input, krate: quote!(::feign), code: None, pointer: None, shape: Shape::Union };
        for (name, attribute) in attrs::helpers(&input.attrs, Place::Type, errors) {
            map.read_attribute(name, attribute, errors);
        }
        map.shape = match &input.data {
            Data::Enum(data) => Shape::Enum(
                data.variants.iter().map(|variant| Variant::read(variant, errors)).collect(),
            ),
            Data::Struct(data) => Shape::Struct(read_fields(&data.fields, errors)),
            Data::Union(_) => Shape::Union,
        };
        map
    }

    fn read_attribute(&mut self, name: &str, attribute: &'a Attribute, errors: &mut Errors) {
        if name == "error_map" {
            if let Some(path) = attrs::read_crate(attribute, errors) {
                self.krate = path.into_token_stream();
            }
        } else if self.code.is_some() {
            errors.add(
                &attribute.meta,
                "`#[code]` stands twice, and a code has one place; write one of them",
            );
        } else {
            self.code = Some(attribute);
            self.pointer = attrs::read_code(attribute, errors);
        }
    }
}

impl<'a> Variant<'a> {
    fn read(original: &'a syn::Variant, errors: &mut Errors) -> Self {
        let mut variant = Self {
            ident: &original.ident,
            otherwise: Vec::new(),
            skip: None,
            status: Vec::new(),
            rules: Vec::new(),
            asks_code: false,
            fields: read_fields(&original.fields, errors),
        };
        for (name, attribute) in attrs::helpers(&original.attrs, Place::Variant, errors) {
            variant.read_attribute(name, attribute, errors);
        }
        variant
    }

    fn read_attribute(&mut self, name: &str, attribute: &'a Attribute, errors: &mut Errors) {
        match name {
            "status" => {
                self.status.push(attribute);
                let Written { statuses, code, asks_code } = Written::read(attribute, errors);
                self.asks_code |= asks_code;
                self.rules
                    .extend(statuses.into_iter().map(|status| Rule { status, code: code.clone() }));
            }
            "otherwise" => {
                self.otherwise.push(attribute);
                attrs::check_bare(name, attribute, errors);
            }
            _ => {
                self.skip = Some(attribute);
                attrs::check_skip(attribute, errors);
            }
        }
    }

    /// `#[otherwise]` may stand beside `#[status]`: that status is then taken out of its class.
    pub(super) fn role(&self) -> Role {
        if self.skip.is_some() {
            Role::Skipped
        } else if !self.otherwise.is_empty() {
            Role::Otherwise
        } else if !self.status.is_empty() {
            Role::Mapped
        } else {
            Role::Unmarked
        }
    }
}

fn read_fields<'a>(fields: &'a Fields, errors: &mut Errors) -> Vec<Field<'a>> {
    fields
        .iter()
        .zip(fields.members())
        .map(|(field, member)| Field::read(field, member, errors))
        .collect()
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, member: Member, errors: &mut Errors) -> Self {
        let from = field.attrs.iter().find(|attribute| attribute.path().is_ident("from"));
        let mut read = Self { member, ty: &field.ty, source: Source::Answer, from, mark: None };
        for (name, attribute) in attrs::helpers(&field.attrs, Place::Field, errors) {
            if read.mark.replace(attribute).is_some() {
                errors.add(
                    &attribute.meta,
                    "a field is filled from one place; write one mark, `#[header(..)]` or `#[retry_after]`",
                );
            } else if name == "header" {
                let name = attrs::read_header(attribute, field.ident.as_ref(), errors);
                read.source = Source::Header(name.unwrap_or_default());
            } else {
                attrs::check_bare(name, attribute, errors);
                read.source = Source::RetryAfter;
            }
        }
        read
    }

    pub(super) fn is_unmarked(&self) -> bool {
        matches!(self.source, Source::Answer)
    }

    /// Whether the text of the type says `feign::Error`: it decides on the wording of a mistake
    /// and on nothing else.
    pub(super) fn looks_whole(&self) -> bool {
        let Type::Path(path) = syntax::peel(self.ty) else { return false };
        let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
        names.next().is_some_and(|name| name == "Error")
            && names.next().is_some_and(|name| name == "feign")
    }

    pub(super) fn span(&self) -> Span {
        syntax::span(self.ty)
    }
}
