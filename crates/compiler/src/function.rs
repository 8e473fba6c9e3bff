//! Functions: the script itself, declarations, expressions, arrows, methods, class initialisers.
//!
//! A function begins with what its calls leave in the registers (link, callee, this, parameters), takes `arguments` and
//! the rest parameter before anything can overwrite the surplus arguments, opens its context if closures capture
//! something, binds the parameters, hoists the declarations, and only then runs its body.

use oxc_ast::ast::*;
use oxc_span::Span;
use oxc_syntax::{scope::ScopeId, symbol::SymbolId};

use super::scopes::MODULE_VARIABLES;
use super::variable::Check;
use super::*;
use crate::bytecode::{FunctionFlags, FunctionKind};

/// The directive of a function whose own code comes later, as the build script writes it.
const LAZY: &str = "lazy";

/// What a function is made of, whatever its syntax.
pub(super) struct Parts<'p, 'a> {
    pub name: Name,
    pub kind: FunctionKind,
    pub flags: FunctionFlags,
    pub id: FunctionId,
    pub scope: Option<ScopeId>,
    pub span: Span,
    pub parameters: Option<&'p FormalParameters<'a>>,
    pub body: Body<'p, 'a>,
    /// Where `super` looks, and the class's field initialiser.
    pub home: Option<Location>,
    pub initialiser: Option<Location>,
}

/// The code of a function.
pub(super) enum Body<'p, 'a> {
    Statements(&'p FunctionBody<'a>),
    Script(&'p Program<'a>),
    Expression(&'p Expression<'a>),
    /// The constructor of a class that has none: passes its arguments on to the superclass.
    DefaultConstructor,
    /// Field initialisers and static blocks, in order.
    Elements(Vec<&'p ClassElement<'a>>),
}

impl<'s> Compiler<'s> {
    pub(super) fn new(source: &'s str, scoping: &'s Scoping, facts: &'s Facts, mode: Mode) -> Self {
        Self {
            source,
            mode,
            scoping,
            facts,
            functions: Vec::new(),
            frames: Vec::new(),
            locations: FxHashMap::default(),
            awaited: FxHashSet::default(),
            module_locations: FxHashMap::default(),
            contexts: Vec::new(),
            next_context: 0,
            private_scopes: Vec::new(),
            open_classes: Vec::new(),
            kept_elements: FxHashMap::default(),
            method_span: None,
            label: None,
            pattern_source: Default::default(),
        }
    }

    /// The whole script: function 0.
    pub(super) fn script(mut self, program: &Program<'_>) -> Result<Script> {
        let strict = program.has_use_strict_directive();
        self.compile_function(Parts {
            name: name(""),
            kind: FunctionKind::Normal,
            flags: FunctionFlags { strict, ..FunctionFlags::default() },
            id: FunctionId(0),
            scope: program.scope_id.get(),
            span: program.span,
            parameters: None,
            body: Body::Script(program),
            home: None,
            initialiser: None,
        })?;
        let globals = match (self.mode, program.scope_id.get()) {
            (Mode::Global, Some(scope)) => self.global_variables(scope),
            _ => Vec::new(),
        };
        Ok(Script { functions: self.functions, globals })
    }

    /// The names that a script outside any function declares as `var` or function.
    fn global_variables(&self, scope: ScopeId) -> Vec<Name> {
        let mut symbols: Vec<SymbolId> = self.scoping.iter_bindings_in(scope).collect();
        semispace_sorting::sort_by(&mut symbols, Ord::cmp);
        symbols.retain(|&symbol| self.is_global(symbol));
        symbols.into_iter().map(|symbol| name(self.scoping.symbol_name(symbol))).collect()
    }

    /// Whether the variable is a property of the global object.
    pub(super) fn is_global(&self, symbol: SymbolId) -> bool {
        self.mode == Mode::Global
            && self.scoping.symbol_scope_id(symbol) == self.scoping.root_scope_id()
            && !self.is_lexical(symbol)
    }

    /// A closure over a `function`, in `into`.
    pub(super) fn function_value(
        &mut self,
        into: Reg,
        function: &Function<'_>,
        kind: FunctionKind,
        named: Name,
        home: Option<Location>,
    ) -> Result<()> {
        let flags = FunctionFlags {
            strict: self.is_strict(function.scope_id.get()),
            generator: function.generator,
            asynchronous: function.r#async,
        };
        let Some(body) = &function.body else { return Ok(()) };
        let span = self.method_span.take().unwrap_or(function.span);
        let index = self.compile_function(Parts {
            name: function.id.as_ref().map_or(named, |id| name(&id.name)),
            kind,
            flags,
            id: self.facts.function_of(function.scope_id.get()),
            scope: function.scope_id.get(),
            span,
            parameters: Some(&function.params),
            body: Body::Statements(body),
            home,
            initialiser: None,
        })?;
        self.closure(into, index);
        Ok(())
    }

