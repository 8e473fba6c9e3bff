//! Tying a compiled script to the machine: its indexes become the machine's, its constants become heap values.

use std::rc::Rc;

use semispace_heap::Word;

use super::{Abrupt, Cache, Completion, NativeFn, Vm};
use crate::atoms::Atom;
use crate::bytecode::{
    self as bc, CacheName, Constant, ContextNames, Extension, FunctionCode, FunctionFlags, FunctionKind,
    Handler, OPERATIONS, RegisterVariable, Script,
};
use crate::diagnostic::Place;
use crate::shape::ShapeId;
use crate::value::{self, shapes};

/// A linked function.
#[derive(Clone, Debug)]
pub struct CodeInfo {
    /// First instruction.
    pub entry: u32,
    /// Registers of the window.
    pub registers: u16,
    /// Registers that a waiting frame has room for.
    pub saved: u16,
    /// Registers for parameters.
    pub parameters: u8,
    /// `length`
    pub length: u8,
    /// Whether a plain call may simply push a frame: no class constructor.
    pub plain: bool,
    /// Whether `new` makes a plain object and pushes a frame.
    pub constructs_simply: bool,
    /// Sort.
    pub kind: FunctionKind,
    /// Flags.
    pub flags: FunctionFlags,
    /// Expected number of properties of its instances.
    pub expected_properties: u8,
    /// `name`
    pub name: Atom,
    /// What stacks call it if it has no name.
    pub label: Atom,
    /// Exception ranges, in the machine's instruction numbers.
    pub handlers: Rc<[Handler]>,
    /// Shape and words of its closures, once one has been made.
    pub closure: Option<(u32, u32)>,
    /// Last instruction plus one.
    pub end: u32,
    /// Which source it is from.
    pub source: u32,
    /// Byte range in the source.
    pub span: (u32, u32),
}

/// A native function.
#[derive(Clone, Debug)]
pub struct NativeInfo {
    /// `name`
    pub name: Atom,
    /// `length`
    pub length: u8,
    /// The Rust function.
    pub function: NativeFn,
    /// Whether `new` accepts it.
    pub constructor: bool,
}

/// Where JavaScript of our own is, compiled. A function of its own for each, so that an engine that is cut into parts (`cargo xtask
/// build`) has those in its first part that are asked for often.
pub type OwnCode = fn() -> &'static [u8];
/// The same as text.
pub type OwnText = fn() -> &'static str;

/// A source text and what is known of its code.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name, as stacks show it.
    pub file: Rc<str>,
    /// The text; none of what is our own.
    pub text: Rc<str>,
    /// `(instruction, byte offset)`, ascending.
    pub positions: Rc<[(u32, u32)]>,
    /// First instruction of the source's code.
    pub start: u32,
    /// Who wrote it.
    pub origin: Origin,
    /// Of an outline, what is linked late.
    pub late: Option<OwnCode>,
}

/// Who wrote a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user.
    Script,
    /// Node, which wrote it in JavaScript as well.
    Node,
    /// V8, which has it built in.
    EcmaScript,
}

impl Source {
    /// Whether its frames show in stacks: only the user's do.
    pub(crate) fn is_visible(&self) -> bool {
        self.origin == Origin::Script
    }
}

/// Names of variables, in the machine's instruction numbers: for whoever looks, never for running.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScopeTable {
    variables: Vec<RegisterVariable>,
    contexts: Vec<(u32, ContextNames)>,
}

impl ScopeTable {
    fn add(&mut self, entry: u32, function: &FunctionCode) {
        let end = entry + function.code.len() as u32;
        self.variables.extend(function.variables.iter().map(|variable| RegisterVariable {
            start: entry + variable.start,
            end: variable.end.saturating_add(entry).min(end),
            ..variable.clone()
        }));
        self.contexts.extend(function.contexts.iter().map(|(word, names)| (entry + word, names.clone())));
    }

