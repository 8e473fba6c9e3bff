//! Expressions.
//!
//! `into(r, e)` leaves the value in register `r`. `any(e)` leaves it wherever it is cheapest and says where: a variable
//! that lives in a register is used in place. `effect(e)` drops the value, and `branch(e, label, sense)` jumps when the
//! value's truth is `sense`.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::effect::Effect;
use super::*;
use crate::value;

impl Compiler<'_> {
    /// The value in any register; only until the caller's mark is released.
    pub(super) fn any(&mut self, expression: &Expression<'_>) -> Result<Reg> {
        match self.register_of(expression) {
            Some(register) => Ok(register),
            None => self.fresh(expression),
        }
    }

    /// The register that holds the value already.
    pub(super) fn register_of(&self, expression: &Expression<'_>) -> Option<Reg> {
        match expression {
            Expression::Identifier(identifier) => self.variable_register(identifier),
            Expression::ThisExpression(_) => self.this_register(),
            _ => None,
        }
    }

    /// The value in the next free register.
    ///
    /// While a call is made, that register belongs to the callee's frame already: else what an earlier round left in it
    /// would stay alive for as long as the call lasts.
    pub(super) fn fresh(&mut self, expression: &Expression<'_>) -> Result<Reg> {
        let register = self.mark();
        match expression {
            Expression::CallExpression(call) => self.call(register, call, None)?,
            Expression::NewExpression(new) => self.new_expression(register, new)?,
            _ => {
                self.temporary(expression.span())?;
                self.into(register, expression)?;
                return Ok(register);
            }
        }
        self.temporary(expression.span())
    }

    /// The value in the next free register; an anonymous function or class gets the name `named`.
    pub(super) fn named_fresh(&mut self, expression: &Expression<'_>, named: &str) -> Result<Reg> {
        if matches!(expression, Expression::CallExpression(_) | Expression::NewExpression(_)) {
            return self.fresh(expression);
        }
        let register = self.temporary(expression.span())?;
        self.named_into(register, expression, named)?;
        Ok(register)
    }

    /// As `any`, but the register keeps its value while `later` is evaluated.
    pub(super) fn any_before(&mut self, expression: &Expression<'_>, later: &Expression<'_>) -> Result<Reg> {
        if matches!(expression, Expression::Identifier(_)) && Effect::Assignment.may_come_of(later) {
            let register = self.temporary(expression.span())?;
            self.into(register, expression)?;
            return Ok(register);
        }
        self.any(expression)
    }

    pub(super) fn effect(&mut self, expression: &Expression<'_>) -> Result<()> {
        let mark = self.mark();
        match expression {
            Expression::AssignmentExpression(assignment) => {
                self.assignment(assignment)?;
            }
            Expression::UpdateExpression(update) => self.update(update, None)?,
            _ => {
                self.fresh(expression)?;
            }
        }
        self.release(mark);
        Ok(())
    }

    /// The value in `into`. An anonymous function or class gets the name `named`.
    pub(super) fn named_into(&mut self, into: Reg, expression: &Expression<'_>, named: &str) -> Result<()> {
        match expression {
            Expression::FunctionExpression(function) if function.id.is_none() => {
                self.function_value(into, function, bc::FunctionKind::Normal, name(named), None)
            }
            Expression::ArrowFunctionExpression(arrow) => self.arrow_value(into, arrow, name(named)),
            Expression::ClassExpression(class) if class.id.is_none() => {
                self.class_value(into, class, name(named))
            }
            _ => self.into(into, expression),
        }
    }

    pub(super) fn into(&mut self, into: Reg, expression: &Expression<'_>) -> Result<()> {
        let mark = self.mark();
        self.expression(into, expression)?;
        self.release(mark);
        Ok(())
    }

    fn expression(&mut self, into: Reg, expression: &Expression<'_>) -> Result<()> {
        if let Some(number) = folding::number(expression) {
            self.load_number(into, number);
            return Ok(());
        }
        match expression {
            Expression::BooleanLiteral(literal) => {
                self.load_immediate(into, value::boolean(literal.value));
                Ok(())
            }
            Expression::NullLiteral(_) => {
                self.load_immediate(into, value::NULL);
                Ok(())
            }
            Expression::StringLiteral(literal) => {
                self.load_string(into, string_value(&literal.value, literal.lone_surrogates));
                Ok(())
            }
            Expression::BigIntLiteral(literal) => {
                let constant = self.emit().constant(Constant::BigInt(literal.value.as_str().into()));
                self.op_with(bc::LOAD_CONSTANT, into, 0, 0, constant);
                Ok(())
            }
            Expression::RegExpLiteral(literal) => self.regexp(into, literal),
            Expression::Identifier(identifier) => self.load_variable(into, identifier),
            Expression::ThisExpression(this) => self.load_this(into, this.span),
            Expression::TemplateLiteral(template) => self.template(into, template),
            Expression::TaggedTemplateExpression(tagged) => self.tagged_template(into, tagged),
            Expression::ObjectExpression(object) => self.object(into, object),
            Expression::ArrayExpression(array) => self.array(into, array),
            Expression::FunctionExpression(function) => {
                self.function_value(into, function, bc::FunctionKind::Normal, name(""), None)
            }
            Expression::ArrowFunctionExpression(arrow) => self.arrow_value(into, arrow, name("")),
            Expression::ClassExpression(class) => self.class_value(into, class, name("")),
            Expression::BinaryExpression(binary) => self.binary(into, binary),
            Expression::LogicalExpression(logical) => self.logical(into, logical),
            Expression::UnaryExpression(unary) => self.unary(into, unary),
            Expression::UpdateExpression(update) => self.update(update, Some(into)),
            Expression::AssignmentExpression(assignment) => {
                let value = self.assignment(assignment)?;
                self.copy(into, value);
                Ok(())
            }
            Expression::ConditionalExpression(conditional) => self.conditional(into, conditional),
            Expression::SequenceExpression(sequence) => self.sequence(into, sequence),
            Expression::ParenthesizedExpression(inner) => self.expression(into, &inner.expression),
            Expression::CallExpression(call) => self.call(into, call, None),
            Expression::NewExpression(new) => self.new_expression(into, new),
            Expression::ChainExpression(chain) => self.chain(into, chain),
            Expression::StaticMemberExpression(_)
            | Expression::ComputedMemberExpression(_)
            | Expression::PrivateFieldExpression(_) => self.member(into, expression, None),
            Expression::PrivateInExpression(private) => {
                let object = self.any(&private.right)?;
                self.at(private.span);
                self.op_private(bc::PRIVATE_IN, into, object, 0, &private.left)
            }
            Expression::NewTarget(target) => self.load_new_target(into, target.span),
            Expression::YieldExpression(expression) => self.yield_expression(into, expression),
            Expression::AwaitExpression(expression) => {
                let mark = self.mark();
                let value = self.any(&expression.argument)?;
                self.at(expression.span);
                self.op(bc::AWAIT, into, value, 0);
                // What is awaited is not kept by who waits.
                self.release(mark);
                self.wait(into);
                Ok(())
            }
            Expression::ImportExpression(import) => Err(self.unsupported(import.span, "`import()`")),
            Expression::ImportMeta(meta) => Err(self.unsupported(meta.span, "`import.meta`")),
            other => Err(self.unsupported(other.span(), "this expression")),
        }
    }

    pub(super) fn load_number(&mut self, into: Reg, number: f64) {
        let small = number as i16;
        if f64::from(small) == number && (small != 0 || number.is_sign_positive()) {
            self.load_int(into, small);
        } else {
            let constant = self.emit().constant(Constant::Number(number));
            self.op_with(bc::LOAD_CONSTANT, into, 0, 0, constant);
        }
    }

    fn binary(&mut self, into: Reg, binary: &BinaryExpression<'_>) -> Result<()> {
        let left = self.left_operand(into, binary)?;
        let at = self.operator_position(binary);
        self.binary_with(into, binary.operator, left, &binary.right, at)
    }

    fn operator_position(&self, binary: &BinaryExpression<'_>) -> Span {
        self.behind(binary.left.span(), binary.operator.as_str())
    }

    /// `left operator right`, with a small literal in the instruction itself.
    pub(super) fn binary_with(
        &mut self,
        into: Reg,
        operator: BinaryOperator,
        left: Reg,
        right: &Expression<'_>,
        at: Span,
    ) -> Result<()> {
        if let (Some(op), Some(small)) = (immediate_form(operator), small_literal(right)) {
            self.at(at);
            self.op(op, into, left, small as u8);
            return Ok(());
        }
        let right = self.any(right)?;
        self.at(at);
        self.binary_op(into, operator, left, right);
        Ok(())
    }

    /// The left operand of a binary expression. A long chain of operators uses one register for all its left sides: the
    /// target itself, if nothing else can see it.
    fn left_operand(&mut self, into: Reg, binary: &BinaryExpression<'_>) -> Result<Reg> {
        let chained = matches!(binary.left, Expression::BinaryExpression(_));
        if chained && into >= self.frame_ref().first_temporary && into + 1 == self.mark() {
            self.into(into, &binary.left)?;
            return Ok(into);
        }
        self.any_before(&binary.left, &binary.right)
    }

    #[inline(never)]
    pub(super) fn binary_op(&mut self, into: Reg, operator: BinaryOperator, left: Reg, right: Reg) {
        let op = match operator {
            BinaryOperator::Addition => bc::ADD,
            BinaryOperator::Subtraction => bc::SUB,
            BinaryOperator::Multiplication => bc::MUL,
            BinaryOperator::Division => bc::DIV,
            BinaryOperator::Remainder => bc::MOD,
            BinaryOperator::Exponential => bc::EXP,
            BinaryOperator::BitwiseAnd => bc::BIT_AND,
            BinaryOperator::BitwiseOR => bc::BIT_OR,
            BinaryOperator::BitwiseXOR => bc::BIT_XOR,
            BinaryOperator::ShiftLeft => bc::SHL,
            BinaryOperator::ShiftRight => bc::SAR,
            BinaryOperator::ShiftRightZeroFill => bc::SHR,
            BinaryOperator::LessThan => bc::LESS,
            BinaryOperator::LessEqualThan => bc::LESS_EQUAL,
            BinaryOperator::GreaterThan => bc::GREATER,
            BinaryOperator::GreaterEqualThan => bc::GREATER_EQUAL,
            BinaryOperator::Equality | BinaryOperator::Inequality => bc::EQUAL,
            BinaryOperator::StrictEquality | BinaryOperator::StrictInequality => bc::STRICT_EQUAL,
            BinaryOperator::In => bc::IN,
            BinaryOperator::Instanceof => bc::INSTANCE_OF,
        };
        self.op(op, into, left, right);
        if matches!(operator, BinaryOperator::Inequality | BinaryOperator::StrictInequality) {
            self.op(bc::NOT, into, into, 0);
        }
    }

    #[inline(never)]
    fn logical(&mut self, into: Reg, logical: &LogicalExpression<'_>) -> Result<()> {
        let end = self.emit().label();
        self.into(into, &logical.left)?;
        match logical.operator {
            LogicalOperator::And => self.jump(bc::JUMP_FALSE, into, 0, 0, end),
            LogicalOperator::Or => self.jump(bc::JUMP_TRUE, into, 0, 0, end),
            LogicalOperator::Coalesce => self.jump(bc::JUMP_NULLISH, into, 0, 0, end),
        }
        self.into(into, &logical.right)?;
        self.emit().bind(end);
        Ok(())
    }

    #[inline(never)]
    fn unary(&mut self, into: Reg, unary: &UnaryExpression<'_>) -> Result<()> {
        let op = match unary.operator {
            UnaryOperator::UnaryNegation => bc::NEGATE,
            UnaryOperator::UnaryPlus => bc::TO_NUMBER,
            UnaryOperator::LogicalNot => bc::NOT,
            UnaryOperator::BitwiseNot => bc::BIT_NOT,
            UnaryOperator::Typeof => {
                if let Expression::Identifier(identifier) = &unary.argument
                    && self.resolve(identifier).is_none()
                    && !self.is_not_yet_declared(identifier)
                    && identifier.name != "undefined"
                {
                    self.op_named(bc::TYPE_OF_GLOBAL, into, 0, 0, name(&identifier.name));
                    return Ok(());
                }
                bc::TYPE_OF
            }
            UnaryOperator::Void => {
                self.effect(&unary.argument)?;
                self.load_undefined(into);
                return Ok(());
            }
            UnaryOperator::Delete => return self.delete(into, unary),
        };
        let operand = self.any(&unary.argument)?;
        self.at(unary.span);
        self.op(op, into, operand, 0);
        Ok(())
    }

    fn delete(&mut self, into: Reg, unary: &UnaryExpression<'_>) -> Result<()> {
        let argument = match &unary.argument {
            Expression::ChainExpression(chain) => return self.delete_chain(into, chain),
            other => other,
        };
        match argument {
            Expression::StaticMemberExpression(member) => {
                let object = self.any(&member.object)?;
                let key = self.temporary(member.span)?;
                self.load_string(key, name(&member.property.name));
                self.at(unary.span);
                self.op(bc::DELETE, into, object, key);
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.any_before(&member.object, &member.expression)?;
                let key = self.any(&member.expression)?;
                self.at(unary.span);
                self.op(bc::DELETE, into, object, key);
            }
            Expression::Identifier(identifier) if self.resolve(identifier).is_none() => {
                let object = self.temporary(unary.span)?;
                self.op_named(bc::GET_GLOBAL, object, 0, 0, name("globalThis"));
                let key = self.temporary(unary.span)?;
                self.load_string(key, name(&identifier.name));
                self.op(bc::DELETE, into, object, key);
            }
            Expression::Identifier(_) => self.load_immediate(into, value::FALSE),
            other => {
                self.effect(other)?;
                self.load_immediate(into, value::TRUE);
            }
        }
        Ok(())
    }

    /// `delete a?.b`
    #[inline(never)]
    fn delete_chain(&mut self, into: Reg, chain: &ChainExpression<'_>) -> Result<()> {
        let (object, key, optional) = match &chain.expression {
            ChainElement::StaticMemberExpression(member) => {
                let object = self.any(&member.object)?;
                let key = self.temporary(member.span)?;
                self.load_string(key, name(&member.property.name));
                (object, key, member.optional)
            }
            ChainElement::ComputedMemberExpression(member) => {
                let object = self.any(&member.object)?;
                let key = self.any(&member.expression)?;
                (object, key, member.optional)
            }
            other => return Err(self.unsupported(other.span(), "`delete` of this")),
        };
        let (end, missing) = (self.emit().label(), self.emit().label());
        if optional {
            self.jump(bc::JUMP_NULLISH, object, 0, 1, missing);
        }
        self.op(bc::DELETE, into, object, key);
        self.jump(bc::JUMP, 0, 0, 0, end);
        self.emit().bind(missing);
        self.load_immediate(into, value::TRUE);
        self.emit().bind(end);
        Ok(())
    }

    #[inline(never)]
    fn conditional(&mut self, into: Reg, conditional: &ConditionalExpression<'_>) -> Result<()> {
        let (otherwise, end) = (self.emit().label(), self.emit().label());
        let mark = self.mark();
        self.branch(&conditional.test, otherwise, false)?;
        self.release(mark);
        self.into(into, &conditional.consequent)?;
        self.jump(bc::JUMP, 0, 0, 0, end);
        self.emit().bind(otherwise);
        self.into(into, &conditional.alternate)?;
        self.emit().bind(end);
        Ok(())
    }

    fn sequence(&mut self, into: Reg, sequence: &SequenceExpression<'_>) -> Result<()> {
        if let Some((last, others)) = sequence.expressions.split_last() {
            for expression in others {
                self.effect(expression)?;
            }
            self.into(into, last)?;
        }
        Ok(())
    }

    /// Jumps to `label` if the truth of the expression is `sense`.
    pub(super) fn branch(&mut self, expression: &Expression<'_>, label: Label, sense: bool) -> Result<()> {
        let mark = self.mark();
        match expression {
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
                self.branch(&unary.argument, label, !sense)?;
            }
            Expression::LogicalExpression(logical) if logical.operator != LogicalOperator::Coalesce => {
                self.branch_logical(logical, label, sense)?;
            }
            Expression::BinaryExpression(binary) => match compare_jump(binary.operator) {
                Some((_, flip)) if let Some((op, operand)) = self.literal_jump(binary) => {
                    let left = self.any(&binary.left)?;
                    self.at(self.operator_position(binary));
                    self.jump(op, left, operand, u8::from(sense != flip), label);
                }
                Some((op, flip)) => {
                    let left = self.any_before(&binary.left, &binary.right)?;
                    let right = self.any(&binary.right)?;
                    self.at(self.operator_position(binary));
                    self.jump(op, left, right, u8::from(sense != flip), label);
                }
                None => self.branch_value(expression, label, sense)?,
            },
            Expression::ParenthesizedExpression(inner) => self.branch(&inner.expression, label, sense)?,
            _ => self.branch_value(expression, label, sense)?,
        }
        self.release(mark);
        Ok(())
    }

    /// A comparison with a literal that fits into the jump: its operation and operand.
    #[inline(never)]
    fn literal_jump(&self, binary: &BinaryExpression<'_>) -> Option<(u8, u8)> {
        let (op, _) = compare_jump(binary.operator)?;
        if let Some(small) = small_literal(&binary.right) {
            return int_jump(op).map(|op| (op, small as u8));
        }
        let word = match &binary.right {
            Expression::NullLiteral(_) => value::NULL,
            Expression::BooleanLiteral(literal) => value::boolean(literal.value),
            Expression::Identifier(identifier)
                if identifier.name == "undefined"
                    && self.resolve(identifier).is_none()
                    && !self.is_not_yet_declared(identifier) =>
            {
                value::UNDEFINED
            }
            _ => return None,
        };
        let is_nullish = word == value::NULL || word == value::UNDEFINED;
        match op {
            bc::JUMP_STRICT_EQUAL => Some((bc::JUMP_SAME, word.payload() as u8)),
            bc::JUMP_EQUAL if is_nullish => Some((bc::JUMP_NULLISH, 0)),
            _ => None,
        }
    }

    fn branch_value(&mut self, expression: &Expression<'_>, label: Label, sense: bool) -> Result<()> {
        let value = self.any(expression)?;
        self.jump(if sense { bc::JUMP_TRUE } else { bc::JUMP_FALSE }, value, 0, 0, label);
        Ok(())
    }

    #[inline(never)]
    fn branch_logical(&mut self, logical: &LogicalExpression<'_>, label: Label, sense: bool) -> Result<()> {
        // `a && b` jumps when false as soon as one is; `a || b` when true. The other sense needs a way around.
        let shortcut = (logical.operator == LogicalOperator::Or) == sense;
        if shortcut {
            self.branch(&logical.left, label, sense)?;
            self.branch(&logical.right, label, sense)?;
        } else {
            let around = self.emit().label();
            self.branch(&logical.left, around, !sense)?;
            self.branch(&logical.right, label, sense)?;
            self.emit().bind(around);
        }
        Ok(())
    }

    #[inline(never)]
    fn yield_expression(&mut self, into: Reg, expression: &YieldExpression<'_>) -> Result<()> {
        let span = expression.span;
        if expression.delegate {
            return self.yield_delegate(into, expression);
        }
        let value = match &expression.argument {
            Some(argument) => self.any(argument)?,
            None => {
                let value = self.temporary(span)?;
                self.load_undefined(value);
                value
            }
        };
        self.at(span);
        let (value, how) = if self.frame_ref().flags.asynchronous {
            let settled = self.temporary(span)?;
            self.await_value(settled, value);
            (settled, bc::HAND_OUT_LATER)
        } else {
            (value, bc::HAND_OUT)
        };
        self.suspend(into, value, how, span)
    }

    /// Waits for the promise of `value`; what it is fulfilled with goes to `into`.
    pub(super) fn await_value(&mut self, into: Reg, value: Reg) {
        self.op(bc::AWAIT, into, value, 0);
        self.wait(into);
    }

    /// Waits until what has been awaited is there; its value goes to `into`.
    fn wait(&mut self, into: Reg) {
        let resumed = self.emit().label();
        self.op(bc::YIELD, into, into, bc::AWAITED);
        self.jump(bc::RESUME, into, 0, 0, resumed);
        self.emit().bind(resumed);
    }

    /// Hands `value` out and waits; `return(v)` from outside leaves the function with `v`, which the driver of an
    /// asynchronous generator has awaited (`prelude/async_generator.js`).
    fn suspend(&mut self, into: Reg, value: Reg, how: u8, span: Span) -> Result<()> {
        let resumed = self.emit().label();
        self.op(bc::YIELD, into, value, how);
        self.jump(bc::RESUME, into, 0, 0, resumed);
        self.return_value(into, span)?;
        self.emit().bind(resumed);
        Ok(())
    }

    /// `return`: an asynchronous generator awaits the value first.
    pub(super) fn return_awaited(&mut self, value: Reg, span: Span) -> Result<()> {
        let mark = self.mark();
        let flags = self.frame_ref().flags;
        let value = if flags.asynchronous && flags.generator {
            let settled = self.temporary(span)?;
            self.await_value(settled, value);
            settled
        } else {
            value
        };
        self.return_value(value, span)?;
        self.release(mark);
        Ok(())
    }

    /// `yield* iterable`: what the inner iterator gives passes through; sent values, throws and returns pass inwards
    /// (ECMA-262 15.5.5).
    fn yield_delegate(&mut self, into: Reg, expression: &YieldExpression<'_>) -> Result<()> {
        let span = expression.span;
        let Some(argument) = &expression.argument else { return Ok(()) };
        let asynchronous = self.frame_ref().flags.asynchronous;
        let base = self.begin_iteration(argument, asynchronous.into())?;
        let (sent, returning, is_done) =
            (self.temporary(span)?, self.temporary(span)?, self.temporary(span)?);
        self.load_undefined(sent);
        let (next, done) = (self.emit().label(), self.emit().label());
        let (leave, over) = (self.emit().label(), self.emit().label());
        self.emit().bind(next);
        self.at(span);
        self.op(bc::DELEGATE, sent, base, returning);
        if asynchronous {
            self.await_value(sent, sent);
        }
        self.jump(bc::JUMP_UNDEFINED, returning, 0, 1, leave);
        self.op(bc::CHECK_OBJECT, sent, 0, 0);
        self.op_named(bc::GET_PROPERTY, is_done, sent, 0, name("done"));
        self.jump(bc::JUMP_TRUE, is_done, 0, 0, done);
        if asynchronous {
            self.op_named(bc::GET_PROPERTY, sent, sent, 0, name("value"));
        }
        // Resumption goes to Delegate, which passes on what was sent.
        self.op(bc::YIELD, sent, sent, if asynchronous { bc::HAND_OUT_LATER } else { bc::PASS_ON });
        self.jump(bc::LOOP, 0, 0, 0, next);
        self.emit().bind(done);
        self.op_named(bc::GET_PROPERTY, sent, sent, 0, name("value"));
        self.jump(bc::JUMP_FALSE, returning, 0, 0, over);
        // The inner iterator ended because of return(v), or knows no return: so does this generator.
        self.emit().bind(leave);
        self.return_value(sent, span)?;
        self.emit().bind(over);
        self.copy(into, sent);
        Ok(())
    }
}