    pub(super) fn arrow_value(
        &mut self,
        into: Reg,
        arrow: &ArrowFunctionExpression<'_>,
        named: Name,
    ) -> Result<()> {
        let index = self.compile_function(Parts {
            name: named,
            kind: FunctionKind::Arrow,
            flags: FunctionFlags {
                strict: self.is_strict(arrow.scope_id.get()),
                generator: false,
                asynchronous: arrow.r#async,
            },
            id: self.facts.function_of(arrow.scope_id.get()),
            scope: arrow.scope_id.get(),
            span: arrow.span,
            parameters: Some(&arrow.params),
            body: match &arrow.body {
                ArrowFunctionBody::FunctionBody(body) => Body::Statements(body),
                body => body.as_expression().map_or(Body::DefaultConstructor, Body::Expression),
            },
            home: None,
            initialiser: None,
        })?;
        self.closure(into, index);
        Ok(())
    }

    pub(super) fn closure(&mut self, into: Reg, index: u32) {
        let context = self.current_context();
        self.op_with(bc::CLOSURE, into, context, 0, index);
    }

    fn is_strict(&self, scope: Option<ScopeId>) -> bool {
        scope.is_some_and(|scope| self.scoping.scope_flags(scope).is_strict_mode())
    }

    /// Compiles a function and returns its index.
    pub(super) fn compile_function(&mut self, parts: Parts<'_, '_>) -> Result<u32> {
        let label = self.label.take().unwrap_or_else(|| name(""));
        let index = self.functions.len() as u32;
        self.functions.push(FunctionCode::default());
        self.frames.push(Frame {
            emitter: Emitter::default(),
            kind: parts.kind,
            flags: parts.flags,
            next: FIRST_PARAMETER,
            highest: FIRST_PARAMETER,
            besides: 0,
            highest_in_v8: 0,
            first_temporary: FIRST_PARAMETER,
            controls: Vec::new(),
            outer_contexts: self.contexts.len(),
            this_location: None,
            arguments_location: None,
            new_target_location: None,
            home: parts.home,
            initialiser: parts.initialiser,
            pending_labels: Vec::new(),
        });
        let open = self.contexts.len();
        let (parameters, length) =
            if self.is_outline(&parts) { self.outline(&parts)? } else { self.function_body(&parts)? };
        self.close_contexts(open);
        if let Some(frame) = self.frames.pop() {
            let mut code = frame.emitter.finish();
            code.name = parts.name;
            code.label = label;
            code.kind = parts.kind;
            code.flags = parts.flags;
            code.parameters = parameters;
            code.length = length;
            code.registers = u16::from(frame.highest) + 1;
            code.saved = code.saved.max(saved_registers(&code, frame.highest_in_v8 + 1));
            let assignments = self.facts.of(parts.id).this_assignments;
            code.expected_properties = assignments.min(252) as u8;
            code.span = (parts.span.start, parts.span.end);
            self.functions[index as usize] = code;
        }
        Ok(index)
    }

    /// Whether the function's own code comes later.
    fn is_outline(&self, parts: &Parts<'_, '_>) -> bool {
        self.mode == Mode::Prelude
            && matches!(parts.body, Body::Statements(body)
                if body.directives.first().is_some_and(|first| first.directive == LAZY))
    }

    fn outline(&mut self, parts: &Parts<'_, '_>) -> Result<(u8, u8)> {
        let counts = self.reserve_parameters(parts)?;
        self.op_with(bc::COMPILE_LAZY, 0, 0, 0, 0);
        Ok(counts)
    }

