//! Arithmetic of number literals, which V8's parser does itself (`Parser::ShortcutNumericLiteralBinaryExpression`,
//! `Parser::BuildUnaryExpression`): what is left is one literal. Powers are left to the machine, whose digits they are.

use oxc_ast::ast::{BinaryExpression, BinaryOperator, Expression, UnaryOperator};

/// The number that an expression of literals comes to.
pub(super) fn number(expression: &Expression<'_>) -> Option<f64> {
    match expression {
        Expression::NumericLiteral(literal) => Some(literal.value),
        Expression::ParenthesizedExpression(inner) => number(&inner.expression),
        Expression::UnaryExpression(unary) => {
            let operand = number(&unary.argument)?;
            match unary.operator {
                UnaryOperator::UnaryNegation => Some(-operand),
                UnaryOperator::UnaryPlus => Some(operand),
                UnaryOperator::BitwiseNot => Some(f64::from(!to_int32(operand))),
                _ => None,
            }
        }
        Expression::BinaryExpression(binary) => of_two(binary),
        _ => None,
    }
}

fn of_two(binary: &BinaryExpression<'_>) -> Option<f64> {
    // The right side first: in a chain of other things it ends the look at once.
    let right = number(&binary.right)?;
    let left = number(&binary.left)?;
    let (bits, other) = (to_int32(left), to_int32(right));
    Some(match binary.operator {
        BinaryOperator::Addition => left + right,
        BinaryOperator::Subtraction => left - right,
        BinaryOperator::Multiplication => left * right,
        BinaryOperator::Division => left / right,
        BinaryOperator::BitwiseAnd => f64::from(bits & other),
        BinaryOperator::BitwiseOR => f64::from(bits | other),
        BinaryOperator::BitwiseXOR => f64::from(bits ^ other),
        BinaryOperator::ShiftLeft => f64::from(bits.wrapping_shl(other as u32)),
        BinaryOperator::ShiftRight => f64::from(bits.wrapping_shr(other as u32)),
        BinaryOperator::ShiftRightZeroFill => f64::from((bits as u32).wrapping_shr(other as u32)),
        _ => return None,
    })
}

/// ECMAScript's ToInt32.
fn to_int32(number: f64) -> i32 {
    const MODULUS: f64 = 4_294_967_296.0;
    if number.is_finite() { number.trunc().rem_euclid(MODULUS) as u32 as i32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::to_int32;

    #[test]
    fn integers_wrap_around() {
        for (number, bits) in [
            (0.0, 0),
            (-0.5, 0),
            (1.9, 1),
            (-1.9, -1),
            (2_147_483_648.0, i32::MIN),
            (4_294_967_295.0, -1),
            (-4_294_967_297.0, -1),
            (1e20, 1_661_992_960),
            (f64::NAN, 0),
            (f64::INFINITY, 0),
        ] {
            assert_eq!(to_int32(number), bits, "{number}");
        }
    }
}
