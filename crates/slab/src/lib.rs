//! Node's pool of Buffer memory: one *slab* after the other, from which small Buffers take slices.
//!
//! A Buffer of a few bytes is not worth an allocation outside the heap. So Node takes a slab of `Buffer.poolSize` bytes
//! and hands out slices of it, front to back, until the next request does not fit; then it takes a new slab and forgets the
//! old one. Nothing is ever given back to a slab: it is freed as a whole, when the last Buffer that points into it
//! is collected. That is cheap, and it has a price that this crate shows: one live Buffer of one byte keeps 8 KiB.
//!
//! - [`Era`] has the rules of the three generations of Node: when a request is pooled, when a new slab is taken, how far
//!   the offset moves on.
//! - [`Pool`] applies them, and keeps a [`Slab`] for each slab that is alive: who points into it, how much is taken, its
//!   [`SlabState`].
//! - [`Figures`] says what that comes to: slabs by state, bytes wasted, bytes pinned.
//!
//! The crate holds no bytes and knows neither heap nor script. Its client asks where a request goes
//! ([`Pool::allocate`]), makes the memory, and says which slices ([`Pool::release`]) and slabs ([`Pool::free`]) have died.
//!
//! Sources of the rules: `lib/buffer.js` of Node 0.10, 0.12 and 20 (`allocate`, `alignPool`, `fromStringFast`).

mod era;
mod figures;
mod pool;
mod slab;

pub use era::Era;
pub use figures::{Figures, SlabCounts};
pub use pool::{Grant, Pool};
pub use slab::{Slab, SlabId, SlabState, Slice, SliceId};