    #[inline(never)]
    fn function_body(&mut self, parts: &Parts<'_, '_>) -> Result<(u8, u8)> {
        let (count, length) = self.reserve_parameters(parts)?;
        self.at(Span::new(parts.span.start, parts.span.start));
        let surplus = self.take_arguments(parts)?;
        self.frame().first_temporary = self.mark();
        self.declare_function_scope(parts, surplus)?;
        let asynchronous = parts.flags.asynchronous && !parts.flags.generator;
        let start = self.emit().here();
        if asynchronous {
            // What the parameters throw rejects the promise too.
            self.op(bc::ASYNC_START, 0, 0, 0);
        }
        self.bind_parameters(parts, surplus)?;
        self.map_arguments(parts, surplus.0)?;
        self.separate_body_variables(parts)?;
        self.hoist_functions(parts)?;
        if parts.flags.generator {
            self.op(bc::GENERATOR, 0, 0, 0);
        }
        self.run_field_initialiser(parts)?;
        self.run_body(parts)?;
        if asynchronous {
            let end = self.emit().here();
            self.emit().handler(start, end);
            let error = self.temporary(parts.span)?;
            self.op(bc::CATCH, error, 0, 0);
            self.op(bc::ASYNC_THROW, error, 0, 0);
            self.op(bc::ASYNC_LEAVE, 0, 0, 0);
        }
        Ok((count, length))
    }

    /// Whether the function is what Node's module wrapper wraps.
    pub(super) fn has_module_variables(&self, parts: &Parts<'_, '_>) -> bool {
        matches!(parts.body, Body::Script(_)) && self.mode != Mode::Global
    }

    #[inline(never)]
    fn declare_function_scope(
        &mut self,
        parts: &Parts<'_, '_>,
        surplus: (Option<Reg>, Option<Reg>),
    ) -> Result<()> {
        let mut symbols: Vec<SymbolId> =
            parts.scope.map(|scope| self.scoping.iter_bindings_in(scope).collect()).unwrap_or_default();
        semispace_sorting::sort_by(&mut symbols, Ord::cmp);
        self.place_parameters(parts);
        symbols.retain(|&symbol| !self.locations.contains_key(&symbol) && !self.is_global(symbol));
        let facts = self.facts.of(parts.id).clone();
        let arrow = parts.kind == FunctionKind::Arrow;
        let captures = [
            !arrow && facts.this_captured,
            !arrow && facts.arguments_captured,
            !arrow && facts.new_target_captured,
        ];
        let mut modules: Vec<&'static str> = Vec::new();
        if self.has_module_variables(parts) {
            modules
                .extend(MODULE_VARIABLES.iter().filter(|name| self.facts.is_module_variable_captured(name)));
        }
        let special = ["this", "arguments", "new.target"].into_iter().zip(captures);
        let mut names: Vec<&str> = special.filter(|&(_, captured)| captured).map(|(name, _)| name).collect();
        names.extend(&modules);
        let mut extra = self.declare(&symbols, &names, parts.span)?;
        let mut next = || {
            let location = extra;
            if let Some(Location::Context { slot, .. }) = &mut extra {
                *slot += 1;
            }
            location
        };
        let special: Vec<Option<Location>> =
            captures.iter().map(|&captured| if captured { next() } else { None }).collect();
        let module_slots: Vec<_> = modules.iter().map(|&module| (module, next())).collect();
        self.set_special_locations(&special, surplus.0, arrow);
        self.emit_special_locations(parts, surplus.0)?;
        for (index, variable) in MODULE_VARIABLES.into_iter().enumerate() {
            if !self.has_module_variables(parts) {
                break;
            }
            let register = FIRST_PARAMETER + index as u8;
            let slot =
                module_slots.iter().find(|(module, _)| *module == variable).and_then(|(_, slot)| *slot);
            if let Some(slot) = slot {
                self.store_location(slot, register);
            }
            self.emit().variable(register, variable);
            self.module_locations.insert(variable, slot.unwrap_or(Location::Register(register)));
        }
        self.bind_own_name(&symbols);
        Ok(())
    }

    fn set_special_locations(&mut self, special: &[Option<Location>], arguments: Option<Reg>, arrow: bool) {
        if arrow {
            return;
        }
        let frame = self.frame();
        frame.this_location = Some(special[0].unwrap_or(Location::Register(THIS)));
        frame.arguments_location = special[1].or(arguments.map(Location::Register));
        frame.new_target_location = special[2];
    }

