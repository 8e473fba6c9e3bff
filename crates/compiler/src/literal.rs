//! Object, array, template and regular-expression literals.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};
use semispace_heap::Word;

use super::*;
use crate::bytecode::{FunctionKind, Literal, SPREAD};
use crate::regexp_errors::refuse_literal;
use crate::value;

/// How many values a literal gathers in registers before the rest is added one by one.
const GATHERED: usize = 64;
/// The most in-object slots of a literal's objects, and those of `{}` (V8: JSObject::kInitialGlobalObjectUnusedPropertiesCount).
const MAX_SLOTS: usize = 250;
pub(super) const EMPTY_SLOTS: u8 = 4;
/// How an array is spread: V8 makes an iterator and a result for each step, or looks at its elements.
pub(super) const STEP_BY_STEP: u8 = 0;
const AT_ONCE: u8 = 1;

impl Compiler<'_> {
    #[inline(never)]
    pub(super) fn object(&mut self, into: Reg, object: &ObjectExpression<'_>) -> Result<()> {
        let open = self.contexts.len();
        let home = self.object_home(object)?;
        let plain =
            object.properties.iter().take(GATHERED).take_while(|property| plain_name(property).is_some());
        let plain = plain.count();
        let (simple, others) = object.properties.split_at(plain);
        let mut names: Vec<Name> = Vec::new();
        let base = self.mark();
        for property in simple {
            let ObjectPropertyKind::ObjectProperty(property) = property else { continue };
            let Some(key) = static_key(&property.key) else { continue };
            let value = self.temporary(property.span)?;
            self.property_value(value, property, &key, home)?;
            names.push(name(&key));
        }
        self.at(object.span);
        let is_clone = home.is_none()
            && matches!(object.properties.first(), Some(ObjectPropertyKind::SpreadProperty(_)));
        if is_clone {
            self.load_immediate(base, value::UNDEFINED);
        } else {
            self.emit().function.literals.push(Literal { names, slots: slots(object) });
            let literal = self.emit().function.literals.len() as u32 - 1;
            // `{}` has no memento.
            let op = if object.properties.is_empty() { bc::NEW_OBJECT_BUILT_IN } else { bc::NEW_OBJECT };
            self.op_with(op, base, base, plain as u8, literal);
        }
        self.release(base);
        let result = self.temporary(object.span)?;
        if let Some(location) = home {
            self.store_location(location, result);
        }
        for property in others {
            let mark = self.mark();
            self.object_property(result, property, home)?;
            self.release(mark);
        }
        self.copy(into, result);
        self.close_contexts(open);
        Ok(())
    }

    /// A context slot for the object itself, if a method says `super`.
    fn object_home(&mut self, object: &ObjectExpression<'_>) -> Result<Option<Location>> {
        let uses_home = object.properties.iter().any(|property| match property {
            ObjectPropertyKind::ObjectProperty(property)
                if property.method || property.kind != PropertyKind::Init =>
            {
                match &property.value {
                    Expression::FunctionExpression(function) => {
                        self.facts.of(self.facts.function_of(function.scope_id.get())).uses_home
                    }
                    _ => false,
                }
            }
            _ => false,
        });
        if !uses_home {
            return Ok(None);
        }
        let id = self.open_context(&["home object"], object.span)?;
        Ok(Some(Location::Context { id, slot: 0 }))
    }

    fn property_value(
        &mut self,
        value: Reg,
        property: &ObjectProperty<'_>,
        key: &str,
        home: Option<Location>,
    ) -> Result<()> {
        match &property.value {
            Expression::FunctionExpression(function) if property.method => {
                self.method_span = Some(property.span);
                self.function_value(value, function, FunctionKind::Method, name(key), home)
            }
            other => self.named_into(value, other, key),
        }
    }

    #[inline(never)]
    fn object_property(
        &mut self,
        object: Reg,
        property: &ObjectPropertyKind<'_>,
        home: Option<Location>,
    ) -> Result<()> {
        let property = match property {
            ObjectPropertyKind::SpreadProperty(spread) => {
                let source = self.any(&spread.argument)?;
                self.at(spread.span);
                self.op_with(bc::COPY_PROPERTIES, object, source, 0, 0);
                return Ok(());
            }
            ObjectPropertyKind::ObjectProperty(property) => property,
        };
        self.at(property.span);
        match (property.kind, static_key(&property.key)) {
            (PropertyKind::Init, Some(key)) if !property.computed => {
                let value = self.temporary(property.span)?;
                if key == "__proto__" && !property.shorthand && !property.method {
                    self.into(value, &property.value)?;
                    self.op(bc::SET_PROTOTYPE, object, value, 0);
                    return Ok(());
                }
                self.property_value(value, property, &key, home)?;
                self.define_static(object, &key, value, property.span)
            }
            (PropertyKind::Init, _) => {
                let key = self.property_key(&property.key)?;
                let value = self.temporary(property.span)?;
                self.property_value(value, property, "", home)?;
                if is_anonymous_function(&property.value) {
                    self.op(bc::SET_FUNCTION_NAME, value, key, 0);
                }
                self.op(bc::DEFINE_ELEMENT, object, key, value);
                Ok(())
            }
            (kind, _) => {
                let key = self.property_key(&property.key)?;
                let Expression::FunctionExpression(function) = &property.value else { return Ok(()) };
                let value = self.temporary(property.span)?;
                self.method_span = Some(property.span);
                let (op, prefix, word) = match kind {
                    PropertyKind::Get => (bc::DEFINE_GETTER, 1, "get"),
                    _ => (bc::DEFINE_SETTER, 2, "set"),
                };
                let known = static_key(&property.key).filter(|_| !property.computed);
                let full = known.as_ref().map_or(String::new(), |known| format!("{word} {known}"));
                self.function_value(value, function, FunctionKind::Method, name(&full), home)?;
                if known.is_none() {
                    self.op(bc::SET_FUNCTION_NAME, value, key, prefix);
                }
                self.op_with(op, object, key, value, 1);
                Ok(())
            }
        }
    }

    /// Defines a property under a name known now: an index goes to the elements.
    pub(super) fn define_static(&mut self, object: Reg, key: &str, value: Reg, span: Span) -> Result<()> {
        if is_array_index(key) {
            let mark = self.mark();
            let register = self.temporary(span)?;
            self.load_string(register, name(key));
            self.op(bc::DEFINE_ELEMENT, object, register, value);
            self.release(mark);
        } else {
            self.op_named(bc::DEFINE_PROPERTY, object, value, 0, name(key));
        }
        Ok(())
    }

    /// A property key in a register, already converted.
    pub(super) fn property_key(&mut self, key: &PropertyKey<'_>) -> Result<Reg> {
        let register = self.temporary(key.span())?;
        match (static_key(key), key.as_expression()) {
            (Some(text), _) => self.load_string(register, name(&text)),
            (None, Some(expression)) => {
                self.into(register, expression)?;
                self.at(key.span());
                self.op(bc::TO_PROPERTY_KEY, register, register, 0);
            }
            (None, None) => {}
        }
        Ok(register)
    }

    #[inline(never)]
    pub(super) fn array(&mut self, into: Reg, array: &ArrayExpression<'_>) -> Result<()> {
        if let Some(elements) = shared_elements(array) {
            let constant = self.emit().constant(Constant::Elements(elements));
            self.at(array.span);
            self.op_with(bc::SHARED_ARRAY, into, 0, 0, constant);
            return Ok(());
        }
        let gathered =
            array.elements.iter().take(GATHERED).take_while(|element| element.is_expression()).count();
        let (first, others) = array.elements.split_at(gathered);
        let base = self.mark();
        for expression in first.iter().filter_map(ArrayExpressionElement::as_expression) {
            self.fresh(expression)?;
        }
        self.at(array.span);
        if array.elements.first().is_some_and(ArrayExpressionElement::is_spread) {
            self.load_immediate(base, value::UNDEFINED);
        } else {
            self.op(bc::NEW_ARRAY, base, base, gathered as u8);
        }
        self.release(base);
        let result = self.temporary(array.span)?;
        for (index, element) in others.iter().enumerate() {
            let mark = self.mark();
            self.array_element(result, element, gathered + index == 0)?;
            self.release(mark);
        }
        self.copy(into, result);
        Ok(())
    }

    fn array_element(
        &mut self,
        array: Reg,
        element: &ArrayExpressionElement<'_>,
        is_first: bool,
    ) -> Result<()> {
        match element {
            ArrayExpressionElement::Elision(_) => {
                self.op(bc::ARRAY_HOLE, array, 0, 0);
                Ok(())
            }
            ArrayExpressionElement::SpreadElement(spread) => {
                let base = self.begin_iteration(&spread.argument, if is_first { array } else { 0 })?;
                let item = self.temporary(spread.span)?;
                self.drain_iterator(array, base, item, if is_first { AT_ONCE } else { STEP_BY_STEP })
            }
            element => {
                let Some(expression) = element.as_expression() else { return Ok(()) };
                let value = self.any(expression)?;
                self.at(element.span());
                self.op(bc::ARRAY_PUSH, array, value, 0);
                Ok(())
            }
        }
    }

    /// Appends everything that an iterable yields to an argument list. `first`: it is still empty. `last`: V8 hands the
    /// iterable itself to the call, which words its errors.
    #[inline(never)]
    pub(super) fn spread_argument(
        &mut self,
        array: Reg,
        iterable: &Expression<'_>,
        (first, last): (bool, bool),
    ) -> Result<()> {
        let span = iterable.span();
        let base = self.temporary(span)?;
        self.temporary(span)?;
        let mark = self.mark();
        let value = self.any(iterable)?;
        self.at(span);
        if self.mode != Mode::Prelude && last {
            self.emit().callee(format!("{SPREAD}{}", super::call_text::call_text(iterable)));
        }
        self.iterator_of(value, base, if first { array } else { 0 });
        self.release(mark);
        let item = self.temporary(span)?;
        self.drain_iterator(array, base, item, if first || last { AT_ONCE } else { STEP_BY_STEP })
    }

    /// Appends what an iterator still yields. V8 spreads an array without an iterator at the head of a literal and at the end of
    /// a call only.
    pub(super) fn drain_iterator(&mut self, array: Reg, base: Reg, item: Reg, way: u8) -> Result<()> {
        let (next, done) = (self.emit().label(), self.emit().label());
        self.emit().bind(next);
        self.jump(bc::ITERATOR_NEXT, item, base, way, done);
        self.jump(bc::ITERATOR_RESULT, item, base, 0, done);
        self.op(bc::ARRAY_PUSH, array, item, 0);
        self.jump(bc::LOOP, 0, 0, 0, next);
        self.emit().bind(done);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn template(&mut self, into: Reg, template: &TemplateLiteral<'_>) -> Result<()> {
        let result = self.temporary(template.span)?;
        let mut begun = false;
        for (index, quasi) in template.quasis.iter().enumerate() {
            let text = quasi.value.cooked.as_ref().map_or("", |cooked| cooked.as_str());
            if !text.is_empty() || (index == 0 && template.expressions.is_empty()) {
                self.append_text(
                    result,
                    string_value(text, quasi.lone_surrogates),
                    &mut begun,
                    template.span,
                )?;
            }
            if let Some(expression) = template.expressions.get(index) {
                let mark = self.mark();
                let value = self.any(expression)?;
                self.at(expression.span());
                let piece = if begun { self.temporary(expression.span())? } else { result };
                self.op(bc::TO_STRING, piece, value, 0);
                if begun {
                    self.op(bc::ADD, result, result, piece);
                }
                begun = true;
                self.release(mark);
            }
        }
        self.copy(into, result);
        Ok(())
    }

    fn append_text(&mut self, result: Reg, text: Name, begun: &mut bool, span: Span) -> Result<()> {
        if *begun {
            let mark = self.mark();
            let piece = self.temporary(span)?;
            self.load_string(piece, text);
            self.op(bc::ADD, result, result, piece);
            self.release(mark);
        } else {
            self.load_string(result, text);
        }
        *begun = true;
        Ok(())
    }

    #[inline(never)]
    pub(super) fn tagged_template(&mut self, into: Reg, tagged: &TaggedTemplateExpression<'_>) -> Result<()> {
        let span = tagged.span;
        let base = self.temporary(span)?;
        self.callee_and_this(&tagged.tag, base, None)?;
        let strings = self.temporary(span)?;
        let quasis = &tagged.quasi.quasis;
        let first = self.emit().constant(Constant::Count(quasis.len() as u32));
        for quasi in quasis {
            let constant = match &quasi.value.cooked {
                Some(cooked) => Constant::String(string_value(cooked, quasi.lone_surrogates)),
                None => Constant::Immediate(value::UNDEFINED),
            };
            self.emit().function.constants.push(constant);
        }
        for quasi in quasis {
            self.emit().function.constants.push(Constant::String(name(&quasi.value.raw)));
        }
        self.op_with(bc::TEMPLATE_OBJECT, strings, 0, 0, first);
        for expression in &tagged.quasi.expressions {
            let argument = self.temporary(expression.span())?;
            self.into(argument, expression)?;
        }
        self.call_site(&tagged.tag, tagged.quasi.span);
        self.op(bc::CALL, into, base, tagged.quasi.expressions.len() as u8 + 1);
        Ok(())
    }

    #[inline(never)]
    pub(super) fn regexp(&mut self, into: Reg, literal: &RegExpLiteral<'_>) -> Result<()> {
        self.at(literal.span);
        let flags = literal.regex.flags.to_string();
        refuse_literal(&literal.regex.pattern.text, &flags).map_err(|why| {
            let (start, end) = (literal.span.start, literal.span.end);
            Diagnostic::at(DiagnosticKind::Syntax, format!("SyntaxError: {why}"), self.source, start, end)
        })?;
        let source = Constant::String(name(&literal.regex.pattern.text));
        self.emit().function.constants.push(source);
        let index = self.emit().function.constants.len() as u32 - 1;
        self.emit().function.constants.push(Constant::String(name(&flags)));
        self.op_with(bc::REGEXP, into, 0, 0, index);
        Ok(())
    }
}

