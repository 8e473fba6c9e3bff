//! The machine: registers, frames and the loop that runs them.
//!
//! No JavaScript call recurses on the Rust stack: frames lie one after the other in [`Roots::stack`], so a run can stop
//! at any call or backward jump, be cloned, and go on. A frame's window begins with the link (where to return to), the
//! callee and `this`; then parameters, variables and temporaries.
//!
//! Read [`run`] for what a run is, [`interpreter`] for the hot loop, [`slow`] for what it leaves out, [`call`] for frames and exceptions.

pub mod allocation_sites;
pub mod arithmetic;
mod bigint;
pub mod call;
mod collection;
mod cpu_profiler;
mod equality;
mod errors;
pub mod evaluate;
mod event_loop;
mod fast;
mod generator;
pub mod growth;
pub(crate) mod interpreter;
mod iterate;
mod lazy;
mod link;
mod microtask;
mod number_strings;
mod outlined;
pub mod realm;
pub mod roots;
mod run;
mod short_strings;
pub(crate) mod slow;
mod split_results;
mod start_up;
mod step;
pub(crate) mod stub_cache;

use semispace_heap::recorder::Recorder;
use semispace_heap::{Heap, HeapConfig, Kind, OutOfMemory, Ref, Word};

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::node::modules::{ModuleFiles, NamedFiles};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, shapes};
pub use call::{Abrupt, Args, Completion, Hint, NativeFn, ResumeMode};
pub use collection::CollectorPace;
pub(crate) use event_loop::Turn;
pub use link::{CodeInfo, NativeInfo, Origin, OwnCode, OwnText};
pub use realm::Intrinsic;
pub use roots::{Handle, Roots};

/// Elements of arrays that are bumped at once; larger stores may have to lie among the large objects.
const AT_ONCE: usize = 1024;

/// The heap as the machine uses it.
pub type MachineHeap = Heap<Recorder>;

/// Why [`Vm::run`] came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The budget is spent; call again to go on.
    Paused,
    /// The script has ended, and so have its jobs.
    Finished,
    /// `process.exit`.
    Exited(i32),
    /// An exception that nobody caught.
    Failed(Diagnostic),
    /// The heap's limit is reached.
    OutOfMemory(OutOfMemory),
}

/// An inline cache: a shape and what it says about a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cache {
    /// `shape << 32 | word`: the word of the object that holds the property; with [`Cache::OUTSIDE`], a word of its
    /// property array; with [`Cache::PROTOTYPE`], a word of `holder`.
    pub key: u64,
    /// For a property of a prototype: `holder << 32 | epoch`. For a store that adds a property: the new shape.
    pub holder: u64,
}

impl Cache {
    /// The property is in the property array.
    pub const OUTSIDE: u32 = 1 << 31;
    /// The property is in a slot of an object of the prototype chain.
    pub const PROTOTYPE: u32 = 1 << 30;
    /// The store adds the property: it moves the object to another shape.
    pub const ADDS: u32 = 1 << 29;
    /// Of a read: an entry of the object's dictionary, where the name was when it was last looked up there.
    pub const ENTRY: u32 = Self::OUTSIDE | Self::ADDS;
    /// The length of a string. (Word 0 is no property.)
    pub const STRING_LENGTH: u32 = Self::OUTSIDE | Self::PROTOTYPE;
    /// The `prototype` of a function, which may be known by the shape of its instances only.
    pub const FUNCTION_PROTOTYPE: u32 = Self::STRING_LENGTH | 1;
    /// The property holds doubles, whose reads box them anew: see [`crate::shape::Representation`].
    pub const DOUBLE: u32 = 1 << 28;
    /// The word holds an accessor pair: a read calls its getter, and a store its setter.
    pub const ACCESSOR: u32 = 1 << 27;
    /// In an entry for stores beside [`Self::ACCESSOR`], so that neither the hot loop nor a double takes it for a field.
    pub const SETTER: u32 = Self::ACCESSOR | Self::ADDS | Self::DOUBLE;
    /// Everything below is a word number.
    pub const WORD: u32 = Self::ACCESSOR - 1;

    /// Whether the place is none of a field but one of those that kinds of objects have: see [`Self::STRING_LENGTH`].
    pub const fn is_of_kind(place: u32) -> bool {
        place & Self::STRING_LENGTH == Self::STRING_LENGTH
    }
}

/// Limits of a run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Calls within calls.
    pub call_depth: usize,
    /// Characters of output.
    pub output: usize,
    /// Bytes of all ArrayBuffers together.
    pub external: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { call_depth: 10_000, output: 64 << 20, external: 8 << 30 }
    }
}

