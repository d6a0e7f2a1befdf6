use gatehouse::{json, log, Guest, Request, Response};

struct Extension;

impl Guest for Extension {
    /// Answers one request. Every call of an interface such as `log` is a host call that policy decides.
    fn handle(request: Request) -> Result<Response, String> {
        gatehouse::log_panics();
        log::write(log::Level::Info, &format!("{} {}", request.method, request.path));
        Ok(json(200, r#"{"hello":"world"}"#))
    }
}

gatehouse::export!(Extension);
