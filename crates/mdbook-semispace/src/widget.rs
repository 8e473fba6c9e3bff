//! Writes the element: one line of HTML, so that no line of the snippet can end the block or be taken for Markdown, in a list
//! and in a quotation too.

use crate::info::Info;

/// The element with what a page without scripts shows inside: the snippet as plain code, or the picture of the lesson.
#[must_use]
pub fn element(info: &Info, snippet: &str, host: &str) -> String {
    let mut attributes = String::new();
    for (name, value) in &info.attributes {
        attributes.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    let content = match info.lesson() {
        Some(lesson) if snippet.trim().is_empty() => picture(lesson, host),
        _ => code(&info.language, snippet),
    };
    // A `div`, because only some names may open a block right after a paragraph.
    format!(
        "<div class=\"semispace\"><semispace-playground{attributes}>{content}</semispace-playground></div>"
    )
}

fn code(language: &str, snippet: &str) -> String {
    let (language, code) = (escaped(language), escaped(snippet.trim_end_matches('\n')));
    format!("<pre><code class=\"language-{language}\">{code}</code></pre>")
}

/// The site has one of each lesson.
fn picture(lesson: &str, host: &str) -> String {
    let (lesson, host) = (escaped(lesson), escaped(host));
    format!(
        "<img src=\"{host}embed/lessons/{lesson}.svg\" loading=\"lazy\" alt=\"The heap at the end of the lesson {lesson}\">"
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
