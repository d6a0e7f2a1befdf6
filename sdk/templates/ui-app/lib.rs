use gatehouse::{field, json, kv, problem, quoted, Guest, Request, Response};

struct Extension;

impl Guest for Extension {
    /// The items that a page shows.
    fn handle(request: Request) -> Result<Response, String> {
        let id = field(&request.params, "id").unwrap_or_default();
        let stored = kv::get(&format!("items/{id}")).map_err(|refused| refused.message)?;
        let Some(bytes) = stored else {
            return Ok(problem(404, "Not found", &format!("There is no item {id}")));
        };
        let text = String::from_utf8_lossy(&bytes);
        Ok(json(200, format!(r#"{{"id":{},"text":{}}}"#, quoted(id), quoted(&text))))
    }
}

gatehouse::export!(Extension);
