//! The outline of a file: the same with functions that hold nothing but the names of the variables around them that they use, so
//! that these lie in the same contexts. Functions with a directive of their own (`'eager'`) are left whole.

use crate::parsed;
use oxc_allocator::Allocator;
use oxc_ast::ast::{ArrowFunctionExpression, Class, Function};
use oxc_ast_visit::Visit;
use oxc_semantic::{Semantic, SemanticBuilder};
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;
use std::collections::BTreeSet;

/// The directive of a function without its own code (`function.rs` of the compiler).
const LAZY: &str = "\"lazy\";";

/// The outline of a file. Notes the names in it that begin with `$`: natives and globals.
pub fn outlined(source: &str, known: &mut BTreeSet<String>) -> Result<String, String> {
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
