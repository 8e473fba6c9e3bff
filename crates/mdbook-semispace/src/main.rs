//! `mdbook-semispace`: mdBook runs it with `supports RENDERER`, and then with the book on its standard input.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "mdBook reads standard output")]

use std::io::Read;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => preprocess(),
        ["supports", "html"] => ExitCode::SUCCESS,
        ["supports", _] => ExitCode::FAILURE,
        _ => {
            eprintln!("mdbook-semispace is run by mdBook: see docs/embedding/mdbook.md");
            ExitCode::from(2)
        }
    }
}

fn preprocess() -> ExitCode {
    let mut input = String::new();
    let made = std::io::stdin()
        .read_to_string(&mut input)
        .map_err(|error| format!("cannot read the book: {error}"))
        .and_then(|_| mdbook_semispace::book::process(&input));
    match made {
        Ok(book) => {
            println!("{book}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("mdbook-semispace: {message}");
            ExitCode::FAILURE
        }
    }
}
