//! Destructuring: declarations and parameters (binding patterns) and assignments (target patterns).

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::literal::{EMPTY_SLOTS, STEP_BY_STEP, static_key};
use super::*;
use crate::value;

/// Where the value of a pattern comes from, for the message of a value that cannot be taken apart.
#[derive(Clone, Default)]
pub(super) enum PatternSource {
    /// A piece of an outer pattern, or an assignment.
    #[default]
    Nested,
    /// An argument.
    Parameter,
    /// An expression of the source: its text and place.
    Text(String, Span),
}

/// What a pattern puts its pieces into.
#[derive(Clone, Copy)]
enum Target<'p, 'a> {
    Binding(&'p BindingPattern<'a>),
    Assignment(&'p AssignmentTarget<'a>),
    Default(&'p AssignmentTargetMaybeDefault<'a>),
}

/// One property of an object pattern.
enum Property<'p, 'a> {
    Keyed { key: &'p PropertyKey<'a>, computed: bool, target: Target<'p, 'a> },
    Shorthand(&'p AssignmentTargetPropertyIdentifier<'a>),
}

impl Property<'_, '_> {
    /// Its name, if that is in the source.
    fn static_name(&self) -> Option<String> {
        match self {
            Self::Keyed { key, computed: false, .. } => static_key(key),
            Self::Keyed { .. } => None,
            Self::Shorthand(identifier) => Some(identifier.binding.name.to_string()),
        }
    }

    fn span(&self) -> Span {
        match self {
            Self::Keyed { key, .. } => key.span(),
            Self::Shorthand(identifier) => identifier.span,
        }
    }

    fn has_default(&self) -> bool {
        match self {
            Self::Keyed { target: Target::Binding(BindingPattern::AssignmentPattern(_)), .. } => true,
            Self::Keyed { target: Target::Default(target), .. } => {
                matches!(target, AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(_))
            }
            Self::Keyed { .. } => false,
            Self::Shorthand(identifier) => identifier.init.is_some(),
        }
    }
}

