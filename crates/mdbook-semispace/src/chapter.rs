//! Finds the blocks of a chapter and puts the elements in their places.

use crate::info::{self, Info};
use crate::widget;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A block that becomes a widget.
struct Block {
    info: Info,
    snippet: String,
    range: Range<usize>,
    /// Of its first character, from 1.
    line: usize,
}

/// The chapter with its widgets; `None` when it has none. `host` is where the site lies, as the chapter's page reaches it.
///
/// # Errors
/// Line and words of the first block with a wrong option or an unknown lesson.
pub fn with_widgets(markdown: &str, host: &str) -> Result<Option<String>, (usize, String)> {
    let blocks = blocks_of(markdown)?;
    if blocks.is_empty() {
        return Ok(None);
    }
    let mut made = String::with_capacity(markdown.len());
    let mut end = 0;
    for block in blocks {
        made.push_str(&markdown[end..block.range.start]);
        let element = widget::element(&block.info, &block.snippet, host);
        made.push_str(&element.map_err(|message| (block.line, message))?);
        // A blank line ends the HTML; in a quotation it begins with the quotation's mark.
        made.push('\n');
        made.push_str(prefix_of(markdown, &block.range));
        end = block.range.end;
        if !markdown[end..].starts_with('\n') {
            made.push('\n');
        }
    }
    made.push_str(&markdown[end..]);
    Ok(Some(made))
}

fn blocks_of(markdown: &str) -> Result<Vec<Block>, (usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in Parser::new_ext(markdown, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) => {
                let line = markdown[..range.start].matches('\n').count() + 1;
                let info = info::read(&words).map_err(|message| (line, message))?;
                open = info.map(|info| Block { info, snippet: String::new(), range, line });
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.snippet.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    Ok(blocks)
}

/// What stands before the block on its last line: the marks of quotations, the indentation of lists.
fn prefix_of<'a>(markdown: &'a str, range: &Range<usize>) -> &'a str {
    let block = markdown[range.clone()].trim_end_matches('\n');
    let Some(start) = block.rfind('\n') else { return "" };
    let line = &block[start + 1..];
    &line[..line.find(|mark: char| !matches!(mark, ' ' | '\t' | '>')).unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As mdBook renders it: by the same library.
    fn html(markdown: &str) -> String {
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, Options::all()));
        html
    }

    const WIDGET: &str = r#"<div class="semispace"><semispace-playground view="heap"><pre><code class="language-js">let a = "&lt;b&gt;";&#10;&#10;// *not* Markdown</code></pre></semispace-playground></div>"#;

    fn check(markdown: &str, expect: &str) {
        let markdown = markdown
            .replace("BLOCK", "```js,semispace,view=heap\n|let a = \"<b>\";\n|\n|// *not* Markdown\n|```");
        let prefix = if markdown.contains("> ```") {
            "> "
        } else if markdown.contains("- ```") {
            "  "
        } else {
            ""
        };
        let made = with_widgets(&markdown.replace('|', prefix), "").unwrap().unwrap();
        let escaped = WIDGET.replace("&quot;", "\"").replace("= \"&lt;b&gt;\"", "= &quot;&lt;b&gt;&quot;");
        assert_eq!(html(&made).replace('\n', ""), expect.replace("WIDGET", &escaped), "{made}");
    }

    #[test]
    fn a_block_becomes_an_element_wherever_it_stands() {
        check("BLOCK", "WIDGET");
        check("BLOCK\n", "WIDGET");
        check("Before.\n\nBLOCK\n\nAfter *it*.", "<p>Before.</p>WIDGET<p>After <em>it</em>.</p>");
        check("Before.\nBLOCK\nAfter *it*.", "<p>Before.</p>WIDGET<p>After <em>it</em>.</p>");
        check("> BLOCK\n> After *it*.", "<blockquote>WIDGET<p>After <em>it</em>.</p></blockquote>");
        check("- BLOCK\n  After *it*.", "<ul><li>WIDGET<p>After <em>it</em>.</p></li></ul>");
        check("BLOCK\n# Title", "WIDGET<h1>Title</h1>");
    }

    #[test]
    fn other_blocks_stay_as_they_are() {
        for markdown in [
            "```js\nlet a;\n```",
            "    js,semispace\n",
            "`js,semispace`",
            "~~~text\n```js,semispace\n```\n~~~",
        ] {
            assert_eq!(with_widgets(markdown, ""), Ok(None), "{markdown}");
        }
    }

    #[test]
    fn a_lesson_has_its_picture_and_its_snippet_for_pages_without_scripts() {
        let made = with_widgets("```js,semispace,lesson=scavenge\n```", "../").unwrap().unwrap();
        let picture = "<img src=\"../embed/lessons/scavenge.svg\" loading=\"lazy\" alt=\"The heap at the end of the lesson scavenge\">";
        assert!(
            made.contains(&format!("<semispace-playground lesson=\"scavenge\">{picture}<pre>")),
            "{made}"
        );
        let code =
            made.split("<code class=\"language-js\">").nth(1).unwrap().split("</code>").next().unwrap();
        let plain = [("&#10;", "\n"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
            .iter()
            .fold(code.to_owned(), |text, (escape, character)| text.replace(escape, character));
        assert_eq!(plain, include_str!("../../../static/lessons/scavenge/snippet.js").trim_end());
    }

    #[test]
    fn an_unknown_lesson_has_its_line() {
        let (line, message) = with_widgets("Text.\n\n```js,semispace,lesson=scavange\n```", "").unwrap_err();
        assert_eq!(line, 3);
        assert!(
            message.starts_with("there is no lesson scavange; there are ") && message.contains(", scavenge,"),
            "{message}"
        );
    }

    #[test]
    fn two_blocks_and_the_text_between() {
        let made =
            with_widgets("~~~js,semispace\na\n~~~\nText.\n````js,semispace\n```\n````", "").unwrap().unwrap();
        assert_eq!(made.matches("<semispace-playground>").count(), 2);
        assert!(html(&made).contains("<p>Text.</p>"), "{made}");
    }

    #[test]
    fn a_wrong_option_has_its_line() {
        let (line, message) = with_widgets("# Title\n\n```js,semispace,colour=red\n```", "").unwrap_err();
        assert_eq!(line, 3);
        assert!(message.contains("no option colour=red"), "{message}");
    }
}
