//! An attempt says when its service is not known for sure.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use feign::discover::{self, Endpoint};
use feign::log::Level;
use feign::mock::{Mock, Reply};

use super::Collector;

#[feign::client(service = "found")]
trait Found {
    #[get("/found")]
    async fn found(&self) -> Result<(), feign::Error>;
}

/// What `discovery` is in each event of an attempt, of one call that is answered and one that is refused.
async fn said(client: &FoundClient, level: Level) -> Vec<Option<String>> {
    let collector = Collector::all();
    let view = client.with(|call| call.log(level));
    view.found().await.unwrap();
    view.found().await.unwrap_err();
    let lines = collector.lines().into_iter().filter(|line| line.target == "feign::attempt");
    lines.map(|line| line.field("discovery").map(str::to_owned)).collect()
}

#[tokio::test(start_paused = true)]
async fn it_is_said_while_the_source_fails() {
    let is_away = Arc::new(AtomicBool::new(false));
    let away = Arc::clone(&is_away);
    let source = discover::poll(Duration::from_secs(1), move |_| {
        let answer = match away.load(Ordering::Relaxed) {
            true => Err("the registry\nis away".into()),
            false => Ok(Some(vec![Endpoint::new("http://a:1").unwrap()])),
        };
        async move { answer }
    });
    let mock = Mock::new();
    let replies = mock.on(FoundClient::FOUND).reply(204);
    for _ in 0..4 {
        replies.then(Reply::refuse()).then(204);
    }
    let client: FoundClient = mock.hub().discover(source).build().unwrap().client();

    assert_eq!(said(&client, Level::Basic).await, [None, None]);
    is_away.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(5)).await;
    let stale = || Some(r"stale: the registry\nis away".to_owned());
    assert_eq!(said(&client, Level::Basic).await, [stale(), stale()]);
    // Above, that of the request says it, and a failed attempt again.
    let expected = [stale(), None, stale(), stale()];
    assert_eq!(said(&client, Level::Headers).await, expected);
    is_away.store(false, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(said(&client, Level::Basic).await, [None, None]);
}
