//! Before code is made: which variables closures capture, and what each function uses of `this`, `arguments`,
//! `new.target` and `super`.
//!
//! A variable lives in a register unless a closure of another function refers to it; then, and only then, it lives in
//! the heap context of its scope (V8: `DeclarationScope::AllocateVariables`). One walk over the tree decides it.
//! Field initialisers and static blocks count as functions of their own, because they run as such.

use std::cell::Cell;

use oxc_ast::ast::*;
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan, Span};
use oxc_syntax::{
    reference::ReferenceId,
    scope::{ScopeFlags, ScopeId},
    symbol::{SymbolFlags, SymbolId},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// A function of the source in the order of the walk; 0 is the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FunctionId(pub u32);

/// What the walk found out about one function.
#[derive(Clone, Debug, Default)]
pub struct FunctionFacts {
    parent: u32,
    is_arrow: bool,
    /// It uses `this`, itself or in an arrow function.
    pub uses_this: bool,
    /// An arrow function inside uses its `this`.
    pub this_captured: bool,
    /// It uses `arguments`.
    pub uses_arguments: bool,
    /// An arrow function inside uses its `arguments`.
    pub arguments_captured: bool,
    /// An arrow function inside uses its `new.target`.
    pub new_target_captured: bool,
    /// It uses `super.x`, itself or in an arrow function.
    pub uses_home: bool,
    /// How many assignments to properties of `this` it holds.
    pub this_assignments: u32,
    /// The parameters of a sloppy function whose parameters are all plain names.
    plain_parameters: Vec<SymbolId>,
    /// The parameters that the body declares again as `var` or function.
    declared_again: Vec<SymbolId>,
    /// `var arguments`: a variable that begins as the arguments object.
    own_arguments: Option<SymbolId>,
}

/// Everything the walk found out.
pub struct Facts {
    functions: Vec<FunctionFacts>,
    /// The facts of functions that the source does not write, as default constructors.
    none: FunctionFacts,
    by_scope: FxHashMap<ScopeId, FunctionId>,
    initialisers: FxHashMap<(ScopeId, bool), FunctionId>,
    captured: FxHashSet<SymbolId>,
    early: FxHashSet<SymbolId>,
    early_parameters: FxHashSet<SymbolId>,
    captured_module: FxHashSet<&'static str>,
    /// What references among parameters mean that seem to mean a variable of the body.
    redirected: FxHashMap<ReferenceId, Option<SymbolId>>,
    /// The variables of functions that sloppy functions inside blocks are copied to (ECMA-262 B.3.3).
    copied: FxHashMap<SymbolId, SymbolId>,
}

/// The variables that Node's module wrapper gives a script.
pub const MODULE_VARIABLES: [&str; 5] = ["exports", "require", "module", "__filename", "__dirname"];

impl Facts {
    /// Walks the program.
    pub fn collect(program: &Program<'_>, scoping: &Scoping) -> Self {
        let facts = Self {
            functions: vec![FunctionFacts::default()],
            none: FunctionFacts::default(),
            by_scope: FxHashMap::default(),
            initialisers: FxHashMap::default(),
            captured: FxHashSet::default(),
            early: FxHashSet::default(),
            early_parameters: FxHashSet::default(),
            captured_module: FxHashSet::default(),
            redirected: FxHashMap::default(),
            copied: FxHashMap::default(),
        };
        let mut walk = Walk {
            scoping,
            facts,
            stack: vec![FunctionId(0)],
            owner: FxHashMap::default(),
            classes: Vec::new(),
            declaring: Vec::new(),
            in_parameters: false,
            function_scopes: Vec::new(),
            parameters: Vec::new(),
            parameter_symbols: FxHashSet::default(),
            shared: FxHashMap::default(),
        };
        walk.visit_program(program);
        let mut facts = walk.facts;
        for function in facts.functions.iter_mut() {
            if function.uses_arguments {
                facts.captured.extend(&function.plain_parameters);
            } else {
                function.plain_parameters.clear();
            }
        }
        facts
    }

    /// The parameters that share their variables with the arguments object, in order.
    pub fn mapped_parameters(&self, function: FunctionId) -> &[SymbolId] {
        &self.of(function).plain_parameters
    }

    /// The parameters that the function's body declares again.
    pub fn parameters_declared_again(&self, function: FunctionId) -> &[SymbolId] {
        &self.of(function).declared_again
    }

    /// Whether the defaults of parameters may reach this parameter before it has its value.
    pub fn is_early_parameter(&self, symbol: SymbolId) -> bool {
        self.early_parameters.contains(&symbol)
    }

    /// The function whose own scope is `scope`.
    pub fn function_of(&self, scope: Option<ScopeId>) -> FunctionId {
        scope.and_then(|scope| self.by_scope.get(&scope)).copied().unwrap_or(FunctionId(0))
    }

    /// The pseudo-function of a class's initialisers, if it has any.
    pub fn initialiser_of(&self, class: ScopeId, is_static: bool) -> Option<FunctionId> {
        self.initialisers.get(&(class, is_static)).copied()
    }

    /// The variable that an identifier means.
    pub fn symbol_of(&self, identifier: &IdentifierReference<'_>, scoping: &Scoping) -> Option<SymbolId> {
        let id = identifier.reference_id.get()?;
        match self.redirected.get(&id) {
            Some(&symbol) => symbol,
            None => scoping.get_reference(id).symbol_id(),
        }
    }

    /// The variable `arguments` that a function's body declares without being a function.
    pub fn own_arguments(&self, function: FunctionId) -> Option<SymbolId> {
        self.of(function).own_arguments
    }

    /// The facts of one function.
    pub fn of(&self, function: FunctionId) -> &FunctionFacts {
        self.functions.get(function.0 as usize).unwrap_or(&self.none)
    }

    /// Whether a closure of another function refers to the variable.
    pub fn is_captured(&self, symbol: SymbolId) -> bool {
        self.captured.contains(&symbol)
    }

    /// Whether code of the variable's own function may reach it before its initialisation.
    pub fn may_be_early(&self, symbol: SymbolId) -> bool {
        self.early.contains(&symbol)
    }

    /// The variable that a function in a block is copied to when its declaration is reached.
    pub fn copied_to(&self, symbol: SymbolId) -> Option<SymbolId> {
        self.copied.get(&symbol).copied()
    }

    /// Whether a function refers to this variable of the module wrapper.
    pub fn is_module_variable_captured(&self, name: &str) -> bool {
        self.captured_module.contains(name)
    }
}

struct Walk<'s> {
    scoping: &'s Scoping,
    facts: Facts,
    stack: Vec<FunctionId>,
    owner: FxHashMap<ScopeId, FunctionId>,
    classes: Vec<ScopeId>,
    /// What the declarations that the walk is inside of declare: source ranges of their names or patterns.
    declaring: Vec<Span>,
    /// The walk is among the parameters of the current function.
    in_parameters: bool,
    /// The scopes of the functions around this point.
    function_scopes: Vec<ScopeId>,
    /// The functions whose parameters are around this point, with the range of those.
    parameters: Vec<(ScopeId, Span)>,
    parameter_symbols: FxHashSet<SymbolId>,
    /// Functions in blocks that are one variable with that of the function around, and their blocks.
    shared: FxHashMap<SymbolId, ScopeId>,
}

