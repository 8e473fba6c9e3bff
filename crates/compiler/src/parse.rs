//! The front door: source text in, compiled script or a diagnostic out.

use oxc_allocator::Allocator;
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use super::nesting::refuse_too_deep;
use super::scopes::Facts;
use super::{Compiler, Mode, Result};
use crate::bytecode::Script;
use crate::diagnostic::{Diagnostic, DiagnosticKind};

/// Compiles a script as Node runs it: the body of a function, sloppy unless it says otherwise.
///
/// Errors: syntax errors and early errors, code that this engine does not support, code too deep to read.
pub fn compile(source: &str) -> Result<Script> {
    with_program(source, Mode::Script, |program, scoping, facts| {
        Compiler::new(source, scoping, facts, Mode::Script).script(program)
    })
}

/// Compiles a script as ECMAScript's `ScriptEvaluation` runs it, and a `<script>` of a page: outside any function.
///
/// Errors: as of [`compile`].
pub fn compile_global(source: &str) -> Result<Script> {
    with_program(source, Mode::Global, |program, scoping, facts| {
        Compiler::new(source, scoping, facts, Mode::Global).script(program)
    })
}

/// Compiles a part of the prelude: `$call(f, this, ...)` in it is a call with that `this`.
pub fn compile_prelude(source: &str) -> Result<Script> {
    with_program(source, Mode::Prelude, |program, scoping, facts| {
        Compiler::new(source, scoping, facts, Mode::Prelude).script(program)
    })
}

/// Only says whether the source can be compiled.
pub fn check(source: &str) -> Result<()> {
    compile(source).map(|_| ())
}

/// Only says whether the source can be compiled by [`compile_global`].
pub fn check_global(source: &str) -> Result<()> {
    compile_global(source).map(|_| ())
}

fn with_program<T>(
    source: &str,
    mode: Mode,
    then: impl FnOnce(&oxc_ast::ast::Program<'_>, &oxc_semantic::Scoping, &Facts) -> Result<T>,
) -> Result<T> {
    // Our own text has been checked when it was built.
    let is_own = mode == Mode::Prelude;
    if !is_own {
        refuse_too_deep(source)?;
    }
    let allocator = Allocator::default();
    let (is_body, source_type) = match mode {
        Mode::Global => (false, SourceType::script()),
        Mode::Script | Mode::Prelude => (true, SourceType::cjs()),
    };
    let options =
        ParseOptions { allow_return_outside_function: is_body, preserve_parens: false, ..Default::default() };
    let parsed = Parser::new(&allocator, source, source_type).with_options(options).parse();
    if let Some(error) = parsed.diagnostics.first() {
        return Err(syntax_error(error, source));
    }
    let analysed = SemanticBuilder::new().with_check_syntax_error(!is_own).build(&parsed.program);
    if let Some(error) = analysed.diagnostics.first() {
        return Err(syntax_error(error, source));
    }
    let scoping = analysed.semantic.into_scoping();
    let facts = Facts::collect(&parsed.program, &scoping);
    then(&parsed.program, &scoping, &facts)
}

fn syntax_error(error: &OxcDiagnostic, source: &str) -> Diagnostic {
    // A redeclaration has two places: the second one is the error.
    let redeclared = error.message.contains("already been declared");
    let label = if redeclared { error.labels.last() } else { error.labels.first() };
    let start = label.map_or(0, |label| label.offset());
    let end = start + label.map_or(0, |label| label.len());
    let message = format!("SyntaxError: {}", error.message);
    Diagnostic::at(DiagnosticKind::Syntax, message, source, start, end)
}
