//! Statements.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::effect::Effect;
use super::*;

impl Compiler<'_> {
    pub(super) fn statements(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement<'_>) -> Result<()> {
        if !matches!(statement, Statement::BlockStatement(_) | Statement::FunctionDeclaration(_)) {
            self.at(statement.span());
            self.emit().statement();
        }
        let mark = self.mark();
        let declares =
            matches!(statement, Statement::VariableDeclaration(_) | Statement::ClassDeclaration(_));
        match statement {
            Statement::BlockStatement(block) => self.block(block)?,
            Statement::ExpressionStatement(statement) => self.effect(&statement.expression)?,
            Statement::VariableDeclaration(declaration) => self.variable_declaration(declaration)?,
            Statement::FunctionDeclaration(function) => self.copy_block_function(function)?,
            Statement::EmptyStatement(_) | Statement::DebuggerStatement(_) => {}
            Statement::ClassDeclaration(class) => self.class_declaration(class)?,
            Statement::IfStatement(statement) => self.if_statement(statement)?,
            Statement::ReturnStatement(statement) => self.return_statement(statement)?,
            Statement::ThrowStatement(statement) => {
                let value = self.any(&statement.argument)?;
                self.at(statement.span);
                self.op(bc::THROW, value, 0, 0);
            }
            Statement::TryStatement(statement) => self.try_statement(statement)?,
            Statement::SwitchStatement(statement) => self.switch(statement)?,
            Statement::LabeledStatement(statement) => self.labelled(statement)?,
            Statement::BreakStatement(statement) => {
                self.leave_to(statement.label.as_ref(), Leave::Break, statement.span)?;
            }
            Statement::ContinueStatement(statement) => {
                self.leave_to(statement.label.as_ref(), Leave::Continue, statement.span)?;
            }
            Statement::WhileStatement(statement) => self.while_loop(statement)?,
            Statement::DoWhileStatement(statement) => self.do_while_loop(statement)?,
            Statement::ForStatement(statement) => self.for_loop(statement)?,
            Statement::ForInStatement(statement) => self.for_in_loop(statement)?,
            Statement::ForOfStatement(statement) => self.for_of_loop(statement)?,
            Statement::WithStatement(statement) => return Err(self.unsupported(statement.span, "`with`")),
            other if other.is_module_declaration() => {
                return Err(self.unsupported(other.span(), "`import` and `export`"));
            }
            other => return Err(self.unsupported(other.span(), "this statement")),
        }
        if !declares {
            self.release(mark);
        }
        Ok(())
    }

    pub(super) fn block(&mut self, block: &BlockStatement<'_>) -> Result<()> {
        self.scoped(block.scope_id.get(), block.span, |compiler| {
            compiler.hoist_declarations(&block.body)?;
            compiler.statements(&block.body)
        })
    }

    /// Runs `inside` with the variables of a scope declared.
    pub(super) fn scoped(
        &mut self,
        scope: Option<ScopeId>,
        span: Span,
        inside: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let mark = self.mark();
        let open = self.contexts.len();
        if let Some(scope) = scope {
            self.declare_scope(scope, span)?;
        }
        inside(self)?;
        self.close_contexts(open);
        self.release(mark);
        Ok(())
    }

    pub(super) fn variable_declaration(&mut self, declaration: &VariableDeclaration<'_>) -> Result<()> {
        for declarator in &declaration.declarations {
            if let BindingPattern::BindingIdentifier(binding) = &declarator.id
                && let Some(symbol) = self.is_awaited(binding)
            {
                self.at(declarator.span);
                self.declared_value(symbol, declarator)?;
                continue;
            }
            self.give_pattern(declarator)?;
            let mark = self.mark();
            match (&declarator.init, &declarator.id) {
                (Some(init), BindingPattern::BindingIdentifier(binding)) => {
                    self.at(declarator.span);
                    match self.binding_register(binding) {
                        Some(register) if !writes_early(init) && !self.is_checked(binding) => {
                            self.named_into(register, init, &binding.name)?;
                        }
                        _ => {
                            let value = self.named_fresh(init, &binding.name)?;
                            self.initialise(binding, value);
                        }
                    }
                }
                (Some(init), pattern) => {
                    // Only `var` can name the variable that it takes apart.
                    let value = self.operand(init, declaration.kind == VariableDeclarationKind::Var)?;
                    self.at(pattern.span());
                    self.pattern_from(pattern, init);
                    self.bind_pattern(pattern, value)?;
                }
                (None, BindingPattern::BindingIdentifier(binding))
                    if declaration.kind != VariableDeclarationKind::Var =>
                {
                    let value = self.temporary(declarator.span)?;
                    self.load_undefined(value);
                    self.initialise(binding, value);
                }
                (None, _) => {}
            }
            self.release(mark);
        }
        Ok(())
    }

    /// The value of a declaration, in the register that is the variable's from here on.
    fn declared_value(&mut self, symbol: SymbolId, declarator: &VariableDeclarator<'_>) -> Result<()> {
        let register = match &declarator.init {
            Some(init) => self.named_fresh(init, self.scoping.symbol_name(symbol))?,
            None => {
                let register = self.temporary(declarator.span)?;
                self.load_undefined(register);
                register
            }
        };
        self.awaited.remove(&symbol);
        self.settle(symbol, register);
        Ok(())
    }

    /// Gives the variables of a pattern their registers; what was left there does not stay alive while the value is made.
    fn give_pattern(&mut self, declarator: &VariableDeclarator<'_>) -> Result<()> {
        let collects = declarator.init.as_ref().is_some_and(|init| Effect::Collection.may_come_of(init));
        let first = self.mark();
        for binding in declarator.id.get_binding_identifiers() {
            if let Some(symbol) = self.is_awaited(binding) {
                self.give_register(symbol)?;
            }
        }
        if collects {
            (first..self.mark()).for_each(|register| self.load_int(register, 0));
        }
        Ok(())
    }

    /// The variable carries the mark of an uninitialised one, which must stay until the value is there.
    fn is_checked(&self, binding: &BindingIdentifier<'_>) -> bool {
        binding
            .symbol_id
            .get()
            .is_some_and(|symbol| self.is_lexical(symbol) && self.facts.may_be_early(symbol))
    }

    #[inline(never)]
    fn if_statement(&mut self, statement: &IfStatement<'_>) -> Result<()> {
        let otherwise = self.emit().label();
        let mark = self.mark();
        self.branch(&statement.test, otherwise, false)?;
        self.release(mark);
        self.if_branch(&statement.consequent)?;
        match &statement.alternate {
            Some(alternate) => {
                let end = self.emit().label();
                self.jump(bc::JUMP, 0, 0, 0, end);
                self.emit().bind(otherwise);
                self.if_branch(alternate)?;
                self.emit().bind(end);
            }
            None => self.emit().bind(otherwise),
        }
        Ok(())
    }

    /// A function declared as a branch is declared as in a block (ECMA-262 B.3.4).
    fn if_branch(&mut self, branch: &Statement<'_>) -> Result<()> {
        self.hoist_declarations(std::slice::from_ref(branch))?;
        self.statement(branch)
    }

    fn return_statement(&mut self, statement: &ReturnStatement<'_>) -> Result<()> {
        let value = match &statement.argument {
            Some(argument) => self.any(argument)?,
            None => {
                let value = self.temporary(statement.span)?;
                self.load_undefined(value);
                value
            }
        };
        self.at(statement.span);
        self.return_awaited(value, statement.span)
    }

    /// `return`, through every `finally` and iterator on the way.
    pub(super) fn return_value(&mut self, value: Reg, span: Span) -> Result<()> {
        let mark = self.mark();
        let kept = self.temporary(span)?;
        let through = self.frame_ref().controls.iter().any(|c| !matches!(c, Control::Target { .. }));
        let value = if through {
            self.copy(kept, value);
            kept
        } else {
            value
        };
        if !self.leave_through(0, Exit::Return, value, span)? {
            self.leave_function(value, span)?;
        }
        self.release(mark);
        Ok(())
    }

    /// Leaves the constructs from the innermost down to number `depth`. True: a `finally` took over.
    fn leave_through(&mut self, depth: usize, exit: Exit, value: Reg, span: Span) -> Result<bool> {
        for index in (depth..self.frame_ref().controls.len()).rev() {
            match &mut self.frame().controls[index] {
                Control::Target { .. } => {}
                Control::Iterator { base, asynchronous } => {
                    let (base, asynchronous) = (*base, *asynchronous);
                    self.close_iterator(base, asynchronous, span)?;
                }
                Control::Finally { entry, kind, value: kept, exits } => {
                    let (entry, kind, kept) = (*entry, *kind, *kept);
                    exits.push(exit);
                    let number = exits.len() as i16 + 1;
                    if value != 0 {
                        self.copy(kept, value);
                    }
                    self.load_int(kind, number);
                    self.jump(bc::JUMP, 0, 0, 0, entry);
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn leave_to(&mut self, label: Option<&LabelIdentifier<'_>>, leave: Leave, span: Span) -> Result<()> {
        let target = self.frame_ref().controls.iter().enumerate().rev().find_map(|(depth, control)| {
            let Control::Target { labels, break_to, continue_to, plain } = control else { return None };
            let to = if leave == Leave::Break { (*break_to)? } else { (*continue_to)? };
            let meant = match label {
                Some(label) => labels.iter().any(|name| label.name == **name),
                None => *plain || leave == Leave::Continue,
            };
            meant.then_some((depth, to))
        });
        let Some((depth, to)) = target else {
            return Err(self.error(span, "SyntaxError: Illegal break or continue statement"));
        };
        if !self.leave_through(depth + 1, Exit::Break { depth, to }, 0, span)? {
            self.jump(bc::JUMP, 0, 0, 0, to);
        }
        Ok(())
    }

    #[inline(never)]
    fn labelled(&mut self, statement: &LabeledStatement<'_>) -> Result<()> {
        let label = statement.label.name.to_string();
        let is_loop = matches!(
            statement.body,
            Statement::ForStatement(_)
                | Statement::ForInStatement(_)
                | Statement::ForOfStatement(_)
                | Statement::WhileStatement(_)
                | Statement::DoWhileStatement(_)
                | Statement::LabeledStatement(_)
        );
        self.frame().pending_labels.push(label);
        if is_loop {
            return self.statement(&statement.body);
        }
        let labels = std::mem::take(&mut self.frame().pending_labels);
        let end = self.emit().label();
        self.frame().controls.push(Control::Target {
            labels,
            break_to: Some(end),
            continue_to: None,
            plain: false,
        });
        self.statement(&statement.body)?;
        self.frame().controls.pop();
        self.emit().bind(end);
        Ok(())
    }

    #[inline(never)]
    fn switch(&mut self, statement: &SwitchStatement<'_>) -> Result<()> {
        let labels = std::mem::take(&mut self.frame().pending_labels);
        let mark = self.mark();
        let value = self.temporary(statement.span)?;
        self.into(value, &statement.discriminant)?;
        let end = self.emit().label();
        self.frame().controls.push(Control::Target {
            labels,
            break_to: Some(end),
            continue_to: None,
            plain: true,
        });
        self.scoped(statement.scope_id.get(), statement.span, |compiler| {
            for case in &statement.cases {
                compiler.hoist_declarations(&case.consequent)?;
            }
            compiler.switch_cases(statement, value, end)
        })?;
        self.frame().controls.pop();
        self.emit().bind(end);
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn switch_cases(&mut self, statement: &SwitchStatement<'_>, value: Reg, end: Label) -> Result<()> {
        let entries: Vec<Label> = statement.cases.iter().map(|_| self.emit().label()).collect();
        let mut default = end;
        for (case, &entry) in statement.cases.iter().zip(&entries) {
            match &case.test {
                Some(test) => {
                    let mark = self.mark();
                    let candidate = self.any(test)?;
                    self.at(test.span());
                    self.jump(bc::JUMP_STRICT_EQUAL, value, candidate, 1, entry);
                    self.release(mark);
                }
                None => default = entry,
            }
        }
        self.jump(bc::JUMP, 0, 0, 0, default);
        for (case, entry) in statement.cases.iter().zip(entries) {
            self.emit().bind(entry);
            self.statements(&case.consequent)?;
        }
        Ok(())
    }

    fn try_statement(&mut self, statement: &TryStatement<'_>) -> Result<()> {
        match &statement.finalizer {
            Some(finalizer) => self.try_finally(statement, finalizer),
            None => self.try_catch(statement),
        }
    }

    fn try_catch(&mut self, statement: &TryStatement<'_>) -> Result<()> {
        let Some(handler) = &statement.handler else { return self.block(&statement.block) };
        let start = self.emit().here();
        self.block(&statement.block)?;
        let end = self.emit().label();
        let covered = self.emit().here();
        self.jump(bc::JUMP, 0, 0, 0, end);
        self.emit().handler(start, covered);
        self.scoped(handler.scope_id.get(), handler.span, |compiler| {
            // The parser files the parameter with the block's own variables.
            compiler.scoped(handler.body.scope_id.get(), handler.span, |compiler| {
                let outside = compiler.parameter_declared_again(handler)?;
                let mark = compiler.mark();
                let error = compiler.temporary(handler.span)?;
                compiler.op(bc::CATCH, error, u8::from(handler.param.is_some()), 0);
                if let Some(parameter) = &handler.param {
                    compiler.bind_pattern(&parameter.pattern, error)?;
                }
                compiler.release(mark);
                compiler.hoist_declarations(&handler.body.body)?;
                compiler.statements(&handler.body.body)?;
                for (symbol, location) in outside {
                    match location {
                        Some(location) => compiler.locations.insert(symbol, location),
                        None => compiler.locations.remove(&symbol),
                    };
                }
                Ok(())
            })
        })?;
        self.emit().bind(end);
        Ok(())
    }

    /// `catch (x) { var x }`: the analysis takes both for the variable of the function, but inside of the block the name
    /// means the parameter (ECMA-262 B.3.4). It gets a place of its own; the answer is where what is called so lives outside.
    #[inline(never)]
    fn parameter_declared_again(
        &mut self,
        handler: &CatchClause<'_>,
    ) -> Result<Vec<(SymbolId, Option<Location>)>> {
        let Some(CatchParameter { pattern: BindingPattern::BindingIdentifier(binding), .. }) = &handler.param
        else {
            return Ok(Vec::new());
        };
        let Some(symbol) = binding.symbol_id.get() else { return Ok(Vec::new()) };
        let mut scopes = [handler.scope_id.get(), handler.body.scope_id.get()].into_iter().flatten();
        if scopes.any(|scope| self.scoping.get_binding(scope, binding.name) == Some(symbol)) {
            return Ok(Vec::new());
        }
        // The variable that the name means to the analysis: of two such blocks, one in the other, the parameters differ.
        let variable =
            handler.scope_id.get().and_then(|scope| self.scoping.find_binding(scope, binding.name));
        let variable = variable.unwrap_or(symbol);
        let outside = [variable, symbol].map(|symbol| (symbol, self.locations.get(&symbol).copied()));
        self.locations.remove(&variable);
        self.declare(&[variable], &[], handler.span)?;
        if let Some(&place) = self.locations.get(&variable) {
            self.locations.insert(symbol, place);
        }
        Ok(outside.into())
    }

    /// `kind` says why the block was left: 0 by its end, 1 by an exception, else by exit number `kind - 2`.
    #[inline(never)]
    fn try_finally(&mut self, statement: &TryStatement<'_>, finalizer: &BlockStatement<'_>) -> Result<()> {
        let span = statement.span;
        let mark = self.mark();
        let kind = self.temporary(span)?;
        let value = self.temporary(span)?;
        let entry = self.emit().label();
        self.frame().controls.push(Control::Finally { entry, kind, value, exits: Vec::new() });
        let start = self.emit().here();
        self.try_catch(statement)?;
        self.load_int(kind, 0);
        let covered = self.emit().here();
        self.jump(bc::JUMP, 0, 0, 0, entry);
        self.emit().handler(start, covered);
        self.op(bc::CATCH, value, 0, 0);
        self.load_int(kind, 1);
        self.emit().bind(entry);
        let Some(Control::Finally { exits, .. }) = self.frame().controls.pop() else { return Ok(()) };
        self.block(finalizer)?;
        self.dispatch_exits(&exits, kind, value, span)?;
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn dispatch_exits(&mut self, exits: &[Exit], kind: Reg, value: Reg, span: Span) -> Result<()> {
        let number = self.temporary(span)?;
        let next = self.emit().label();
        self.load_int(number, 1);
        self.jump(bc::JUMP_STRICT_EQUAL, kind, number, 0, next);
        self.op(bc::THROW, value, 1, 0);
        self.emit().bind(next);
        for (index, exit) in exits.iter().enumerate() {
            let next = self.emit().label();
            self.load_int(number, index as i16 + 2);
            self.jump(bc::JUMP_STRICT_EQUAL, kind, number, 0, next);
            match exit.clone() {
                Exit::Return => {
                    if !self.leave_through(0, Exit::Return, value, span)? {
                        self.leave_function(value, span)?;
                    }
                }
                Exit::Break { depth, to } => {
                    if !self.leave_through(depth + 1, Exit::Break { depth, to }, 0, span)? {
                        self.jump(bc::JUMP, 0, 0, 0, to);
                    }
                }
            }
            self.emit().bind(next);
        }
        Ok(())
    }

    fn class_declaration(&mut self, class: &Class<'_>) -> Result<()> {
        let mark = self.mark();
        let value = self.temporary(class.span)?;
        self.class_value(value, class, name(""))?;
        self.release(mark);
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    Break,
    Continue,
}

/// Whether compiling this expression into a register may write it before its last operand has been read. A variable's
/// own register must then not be the target.
pub(super) fn writes_early(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::LogicalExpression(_)
        | Expression::TemplateLiteral(_)
        | Expression::ObjectExpression(_)
        | Expression::ArrayExpression(_)
        | Expression::ClassExpression(_)
        | Expression::ChainExpression(_)
        | Expression::YieldExpression(_)
        | Expression::AwaitExpression(_)
        | Expression::UpdateExpression(_)
        | Expression::AssignmentExpression(_)
        | Expression::SequenceExpression(_)
        | Expression::TaggedTemplateExpression(_)
        | Expression::UnaryExpression(_) => true,
        Expression::ConditionalExpression(c) => writes_early(&c.consequent) || writes_early(&c.alternate),
        _ => false,
    }
}
