//! Random requests of each era against a reference that is written straight from Node's JavaScript: variables named and
//! changed as there, no slab objects, no sharing of code with the crate.

use semispace_slab::{Era, Grant, Pool};

/// Requests per era.
const REQUESTS: usize = 100_000;

/// A small generator, so that the sequence is the same for ever (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// `lib/buffer.js` of v0.10: `if (this.length > Buffer.poolSize) ... else if (!pool || pool.length - pool.used <
/// this.length) allocPool()`, `pool.used = (pool.used + this.length + 7) & ~7` (poolSize was written out as 8192
/// nowhere but in its definition).
struct Node010 {
    pool: Option<(u64, u64, u64)>,
    pools: u64,
}

impl Node010 {
    fn request(&mut self, length: u64, pool_size: u64) -> Option<(u64, u64)> {
        if length > pool_size || length == 0 {
            return None;
        }
        match self.pool {
            Some((_, size, used)) if size.saturating_sub(used) >= length => {}
            _ => {
                self.pool = Some((self.pools, pool_size, 0));
                self.pools += 1;
            }
        }
        let (number, size, used) = self.pool.expect("made above");
        self.pool = Some((number, size, (used + length + 7) & !7));
        Some((number, used))
    }
}

/// v0.12 and later: `allocPool`, `poolOffset`, `alignPool`; `createPool()` runs when the module is loaded.
struct Node012 {
    pool_number: u64,
    alloc_pool_bytes: u64,
    pool_offset: u64,
}

impl Node012 {
    fn request(&mut self, size: u64, pool_size: u64, strictly_less: bool) -> Option<(u64, u64)> {
        let small = if strictly_less { size < pool_size >> 1 } else { size <= pool_size >> 1 };
        if size == 0 || !small {
            return None;
        }
        if self.pool_offset > self.alloc_pool_bytes || size > self.alloc_pool_bytes - self.pool_offset {
            self.pool_number += 1;
            self.alloc_pool_bytes = pool_size;
            self.pool_offset = 0;
        }
        let place = (self.pool_number, self.pool_offset);
        self.pool_offset += size;
        if self.pool_offset & 7 != 0 {
            self.pool_offset |= 7;
            self.pool_offset += 1;
        }
        Some(place)
    }
}

fn place(grant: Grant) -> Option<(u64, u64)> {
    match grant {
        Grant::Pooled { slab, offset, .. } => Some((slab.0, offset)),
        Grant::Unpooled => None,
    }
}

/// Sizes as programs ask for them: mostly small, some around the limits, some large. Now and then the pool size changes.
fn check(pool: &mut Pool, mut reference: impl FnMut(u64, u64) -> Option<(u64, u64)>, seed: u64) {
    let mut random = Random(seed);
    for round in 0..REQUESTS {
        let size = pool.size();
        let bytes = match random.below(10) {
            0..=4 => random.below(64),
            5 | 6 => random.below(size / 2 + 2),
            7 => size / 2 - 1 + random.below(3),
            8 => size - 1 + random.below(3),
            _ => random.below(3 * size),
        };
        if round % 10_000 == 9_999 {
            pool.set_size(1024 << random.below(8));
        }
        let size = pool.size();
        assert_eq!(place(pool.allocate(bytes)), reference(bytes, size), "request {round} of {bytes} bytes");
    }
}

#[test]
fn node_0_10() {
    let mut reference = Node010 { pool: None, pools: 0 };
    check(&mut Pool::new(Era::V010, 8192), |bytes, size| reference.request(bytes, size), 10);
}

#[test]
fn node_0_12_and_4() {
    let mut reference = Node012 { pool_number: 0, alloc_pool_bytes: 8192, pool_offset: 0 };
    check(&mut Pool::new(Era::V012, 8192), |bytes, size| reference.request(bytes, size, false), 12);
}

#[test]
fn modern_with_8_kib() {
    let mut reference = Node012 { pool_number: 0, alloc_pool_bytes: 8192, pool_offset: 0 };
    check(&mut Pool::new(Era::Modern, 8192), |bytes, size| reference.request(bytes, size, true), 20);
}

#[test]
fn modern_with_64_kib() {
    let mut reference = Node012 { pool_number: 0, alloc_pool_bytes: 65_536, pool_offset: 0 };
    check(&mut Pool::new(Era::Modern, 65_536), |bytes, size| reference.request(bytes, size, true), 26);
}
