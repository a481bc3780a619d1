//! Items that are given, not read: for bodies, and for fakes.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;
use sync_wrapper::SyncWrapper;

use crate::error::{BoxError, Error};

/// A stream of the user, with its type taken away.
pub(crate) struct Given<T>(SyncWrapper<Boxed<T>>);

type Boxed<T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>;

impl<T> Given<T> {
    pub(crate) fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
        T: 'static,
    {
        let map = |item: Result<T, E>| item.map_err(Error::other);
        Self(SyncWrapper::new(Box::pin(Mapped { stream, map })))
    }

    pub(crate) fn iter<I>(items: I) -> Self
    where
        I: IntoIterator<Item = T, IntoIter: Send + 'static>,
    {
        Self(SyncWrapper::new(Box::pin(Iter(items.into_iter()))))
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.0.get_mut().as_mut().poll_next(cx)
    }
}

impl<T> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Given")
    }
}

pin_project! {
    /// A stream whose items are changed.
    pub(crate) struct Mapped<S, F> {
        #[pin]
        pub(crate) stream: S,
        pub(crate) map: F,
    }
}

impl<S, F, T> Stream for Mapped<S, F>
where
    S: Stream,
    F: FnMut(S::Item) -> T,
{
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = self.project();
        this.stream.poll_next(cx).map(|item| item.map(this.map))
    }
}

struct Iter<I>(I);

impl<I> Unpin for Iter<I> {}

impl<I: Iterator> Stream for Iter<I> {
    type Item = Result<I::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}
