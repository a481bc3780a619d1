//! The API that is both written by hand and declared: fifteen operations on each of ten resources.

/// Each has the types `Order`, `NewOrder` and `OrderPage`.
pub(crate) const RESOURCES: [&str; 10] = [
    "Order",
    "Customer",
    "Invoice",
    "Product",
    "Shipment",
    "Payment",
    "Warehouse",
    "Supplier",
    "Discount",
    "Account",
];

/// An operation of one resource; `$` stands for the resource's name in the types.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) verb: &'static str,
    /// Behind `/api/v1/orders`.
    pub(crate) path: &'static str,
    pub(crate) arguments: &'static [Argument],
    pub(crate) result: &'static str,
}

pub(crate) struct Argument {
    pub(crate) role: Role,
    pub(crate) name: &'static str,
    pub(crate) ty: &'static str,
}

#[derive(PartialEq)]
pub(crate) enum Role {
    Path,
    Query,
    RequestId,
    Body,
}

const fn argument(role: Role, name: &'static str, ty: &'static str) -> Argument {
    Argument { role, name, ty }
}

const ID: Argument = argument(Role::Path, "id", "u64");
const TAG: Argument = argument(Role::Path, "tag", "&str");
const Q: Argument = argument(Role::Query, "q", "&str");
const LIMIT: Argument = argument(Role::Query, "limit", "Option<u32>");
const OFFSET: Argument = argument(Role::Query, "offset", "Option<u32>");
const REQUEST_ID: Argument = argument(Role::RequestId, "request_id", "&str");
const NEW: Argument = argument(Role::Body, "new", "&New$");
const CHANGED: Argument = argument(Role::Body, "changed", "&$");

macro_rules! operations {
    ($($verb:ident $path:literal $name:ident($($argument:ident),*) -> $result:literal;)*) => {
        [$(Operation {
            name: stringify!($name),
            verb: stringify!($verb),
            path: $path,
            arguments: &[$($argument),*],
            result: $result,
        }),*]
    };
}

pub(crate) const OPERATIONS: [Operation; 15] = operations! {
    get "/{id}" fetch(ID) -> "$";
    get "/{id}" find(ID) -> "Option<$>";
    get "" list(Q, LIMIT, OFFSET) -> "$Page";
    get "/recent" recent(LIMIT) -> "Vec<$>";
    get "/count" count(Q) -> "u64";
    get "/search" search(Q, LIMIT, REQUEST_ID) -> "$Page";
    get "/{id}/tags" tags(ID) -> "Vec<String>";
    get "/{id}/note" note(ID) -> "String";
    post "" create(NEW) -> "$";
    post "/{id}/copies" copy(ID, REQUEST_ID, NEW) -> "$";
    post "/{id}/tags/{tag}" tag(ID, TAG) -> "()";
    put "/{id}" replace(ID, CHANGED) -> "$";
    patch "/{id}" change(ID, CHANGED) -> "$";
    delete "/{id}" remove(ID) -> "()";
    delete "/{id}/tags/{tag}" untag(ID, TAG) -> "()";
};

impl Operation {
    /// The arguments of its signature, each with what stands before it.
    pub(crate) fn signature(
        &self,
        resource: &str,
        mark: impl Fn(&Argument) -> &'static str,
    ) -> String {
        let argument =
            |a: &Argument| format!(", {}{}: {}", mark(a), a.name, a.ty.replace('$', resource));
        self.arguments.iter().map(argument).collect()
    }

    /// The arguments of a call.
    pub(crate) fn names(&self) -> String {
        self.arguments.iter().map(|argument| argument.name).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn with(&self, role: Role) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(move |argument| argument.role == role)
    }
}
