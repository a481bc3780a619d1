//! Connections that close between two calls: sent again once where nothing was read and the verb
//! allows it, and never otherwise.

use std::sync::Arc;

use tokio::sync::Notify;

use super::{Kinds as _, assert_broken, client};
use crate::support::{Peer, Then, Wire, at_rest};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n1234";

/// Answers so many requests of each connection, and does `then` with the next one.
async fn answering(answers: usize, then: Then) -> Peer {
    Peer::run(move |mut wire: Wire| async move {
        for _ in 0..answers {
            if wire.request().await.is_none() || !wire.write(ANSWER).await {
                return;
            }
        }
        if wire.request().await.is_some() {
            wire.end(then).await;
        }
    })
    .await
}

/// The client sees the end of a connection before it needs it: whatever the verb, nothing was sent.
#[tokio::test]
async fn closed_while_nobody_called() {
    for then in [Then::Close, Then::Reset] {
        // The answer has to arrive before a reset does.
        let arrived = Arc::new(Notify::new());
        let seen = Arc::clone(&arrived);
        let peer = Peer::run(move |mut wire: Wire| {
            let seen = Arc::clone(&seen);
            async move {
                if wire.request().await.is_some() && wire.write(ANSWER).await {
                    seen.notified().await;
                    wire.end(then).await;
                }
            }
        })
        .await;
        let client = client(&peer);
        let closed = async || {
            arrived.notify_one();
            peer.until(|peer| peer.open() == 0).await;
            // Until the client has seen the end.
            at_rest().await;
        };
        for round in 1..=5 {
            assert_eq!(client.text().await.unwrap(), "1234");
            closed().await;
            assert_eq!(client.write("x").await.unwrap(), "1234");
            closed().await;
            assert_eq!(peer.requests(), 2 * round);
        }
    }
}

/// The same in a race: calls right behind an answer whose connection closes with it.
#[tokio::test]
async fn closed_while_somebody_calls() {
    let peer = Peer::sending(ANSWER, Then::Close).await;
    let client = client(&peer);
    for _ in 0..200 {
        assert_eq!(client.text().await.unwrap(), "1234");
    }
}

/// The server read the request and closed instead of answering: whether it acted on it nobody
/// knows, so a GET is sent again, once, on a new connection, and counted.
#[tokio::test]
async fn closed_instead_of_an_answer() {
    for then in [Then::Close, Then::Reset] {
        let peer = answering(1, then).await;
        let client = client(&peer);
        assert_eq!(client.text().await.unwrap(), "1234");
        assert_eq!(client.text().await.expect("sent again"), "1234");
        assert_eq!((peer.connections(), peer.requests()), (2, 3));
    }
}

/// A POST may have been acted on: it is not sent again, and says that it is not to be.
#[tokio::test]
async fn a_post_is_not_sent_twice() {
    for then in [Then::Close, Then::Reset] {
        let peer = answering(1, then).await;
        let client = client(&peer);
        assert_eq!(client.write("x").await.unwrap(), "1234");
        let error = client.write("x").await.unwrap_err();
        assert_broken(&error, &peer);
        assert!(!error.is_retryable(), "{error:?}");
        assert_eq!((peer.connections(), peer.requests()), (1, 2));
    }
}

/// Whether a connection was a kept one hyper does not say: one that never answered anything is tried
/// once more at most, and only where the verb allows it.
#[tokio::test]
async fn a_new_connection_that_closes() {
    for then in [Then::Close, Then::Reset] {
        let peer = answering(0, then).await;
        let error = client(&peer).text().await.unwrap_err();
        assert_broken(&error, &peer);
        assert!(error.is_retryable(), "{error:?}");
        assert!(peer.requests() <= 2, "{} requests", peer.requests());

        let peer = answering(0, then).await;
        assert_broken(&client(&peer).write("x").await.unwrap_err(), &peer);
        assert_eq!(peer.requests(), 1, "a POST");
    }
}

/// Once is once: a server that closes on every request is asked no third time.
#[tokio::test]
async fn sent_again_once() {
    let peer = Peer::run(|mut wire: Wire| async move {
        if wire.number() == 0 {
            wire.request().await;
            wire.write(ANSWER).await;
        }
        wire.request().await;
    })
    .await;
    let client = client(&peer);
    assert_eq!(client.text().await.unwrap(), "1234");
    client.text().await.unwrap_err();
    assert_eq!((peer.connections(), peer.requests()), (2, 3));
}

/// An answer that broke off in its head is as if there were none, once more at most; one that broke
/// off in its body has said what happened.
#[tokio::test]
async fn an_answer_that_began() {
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n12";
    for (start, most) in [("H", 3), ("HTTP/1.1 200 OK\r\n", 3), (body, 2)] {
        let peer = Peer::run(move |mut wire: Wire| async move {
            if wire.number() == 0 {
                wire.request().await;
                wire.write(ANSWER).await;
            }
            wire.request().await;
            wire.write(start.as_bytes()).await;
        })
        .await;
        let client = client(&peer);
        assert_eq!(client.write("x").await.unwrap(), "1234");
        let error = client.text().await.unwrap_err();
        assert_broken(&error, &peer);
        assert!(peer.requests() <= most, "{start:?}: {} requests", peer.requests());
    }
}

/// Bytes that nobody asked for, between two calls: the connection ends with them, and they are not
/// the answer to the next one.
#[tokio::test]
async fn an_answer_to_nothing() {
    let arrived = Arc::new(Notify::new());
    let seen = Arc::clone(&arrived);
    let peer = Peer::run(move |mut wire: Wire| {
        let seen = Arc::clone(&seen);
        async move {
            let number = wire.number();
            while wire.request().await.is_some() {
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{number:04}");
                wire.write(answer.as_bytes()).await;
                seen.notified().await;
                wire.write(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil").await;
            }
        }
    })
    .await;
    let client = client(&peer);
    for number in 0..10 {
        assert_eq!(client.text().await.unwrap(), format!("{number:04}"));
        arrived.notify_one();
        peer.until(|peer| peer.open() == 0).await;
    }
}

/// A server that closes says so, and is believed.
#[tokio::test]
async fn a_connection_that_is_not_kept() {
    let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 4\r\n\r\n1234";
    let peer = Peer::sending(answer, Then::StayOpen).await;
    let client = client(&peer);
    for _ in 0..3 {
        assert_eq!(client.text().await.unwrap(), "1234");
    }
    assert_eq!(peer.connections(), 3);
    peer.until(|peer| peer.open() == 0).await;
}
