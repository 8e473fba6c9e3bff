//! Loops. They are tested at the bottom: one conditional jump a round, which is also where fuel is counted.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::*;
use crate::value;

/// Registers that V8 keeps during a `for-of` loop beyond ours: its iterator is a record, and the loop a `try` with `finally`.
const V8_LOOP_REGISTERS: u16 = 5;

impl Compiler<'_> {
    fn open_loop(&mut self, break_to: Label, continue_to: Label) {
        let labels = std::mem::take(&mut self.frame().pending_labels);
        let target =
            Control::Target { labels, break_to: Some(break_to), continue_to: Some(continue_to), plain: true };
        self.frame().controls.push(target);
    }

    fn body(&mut self, body: &Statement<'_>) -> Result<()> {
        self.statements(std::slice::from_ref(body))
    }

    #[inline(never)]
    pub(super) fn while_loop(&mut self, statement: &WhileStatement<'_>) -> Result<()> {
        let (end, test, body) = (self.emit().label(), self.emit().label(), self.emit().label());
        self.open_loop(end, test);
        self.jump(bc::JUMP, 0, 0, 0, test);
        self.emit().bind(body);
        self.body(&statement.body)?;
        self.emit().bind(test);
        self.loop_back(Some(&statement.test), body)?;
        self.frame().controls.pop();
        self.emit().bind(end);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn do_while_loop(&mut self, statement: &DoWhileStatement<'_>) -> Result<()> {
        let (end, test, body) = (self.emit().label(), self.emit().label(), self.emit().label());
        self.open_loop(end, test);
        self.emit().bind(body);
        self.body(&statement.body)?;
        self.emit().bind(test);
        self.loop_back(Some(&statement.test), body)?;
        self.frame().controls.pop();
        self.emit().bind(end);
        Ok(())
    }

    /// Jumps back to `body` while the test holds.
    fn loop_back(&mut self, test: Option<&Expression<'_>>, body: Label) -> Result<()> {
        let mark = self.mark();
        match test {
            Some(Expression::BooleanLiteral(literal)) if literal.value => self.jump(bc::LOOP, 0, 0, 0, body),
            Some(test) => {
                self.at(test.span());
                self.emit().statement();
                self.branch(test, body, true)?;
            }
            None => self.jump(bc::LOOP, 0, 0, 0, body),
        }
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn for_loop(&mut self, statement: &ForStatement<'_>) -> Result<()> {
        self.scoped(statement.scope_id.get(), statement.span, |compiler| {
            let per_iteration = compiler.loop_context(statement.scope_id.get());
            match &statement.init {
                Some(ForStatementInit::VariableDeclaration(declaration)) => {
                    compiler.variable_declaration(declaration)?;
                }
                Some(init) => {
                    if let Some(expression) = init.as_expression() {
                        compiler.effect(expression)?;
                    }
                }
                None => {}
            }
            compiler.for_rounds(statement, per_iteration)
        })
    }

    #[inline(never)]
    fn for_rounds(&mut self, statement: &ForStatement<'_>, per_iteration: Option<Reg>) -> Result<()> {
        let (end, update, test, body) =
            (self.emit().label(), self.emit().label(), self.emit().label(), self.emit().label());
        self.open_loop(end, update);
        if let Some(context) = per_iteration
            && let Some(ForStatementInit::VariableDeclaration(declaration)) = &statement.init
            && self.makes_closure(declaration)
        {
            // Closures of the declaration itself see the variables as it left them.
            self.op(bc::CLONE_CONTEXT, context, 0, 0);
        }
        self.jump(bc::JUMP, 0, 0, 0, test);
        self.emit().bind(body);
        self.body(&statement.body)?;
        self.emit().bind(update);
        if let Some(context) = per_iteration {
            // Closures made in this round keep their own copy of the variables.
            self.op(bc::CLONE_CONTEXT, context, 0, 0);
        }
        if let Some(update) = &statement.update {
            self.effect(update)?;
        }
        self.emit().bind(test);
        self.loop_back(statement.test.as_ref(), body)?;
        self.frame().controls.pop();
        self.emit().bind(end);
        Ok(())
    }

    /// Whether a declaration may make closures: any that is more than numbers, strings and names.
    fn makes_closure(&self, declaration: &VariableDeclaration<'_>) -> bool {
        declaration.declarations.iter().any(|declarator| {
            let plain = |init: &Expression<'_>| {
                matches!(
                    init,
                    Expression::NumericLiteral(_)
                        | Expression::StringLiteral(_)
                        | Expression::Identifier(_)
                        | Expression::StaticMemberExpression(_)
                )
            };
            declarator.init.as_ref().is_some_and(|init| !plain(init))
        })
    }

    /// The context that the loop's own variables live in, if closures capture any.
    fn loop_context(&self, scope: Option<ScopeId>) -> Option<Reg> {
        let scope = scope?;
        let captured = self.scoping.iter_bindings_in(scope).any(|symbol| self.facts.is_captured(symbol));
        (captured && self.contexts.len() > self.frame_ref().outer_contexts).then(|| self.current_context())
    }

    #[inline(never)]
    pub(super) fn for_in_loop(&mut self, statement: &ForInStatement<'_>) -> Result<()> {
        let span = statement.span;
        let mark = self.mark();
        let list = self.temporary(span)?;
        let index = self.temporary(span)?;
        let object = self.temporary(span)?;
        // Its shape, if that says that it has all the keys.
        self.temporary(span)?;
        if let ForStatementLeft::VariableDeclaration(declaration) = &statement.left
            && declaration.declarations.iter().any(|declarator| declarator.init.is_some())
        {
            // `for (var i = 0 in object)`, of sloppy code (ECMA-262 B.3.5).
            self.variable_declaration(declaration)?;
        }
        self.into(object, &statement.right)?;
        self.at(statement.right.span());
        self.op(bc::FOR_IN_KEYS, list, object, 0);
        self.load_int(index, 0);
        let (end, next, body) = (self.emit().label(), self.emit().label(), self.emit().label());
        self.open_loop(end, next);
        self.jump(bc::JUMP, 0, 0, 0, next);
        let key = self.temporary(span)?;
        self.emit().bind(body);
        self.scoped(statement.scope_id.get(), span, |compiler| {
            compiler.assign_loop_variable(&statement.left, key)?;
            compiler.body(&statement.body)
        })?;
        self.emit().bind(next);
        self.jump(bc::FOR_IN_NEXT, key, list, 0, end);
        self.jump(bc::LOOP, 0, 0, 0, body);
        self.frame().controls.pop();
        self.emit().bind(end);
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn for_of_loop(&mut self, statement: &ForOfStatement<'_>) -> Result<()> {
        let span = statement.span;
        let asynchronous = statement.r#await;
        let mark = self.mark();
        self.frame().besides += V8_LOOP_REGISTERS;
        let base = self.begin_iteration(&statement.right, asynchronous.into())?;
        let item = self.temporary(span)?;
        let (end, next, body, done) =
            (self.emit().label(), self.emit().label(), self.emit().label(), self.emit().label());
        self.open_loop(end, next);
        self.frame().controls.push(Control::Iterator { base, asynchronous });
        // `continue` does not leave the iterator, `break` does: the loop's own target lies outside of it.
        self.swap_continue_inside();
        self.jump(bc::JUMP, 0, 0, 0, next);
        self.emit().bind(body);
        let start = self.emit().here();
        self.scoped(statement.scope_id.get(), span, |compiler| {
            compiler.assign_loop_variable(&statement.left, item)?;
            compiler.body(&statement.body)
        })?;
        let covered = self.emit().here();
        self.emit().bind(next);
        self.at(statement.right.span());
        self.jump(bc::ITERATOR_NEXT, item, base, 0, done);
        if asynchronous {
            self.await_value(item, item);
        }
        self.jump(bc::ITERATOR_RESULT, item, base, 0, done);
        self.jump(bc::LOOP, 0, 0, 0, body);
        let open = self.frame().controls.len() - 3;
        self.frame().controls.truncate(open);
        self.close_on_throw(base, asynchronous, start..covered, span)?;
        self.emit().bind(done);
        self.emit().bind(end);
        self.frame().besides -= V8_LOOP_REGISTERS;
        self.release(mark);
        Ok(())
    }

    /// Puts the `continue` half of the innermost loop inside its iterator.
    fn swap_continue_inside(&mut self) {
        let controls = &mut self.frame().controls;
        let index = controls.len() - 2;
        if let Control::Target { labels, continue_to, .. } = &mut controls[index] {
            let inner = Control::Target {
                labels: labels.clone(),
                break_to: None,
                continue_to: continue_to.take(),
                plain: false,
            };
            controls.push(inner);
        }
    }

    /// An exception in `start..end` closes the iterator and goes on.
    pub(super) fn close_on_throw(
        &mut self,
        base: Reg,
        asynchronous: bool,
        covered: std::ops::Range<u32>,
        span: Span,
    ) -> Result<()> {
        let over = self.emit().label();
        self.jump(bc::JUMP, 0, 0, 0, over);
        self.emit().handler(covered.start, covered.end);
        let mark = self.mark();
        let error = self.temporary(span)?;
        self.op(bc::CATCH, error, 0, 0);
        let closing = self.emit().here();
        let ignored = self.temporary(span)?;
        self.load_undefined(ignored);
        self.op(bc::ITERATOR_CLOSE, ignored, base, 0);
        if asynchronous {
            self.await_value(ignored, ignored);
        }
        let closed = self.emit().here();
        self.op(bc::THROW, error, 1, 0);
        // What the return method throws is dropped: the first exception counts.
        self.emit().handler(closing, closed);
        self.op(bc::THROW, error, 1, 0);
        self.release(mark);
        self.emit().bind(over);
        Ok(())
    }

    /// The iterator of an expression: two registers, the iterator and its `next` method.
    /// `way`: 1 for the iterator of `for await`, or the register of an empty array that may take all at once.
    pub(super) fn begin_iteration(&mut self, iterable: &Expression<'_>, way: u8) -> Result<Reg> {
        let span = iterable.span();
        let base = self.temporary(span)?;
        self.temporary(span)?;
        let mark = self.mark();
        let value = self.any(iterable)?;
        self.at(span);
        if self.mode != Mode::Prelude {
            self.emit().callee(super::call_text::call_text(iterable));
        }
        self.op(bc::GET_ITERATOR, base, value, way);
        self.op(bc::ITERATOR_READY, base + 1, base, 0);
        self.release(mark);
        Ok(base)
    }

    pub(super) fn iterator_of(&mut self, value: Reg, base: Reg, way: u8) {
        self.op(bc::GET_ITERATOR, base, value, way);
        self.op(bc::ITERATOR_READY, base + 1, base, 0);
    }

    pub(super) fn close_iterator(&mut self, base: Reg, asynchronous: bool, span: Span) -> Result<()> {
        let mark = self.mark();
        let result = self.temporary(span)?;
        self.load_immediate(result, value::UNINITIALISED);
        self.op(bc::ITERATOR_CLOSE, result, base, 0);
        if asynchronous {
            let (missing, end) = (self.temporary(span)?, self.emit().label());
            self.load_immediate(missing, value::UNINITIALISED);
            self.jump(bc::JUMP_STRICT_EQUAL, result, missing, 1, end);
            self.await_value(result, result);
            self.emit().bind(end);
        }
        self.op(bc::CHECK_OBJECT, result, 0, 0);
        self.release(mark);
        Ok(())
    }

    fn assign_loop_variable(&mut self, left: &ForStatementLeft<'_>, from: Reg) -> Result<()> {
        match left {
            ForStatementLeft::VariableDeclaration(declaration) => match declaration.declarations.first() {
                Some(declarator) => {
                    // V8 has no other name for the value of a round.
                    self.pattern_source =
                        super::pattern::PatternSource::Text(".for".to_owned(), declarator.span);
                    self.bind_pattern(&declarator.id, from)
                }
                None => Ok(()),
            },
            left => match left.as_assignment_target() {
                Some(target) => self.assign_target(target, from),
                None => Ok(()),
            },
        }
    }
}
