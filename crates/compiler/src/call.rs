//! Members, calls, `new`, `super(...)` and optional chains.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::call_text::call_text;
use super::effect::Effect;
use super::variable::Check;
use super::*;
use crate::value;

/// Where a call finds its arguments.
pub(super) enum Arguments {
    /// So many registers, one each.
    Each(u8),
    /// So many registers, and behind them a list of the others.
    ThenList(u8),
}

impl Compiler<'_> {
    /// A member expression; `skip` is where an optional chain goes when it breaks off.
    pub(super) fn member(
        &mut self,
        into: Reg,
        expression: &Expression<'_>,
        skip: Option<Label>,
    ) -> Result<()> {
        match expression {
            Expression::StaticMemberExpression(member) => {
                if member.object.is_super() {
                    return self.super_member(into, SuperKey::Named(&member.property.name), member.span);
                }
                let object = self.chain_operand(&member.object, skip)?;
                self.break_off(object, member.optional, skip);
                self.at(self.property_position(member));
                self.op_named(bc::GET_PROPERTY, into, object, 0, name(&member.property.name));
            }
            Expression::ComputedMemberExpression(member) => {
                if member.object.is_super() {
                    return self.super_member(into, SuperKey::Computed(&member.expression), member.span);
                }
                let object = match skip {
                    Some(_) => self.chain_operand(&member.object, skip)?,
                    None => self.any_before(&member.object, &member.expression)?,
                };
                self.break_off(object, member.optional, skip);
                let key = self.any(&member.expression)?;
                self.at(self.behind(member.object.span(), "["));
                self.op(bc::GET_ELEMENT, into, object, key);
            }
            Expression::PrivateFieldExpression(member) => {
                let object = self.chain_operand(&member.object, skip)?;
                self.break_off(object, member.optional, skip);
                self.at(member.field.span);
                self.op_private(bc::GET_PRIVATE, into, object, 0, &member.field)?;
            }
            Expression::CallExpression(call) => self.call(into, call, skip)?,
            other => self.into(into, other)?,
        }
        Ok(())
    }

    pub(super) fn super_member(&mut self, into: Reg, key: SuperKey<'_, '_>, span: Span) -> Result<()> {
        let (home, key, this) = self.super_operands(key, span)?;
        self.at(span);
        self.op_with(bc::GET_SUPER, into, home, key, u32::from(this));
        Ok(())
    }

    /// The object of a member or call: inside a chain it may break off itself.
    pub(super) fn chain_operand(&mut self, expression: &Expression<'_>, skip: Option<Label>) -> Result<Reg> {
        if skip.is_none() {
            return self.any(expression);
        }
        if matches!(expression, Expression::Identifier(_) | Expression::ThisExpression(_)) {
            return self.any(expression);
        }
        let register = self.temporary(expression.span())?;
        let mark = self.mark();
        self.member(register, expression, skip)?;
        self.release(mark);
        Ok(register)
    }

    pub(super) fn break_off(&mut self, register: Reg, optional: bool, skip: Option<Label>) {
        if let Some(skip) = skip.filter(|_| optional) {
            self.jump(bc::JUMP_NULLISH, register, 0, 1, skip);
        }
    }

    /// `a?.b.c()`: the whole chain is undefined as soon as an optional link is missing.
    #[inline(never)]
    pub(super) fn chain(&mut self, into: Reg, chain: &ChainExpression<'_>) -> Result<()> {
        let (skip, end) = (self.emit().label(), self.emit().label());
        let mark = self.mark();
        match &chain.expression {
            ChainElement::CallExpression(call) => self.call(into, call, Some(skip))?,
            ChainElement::StaticMemberExpression(member) => {
                let object = self.chain_operand(&member.object, Some(skip))?;
                self.break_off(object, member.optional, Some(skip));
                self.at(self.property_position(member));
                self.op_named(bc::GET_PROPERTY, into, object, 0, name(&member.property.name));
            }
            ChainElement::ComputedMemberExpression(member) => {
                let object = self.chain_operand(&member.object, Some(skip))?;
                self.break_off(object, member.optional, Some(skip));
                let key = self.any(&member.expression)?;
                self.at(self.behind(member.object.span(), "["));
                self.op(bc::GET_ELEMENT, into, object, key);
            }
            ChainElement::PrivateFieldExpression(member) => {
                let object = self.chain_operand(&member.object, Some(skip))?;
                self.break_off(object, member.optional, Some(skip));
                self.at(member.field.span);
                self.op_private(bc::GET_PRIVATE, into, object, 0, &member.field)?;
            }
            ChainElement::TSNonNullExpression(expression) => {
                return Err(self.unsupported(expression.span, "TypeScript"));
            }
        }
        self.release(mark);
        self.jump(bc::JUMP, 0, 0, 0, end);
        self.emit().bind(skip);
        self.load_undefined(into);
        self.emit().bind(end);
        Ok(())
    }

    /// Callee and this go to the two registers after `base`.
    pub(super) fn callee_and_this(
        &mut self,
        callee: &Expression<'_>,
        base: Reg,
        skip: Option<Label>,
    ) -> Result<()> {
        let span = callee.span();
        let function = self.temporary(span)?;
        let this = self.temporary(span)?;
        debug_assert_eq!(function, base + 1);
        let mark = self.mark();
        match callee {
            Expression::StaticMemberExpression(member) if !member.object.is_super() => {
                match self.register_of(&member.object).filter(|_| skip.is_none()) {
                    Some(object) => {
                        self.at(member.property.span);
                        self.op_named(bc::GET_METHOD, function, object, 0, name(&member.property.name));
                    }
                    None => {
                        self.receiver(base, &member.object, skip)?;
                        self.break_off(this, member.optional, skip);
                        self.at(member.property.span);
                        self.op_named(bc::GET_PROPERTY, function, this, 0, name(&member.property.name));
                    }
                }
            }
            Expression::ComputedMemberExpression(member) if !member.object.is_super() => {
                self.receiver(base, &member.object, skip)?;
                self.break_off(this, member.optional, skip);
                let key = self.any(&member.expression)?;
                self.at(self.behind(member.object.span(), "["));
                self.op(bc::GET_ELEMENT, function, this, key);
            }
            Expression::PrivateFieldExpression(member) => {
                self.receiver(base, &member.object, skip)?;
                self.break_off(this, member.optional, skip);
                self.at(member.field.span);
                self.op_private(bc::GET_PRIVATE, function, this, 0, &member.field)?;
            }
            Expression::StaticMemberExpression(_) | Expression::ComputedMemberExpression(_) => {
                self.member(function, callee, skip)?;
                self.load_this(this, span)?;
            }
            Expression::ParenthesizedExpression(inner) => {
                self.release(function);
                return self.callee_and_this(&inner.expression, base, skip);
            }
            Expression::ChainExpression(chain) => {
                // `(a?.b)()` keeps its receiver.
                let missing = self.emit().label();
                let end = self.emit().label();
                self.release(function);
                if let ChainElement::StaticMemberExpression(member) = &chain.expression {
                    self.temporary(span)?;
                    self.temporary(span)?;
                    self.receiver(base, &member.object, Some(missing))?;
                    self.break_off(this, member.optional, Some(missing));
                    self.op_named(bc::GET_PROPERTY, function, this, 0, name(&member.property.name));
                    self.jump(bc::JUMP, 0, 0, 0, end);
                    self.emit().bind(missing);
                    self.load_undefined(function);
                    self.emit().bind(end);
                    return Ok(());
                }
                self.temporary(span)?;
                self.temporary(span)?;
                self.into(function, callee)?;
                self.load_undefined(this);
            }
            _ => {
                self.part_of_callee(function, callee, base, skip)?;
                self.load_undefined(this);
            }
        }
        self.release(mark);
        Ok(())
    }

    /// The object that a method is called on, in the third register from `base`.
    fn receiver(&mut self, base: Reg, object: &Expression<'_>, skip: Option<Label>) -> Result<()> {
        self.part_of_callee(base + 2, object, base, skip)
    }

    /// What is called, or called on, in `into`, one of the three registers from `base`. If it comes of a call itself,
    /// that call is made where this one will be: a chain needs no more registers than its longest link.
    fn part_of_callee(
        &mut self,
        into: Reg,
        operand: &Expression<'_>,
        base: Reg,
        skip: Option<Label>,
    ) -> Result<()> {
        let end = self.mark();
        let start = if is_written_last(operand) { base } else { end };
        self.release(start);
        match skip {
            Some(_) => self.member(into, operand, skip)?,
            None => self.into(into, operand)?,
        }
        self.release(start);
        self.reserve(end - start);
        Ok(())
    }

    pub(super) fn call(&mut self, into: Reg, call: &CallExpression<'_>, skip: Option<Label>) -> Result<()> {
        if matches!(call.callee, Expression::Super(_)) {
            return self.super_call(into, call);
        }
        if let Expression::Identifier(identifier) = &call.callee
            && self.mode == Mode::Prelude
            && identifier.name == "$call"
        {
            return self.prelude_call(into, call);
        }
        let mark = self.mark();
        let base = self.temporary(call.span)?;
        // What was left in these registers must not stay alive while the operands are evaluated.
        let operand = receiver_of(&call.callee).unwrap_or(&call.callee);
        let uses_them = is_written_last(operand);
        let operand_collects = !uses_them && Effect::Collection.may_come_of(operand);
        let arguments_collect = Effect::Collection.may_come_of_any(&call.arguments);
        if operand_collects || arguments_collect && !uses_them {
            self.load_int(base, 0);
        }
        if operand_collects {
            self.load_int(base + 1, 0);
        }
        self.callee_and_this(&call.callee, base, skip)?;
        if arguments_collect && uses_them {
            self.load_int(base, 0);
        }
        self.break_off(base + 1, call.optional, skip);
        let arguments = self.arguments(&call.arguments)?;
        self.call_site(&call.callee, self.call_position(&call.callee, call.span));
        match arguments {
            Arguments::Each(count) => self.op(bc::CALL, into, base, count),
            Arguments::ThenList(count) => self.op(bc::CALL_SPREAD, into, base, count),
        }
        self.release(mark);
        Ok(())
    }

    /// Place and text of the call that the next instruction makes.
    pub(super) fn call_site(&mut self, callee: &Expression<'_>, span: Span) {
        self.at(span);
        if self.mode != Mode::Prelude {
            self.emit().callee(call_text(callee));
        }
    }

    /// Where Node points when a call fails or appears in a stack: the name of what is called, else the arguments.
    pub(super) fn call_position(&self, callee: &Expression<'_>, call: Span) -> Span {
        match callee {
            Expression::StaticMemberExpression(member) => member.property.span,
            Expression::Identifier(_) => call,
            _ => self.behind(callee.span(), "("),
        }
    }

    /// Where Node points when a property cannot be read: its name, behind a call the dot.
    pub(super) fn property_position(&self, member: &StaticMemberExpression<'_>) -> Span {
        match &member.object {
            Expression::CallExpression(call) => self.behind(call.span, "."),
            _ => member.property.span,
        }
    }

    /// Where an operator stands that follows an operand.
    pub(super) fn behind(&self, operand: Span, operator: &str) -> Span {
        let rest = &self.source[operand.end as usize..];
        let at = operand.end + rest.find(operator).unwrap_or(0) as u32;
        Span::new(at, at + operator.len() as u32)
    }

    /// `$call(f, this, a, b)`: the callee and this come first, as in a frame.
    pub(super) fn prelude_call(&mut self, into: Reg, call: &CallExpression<'_>) -> Result<()> {
        let mark = self.mark();
        let base = self.temporary(call.span)?;
        let Arguments::Each(count) = self.arguments(&call.arguments)? else {
            return Err(self.unsupported(call.span, "a spread in `$call`"));
        };
        self.at(call.span);
        self.op(bc::CALL, into, base, count.saturating_sub(2));
        self.release(mark);
        Ok(())
    }

    /// Arguments in the next registers. A spread at their end comes as a list behind the others; with one among them, or with too
    /// many, all are in one array.
    pub(super) fn arguments(&mut self, arguments: &[Argument<'_>]) -> Result<Arguments> {
        let spreads = arguments.iter().filter(|argument| argument.is_spread()).count();
        let last = match arguments.last() {
            Some(Argument::SpreadElement(spread)) if spreads == 1 => Some(spread),
            _ => None,
        };
        if spreads == usize::from(last.is_some()) && arguments.len() <= 64 {
            for expression in arguments.iter().filter_map(Argument::as_expression) {
                self.fresh(expression)?;
            }
            let Some(last) = last else { return Ok(Arguments::Each(arguments.len() as u8)) };
            let list = self.temporary(last.span)?;
            self.load_immediate(list, value::HOLE);
            let mark = self.mark();
            self.spread_argument(list, &last.argument, (true, true))?;
            self.release(mark);
            return Ok(Arguments::ThenList(arguments.len() as u8 - 1));
        }
        let Some(first) = arguments.first() else { return Ok(Arguments::Each(0)) };
        let array = self.temporary(first.span())?;
        if first.is_spread() {
            self.load_immediate(array, value::UNDEFINED);
        } else {
            self.op(bc::NEW_ARRAY, array, array, 0);
        }
        for (index, argument) in arguments.iter().enumerate() {
            let mark = self.mark();
            match argument {
                Argument::SpreadElement(spread) => {
                    let is_last = last.is_some() && index + 1 == arguments.len();
                    self.spread_argument(array, &spread.argument, (index == 0, is_last))?;
                }
                argument => {
                    if let Some(expression) = argument.as_expression() {
                        let value = self.any(expression)?;
                        self.op(bc::ARRAY_PUSH, array, value, 0);
                    }
                }
            }
            self.release(mark);
        }
        Ok(Arguments::ThenList(0))
    }

    pub(super) fn new_expression(&mut self, into: Reg, new: &NewExpression<'_>) -> Result<()> {
        let mark = self.mark();
        let base = self.temporary(new.span)?;
        if Effect::Collection.may_come_of_any(&new.arguments) {
            self.load_int(base, 0);
        }
        let callee = self.temporary(new.span)?;
        let this = self.temporary(new.span)?;
        self.into(callee, &new.callee)?;
        self.load_undefined(this);
        let arguments = self.arguments(&new.arguments)?;
        self.at(new.span);
        if self.mode != Mode::Prelude {
            self.emit().callee(call_text(&new.callee));
        }
        match arguments {
            Arguments::Each(count) => self.op(bc::NEW, into, base, count),
            Arguments::ThenList(count) => self.op(bc::NEW_SPREAD, into, base, count),
        }
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn super_call(&mut self, into: Reg, call: &CallExpression<'_>) -> Result<()> {
        let span = call.span;
        let mark = self.mark();
        let base = self.temporary(span)?;
        let callee = self.temporary(span)?;
        let target = self.temporary(span)?;
        let constructor = self.temporary(span)?;
        match self.frame_ref().kind {
            bc::FunctionKind::Arrow => {
                // The constructor object is what the home's `constructor` context slot holds: see class.rs.
                let Some(location) = self.this_frame().home_constructor() else {
                    return Err(self.error(span, "SyntaxError: 'super' keyword unexpected here"));
                };
                self.load_location(constructor, location, Check::Skip, "")?;
            }
            _ => self.copy(constructor, CALLEE),
        }
        self.op(bc::SUPER_CONSTRUCTOR, callee, constructor, 0);
        self.load_new_target(target, span)?;
        self.release(constructor);
        let arguments = self.arguments(&call.arguments)?;
        self.at(span);
        match arguments {
            Arguments::Each(count) => self.op(bc::SUPER_CALL, base, base, count),
            Arguments::ThenList(count) => self.op(bc::SUPER_CALL_SPREAD, base, base, count),
        }
        self.finish_super_call(base, span)?;
        self.copy(into, base);
        self.release(mark);
        Ok(())
    }
}

/// The object that a method call is made on.
fn receiver_of<'e, 'a>(callee: &'e Expression<'a>) -> Option<&'e Expression<'a>> {
    match callee {
        Expression::StaticMemberExpression(member) => Some(&member.object),
        Expression::ComputedMemberExpression(member) => Some(&member.object),
        Expression::PrivateFieldExpression(member) => Some(&member.object),
        _ => None,
    }
}

/// Whether the register for the value is written when all of its parts have been evaluated, so that they may use it.
fn is_written_last(expression: &Expression<'_>) -> bool {
    matches!(
        expression,
        Expression::CallExpression(_)
            | Expression::NewExpression(_)
            | Expression::StaticMemberExpression(_)
            | Expression::ComputedMemberExpression(_)
            | Expression::PrivateFieldExpression(_)
    )
}

/// The key of a `super` member.
pub(super) enum SuperKey<'p, 'a> {
    Named(&'p str),
    Computed(&'p Expression<'a>),
}
