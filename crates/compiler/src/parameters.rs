//! Parameters: from the registers that a call fills to variables, with `arguments` and what a body declares again.

use oxc_ast::ast::*;

use super::function::{Body, Parts};
use super::scopes::MODULE_VARIABLES;
use super::variable::Check;
use super::*;
use crate::bytecode::FunctionKind;
use crate::value;

impl Compiler<'_> {
    /// The registers that calls fill, and the function's `length`.
    pub(super) fn reserve_parameters(&mut self, parts: &Parts<'_, '_>) -> Result<(u8, u8)> {
        if self.has_module_variables(parts) {
            self.reserve(MODULE_VARIABLES.len() as u8);
            return Ok((MODULE_VARIABLES.len() as u8, 0));
        }
        let Some(parameters) = parts.parameters else { return Ok((0, 0)) };
        let count = parameters.items.len();
        if count > LAST_VARIABLE_REGISTER as usize - 8 {
            return Err(self.unsupported(parameters.span, "a function with more than 112 parameters"));
        }
        self.reserve(count as u8);
        let plain = parameters.items.iter().position(|item| item.initializer.is_some()).unwrap_or(count);
        Ok((count as u8, plain as u8))
    }

    /// `arguments` and the rest parameter, while the surplus arguments are still in place.
    #[inline(never)]
    pub(super) fn take_arguments(&mut self, parts: &Parts<'_, '_>) -> Result<(Option<Reg>, Option<Reg>)> {
        let uses_arguments = parts.kind != FunctionKind::Arrow && self.facts.of(parts.id).uses_arguments;
        let rest = parts.parameters.and_then(|parameters| parameters.rest.as_ref());
        if matches!(parts.body, Body::DefaultConstructor) && parts.kind == FunctionKind::DerivedConstructor {
            let register = self.temporary(parts.span)?;
            self.op(bc::REST, register, 0, 0);
            return Ok((None, Some(register)));
        }
        let arguments = if uses_arguments {
            let register = self.temporary(parts.span)?;
            let shares = !self.facts.mapped_parameters(parts.id).is_empty();
            self.op(bc::ARGUMENTS, register, u8::from(shares), 0);
            Some(register)
        } else {
            None
        };
        let rest = match rest {
            Some(rest) => {
                let register = self.temporary(rest.span)?;
                let from = parts.parameters.map_or(0, |parameters| parameters.items.len()) as u8;
                self.op(bc::REST, register, from, arguments.unwrap_or(0));
                Some(register)
            }
            None => None,
        };
        Ok((arguments, rest))
    }

    /// Plain parameters that no closure captures stay where the call put them.
    pub(super) fn place_parameters(&mut self, parts: &Parts<'_, '_>) {
        let Some(parameters) = parts.parameters else { return };
        for (index, item) in parameters.items.iter().enumerate() {
            if let BindingPattern::BindingIdentifier(binding) = &item.pattern
                && let Some(symbol) = binding.symbol_id.get()
                && !self.facts.is_captured(symbol)
                && !self.facts.is_early_parameter(symbol)
            {
                let register = FIRST_PARAMETER + index as u8;
                self.emit().variable(register, &binding.name);
                self.locations.insert(symbol, Location::Register(register));
            }
        }
    }

    pub(super) fn bind_parameters(
        &mut self,
        parts: &Parts<'_, '_>,
        surplus: (Option<Reg>, Option<Reg>),
    ) -> Result<()> {
        let Some(parameters) = parts.parameters else { return Ok(()) };
        for (index, item) in parameters.items.iter().enumerate() {
            let register = FIRST_PARAMETER + index as u8;
            if let Some(default) = &item.initializer {
                self.default_value(register, default, &item.pattern)?;
            }
            if is_repeated(&item.pattern, &parameters.items[index + 1..]) {
                continue;
            }
            self.pattern_source = super::pattern::PatternSource::Parameter;
            self.bind_pattern(&item.pattern, register)?;
        }
        if let (Some(rest), Some(register)) = (&parameters.rest, surplus.1) {
            self.bind_pattern(&rest.rest.argument, register)?;
        }
        Ok(())
    }

    /// In sloppy code with plain parameters, `arguments` and the parameters are the same variables: those of the context
    /// (V8: `DeclarationScope::AllocateParameterLocals` puts them there).
    #[inline(never)]
    pub(super) fn map_arguments(&mut self, parts: &Parts<'_, '_>, arguments: Option<Reg>) -> Result<()> {
        let parameters = self.facts.mapped_parameters(parts.id);
        let (Some(arguments), false) = (arguments, parameters.is_empty()) else { return Ok(()) };
        let mut table = vec![Constant::Count(parameters.len() as u32)];
        let mut context = CALLEE_CONTEXT;
        for (index, symbol) in parameters.iter().enumerate() {
            // Of two parameters with one name, the last is the variable.
            let shadowed = parameters[index + 1..].contains(symbol);
            match self.locations.get(symbol) {
                Some(&Location::Context { id, slot }) if !shadowed => {
                    table.push(Constant::Count(slot));
                    context = self.context_register(id).unwrap_or(context);
                }
                _ => table.push(Constant::Immediate(value::UNDEFINED)),
            }
        }
        let first = self.emit().function.constants.len() as u32;
        self.emit().function.constants.extend(table);
        self.op_with(bc::MAP_ARGUMENTS, arguments, context, 0, first);
        Ok(())
    }

    /// Where parameters have expressions, a `var` of the body with the name of a parameter is another variable, which
    /// begins with the parameter's value.
    #[inline(never)]
    pub(super) fn separate_body_variables(&mut self, parts: &Parts<'_, '_>) -> Result<()> {
        let Some(parameters) = parts.parameters else { return Ok(()) };
        if parameters
            .items
            .iter()
            .all(|item| item.initializer.is_none() && item.pattern.is_binding_identifier())
        {
            return Ok(());
        }
        let mut symbols: Vec<SymbolId> = self.facts.parameters_declared_again(parts.id).to_vec();
        symbols.retain(|&symbol| self.facts.is_captured(symbol));
        if symbols.is_empty() {
            return Ok(());
        }
        let value = self.temporary(parts.span)?;
        let scoping = self.scoping;
        let names: Vec<&str> = symbols.iter().map(|&symbol| scoping.symbol_name(symbol)).collect();
        let id = self.open_context(&names, parts.span)?;
        for (slot, symbol) in symbols.into_iter().enumerate() {
            let own = Location::Context { id, slot: slot as u32 };
            if let Some(parameter) = self.locations.insert(symbol, own) {
                self.load_location(value, parameter, Check::Skip, "")?;
                self.store_location(own, value);
            }
        }
        self.frame().first_temporary = self.mark();
        Ok(())
    }
}

/// Whether a later parameter has the name of this one: the last one is the variable.
fn is_repeated(pattern: &BindingPattern<'_>, later: &[FormalParameter<'_>]) -> bool {
    let BindingPattern::BindingIdentifier(binding) = pattern else { return false };
    let has_name = |item: &FormalParameter<'_>| matches!(&item.pattern, BindingPattern::BindingIdentifier(other) if other.name == binding.name);
    later.iter().any(has_name)
}
