//! The section `trace_tree`: a list of calls, each with the list of the calls in it at its end.
//!
//! The list is as deep as the stacks were, so nothing here recurses: what is open lies in a vector.

use super::meta::{MAX_FIELDS, TraceNodeFields};
use super::numbers::one_number;
use super::{Problem, Reader, Result, State, Step};
use crate::graph::Graph;
use crate::traces::{TraceFunctionIndex, TraceIndex, TraceNode};

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expect {
    #[default]
    Open,
    /// A number of a row, or the end of an empty list
    FirstNumber,
    /// A number, or the list at the row's end
    Value,
    Separator,
}

/// A tree that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct TraceTree {
    expect: Expect,
    /// The calls whose lists are open
    open: Vec<TraceIndex>,
    row: [u64; MAX_FIELDS],
    filled: usize,
    begun: bool,
}

impl TraceTree {
    /// Understands one sign or number at the start of the bytes, which are not white space. How many bytes that was; 0: more
    /// are needed.
    fn take(&mut self, bytes: &[u8], fields: &TraceNodeFields, graph: &mut Graph) -> Result<usize> {
        match (self.expect, bytes[0]) {
            (Expect::Open, b'[') => {
                self.begun = true;
                self.expect = Expect::FirstNumber;
            }
            (Expect::Value, b'[') if self.filled + 1 == fields.count => {
                self.open.push(call(graph, fields, &self.row, self.open.last().copied())?);
                self.filled = 0;
                self.expect = Expect::FirstNumber;
            }
            (Expect::Separator, b',') => {
                self.expect = Expect::Value;
            }
            (Expect::FirstNumber | Expect::Separator, b']') if self.filled == 0 => {
                self.begun = self.open.pop().is_some();
                self.expect = Expect::Separator;
            }
            (Expect::FirstNumber | Expect::Value, b'0'..=b'9' | b'-') if self.filled + 1 < fields.count => {
                let Some((number, used)) = one_number(bytes)? else { return Ok(0) };
                self.row[self.filled] = number;
                self.filled += 1;
                self.expect = Expect::Separator;
                return Ok(used);
            }
            (_, found) => return Err(Problem::Unexpected { found, wanted: "a call of the trace tree" }),
        }
        Ok(1)
    }

    const fn is_closed(&self) -> bool {
        !self.begun && !matches!(self.expect, Expect::Open)
    }
}

/// A call from its row.
fn call(
    graph: &mut Graph,
    fields: &TraceNodeFields,
    row: &[u64],
    parent: Option<TraceIndex>,
) -> Result<TraceIndex> {
    let narrow = |number: u64, what| u32::try_from(number).map_err(|_| Problem::Number(what));
    let next = narrow(graph.traces.nodes.len() as u64, "the number of traces")?;
    graph.traces.nodes.push(TraceNode {
        id: narrow(row[fields.id], "a trace's number")?,
        function: TraceFunctionIndex(narrow(row[fields.function], "a trace's function")?),
        parent,
        count: row[fields.objects],
        size: row[fields.size],
    });
    Ok(TraceIndex(next))
}

impl Reader {
    /// Reads of the tree what there is.
    pub(super) fn trace_tree(&mut self) -> Result<Step> {
        let State::TraceTree(tree) = &mut self.state else { return Ok(Step::Starved) };
        let Some(fields) = self.meta.as_ref().and_then(|meta| meta.trace_nodes.as_ref()) else {
            return Ok(Step::Starved);
        };
        while !tree.is_closed() {
            let spaces = self.buffer[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.at += spaces;
            let rest = &self.buffer[self.at..];
            if rest.is_empty() {
                return Ok(Step::Starved);
            }
            match tree.take(rest, fields, &mut self.graph)? {
                0 => return Ok(Step::Starved),
                used => self.at += used,
            }
        }
        Ok(self.section_done())
    }
}
