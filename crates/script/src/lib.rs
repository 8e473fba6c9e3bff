//! JavaScript on the Semispace heap.
pub mod atoms;
pub mod builtins;
pub mod bytecode;
pub mod compiler;
pub mod diagnostic;
pub mod names;
pub mod node;
pub mod object;
pub mod shape;
pub mod value;
pub mod vm;
