//! Writes the JavaScript parts of the engine into the build's folder in short: without comments and blanks, and with short
//! names for variables, which only its readers need.
//!
//! What a machine begins with is compiled, and so is its outline (`src/vm/lazy.rs`): the same with functions that hold nothing but
//! the names of the variables around them that they use. Functions with a directive of their own (`'eager'`) are left whole.

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{ArrowFunctionExpression, Class, Expression, Function, Program};
use oxc_ast_visit::Visit;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::{MangleOptions, Mangler};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Reference, Semantic, SemanticBuilder};
use oxc_span::{GetSpan, SourceType, Span};
use oxc_syntax::scope::ScopeFlags;
use semispace_compiler::code_cache::serialize;
use semispace_compiler::compile_prelude;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders below `src`.
const FOLDERS: [&str; 3] = [PRELUDE, "node/modules", "node/modules/streams"];
const PRELUDE: &str = "prelude";
/// The directive of a function without its own code (`function.rs` of the compiler).
const LAZY: &str = "\"lazy\";";

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut known = BTreeSet::new();
    for folder in FOLDERS {
        let source = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(&source)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "js") {
                let name = path.file_stem().ok_or(io::ErrorKind::InvalidInput)?;
                let failed = |error| io::Error::other(format!("{}: {error}", path.display()));
                let short = shortened(&fs::read_to_string(&path)?).map_err(failed)?;
                let to = out.join(folder).join(name);
                if folder == PRELUDE {
                    let outline = outlined(&short, &mut known).map_err(failed)?;
                    fs::write(to.with_extension("outline.code"), compiled(&outline).map_err(failed)?)?;
                    fs::write(to.with_extension("code"), compiled(&short).map_err(failed)?)?;
                } else {
                    fs::write(to.with_extension("js"), short)?;
                }
            }
        }
    }
    fs::write(out.join("names.txt"), known.into_iter().collect::<Vec<_>>().join("\n"))
}

fn compiled(source: &str) -> Result<Vec<u8>, String> {
    let script = compile_prelude(source).map_err(|error| error.to_string())?;
    serialize(&script).map_err(|error| error.to_string())
}

fn parsed<'a>(allocator: &'a Allocator, source: &'a str) -> Result<Program<'a>, String> {
    let options = ParseOptions { allow_return_outside_function: true, ..Default::default() };
    let parsed = Parser::new(allocator, source, SourceType::cjs()).with_options(options).parse();
    match parsed.diagnostics.first() {
        Some(error) => Err(error.to_string()),
        None => Ok(parsed.program),
    }
}

fn shortened(source: &str) -> Result<String, String> {
    let allocator = Allocator::default();
    let program = parsed(&allocator, source)?;
    let analysed =
        SemanticBuilder::new().with_build_nodes(true).with_check_syntax_error(true).build(&program);
    if let Some(error) = analysed.diagnostics.first() {
        return Err(error.to_string());
    }
    let semantic = analysed.semantic;
    let reserved = visible_names(&semantic).map(Into::into).collect();
    let options = MangleOptions { top_level: Some(true), reserved, ..Default::default() };
    let scoping = Mangler::new().with_options(options).build(&program).scoping;
    let codegen = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(Some(scoping));
    Ok(codegen.build(&program).code)
}

/// Names of functions and classes that are more than called: what gets hold of such a function sees its name.
fn visible_names<'a>(semantic: &'a Semantic<'_>) -> impl Iterator<Item = &'a str> {
    let (scoping, nodes) = (semantic.scoping(), semantic.nodes());
    let is_called = move |reference: &Reference| {
        let node = nodes.get_node(reference.node_id());
        matches!(nodes.parent_kind(node.id()), AstKind::CallExpression(call) if call.callee.span() == node.kind().span())
    };
    let is_function = move |symbol| match nodes.kind(scoping.symbol_declaration(symbol)) {
        AstKind::Function(_) | AstKind::Class(_) => true,
        AstKind::VariableDeclarator(variable) => variable.init.as_ref().is_some_and(|init| {
            matches!(
                init,
                Expression::FunctionExpression(_)
                    | Expression::ArrowFunctionExpression(_)
                    | Expression::ClassExpression(_)
            )
        }),
        _ => false,
    };
    let is_visible =
        move |&symbol: &_| is_function(symbol) && !scoping.get_resolved_references(symbol).all(is_called);
    scoping.symbol_ids().filter(is_visible).map(|symbol| scoping.symbol_name(symbol))
}

