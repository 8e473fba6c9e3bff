//! Assignments, updates, members, calls, `new`, `super` and optional chains.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::{AssignmentOperator, UpdateOperator};

use super::call_text::{call_text, label_of};
use super::effect::Effect;
use super::literal::is_anonymous_function;
use super::statement::writes_early;
use super::variable::Check;
use super::*;
use crate::value;

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
            let value = self.any(&assignment.right)?;
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
        let value = self.named_fresh(&assignment.right, &identifier.name)?;
        let at = self.behind(identifier.span, "=");
        self.store_variable_at(at, identifier, value)?;
        Ok(value)
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

    fn operand(&mut self, expression: &Expression<'_>, must_stay: bool) -> Result<Reg> {
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

    fn super_operands(&mut self, key: SuperKey<'_, '_>, span: Span) -> Result<(Reg, Reg, Reg)> {
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

    fn super_member(&mut self, into: Reg, key: SuperKey<'_, '_>, span: Span) -> Result<()> {
        let (home, key, this) = self.super_operands(key, span)?;
        self.at(span);
        self.op_with(bc::GET_SUPER, into, home, key, u32::from(this));
        Ok(())
    }

    /// The object of a member or call: inside a chain it may break off itself.
    fn chain_operand(&mut self, expression: &Expression<'_>, skip: Option<Label>) -> Result<Reg> {
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

    fn break_off(&mut self, register: Reg, optional: bool, skip: Option<Label>) {
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
                        self.receiver(this, &member.object, skip)?;
                        self.break_off(this, member.optional, skip);
                        self.at(member.property.span);
                        self.op_named(bc::GET_PROPERTY, function, this, 0, name(&member.property.name));
                    }
                }
            }
            Expression::ComputedMemberExpression(member) if !member.object.is_super() => {
                self.receiver(this, &member.object, skip)?;
                self.break_off(this, member.optional, skip);
                let key = self.any(&member.expression)?;
                self.at(self.behind(member.object.span(), "["));
                self.op(bc::GET_ELEMENT, function, this, key);
            }
            Expression::PrivateFieldExpression(member) => {
                self.receiver(this, &member.object, skip)?;
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
                    self.receiver(this, &member.object, Some(missing))?;
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
                match skip {
                    Some(_) => self.member(function, callee, skip)?,
                    None => self.into(function, callee)?,
                }
                self.load_undefined(this);
            }
        }
        self.release(mark);
        Ok(())
    }

    fn receiver(&mut self, this: Reg, object: &Expression<'_>, skip: Option<Label>) -> Result<()> {
        match skip {
            Some(_) => self.member(this, object, skip),
            None => self.into(this, object),
        }
    }

    pub(super) fn call(&mut self, into: Reg, call: &CallExpression<'_>, skip: Option<Label>) -> Result<()> {
        if matches!(call.callee, Expression::Super(_)) {
            return self.super_call(into, call);
        }
        if let Expression::Identifier(identifier) = &call.callee
            && identifier.name == "eval"
            && self.resolve(identifier).is_none()
        {
            return Err(self.unsupported(call.span, "direct `eval`"));
        }
        if let Expression::Identifier(identifier) = &call.callee
            && self.mode == Mode::Prelude
            && identifier.name == "$call"
        {
            return self.prelude_call(into, call);
        }
        let mark = self.mark();
        let base = self.temporary(call.span)?;
        let receiver = receiver_of(&call.callee);
        if receiver.is_some_and(|receiver| Effect::Collection.may_come_of(receiver))
            || Effect::Collection.may_come_of_any(&call.arguments)
        {
            // What an earlier round left here must not stay alive while the operands are evaluated.
            self.load_int(base, 0);
        }
        if receiver.is_some_and(|receiver| Effect::Collection.may_come_of(receiver)) {
            self.load_int(base + 1, 0);
        }
        self.callee_and_this(&call.callee, base, skip)?;
        self.break_off(base + 1, call.optional, skip);
        match self.arguments(&call.arguments)? {
            Some(count) => {
                self.call_site(&call.callee, self.call_position(&call.callee, call.span));
                self.op(bc::CALL, into, base, count);
            }
            None => {
                self.call_site(&call.callee, self.call_position(&call.callee, call.span));
                self.op(bc::CALL_SPREAD, into, base, 0);
            }
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
    fn call_position(&self, callee: &Expression<'_>, call: Span) -> Span {
        match callee {
            Expression::StaticMemberExpression(member) => member.property.span,
            Expression::Identifier(_) => call,
            _ => self.behind(callee.span(), "("),
        }
    }

    /// Where Node points when a property cannot be read: its name, behind a call the dot.
    fn property_position(&self, member: &StaticMemberExpression<'_>) -> Span {
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
    fn prelude_call(&mut self, into: Reg, call: &CallExpression<'_>) -> Result<()> {
        let mark = self.mark();
        let base = self.temporary(call.span)?;
        let Some(count) = self.arguments(&call.arguments)? else {
            return Err(self.unsupported(call.span, "a spread in `$call`"));
        };
        self.at(call.span);
        self.op(bc::CALL, into, base, count.saturating_sub(2));
        self.release(mark);
        Ok(())
    }

    /// Arguments in the next registers, and how many; or, with a spread among them or too many, one array of them.
    fn arguments(&mut self, arguments: &[Argument<'_>]) -> Result<Option<u8>> {
        let spread = arguments.iter().any(Argument::is_spread);
        if !spread && arguments.len() <= 64 {
            for expression in arguments.iter().filter_map(Argument::as_expression) {
                self.fresh(expression)?;
            }
            return Ok(Some(arguments.len() as u8));
        }
        let Some(first) = arguments.first() else { return Ok(Some(0)) };
        let array = self.temporary(first.span())?;
        match (first.is_spread(), arguments.len()) {
            (true, 1) => self.load_immediate(array, value::HOLE),
            (true, _) => self.load_immediate(array, value::UNDEFINED),
            (false, _) => self.op(bc::NEW_ARRAY, array, array, 0),
        }
        let spreads = arguments.iter().filter(|argument| argument.is_spread()).count();
        for (index, argument) in arguments.iter().enumerate() {
            let mark = self.mark();
            match argument {
                Argument::SpreadElement(spread) => {
                    let last = spreads == 1 && index + 1 == arguments.len();
                    self.spread_argument(array, &spread.argument, (index == 0, last))?;
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
        Ok(None)
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
        let count = self.arguments(&new.arguments)?;
        self.at(new.span);
        if self.mode != Mode::Prelude {
            self.emit().callee(call_text(&new.callee));
        }
        match count {
            Some(count) => self.op(bc::NEW, into, base, count),
            None => self.op(bc::NEW_SPREAD, into, base, 0),
        }
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn super_call(&mut self, into: Reg, call: &CallExpression<'_>) -> Result<()> {
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
        let count = self.arguments(&call.arguments)?;
        self.at(span);
        match count {
            Some(count) => self.op(bc::SUPER_CALL, base, base, count),
            None => self.op(bc::SUPER_CALL_SPREAD, base, base, 0),
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

/// The key of a `super` member.
enum SuperKey<'p, 'a> {
    Named(&'p str),
    Computed(&'p Expression<'a>),
}