/// Why a script could not be loaded.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadError {
    /// The source cannot be compiled.
    Source(Diagnostic),
    /// The heap's limit is reached.
    OutOfMemory(OutOfMemory),
}

/// Which stream a piece of output belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// `console.log` and its kin.
    Stdout,
    /// `console.error` and its kin.
    Stderr,
}

/// Output that nobody has fetched yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Where it goes.
    pub stream: Stream,
    /// The text.
    pub text: String,
    /// Collections that the heap had begun when it was printed: its place among the lines of a trace.
    pub collections: u64,
}

/// A JavaScript machine with its heap.
#[derive(Clone, Debug)]
pub struct Vm {
    /// The heap.
    pub heap: MachineHeap,
    /// What the collector must see of the machine.
    pub roots: Roots,
    /// Output not yet fetched.
    pub output: Vec<Printed>,
    /// Limits.
    pub limits: Limits,
    /// How collections that are due are gone about.
    pub pace: CollectorPace,
    /// State of `Math.random` (xorshift128+, V8: `src/base/utils/random-number-generator.h`).
    pub random: (u64, u64),
    /// `process.argv` from index 2.
    pub arguments: Vec<String>,
    /// What `require` loads, besides the built-in modules.
    pub files: Rc<dyn ModuleFiles>,
    /// What `fs` works on.
    pub file_system: crate::node::file_system::FileSystem,
    /// Heap snapshots as files of `file_system`.
    pub snapshot_files: crate::node::heap_snapshots::SnapshotFiles,
    /// The folder of the script, as `__dirname` names it: absolute.
    pub folder: Rc<str>,
    /// The name of the script, as stacks show it.
    pub(crate) main_file: Rc<str>,
    /// V8's flags that the script has set and that are the embedder's to follow, `--trace-gc` and its like, each with
    /// the number of collections there had been.
    pub flags: Vec<(u64, String)>,
    event_loop: event_loop::EventLoop,
    sites: Option<allocation_sites::AllocationSites>,
    profiler: cpu_profiler::CpuProfiler,
    pub(crate) code: Vec<u32>,
    pub(crate) caches: Vec<Cache>,
    pub(crate) stubs: stub_cache::StubCache,
    pub(crate) cache_names: Vec<crate::atoms::Atom>,
    pub(crate) infos: Vec<CodeInfo>,
    callees: Vec<(u32, std::rc::Rc<str>)>,
    frame_texts: errors::FrameTexts,
    statements: Vec<u32>,
    pub(crate) scopes: link::ScopeTable,
    pub(crate) sources: Vec<link::Source>,
    pub(crate) natives: Vec<NativeInfo>,
    pub(crate) names: crate::names::Names,
    /// Compiled regular expressions.
    pub(crate) regexps: crate::builtins::regexp_program::Programs,
    private_names: rustc_hash::FxHashMap<(u32, u32, std::rc::Rc<[u16]>), crate::atoms::Atom>,
    pub(crate) literals: Vec<link::LiteralShape>,
    /// JSON texts that the prelude writes, an outer one before those within.
    pub(crate) json_texts: Vec<String>,
    pub(crate) copy_places: crate::object::CopyPlaces,
    /// Maps that objects have of their own, so far.
    pub(crate) own_map_count: i32,
    /// The places whose arrays have turned out to hold more than small integers.
    pub(crate) array_places: rustc_hash::FxHashMap<u32, u32>,
    /// Where the prelude's functions are in [`Intrinsic::Helpers`], by where their names lie in the program.
    helper_places: rustc_hash::FxHashMap<(usize, usize), u32>,
    resume_mode: call::ResumeMode,
    /// The native function that runs: where its registers begin, and whether it constructs.
    native: Option<(usize, bool)>,
    depth: usize,
    written: usize,
    /// The shape of ordinary arrays.
    pub(crate) array_shape: u32,
    iterator_result_shape: Option<crate::shape::ShapeId>,
    /// The shapes of arguments objects of sloppy and of strict code.
    pub(crate) arguments_shapes: [Option<crate::shape::ShapeId>; 3],
    /// A prototype that is known to hide all it has, and the epoch of which that is true.
    bare_prototype: Option<(Ref, u32)>,
    key_lists: [Option<iterate::KeyList>; iterate::KEY_LISTS],
    pub(crate) bootstrapping: bool,
    /// The constants that `$` names in the engine's own JavaScript mean, as they were before any script.
    pub(crate) known_names: BTreeMap<&'static str, u32>,
    finished: bool,
    keeps_top_level: bool,
}

