//! Writes the element: one line of HTML, so that no line of the snippet can end the block or be taken for Markdown, in a list
//! and in a quotation too.

use crate::info::Info;

/// The site's lessons: name and snippet, sorted by name.
const LESSONS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// The element with what a page without scripts shows inside: the picture of its lesson, if it has one, and the snippet as plain
/// code.
///
/// # Errors
/// The words for a lesson that there is not.
pub fn element(info: &Info, snippet: &str, host: &str) -> Result<String, String> {
    let mut attributes = String::new();
    for (name, value) in &info.attributes {
        attributes.push_str(&format!(" {name}=\"{}\"", escaped(value)));
    }
    let content = match info.lesson() {
        Some(lesson) => picture(lesson, host) + &code(&info.language, lesson_of(lesson)?),
        None => code(&info.language, snippet),
    };
    // A `div`, because only some names may open a block right after a paragraph.
    Ok(format!(
        "<div class=\"semispace\"><semispace-playground{attributes}>{content}</semispace-playground></div>"
    ))
}

fn code(language: &str, snippet: &str) -> String {
    let (language, code) = (escaped(language), escaped(snippet.trim_end_matches('\n')));
    format!("<pre><code class=\"language-{language}\">{code}</code></pre>")
}

/// The snippet of a lesson.
fn lesson_of(name: &str) -> Result<&'static str, String> {
    let found = LESSONS.iter().find(|(known, _)| *known == name);
    found.map(|(_, snippet)| *snippet).ok_or_else(|| {
        let names: Vec<&str> = LESSONS.iter().map(|(name, _)| *name).collect();
        format!("there is no lesson {name}; there are {}", names.join(", "))
    })
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
