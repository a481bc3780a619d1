//! What every stream of items has.

/// Writes what a user does with a stream: make one of given items, and read it.
///
/// The type holds something with `given` and `poll_next`.
macro_rules! surface {
    ($name:ident, $inner:ident, $item:ty) => {
        impl<T> $name<T> {
            /// Makes a stream of items that are there, or are made when they are wanted.
            #[expect(clippy::should_implement_trait, reason = "the trait lets no iterator be kept")]
            pub fn from_iter<I>(items: I) -> Self
            where
                I: IntoIterator<Item = $item, IntoIter: Send + 'static>,
            {
                Self($inner::Given($crate::stream::given::Given::iter(items)))
            }

            /// Makes a stream of another one, which may fail.
            pub fn from_stream<S, E>(items: S) -> Self
            where
                S: futures_core::Stream<Item = Result<$item, E>> + Send + 'static,
                E: Into<$crate::error::BoxError> + 'static,
                T: 'static,
            {
                Self($inner::Given($crate::stream::given::Given::stream(items)))
            }

            /// Returns the next item; `None` at the end. Cancel safe: nothing is lost when the future
            /// is dropped.
            pub async fn next(&mut self) -> Option<Result<$item, $crate::error::Error>> {
                std::future::poll_fn(|cx| self.0.poll_next(cx)).await
            }
        }

        impl<T> futures_core::Stream for $name<T> {
            type Item = Result<$item, $crate::error::Error>;

            fn poll_next(
                mut self: std::pin::Pin<&mut Self>,
                cx: &mut std::task::Context<'_>,
            ) -> std::task::Poll<Option<Self::Item>> {
                self.0.poll_next(cx)
            }
        }

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        const _: () = {
            const fn shared<T: Send + Sync + Unpin>() {}
            // Whatever the items are.
            shared::<$name<*const ()>>();
        };
    };
}
pub(crate) use surface;