    #[inline(never)]
    fn emit_special_locations(&mut self, parts: &Parts<'_, '_>, arguments: Option<Reg>) -> Result<()> {
        if parts.kind == FunctionKind::Arrow {
            return Ok(());
        }
        let sloppy_this = !parts.flags.strict
            && matches!(parts.kind, FunctionKind::Normal | FunctionKind::Method)
            && self.facts.of(parts.id).uses_this;
        if sloppy_this {
            self.op(bc::SLOPPY_THIS, THIS, 0, 0);
        }
        if let Some(location @ Location::Context { .. }) = self.frame_ref().this_location {
            // In a derived constructor this stores the mark of an uninitialised variable.
            self.store_location(location, THIS);
        }
        if let (Some(location), Some(register)) = (self.frame_ref().arguments_location, arguments) {
            self.store_location(location, register);
        }
        if let (Some(symbol), Some(register)) = (self.facts.own_arguments(parts.id), arguments)
            && let Some(&location) = self.locations.get(&symbol)
        {
            self.store_location(location, register);
        }
        if let Some(location) = self.frame_ref().new_target_location {
            let mark = self.mark();
            let register = self.temporary(parts.span)?;
            self.op(bc::NEW_TARGET, register, 0, 0);
            self.store_location(location, register);
            self.release(mark);
        }
        Ok(())
    }

    /// A named function expression sees itself under its name.
    fn bind_own_name(&mut self, symbols: &[SymbolId]) {
        for &symbol in symbols {
            let flags = self.scoping.symbol_flags(symbol);
            if flags.contains(oxc_syntax::symbol::SymbolFlags::FunctionExpression)
                && let Some(&location) = self.locations.get(&symbol)
            {
                self.store_location(location, CALLEE);
            }
        }
    }

    fn hoist_functions(&mut self, parts: &Parts<'_, '_>) -> Result<()> {
        match &parts.body {
            Body::Statements(body) => self.hoist_declarations(&body.statements),
            Body::Script(program) => self.hoist_declarations(&program.body),
            _ => Ok(()),
        }
    }

    /// Function declarations exist from the start of their block.
    pub(super) fn hoist_declarations(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        for statement in statements {
            if let Statement::FunctionDeclaration(function) = unlabelled(statement)
                && let Some(id) = &function.id
            {
                let mark = self.mark();
                let register = match self.binding_register(id) {
                    Some(register) => register,
                    None => self.temporary(function.span)?,
                };
                self.function_value(register, function, FunctionKind::Normal, name(&id.name), None)?;
                self.initialise(id, register);
                self.release(mark);
            }
        }
        Ok(())
    }

    /// The declaration of a sloppy function in a block is reached: the function around the block has it now.
    pub(super) fn copy_block_function(&mut self, function: &Function<'_>) -> Result<()> {
        let Some(id) = &function.id else { return Ok(()) };
        let Some(symbol) = id.symbol_id.get() else { return Ok(()) };
        let (Some(target), Some(own)) = (self.facts.copied_to(symbol), self.locations.get(&symbol).copied())
        else {
            return Ok(());
        };
        let mark = self.mark();
        let value = self.temporary(function.span)?;
        self.load_location(value, own, Check::Skip, "")?;
        self.initialise_symbol(target, &id.name, value);
        self.release(mark);
        Ok(())
    }

    /// A base class's constructor runs the field initialisers first.
    fn run_field_initialiser(&mut self, parts: &Parts<'_, '_>) -> Result<()> {
        if parts.kind == FunctionKind::BaseConstructor && parts.initialiser.is_some() {
            self.call_initialiser(parts.span)?;
        }
        Ok(())
    }

    /// Calls the class's field initialiser with the current `this`.
    pub(super) fn call_initialiser(&mut self, span: Span) -> Result<()> {
        let Some(location) = self.this_frame().initialiser else { return Ok(()) };
        let mark = self.mark();
        let base = self.temporary(span)?;
        let callee = self.temporary(span)?;
        let this = self.temporary(span)?;
        self.load_location(callee, location, Check::Skip, "")?;
        self.load_this(this, span)?;
        self.op(bc::CALL, base, base, 0);
        self.release(mark);
        Ok(())
    }

    #[inline(never)]
    fn run_body(&mut self, parts: &Parts<'_, '_>) -> Result<()> {
        match &parts.body {
            Body::Statements(body) => self.statements(&body.statements)?,
            Body::Script(program) => self.statements(&program.body)?,
            Body::Expression(expression) => {
                self.emit().statement();
                let value = self.any(expression)?;
                return self.leave_function(value, parts.span);
            }
            Body::DefaultConstructor => {
                if parts.kind == FunctionKind::DerivedConstructor {
                    self.default_super_call(parts)?;
                }
            }
            Body::Elements(elements) => self.initialise_elements(elements)?,
        }
        let span = Span::new(parts.span.end.saturating_sub(1), parts.span.end);
        self.at(span);
        let mark = self.mark();
        let value = self.temporary(span)?;
        self.load_undefined(value);
        self.leave_function(value, span)?;
        self.release(mark);
        Ok(())
    }

