use gatehouse::{json, kv, problem, quoted, Guest, Request, Response};

struct Extension;

impl Guest for Extension {
    /// Answers with what it was told before. Everything it remembers lies in its own storage.
    fn handle(request: Request) -> Result<Response, String> {
        // The text of an error is shown to operators, not to the caller.
        let before = kv::get("last").map_err(|refused| refused.message)?;
        if let Err(refused) = kv::set("last", &request.body) {
            return Ok(problem(403, "Not remembered", &refused.message));
        }
        let before = before.map_or("null".into(), |bytes| quoted(&String::from_utf8_lossy(&bytes)));
        Ok(json(200, format!(r#"{{"before":{before},"heard":{}}}"#, request.body.len())))
    }
}

gatehouse::export!(Extension);
