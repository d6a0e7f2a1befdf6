//! What an extension in Rust is written with: implement [`Guest`] and name it in [`export!`]. Each call of a host interface, such
//! as [`kv`], is decided by policy; what is not used is not imported.

#[allow(warnings)]
#[rustfmt::skip]
pub mod bindings;
#[doc(hidden)]
pub mod rt;

pub use bindings::gatehouse::extension::types::Error;
pub use bindings::gatehouse::extension::{clock, config, events, http, kv, log, metrics, random, secrets, streams};
pub use bindings::{export, Guest, Request, Response};

/// A name and a value; names of headers are in lower case.
pub type Field = (String, String);

fn answer(status: u16, kind: &str, text: String) -> Response {
    Response { status, headers: vec![("content-type".into(), kind.into())], body: text.into_bytes() }
}

/// An answer of JSON, which is given as text.
pub fn json(status: u16, text: impl Into<String>) -> Response {
    answer(status, "application/json", text.into())
}

/// An RFC 9457 answer that says what is wrong with the request.
pub fn problem(status: u16, title: &str, detail: &str) -> Response {
    let text = format!(r#"{{"status":{status},"title":{},"detail":{}}}"#, quoted(title), quoted(detail));
    answer(status, "application/problem+json", text)
}

/// The first value of a name in a list of fields.
pub fn field<'a>(fields: &'a [Field], name: &str) -> Option<&'a str> {
    fields.iter().find(|(candidate, _)| candidate == name).map(|(_, value)| value.as_str())
}

/// A string as JSON writes it.
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            '\0'..='\x1f' => json.push_str(&format!("\\u{:04x}", letter as u32)),
            _ => json.push(letter),
        }
    }
    json.push('"');
    json
}

/// Writes the message of a panic to the log before the call ends as a trap. Needs `log:write` in the manifest.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| log::write(log::Level::Error, &panic.to_string())));
}
