//! Speed of the collector on graphs of a known shape: objects and bytes a second for each phase, median and best of the rounds.
//!
//! `cargo bench -p semispace-heap` runs everything; `-- scavenge` only what contains the word. The last lines tell
//! what the machine itself can do: copy memory, and follow pointers that no cache holds.

use semispace_heap::{
    CollectionKind, EventMask, Heap, HeapConfig, HeapEvent, Kind, Layout, MIB, Mutator, Observer, PROFILES,
    Phase, Reason, Recorder, Ref, Word,
};
use std::time::{Duration, Instant};

const NODE: Kind = Kind::new(1, Layout::Tagged);
/// Words of a node, as of one with three fields in V8.
const NODE_WORDS: u32 = 6;
const ROUNDS: usize = 9;
/// Slots of the tables that hold the nodes.
const TABLE_SLOTS: usize = 512;

/// Notes when each phase begins.
#[derive(Clone, Default)]
struct PhaseClock {
    marks: Vec<(Phase, Instant)>,
}

impl Observer for PhaseClock {
    fn mask(&self) -> EventMask {
        EventMask::PHASE
    }

    fn observe(&mut self, event: HeapEvent) {
        if let HeapEvent::PhaseChanged { phase } = event {
            self.marks.push((phase, Instant::now()));
        }
    }
}

impl PhaseClock {
    /// Time spent in a phase.
    fn spent(&self, phase: Phase) -> Duration {
        let pairs = self.marks.iter().zip(&self.marks[1..]);
        pairs.filter(|((at, _), _)| *at == phase).map(|((_, from), (_, to))| *to - *from).sum()
    }
}

#[derive(Default)]
struct Roots(Vec<Word>);

impl Mutator for Roots {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.0.iter_mut().for_each(visit);
    }

    fn now_ns(&self) -> u64 {
        0
    }
}

struct Rng(u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    InOrder,
    Shuffled,
}

fn config(semi_space: u64) -> HeapConfig {
    let mut config = HeapConfig::from(&PROFILES[0]);
    config.set_max_semi_space_mb(semi_space);
    config.set_min_semi_space_mb(semi_space);
    config.old_max = 8192 * MIB;
    config
}

/// Roots the nodes through tables of 512 slots, in the order of their addresses or in a random one. Every second node
/// hangs on the one before it.
fn link(heap: &mut Heap<PhaseClock>, roots: &mut Roots, tables: &[Ref], nodes: &[Ref], order: Order) {
    let mut pairs: Vec<&[Ref]> = nodes.chunks(2).collect();
    if order == Order::Shuffled {
        Rng(7).shuffle(&mut pairs);
    }
    for (at, pair) in pairs.iter().enumerate() {
        heap.set(tables[at / TABLE_SLOTS], (at % TABLE_SLOTS) as u32 + 1, pair[0].into());
        if let Some(&second) = pair.get(1) {
            heap.set(pair[0], 1, second.into());
        }
    }
    roots.0.extend(tables.iter().map(|&table| Word::from(table)));
}

fn scavenge(order: Order) -> (f64, f64) {
    let count = 400_000;
    let mut seconds = Vec::new();
    for _ in 0..ROUNDS {
        let mut heap = Heap::new(config(32), PhaseClock::default());
        let mut roots = Roots::default();
        heap.allocate(&mut roots, NODE, 0, 2).expect("room");
        // Once to commit from-space, then the measured one.
        heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
        spread(&mut heap, &mut roots, count, order);
        heap.observer_mut().marks.clear();
        heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
        let clock = heap.observer();
        let spent = clock.spent(Phase::ScavengeRoots) + clock.spent(Phase::ScavengeTransitively);
        assert!(heap.last_collections().last().is_some_and(|r| r.survived > count as u64 * 32));
        seconds.push(spent.as_secs_f64());
    }
    rates(count, seconds)
}

/// Makes `count` young nodes and the tables that hold them.
fn spread(heap: &mut Heap<PhaseClock>, roots: &mut Roots, count: usize, order: Order) {
    let mut new = |words| heap.allocate(roots, NODE, 0, words).expect("room");
    let tables: Vec<Ref> =
        (0..count.div_ceil(2 * TABLE_SLOTS)).map(|_| new(TABLE_SLOTS as u32 + 1)).collect();
    let nodes: Vec<Ref> = (0..count).map(|_| new(NODE_WORDS)).collect();
    link(heap, roots, &tables, &nodes, order);
}