/// The elements of a literal that is nothing but constants, unless they are doubles (V8:
/// `ArrayLiteral::BuildBoilerplateDescription`).
fn shared_elements(array: &ArrayExpression<'_>) -> Option<Vec<Constant>> {
    let values: Option<Vec<_>> =
        array.elements.iter().map(|element| literal_value(element.as_expression()?)).collect();
    let is_number = |value: &Constant| matches!(value, Constant::Number(_));
    let is_small = |value: &Constant| matches!(value, Constant::Immediate(word) if word.is_smi());
    values.filter(|values| {
        let are_doubles = values.iter().any(is_number) && values.iter().all(|v| is_number(v) || is_small(v));
        !values.is_empty() && !are_doubles
    })
}

fn literal_value(expression: &Expression<'_>) -> Option<Constant> {
    Some(match expression {
        Expression::StringLiteral(literal) => {
            Constant::String(string_value(&literal.value, literal.lone_surrogates))
        }
        Expression::BooleanLiteral(literal) => Constant::Immediate(value::boolean(literal.value)),
        Expression::NullLiteral(_) => Constant::Immediate(value::NULL),
        other => number_value(folding::number(other)?),
    })
}

fn number_value(number: f64) -> Constant {
    let small = number as i32;
    let is_small = f64::from(small) == number && (small != 0 || number.is_sign_positive());
    if is_small { Constant::Immediate(Word::smi(small)) } else { Constant::Number(number) }
}

