//! What implements a client trait because it points to something that does.

use std::ops::Deref;
use std::sync::Arc;

/// `&T`, `Box<T>` and `Arc<T>`: each implements every client trait that `T` implements.
pub trait Pointer: Deref + Send + Sync {}

impl<T: Sync + ?Sized> Pointer for &T {}
impl<T: Send + Sync + ?Sized> Pointer for Box<T> {}
impl<T: Send + Sync + ?Sized> Pointer for Arc<T> {}