impl Compiler<'_> {
    /// Declares the names of a pattern from the value in `from`.
    pub(super) fn bind_pattern(&mut self, pattern: &BindingPattern<'_>, from: Reg) -> Result<()> {
        match pattern {
            BindingPattern::BindingIdentifier(binding) => {
                self.pattern_source = PatternSource::Nested;
                self.initialise(binding, from);
                Ok(())
            }
            BindingPattern::AssignmentPattern(assignment) => {
                let mark = self.mark();
                let value = self.temporary(assignment.span)?;
                self.copy(value, from);
                self.default_value(value, &assignment.right, &assignment.left)?;
                self.bind_pattern(&assignment.left, value)?;
                self.release(mark);
                Ok(())
            }
            BindingPattern::ObjectPattern(object) => {
                let properties = object.properties.iter().map(|property| Property::Keyed {
                    key: &property.key,
                    computed: property.computed,
                    target: Target::Binding(&property.value),
                });
                let rest = object.rest.as_ref().map(|rest| Target::Binding(&rest.argument));
                self.object_pattern(properties.collect(), rest, from, object.span)
            }
            BindingPattern::ArrayPattern(array) => {
                let elements = array.elements.iter().map(|element| element.as_ref().map(Target::Binding));
                let rest = array.rest.as_ref().map(|rest| Target::Binding(&rest.argument));
                self.array_pattern(elements.collect(), rest, from, array.span)
            }
        }
    }

    /// Assigns the pieces of the value in `from` to a pattern of targets.
    pub(super) fn assign_pattern(&mut self, pattern: &AssignmentTargetPattern<'_>, from: Reg) -> Result<()> {
        match pattern {
            AssignmentTargetPattern::ObjectAssignmentTarget(object) => {
                let properties = object.properties.iter().map(|property| match property {
                    AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(identifier) => {
                        Property::Shorthand(identifier)
                    }
                    AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => Property::Keyed {
                        key: &property.name,
                        computed: property.computed,
                        target: Target::Default(&property.binding),
                    },
                });
                let rest = object.rest.as_ref().map(|rest| Target::Assignment(&rest.target));
                self.object_pattern(properties.collect(), rest, from, object.span)
            }
            AssignmentTargetPattern::ArrayAssignmentTarget(array) => {
                let elements = array.elements.iter().map(|element| element.as_ref().map(Target::Default));
                let rest = array.rest.as_ref().map(|rest| Target::Assignment(&rest.target));
                self.array_pattern(elements.collect(), rest, from, array.span)
            }
        }
    }

    fn put(&mut self, target: Target<'_, '_>, from: Reg) -> Result<()> {
        match target {
            Target::Binding(pattern) => self.bind_pattern(pattern, from),
            Target::Assignment(target) => self.assign_target(target, from),
            Target::Default(AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with)) => {
                let named = match &with.binding {
                    AssignmentTarget::AssignmentTargetIdentifier(identifier) => identifier.name.as_str(),
                    _ => "",
                };
                self.default_named(from, &with.init, named)?;
                self.assign_target(&with.binding, from)
            }
            Target::Default(other) => match other.as_assignment_target() {
                Some(target) => self.assign_target(target, from),
                None => Ok(()),
            },
        }
    }

    /// Replaces `undefined` in `value` by a default.
    pub(super) fn default_value(
        &mut self,
        value: Reg,
        default: &Expression<'_>,
        pattern: &BindingPattern<'_>,
    ) -> Result<()> {
        let named = match pattern {
            BindingPattern::BindingIdentifier(binding) => binding.name.as_str(),
            _ => "",
        };
        self.default_named(value, default, named)
    }

    fn default_named(&mut self, value: Reg, default: &Expression<'_>, named: &str) -> Result<()> {
        let given = self.emit().label();
        self.jump(bc::JUMP_UNDEFINED, value, 0, 0, given);
        self.named_into(value, default, named)?;
        self.emit().bind(given);
        Ok(())
    }

    /// The next pattern takes apart the value of this expression. V8 names a member only in object patterns.
    pub(super) fn pattern_from(&mut self, pattern: &BindingPattern<'_>, expression: &Expression<'_>) {
        let named = matches!(pattern, BindingPattern::ObjectPattern(_)) || !expression.is_member_expression();
        if named {
            self.pattern_source =
                PatternSource::Text(super::call_text::call_text(expression), expression.span());
        }
    }

    /// A TypeError for undefined and null, in V8's words: a nested pattern reads a property of them instead, and so does one
    /// whose first property has a default.
    fn check_coercible(&mut self, first: Option<&Property<'_, '_>>, from: Reg, span: Span) {
        let source = std::mem::take(&mut self.pattern_source);
        if first.is_some_and(|property| property.has_default() && property.static_name().is_some()) {
            return;
        }
        self.at(first.map_or(span, Property::span));
        let first = first.and_then(Property::static_name);
        match (&first, source) {
            (Some(first), PatternSource::Nested) if !super::literal::is_array_index(first) => return,
            (Some(_), PatternSource::Text(text, _)) => self.emit().callee(text),
            _ => {}
        }
        let constant = self.string_constant(name(first.as_deref().unwrap_or("")));
        self.op_with(bc::CHECK_COERCIBLE, from, 0, 0, constant);
    }

    fn object_pattern(
        &mut self,
        properties: Vec<Property<'_, '_>>,
        rest: Option<Target<'_, '_>>,
        from: Reg,
        span: Span,
    ) -> Result<()> {
        self.check_coercible(properties.first(), from, span);
        let mark = self.mark();
        // With a rest, the keys taken so far stay in a row of registers, to be left out.
        let excluded = self.mark();
        if rest.is_some() {
            for _ in &properties {
                self.temporary(span)?;
            }
        }
        for (index, property) in properties.iter().enumerate() {
            let mark = self.mark();
            let keep = rest.is_some().then(|| excluded + index as u8);
            self.pattern_property(property, keep, from, span)?;
            self.release(mark);
        }
        if let Some(rest) = rest {
            let object = self.temporary(span)?;
            self.emit()
                .function
                .literals
                .push(crate::bytecode::Literal { names: Vec::new(), slots: EMPTY_SLOTS });
            let literal = self.emit().function.literals.len() as u32 - 1;
            self.op_with(bc::NEW_OBJECT_BUILT_IN, object, object, 0, literal);
            self.op_with(bc::COPY_PROPERTIES, object, from, excluded, properties.len() as u32);
            self.put(rest, object)?;
        }
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn pattern_property(
        &mut self,
        property: &Property<'_, '_>,
        keep: Option<Reg>,
        from: Reg,
        span: Span,
    ) -> Result<()> {
        let value = self.temporary(span)?;
        match property {
            Property::Shorthand(identifier) => {
                let binding = &identifier.binding;
                if let Some(keep) = keep {
                    self.load_string(keep, name(&binding.name));
                }
                self.at(binding.span);
                self.op_named(bc::GET_PROPERTY, value, from, 0, name(&binding.name));
                if let Some(init) = &identifier.init {
                    self.default_named(value, init, &binding.name)?;
                }
                self.store_variable(binding, value)
            }
            Property::Keyed { key, computed, target } => {
                let known = static_key(key).filter(|key| !computed && !super::literal::is_array_index(key));
                match known {
                    Some(text) => {
                        if let Some(keep) = keep {
                            self.load_string(keep, name(&text));
                        }
                        self.at(key.span());
                        self.op_named(bc::GET_PROPERTY, value, from, 0, name(&text));
                    }
                    None => {
                        let register = self.property_key(key)?;
                        if let Some(keep) = keep {
                            self.copy(keep, register);
                        }
                        self.op(bc::GET_ELEMENT, value, from, register);
                    }
                }
                self.put(*target, value)
            }
        }
    }

    fn array_pattern(
        &mut self,
        elements: Vec<Option<Target<'_, '_>>>,
        rest: Option<Target<'_, '_>>,
        from: Reg,
        span: Span,
    ) -> Result<()> {
        self.at(span);
        let mark = self.mark();
        let base = self.temporary(span)?;
        self.temporary(span)?;
        let done = self.temporary(span)?;
        if let PatternSource::Text(text, place) = std::mem::take(&mut self.pattern_source) {
            self.at(place);
            self.emit().callee(text);
        }
        self.iterator_of(from, base, 0);
        self.load_immediate(done, value::FALSE);
        let start = self.emit().here();
        for element in &elements {
            let mark = self.mark();
            let item = self.temporary(span)?;
            match element.and_then(member_target) {
                Some((member, default)) => self.assign_member(member, item, |compiler| {
                    compiler.next_or_undefined(item, base, done)?;
                    default.map_or(Ok(()), |default| compiler.default_named(item, default, ""))
                })?,
                None => {
                    self.next_or_undefined(item, base, done)?;
                    element.map_or(Ok(()), |target| self.put(target, item))?;
                }
            }
            self.release(mark);
        }
        if let Some(rest) = rest {
            self.array_rest(rest, base, done, span)?;
        }
        let covered = self.emit().here();
        let finished = self.emit().label();
        self.jump(bc::JUMP_TRUE, done, 0, 0, finished);
        self.close_iterator(base, false, span)?;
        self.emit().bind(finished);
        self.close_on_throw(base, false, start..covered, span)?;
        self.release(mark);
        Ok(())
    }

    /// The next value, or undefined once the iterator is done.
    fn next_or_undefined(&mut self, item: Reg, base: Reg, done: Reg) -> Result<()> {
        let (end, exhausted) = (self.emit().label(), self.emit().label());
        self.load_undefined(item);
        self.jump(bc::JUMP_TRUE, done, 0, 0, end);
        self.jump(bc::ITERATOR_NEXT, item, base, 0, exhausted);
        self.jump(bc::ITERATOR_RESULT, item, base, 0, exhausted);
        self.jump(bc::JUMP, 0, 0, 0, end);
        self.emit().bind(exhausted);
        self.load_undefined(item);
        self.load_immediate(done, value::TRUE);
        self.emit().bind(end);
        Ok(())
    }

    fn array_rest(&mut self, rest: Target<'_, '_>, base: Reg, done: Reg, span: Span) -> Result<()> {
        let array = self.temporary(span)?;
        let item = self.temporary(span)?;
        self.op(bc::NEW_ARRAY, array, array, 0);
        let end = self.emit().label();
        self.jump(bc::JUMP_TRUE, done, 0, 0, end);
        self.drain_iterator(array, base, item, STEP_BY_STEP)?;
        self.load_immediate(done, value::TRUE);
        self.emit().bind(end);
        self.put(rest, array)
    }
}

/// A member that an array pattern assigns to, with its default: its object and key are evaluated before the iterator steps.
fn member_target<'p, 'a>(
    target: Target<'p, 'a>,
) -> Option<(&'p SimpleAssignmentTarget<'a>, Option<&'p Expression<'a>>)> {
    let (target, default) = match target {
        Target::Default(AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with)) => {
            (&with.binding, Some(&with.init))
        }
        Target::Default(target) => (target.as_assignment_target()?, None),
        Target::Assignment(target) => (target, None),
        Target::Binding(_) => return None,
    };
    let simple = target.as_simple_assignment_target()?;
    let is_member = !matches!(simple, SimpleAssignmentTarget::AssignmentTargetIdentifier(_));
    is_member.then_some((simple, default))
}
