//! Walks over the book that mdBook hands over: `[context, book]`.

use crate::{Problem, chapter, widget};
use serde_json::Value;

/// Where the site lies unless the configuration says otherwise: a folder of the book itself.
const DEFAULT_HOST: &str = "semispace/";

/// Puts widgets into all chapters and returns the book.
///
/// `preprocessor.semispace.host` in `book.toml` says where the site lies: an address, or a folder of the book.
///
/// # Errors
/// The first block with a wrong option, or words for what is no book.
pub fn process(input: &str) -> Result<Value, String> {
    let parts: Value =
        serde_json::from_str(input).map_err(|error| format!("mdBook's input is no JSON: {error}"))?;
    let Value::Array(parts) = parts else {
        return Err("mdBook's input is no pair of a context and a book".into());
    };
    let Ok([context, mut book]) = <[Value; 2]>::try_from(parts) else {
        return Err("mdBook's input is no pair of a context and a book".into());
    };
    let host = context
        .pointer("/config/preprocessor/semispace/host")
        .and_then(Value::as_str)
        .unwrap_or(DEFAULT_HOST);
    // Since mdBook 0.5 the list is named `items`, before it `sections`.
    let name = if book.get("items").is_some() { "items" } else { "sections" };
    let Some(items) = book.get_mut(name).and_then(Value::as_array_mut) else {
        return Err("mdBook's book has no chapters: is this mdBook 0.4 or 0.5?".into());
    };
    visit(items, &with_slash(host)).map_err(|problem| problem.to_string())?;
    Ok(book)
}

fn with_slash(host: &str) -> String {
    if host.is_empty() || host.ends_with('/') { host.to_owned() } else { format!("{host}/") }
}

/// Visits chapters depth first. Books nest a handful of levels, so this may recurse.
fn visit(items: &mut [Value], host: &str) -> Result<(), Problem> {
    for item in items {
        let Some(chapter) = item.get_mut("Chapter") else { continue };
        let path = chapter.get("path").and_then(Value::as_str).unwrap_or_default().to_owned();
        let content = chapter.get("content").and_then(Value::as_str).unwrap_or_default();
        let near = seen_from(host, &path);
        let made = chapter::with_widgets(content, &near).map_err(|(line, message)| Problem {
            file: path.clone(),
            line,
            message,
        })?;
        if let Some(made) = made {
            let script = widget::script(&near);
            chapter["content"] = Value::String(format!("{made}\n\n{script}\n"));
        }
        if let Some(inner) = chapter.get_mut("sub_items").and_then(Value::as_array_mut) {
            visit(inner, host)?;
        }
    }
    Ok(())
}

/// A folder of the book as a chapter's page reaches it; an address stays as it is.
fn seen_from(host: &str, path: &str) -> String {
    let is_address = host.starts_with('/') || host.contains("://");
    let depth = if is_address { 0 } else { path.matches(['/', '\\']).count() };
    format!("{}{host}", "../".repeat(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_reached_from_any_depth() {
        for (host, path, expect) in [
            ("semispace/", "intro.md", "semispace/"),
            ("semispace/", "part/chapter.md", "../semispace/"),
            ("https://gc.example/", "part/chapter.md", "https://gc.example/"),
            ("/gc/", "part/chapter.md", "/gc/"),
        ] {
            assert_eq!(seen_from(host, path), expect);
        }
    }

    #[test]
    fn what_is_no_book_is_refused() {
        for input in ["", "{}", "[1]", "[{}, {}]", "[{}, {\"items\": 1}]"] {
            assert!(process(input).is_err(), "{input}");
        }
    }
}
