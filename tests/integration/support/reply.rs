//! What a scripted server answers.

use http::StatusCode;

/// One scripted answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: StatusCode,
    headers: Vec<(String, Vec<u8>)>,
    payload: Payload,
}

#[derive(Clone, Debug)]
enum Payload {
    /// With its length in the head.
    Whole(Vec<u8>),
    /// Chunked; the last chunk is missing when `ends` is false.
    Pieces { pieces: Vec<Vec<u8>>, ends: bool },
    /// Nothing is ever sent, not even the head.
    Silence,
    /// The connection is closed without an answer.
    Close,
    /// These bytes and nothing else, then the connection is closed.
    Raw(Vec<u8>),
}

/// What the server does to send a [`Reply`].
pub(crate) enum Step {
    Write(Vec<u8>),
    /// Waits for the peer to go.
    Forever,
    Close,
}

impl Reply {
    /// An empty answer.
    pub(crate) fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap();
        Self { status, headers: Vec::new(), payload: Payload::Whole(Vec::new()) }
    }

    /// An answer with a JSON body.
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::status(status).header("content-type", "application/json").body(body.to_string())
    }

    /// A 200 whose body is the given text, as JSON.
    pub(crate) fn ok_json(body: &str) -> Self {
        Self::status(200).header("content-type", "application/json").body(body)
    }

    /// A 200 with plain text.
    pub(crate) fn text(body: &str) -> Self {
        Self::status(200).header("content-type", "text/plain").body(body)
    }

    /// Never answers.
    pub(crate) fn silence() -> Self {
        Self { payload: Payload::Silence, ..Self::status(200) }
    }

    /// Closes the connection instead of answering.
    pub(crate) fn close() -> Self {
        Self { payload: Payload::Close, ..Self::status(200) }
    }

    /// Sends these bytes as they are and closes the connection.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { payload: Payload::Raw(bytes.into()), ..Self::status(200) }
    }

    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { payload: Payload::Whole(body.into()), ..self }
    }

    /// A chunked body.
    pub(crate) fn pieces<'a>(self, pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let pieces = pieces.into_iter().map(Into::into).collect();
        Self { payload: Payload::Pieces { pieces, ends: true }, ..self }
    }

    /// A chunked body that stops after its pieces without an end, the connection left open.
    pub(crate) fn unfinished<'a>(self, pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let pieces = pieces.into_iter().map(Into::into).collect();
        Self { payload: Payload::Pieces { pieces, ends: false }, ..self }
    }

    /// The steps that send this answer to a request of that method.
    pub(crate) fn steps(self, method: &str) -> Vec<Step> {
        let (extra, framing) = match &self.payload {
            Payload::Silence => return vec![Step::Forever],
            Payload::Close => return vec![Step::Close],
            Payload::Raw(bytes) => return vec![Step::Write(bytes.clone()), Step::Close],
            Payload::Whole(_) if self.has_no_body() => (String::new(), Vec::new()),
            Payload::Whole(body) => (format!("content-length: {}\r\n", body.len()), body.clone()),
            Payload::Pieces { .. } => ("transfer-encoding: chunked\r\n".to_owned(), Vec::new()),
        };
        let mut head = self.head(&extra);
        if method == "HEAD" {
            return vec![Step::Write(head)];
        }
        head.extend(framing);
        let mut steps = vec![Step::Write(head)];
        if let Payload::Pieces { pieces, ends } = self.payload {
            steps.extend(pieces.iter().map(|piece| Step::Write(chunk(piece))));
            steps.push(if ends { Step::Write(b"0\r\n\r\n".to_vec()) } else { Step::Forever });
        }
        steps
    }

    /// RFC 9110, 8.6: such an answer carries no content-length.
    fn has_no_body(&self) -> bool {
        self.status == StatusCode::NO_CONTENT || self.status == StatusCode::NOT_MODIFIED
    }

    fn head(&self, extra: &str) -> Vec<u8> {
        let reason = self.status.canonical_reason().unwrap_or("Unnamed");
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status.as_u16()).into_bytes();
        for (name, value) in &self.headers {
            head.extend(name.as_bytes());
            head.extend(b": ");
            head.extend(value);
            head.extend(b"\r\n");
        }
        head.extend(extra.as_bytes());
        head.extend(b"\r\n");
        head
    }
}

fn chunk(piece: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", piece.len()).into_bytes();
    chunk.extend(piece);
    chunk.extend(b"\r\n");
    chunk
}