impl Walk<'_> {
    fn current(&self) -> FunctionId {
        self.stack[self.stack.len() - 1]
    }

    fn open(&mut self, is_arrow: bool) -> FunctionId {
        let id = FunctionId(self.facts.functions.len() as u32);
        let parent = self.current().0;
        self.facts.functions.push(FunctionFacts { parent, is_arrow, ..FunctionFacts::default() });
        self.stack.push(id);
        id
    }

    fn initialiser(&mut self, is_static: bool) -> FunctionId {
        let class = self.classes.last().copied().unwrap_or(ScopeId::new(0));
        if let Some(&id) = self.facts.initialisers.get(&(class, is_static)) {
            self.stack.push(id);
            return id;
        }
        let id = self.open(false);
        self.facts.initialisers.insert((class, is_static), id);
        id
    }

    /// Before its declaration in the source, or inside it.
    fn is_early(&self, reference: Span, symbol: SymbolId) -> bool {
        let declared = self.scoping.symbol_span(symbol);
        reference.start < declared.end
            || self.declaring.iter().any(|range| range.start <= declared.start && declared.end <= range.end)
    }

    /// What stands among the parameters does not see the variables of the body: the scopes of both are one in the
    /// analysis, so such a reference goes to the scope outside.
    fn redirect(&mut self, identifier: &IdentifierReference<'_>) {
        let Some(id) = identifier.reference_id.get() else { return };
        let Some(symbol) = self.scoping.get_reference(id).symbol_id() else { return };
        let scope = self.scoping.symbol_scope_id(symbol);
        let declared = self.scoping.symbol_span(symbol);
        let is_own_name = self.scoping.symbol_flags(symbol).contains(SymbolFlags::FunctionExpression);
        let is_of_body = |&(function, range): &(ScopeId, Span)| {
            function == scope && !(range.start <= declared.start && declared.end <= range.end)
        };
        if !is_own_name && self.parameters.iter().any(is_of_body) {
            let outside = self.scoping.scope_parent_id(scope);
            let found = outside.and_then(|outside| self.scoping.find_binding(outside, identifier.name));
            self.facts.redirected.insert(id, found);
        }
    }

    /// The `var arguments` of a function's body, unless a parameter or a function has that name.
    fn own_arguments(&self, scope: ScopeId, parameters: Span) -> Option<SymbolId> {
        let symbol = self.scoping.get_binding(scope, "arguments".into())?;
        let flags = self.scoping.symbol_flags(symbol);
        let declared = self.scoping.symbol_span(symbol);
        let is_parameter = parameters.start <= declared.start && declared.end <= parameters.end;
        let is_var = flags.contains(SymbolFlags::FunctionScopedVariable)
            && !flags.intersects(SymbolFlags::Function | SymbolFlags::FunctionExpression);
        (is_var && !is_parameter).then_some(symbol)
    }

    /// A sloppy function in a block is a variable of the function around it too, unless a `var` of its name were an error
    /// there. The analysis makes both the same variable where the name is new; here are the others.
    fn note_block_function(&mut self, function: &Function<'_>) {
        let plain = function.is_declaration() && !function.r#async && !function.generator;
        let (true, Some(id), Some(scope)) = (plain, &function.id, function.scope_id.get()) else { return };
        let Some(symbol) = id.symbol_id.get() else { return };
        let Some(block) = self.scoping.scope_parent_id(scope) else { return };
        let flags = |scope| self.scoping.scope_flags(scope);
        if flags(block).is_var() || flags(block).is_strict_mode() {
            return;
        }
        if self.scoping.symbol_scope_id(symbol) != block {
            self.shared.insert(symbol, block);
            return;
        }
        for outer in self.scoping.scope_ancestors(block).skip(1) {
            let found = self.scoping.get_binding(outer, id.name);
            let of = |found| self.scoping.symbol_flags(found);
            match found {
                Some(target) if flags(outer).is_var() => {
                    let is_variable =
                        of(target).intersects(SymbolFlags::FunctionScopedVariable | SymbolFlags::Function);
                    let is_around = self
                        .shared
                        .get(&target)
                        .is_some_and(|&of| self.scoping.scope_ancestors(block).any(|at| at == of));
                    if is_variable && !is_around && !self.parameter_symbols.contains(&target) {
                        self.facts.copied.insert(symbol, target);
                    }
                    return;
                }
                Some(other) if !of(other).contains(SymbolFlags::CatchVariable) => return,
                _ => {}
            }
        }
    }

    /// The nearest function with a `this` of its own, and whether an arrow function lies between.
    fn this_function(&mut self) -> (&mut FunctionFacts, bool) {
        let mut index = self.current().0;
        let mut crossed = false;
        while self.facts.functions[index as usize].is_arrow {
            crossed = true;
            index = self.facts.functions[index as usize].parent;
        }
        (&mut self.facts.functions[index as usize], crossed)
    }
}

