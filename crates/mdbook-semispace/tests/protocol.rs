//! The program as mdBook runs it: the answers to `supports`, and a book that mdBook 0.5.4 has handed over (the example in
//! docs/embedding/mdbook).

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const RECORDED: &str = include_str!("recorded/mdbook-0.5.4.json");

fn run(arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mdbook-semispace"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end before it has read everything, as it does for `supports`.
    program.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    program.wait_with_output().unwrap()
}

fn content<'a>(book: &'a Value, items: &str, number: usize) -> &'a str {
    book[items][number]["Chapter"]["content"].as_str().unwrap()
}

#[test]
fn only_html_is_supported() {
    assert!(run(&["supports", "html"], "").status.success());
    for renderer in ["markdown", "epub", "not-a-renderer"] {
        assert!(!run(&["supports", renderer], "").status.success(), "{renderer}");
    }
    assert_eq!(run(&["build"], "").status.code(), Some(2));
}

#[test]
fn a_recorded_book_gets_its_widgets_and_keeps_the_rest() {
    let output = run(&[], RECORDED);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = content(&made, "items", 0);
    assert!(first.contains(r#"<semispace-playground view="heap log" max-semi-space-size="1"><pre><code class="language-js">const kept = [];&#10;"#), "{first}");
    assert!(first.contains("```js\nconst kept = [];\n```"), "{first}");
    assert!(
        first.ends_with("<script type=\"module\" src=\"semispace/embed/semispace.js\"></script>\n"),
        "{first}"
    );
    let second = content(&made, "items", 1);
    assert!(
        second.contains(r#"<semispace-playground view="timeline" editable="" height="260">"#),
        "{second}"
    );
    assert!(second.contains(r#"src="../semispace/embed/semispace.js""#), "{second}");

    let mut expected: Value = serde_json::from_str(RECORDED).unwrap();
    for number in 0..2 {
        expected[1]["items"][number]["Chapter"]["content"] =
            made["items"][number]["Chapter"]["content"].clone();
    }
    assert_eq!(made, expected[1]);
}

#[test]
fn books_of_mdbook_0_4_name_their_list_otherwise() {
    let mut book: Value = serde_json::from_str(RECORDED).unwrap();
    let items = book[1]["items"].take();
    book[1] = serde_json::json!({ "sections": items });
    let output = run(&[], &book.to_string());
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(content(&made, "sections", 0).contains("<semispace-playground"));
}

#[test]
fn a_wrong_option_stops_the_book_with_its_place() {
    let input = RECORDED.replace("js,semispace,lesson=slab-pinning", "js,semispace,leson=slab-pinning");
    let output = run(&[], &input);
    assert!(!output.status.success());
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("chapters/leaks.md:15: a widget has no option leson=slab-pinning"), "{message}");
}
