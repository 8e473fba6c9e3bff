//! What `prelude/require.js` needs: the texts of the built-in modules, and the files that a script may load.
//!
//! A built-in module is compiled when a script asks for it first: as text it takes half the room, and few scripts ask.

use std::fmt;
use std::rc::Rc;

use semispace_heap::Word;

use crate::builtins::install::{Function, methods};
use crate::diagnostic::Diagnostic;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Origin, OwnText, Vm};

/// Where `require` finds the files of a script.
pub trait ModuleFiles: fmt::Debug {
    /// The text of a file; none where there is no such file.
    ///
    /// The path is relative to the script's folder, its parts are separated by `/`, and none of them is `..` or `.`.
    fn read(&self, path: &str) -> Option<String>;
}

/// Files that lie in memory: `(path, text)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedFiles(pub Vec<(String, String)>);

impl ModuleFiles for NamedFiles {
    fn read(&self, path: &str) -> Option<String> {
        self.0.iter().find(|(name, _)| name.trim_start_matches("./") == path).map(|(_, text)| text.clone())
    }
}

/// The built-in modules; those under `internal/` are for each other.
const MODULES: &[(&str, OwnText)] = &[
    ("buffer", || own_text!("node/modules/buffer")),
    ("events", || own_text!("node/modules/events")),
    ("util", || own_text!("node/modules/util")),
    ("assert", || own_text!("node/modules/assert")),
    ("assert/strict", || "'use strict'\nmodule.exports = require('assert').strict\n"),
    ("os", || own_text!("node/modules/os")),
    ("path", || own_text!("node/modules/path")),
    ("path/posix", || "'use strict'\nmodule.exports = require('path')\n"),
    ("timers", || own_text!("node/modules/timers")),
    ("timers/promises", || own_text!("node/modules/timers_promises")),
    ("util/types", || "'use strict'\nmodule.exports = require('util').types\n"),
    ("v8", || own_text!("node/modules/v8")),
    ("url", || own_text!("node/modules/url")),
    ("internal/url_parser", || own_text!("node/modules/url_parser")),
    ("internal/whatwg_url", || own_text!("node/modules/whatwg_url")),
    ("querystring", || own_text!("node/modules/querystring")),
    ("crypto", || own_text!("node/modules/crypto")),
    ("internal/hashes", || own_text!("node/modules/hashes")),
    ("perf_hooks", || own_text!("node/modules/perf_hooks")),
    ("internal/gc_events", || own_text!("node/modules/gc_events")),
    ("internal/serdes", || own_text!("node/modules/serdes")),
    ("internal/encoding", || own_text!("node/modules/encoding")),
    ("internal/event_target", || own_text!("node/modules/event_target")),
    ("internal/web_crypto", || "'use strict'\nmodule.exports.crypto = require('crypto').webcrypto\n"),
    ("internal/intl", || own_text!("node/modules/intl")),
    ("internal/parse_args", || own_text!("node/modules/parse_args")),
    ("internal/deep_equal", || own_text!("node/modules/deep_equal")),
];

const INTRINSICS: &[Function] = &[
    ("$builtinCode", 2, builtin_code),
    ("$fileText", 1, file_text),
    ("$fileCode", 1, file_code),
    ("$folder", 0, folder),
];

/// The intrinsics of `require`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// The code of a built-in module; with a second argument, only whether a script may ask for it.
fn builtin_code(vm: &mut Vm, args: Args) -> Completion<Word> {
    let name = vm.text(vm.arg(args, 0));
    let found = MODULES.iter().chain(super::io_modules::MODULES).find(|(module, _)| *module == name);
    if vm.arg(args, 1) == value::TRUE {
        return Ok(value::boolean(found.is_some() && !name.starts_with("internal/")));
    }
    let Some((name, text)) = found else { return Ok(UNDEFINED) };
    let first = vm.link_text(&format!("node:{name}"), text(), Origin::Node)?;
    vm.with_old_allocation(|vm| vm.new_closure(first, UNDEFINED))
}

fn file_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.text(vm.arg(args, 0));
    match vm.files.read(&path) {
        Some(text) => vm.string(&text),
        None => Ok(UNDEFINED),
    }
}

fn file_code(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.text(vm.arg(args, 0));
    let source = vm.files.read(&path).unwrap_or_default();
    let shown = match vm.main_file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path,
    };
    match crate::compiler::compile(&source) {
        Ok(script) => {
            let first = vm.link_script(&script, &shown, &source)?;
            vm.with_old_allocation(|vm| vm.new_closure(first, UNDEFINED))
        }
        Err(error) => Err(refused(vm, &error, &shown)),
    }
}

/// A file that cannot be compiled is a SyntaxError for who requires it; the message says where.
fn refused(vm: &mut Vm, error: &Diagnostic, file: &str) -> crate::vm::Abrupt {
    let what = error.message.strip_prefix("SyntaxError: ").unwrap_or(&error.message);
    vm.syntax_error(&format!("{what} ({file}:{}:{})", error.line, error.column))
}

fn folder(vm: &mut Vm, _: Args) -> Completion<Word> {
    let folder: Rc<str> = vm.folder.clone();
    vm.string(&folder)
}
