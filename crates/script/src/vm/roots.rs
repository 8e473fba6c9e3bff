//! Everything of the machine that the collector must see: the half of it that is handed to the heap.

use std::collections::VecDeque;
use std::ops::Range;

use semispace_heap::{CollectionRecord, HeapTotals, Mutator, Ref, Word};

use super::call::Link;
use crate::atoms::Atoms;
use crate::bytecode::LIVE_ARGUMENTS;
use crate::compiler::FIRST_PARAMETER;
use crate::shape::ShapeTable;
use crate::value;
use crate::vm::realm::Realm;

/// A rooted value of Rust code: it stays valid across allocations until the native function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle(u32);

impl Handle {
    /// Its place: handles made from then on have a higher one.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The root-holding half of the machine.
#[derive(Clone, Debug)]
pub struct Roots {
    /// The registers of all frames, one window after the other.
    pub stack: Vec<Word>,
    /// First register of the current frame.
    pub base: usize,
    /// Current instruction, for positions and for the number of live registers.
    pub pc: usize,
    /// While a native function runs: the end of its arguments on the stack. Else 0.
    pub native_top: usize,
    /// Registers in use at each word of code.
    pub heights: Vec<u16>,
    /// Constants of all code.
    pub constants: Vec<Word>,
    /// Interned strings and symbols.
    pub atoms: Atoms,
    /// Hidden classes, for their prototypes.
    pub shapes: ShapeTable,
    /// The built-in objects.
    pub realm: Realm,
    /// `new.target` of the constructor frames, innermost last.
    pub new_targets: Vec<Word>,
    /// The generators whose frames are on the stack, innermost last.
    pub generators: Vec<Word>,
    /// What the generator that is being resumed was sent.
    pub sent: Word,
    /// The exception on its way to a handler.
    pub exception: Word,
    /// A call that a native function asks for: callee, this, arguments.
    pub pending_call: Vec<Word>,
    /// Calls that come before every microtask: `process.nextTick`.
    pub ticks: VecDeque<Vec<Word>>,
    /// What waits for the running script to end, after the ticks: see `vm/microtask.rs`.
    pub microtasks: VecDeque<Word>,
    /// The bytes of ArrayBuffers.
    pub stores: crate::object::backing_store::Stores,
    /// The Buffer pool.
    pub pool: crate::builtins::buffer::BufferPool,
    /// Whether `async_hooks` is told of every promise and tick.
    pub tracks_promises: bool,
    /// Timers and immediates.
    pub tasks: crate::node::timers::Tasks,
    /// The moments of `v8-profiler` at which it looked at the heap.
    pub heap_tracking: crate::node::heap_tracking::HeapTracking,
    /// What `mtrace` has noted of off-heap memory.
    pub malloc_trace: crate::node::malloc_trace::MallocTrace,
    /// What `perf_hooks` and `memwatch` have noted of collections.
    pub gc_watch: crate::node::gc_watch::GcWatch,
    /// WeakRefs and cells whose targets have died.
    pub finalized: VecDeque<Word>,
    /// Targets of WeakRefs that the running job has seen.
    pub kept: Vec<Word>,
    /// Rejected promises that nobody has handled yet.
    pub rejections: Vec<Word>,
    /// Instructions run before the current slice; virtual time follows from it.
    pub instructions: u64,
    /// Fuel that the current slice began with.
    pub slice: i64,
    /// What is left of it.
    pub fuel: i64,
    /// State of the generator of identity hashes.
    pub next_hash: u32,
    /// The table of number strings, or undefined.
    pub number_strings: Word,
    /// How many slots it has.
    pub number_strings_slots: u32,
    /// Short strings that JSON texts have in common.
    pub short_strings: super::short_strings::ShortStrings,
    /// What texts were split into.
    pub split_results: super::split_results::SplitResults,
    /// The living part of Node's start-up heap.
    pub start_up: Vec<Word>,
    /// The texts of scripts (V8: `Script::source`).
    pub sources: Vec<Word>,
    /// The store that is being made larger, if one is.
    pub growth: Option<super::growth::Growth>,
    /// What the script's own frame held when it ended, if the machine was asked to keep that: see
    /// [`crate::vm::Vm::keep_top_level`]. Words without a name are the contexts that closures share.
    pub top_level: Vec<(std::rc::Rc<str>, Word)>,
    handles: Vec<Word>,
}

/// Virtual nanoseconds that one bytecode word counts for.
pub(super) const NANOSECONDS_PER_INSTRUCTION: u64 = 5;

impl Roots {
    /// Roots of a machine that has not run yet.
    pub fn new() -> Self {
        Self {
            stack: vec![Word::ZERO; 4096],
            base: 0,
            pc: 0,
            native_top: 0,
            heights: Vec::new(),
            constants: Vec::new(),
            atoms: Atoms::default(),
            shapes: ShapeTable::default(),
            realm: Realm::default(),
            new_targets: Vec::new(),
            generators: Vec::new(),
            sent: value::UNDEFINED,
            exception: value::UNDEFINED,
            tracks_promises: false,
            pending_call: Vec::new(),
            ticks: VecDeque::new(),
            microtasks: VecDeque::new(),
            stores: crate::object::backing_store::Stores::default(),
            pool: crate::builtins::buffer::BufferPool::default(),
            tasks: crate::node::timers::Tasks::default(),
            heap_tracking: crate::node::heap_tracking::HeapTracking::default(),
            malloc_trace: crate::node::malloc_trace::MallocTrace::default(),
            gc_watch: crate::node::gc_watch::GcWatch::default(),
            finalized: VecDeque::new(),
            kept: Vec::new(),
            rejections: Vec::new(),
            instructions: 0,
            slice: 0,
            fuel: 0,
            next_hash: 1,
            number_strings: value::UNDEFINED,
            number_strings_slots: 0,
            short_strings: super::short_strings::ShortStrings::default(),
            split_results: super::split_results::SplitResults::default(),
            start_up: Vec::new(),
            sources: Vec::new(),
            growth: None,
            top_level: Vec::new(),
            handles: Vec::new(),
        }
    }

