//! One part: its content and what is said of it.

use std::fmt;
use std::path::Path;

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};
use http_body::Body as HttpBody;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use crate::body::Body;
use crate::error::{BoxError, Error};
use crate::source::{Measured, PIECE, Source};

/// A part of a `multipart/form-data` body: an argument marked `#[part]`, whose name is the part's.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use feign::Part;
///
/// #[feign::client(service = "pictures")]
/// trait Pictures {
///     #[post("/pictures")]
///     async fn upload(&self, #[part] title: &str, #[part("file")] picture: Part) -> Result<String, feign::Error>;
/// }
///
/// # async fn upload(pictures: PicturesClient) -> Result<(), feign::Error> {
/// let picture = Part::file("cat.png").await?.content_type("image/png");
/// pictures.upload("A cat", picture).await?;
/// # Ok(()) } }
/// ```
///
/// Where all parts know their length, the request says it. A body with a part that is a stream or a file
/// is sent once: no attempt can repeat it.
#[must_use = "a part is sent when it is an argument"]
pub struct Part {
    pub(crate) body: Body,
    pub(crate) file_name: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The first thing that cannot be as it was said.
    pub(crate) wrong: Option<String>,
}

impl Part {
    /// Makes a part of bytes, with the content type `application/octet-stream`.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Body::from(bytes.into())).content_type(super::writer::BYTES)
    }

    /// Makes a part of text, without a content type, which means text in UTF-8.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Body::from(text.into()))
    }

    /// Makes a part of a stream, with the content type `application/octet-stream`; a stream that turns
    /// out longer or shorter than `length` fails the call.
    pub fn stream<B>(body: B, length: Option<u64>) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let body = match length {
            Some(left) => Body::new(Measured { body: Box::pin(body), left }),
            None => Body::new(body),
        };
        Self::new(body).content_type(super::writer::BYTES)
    }

    /// Makes a part of a file, with its name and the content type `application/octet-stream`. Its
    /// content is read while it is sent, as long as it is now.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub async fn file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let (file, length) = open(path).await.map_err(|source| {
            Error::build(format!("the file `{}` cannot be opened", path.display()))
                .caused_by(source)
        })?;
        let part = Self::stream(Source::new(file.take(length)), Some(length));
        Ok(match path.file_name() {
            Some(name) => part.file_name(name.to_string_lossy()),
            None => part,
        })
    }

    pub(crate) fn new(body: Body) -> Self {
        Self { body, file_name: None, headers: HeaderMap::new(), wrong: None }
    }

    /// Says the name of the file that the part is.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Says the content type.
    pub fn content_type(self, content_type: impl AsRef<str>) -> Self {
        self.header(CONTENT_TYPE.as_str(), content_type)
    }

    /// Adds a header to the part, in place of one of that name.
    ///
    /// What cannot be sent, such as a value with a line break, fails the call.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = name.as_ref();
        let header = HeaderName::try_from(name).ok().filter(|name| *name != CONTENT_DISPOSITION);
        let Some(header) = header else {
            let shown = name.escape_debug();
            return self.mistake(format!("`{shown}` is no header of a part, or one that is ours"));
        };
        match crate::header::value(&header, value.as_ref()) {
            Ok(value) => drop(self.headers.insert(header, value)),
            Err(why) => return self.mistake(format!("`{header}`: {why}")),
        }
        self
    }

    fn mistake(mut self, what: String) -> Self {
        self.wrong.get_or_insert(what);
        self
    }
}

async fn open(path: &Path) -> std::io::Result<(File, u64)> {
    let mut file = File::open(path).await?;
    let known = file.metadata().await?;
    if !known.is_file() {
        return Err(std::io::Error::other(
            "it is no file, and its length is not known: write `Part::stream`",
        ));
    }
    file.set_max_buf_size(PIECE);
    Ok((file, known.len()))
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("body", &self.body)
            .field("file_name", &self.file_name)
            .finish_non_exhaustive()
    }
}
