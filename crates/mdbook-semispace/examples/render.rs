//! Renders a book without mdBook: reads what the preprocessor hands back and writes a bare page for each chapter, made by the
//! library that mdBook itself uses. The browser tests open these where mdBook is not installed.
//!
//! `mdbook-semispace < BOOK | cargo run -p mdbook-semispace --example render FOLDER`

use pulldown_cmark::{Options, Parser, html};
use serde_json::Value;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
    let book: Value = serde_json::from_reader(io::stdin())?;
    for item in book["items"].as_array().into_iter().flatten() {
        let chapter = &item["Chapter"];
        let (Some(path), Some(content)) = (chapter["path"].as_str(), chapter["content"].as_str()) else {
            continue;
        };
        let target = Path::new(&folder).join(path).with_extension("html");
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut page = String::from(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A chapter</title><main>\n",
        );
        html::push_html(&mut page, Parser::new_ext(content, Options::all()));
        page.push_str("</main></html>\n");
        fs::write(target, page)?;
    }
    Ok(())
}
