//! Assignments and updates.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::{AssignmentOperator, UpdateOperator};

use super::call::SuperKey;
use super::call_text::{call_text, label_of};
use super::effect::Effect;
use super::literal::is_anonymous_function;
use super::statement::writes_early;
use super::variable::Check;
use super::*;

/// The place that an assignment writes, with its operands already evaluated.
enum Place<'p, 'a> {
    Variable(&'p IdentifierReference<'a>),
    Named { object: Reg, key: Name },
    Keyed { object: Reg, key: Reg },
    Private { object: Reg, field: &'p PrivateIdentifier<'a> },
    Super { home: Reg, key: Reg, this: Reg },
}

impl Compiler<'_> {
    /// An assignment expression; returns the register of its value.
    pub(super) fn assignment(&mut self, assignment: &AssignmentExpression<'_>) -> Result<Reg> {
        let span = assignment.span;
        if let Some(pattern) = assignment.left.as_assignment_target_pattern() {
            // The pattern may assign to the variable that it takes apart.
            let value = self.operand(&assignment.right, true)?;
            if matches!(pattern, AssignmentTargetPattern::ObjectAssignmentTarget(_)) {
                let (text, span) = (call_text(&assignment.right), assignment.right.span());
                self.pattern_source = super::pattern::PatternSource::Text(text, span);
            }
            self.assign_pattern(pattern, value)?;
            return Ok(value);
        }
        let Some(target) = assignment.left.as_simple_assignment_target() else {
            return Err(self.unsupported(span, "this assignment"));
        };
        if let (SimpleAssignmentTarget::AssignmentTargetIdentifier(identifier), AssignmentOperator::Assign) =
            (target, assignment.operator)
        {
            return self.assign_variable(identifier, assignment);
        }
        if let Some(inner) = self.inner_of_chain(target, assignment) {
            let value = self.assignment(inner)?;
            let mark = self.mark();
            let place = self.place(target, None)?;
            self.at(self.behind(assignment.left.span(), "="));
            self.store(&place, value)?;
            self.release(mark);
            return Ok(value);
        }
        let place = self.place(target, Some(&assignment.right))?;
        match assignment.operator {
            AssignmentOperator::Assign => {
                if is_anonymous_function(&assignment.right) {
                    self.label = label_of(target).as_deref().map(name);
                }
                let value = self.any(&assignment.right)?;
                self.at(self.behind(assignment.left.span(), "="));
                self.store(&place, value)?;
                Ok(value)
            }
            operator if operator.is_logical() => self.logical_assignment(&place, assignment),
            operator => {
                let binary = operator.to_binary_operator();
                if let (Place::Variable(identifier), Some(binary)) = (&place, binary)
                    && let Some(register) = self.variable_register(identifier)
                    && self.is_plainly_assignable(identifier)
                    && !Effect::Assignment.may_come_of(&assignment.right)
                {
                    self.binary_with(register, binary, register, &assignment.right, span)?;
                    return Ok(register);
                }
                let old = self.load_for_update(&place, &assignment.right, span)?;
                let result = self.temporary(span)?;
                if let Some(binary) = binary {
                    self.binary_with(result, binary, old, &assignment.right, span)?;
                }
                self.store_back_to(&place, result)?;
                Ok(result)
            }
        }
    }

    /// `x = value`, straight into the variable's register where nothing can see the difference.
    fn assign_variable(
        &mut self,
        identifier: &IdentifierReference<'_>,
        assignment: &AssignmentExpression<'_>,
    ) -> Result<Reg> {
        let direct = self.variable_register(identifier).filter(|_| !writes_early(&assignment.right));
        let constant = direct.is_some() && !self.is_plainly_assignable(identifier);
        if let Some(register) = direct.filter(|_| !constant) {
            self.named_into(register, &assignment.right, &identifier.name)?;
            return Ok(register);
        }
        let value = match &assignment.right {
            Expression::AssignmentExpression(inner) => self.assignment(inner)?,
            right => self.named_fresh(right, &identifier.name)?,
        };
        let at = self.behind(identifier.span, "=");
        self.store_variable_at(at, identifier, value)?;
        Ok(value)
    }

    /// `y.b = ...` of `x.a = y.b = ...`, if `x` can be looked up after it: such chains are long (`exports.a = exports.b = ...`), and
    /// each object would need a register meanwhile.
    fn inner_of_chain<'p, 'a>(
        &self,
        target: &SimpleAssignmentTarget<'_>,
        assignment: &'p AssignmentExpression<'a>,
    ) -> Option<&'p AssignmentExpression<'a>> {
        let SimpleAssignmentTarget::StaticMemberExpression(member) = target else { return None };
        let (
            Expression::Identifier(object),
            Expression::AssignmentExpression(inner),
            AssignmentOperator::Assign,
        ) = (&member.object, &assignment.right, assignment.operator)
        else {
            return None;
        };
        self.is_always_the_same(object).then_some(inner)
    }

    fn is_plainly_assignable(&self, identifier: &IdentifierReference<'_>) -> bool {
        use oxc_syntax::symbol::SymbolFlags;
        match self.resolve(identifier) {
            Some((_, Some(symbol))) => {
                let flags = self.scoping.symbol_flags(symbol);
                !flags.intersects(
                    SymbolFlags::ConstVariable | SymbolFlags::Class | SymbolFlags::FunctionExpression,
                )
            }
            _ => true,
        }
    }

    /// The old value of a variable must survive what the right side does to it.
    fn load_for_update(&mut self, place: &Place<'_, '_>, right: &Expression<'_>, span: Span) -> Result<Reg> {
        if let Place::Variable(identifier) = place
            && let Some(register) = self.variable_register(identifier)
            && !Effect::Assignment.may_come_of(right)
        {
            return Ok(register);
        }
        let old = self.temporary(span)?;
        self.at(span);
        self.load(old, place)?;
        Ok(old)
    }

    #[inline(never)]
    fn logical_assignment(
        &mut self,
        place: &Place<'_, '_>,
        assignment: &AssignmentExpression<'_>,
    ) -> Result<Reg> {
        let value = self.temporary(assignment.span)?;
        let end = self.emit().label();
        self.load(value, place)?;
        match assignment.operator {
            AssignmentOperator::LogicalAnd => self.jump(bc::JUMP_FALSE, value, 0, 0, end),
            AssignmentOperator::LogicalOr => self.jump(bc::JUMP_TRUE, value, 0, 0, end),
            _ => self.jump(bc::JUMP_NULLISH, value, 0, 0, end),
        }
        let named = match place {
            Place::Variable(identifier) => identifier.name.as_str(),
            _ => "",
        };
        self.named_into(value, &assignment.right, named)?;
        self.store_back_to(place, value)?;
        self.emit().bind(end);
        Ok(value)
    }

    /// `x++` and its relatives. Without `into` the old value is not needed.
    pub(super) fn update(&mut self, update: &UpdateExpression<'_>, into: Option<Reg>) -> Result<()> {
        let span = update.span;
        let delta: i8 = if update.operator == UpdateOperator::Increment { 1 } else { -1 };
        let place = self.place(&update.argument, None)?;
        let wants_old = into.is_some() && !update.prefix;
        if let Place::Variable(identifier) = &place
            && let Some(register) = self.variable_register(identifier)
            && self.is_plainly_assignable(identifier)
        {
            self.at(span);
            match into {
                Some(into) if wants_old && into != register => {
                    self.op(bc::TO_NUMERIC, into, register, 0);
                    self.op(bc::INCREMENT, register, into, delta as u8);
                }
                Some(into) if wants_old => self.op(bc::TO_NUMERIC, into, register, 0),
                _ => self.op(bc::INCREMENT, register, register, delta as u8),
            }
            if let Some(into) = into.filter(|_| update.prefix) {
                self.copy(into, register);
            }
            return Ok(());
        }
        let old = self.temporary(span)?;
        let new = self.temporary(span)?;
        self.at(span);
        self.load(old, &place)?;
        if wants_old {
            self.op(bc::TO_NUMERIC, old, old, 0);
        }
        self.op(bc::INCREMENT, new, old, delta as u8);
        self.store_back_to(&place, new)?;
        if let Some(into) = into {
            self.copy(into, if update.prefix { new } else { old });
        }
        Ok(())
    }

    /// Assigns to any target, patterns included.
    pub(super) fn assign_target(&mut self, target: &AssignmentTarget<'_>, from: Reg) -> Result<()> {
        if let Some(pattern) = target.as_assignment_target_pattern() {
            return self.assign_pattern(pattern, from);
        }
        let Some(target) = target.as_simple_assignment_target() else { return Ok(()) };
        let mark = self.mark();
        let place = self.place(target, None)?;
        self.at(target.span());
        self.store(&place, from)?;
        self.release(mark);
        Ok(())
    }

    /// Assigns to a member what `step` puts into `from` after the member's own operands have been evaluated.
    pub(super) fn assign_member(
        &mut self,
        target: &SimpleAssignmentTarget<'_>,
        from: Reg,
        step: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let place = self.place(target, None)?;
        step(self)?;
        self.at(target.span());
        self.store(&place, from)
    }

    fn place<'p, 'a>(
        &mut self,
        target: &'p SimpleAssignmentTarget<'a>,
        later: Option<&Expression<'_>>,
    ) -> Result<Place<'p, 'a>> {
        let stays =
            |later: Option<&Expression<'_>>| later.is_some_and(|later| Effect::Assignment.may_come_of(later));
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(identifier) => Ok(Place::Variable(identifier)),
            SimpleAssignmentTarget::StaticMemberExpression(member) => {
                if member.object.is_super() {
                    return self.super_place(SuperKey::Named(&member.property.name), member.span);
                }
                let object = self.operand(&member.object, stays(later))?;
                Ok(Place::Named { object, key: name(&member.property.name) })
            }
            SimpleAssignmentTarget::ComputedMemberExpression(member) => {
                if member.object.is_super() {
                    return self.super_place(SuperKey::Computed(&member.expression), member.span);
                }
                let object = self.operand(
                    &member.object,
                    stays(later) || Effect::Assignment.may_come_of(&member.expression),
                )?;
                let key = self.operand(&member.expression, stays(later))?;
                Ok(Place::Keyed { object, key })
            }
            SimpleAssignmentTarget::PrivateFieldExpression(member) => {
                let object = self.operand(&member.object, stays(later))?;
                Ok(Place::Private { object, field: &member.field })
            }
            other => Err(self.unsupported(other.span(), "this assignment target")),
        }
    }

    pub(super) fn operand(&mut self, expression: &Expression<'_>, must_stay: bool) -> Result<Reg> {
        if must_stay && matches!(expression, Expression::Identifier(_)) {
            let register = self.temporary(expression.span())?;
            self.into(register, expression)?;
            return Ok(register);
        }
        self.any(expression)
    }

    fn super_place<'p, 'a>(&mut self, key: SuperKey<'_, '_>, span: Span) -> Result<Place<'p, 'a>> {
        let (home, key, this) = self.super_operands(key, span)?;
        Ok(Place::Super { home, key, this })
    }

    pub(super) fn super_operands(&mut self, key: SuperKey<'_, '_>, span: Span) -> Result<(Reg, Reg, Reg)> {
        let this = self.temporary(span)?;
        self.load_this(this, span)?;
        let register = self.temporary(span)?;
        match key {
            SuperKey::Named(text) => self.load_string(register, name(text)),
            SuperKey::Computed(expression) => self.into(register, expression)?,
        }
        let home = self.temporary(span)?;
        let Some(location) = self.this_frame().home else {
            return Err(self.error(span, "SyntaxError: 'super' keyword unexpected here"));
        };
        self.load_location(home, location, Check::Skip, "")?;
        Ok((home, register, this))
    }

    fn load(&mut self, into: Reg, place: &Place<'_, '_>) -> Result<()> {
        match place {
            Place::Variable(identifier) => self.load_variable(into, identifier),
            Place::Named { object, key } => {
                self.op_named(bc::GET_PROPERTY, into, *object, 0, key.clone());
                Ok(())
            }
            Place::Keyed { object, key } => {
                self.op(bc::GET_ELEMENT, into, *object, *key);
                Ok(())
            }
            Place::Private { object, field } => self.op_private(bc::GET_PRIVATE, into, *object, 0, field),
            Place::Super { home, key, this } => {
                self.op_with(bc::GET_SUPER, into, *home, *key, u32::from(*this));
                Ok(())
            }
        }
    }

    /// Stores to a place that has been read before.
    fn store_back_to(&mut self, place: &Place<'_, '_>, value: Reg) -> Result<()> {
        match place {
            Place::Variable(identifier) => self.store_back(identifier, value),
            place => self.store(place, value),
        }
    }

    fn store(&mut self, place: &Place<'_, '_>, value: Reg) -> Result<()> {
        let strict = u8::from(self.frame_ref().flags.strict);
        match place {
            Place::Variable(identifier) => self.store_variable(identifier, value),
            Place::Named { object, key } => {
                self.op_named(bc::SET_PROPERTY, *object, value, strict, key.clone());
                Ok(())
            }
            Place::Keyed { object, key } => {
                self.op(bc::SET_ELEMENT, *object, *key, value);
                Ok(())
            }
            Place::Private { object, field } => self.op_private(bc::SET_PRIVATE, *object, value, 0, field),
            Place::Super { home, key, this } => {
                self.op_with(bc::SET_SUPER, *home, *key, value, u32::from(*this));
                Ok(())
            }
        }
    }
}