fn old_list(config: HeapConfig, order: Order, count: usize) -> (Heap<PhaseClock>, Roots) {
    let mut heap = Heap::new(config, PhaseClock::default());
    let mut roots = Roots::default();
    let tables = count.div_ceil(2 * TABLE_SLOTS);
    for at in 0..tables + count {
        let words = if at < tables { TABLE_SLOTS as u32 + 1 } else { NODE_WORDS };
        let r = heap.allocate_old(&mut roots, NODE, 0, words).expect("room");
        roots.0.push(r.into());
    }
    // A large heap has been collected on the way: the roots know where the objects are now.
    let objects: Vec<Ref> = roots.0.drain(..).filter_map(Word::as_ref).collect();
    let (tables, nodes) = objects.split_at(tables);
    link(&mut heap, &mut roots, tables, nodes, order);
    (heap, roots)
}

fn mark(order: Order) -> (f64, f64) {
    let count = 4_000_000;
    let (mut heap, mut roots) = old_list(config(1), order, count);
    let mut seconds = Vec::new();
    for _ in 0..ROUNDS {
        heap.observer_mut().marks.clear();
        heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
        seconds.push(heap.observer().spent(Phase::Mark).as_secs_f64());
    }
    rates(count, seconds)
}

fn evacuate(order: Order) -> (f64, f64) {
    let count = 1_000_000;
    let mut config = config(1);
    config.stress_compaction = true;
    let (mut heap, mut roots) = old_list(config, order, count);
    let mut seconds = Vec::new();
    for _ in 0..ROUNDS {
        heap.observer_mut().marks.clear();
        heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
        let clock = heap.observer();
        let spent = clock.spent(Phase::EvacuateCandidates) + clock.spent(Phase::UpdatePointers);
        seconds.push(spent.as_secs_f64());
    }
    rates(count, seconds)
}

/// Millions of objects a second: median and best round.
fn rates(count: usize, seconds: Vec<f64>) -> (f64, f64) {
    let best = seconds.iter().copied().fold(f64::INFINITY, f64::min);
    let rate = |time: f64| count as f64 / time / 1e6;
    (rate(median(seconds)), rate(best))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Marks a heap of so many nodes of 48 bytes at once, then in steps, the first of which is the start of marking: longest step and sum of the steps,
/// as shares of the time at once. On a busy machine the clock shows what other processes take. So at once the processor
/// time counts (where `/proc` tells it, to a tick), and of each step, which is shorter than a tick and the same in every
/// round, the fastest round.
fn incremental(nodes: usize, rounds: usize) -> String {
    let (mut heap, mut roots) = old_list(config(1), Order::InOrder, nodes);
    let (mut at_once, mut steps) = (Vec::new(), Vec::<f64>::new());
    for _ in 0..rounds {
        // Ends the marking of the round before.
        heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
        heap.start(&mut roots, CollectionKind::Full, Reason::Testing);
        while heap.phase() != Phase::Mark {
            heap.step(&mut roots);
        }
        let before = processor_time();
        while heap.phase() == Phase::Mark {
            heap.run_phase(&mut roots);
        }
        at_once.push(processor_time() - before);
        heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
        heap.sweep_some(usize::MAX);
        let mut round = vec![seconds(|| heap.start_marking(&mut roots, Reason::Testing))];
        while heap.grey_objects().len() > 0 {
            round.push(seconds(|| heap.marking_step()));
        }
        steps.resize(round.len(), f64::INFINITY);
        steps.iter_mut().zip(&round).for_each(|(best, step)| *best = best.min(*step));
    }
    let at_once = median(at_once);
    let (longest, sum) = (steps.iter().copied().fold(0.0, f64::max), steps.iter().sum::<f64>());
    format!(
        "at once {:.0} ms; {} steps, longest {:.2} %, all {:.2}x",
        at_once * 1e3,
        steps.len(),
        longest / at_once * 100.0,
        sum / at_once
    )
}

/// Seconds that this thread has run; without `/proc`, seconds.
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ran: Option<f64> = text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    ran.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Binary trees with an observer that records collections, over the same without.
fn observer() -> String {
    let mut ratios = (Vec::new(), Vec::new());
    for _ in 0..7 {
        let plain = binary_trees(14, ()).0;
        ratios.0.push(binary_trees(14, Recorder::default()).0 / plain);
        ratios.1.push(binary_trees(14, Recorder::new(EventMask::MOVE, 4096)).0 / plain);
    }
    format!("recording collections {:.2}x, every move {:.2}x", median(ratios.0), median(ratios.1))
}

// --- binary trees -------------------------------------------------------------------------------------------------

struct TreeBench<O: Observer> {
    heap: Heap<O>,
    stack: Roots,
}

impl<O: Observer> TreeBench<O> {
    fn build(&mut self, depth: u32) {
        if depth > 0 {
            self.build(depth - 1);
            self.build(depth - 1);
        }
        let r = match self.heap.try_bump(NODE, 0, 3) {
            Some(r) => r,
            None => self.heap.allocate(&mut self.stack, NODE, 0, 3).expect("room"),
        };
        let children = match depth {
            0 => [Word::ZERO; 2],
            _ => [self.stack.0.pop(), self.stack.0.pop()].map(|child| child.unwrap_or(Word::ZERO)),
        };
        self.heap.init(r, 1, children[1]);
        self.heap.init(r, 2, children[0]);
        self.stack.0.push(r.into());
    }

    fn check(&self, node: Word) -> u32 {
        let Some(r) = node.as_ref() else { return 0 };
        1 + self.check(self.heap.get(r, 1)) + self.check(self.heap.get(r, 2))
    }
}

fn binary_trees(depth: u32, observer: impl Observer) -> (f64, u32) {
    let start = Instant::now();
    let mut bench = TreeBench { heap: Heap::new(config(16), observer), stack: Roots::default() };
    bench.build(depth + 1);
    let mut sum = bench.stack.0.pop().map_or(0, |top| bench.check(top));
    bench.build(depth);
    for d in (4..=depth).step_by(2) {
        for _ in 0..1u32 << (depth - d + 4) {
            bench.build(d);
            sum += bench.stack.0.pop().map_or(0, |top| bench.check(top));
        }
    }
    (start.elapsed().as_secs_f64(), sum)
}

struct BoxNode(Option<(Box<BoxNode>, Box<BoxNode>)>);

fn box_build(depth: u32) -> Box<BoxNode> {
    Box::new(BoxNode((depth > 0).then(|| (box_build(depth - 1), box_build(depth - 1)))))
}

fn box_check(node: &BoxNode) -> u32 {
    1 + node.0.as_ref().map_or(0, |(left, right)| box_check(left) + box_check(right))
}

fn box_trees(depth: u32) -> (f64, u32) {
    let start = Instant::now();
    let mut sum = box_check(&box_build(depth + 1));
    let long_lived = box_build(depth);
    for d in (4..=depth).step_by(2) {
        for _ in 0..1u32 << (depth - d + 4) {
            sum += box_check(&box_build(d));
        }
    }
    drop(long_lived);
    (start.elapsed().as_secs_f64(), sum)
}

fn compare_trees(depth: u32) -> String {
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let (ours, boxed) = (binary_trees(depth, ()), box_trees(depth));
        assert_eq!(ours.1, boxed.1);
        times.0.push(ours.0);
        times.1.push(boxed.0);
    }
    let (ours, boxed) = (median(times.0), median(times.1));
    format!("{ours:.3} s, Box {boxed:.3} s, ratio {:.2}", boxed / ours)
}