/// Operations whose right operand can stand in the instruction.
fn immediate_form(operator: BinaryOperator) -> Option<u8> {
    match operator {
        BinaryOperator::Addition => Some(bc::ADD_INT),
        BinaryOperator::Subtraction => Some(bc::SUB_INT),
        BinaryOperator::BitwiseAnd => Some(bc::BIT_AND_INT),
        BinaryOperator::BitwiseOR => Some(bc::BIT_OR_INT),
        BinaryOperator::ShiftLeft => Some(bc::SHL_INT),
        BinaryOperator::ShiftRight => Some(bc::SAR_INT),
        _ => None,
    }
}

/// The compare-and-jump whose second operand is a signed byte in the instruction.
fn int_jump(op: u8) -> Option<u8> {
    match op {
        bc::JUMP_LESS => Some(bc::JUMP_LESS_INT),
        bc::JUMP_LESS_EQUAL => Some(bc::JUMP_LESS_EQUAL_INT),
        bc::JUMP_GREATER => Some(bc::JUMP_GREATER_INT),
        bc::JUMP_GREATER_EQUAL => Some(bc::JUMP_GREATER_EQUAL_INT),
        bc::JUMP_STRICT_EQUAL => Some(bc::JUMP_STRICT_EQUAL_INT),
        _ => None,
    }
}

fn small_literal(expression: &Expression<'_>) -> Option<i8> {
    let number = folding::number(expression)?;
    let small = number as i8;
    (f64::from(small) == number && (small != 0 || number.is_sign_positive())).then_some(small)
}

/// The fused compare-and-jump of an operator, and whether its sense is turned round.
fn compare_jump(operator: BinaryOperator) -> Option<(u8, bool)> {
    match operator {
        BinaryOperator::LessThan => Some((bc::JUMP_LESS, false)),
        BinaryOperator::LessEqualThan => Some((bc::JUMP_LESS_EQUAL, false)),
        BinaryOperator::GreaterThan => Some((bc::JUMP_GREATER, false)),
        BinaryOperator::GreaterEqualThan => Some((bc::JUMP_GREATER_EQUAL, false)),
        BinaryOperator::StrictEquality => Some((bc::JUMP_STRICT_EQUAL, false)),
        BinaryOperator::StrictInequality => Some((bc::JUMP_STRICT_EQUAL, true)),
        BinaryOperator::Equality => Some((bc::JUMP_EQUAL, false)),
        BinaryOperator::Inequality => Some((bc::JUMP_EQUAL, true)),
        _ => None,
    }
}