impl Vm {
    /// A machine with all its built-in objects, ready for a script.
    ///
    /// # Errors
    /// Out of memory, where the heap's limits leave no room for the built-in objects.
    pub fn new(config: HeapConfig, recorder: Recorder, seed: u64) -> Result<Self, OutOfMemory> {
        // While the built-in objects are made, nothing is collected: they hold each other by plain references.
        let config_without_stress = HeapConfig { stress_gc: None, ..config };
        let mut vm = Self {
            heap: Heap::new(config_without_stress, recorder),
            roots: Roots::new(),
            output: Vec::new(),
            limits: Limits::default(),
            pace: CollectorPace::default(),
            random: crate::builtins::math::seed(seed),
            arguments: Vec::new(),
            files: Rc::new(NamedFiles::default()),
            file_system: crate::node::file_system::FileSystem::default(),
            snapshot_files: crate::node::heap_snapshots::SnapshotFiles::default(),
            folder: "/snippet".into(),
            main_file: "".into(),
            flags: Vec::new(),
            event_loop: event_loop::EventLoop::default(),
            sites: None,
            profiler: cpu_profiler::CpuProfiler::default(),
            code: Vec::new(),
            caches: Vec::new(),
            stubs: stub_cache::StubCache::default(),
            cache_names: Vec::new(),
            infos: Vec::new(),
            frame_texts: errors::FrameTexts::default(),
            callees: Vec::new(),
            statements: Vec::new(),
            scopes: link::ScopeTable::default(),
            sources: Vec::new(),
            natives: Vec::new(),
            names: crate::names::Names::default(),
            regexps: crate::builtins::regexp_program::Programs::default(),
            private_names: rustc_hash::FxHashMap::default(),
            literals: Vec::new(),
            json_texts: Vec::new(),
            copy_places: crate::object::CopyPlaces::default(),
            own_map_count: 0,
            array_places: rustc_hash::FxHashMap::default(),
            helper_places: rustc_hash::FxHashMap::default(),
            resume_mode: call::ResumeMode::Next,
            native: None,
            depth: 0,
            written: 0,
            array_shape: 0,
            iterator_result_shape: None,
            arguments_shapes: [None; 3],
            bare_prototype: None,
            key_lists: [None; iterate::KEY_LISTS],
            bootstrapping: true,
            known_names: BTreeMap::new(),
            finished: false,
            keeps_top_level: false,
        };
        match crate::builtins::install(&mut vm) {
            Ok(()) => {}
            Err(Abrupt::OutOfMemory(error)) => return Err(error),
            Err(other) => debug_assert!(false, "the prelude failed: {other:?}"),
        }
        vm.bootstrapping = false;
        let prototype = vm.intrinsic(Intrinsic::ArrayPrototype);
        vm.array_shape = vm.root_shape(prototype, crate::object::ARRAY_ROOT).0;
        vm.note_regexp_prototype();
        if config.stress_gc.is_none() {
            // Under stress it would only be marked and moved at every allocation.
            vm.fill_start_up_heap()?;
        }
        vm.heap.set_stress_gc(config.stress_gc);
        vm.heap.set_deferral(config.stress_gc.is_none());
        Ok(vm)
    }

    /// Compiles and links a script and makes ready to run it, as Node's module wrapper would.
    ///
    /// # Errors
    /// A diagnostic for source that cannot be compiled; out of memory.
    pub fn load(&mut self, source: &str, file: &str) -> Result<(), LoadError> {
        let script = crate::compiler::compile(source).map_err(LoadError::Source)?;
        self.load_script(&script, source, file).map_err(|abrupt| cannot_load(abrupt, source))
    }

    /// The same for a script outside any function, as a `<script>` of a page: its variables are properties of the
    /// global object, and there is no `module`.
    ///
    /// # Errors
    /// As of [`Vm::load`].
    pub fn load_global(&mut self, source: &str, file: &str) -> Result<(), LoadError> {
        let script = crate::compiler::compile_global(source).map_err(LoadError::Source)?;
        self.load_global_script(&script, source, file).map_err(|abrupt| cannot_load(abrupt, source))
    }

    fn load_global_script(
        &mut self,
        script: &crate::bytecode::Script,
        source: &str,
        file: &str,
    ) -> Completion {
        self.main_file = file.into();
        let first = self.link_script(script, file, source)?;
        for name in &script.globals {
            self.declare_global(name)?;
        }
        let closure = self.new_closure(first, value::UNDEFINED)?;
        let global = self.intrinsic(Intrinsic::Global);
        self.enter(&[closure, global])
    }

