//! The page's entry: see the library.
#![forbid(unsafe_code)]

fn main() {
    semispace_ui::start();
}
