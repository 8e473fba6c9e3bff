//! Classes.
//!
//! A class body opens one context, if its methods need anything from it: the prototype and the constructor for `super`,
//! and the function that initialises the fields. Private names are told apart by the offset of the class body.

use oxc_ast::ast::*;
use oxc_span::{GetSpan, Span};

use super::function::{Body, Parts};
use super::literal::{is_anonymous_function, static_key};
use super::variable::Check;
use super::*;
use crate::bytecode::{FunctionFlags, FunctionKind};
use crate::value;

/// A class body around the current point of the source.
pub(super) struct PrivateScope {
    /// Where it begins.
    pub start: u32,
    /// The class's name.
    class: String,
    /// The private names that it declares.
    names: Vec<(String, PrivateSort)>,
}

/// What a private name stands for: it decides how an error names the object that lacks it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PrivateSort {
    Field,
    /// A method or accessor of instances.
    Method,
    /// A method or accessor of the class itself.
    StaticMethod,
}

impl PrivateScope {
    fn sort_of(&self, name: &str) -> Option<PrivateSort> {
        self.names.iter().find(|(declared, _)| declared == name).map(|(_, sort)| *sort)
    }
}

/// Slots of a class's context, after its captured variables.
#[derive(Clone, Copy)]
struct ClassSlots {
    prototype: Location,
    constructor: Location,
    initialiser: Location,
    /// The class's own name inside of a declaration whose variable is assigned to.
    name: Option<Location>,
}

impl Frame {
    /// Where an arrow function finds the constructor that it calls `super` for: beside the home object.
    pub(super) fn home_constructor(&self) -> Option<Location> {
        match self.home? {
            Location::Context { id, slot } => Some(Location::Context { id, slot: slot + 1 }),
            Location::Register(_) => None,
        }
    }
}