    /// The variable that a register of a function is at an instruction; `entry` is the function's first one.
    pub(crate) fn variable(&self, entry: u32, pc: u32, register: usize) -> Option<&str> {
        let from = self.variables.partition_point(|variable| variable.start < entry);
        let to = self.variables.partition_point(|variable| variable.start <= pc);
        let holds =
            |variable: &&RegisterVariable| usize::from(variable.register) == register && pc < variable.end;
        self.variables.get(from..to)?.iter().rev().find(holds).map(|variable| &*variable.name)
    }

    /// The variables of a context that the instruction at `pc` has made.
    pub(crate) fn context(&self, pc: u32) -> Option<&ContextNames> {
        let at = self.contexts.binary_search_by_key(&pc, |&(pc, _)| pc).ok()?;
        Some(&self.contexts[at].1)
    }
}

/// An object literal: its shape, once somebody has made one.
#[derive(Clone, Debug)]
pub struct LiteralShape {
    /// The names in order.
    pub names: Rc<[Atom]>,
    /// In-object slots.
    pub slots: u8,
    /// The shape, and the number of words of the object.
    pub shape: Option<(ShapeId, u32)>,
}

impl Vm {
    /// Links a script. Returns the number of its first function.
    pub(crate) fn link(
        &mut self,
        script: &Script,
        file: &str,
        text: &str,
        origin: Origin,
    ) -> Result<u32, Abrupt> {
        let first = self.infos.len() as u32;
        let source = self.sources.len() as u32;
        let start = self.code.len() as u32;
        let mut positions = Vec::new();
        for function in &script.functions {
            let entry = self.code.len() as u32;
            positions.extend(function.positions.iter().map(|&(word, offset)| (entry + word, offset)));
            let ends = function.heights.iter().skip(1).map(|&(word, _)| word);
            let ends = ends.chain(std::iter::once(function.code.len() as u32));
            for (&(start, height), end) in function.heights.iter().zip(ends) {
                let words = (end - start) as usize;
                self.roots.heights.extend(std::iter::repeat_n(height, words));
            }
            self.callees.extend(function.callees.iter().map(|(word, text)| (entry + word, text.clone())));
            if origin == Origin::Script {
                self.statements.extend(function.statements.iter().map(|&word| entry + word));
            }
            self.scopes.add(entry, function);
            self.link_function(function, first, source, origin)?;
        }
        self.sources.push(Source {
            file: file.into(),
            text: text.into(),
            positions: positions.into(),
            start,
            origin,
            late: None,
        });
        Ok(first)
    }

    /// Links what the user wrote. Its text is a string of the heap, which Node has read from a file: a large one counts
    /// as such.
    ///
    /// # Errors
    /// Out of memory.
    pub(crate) fn link_script(&mut self, script: &Script, file: &str, text: &str) -> Completion<u32> {
        let source = self.string(text)?;
        self.roots.sources.push(source);
        self.with_old_allocation(|vm| vm.link(script, file, text, Origin::Script))
    }

