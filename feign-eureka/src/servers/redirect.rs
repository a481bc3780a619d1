//! A server that points to another one.

use feign_core::{Error, StatusCode};
use http::header::LOCATION;

use super::address::origin;

/// How often a server may point on, as in Java's client.
pub(super) const MOST: usize = 10;

/// What stands in the path of every request, right behind the base.
const RESOURCES: [&str; 4] = ["/apps", "/vips", "/svips", "/instances"];

/// Returns the base URL that a server points to; `None` where an answer does not point.
pub(super) fn target(error: &Error, base: &str) -> Option<String> {
    let points = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    if !error.status().is_some_and(|status| points.contains(&status)) {
        return None;
    }
    let location = error.headers().get(LOCATION)?.to_str().ok()?;
    let whole = match location.strip_prefix('/') {
        Some(_) if location.starts_with("//") => return None,
        Some(_) => format!("{}{location}", origin(base)),
        None => location.to_owned(),
    };
    cut(&whole).map(str::to_owned)
}

/// Cuts off everything from the resource on: `(.*)/apps(/.*)?`.
fn cut(url: &str) -> Option<&str> {
    let url = url.split(['?', '#']).next()?;
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with('/');
    let ends = RESOURCES.iter().filter_map(|resource| {
        let mut found = url.rmatch_indices(resource);
        found.find(|(at, _)| url.get(at + resource.len()..).is_some_and(is_end))
    });
    let (at, _) = ends.max_by_key(|(at, _)| *at)?;
    url.get(..at).filter(|base| base.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(location: &str) -> Option<String> {
        let error = Error::from_status(StatusCode::FOUND).with_header("location", location);
        target(&error, "http://a:1/eureka")
    }

    #[test]
    fn the_base_is_derived() {
        for (location, base) in [
            ("http://b:2/eureka/v2/apps/", Some("http://b:2/eureka/v2")),
            ("http://b:2/eureka/apps/ORDERS/i1?status=UP", Some("http://b:2/eureka")),
            ("http://b:2/apps/eureka/apps/delta", Some("http://b:2/apps/eureka")),
            ("/other/apps", Some("http://a:1/other")),
            ("http://b:2/eureka/vips/orders", Some("http://b:2/eureka")),
            ("http://b:2/login", None),
            ("http://b:2/eureka/appsx", None),
            ("//b:2/eureka/apps", None),
            ("apps", None),
        ] {
            assert_eq!(found(location).as_deref(), base, "{location}");
        }
        assert_eq!(target(&Error::from_status(StatusCode::FOUND), "http://a"), None);
        let no_redirect = Error::from_status(StatusCode::OK).with_header("location", "/apps");
        assert_eq!(target(&no_redirect, "http://a"), None);
    }
}
