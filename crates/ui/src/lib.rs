//! The page. It shows what the session in the worker tells it, and sends it commands; it knows nothing of the heap
//! but the types of `semispace-protocol`.
//!
//! [`session`] is the line to the worker and holds every signal that the views read. Each view is a file: [`editor`],
//! [`heap_view`], [`slow_motion`], [`controls`], [`timeline`], [`lessons`], and the tabs of [`details`]; [`work`] keeps what a person works
//! on, [`parts`] calls the page's JavaScript. Text that comes from a snippet is only ever set as text.

#![forbid(unsafe_code)]

pub mod controls;
pub mod details;
pub mod editor;
pub mod format;
pub mod header;
pub mod heap_view;
pub mod lessons;
pub mod page;
pub mod panes;
pub mod parts;
pub mod session;
pub mod slow_motion;
pub mod timeline;
pub mod work;

/// Shows the page in the document's body, with a session in a new worker.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(page::Page);
}