    fn link_function(
        &mut self,
        function: &FunctionCode,
        first: u32,
        source: u32,
        origin: Origin,
    ) -> Result<(), Abrupt> {
        let entry = self.code.len() as u32;
        let constants = self.roots.constants.len() as u32;
        let caches = self.caches.len() as u32;
        let literals = self.literals.len() as u32;
        for constant in &function.constants {
            let word = self.constant(constant)?;
            self.roots.constants.push(word);
        }
        for cache in &function.caches {
            let name = self.cache_name(cache, source)?;
            self.cache_names.push(name);
            self.caches.push(Cache::default());
        }
        for literal in &function.literals {
            let names =
                literal.names.iter().map(|name| self.intern_units(name)).collect::<Result<Vec<_>, _>>()?;
            self.literals.push(LiteralShape { names: names.into(), slots: literal.slots, shape: None });
        }
        let mut pc = 0;
        while pc < function.code.len() {
            let word = function.code[pc];
            self.code.push(if origin == Origin::EcmaScript { bc::of_built_in(word) } else { word });
            pc += 1;
            let extension = OPERATIONS.get(usize::from(word as u8)).map_or(Extension::None, |(_, e)| *e);
            if extension == Extension::None {
                continue;
            }
            let value = function.code[pc];
            pc += 1;
            self.code.push(match extension {
                Extension::Cache => value + caches,
                Extension::Constant => value + constants,
                Extension::Function => value + first,
                Extension::Literal => value + literals,
                _ => value,
            });
        }
        let name = self.intern_units(&function.name)?;
        let label = self.intern_units(&function.label)?;
        let moved = |handler: &Handler| Handler {
            start: handler.start + entry,
            end: handler.end + entry,
            target: handler.target + entry,
        };
        let class = matches!(function.kind, FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor);
        self.infos.push(CodeInfo {
            entry,
            registers: function.registers,
            saved: function.saved,
            parameters: function.parameters,
            length: function.length,
            plain: !class,
            constructs_simply: matches!(function.kind, FunctionKind::Normal | FunctionKind::BaseConstructor)
                && function.flags
                    == FunctionFlags { strict: function.flags.strict, ..FunctionFlags::default() },
            kind: function.kind,
            flags: function.flags,
            expected_properties: function.expected_properties,
            name,
            label,
            handlers: function.handlers.iter().map(moved).collect(),
            closure: None,
            end: self.code.len() as u32,
            source,
            span: function.span,
        });
        Ok(())
    }

    fn constant(&mut self, constant: &Constant) -> Result<Word, Abrupt> {
        match constant {
            Constant::Number(number) => self.with_old_allocation(|vm| vm.number(*number)),
            Constant::String(text) => {
                let atom = self.intern_units(text)?;
                Ok(self.roots.atoms.word(atom))
            }
            Constant::BigInt(digits) => {
                let number = crate::object::text_to_bigint(digits).unwrap_or_default();
                self.with_old_allocation(|vm| vm.new_bigint(&number))
            }
            Constant::Immediate(word) => Ok(*word),
            Constant::Elements(values) => self.with_old_allocation(|vm| vm.shared_elements(values)),
            Constant::Count(count) => Ok(Word::smi(*count as i32)),
        }
    }

    fn shared_elements(&mut self, values: &[Constant]) -> Result<Word, Abrupt> {
        let store = self.new_store(values.len() as u32, value::HOLE, shapes::SHARED_ELEMENTS)?;
        let store = self.handle(Word::reference(store));
        for (slot, value) in (value::FIXED_SLOTS..).zip(values) {
            let word = self.constant(value)?;
            self.heap.set(self.ref_at(store), slot, word);
        }
        Ok(self.at(store))
    }

