//! What cannot be registered.

use std::net::Ipv6Addr;
use std::time::Duration;

/// What stands in a path, or in an address.
pub(super) fn text(what: &str, text: &str) -> Result<(), String> {
    let text = text.trim();
    if text.is_empty() || text == "." || text == ".." {
        return Err(format!("its {what} is `{text}`, which is none"));
    }
    let wrong = text.chars().find(|c| c.is_control() || matches!(c, '/' | '\\'));
    // Servers refuse an encoded slash in a path.
    wrong.map_or(Ok(()), |c| Err(format!("its {what} holds `{}`", c.escape_debug())))
}

/// A listener is bound to port 0, nobody is called there.
pub(super) fn ports(ports: [Option<u16>; 2]) -> Result<(), String> {
    if ports.contains(&Some(0)) {
        return Err(
            "its port is 0; write the one that the listener got, `local_addr()?.port()`".to_owned()
        );
    }
    Ok(())
}

/// Returns a host as it stands in a URL: an address of IPv6 in brackets.
pub(super) fn authority(host: &str) -> Result<String, String> {
    if !host.contains(':') {
        return Ok(host.to_owned());
    }
    if host.parse::<Ipv6Addr>().is_err() {
        let host = host.escape_debug();
        return Err(format!(
            "its host is `{host}`; a port is said by `.port(8080)`, IPv6 without brackets"
        ));
    }
    Ok(format!("[{host}]"))
}

/// Servers count whole seconds, in 31 bits.
pub(super) fn lease(renewal: Duration, duration: Duration) -> Result<(), String> {
    let (renewal_secs, duration_secs) = (renewal.as_secs(), duration.as_secs());
    if renewal_secs == 0 || duration_secs <= renewal_secs || i32::try_from(duration_secs).is_err() {
        return Err(format!(
            "its lease of {duration:?} is renewed every {renewal:?}; it takes whole seconds, and a lease that is longer"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::registration::Registration;

    fn refused(say: impl FnOnce(Registration) -> Registration) -> String {
        say(Registration::new("orders").port(8080)).written(None).unwrap_err()
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let secs = std::time::Duration::from_secs;
        let millis = std::time::Duration::from_millis;
        assert!(Registration::new("orders").written(None).unwrap_err().contains("no port"));
        assert!(Registration::new(" ").port(1).written(None).unwrap_err().contains("name"));
        assert!(Registration::new("a/b").port(1).written(None).unwrap_err().contains("`/`"));
        assert!(refused(|it| it.port(0)).contains("port is 0"));
        assert!(refused(|it| it.secure_port(0)).contains("port is 0"));
        assert!(refused(|it| it.host("")).contains("host"));
        assert!(refused(|it| it.host("h:8080")).contains(".port(8080)"));
        assert!(refused(|it| it.host("[::1]")).contains("brackets"));
        assert!(refused(|it| it.host("h").ip("")).contains("IP"));
        assert!(refused(|it| it.instance_id("..")).contains("id"));
        for (renewal, duration) in [
            (secs(0), secs(90)),
            (secs(90), secs(90)),
            (millis(1_500), millis(1_900)),
            (secs(30), secs(1 << 31)),
        ] {
            assert!(refused(|it| it.lease(renewal, duration)).contains("lease"), "{duration:?}");
        }
    }

    #[test]
    fn ipv6_stands_in_brackets() {
        let written = Registration::new("orders").host("fd00::7").port(8080).written(None).unwrap();
        assert_eq!(written.home_page.as_deref(), Some("http://[fd00::7]:8080/"));
        assert_eq!(written.id, "fd00::7:orders:8080");
    }
}
