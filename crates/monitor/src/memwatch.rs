//! What the module `memwatch` makes of collections (`src/memwatch.cc` of node-memwatch).
//!
//! Only full collections count: each is one set of [`Stats`], and five in a row after which the heap was larger than after
//! the one before are a [`Leak`]. The original keeps its figures in unsigned 32-bit numbers and subtracts them as such, so
//! that a falling base shows as a trend of hundreds of millions of per cent, and it divides by whole seconds, so that a
//! leak within one second grows by -2147483648 bytes an hour. [`Arithmetic::Original`] does the same;
//! [`Arithmetic::Corrected`] gives sane figures.

use semispace_heap::CollectionRecord;

use crate::nice::nice_size_of;
use crate::{nice_duration, nice_size};

/// The recent base is a moving average over so many full collections.
const RECENT_PERIOD: u32 = 10;
/// The ancient base is one over at most so many.
const ANCIENT_PERIOD: u32 = 120;
/// Full collections before `min` and `max` are kept.
const SETTLED: u32 = 3;
/// Full collections with growth that make a leak.
const LEAK_GROWTH: u32 = 5;

/// How figures are calculated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arithmetic {
    /// With the original's unsigned 32-bit numbers and whole seconds.
    #[default]
    Original,
    /// Without overflow, with signed differences and milliseconds.
    Corrected,
}

/// The event `stats`. Sizes are bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stats {
    /// Full collections.
    pub num_full_gc: u32,
    /// All other collections.
    pub num_inc_gc: u32,
    /// Compactions: every full collection is taken for one.
    pub heap_compactions: u32,
    /// How far the recent base lies above the ancient one, per cent.
    pub usage_trend: f64,
    /// The recent base.
    pub estimated_base: f64,
    /// Used heap right after the collection.
    pub current_base: f64,
    /// The smallest base since the third full collection, 0 before.
    pub min: f64,
    /// The largest one.
    pub max: f64,
}

/// The event `leak`. Times are milliseconds of the script's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Leak {
    /// The first full collection that found a larger heap.
    pub start_ms: f64,
    /// The fifth.
    pub end_ms: f64,
    /// Bytes between the two.
    pub growth: f64,
    /// The same in words, with the growth an hour.
    pub reason: String,
}

/// What a full collection gives rise to. A leak is told before the statistics.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Five collections with growth are full.
    pub leak: Option<Leak>,
    /// The statistics.
    pub stats: Stats,
}

#[derive(Clone, Copy, Debug, Default)]
struct Growth {
    count: u32,
    start_ms: f64,
    start_base: f64,
}

/// The state between two collections.
#[derive(Clone, Debug, Default)]
pub struct Memwatch {
    arithmetic: Arithmetic,
    full: u32,
    other: u32,
    last_base: f64,
    recent: f64,
    ancient: f64,
    min: f64,
    max: f64,
    growth: Growth,
}

impl Memwatch {
    /// Nothing seen yet.
    #[must_use]
    pub fn new(arithmetic: Arithmetic) -> Self {
        Self { arithmetic, ..Self::default() }
    }

    /// From now on figures are calculated in this way.
    pub fn set_arithmetic(&mut self, arithmetic: Arithmetic) {
        self.arithmetic = arithmetic;
    }

    /// Takes note of a collection; a full one gives a report. `now_ms` is the script's clock, milliseconds.
    pub fn collected(&mut self, record: &CollectionRecord, now_ms: f64) -> Option<Report> {
        if !record.kind.is_full() {
            self.other = self.other.wrapping_add(1);
            return None;
        }
        self.full = self.full.wrapping_add(1);
        let base = record.used_after as f64;
        let leak = self.watch_growth(base, now_ms);
        self.last_base = self.stored(base);
        self.update_bases();
        self.update_extremes();
        Some(Report { leak, stats: self.stats() })
    }

    fn watch_growth(&mut self, base: f64, now_ms: f64) -> Option<Leak> {
        if self.last_base >= base {
            self.growth.count = 0;
            return None;
        }
        if self.growth.count == 0 {
            self.growth = Growth { count: 0, start_ms: now_ms, start_base: base };
        }
        self.growth.count += 1;
        if self.growth.count < LEAK_GROWTH {
            return None;
        }
        self.growth.count = 0;
        Some(self.leak(base, now_ms))
    }

