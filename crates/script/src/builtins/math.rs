//! Math.

/// The state of a generator seeded with a number (V8: `base::RandomNumberGenerator::SetSeed`, MurmurHash3 finaliser).
pub(crate) fn seed(seed: u64) -> (u64, u64) {
    let mix = |mut h: u64| {
        h ^= h >> 33;
        h = h.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        h ^= h >> 33;
        h = h.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        h ^ (h >> 33)
    };
    let first = mix(seed);
    (first, mix(!first))
}
