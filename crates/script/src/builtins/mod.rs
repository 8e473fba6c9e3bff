//! The built-in objects: natives in Rust, one file a global, and the prelude in JavaScript.
//!
//! A native function cannot call script. Where a method must (a callback, a getter, a `toString`), it is written in
//! the prelude, or the native asks the machine to make the call in its stead ([`requests`]).

pub mod install;

pub(crate) mod array;
mod array_buffer;
pub(crate) mod bigint;
mod boolean;
pub mod buffer;
mod buffer_text;
mod clone;
mod collation;
mod convert;
mod date;
pub(crate) mod date_text;
mod ephemeron_table;
mod error;
mod function;
mod global;
mod hash;
mod intrinsics;
mod iterator;
mod json;
mod json_reader;
mod json_writer;
pub mod map_set;
pub mod math;
mod number;
mod number_format;
pub mod number_parse;
pub(crate) mod object;
pub mod ordered_table;
pub(crate) mod promise;
pub(crate) mod proxy;
mod realm;
pub mod regexp;
mod regexp_lazy;
pub mod regexp_program;
mod regexp_quick;
mod regexp_start;
mod requests;
mod string;
mod symbol;
mod typed_array;
mod uri;
pub mod weak;

use crate::vm::{Completion, Intrinsic, Origin, Vm};
use install::Prelude;

/// The parts of the prelude, in the order they run.
const PRELUDE: &[Prelude] = &[
    prelude!("helpers"),
    prelude!("function"),
    prelude!("array"),
    prelude!("array_generic"),
    prelude!("object"),
    prelude!("typed_array"),
    prelude!("proxy"),
    prelude!("collections"),
    prelude!("string"),
    prelude!("regexp"),
    prelude!("json"),
    prelude!("weak"),
    prelude!("iterator_helpers"),
    prelude!("newer"),
    prelude!("date"),
    prelude!("locale"),
    prelude!("clone"),
];

/// Node's parts, which come after the promises.
const NODE_PRELUDE: &[Prelude] = &[
    prelude!("inspect"),
    prelude!("timers"),
    prelude!("node_errors"),
    prelude!("buffer"),
    prelude!("console"),
    prelude!("require"),
    prelude!("later"),
    prelude!("events"),
    prelude!("process"),
];

/// Makes every built-in object of a new machine.
pub(crate) fn install(vm: &mut Vm) -> Completion {
    realm::make(vm)?;
    let natives = [
        object::install,
        function::install,
        error::install,
        symbol::install,
        boolean::install,
        number::install,
        string::install,
        array::install,
        bigint::install,
        array_buffer::install,
        typed_array::install,
        buffer::install,
        proxy::install,
        math::install,
        date::install,
        clone::install,
        map_set::install,
        weak::install,
        regexp::install,
        iterator::install,
        json::install,
        global::install,
        crate::node::install,
        intrinsics::install,
    ];
    for part in natives {
        part(vm)?;
    }
    mark_primitive_prototypes(vm);
    for part in PRELUDE {
        part.install(vm, Origin::EcmaScript)?;
    }
    promise::install(vm)?;
    for part in NODE_PRELUDE {
        part.install(vm, Origin::Node)?;
    }
    vm.keep_known_names(include_str!(concat!(env!("OUT_DIR"), "/names.txt")))
}

/// Primitives have no shape of their own to name their prototype, so that nothing else marks it as one; unmarked, no cache
/// would remember a method of strings or numbers.
fn mark_primitive_prototypes(vm: &mut Vm) {
    let prototypes = [
        Intrinsic::StringPrototype,
        Intrinsic::NumberPrototype,
        Intrinsic::BooleanPrototype,
        Intrinsic::SymbolPrototype,
        Intrinsic::BigIntPrototype,
    ];
    for prototype in prototypes {
        vm.mark_prototype(vm.intrinsic(prototype));
    }
}