    fn leak(&self, base: f64, now_ms: f64) -> Leak {
        let growth = base - self.growth.start_base;
        let whole_seconds = |ms: f64| (ms / 1000.0).floor();
        let (start_ms, end_ms) = match self.arithmetic {
            Arithmetic::Original => {
                (whole_seconds(self.growth.start_ms) * 1000.0, whole_seconds(now_ms) * 1000.0)
            }
            Arithmetic::Corrected => (self.growth.start_ms, now_ms),
        };
        let seconds = (end_ms - start_ms) / 1000.0;
        let rate = self.per_hour(growth, seconds);
        let duration = nice_duration(seconds as i64);
        let reason = format!("heap growth over {LEAK_GROWTH} consecutive GCs ({duration}) - {rate}/hr");
        Leak { start_ms, end_ms, growth, reason }
    }

    /// Growth an hour in words. C makes the smallest number of what does not fit.
    fn per_hour(&self, growth: f64, seconds: f64) -> String {
        let rate = |seconds: f64| growth / (seconds / 3600.0);
        match self.arithmetic {
            Arithmetic::Original => {
                let fits = rate(seconds).abs() <= f64::from(i32::MAX);
                nice_size(if fits { rate(seconds) as i32 } else { i32::MIN })
            }
            // The clock does not tell less than a millisecond apart.
            Arithmetic::Corrected => nice_size_of(rate(seconds.max(0.001)).trunc()),
        }
    }

    /// The base as the original's variables hold it.
    fn stored(&self, bytes: f64) -> f64 {
        match self.arithmetic {
            Arithmetic::Original => f64::from(wrapped(bytes)),
            Arithmetic::Corrected => bytes,
        }
    }

    /// Below ten full collections the original's damping is an integer division that always gives 0.
    fn update_bases(&mut self) {
        if self.full < RECENT_PERIOD {
            self.recent = self.last_base;
            self.ancient = self.last_base;
            return;
        }
        let period = f64::from(ANCIENT_PERIOD.min(self.full));
        let ancient = (self.ancient * (period - 1.0) + self.last_base) / period;
        match self.arithmetic {
            Arithmetic::Original => {
                let sum = wrapped(self.recent)
                    .wrapping_mul(RECENT_PERIOD - 1)
                    .wrapping_add(wrapped(self.last_base));
                self.recent = f64::from(sum / RECENT_PERIOD);
                self.ancient = f64::from(wrapped(ancient));
            }
            Arithmetic::Corrected => {
                let period = f64::from(RECENT_PERIOD);
                self.recent = (self.recent * (period - 1.0) + self.last_base) / period;
                self.ancient = ancient;
            }
        }
    }

    fn update_extremes(&mut self) {
        if self.full < SETTLED {
            return;
        }
        if self.min == 0.0 || self.min > self.last_base {
            self.min = self.last_base;
        }
        if self.max == 0.0 || self.max < self.last_base {
            self.max = self.last_base;
        }
    }

    fn stats(&self) -> Stats {
        Stats {
            num_full_gc: self.full,
            num_inc_gc: self.other,
            heap_compactions: self.full,
            usage_trend: self.usage_trend(),
            estimated_base: self.recent.round(),
            current_base: self.last_base,
            min: self.min,
            max: self.max,
        }
    }

    fn usage_trend(&self) -> f64 {
        if self.ancient == 0.0 {
            return 0.0;
        }
        let difference = match self.arithmetic {
            Arithmetic::Original => f64::from(wrapped(self.recent).wrapping_sub(wrapped(self.ancient))),
            Arithmetic::Corrected => self.recent - self.ancient,
        };
        (difference / self.ancient * 1000.0).round() / 10.0
    }
}

/// A number of bytes as an unsigned 32-bit number: the fraction is lost, and whole multiples of 4 GiB.
fn wrapped(bytes: f64) -> u32 {
    bytes as u64 as u32
}
