//! Errors as JavaScript expects them: an `Error` with `code`, `message` and, where there is a place, `line` and `column`.

use js_sys::{Error, Reflect};
use semispace_playground::Diagnostic;
use wasm_bindgen::JsValue;

/// An error without a place in the snippet.
pub fn plain(code: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    Reflect::set(&error, &"code".into(), &code.into()).ok();
    error.into()
}

/// An error of the snippet.
pub fn of_diagnostic(diagnostic: &Diagnostic) -> JsValue {
    with_place("ERR_SNIPPET", &diagnostic.message, diagnostic.line, diagnostic.column)
}

/// An error with a place, unless the line is 0.
pub fn with_place(code: &str, message: &str, line: u32, column: u32) -> JsValue {
    let error = plain(code, message);
    if line > 0 {
        Reflect::set(&error, &"line".into(), &line.into()).ok();
        Reflect::set(&error, &"column".into(), &column.into()).ok();
    }
    error
}