// --- the machine --------------------------------------------------------------------------------------------------

fn memcpy() -> f64 {
    let source = vec![1u64; 8 << 20];
    let mut target = vec![0u64; 8 << 20];
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        target.copy_from_slice(std::hint::black_box(&source));
        std::hint::black_box(&mut target);
        start.elapsed().as_secs_f64()
    });
    (8 << 20) as f64 * 8.0 / median(times.collect()) / 1e9
}

fn pointer_chase() -> f64 {
    let count = 16 << 20;
    let mut order: Vec<u32> = (0..count).collect();
    Rng(3).shuffle(&mut order);
    let mut next = vec![0u32; count as usize];
    for pair in order.windows(2) {
        next[pair[0] as usize] = pair[1];
    }
    let start = Instant::now();
    let mut at = order[0];
    for _ in 0..2_000_000 {
        at = next[at as usize];
    }
    std::hint::black_box(at);
    start.elapsed().as_secs_f64() / 2e6 * 1e9
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its results")]
fn report(filter: &str, name: &str, run: impl FnOnce() -> String) {
    if name.contains(filter) {
        println!("{name:24} {}", run());
    }
}

fn show((median, best): (f64, f64)) -> String {
    let megabytes = |objects: f64| objects * f64::from(NODE_WORDS) * 8.0;
    format!(
        "{median:7.1} M objects/s {:8.0} MB/s, best {best:7.1} M objects/s {:8.0} MB/s",
        megabytes(median),
        megabytes(best)
    )
}

fn main() {
    let filter = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).unwrap_or_default();
    report(&filter, "scavenge in order", || show(scavenge(Order::InOrder)));
    report(&filter, "scavenge shuffled", || show(scavenge(Order::Shuffled)));
    report(&filter, "mark in order", || show(mark(Order::InOrder)));
    report(&filter, "mark shuffled", || show(mark(Order::Shuffled)));
    report(&filter, "evacuate in order", || show(evacuate(Order::InOrder)));
    report(&filter, "evacuate shuffled", || show(evacuate(Order::Shuffled)));
    report(&filter, "binary trees 16", || compare_trees(16));
    report(&filter, "incremental, 384 MB", || incremental(8_000_000, ROUNDS));
    report(&filter, "incremental, 2 GB", || incremental(44_000_000, 3));
    report(&filter, "observer", observer);
    report(&filter, "memcpy", || format!("{:.1} GB/s", memcpy()));
    report(&filter, "pointer chase", || format!("{:.0} ns a hop", pointer_chase()));
}