/// A key that is known now: an identifier, a string or a number.
pub(super) fn static_key(key: &PropertyKey<'_>) -> Option<String> {
    match key {
        PropertyKey::StaticIdentifier(identifier) => Some(identifier.name.to_string()),
        PropertyKey::StringLiteral(literal) if !literal.lone_surrogates => Some(literal.value.to_string()),
        PropertyKey::NumericLiteral(literal) => Some(ryu_js::Buffer::new().format(literal.value).to_owned()),
        _ => None,
    }
}

/// The name of a property that an object literal can lay out at once.
fn plain_name(property: &ObjectPropertyKind<'_>) -> Option<String> {
    let ObjectPropertyKind::ObjectProperty(property) = property else { return None };
    if property.kind != PropertyKind::Init || property.computed {
        return None;
    }
    let key = static_key(&property.key)?;
    let plain = !is_array_index(&key) && (key != "__proto__" || property.shorthand || property.method);
    plain.then_some(key)
}

/// In-object slots of a literal's objects: for all its properties, if the first of them have names that are known (V8: the
/// boilerplate's backing store); otherwise as many as `{}` has.
fn slots(object: &ObjectExpression<'_>) -> u8 {
    let is_slot = |property: &&ObjectPropertyKind<'_>| match property {
        ObjectPropertyKind::SpreadProperty(_) => true,
        ObjectPropertyKind::ObjectProperty(property) => match static_key(&property.key) {
            Some(key) if !property.computed => key != "__proto__" && !is_array_index(&key),
            _ => true,
        },
    };
    let is_known = |property: &&ObjectPropertyKind<'_>| matches!(property, ObjectPropertyKind::ObjectProperty(property) if !property.computed);
    if object.properties.iter().take_while(is_known).any(|property| is_slot(&property)) {
        object.properties.iter().filter(is_slot).count().min(MAX_SLOTS) as u8
    } else {
        EMPTY_SLOTS
    }
}

/// Whether a key is an array index, whose values live in the elements.
pub(super) fn is_array_index(key: &str) -> bool {
    key.parse::<u32>().is_ok_and(|index| index != u32::MAX && index.to_string() == key)
}

/// A function or class that takes the name of what it is assigned to.
pub(super) fn is_anonymous_function(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::FunctionExpression(function) => function.id.is_none(),
        Expression::ArrowFunctionExpression(_) => true,
        Expression::ClassExpression(class) => class.id.is_none(),
        _ => false,
    }
}
