//! tmp
pub mod math { pub fn seed(s: u64) -> (u64,u64) { (s,s) } }
use crate::vm::{Vm, Abrupt};
pub fn install(_: &mut Vm) -> Result<(), Abrupt> { Ok(()) }
