//! From source to bytecode.
//!
//! `oxc_parser` reads the source and `oxc_semantic` finds the scopes and the early errors; `scopes` decides which
//! variables closures capture; then one pass over the tree emits code, function by function. Registers are handed out
//! like a stack: parameters, then block by block the variables, then temporaries.
//!
//! Functions for single constructs are kept out of line: a WebAssembly engine takes long over one large function, and optimises it after
//! a few calls whatever of it they need.
//!
//! Read next: `function` for how a function begins, `expression` for the convention of `into` and `any`.

#![forbid(unsafe_code)]

mod assignment;
pub mod bytecode;
mod call;
mod call_text;
mod class;
pub mod code_cache;
pub mod diagnostic;
mod effect;
mod emitter;
mod expression;
mod folding;
mod function;
mod iteration;
mod literal;
mod nesting;
mod parameters;
mod parse;
mod pattern;
mod regexp_errors;
mod scopes;
mod statement;
pub mod value;
mod variable;

use std::rc::Rc;

use oxc_semantic::Scoping;
use oxc_span::Span;
use oxc_syntax::{scope::ScopeId, symbol::SymbolId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::bytecode::{self as bc, CacheName, Constant, FunctionCode, Name, Script};
use crate::diagnostic::{Diagnostic, DiagnosticKind};
use emitter::{Emitter, Label};
use scopes::{Facts, FunctionId};
use variable::{Location, OpenContext};

pub use parse::{check, check_global, compile, compile_global, compile_prelude};
pub use regexp_errors::complaint;

/// A register of the current window.
pub type Reg = u8;

type Result<T> = std::result::Result<T, Diagnostic>;

/// Registers every window begins with: the link, the callee, `this`.
pub const FIRST_PARAMETER: Reg = 3;
const CALLEE: Reg = 1;
const THIS: Reg = 2;
/// Where the context operand means "the callee's own".
const CALLEE_CONTEXT: Reg = 0;
/// The last register that may be handed out; a call needs some beyond it.
const LAST_REGISTER: Reg = 250;
/// From this register on, variables go to the context instead.
const LAST_VARIABLE_REGISTER: Reg = 120;

/// How code inside the current function can leave a construct.
enum Control {
    /// A loop or switch, or a labelled statement (`continue_to` only for loops).
    Target { labels: Vec<String>, break_to: Option<Label>, continue_to: Option<Label>, plain: bool },
    /// A `finally` block: whoever leaves must go through it.
    Finally { entry: Label, kind: Reg, value: Reg, exits: Vec<Exit> },
    /// A for-of loop whose iterator must be closed when the loop is left.
    Iterator { base: Reg, asynchronous: bool },
}

/// A way out of a `try` with a `finally`: where to go on when the block is done.
#[derive(Clone)]
enum Exit {
    Return,
    Break { depth: usize, to: Label },
}

/// The function that is being compiled.
struct Frame {
    emitter: Emitter,
    kind: bc::FunctionKind,
    flags: bc::FunctionFlags,
    next: Reg,
    highest: Reg,
    /// Registers that V8 has in use besides, for the frames of generators: see `saved_registers` in `function.rs`.
    besides: u16,
    /// The most that both have been together.
    highest_in_v8: u16,
    /// From here on, registers hold temporaries only.
    first_temporary: Reg,
    controls: Vec<Control>,
    /// How many contexts were open when the function began: those are reached from the callee.
    outer_contexts: usize,
    this_location: Option<Location>,
    arguments_location: Option<Location>,
    new_target_location: Option<Location>,
    /// The object whose prototype `super.x` searches.
    home: Option<Location>,
    /// The constructor whose prototype `super(...)` calls, and the class's field initialiser.
    initialiser: Option<Location>,
    /// Labels that stand directly before the next loop.
    pending_labels: Vec<String>,
}

/// Whose code it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The user's, in the body of Node's module wrapper.
    Script,
    /// The user's, outside any function: its variables are properties of the global object.
    Global,
    Prelude,
}

/// Compiles one script.
struct Compiler<'s> {
    source: &'s str,
    mode: Mode,
    scoping: &'s Scoping,
    facts: &'s Facts,
    functions: Vec<FunctionCode>,
    frames: Vec<Frame>,
    locations: FxHashMap<SymbolId, Location>,
    /// Variables that get their registers when their declarations are reached.
    awaited: FxHashSet<SymbolId>,
    module_locations: FxHashMap<&'static str, Location>,
    contexts: Vec<OpenContext>,
    next_context: u32,
    /// The class bodies around this point.
    private_scopes: Vec<class::PrivateScope>,
    /// The names of the classes around this point: constants inside their own bodies.
    open_classes: Vec<SymbolId>,
    /// Where open classes keep the computed keys of their fields and their private methods, by source offset.
    kept_elements: FxHashMap<u32, Location>,
    /// The source of the next function, where it is more than the function itself: a method with its key.
    method_span: Option<Span>,
    /// What stacks call the next function, if it has no name.
    label: Option<Name>,
    /// Where the value of the next pattern comes from.
    pattern_source: pattern::PatternSource,
}

