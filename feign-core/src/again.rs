//! A call that is kept, to be made again.

use std::fmt;

use http::{HeaderMap, Request};

use crate::call::{self, Exchanging};
use crate::codec::Shape;
use crate::hub::Handle;
use crate::layer::Exchange;
use crate::operation::Operation;

/// A call as it was before it went down the stairs: to make it again is a call of its own, with its
/// own time, endpoint and tokens.
pub(crate) struct Again {
    handle: Handle,
    exchange: Exchange,
    shape: Shape,
}

impl Again {
    /// Keeps a call; `None` if its body can be sent only once.
    pub(crate) fn of(handle: &Handle, exchange: &Exchange, shape: Shape) -> Option<Box<Self>> {
        let shape = Shape { keeps_call: false, ..shape };
        Some(Box::new(Self { handle: handle.clone(), exchange: copy(exchange)?, shape }))
    }

    pub(crate) const fn operation(&self) -> &'static Operation {
        self.exchange.context.operation
    }

    /// What it sends beside its body.
    pub(crate) fn headers(&mut self) -> &mut HeaderMap {
        self.exchange.request.headers_mut()
    }

    /// Makes the call; `None` if it cannot be made again.
    pub(crate) fn call(&self) -> Option<Exchanging> {
        let exchange = copy(&self.exchange)?;
        Some(call::prepared(&self.handle, exchange, self.shape))
    }
}

impl fmt::Debug for Again {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Again({:?})", self.operation())
    }
}

fn copy(exchange: &Exchange) -> Option<Exchange> {
    let Exchange { request, context } = exchange;
    let mut copy = Request::new(request.body().try_clone()?);
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    let mut context = context.clone();
    if let Some(aside) = &mut context.aside {
        aside.observed = None;
    }
    Some(Exchange { request: copy, context })
}