impl Compiler<'_> {
    /// The constructor of a class, in `into`.
    pub(super) fn class_value(&mut self, into: Reg, class: &Class<'_>, named: Name) -> Result<()> {
        let span = class.span;
        let mark = self.mark();
        let open = self.contexts.len();
        let result = self.temporary(span)?;
        let prototype = self.temporary(span)?;
        let symbol = class.id.as_ref().and_then(|id| id.symbol_id.get());
        self.open_classes.extend(symbol);
        let label = class.id.as_ref().map_or_else(|| text_of(&named), |id| id.name.to_string());
        self.private_scopes.push(PrivateScope {
            start: span.start,
            class: label,
            names: private_names(class),
        });
        let slots = self.class_context(class)?;
        let outer =
            slots.name.zip(symbol).map(|(inner, symbol)| (symbol, self.locations.insert(symbol, inner)));
        match &class.heritage {
            Some(heritage) => self.into(prototype, &heritage.expression)?,
            None => self.load_immediate(prototype, value::UNINITIALISED),
        }
        let named = class.id.as_ref().map_or(named, |id| name(&id.name));
        self.class_constructor(result, class, named, slots)?;
        self.at(class.heritage.as_ref().map_or(span, |heritage| heritage.expression.span()));
        self.op(bc::NEW_CLASS, prototype, result, 0);
        self.store_location(slots.prototype, prototype);
        self.store_location(slots.constructor, result);
        self.class_members(class, result, prototype, slots)?;
        if let Some(id) = &class.id {
            self.initialise(id, result);
        }
        self.initialisers(class, result, slots)?;
        if let (Some(id), Some((symbol, location))) = (&class.id, outer) {
            match location {
                Some(location) => self.locations.insert(symbol, location),
                None => self.locations.remove(&symbol),
            };
            self.initialise(id, result);
        }
        self.private_scopes.pop();
        if symbol.is_some() {
            self.open_classes.pop();
        }
        self.close_contexts(open);
        self.copy(into, result);
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn class_context(&mut self, class: &Class<'_>) -> Result<ClassSlots> {
        let mut symbols: Vec<SymbolId> = class
            .scope_id
            .get()
            .map(|scope| self.scoping.iter_bindings_in(scope).collect())
            .unwrap_or_default();
        semispace_sorting::sort_by(&mut symbols, Ord::cmp);
        symbols.retain(|symbol| !self.locations.contains_key(symbol));
        let needs = self.class_needs_context(class);
        let kept: Vec<u32> = class.body.body.iter().filter_map(kept_element).collect();
        let mut own: Vec<&str> =
            if needs { vec!["prototype", "constructor", "initialiser"] } else { Vec::new() };
        own.resize(own.len() + kept.len(), "element");
        let symbol = class.id.as_ref().and_then(|id| id.symbol_id.get());
        let has_name =
            class.is_declaration() && symbol.is_some_and(|symbol| self.scoping.symbol_is_mutated(symbol));
        let before_name = own.len() as u32;
        own.extend(class.id.as_ref().filter(|_| has_name).map(|id| id.name.as_str()));
        let first = self.declare(&symbols, &own, class.span)?;
        let name = match first {
            Some(Location::Context { id, slot }) if has_name => {
                Some(Location::Context { id, slot: slot + before_name })
            }
            _ => None,
        };
        match first {
            Some(Location::Context { id, slot }) if needs => {
                let kept = kept.into_iter().zip(slot + 3..);
                self.kept_elements.extend(kept.map(|(start, slot)| (start, Location::Context { id, slot })));
                Ok(ClassSlots {
                    prototype: Location::Context { id, slot },
                    constructor: Location::Context { id, slot: slot + 1 },
                    initialiser: Location::Context { id, slot: slot + 2 },
                    name,
                })
            }
            _ => {
                // Nothing of the class looks at these; they only need a place to be written to.
                let scratch = Location::Register(self.temporary(class.span)?);
                Ok(ClassSlots { prototype: scratch, constructor: scratch, initialiser: scratch, name })
            }
        }
    }

    fn class_needs_context(&self, class: &Class<'_>) -> bool {
        class.body.body.iter().any(|element| match element {
            ClassElement::MethodDefinition(method) => {
                self.facts.of(self.facts.function_of(method.value.scope_id.get())).uses_home
                    || method.key.is_private_identifier()
            }
            ClassElement::PropertyDefinition(_) | ClassElement::StaticBlock(_) => true,
            _ => false,
        })
    }

    /// Whether instances get fields or private methods.
    fn has_instance_elements(class: &Class<'_>) -> bool {
        class.body.body.iter().any(|element| match element {
            ClassElement::PropertyDefinition(property) => !property.r#static,
            ClassElement::MethodDefinition(method) => !method.r#static && method.key.is_private_identifier(),
            _ => false,
        })
    }

    #[inline(never)]
    fn class_constructor(
        &mut self,
        into: Reg,
        class: &Class<'_>,
        named: Name,
        slots: ClassSlots,
    ) -> Result<()> {
        let kind = if class.heritage.is_some() {
            FunctionKind::DerivedConstructor
        } else {
            FunctionKind::BaseConstructor
        };
        let constructor = class.body.body.iter().find_map(|element| match element {
            ClassElement::MethodDefinition(method) if method.kind == MethodDefinitionKind::Constructor => {
                Some(&method.value)
            }
            _ => None,
        });
        let scope = constructor.and_then(|function| function.scope_id.get());
        let initialiser = Self::has_instance_elements(class).then_some(slots.initialiser);
        let id = match constructor {
            Some(function) => self.facts.function_of(function.scope_id.get()),
            None => FunctionId(u32::MAX),
        };
        let index = self.compile_function(Parts {
            name: named,
            kind,
            flags: FunctionFlags { strict: true, ..FunctionFlags::default() },
            id,
            scope,
            span: class.span,
            parameters: constructor.map(|function| &*function.params),
            body: match constructor.and_then(|function| function.body.as_ref()) {
                Some(body) => Body::Statements(body),
                None => Body::DefaultConstructor,
            },
            home: Some(slots.prototype),
            initialiser,
        })?;
        self.closure(into, index);
        Ok(())
    }

    fn class_members(
        &mut self,
        class: &Class<'_>,
        result: Reg,
        prototype: Reg,
        slots: ClassSlots,
    ) -> Result<()> {
        for element in &class.body.body {
            let method = match element {
                ClassElement::MethodDefinition(method) => method,
                ClassElement::PropertyDefinition(field) => {
                    self.keep_field_key(field)?;
                    continue;
                }
                ClassElement::AccessorProperty(accessor) => {
                    return Err(self.unsupported(accessor.span, "`accessor`"));
                }
                _ => continue,
            };
            if method.kind == MethodDefinitionKind::Constructor {
                continue;
            }
            if let PropertyKey::PrivateIdentifier(field) = &method.key {
                self.keep_private_method(method, field, slots)?;
                continue;
            }
            let mark = self.mark();
            let (object, home) =
                if method.r#static { (result, slots.constructor) } else { (prototype, slots.prototype) };
            let key = self.property_key(&method.key)?;
            let function = self.temporary(method.span)?;
            let text = static_key(&method.key).unwrap_or_default();
            self.method_span = Some(self.method_text(method));
            self.function_value(function, &method.value, FunctionKind::Method, name(&text), Some(home))?;
            self.at(method.span);
            self.define_method(object, key, function, method);
            self.release(mark);
        }
        Ok(())
    }

    /// The source of a method as `toString` shows it: without `static`.
    fn method_text(&self, method: &MethodDefinition<'_>) -> Span {
        let text = &self.source[method.span.start as usize..method.span.end as usize];
        let skipped =
            if method.r#static { text.len() - text["static".len()..].trim_start().len() } else { 0 };
        Span::new(method.span.start + skipped as u32, method.span.end)
    }

    /// A computed key of a field is evaluated once, with the class; the initialiser finds it in the class's context.
    fn keep_field_key(&mut self, field: &PropertyDefinition<'_>) -> Result<()> {
        let Some(&location) = self.kept_elements.get(&field.span.start) else { return Ok(()) };
        let mark = self.mark();
        let key = self.property_key(&field.key)?;
        self.store_location(location, key);
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn define_method(&mut self, object: Reg, key: Reg, function: Reg, method: &MethodDefinition<'_>) {
        match method.kind {
            MethodDefinitionKind::Get => {
                self.op(bc::SET_FUNCTION_NAME, function, key, 1);
                self.op_with(bc::DEFINE_GETTER, object, key, function, 0);
            }
            MethodDefinitionKind::Set => {
                self.op(bc::SET_FUNCTION_NAME, function, key, 2);
                self.op_with(bc::DEFINE_SETTER, object, key, function, 0);
            }
            _ => {
                if method.computed {
                    self.op(bc::SET_FUNCTION_NAME, function, key, 0);
                }
                self.op(bc::DEFINE_METHOD, object, key, function);
            }
        }
    }

    /// The functions that initialise fields: one for instances, stored in the class's context, one for the class
    /// itself, called here.
    fn initialisers(&mut self, class: &Class<'_>, result: Reg, slots: ClassSlots) -> Result<()> {
        for is_static in [false, true] {
            let elements: Vec<&ClassElement<'_>> =
                class.body.body.iter().filter(|element| belongs(element, is_static)).collect();
            if elements.is_empty() {
                continue;
            }
            let mark = self.mark();
            let id = class.scope_id.get().and_then(|scope| self.facts.initialiser_of(scope, is_static));
            let index = self.compile_function(Parts {
                name: name(if is_static { "<static_initializer>" } else { "<instance_members_initializer>" }),
                kind: FunctionKind::ClassInitialiser,
                flags: FunctionFlags { strict: true, ..FunctionFlags::default() },
                id: id.unwrap_or(FunctionId(u32::MAX)),
                scope: None,
                span: class.span,
                parameters: None,
                body: Body::Elements(elements),
                home: Some(if is_static { slots.constructor } else { slots.prototype }),
                initialiser: None,
            })?;
            let base = self.temporary(class.span)?;
            let function = self.temporary(class.span)?;
            self.closure(function, index);
            if is_static {
                let this = self.temporary(class.span)?;
                self.copy(this, result);
                self.op(bc::CALL, base, base, 0);
            } else {
                self.store_location(slots.initialiser, function);
            }
            self.release(mark);
        }
        Ok(())
    }

    /// The body of an initialiser function: private methods first, then fields and static blocks in order.
    #[inline(never)]
    pub(super) fn initialise_elements(&mut self, elements: &[&ClassElement<'_>]) -> Result<()> {
        for element in elements {
            if let ClassElement::MethodDefinition(method) = element {
                self.private_method(method)?;
            }
        }
        for element in elements {
            let mark = self.mark();
            match element {
                ClassElement::PropertyDefinition(property) => self.field(property)?,
                ClassElement::StaticBlock(block) => {
                    let scope = block.scope_id.get();
                    self.scoped(scope, block.span, |compiler| {
                        compiler.hoist_declarations(&block.body)?;
                        compiler.statements(&block.body)
                    })?;
                }
                _ => {}
            }
            self.release(mark);
        }
        Ok(())
    }

    /// A private method or accessor is made once, with the class; the initialiser finds it in the class's context.
    #[inline(never)]
    fn keep_private_method(
        &mut self,
        method: &MethodDefinition<'_>,
        field: &PrivateIdentifier<'_>,
        slots: ClassSlots,
    ) -> Result<()> {
        let Some(&location) = self.kept_elements.get(&method.span.start) else { return Ok(()) };
        let mark = self.mark();
        let function = self.temporary(method.span)?;
        let home = if method.r#static { slots.constructor } else { slots.prototype };
        let prefix = match method.kind {
            MethodDefinitionKind::Get => "get ",
            MethodDefinitionKind::Set => "set ",
            _ => "",
        };
        let named = name(&format!("{prefix}#{}", field.name));
        self.method_span = Some(self.method_text(method));
        self.function_value(function, &method.value, FunctionKind::Method, named, Some(home))?;
        self.store_location(location, function);
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn private_method(&mut self, method: &MethodDefinition<'_>) -> Result<()> {
        let PropertyKey::PrivateIdentifier(field) = &method.key else { return Ok(()) };
        let Some(&location) = self.kept_elements.get(&method.span.start) else { return Ok(()) };
        let mark = self.mark();
        let function = self.temporary(method.span)?;
        self.load_location(function, location, Check::Skip, "")?;
        self.at(method.span);
        match method.kind {
            MethodDefinitionKind::Get => {
                self.op_private(bc::DEFINE_PRIVATE_ACCESSOR, THIS, function, 0, field)?
            }
            MethodDefinitionKind::Set => {
                self.op_private(bc::DEFINE_PRIVATE_ACCESSOR, THIS, function, 1, field)?
            }
            _ => self.op_private(bc::DEFINE_PRIVATE_METHOD, THIS, function, 0, field)?,
        }
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn field(&mut self, property: &PropertyDefinition<'_>) -> Result<()> {
        let span = property.span;
        self.at(span);
        self.emit().statement();
        let key = match self.kept_elements.get(&span.start).copied() {
            Some(location) => {
                let key = self.temporary(span)?;
                self.load_location(key, location, Check::Skip, "")?;
                Some(key)
            }
            None => None,
        };
        let value = self.temporary(span)?;
        let text = match &property.key {
            PropertyKey::PrivateIdentifier(field) => format!("#{}", field.name),
            key => static_key(key).unwrap_or_default(),
        };
        match &property.value {
            Some(expression) => self.named_into(value, expression, &text)?,
            None => self.load_undefined(value),
        }
        self.at(span);
        match (&property.key, key) {
            (PropertyKey::PrivateIdentifier(field), _) => {
                self.op_private(bc::DEFINE_PRIVATE, THIS, value, 0, field)
            }
            (_, Some(key)) => {
                if property.value.as_ref().is_some_and(is_anonymous_function) {
                    self.op(bc::SET_FUNCTION_NAME, value, key, 0);
                }
                self.op(bc::DEFINE_ELEMENT, THIS, key, value);
                Ok(())
            }
            _ => self.define_static(THIS, &text, value, span),
        }
    }
}

/// Which initialiser an element belongs to.
fn belongs(element: &ClassElement<'_>, is_static: bool) -> bool {
    match element {
        ClassElement::PropertyDefinition(property) => property.r#static == is_static,
        ClassElement::StaticBlock(_) => is_static,
        ClassElement::MethodDefinition(method) => {
            method.r#static == is_static && method.key.is_private_identifier()
        }
        _ => false,
    }
}

/// The source offset of an element of which the class keeps something for its initialiser: a private method, or a
/// field whose key has to be evaluated.
fn kept_element(element: &ClassElement<'_>) -> Option<u32> {
    match element {
        ClassElement::MethodDefinition(method) if method.key.is_private_identifier() => {
            Some(method.span.start)
        }
        ClassElement::PropertyDefinition(field)
            if field.computed || static_key(&field.key).is_none() && !field.key.is_private_identifier() =>
        {
            Some(field.span.start)
        }
        _ => None,
    }
}

fn private_names(class: &Class<'_>) -> Vec<(String, PrivateSort)> {
    let mut names = Vec::new();
    for element in &class.body.body {
        let (key, sort) = match element {
            ClassElement::MethodDefinition(method) if method.r#static => {
                (&method.key, PrivateSort::StaticMethod)
            }
            ClassElement::MethodDefinition(method) => (&method.key, PrivateSort::Method),
            ClassElement::PropertyDefinition(property) => (&property.key, PrivateSort::Field),
            _ => continue,
        };
        if let PropertyKey::PrivateIdentifier(field) = key {
            names.push((field.name.to_string(), sort));
        }
    }
    names
}

impl Compiler<'_> {
    /// An operation on a private name, which belongs to the class body that declares it.
    pub(super) fn op_private(
        &mut self,
        op: u8,
        a: Reg,
        b: Reg,
        c: u8,
        field: &PrivateIdentifier<'_>,
    ) -> Result<()> {
        let scopes = self.private_scopes.iter().rev();
        let found = scopes.filter_map(|scope| Some((scope, scope.sort_of(&field.name)?))).next();
        let Some((scope, sort)) = found else {
            let message = format!(
                "SyntaxError: Private field '#{}' must be declared in an enclosing class",
                field.name
            );
            return Err(self.error(field.span, &message));
        };
        let class = scope.start;
        let label = if scope.class.is_empty() { "anonymous" } else { &scope.class };
        let lacking = match sort {
            PrivateSort::Field => None,
            PrivateSort::Method => Some(format!("an instance of class {label}")),
            PrivateSort::StaticMethod => Some(format!("class {label}")),
        };
        if let Some(lacking) = lacking.filter(|_| matches!(op, bc::GET_PRIVATE | bc::SET_PRIVATE)) {
            self.emit().callee(lacking);
        }
        let cache = self.emit().cache(CacheName::Private(name(&field.name), class));
        self.op_with(op, a, b, c, cache);
        Ok(())
    }
}
