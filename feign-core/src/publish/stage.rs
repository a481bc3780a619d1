//! How far a method goes, which its return type says.

use super::error::Error;
use super::handle::Handle;
use super::pending::{Pending, Receipt};
use super::record::Record;

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

    async fn end(line: Self) -> Result<Self, Error> {
        Ok(line)
    }
}

impl Stage for Record {
    type Line = Self;

    async fn begin(_: &Handle, record: Record) -> Result<Self, Error> {
        Ok(record)
    }

    async fn end(line: Self) -> Result<Self, Error> {
        Ok(line)
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
    async fn publish(publisher: Handle, record: Result<Record, Error>) -> Self {
        Ok(one(&publisher, record).await?)
    }
}

async fn one<T: Stage>(publisher: &Handle, record: Result<Record, Error>) -> Result<T, Error> {
    T::end(T::begin(publisher, record?).await?).await
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

/// The end of a generated method.
pub fn publish<R: Published>(
    publisher: &Handle,
    record: Result<Record, Error>,
) -> impl Future<Output = R> + Send + use<R> {
    R::publish(publisher.clone(), record)
}

/// The end of a generated method that takes a slice.
pub fn publish_each<R: PublishedEach>(
    publisher: &Handle,
    records: Vec<Result<Record, Error>>,
) -> impl Future<Output = R> + Send + use<R> {
    R::publish_each(publisher.clone(), records)
}
