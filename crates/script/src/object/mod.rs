//! The object model: properties, elements, strings, functions.

mod arguments;
mod array;
mod create;
mod dictionary;
mod element;
mod function;
mod integrity;
mod property;
mod string;

pub use element::Elements;
pub use property::{Found, Key, Property};
