//! A secret is found on the wire and nowhere else; with redaction off, everywhere.

mod bank;
mod calls;
mod captured;
mod discovery;
mod held;
mod refused;
mod streams;
mod told;

use feign::HubBuilder;
use feign::log::Redaction;

const CANARY: &str = "canary-7f3a";

/// What is shown of calls that have secrets in all their places: a text for each surface.
struct Surfaces {
    /// Whether redaction is.
    off: bool,
    rows: Vec<(String, String)>,
}

impl Surfaces {
    async fn gather(off: bool) -> Self {
        let mut surfaces = Self { off, rows: Vec::new() };
        calls::show(&mut surfaces).await;
        captured::show(&mut surfaces).await;
        discovery::show(&mut surfaces).await;
        refused::show(&mut surfaces).await;
        streams::show(&mut surfaces).await;
        surfaces
    }

    fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.rows.push((name.into(), text.into()));
    }

    /// An error in each of its forms.
    fn add_error(&mut self, name: &str, error: &(dyn std::error::Error + 'static)) {
        let mut text = format!("{error} {error:?}");
        let mut next = error.source();
        while let Some(cause) = next {
            text += &format!(" {cause} {cause:?}");
            next = cause.source();
        }
        self.add(name, text);
    }

    /// A hub that hides what the calls of this test hold.
    fn hub(&self, hub: HubBuilder) -> HubBuilder {
        hub.redact(|r| self.redaction(r)).service("bank", |s| s.url("http://bank"))
    }

    fn redaction(&self, r: Redaction) -> Redaction {
        let r = r.header("x-session").query("sig").field("iban").pointer("/number");
        if self.off { r.off() } else { r }
    }

    /// Fails with every surface that is not as it should be.
    fn assert(self, shows: bool) {
        let wrong = |(_, text): &(String, String)| text.contains(CANARY) != shows;
        let wrong: Vec<_> = self.rows.into_iter().filter(wrong).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[tokio::test]
async fn a_secret_is_nowhere_but_on_the_wire() {
    Surfaces::gather(false).await.assert(false);
}

#[tokio::test]
async fn without_redaction_it_is_everywhere() {
    Surfaces::gather(true).await.assert(true);
}