    /// Roots a value until the handles are cut back.
    #[inline]
    pub fn handle(&mut self, word: Word) -> Handle {
        self.handles.push(word);
        Handle(self.handles.len() as u32 - 1)
    }

    /// The value of a handle, at its object's current address.
    #[inline]
    pub fn get(&self, handle: Handle) -> Word {
        self.handles[handle.0 as usize]
    }

    /// Replaces the value of a handle.
    #[inline]
    pub fn set(&mut self, handle: Handle, word: Word) {
        self.handles[handle.0 as usize] = word;
    }

    /// All handles' values.
    pub(crate) fn handles(&self) -> &[Word] {
        &self.handles
    }

    /// How many handles there are: to cut back to.
    #[inline]
    pub fn handle_mark(&self) -> usize {
        self.handles.len()
    }

    /// Forgets the handles made since.
    #[inline]
    pub fn release_handles(&mut self, mark: usize) {
        self.handles.truncate(mark);
    }

    /// Registers in use by the topmost frame.
    pub fn height(&self) -> usize {
        let height = self.heights.get(self.pc).copied().unwrap_or(0);
        let registers = usize::from(height & !LIVE_ARGUMENTS);
        if height & LIVE_ARGUMENTS == 0 {
            return registers;
        }
        registers.max(usize::from(FIRST_PARAMETER) + Link::from_word(self.stack[self.base]).count())
    }

    /// The end of the live part of the stack.
    pub fn top(&self) -> usize {
        self.native_top.max(self.base + self.height())
    }
}

impl Default for Roots {
    fn default() -> Self {
        Self::new()
    }
}

impl Mutator for Roots {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        // Above the live registers lie values of frames long gone; forgetting them here is why calls need not clear.
        let top = self.top().min(self.stack.len());
        self.stack[top..].fill(Word::ZERO);
        self.stack[..top].iter_mut().for_each(&mut *visit);
        self.handles.iter_mut().for_each(&mut *visit);
        self.growth.iter_mut().flat_map(|growth| growth.words_mut()).for_each(&mut *visit);
        self.trace_static_roots(visit);
    }

    fn trace_static_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.constants.iter_mut().for_each(&mut *visit);
        self.atoms.words_mut().iter_mut().for_each(&mut *visit);
        self.shapes.trace(visit);
        // Cached holders of prototype properties may have moved.
        self.shapes.epoch += 1;
        self.realm.trace(visit);
        let lists =
            [&mut self.new_targets, &mut self.pending_call, &mut self.rejections, &mut self.generators];
        lists.into_iter().flatten().for_each(&mut *visit);
        self.ticks.iter_mut().flatten().for_each(&mut *visit);
        self.microtasks.iter_mut().for_each(&mut *visit);
        self.kept.iter_mut().chain(&mut self.finalized).for_each(&mut *visit);
        self.tasks.trace(visit);
        self.gc_watch.trace(visit);
        visit(&mut self.number_strings);
        self.split_results.elements.iter_mut().for_each(&mut *visit);
        self.start_up.iter_mut().chain(&mut self.sources).for_each(&mut *visit);
        self.top_level.iter_mut().for_each(|(_, word)| visit(word));
        visit(&mut self.sent);
        visit(&mut self.exception);
    }

    fn trace_weak(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.short_strings.trace(visit);
    }

    fn trace_young_weak(&mut self, _: &mut dyn FnMut(&mut Word)) {
        // The short strings are old.
    }

    /// V8: `Heap::MarkCompactPrologue`.
    fn forget_caches(&mut self, fill: &mut dyn FnMut(Ref, Range<u32>, Word)) {
        if let Some(table) = self.number_strings.as_ref() {
            fill(table, value::FIXED_SLOTS..value::FIXED_SLOTS + self.number_strings_slots, value::UNDEFINED);
        }
        self.split_results = super::split_results::SplitResults::default();
    }

    fn now_ns(&self) -> u64 {
        // What the current slice has used counts too, so that nothing depends on how a run is sliced.
        let used = (self.slice - self.fuel).max(0) as u64;
        (self.instructions + used) * NANOSECONDS_PER_INSTRUCTION + self.tasks.skipped_ns
    }

    fn finalized(&mut self, cell: Ref) {
        self.finalized.push_back(Word::reference(cell));
    }

    fn collected(&mut self, record: &CollectionRecord, before: &HeapTotals, after: &HeapTotals) {
        if let Some(immediate) = self.gc_watch.collected(record, before, after) {
            self.tasks.add_immediate(immediate);
        }
    }

    fn external_released(&mut self, handle: semispace_heap::ExternalHandle, _bytes: u64) {
        if let Some(id) = self.stores.release(handle) {
            self.malloc_trace.released(id);
            self.pool.store_freed(id);
        }
    }
}
