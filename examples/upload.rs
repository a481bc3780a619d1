//! Forms and files: `cargo run --example upload`.
//!
//! The file is read while it is sent, a piece at a time, so that its size does not matter.

use axum::body::Body;
use axum::http::HeaderMap;
use axum::routing::post;
use axum::{Form, Json, Router};
use feign::Part;
use serde::{Deserialize, Serialize};

#[feign::client(service = "pictures", rename_all = "camelCase")]
trait Pictures {
    /// `application/x-www-form-urlencoded`, each argument a field.
    #[post("/albums")]
    async fn create(
        &self,
        #[form] title: &str,
        #[form] max_size: Option<u32>,
    ) -> Result<Album, feign::Error>;

    /// `multipart/form-data`: text, JSON and any number of files.
    #[post("/albums/{id}")]
    async fn upload(
        &self,
        id: u32,
        #[part] caption: &str,
        #[part(json)] place: &Place,
        #[part("file")] files: Vec<Part>,
    ) -> Result<Vec<String>, feign::Error>;
}

#[derive(Debug, Serialize, Deserialize)]
struct Album {
    title: String,
}

#[derive(Serialize)]
struct Place {
    city: &'static str,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pictures = PicturesClient::at(serve().await?)?;
    println!("{:?}", pictures.create("Cats & dogs", None).await?);

    let path = std::env::temp_dir().join(format!("feign-{}.txt", std::process::id()));
    std::fs::write(&path, "a megabyte ".repeat(100_000))?;
    let files = vec![
        Part::file(&path).await?.content_type("text/plain"),
        Part::bytes("\u{89}PNG").file_name("cat \"é\".png").content_type("image/png"),
    ];
    for part in pictures.upload(7, "A cat", &Place { city: "Lyon" }, files).await? {
        println!("{part}");
    }
    std::fs::remove_file(path)?;
    Ok(())
}

async fn serve() -> std::io::Result<String> {
    let router = Router::new()
        .route("/albums", post(async |Form(album): Form<Album>| Json(album)))
        .route("/albums/{id}", post(parts));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

/// Says what came, read piece by piece.
async fn parts(head: HeaderMap, body: Body) -> Result<Json<Vec<String>>, String> {
    let content_type = head.get("content-type").and_then(|value| value.to_str().ok());
    let boundary = multer::parse_boundary(content_type.unwrap_or_default());
    let boundary = boundary.map_err(|error| error.to_string())?;
    let mut parts = multer::Multipart::new(body.into_data_stream(), boundary);
    let mut said = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|error| error.to_string())? {
        let head = format!("{:?} {:?} {:?}", part.name(), part.file_name(), part.content_type());
        let (mut bytes, mut pieces) = (0, 0);
        while let Some(piece) = part.chunk().await.map_err(|error| error.to_string())? {
            (bytes, pieces) = (bytes + piece.len(), pieces + 1);
        }
        said.push(format!("{head}: {bytes} bytes in {pieces} pieces"));
    }
    Ok(Json(said))
}