    /// ECMAScript's `CreateGlobalVarBinding`.
    fn declare_global(&mut self, name: &[u16]) -> Completion {
        let key = Key::Atom(self.intern_units(name)?);
        let global = self.intrinsic(Intrinsic::Global);
        let exists = global.as_ref().is_some_and(|global| self.own_property(global, key).is_some());
        if exists {
            return Ok(());
        }
        let attributes = Attributes(Attributes::WRITABLE | Attributes::ENUMERABLE);
        self.define_data(global, key, value::UNDEFINED, attributes)
    }

    fn load_script(&mut self, script: &crate::bytecode::Script, source: &str, file: &str) -> Completion {
        self.main_file = file.into();
        let first = self.link_script(script, file, source)?;
        crate::node::process::set_arguments(self)?;
        let name = self.main_path();
        let name = self.string(&name)?;
        self.prepare_main(first, name)
    }

    /// The absolute name of the script.
    pub(crate) fn main_path(&self) -> String {
        let base = self.main_file.rsplit('/').next().unwrap_or("");
        if &*self.folder == "/" { format!("/{base}") } else { format!("{}/{base}", self.folder) }
    }

    /// Stores an element of an ordinary array where that takes no second look: within its length or just behind.
    pub(crate) fn store_in_plain_array(&mut self, array: Ref, index: u32, word: Word) -> bool {
        let guards = (&self.roots.shapes, &self.roots.realm);
        fast::store_into_array(&mut self.heap, guards, (array, self.array_shape), index, word)
    }

    /// An array of these values, if there is room for it without a collection.
    pub(crate) fn array_at_once(&mut self, words: &[Word]) -> Option<Word> {
        if self.bootstrapping || words.len() > AT_ONCE {
            return None;
        }
        let empty = self.intrinsic(Intrinsic::EmptyElements);
        fast::array_of(&mut self.heap, self.roots.pc, self.array_shape, empty, words)
    }

    /// Allocates an object; old while the machine is being built. May collect.
    pub fn allocate(&mut self, kind: Kind, shape: u32, words: u32) -> Result<Ref, Abrupt> {
        let made = if self.bootstrapping {
            self.heap.allocate_old(&mut self.roots, kind, shape, words)
        } else {
            self.heap.allocate(&mut self.roots, kind, shape, words)
        };
        let made = made.map_err(Abrupt::OutOfMemory)?;
        if self.sites.is_some() {
            self.note_allocation(made);
        }
        Ok(made)
    }

    /// Allocates an object that is old from the first. May collect.
    pub(crate) fn allocate_old(&mut self, kind: Kind, shape: u32, words: u32) -> Result<Ref, Abrupt> {
        self.heap.allocate_old(&mut self.roots, kind, shape, words).map_err(Abrupt::OutOfMemory)
    }

    /// Allocates an object that takes the place of `replaced`: an old one of an old one, as V8's tables grow
    /// (`OrderedHashTable::Rehash`). May collect.
    pub fn allocate_in_place_of(&mut self, replaced: Ref, kind: Kind, words: u32) -> Result<Ref, Abrupt> {
        if self.heap.space_of(replaced).is_young() {
            return self.allocate(kind, value::shapes::INTERNAL, words);
        }
        self.allocate_old(kind, value::shapes::INTERNAL, words)
    }

    /// Allocates a hash table; also one that takes the place of another, with the entries that this has room for. A large old
    /// one grows into an old one (V8: `HashTable::EnsureCapacity`).
    pub(crate) fn new_hash_table(
        &mut self,
        kind: Kind,
        words: u32,
        replaced: Option<(Ref, u32)>,
    ) -> Result<Ref, Abrupt> {
        const MIN_CAPACITY_FOR_PRETENURE: u32 = 256;
        match replaced {
            Some((table, capacity)) if capacity > MIN_CAPACITY_FOR_PRETENURE => {
                self.allocate_in_place_of(table, kind, words)
            }
            _ => self.allocate(kind, value::shapes::INTERNAL, words),
        }
    }

    /// Whether the built-in objects are still being made: everything is allocated old.
    pub(crate) fn is_bootstrapping(&self) -> bool {
        self.bootstrapping
    }

    /// Roots a value until the running native function returns.
    #[inline]
    pub fn handle(&mut self, word: Word) -> Handle {
        self.roots.handle(word)
    }

    /// The value of a handle.
    #[inline]
    pub fn at(&self, handle: Handle) -> Word {
        self.roots.get(handle)
    }