    /// The instruction that ends a function, after every `finally` and iterator has been seen to.
    pub(super) fn leave_function(&mut self, value: Reg, span: Span) -> Result<()> {
        let frame = self.frame_ref();
        let kind = frame.kind;
        if frame.flags.asynchronous && !frame.flags.generator {
            let mark = self.mark();
            let ignored = self.temporary(span)?;
            self.copy(ignored, value);
            self.op(bc::ASYNC_RETURN, ignored, 0, 0);
            self.op(bc::ASYNC_LEAVE, 0, 0, 0);
            self.release(mark);
            return Ok(());
        }
        if kind == FunctionKind::DerivedConstructor
            && let Some(location @ Location::Context { .. }) = self.frame_ref().this_location
        {
            self.load_location(THIS, location, Check::Skip, "")?;
        }
        self.at(span);
        self.op(bc::RETURN, value, 0, 0);
        Ok(())
    }

    /// `constructor(...args) { super(...args) }`
    fn default_super_call(&mut self, parts: &Parts<'_, '_>) -> Result<()> {
        let mark = self.mark();
        let base = self.temporary(parts.span)?;
        let callee = self.temporary(parts.span)?;
        let target = self.temporary(parts.span)?;
        let array = self.temporary(parts.span)?;
        self.op(bc::SUPER_CONSTRUCTOR, callee, CALLEE, 0);
        self.op(bc::NEW_TARGET, target, 0, 0);
        self.copy(array, FIRST_PARAMETER);
        self.op(bc::SUPER_CALL_SPREAD, base, base, 0);
        self.finish_super_call(base, parts.span)?;
        self.release(mark);
        Ok(())
    }

    /// What `super(...)` gave becomes `this`; then the fields of this class are initialised.
    pub(super) fn finish_super_call(&mut self, result: Reg, span: Span) -> Result<()> {
        let Some(location) = self.this_frame().this_location else { return Ok(()) };
        let mark = self.mark();
        let probe = self.temporary(span)?;
        self.load_location(probe, location, Check::Skip, "")?;
        self.op(bc::CHECK_THIS, probe, 1, 0);
        self.release(mark);
        self.store_location(location, result);
        self.call_initialiser(span)
    }

    /// `this`, checked where it may still be missing.
    pub(super) fn load_this(&mut self, into: Reg, span: Span) -> Result<()> {
        let frame = self.this_frame();
        let derived = frame.kind == FunctionKind::DerivedConstructor;
        let location = frame.this_location.unwrap_or(Location::Register(THIS));
        self.load_location(into, location, Check::Skip, "")?;
        if derived {
            self.at(span);
            self.op(bc::CHECK_THIS, into, 0, 0);
        }
        Ok(())
    }

    /// The register of `this`, where reading it needs nothing.
    pub(super) fn this_register(&self) -> Option<Reg> {
        let frame = self.frame_ref();
        let own = !matches!(frame.kind, FunctionKind::Arrow | FunctionKind::DerivedConstructor);
        own.then_some(THIS)
    }

    /// `new.target`
    pub(super) fn load_new_target(&mut self, into: Reg, span: Span) -> Result<()> {
        let own = self.frame_ref().kind != FunctionKind::Arrow;
        match self.this_frame().new_target_location {
            Some(location) if !own => self.load_location(into, location, Check::Skip, ""),
            _ if own => {
                self.op(bc::NEW_TARGET, into, 0, 0);
                Ok(())
            }
            _ => Err(self.unsupported(span, "`new.target` here")),
        }
    }
}

/// What the labels of a statement stand before.
fn unlabelled<'s, 'a>(statement: &'s Statement<'a>) -> &'s Statement<'a> {
    match statement {
        Statement::LabeledStatement(labelled) => unlabelled(&labelled.body),
        other => other,
    }
}

/// Registers that V8 keeps for a frame that waits (`JSGeneratorObject::parameters_and_registers`): its parameters, and all that the
/// function ever needs. `most` is what this compiler needs, together with what V8 needs besides. Compared with V8's for small
/// functions, ours has the link, the callee, `this` and one temporary more; V8's never has fewer than its own prologue uses.
fn saved_registers(code: &FunctionCode, most: u16) -> u16 {
    let parameters = u16::from(code.parameters);
    match (code.flags.generator, code.flags.asynchronous) {
        (true, true) => parameters + most.max(8),
        (true, false) => most.saturating_sub(4).max(parameters + 3),
        (false, true) => most.saturating_sub(4).max(parameters + 5),
        (false, false) => 0,
    }
}
