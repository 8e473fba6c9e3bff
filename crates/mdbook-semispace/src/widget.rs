//! Writes the element: one line of HTML, so that no line of the snippet can end the block or be taken for Markdown, in a list
//! and in a quotation too.

use crate::info::Info;

/// The element with the snippet inside as plain code, which is what a page without scripts shows.
#[must_use]
pub fn element(info: &Info, snippet: &str) -> String {
    let mut attributes = String::new();
    for (name, value) in &info.attributes {
        attributes.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    let code = escaped(snippet.trim_end_matches('\n'));
    let language = escaped(&info.language);
    // A `div`, because only some names may open a block right after a paragraph.
    format!(
        "<div class=\"semispace\"><semispace-playground{attributes}><pre><code class=\"language-{language}\">{code}</code></pre></semispace-playground></div>"
    )
}

/// The script that makes the elements of a page live.
#[must_use]
pub fn script(host: &str) -> String {
    format!("<script type=\"module\" src=\"{}embed/semispace.js\"></script>", escaped(host))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push_str("&#10;"),
            '\r' => {}
            other => safe.push(other),
        }
    }
    safe
}