impl<'a> Visit<'a> for Walk<'_> {
    fn enter_scope(&mut self, _: ScopeFlags, scope: &Cell<Option<ScopeId>>) {
        if let Some(scope) = scope.get() {
            self.owner.insert(scope, self.current());
        }
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.note_block_function(function);
        let id = self.open(false);
        if let Some(scope) = function.scope_id.get() {
            self.facts.by_scope.insert(scope, id);
            let own_arguments = self.own_arguments(scope, function.params.span);
            let facts = &mut self.facts.functions[id.0 as usize];
            if !self.scoping.scope_flags(scope).is_strict_mode() {
                facts.plain_parameters = plain_parameters(&function.params);
            }
            facts.uses_arguments = own_arguments.is_some();
            facts.own_arguments = own_arguments;
        }
        let outer = std::mem::replace(&mut self.in_parameters, false);
        self.function_scopes.extend(function.scope_id.get());
        walk::walk_function(self, function, flags);
        self.function_scopes.pop();
        self.in_parameters = outer;
        self.stack.pop();
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        let id = self.open(true);
        if let Some(scope) = function.scope_id.get() {
            self.facts.by_scope.insert(scope, id);
        }
        let outer = std::mem::replace(&mut self.in_parameters, false);
        self.function_scopes.extend(function.scope_id.get());
        walk::walk_arrow_function_expression(self, function);
        self.function_scopes.pop();
        self.in_parameters = outer;
        self.stack.pop();
    }

    fn visit_formal_parameters(&mut self, parameters: &FormalParameters<'a>) {
        self.in_parameters = true;
        let scope = self.function_scopes.last().copied().unwrap_or(ScopeId::new(0));
        self.parameters.push((scope, parameters.span));
        walk::walk_formal_parameters(self, parameters);
        self.parameters.pop();
        self.in_parameters = false;
    }

    fn visit_formal_parameter(&mut self, parameter: &FormalParameter<'a>) {
        self.declaring.push(parameter.pattern.span());
        walk::walk_formal_parameter(self, parameter);
        self.declaring.pop();
    }

    fn visit_binding_identifier(&mut self, identifier: &BindingIdentifier<'a>) {
        if let (true, Some(symbol)) = (self.in_parameters, identifier.symbol_id.get()) {
            self.parameter_symbols.insert(symbol);
            let again = !self.scoping.symbol_redeclarations(symbol).is_empty();
            if again {
                let current = self.current().0 as usize;
                self.facts.functions[current].declared_again.push(symbol);
            }
        }
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        self.declaring.push(declarator.id.span());
        walk::walk_variable_declarator(self, declarator);
        self.declaring.pop();
    }

    fn visit_switch_statement(&mut self, switch: &SwitchStatement<'a>) {
        if let Some(scope) = switch.scope_id.get() {
            // A case can jump over a declaration.
            self.facts.early.extend(self.scoping.iter_bindings_in(scope));
        }
        walk::walk_switch_statement(self, switch);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        self.declaring.push(class.id.as_ref().map_or(Span::empty(class.span.start), |id| id.span));
        self.classes.push(class.scope_id.get().unwrap_or(ScopeId::new(0)));
        walk::walk_class(self, class);
        self.classes.pop();
        self.declaring.pop();
    }

    fn visit_property_definition(&mut self, property: &PropertyDefinition<'a>) {
        self.visit_property_key(&property.key);
        self.initialiser(property.r#static);
        if let Some(value) = &property.value {
            self.visit_expression(value);
        }
        self.stack.pop();
    }

    fn visit_static_block(&mut self, block: &StaticBlock<'a>) {
        let id = self.initialiser(true);
        if let Some(scope) = block.scope_id.get() {
            self.facts.by_scope.insert(scope, id);
        }
        walk::walk_static_block(self, block);
        self.stack.pop();
    }

    fn visit_identifier_reference(&mut self, identifier: &IdentifierReference<'a>) {
        self.redirect(identifier);
        match self.facts.symbol_of(identifier, self.scoping) {
            Some(symbol) => {
                let owner = self.owner.get(&self.scoping.symbol_scope_id(symbol)).copied();
                if owner.unwrap_or(FunctionId(0)) != self.current() {
                    self.facts.captured.insert(symbol);
                }
                if self.is_early(identifier.span, symbol) {
                    self.facts.early.insert(symbol);
                    if self.in_parameters && owner == Some(self.current()) {
                        self.facts.early_parameters.insert(symbol);
                    }
                }
            }
            None if identifier.name == "arguments" => {
                let (facts, crossed) = self.this_function();
                facts.uses_arguments = true;
                facts.arguments_captured |= crossed;
            }
            None => {
                let name = MODULE_VARIABLES.into_iter().find(|name| identifier.name == *name);
                if let Some(name) = name
                    && self.current() != FunctionId(0)
                {
                    self.facts.captured_module.insert(name);
                }
            }
        }
    }

    fn visit_this_expression(&mut self, _: &ThisExpression) {
        let (facts, crossed) = self.this_function();
        facts.uses_this = true;
        facts.this_captured |= crossed;
    }

    fn visit_new_target(&mut self, _: &NewTarget) {
        let (facts, crossed) = self.this_function();
        facts.new_target_captured |= crossed;
    }

    fn visit_super(&mut self, _: &Super) {
        let (facts, crossed) = self.this_function();
        facts.this_captured |= crossed;
        facts.new_target_captured |= crossed;
        facts.uses_this = true;
        facts.uses_home = true;
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        if let AssignmentTarget::StaticMemberExpression(member) = &assignment.left
            && matches!(member.object, Expression::ThisExpression(_))
        {
            self.this_function().0.this_assignments += 1;
        }
        walk::walk_assignment_expression(self, assignment);
    }
}

/// The symbols of the parameters, if all are plain names.
fn plain_parameters(parameters: &FormalParameters<'_>) -> Vec<SymbolId> {
    let plain = parameters.rest.is_none() && parameters.items.iter().all(|item| item.initializer.is_none());
    let symbols = parameters.items.iter().map(|item| match &item.pattern {
        BindingPattern::BindingIdentifier(binding) => binding.symbol_id.get(),
        _ => None,
    });
    if plain { symbols.collect::<Option<Vec<_>>>().unwrap_or_default() } else { Vec::new() }
}
