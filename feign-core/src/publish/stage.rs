//! How far a method goes, which its return type says.
#![expect(missing_docs, unnameable_types, reason = "only generated code meets some of these")]
#![expect(clippy::must_use_candidate, reason = "as above")]

use std::future::ready;

use super::error::Error;
use super::handle::Handle;
use super::pending::{Pending, Receipt};
use super::record::Record;
use crate::probe::Probe;

/// What a method of a publisher may give back: how far it takes the event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how far an event goes",
    label = "not the result of a publish",
    note = "help: write `Receipt` (the broker has it), `Pending` (it is in line), `Record` (it is only encoded), or `()` \
            for a `Receipt` that nobody wants"
)]
pub trait Stage: Sized + Send {
    #[doc(hidden)]
    type Line: Send;

    #[doc(hidden)]
    fn begin(
        publisher: &Handle,
        record: Record,
    ) -> impl Future<Output = Result<Self::Line, Error>> + Send;

    #[doc(hidden)]
    fn end(line: Self::Line) -> impl Future<Output = Result<Self, Error>> + Send;
}

impl Stage for Receipt {
    type Line = Pending;

    fn begin(
        publisher: &Handle,
        record: Record,
    ) -> impl Future<Output = Result<Pending, Error>> + Send {
        publisher.enqueue(record)
    }

    fn end(line: Pending) -> impl Future<Output = Result<Self, Error>> + Send {
        line
    }
}

impl Stage for () {
    type Line = Pending;

    fn begin(
        publisher: &Handle,
        record: Record,
    ) -> impl Future<Output = Result<Pending, Error>> + Send {
        publisher.enqueue(record)
    }

    async fn end(line: Pending) -> Result<(), Error> {
        line.await.map(drop)
    }
}

impl Stage for Pending {
    type Line = Self;

    fn begin(
        publisher: &Handle,
        record: Record,
    ) -> impl Future<Output = Result<Self, Error>> + Send {
        publisher.enqueue(record)
    }

    fn end(line: Self) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(Ok(line))
    }
}

impl Stage for Record {
    type Line = Self;

    fn begin(
        publisher: &Handle,
        mut record: Record,
    ) -> impl Future<Output = Result<Self, Error>> + Send {
        publisher.backend().complete(&mut record);
        ready(Ok(record))
    }

    fn end(line: Self) -> impl Future<Output = Result<Self, Error>> + Send {
        ready(Ok(line))
    }
}

/// An error type that takes every failure of a publish.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a publisher",
    label = "no `From<feign::publish::Error>`",
    note = "help: write `feign::publish::Error`, or `impl From<feign::publish::Error>` for this type"
)]
pub trait PublishError: From<Error> {}

#[diagnostic::do_not_recommend]
impl<E: From<Error>> PublishError for E {}

/// The return type of a method that publishes one event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the return type of a publisher's method",
    label = "not a `Result`",
    note = "help: write `Result<T, E>`, where `T` is `Receipt`, `Pending` or `Record` and `E` is \
            `feign::publish::Error` or has `From<feign::publish::Error>`"
)]
pub trait Published: Sized {
    #[doc(hidden)]
    fn publish(
        publisher: Handle,
        record: Result<Record, Error>,
    ) -> impl Future<Output = Self> + Send;
}

impl<T: Stage, E: PublishError> Published for Result<T, E> {
    /// An `async fn` would keep a second copy of the record, as an argument and as a variable.
    #[expect(clippy::manual_async_fn, reason = "as above")]
    fn publish(
        publisher: Handle,
        record: Result<Record, Error>,
    ) -> impl Future<Output = Self> + Send {
        async move { Ok(T::end(T::begin(&publisher, record?).await?).await?) }
    }
}

/// The return type of a method that publishes a slice: one outcome for each item.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the return type of a batch",
    label = "not a `Vec` of outcomes",
    note = "help: write `Vec<Result<T, E>>`, where `T` is `Receipt`, `Pending` or `Record` and `E` is \
            `feign::publish::Error` or has `From<feign::publish::Error>`"
)]
pub trait PublishedEach: Sized {
    #[doc(hidden)]
    fn publish_each(
        publisher: Handle,
        records: Vec<Result<Record, Error>>,
    ) -> impl Future<Output = Self> + Send;
}

impl<T: Stage, E: PublishError + Send> PublishedEach for Vec<Result<T, E>> {
    /// All of them are in line before the first is awaited.
    async fn publish_each(publisher: Handle, records: Vec<Result<Record, Error>>) -> Self {
        let mut lines = Vec::with_capacity(records.len());
        for record in records {
            let line = match record {
                Ok(record) => T::begin(&publisher, record).await,
                Err(error) => Err(error),
            };
            lines.push(line);
        }
        let mut outcomes = Self::with_capacity(lines.len());
        for line in lines {
            let outcome = match line {
                Ok(line) => T::end(line).await,
                Err(error) => Err(error),
            };
            outcomes.push(outcome.map_err(E::from));
        }
        outcomes
    }
}

/// Asks for a return type once, where it is written.
pub const fn is_published<R: Published>() {}

/// Asks for a return type of a batch once, where it is written.
pub const fn is_published_each<R: PublishedEach>() {}

/// The return type is one: what is published is what is returned.
#[derive(Clone, Copy, Debug)]
pub struct Runs;
/// It is none, which is told of once by [`is_published`] and nothing follows from it.
#[derive(Clone, Copy, Debug)]
pub struct Stays;

impl<R: Published> Probe<R> {
    pub const fn __feign_publish(self) -> Runs {
        Runs
    }
}

impl<R: PublishedEach> Probe<R> {
    pub const fn __feign_publish_each(self) -> Runs {
        Runs
    }
}

/// The answers for every type that has no better one.
pub trait PublishFallback: Sized {
    fn __feign_publish(self) -> Stays;
    fn __feign_publish_each(self) -> Stays;
}

impl<R> PublishFallback for Probe<R> {
    fn __feign_publish(self) -> Stays {
        Stays
    }

    fn __feign_publish_each(self) -> Stays {
        Stays
    }
}

impl Runs {
    /// The end of a generated method.
    pub fn one<R: Published>(
        self,
        _: Probe<R>,
        publisher: &Handle,
        record: Result<Record, Error>,
    ) -> impl Future<Output = R> + Send + use<R> {
        R::publish(publisher.clone(), record)
    }

    /// The end of a generated method that takes a slice.
    pub fn each<R: PublishedEach>(
        self,
        _: Probe<R>,
        publisher: &Handle,
        records: Vec<Result<Record, Error>>,
    ) -> impl Future<Output = R> + Send + use<R> {
        R::publish_each(publisher.clone(), records)
    }
}

impl Stays {
    pub fn one<R, T>(self, _: Probe<R>, _: &Handle, _: T) -> std::future::Pending<R> {
        std::future::pending()
    }

    pub fn each<R, T>(self, _: Probe<R>, _: &Handle, _: T) -> std::future::Pending<R> {
        std::future::pending()
    }
}
