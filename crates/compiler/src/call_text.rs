//! How an error message writes the expression that was called (V8: `CallPrinter`, `src/ast/prettyprinter.cc`).

use oxc_ast::ast::*;

/// What stands for code that a message does not repeat.
const INTERMEDIATE: &str = "(intermediate value)";

/// The text of a callee.
pub(super) fn call_text(expression: &Expression<'_>) -> String {
    match expression {
        Expression::Identifier(identifier) => identifier.name.to_string(),
        Expression::ThisExpression(_) => "this".to_owned(),
        Expression::NullLiteral(_) => "null".to_owned(),
        Expression::BooleanLiteral(literal) => literal.value.to_string(),
        Expression::NumericLiteral(literal) => ryu_js::Buffer::new().format(literal.value).to_owned(),
        Expression::StringLiteral(literal) => format!("\"{}\"", literal.value),
        Expression::StaticMemberExpression(member) => {
            format!("{}{}{}", call_text(&member.object), dot(member.optional), member.property.name)
        }
        Expression::ComputedMemberExpression(member) => computed(member),
        Expression::PrivateFieldExpression(member) => {
            format!("{}{}#{}", call_text(&member.object), dot(member.optional), member.field.name)
        }
        Expression::CallExpression(call) => format!("{}(...)", call_text(&call.callee)),
        Expression::NewExpression(new) => format!("new {}(...)", call_text(&new.callee)),
        Expression::ParenthesizedExpression(inner) => call_text(&inner.expression),
        Expression::ChainExpression(chain) => chain_text(&chain.expression),
        Expression::ArrayExpression(array) => {
            let elements = array.elements.iter().filter_map(ArrayExpressionElement::as_expression);
            format!("[{}]", elements.map(call_text).collect::<Vec<_>>().join(","))
        }
        Expression::ObjectExpression(object) => {
            let values = object.properties.iter().filter_map(|property| match property {
                ObjectPropertyKind::ObjectProperty(property) => Some(call_text(&property.value)),
                ObjectPropertyKind::SpreadProperty(_) => None,
            });
            format!("{{{}}}", values.collect::<String>())
        }
        Expression::SequenceExpression(sequence) => {
            format!("({})", sequence.expressions.iter().map(call_text).collect::<Vec<_>>().join(" , "))
        }
        Expression::BinaryExpression(binary) => {
            format!("({} {} {})", call_text(&binary.left), binary.operator.as_str(), call_text(&binary.right))
        }
        Expression::LogicalExpression(logical) => {
            format!(
                "({} {} {})",
                call_text(&logical.left),
                logical.operator.as_str(),
                call_text(&logical.right)
            )
        }
        Expression::UnaryExpression(unary) => {
            let space = if unary.operator.is_keyword() { " " } else { "" };
            format!("({}{space}{})", unary.operator.as_str(), call_text(&unary.argument))
        }
        _ => INTERMEDIATE.to_owned(),
    }
}

/// What stacks call an anonymous function that is assigned to a member (V8: `FuncNameInferrer`).
pub(super) fn label_of(target: &SimpleAssignmentTarget<'_>) -> Option<String> {
    let member = match target {
        SimpleAssignmentTarget::StaticMemberExpression(member) => member,
        _ => return None,
    };
    let mut parts = vec![member.property.name.as_str()];
    let mut object = &member.object;
    while let Expression::StaticMemberExpression(outer) = object {
        parts.push(outer.property.name.as_str());
        object = &outer.object;
    }
    if let Expression::Identifier(identifier) = object {
        parts.push(identifier.name.as_str());
    }
    parts.retain(|&part| part != "prototype");
    parts.reverse();
    Some(parts.join("."))
}

fn dot(optional: bool) -> &'static str {
    if optional { "?." } else { "." }
}

fn computed(member: &ComputedMemberExpression<'_>) -> String {
    let object = call_text(&member.object);
    match &member.expression {
        Expression::StringLiteral(key) => format!("{object}{}{}", dot(member.optional), key.value),
        key => format!("{object}{}[{}]", if member.optional { "?." } else { "" }, call_text(key)),
    }
}

fn chain_text(element: &ChainElement<'_>) -> String {
    match element {
        ChainElement::CallExpression(call) => format!("{}(...)", call_text(&call.callee)),
        ChainElement::StaticMemberExpression(member) => {
            format!("{}{}{}", call_text(&member.object), dot(member.optional), member.property.name)
        }
        ChainElement::ComputedMemberExpression(member) => computed(member),
        ChainElement::PrivateFieldExpression(member) => {
            format!("{}{}#{}", call_text(&member.object), dot(member.optional), member.field.name)
        }
        ChainElement::TSNonNullExpression(_) => INTERMEDIATE.to_owned(),
    }
}