    /// The object of a handle that is known to hold one.
    #[inline]
    pub fn ref_at(&self, handle: Handle) -> Ref {
        self.roots.get(handle).as_ref().unwrap_or(Ref::new(0))
    }

    /// A built-in object.
    #[inline]
    pub fn intrinsic(&self, intrinsic: Intrinsic) -> Word {
        self.roots.realm.get(intrinsic)
    }

    /// A number as a value: a small integer where it is one, else a heap number.
    pub fn number(&mut self, number: f64) -> Result<Word, Abrupt> {
        match value::small_integer(number) {
            Some(small) => Ok(small),
            None => self.boxed(number),
        }
    }

    /// A number as a heap number, whole or not.
    pub(crate) fn boxed(&mut self, number: f64) -> Result<Word, Abrupt> {
        self.boxed_in(shapes::NUMBER, number)
    }

    /// A heap number of this shape: see [`crate::shape::ShapeTable::field_box`].
    pub(crate) fn boxed_in(&mut self, shape: u32, number: f64) -> Result<Word, Abrupt> {
        let object = self.allocate(value::HEAP_NUMBER, shape, 2)?;
        self.heap.set_raw(object, 1, number.to_bits());
        Ok(Word::reference(object))
    }

    /// A number in a box of its own; any other value as it is.
    pub(crate) fn boxed_anew(&mut self, word: Word) -> Result<Word, Abrupt> {
        match self.as_number(word) {
            Some(number) => self.boxed(number),
            None => Ok(word),
        }
    }

    /// Whether the value is a number that is no small integer.
    pub(crate) fn is_heap_number(&self, word: Word) -> bool {
        self.kind(word) == Some(value::HEAP_NUMBER)
    }

    /// The kind of a value's object, if it is one.
    #[inline(always)]
    pub fn kind(&self, word: Word) -> Option<Kind> {
        word.as_ref().map(|object| self.heap.header(object).kind())
    }

    /// The number in a value that is one.
    #[inline]
    pub fn as_number(&self, word: Word) -> Option<f64> {
        if let Some(small) = word.as_smi() {
            return Some(f64::from(small));
        }
        let object = word.as_ref()?;
        (self.heap.header(object).kind() == value::HEAP_NUMBER)
            .then(|| f64::from_bits(self.heap.raw(object, 1)))
    }

    /// Whether the value is a string.
    #[inline]
    pub fn is_string(&self, word: Word) -> bool {
        self.kind(word).is_some_and(value::is_string_kind)
    }

    /// Whether the value is an object (functions included).
    #[inline]
    pub fn is_object(&self, word: Word) -> bool {
        self.kind(word).is_some_and(value::is_object_kind)
    }

    /// Whether the value can be called.
    pub fn is_callable(&self, word: Word) -> bool {
        match self.kind(word) {
            Some(value::PROXY) => {
                let Some(proxy) = word.as_ref() else { return false };
                self.is_callable(self.heap.get(proxy, 3))
            }
            Some(kind) => value::is_function_kind(kind),
            None => false,
        }
    }

    /// Bytes of the whole process: itself, its heap, and what is off the heap.
    pub fn resident_bytes(&self) -> u64 {
        crate::node::PROCESS_BYTES + self.heap.committed_bytes() + self.heap.external_bytes()
    }

    /// Bytes of the backing stores of all ArrayBuffers, Node's own among them.
    pub fn array_buffer_bytes(&self) -> u64 {
        self.roots.stores.bytes() + crate::node::OWN_ARRAY_BUFFERS
    }

    /// Writes output.
    pub fn print(&mut self, stream: Stream, text: &str) {
        let room = self.limits.output.saturating_sub(self.written);
        if room == 0 {
            return;
        }
        self.written += text.len();
        let collections = self.heap.collections();
        let goes_on = |last: &&mut Printed| {
            last.stream == stream && last.collections == collections && last.text.len() < 1 << 16
        };
        match self.output.last_mut().filter(goes_on) {
            Some(last) => last.text.push_str(text),
            None => self.output.push(Printed { stream, text: text.to_owned(), collections }),
        }
    }
}

fn cannot_load(abrupt: Abrupt, source: &str) -> LoadError {
    let kind = crate::diagnostic::DiagnosticKind::Budget;
    match abrupt {
        Abrupt::OutOfMemory(error) => LoadError::OutOfMemory(error),
        _ => LoadError::Source(Diagnostic::at(kind, "the script cannot be loaded", source, 0, 0)),
    }
}
