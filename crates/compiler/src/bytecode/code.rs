//! What the compiler hands to the machine: functions as plain data, not yet tied to a heap.

use std::rc::Rc;

use semispace_heap::Word;
use serde::{Deserialize, Serialize};

use crate::code_cache;

/// A string of the source as UTF-16 code units, as JavaScript sees it.
pub type Name = Rc<[u16]>;

/// A value that the machine makes once, when the script is linked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Constant {
    /// A number that is not a small integer.
    Number(f64),
    /// A string.
    String(Name),
    /// A BigInt in decimal digits.
    BigInt(Rc<str>),
    /// A value that is no object of the heap.
    Immediate(#[serde(with = "code_cache::word")] Word),
    /// Elements that the arrays of one literal share.
    Elements(Vec<Constant>),
    /// The number of strings of a template object, which follow it.
    Count(u32),
}

/// What an inline cache is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CacheName {
    /// An ordinary property name.
    Property(Name),
    /// A private name of the class body that starts at this source offset.
    Private(Name, u32),
}

/// An object literal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Literal {
    /// The first names, in order; the values come from registers.
    pub names: Vec<Name>,
    /// In-object slots of its objects.
    pub slots: u8,
}

/// A range of code whose exceptions go to `target`. Inner ranges come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handler {
    /// First word covered.
    pub start: u32,
    /// First word not covered.
    pub end: u32,
    /// Where the handler begins.
    pub target: u32,
}

/// The syntactic sort of a function: what it may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FunctionKind {
    /// `function`: callable and a constructor.
    #[default]
    Normal,
    /// `=>`
    Arrow,
    /// A method, getter or setter: no constructor.
    Method,
    /// A class constructor without `extends`.
    BaseConstructor,
    /// A class constructor with `extends`.
    DerivedConstructor,
    /// What runs a class's field initialisers or a static block.
    ClassInitialiser,
}

/// Properties of a function that the machine looks at when it is called or made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FunctionFlags {
    /// Strict mode code.
    pub strict: bool,
    /// `function*`
    pub generator: bool,
    /// `async`
    pub asynchronous: bool,
}

/// A variable that lives in a register, for whoever looks into a stopped machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterVariable {
    /// Its name.
    pub name: Rc<str>,
    /// The register.
    pub register: u8,
    /// First word of the code where the register is the variable.
    pub start: u32,
    /// First word where it no longer is.
    pub end: u32,
}

/// Added to a number of registers in use: all arguments of the call are live, however many there are.
pub const LIVE_ARGUMENTS: u16 = 0x100;

/// The variables of a heap context, slot by slot (V8: ScopeInfo).
pub type ContextNames = Rc<[Rc<str>]>;

/// One compiled function.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FunctionCode {
    /// Its `name`.
    pub name: Name,
    /// What stacks call it if it has no name: what it was assigned to.
    pub label: Name,
    /// Its sort.
    pub kind: FunctionKind,
    /// Its flags.
    pub flags: FunctionFlags,
    /// Registers for parameters (those without a rest parameter).
    pub parameters: u8,
    /// Its `length`: parameters before the first default or rest.
    pub length: u8,
    /// Registers that the window needs, parameters and the three leading ones included.
    pub registers: u16,
    /// Registers that a frame which waits has room for, parameters included: of generators and asynchronous functions.
    pub saved: u16,
    /// How many `this.x = ` a constructor holds: V8's expected number of properties.
    pub expected_properties: u8,
    /// The instructions.
    #[serde(skip)]
    pub code: Vec<u32>,
    /// Constants that the code refers to by index.
    pub constants: Vec<Constant>,
    /// One entry an inline cache.
    pub caches: Vec<CacheName>,
    /// Object literals' names.
    pub literals: Vec<Literal>,
    /// Exception ranges, inner ones first.
    pub handlers: Vec<Handler>,
    /// `(word, byte offset in the source)` of each instruction that can fail, ascending.
    #[serde(skip)]
    pub positions: Vec<(u32, u32)>,
    /// `(word, registers in use)`, ascending: what is live in the topmost frame, perhaps with [`LIVE_ARGUMENTS`].
    #[serde(skip)]
    pub heights: Vec<(u32, u16)>,
    /// `(word, text)` of each call, ascending: how an error message names what was called.
    pub callees: Vec<(u32, Rc<str>)>,
    /// First words of statements: where a line step can stop.
    #[serde(skip)]
    pub statements: Vec<u32>,
    /// Variables in registers, by their first word.
    #[serde(skip)]
    pub variables: Vec<RegisterVariable>,
    /// `(word of the instruction that makes the context, names)`, ascending.
    pub contexts: Vec<(u32, ContextNames)>,
    /// Byte range in the source.
    #[serde(with = "code_cache::inside")]
    pub span: (u32, u32),
}

impl FunctionCode {
    /// Whether the other function is written inside of this one, or is this one.
    pub const fn contains(&self, other: &Self) -> bool {
        self.span.0 <= other.span.0 && other.span.1 <= self.span.1
    }
}

/// A compiled script: its functions; the first is the script itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Script {
    /// All functions.
    pub functions: Vec<FunctionCode>,
    /// The variables that are properties of the global object; a module has none.
    pub globals: Vec<Name>,
}