impl Compiler<'_> {
    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn frame_ref(&self) -> &Frame {
        &self.frames[self.frames.len() - 1]
    }

    fn emit(&mut self) -> &mut Emitter {
        &mut self.frame().emitter
    }

    /// An instruction without extension.
    fn op(&mut self, op: u8, a: Reg, b: u8, c: u8) {
        let height = self.frame().next;
        self.emit().op(op, a, b, c, height);
    }

    /// An instruction with an extension word.
    fn op_with(&mut self, op: u8, a: Reg, b: u8, c: u8, word: u32) {
        self.op(op, a, b, c);
        self.emit().extension(word);
    }

    /// An instruction with an inline cache for a property name.
    fn op_named(&mut self, op: u8, a: Reg, b: u8, c: u8, name: Name) {
        let cache = self.emit().cache(CacheName::Property(name));
        self.op_with(op, a, b, c, cache);
    }

    fn jump(&mut self, op: u8, a: Reg, b: u8, c: u8, label: Label) {
        self.op(op, a, b, c);
        self.emit().jump_extension(label);
    }

    fn at(&mut self, span: Span) {
        self.emit().position(span.start);
    }

    /// The next free register.
    fn temporary(&mut self, span: Span) -> Result<Reg> {
        let next = self.frame().next;
        if next >= LAST_REGISTER {
            return Err(
                self.error(span, "This expression is nested too deeply for the machine's 256 registers.")
            );
        }
        self.reserve(1);
        Ok(next)
    }

    fn reserve(&mut self, count: u8) {
        let frame = self.frame();
        frame.next += count;
        frame.highest = frame.highest.max(frame.next);
        frame.highest_in_v8 = frame.highest_in_v8.max(u16::from(frame.next) + frame.besides);
    }

    fn mark(&self) -> Reg {
        self.frame_ref().next
    }

    /// Gives back every register from `mark` on.
    fn release(&mut self, mark: Reg) {
        let frame = self.frame();
        frame.next = mark;
        frame.emitter.end_variables(mark);
        frame.first_temporary = frame.first_temporary.min(mark);
    }

    fn unsupported(&self, span: Span, what: &str) -> Diagnostic {
        self.error(span, &format!("SyntaxError: {what} is not supported"))
    }

    fn error(&self, span: Span, message: &str) -> Diagnostic {
        Diagnostic::at(DiagnosticKind::Unsupported, message, self.source, span.start, span.end)
    }

    fn string_constant(&mut self, text: Name) -> u32 {
        self.emit().constant(Constant::String(text))
    }

    fn load_int(&mut self, into: Reg, value: i16) {
        let [b, c] = value.to_le_bytes();
        self.op(bc::LOAD_INT, into, b, c);
    }

    fn load_immediate(&mut self, into: Reg, word: semispace_heap::Word) {
        let [b, c, ..] = ((word.bits() >> 32) as u32).to_le_bytes();
        self.op(bc::LOAD_IMMEDIATE, into, b, c);
    }

    fn load_undefined(&mut self, into: Reg) {
        self.load_immediate(into, crate::value::UNDEFINED);
    }

    fn load_string(&mut self, into: Reg, text: Name) {
        let constant = self.string_constant(text);
        self.op_with(bc::LOAD_CONSTANT, into, 0, 0, constant);
    }

    fn copy(&mut self, into: Reg, from: Reg) {
        if into != from {
            self.op(bc::MOVE, into, from, 0);
        }
    }
}

/// A name as UTF-16.
fn name(text: &str) -> Name {
    text.encode_utf16().collect()
}

/// A name as text.
fn text_of(name: &Name) -> String {
    String::from_utf16_lossy(name)
}

/// A string literal's value as UTF-16. The parser writes a lone surrogate as U+FFFD and four hexadecimal digits, and
/// U+FFFD itself the same way, when it sets the flag.
fn string_value(text: &str, lone_surrogates: bool) -> Name {
    if !lone_surrogates {
        return name(text);
    }
    let mut units = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\u{FFFD}' {
            let digits: String = rest.by_ref().take(4).collect();
            units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xFFFD));
        } else {
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }
    Rc::from(units)
}
