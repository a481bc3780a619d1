//! The servers of the registry, any of which will do.

mod address;
mod pool;
mod redirect;

use std::sync::Arc;

use feign_core::{Error, Hub};

pub(crate) use self::address::Address;
pub(crate) use self::pool::Pool;
use crate::api::ApiClient;
use crate::error::setup;

/// All servers that were named.
#[derive(Debug)]
pub(crate) struct Servers {
    hub: Hub,
    all: Vec<Server>,
}

/// One of them.
#[derive(Debug)]
pub(crate) struct Server {
    address: Address,
    client: ApiClient,
}

impl Servers {
    /// Makes a client for each address.
    pub(crate) fn new(hub: Hub, addresses: Vec<Address>) -> Result<Arc<Self>, Error> {
        let servers = addresses.into_iter().map(|address| {
            let client = address.client(&hub)?;
            Ok(Server { address, client })
        });
        let all: Vec<_> = servers.collect::<Result<_, Error>>()?;
        if all.is_empty() {
            return Err(setup(
                "no server was named; write `Eureka::at([\"http://eureka:8761/eureka\"])`",
            ));
        }
        Ok(Arc::new(Self { hub, all }))
    }

    /// Returns how logs call them.
    pub(crate) fn describe(&self) -> String {
        let bases: Vec<_> = self.all.iter().map(|server| server.address.base()).collect();
        bases.join(", ")
    }
}