    /// Runs `make` with everything allocated in the old generation, as V8 allocates what belongs to code.
    pub(crate) fn with_old_allocation<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.bootstrapping, true);
        let made = make(self);
        self.bootstrapping = before;
        made
    }

    fn cache_name(&mut self, name: &CacheName, source: u32) -> Result<Atom, Abrupt> {
        match name {
            CacheName::Property(name) => self.intern_units(name),
            CacheName::Private(name, class) => {
                let key = (source, *class, name.clone());
                if let Some(&atom) = self.private_names.get(&key) {
                    return Ok(atom);
                }
                let text: Vec<u16> = std::iter::once(u16::from(b'#')).chain(name.iter().copied()).collect();
                let atom = self.new_private_name(&text)?;
                self.private_names.insert(key, atom);
                Ok(atom)
            }
        }
    }

    /// File, line and column of an instruction.
    pub fn place(&self, pc: usize) -> Option<(Rc<str>, Place)> {
        let source = self.source_of(pc)?;
        let next = source.positions.partition_point(|&(word, _)| word as usize <= pc);
        let &(_, offset) = source.positions.get(next.checked_sub(1)?)?;
        Some((source.file.clone(), Place::of(&source.text, offset)))
    }

    /// The source that an instruction is from.
    pub(crate) fn source_of(&self, pc: usize) -> Option<&Source> {
        let next = self.sources.partition_point(|source| source.start as usize <= pc);
        self.sources.get(next.checked_sub(1)?)
    }

    /// The linked function that an instruction belongs to.
    pub(crate) fn info_of(&self, pc: usize) -> Option<&CodeInfo> {
        let next = self.infos.partition_point(|info| info.entry as usize <= pc);
        self.infos.get(next.checked_sub(1)?)
    }

    /// What is known of a script's function.
    pub(crate) fn code_info(&self, function: Word) -> Option<&CodeInfo> {
        let code = self.heap.get(function.as_ref()?, value::FUNCTION_CODE);
        self.infos.get(code.payload() as usize)
    }

    /// The text that a function was made from, if it is the user's.
    pub(crate) fn function_text(&self, function: Word) -> Option<&str> {
        let info = self.code_info(function)?;
        let source = &self.sources[info.source as usize];
        source.text.get(info.span.0 as usize..info.span.1 as usize)
    }

    /// Length of the instruction at `pc`.
    #[inline]
    pub(crate) fn length_at(&self, pc: usize) -> usize {
        bc::length(self.code[pc] as u8)
    }

    /// In the prelude, a global name that begins with `$` means a native of the helpers or a global, known now.
    pub(crate) fn resolve_intrinsic_names(&mut self, first: u32) -> Result<(), Abrupt> {
        let mut pc = self.infos[first as usize].entry as usize;
        while pc < self.code.len() {
            let word = self.code[pc];
            if word as u8 == bc::GET_GLOBAL {
                let atom = self.cache_names[self.code[pc + 1] as usize];
                if let Some(name) = self.atom_text(atom).strip_prefix('$') {
                    self.code[pc] = word & !0xFF | u32::from(bc::LOAD_CONSTANT);
                    self.code[pc + 1] = match self.known_names.get(name) {
                        Some(&constant) => constant,
                        None => {
                            let found = self.intrinsic_named(name)?;
                            self.new_constant(found)
                        }
                    };
                }
            }
            pc += bc::length(word as u8);
        }
        Ok(())
    }

    fn new_constant(&mut self, word: Word) -> u32 {
        self.roots.constants.push(word);
        self.roots.constants.len() as u32 - 1
    }

    /// Keeps what the `$` names of the engine's own JavaScript mean, for what of it is compiled after a script has changed globals.
    pub(crate) fn keep_known_names(&mut self, names: &'static str) -> Result<(), Abrupt> {
        for name in names.lines() {
            if let Some(word) = self.find_intrinsic(name)? {
                let constant = self.new_constant(word);
                self.known_names.insert(name, constant);
            }
        }
        Ok(())
    }

    /// The native of the helpers, or else the global.
    fn find_intrinsic(&mut self, name: &str) -> Result<Option<Word>, Abrupt> {
        let prefixed = self.intern(&format!("${name}"))?;
        let plain = self.intern(name)?;
        let helpers = self.intrinsic(super::Intrinsic::Helpers);
        let global = self.intrinsic(super::Intrinsic::Global);
        let own = |(object, atom): (Word, Atom)| self.get_own_data(object.as_ref()?, atom);
        Ok([(helpers, prefixed), (global, plain)].into_iter().find_map(own))
    }

    fn intrinsic_named(&mut self, name: &str) -> Result<Word, Abrupt> {
        let found = self.find_intrinsic(name)?;
        let named = match name {
            "Helpers" => Some(self.intrinsic(super::Intrinsic::Helpers)),
            "AsyncGeneratorPrototype" => Some(self.intrinsic(super::Intrinsic::AsyncGeneratorPrototype)),
            "ArrayIteratorPrototype" => Some(self.intrinsic(super::Intrinsic::ArrayIteratorPrototype)),
            _ => None,
        };
        debug_assert!(found.or(named).is_some(), "the prelude uses ${name}, which does not exist");
        Ok(found.or(named).unwrap_or(value::UNDEFINED))
    }
}
