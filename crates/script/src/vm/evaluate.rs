//! Expressions that somebody asks of a machine that stands still, as in a debugger's console.
//!
//! The expression sees the global object, and the variables of the script's top level: those of its frame while it is on
//! the stack, and after its end those that [`Vm::keep_top_level`] has kept. It gets them as the parameters of a function
//! around it: what it assigns to them is gone with it. Its own call lies on top of the frames that wait, so that those can
//! go on. Ask a clone of the machine if the run must not notice.

use std::rc::Rc;

use semispace_heap::{OutOfMemory, Word};

use super::call::Link;
use super::{Abrupt, Origin, Vm};
use crate::compiler::compile;
use crate::diagnostic::Diagnostic;
use crate::heap_graph::HeapGraph;
use crate::value;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq)]
pub enum EvaluationError {
    /// It is no expression.
    Source(Diagnostic),
    /// It threw an exception: the text of it, as Node prints it.
    Thrown(String),
    /// It took more instructions than it may.
    TooLong,
    /// The heap's limit is reached.
    OutOfMemory(OutOfMemory),
    /// It called `process.exit`.
    Exited,
}

/// A name of the script's top level and its value.
type Variable = (Rc<str>, Word);

impl Vm {
    /// From now on the variables of the script's top level outlive its end, as those of a page's classic script do. Say so
    /// before the script ends.
    pub fn keep_top_level(&mut self) {
        self.keeps_top_level = true;
    }

    /// The value of an expression, within about so many instructions. The next allocation may move it.
    ///
    /// # Errors
    /// No expression, an exception, too long, out of memory, `process.exit`.
    pub fn evaluate(&mut self, expression: &str, instructions: u64) -> Result<Word, EvaluationError> {
        // By itself first: a bracket that closes what it has not opened must not reach the function around it.
        compile(&format!("(\n{expression}\n);")).map_err(|problem| self.own_place(problem, expression))?;
        let variables = self.variables_named_in(expression);
        let names: Vec<&str> = variables.iter().map(|(name, _)| &**name).collect();
        let source = format!("return function ({}) {{ return (\n{expression}\n); }};", names.join(", "));
        let script = compile(&source).map_err(|problem| self.own_place(problem, expression))?;
        let mark = self.roots.handle_mark();
        let values: Vec<_> = variables.iter().map(|&(_, word)| self.handle(word)).collect();
        let evaluated = self.link(&script, "expression", &source, Origin::Node).and_then(|first| {
            let maker = self.new_closure(first, value::UNDEFINED)?;
            let function = self.call_on_top(maker, &[], instructions)?;
            let arguments: Vec<Word> = values.iter().map(|&value| self.at(value)).collect();
            self.call_on_top(function, &arguments, instructions)
        });
        self.roots.release_handles(mark);
        evaluated.map_err(|abrupt| self.evaluation_error(abrupt))
    }

    /// Calls a function above all frames, to its end.
    fn call_on_top(&mut self, function: Word, arguments: &[Word], instructions: u64) -> Result<Word, Abrupt> {
        self.finished = false;
        // What is on its way to a handler, or was sent to a generator, is not the expression's.
        let (exception, seen) = (self.handle(self.roots.exception), self.roots.kept.len());
        self.call_function(function, value::UNDEFINED, arguments, Link::ENTRY)?;
        let result = self.run_entered_within(instructions)?;
        self.roots.exception = self.at(exception);
        // What a WeakRef has shown to the expression only: that job is over.
        self.roots.kept.truncate(seen);
        Ok(result)
    }

    fn evaluation_error(&mut self, abrupt: Abrupt) -> EvaluationError {
        match abrupt {
            Abrupt::OutOfMemory(error) => EvaluationError::OutOfMemory(error),
            Abrupt::Fuel | Abrupt::Break => EvaluationError::TooLong,
            Abrupt::Exit(_) => EvaluationError::Exited,
            _ => {
                let error = self.roots.exception;
                let message = self.uncaught(error).message;
                let line = message.lines().next().unwrap_or_default();
                // An error without a frame is printed in brackets.
                let inner = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
                let inner = inner.filter(|_| self.kind(error) == Some(value::ERROR));
                EvaluationError::Thrown(inner.unwrap_or(line).to_owned())
            }
        }
    }

    /// A place in the source around an expression as one in the expression, which begins in the second line.
    fn own_place(&self, problem: Diagnostic, expression: &str) -> EvaluationError {
        let line = problem.line.saturating_sub(1).max(1);
        let source_line = expression.lines().nth(line as usize - 1).unwrap_or_default().to_owned();
        EvaluationError::Source(Diagnostic { line, source_line, ..problem })
    }

    /// Those variables of the top level that an expression may mean: each word of it that is one's name.
    fn variables_named_in(&self, expression: &str) -> Vec<Variable> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let words: Vec<&str> = expression.split(|c| !is_part(c)).collect();
        let mut found: Vec<Variable> = Vec::new();
        for (name, word) in self.top_level_variables() {
            let is_set = word != value::UNINITIALISED && word != value::HOLE;
            if !is_set || !words.contains(&&*name) {
                continue;
            }
            // An inner block's variable hides an outer one of the same name.
            found.retain(|(other, _)| *other != name);
            found.push((name, word));
        }
        found
    }

    /// The variables of the script's top level, those that closures share last.
    fn top_level_variables(&self) -> Vec<Variable> {
        let kept = || self.roots.top_level.clone();
        let registers = HeapGraph::new(self).top_level_registers().unwrap_or_else(kept);
        let contexts: Vec<Word> = registers
            .iter()
            .map(|&(_, word)| word)
            .filter(|&word| self.kind(word) == Some(value::CONTEXT))
            .collect();
        let mut variables = registers;
        variables.retain(|(name, _)| !name.is_empty());
        for context in contexts.into_iter().filter_map(Word::as_ref) {
            let scope = self.heap.get(context, value::CONTEXT_SCOPE).payload();
            let names = self.scopes.context(scope).cloned().unwrap_or_default();
            let slots = names.iter().zip(value::CONTEXT_SLOTS..);
            variables.extend(slots.map(|(name, slot)| (name.clone(), self.heap.get(context, slot))));
        }
        variables
    }

    /// The frame that ends is the script's own: what it holds stays, if it shall.
    #[cold]
    pub(super) fn leave_top_level(&mut self) {
        let registers = HeapGraph::new(self).top_level_registers().unwrap_or_default();
        if !registers.is_empty() {
            self.roots.top_level = registers;
        }
    }
}
