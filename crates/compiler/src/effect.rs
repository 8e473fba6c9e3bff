//! What evaluating an expression may do, as far as a look at its shape can tell.

use oxc_ast::ast::{Argument, AssignmentTarget, Expression};

/// An effect that decides how the operands around an expression are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It may run for long, so that a collection comes: it calls something.
    Collection,
    /// It may assign to a variable of its own function that lives in a register.
    Assignment,
}

impl Effect {
    /// Whether the expression may have this effect; one that is not looked into may.
    pub fn may_come_of(self, expression: &Expression<'_>) -> bool {
        match expression {
            Expression::BooleanLiteral(_)
            | Expression::NullLiteral(_)
            | Expression::NumericLiteral(_)
            | Expression::StringLiteral(_)
            | Expression::Identifier(_)
            | Expression::ThisExpression(_)
            | Expression::Super(_)
            | Expression::FunctionExpression(_)
            | Expression::ArrowFunctionExpression(_) => false,
            Expression::StaticMemberExpression(member) => self.may_come_of(&member.object),
            Expression::ComputedMemberExpression(member) => {
                self.may_come_of(&member.object) || self.may_come_of(&member.expression)
            }
            Expression::BinaryExpression(binary) => {
                self.may_come_of(&binary.left) || self.may_come_of(&binary.right)
            }
            Expression::UnaryExpression(unary) => self.may_come_of(&unary.argument),
            Expression::CallExpression(call) if self == Effect::Assignment => {
                self.may_come_of(&call.callee) || self.may_come_of_any(&call.arguments)
            }
            Expression::NewExpression(new) if self == Effect::Assignment => {
                self.may_come_of(&new.callee) || self.may_come_of_any(&new.arguments)
            }
            Expression::AssignmentExpression(assignment) if self == Effect::Assignment => {
                let object = match &assignment.left {
                    AssignmentTarget::StaticMemberExpression(member) => Some(&member.object),
                    _ => None,
                };
                object.is_none_or(|object| self.may_come_of(object)) || self.may_come_of(&assignment.right)
            }
            _ => true,
        }
    }

    /// Whether one of the arguments may have this effect.
    pub fn may_come_of_any(self, arguments: &[Argument<'_>]) -> bool {
        arguments.iter().any(|argument| argument.as_expression().is_none_or(|inner| self.may_come_of(inner)))
    }
}
