//! What is said wrong.

use std::time::Duration;

use feign::discover::{Dns, DnsBuilder};

use crate::support::Wrong;

#[test]
fn wrong_words_are_told() {
    let dns = || Dns::at(["127.0.0.1:53"]).unwrap();
    let host = |name: &str| dns().host(name).build();
    let no_server = |server: &str| {
        format!(
            "DNS: `{server}` is no address of a name server; write one as `10.0.0.2` or `10.0.0.2:53`"
        )
    };
    let mut wrong = Wrong::default();
    let mut told = |outcome: Result<Dns, feign::Error>, text: &str| {
        let said = outcome.map(|dns| format!("{dns:?}")).unwrap_or_else(|error| error.to_string());
        wrong.unless(said.contains(text), text, &said);
    };
    let at = |server: &str| Dns::at([server]).and_then(|dns| dns.host("a.test").build());
    told(at("ns1.test"), &no_server("ns1.test"));
    told(at("10.0.0.2:0"), &no_server("10.0.0.2:0"));
    told(at("10.0.0.2:99999"), &no_server("10.0.0.2:99999"));
    told(at(""), &no_server(""));
    told(at("10.0.0.2\n"), &no_server("10.0.0.2\\n"));
    told(at("10.0.0.2"), "DNS `a.test` at 10.0.0.2:53");
    told(at("::1"), "DNS `a.test` at [::1]:53");
    told(at("[::1]"), "DNS `a.test` at [::1]:53");
    told(at("[::1]:5353"), "DNS `a.test` at [::1]:5353");
    told(
        Dns::at::<&str>([]).and_then(DnsBuilder::build),
        "DNS: there is no name server to ask; write `Dns::at([\"10.0.0.2:53\"])`",
    );
    told(dns().build(), "DNS: nothing says what a service's name is; say `.host(");
    told(host(""), "DNS: `` is no name: it is empty");
    told(host("{name}.test"), "DNS: `{name}.test` is no name: only `{service}` stands in braces");
    told(host("{service.test"), "only `{service}` stands in braces");
    told(
        host("{service}.test:8080"),
        "scheme and port are said by `.scheme(\"https\")` and `.port(8080)`",
    );
    told(host("http://{service}"), "scheme and port are said by");
    told(
        host("10.0.0.7"),
        "`10.0.0.7` is no name: it is an address, for which `discover::fixed` is made",
    );
    told(host("a..test"), "DNS: `a..test` is no name: ");
    told(host(&"a".repeat(64)), "is no name: ");
    told(dns().srv("_http._tcp.{x}").build(), "only `{service}`");
    told(dns().host("a.test").port(0).build(), "DNS: port 0 cannot be called");
    told(dns().host("a.test").scheme("ftp").build(), "DNS: the scheme is neither");
    let second = Duration::from_secs(1);
    told(dns().host("a.test").min_ttl(second * 31).build(), "`max_ttl` is shorter than `min_ttl`");
    told(dns().host("a.test").min_ttl(Duration::ZERO).build(), "have to be longer than 0");
    told(dns().host("a.test").timeout(Duration::ZERO).build(), "have to be longer than 0");
    wrong.finish();
}
