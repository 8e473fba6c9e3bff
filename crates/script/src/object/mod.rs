//! The object model: properties, elements, strings, functions.

mod arguments;
mod array;
pub mod backing_store;
mod bigint;
mod create;
pub(crate) mod dictionary;
pub(crate) mod element;
mod element_store;
mod function;
mod integrity;
mod key_lists;
mod own_maps;
mod property;
mod property_access;
mod property_define;
mod sparse_elements;
mod spread_copy;
pub(crate) mod string;
mod string_builder;
pub(crate) mod string_view;
pub mod typed_array;

pub(crate) use array::ARRAY_ROOT;
pub(crate) use bigint::DIGITS as BIGINT_DIGITS;
pub use bigint::{MAX_BITS as MAX_BIGINT_BITS, text_to_bigint};
pub use element::Elements;
pub use property::{Found, Key, Property};
pub(crate) use spread_copy::CopyPlaces;
pub use typed_array::{ElementType, Place, Span};