/// The outline of a file. Notes the names in it that begin with `$`: natives and globals.
fn outlined(source: &str, known: &mut BTreeSet<String>) -> Result<String, String> {
    let allocator = Allocator::default();
    let program = parsed(&allocator, source)?;
    let semantic = SemanticBuilder::new().with_build_nodes(true).build(&program).semantic;
    let unresolved = semantic.scoping().root_unresolved_references().keys();
    known.extend(unresolved.filter_map(|name| name.strip_prefix('$')).map(str::to_owned));
    let mut outline = Outline { source, semantic: &semantic, bodies: Vec::new() };
    outline.visit_program(&program);
    let mut text = String::new();
    let mut done = 0;
    for (body, names) in outline.bodies {
        text.push_str(&source[done..body.start as usize]);
        text.push_str(&format!("{{{LAZY}{names}}}"));
        done = body.end as usize;
    }
    text.push_str(&source[done..]);
    Ok(text)
}

/// Finds the functions that are in no other function, and no class.
struct Outline<'s, 'a> {
    source: &'s str,
    semantic: &'s Semantic<'a>,
    /// What is left out, in order, and what stands there instead.
    bodies: Vec<(Span, String)>,
}

impl Outline<'_, '_> {
    /// Leaves out the body of a function, if that saves anything.
    fn leave_out(&mut self, function: Span, body: Span) {
        let names = self.names_from_outside(function).join(";");
        if body.size() as usize > names.len() + LAZY.len() + 2 {
            self.bodies.push((body, names));
        }
    }

    /// The variables around a function that it uses.
    fn names_from_outside(&self, function: Span) -> Vec<&str> {
        let (scoping, nodes) = (self.semantic.scoping(), self.semantic.nodes());
        let is_inside = |span: Span| function.start <= span.start && span.end <= function.end;
        scoping
            .symbol_ids()
            .filter(|&symbol| !is_inside(scoping.symbol_span(symbol)))
            .filter(|&symbol| {
                let mut references = scoping.get_resolved_references(symbol);
                references.any(|reference| is_inside(nodes.get_node(reference.node_id()).kind().span()))
            })
            .map(|symbol| scoping.symbol_name(symbol))
            .collect()
    }
}

impl<'a> Visit<'a> for Outline<'_, 'a> {
    fn visit_function(&mut self, function: &Function<'a>, _flags: ScopeFlags) {
        let text = function.span.source_text(self.source);
        // A generator is made with the registers that it needs, and what a constructor assigns decides its instances' size.
        let is_special =
            function.generator || function.r#async || text.contains("super") || assigns_to_this(text);
        let body = function.body.as_deref().filter(|body| !is_special && body.directives.is_empty());
        if let Some(body) = body {
            self.leave_out(function.span, body.span);
        }
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let text = arrow.span.source_text(self.source);
        let uses_outer = ["this", "super", "arguments", "new.target"].iter().any(|word| text.contains(word));
        let has_directives = arrow.body.as_function_body().is_some_and(|body| !body.directives.is_empty());
        if !arrow.r#async && !uses_outer && !has_directives {
            self.leave_out(arrow.span, arrow.body.span());
        }
    }

    fn visit_class(&mut self, _class: &Class<'a>) {}
}

fn assigns_to_this(text: &str) -> bool {
    text.split("this.").skip(1).any(|behind| {
        let behind =
            behind.trim_start_matches(|letter: char| letter.is_alphanumeric() || "_$".contains(letter));
        behind.starts_with('=') && !behind.starts_with("==")
    })
}
