//! The sections that are rows of numbers: nodes, edges, locations.

use super::meta::{EdgeFields, LocationFields, MAX_FIELDS, NodeFields, TraceFunctionFields};
use super::{Problem, Reader, Result, State, Step, scan};
use crate::graph::{Graph, Location, NodeIndex, StringIndex};
use crate::traces::TraceFunction;

/// Which section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Nodes,
    Edges,
    Locations,
    TraceFunctions,
}

/// What may come next in a list of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Open,
    /// A number, or the end of an empty list
    FirstNumber,
    Number,
    Separator,
}

/// A section that is being read.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    section: Section,
    expect: Expect,
    fields: usize,
    /// The numbers of the row that is not complete yet
    row: [u64; MAX_FIELDS],
    filled: usize,
}

impl Rows {
    pub(super) fn new(section: Section, reader: &mut Reader) -> Result<Self> {
        let early = || Problem::Meta("\"snapshot\" must come before its numbers".to_owned());
        let meta = reader.meta.as_ref().ok_or_else(early)?;
        let (fields, told) = match section {
            Section::Nodes => (meta.nodes.count, meta.node_count),
            Section::Edges => (meta.edges.count, meta.edge_count),
            Section::Locations => (meta.locations.as_ref().map_or(1, |fields| fields.count), None),
            Section::TraceFunctions => (meta.trace_functions.as_ref().map_or(1, |fields| fields.count), None),
        };
        let rows = reader.expected_rows(told, fields);
        let graph = &mut reader.graph;
        match section {
            Section::Nodes => {
                graph.node_types.reserve_exact(rows);
                graph.node_names.reserve_exact(rows);
                graph.node_ids.reserve_exact(rows);
                graph.self_sizes.reserve_exact(rows);
                graph.first_edges.reserve_exact(rows + 1);
                graph.first_edges.push(0);
            }
            Section::Edges => {
                graph.edge_types.reserve_exact(rows);
                graph.edge_names.reserve_exact(rows);
                graph.edge_targets.reserve_exact(rows);
            }
            Section::Locations | Section::TraceFunctions => {}
        }
        Ok(Self { section, expect: Expect::Open, fields, row: [0; MAX_FIELDS], filled: 0 })
    }
}

/// Puts the rows of one section where they belong.
enum Sink<'a> {
    Nodes(&'a NodeFields),
    Edges(&'a EdgeFields, FlatIndex),
    Locations(&'a LocationFields, FlatIndex),
    TraceFunctions(&'a TraceFunctionFields),
}

impl Sink<'_> {
    #[inline(always)]
    fn put(&self, graph: &mut Graph, row: &[u64]) -> Result {
        match self {
            Sink::Nodes(fields) => put_node(graph, fields, row),
            Sink::Edges(fields, flat) => put_edge(graph, fields, *flat, row),
            Sink::Locations(fields, flat) => put_location(graph, fields, *flat, row),
            Sink::TraceFunctions(fields) => put_trace_function(graph, fields, row),
        }
    }
}

#[inline(always)]
fn narrow(number: u64, what: &'static str) -> Result<u32> {
    u32::try_from(number).map_err(|_| Problem::Number(what))
}

#[inline(always)]
fn put_node(graph: &mut Graph, fields: &NodeFields, row: &[u64]) -> Result {
    let node_type = fields.types.get(row[fields.node_type] as usize);
    let edges = graph.first_edges.last().copied().unwrap_or(0);
    let last =
        u64::from(edges).checked_add(row[fields.edge_count]).ok_or(Problem::Number("a number of edges"))?;
    if graph.node_types.len() == u32::MAX as usize {
        return Err(Problem::Number("the number of nodes"));
    }
    graph.node_types.push(*node_type.ok_or(Problem::Number("a node's type"))?);
    graph.node_names.push(narrow(row[fields.name], "a node's name")?);
    graph.node_ids.push(row[fields.id]);
    graph.self_sizes.push(row[fields.self_size]);
    graph.first_edges.push(narrow(last, "the number of edges")?);
    if let Some(field) = fields.trace_node
        && (row[field] != 0 || !graph.trace_nodes.is_empty())
    {
        // Nearly always all zero: kept from the first that is not.
        graph.trace_nodes.resize(graph.node_types.len() - 1, 0);
        graph.trace_nodes.push(narrow(row[field], "a node's trace")?);
    }
    if let Some(field) = fields.detachedness
        && (row[field] != 0 || !graph.detachedness.is_empty())
    {
        graph.detachedness.resize(graph.node_types.len() - 1, 0);
        graph.detachedness.push(row[field].min(3) as u8);
    }
    Ok(())
}

#[inline(always)]
fn put_edge(graph: &mut Graph, fields: &EdgeFields, flat: FlatIndex, row: &[u64]) -> Result {
    let edge_type = fields.types.get(row[fields.edge_type] as usize);
    let target = flat.node(row[fields.to_node]).ok_or(Problem::Number("an edge's target"))?;
    graph.edge_types.push(*edge_type.ok_or(Problem::Number("an edge's type"))?);
    graph.edge_names.push(narrow(row[fields.name], "an edge's name")?);
    graph.edge_targets.push(target);
    Ok(())
}

fn put_location(graph: &mut Graph, fields: &LocationFields, flat: FlatIndex, row: &[u64]) -> Result {
    let node = flat.node(row[fields.object]).ok_or(Problem::Number("a location's object"))?;
    graph.locations.push(Location {
        node: NodeIndex(node),
        script_id: narrow(row[fields.script], "a script's number")?,
        line: narrow(row[fields.line], "a line")?,
        column: narrow(row[fields.column], "a column")?,
    });
    Ok(())
}

fn put_trace_function(graph: &mut Graph, fields: &TraceFunctionFields, row: &[u64]) -> Result {
    graph.traces.functions.push(TraceFunction {
        id: narrow(row[fields.id], "a function's number")?,
        name: StringIndex(narrow(row[fields.name], "a function's name")?),
        script: StringIndex(narrow(row[fields.script], "a script's name")?),
        script_id: narrow(row[fields.script_id], "a script's number")?,
        line: narrow(row[fields.line], "a line")?,
        column: narrow(row[fields.column], "a column")?,
    });
    Ok(())
}

/// Turns the place of a node's first number into the number of the node, by a multiplication.
#[derive(Clone, Copy, Debug)]
struct FlatIndex {
    fields: u64,
    /// 2^32 / fields, rounded up: exact for all multiples below 2^32
    reciprocal: u64,
    /// Nodes that there are; no limit while they have not been read
    nodes: u64,
}

impl FlatIndex {
    fn new(fields: usize, nodes: usize) -> Self {
        let fields = fields as u64;
        let nodes = if nodes == 0 { u64::from(u32::MAX) } else { nodes as u64 };
        Self { fields, reciprocal: (1u64 << 32).div_ceil(fields), nodes }
    }

    #[inline(always)]
    fn node(self, flat: u64) -> Option<u32> {
        let node = if flat >> 32 == 0 { (flat * self.reciprocal) >> 32 } else { flat / self.fields };
        (node * self.fields == flat && node < self.nodes).then_some(node as u32)
    }
}

impl Reader {
    /// Reads rows of the section under way: whole rows as long as they are plain, then number by number.
    pub(super) fn rows(&mut self) -> Result<Step> {
        let State::Rows(rows) = &mut self.state else { return Ok(Step::Starved) };
        let Some(meta) = &self.meta else { return Ok(Step::Starved) };
        let flat = FlatIndex::new(meta.nodes.count, self.graph.node_types.len());
        let sink = match (rows.section, &meta.locations, &meta.trace_functions) {
            (Section::Nodes, ..) => Sink::Nodes(&meta.nodes),
            (Section::Locations, Some(fields), _) => Sink::Locations(fields, flat),
            (Section::TraceFunctions, _, Some(fields)) => Sink::TraceFunctions(fields),
            _ => Sink::Edges(&meta.edges, flat),
        };
        if matches!(rows.expect, Expect::Number | Expect::FirstNumber) && rows.filled == 0 {
            self.at += whole_rows(&self.buffer[self.at..], rows.fields, &sink, &mut self.graph);
        }
        // The careful way for one row, then the fast one is tried again.
        for _ in 0..2 * rows.fields + 1 {
            let spaces = self.buffer[self.at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            self.at += spaces;
            let Some(&found) = self.buffer.get(self.at) else { return Ok(Step::Starved) };
            match (rows.expect, found) {
                (Expect::Open, b'[') => rows.expect = Expect::FirstNumber,
                (Expect::Separator, b',') => rows.expect = Expect::Number,
                (Expect::FirstNumber | Expect::Separator, b']') => {
                    if rows.filled != 0 {
                        return Err(Problem::Inconsistent("a section ends within a row".to_owned()));
                    }
                    self.at += 1;
                    return Ok(self.section_done());
                }
                (Expect::FirstNumber | Expect::Number, b'0'..=b'9' | b'-') => {
                    let Some((number, used)) = one_number(&self.buffer[self.at..])? else {
                        return Ok(Step::Starved);
                    };
                    rows.row[rows.filled] = number;
                    rows.filled += 1;
                    if rows.filled == rows.fields {
                        sink.put(&mut self.graph, &rows.row[..rows.fields])?;
                        rows.filled = 0;
                    }
                    rows.expect = Expect::Separator;
                    self.at += used;
                    continue;
                }
                (expect, found) => {
                    let wanted = match expect {
                        Expect::Open => "'['",
                        Expect::Separator => "',' or ']'",
                        Expect::FirstNumber | Expect::Number => "a number",
                    };
                    return Err(Problem::Unexpected { found, wanted });
                }
            }
            self.at += 1;
        }
        Ok(Step::Done)
    }
}

/// A number at the start of the bytes and how many they are; none if it may go on in the next piece. A negative number
/// reads as 0: no field that is used has one.
pub(super) fn one_number(bytes: &[u8]) -> Result<Option<(u64, usize)>> {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let digits = bytes[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if sign + digits == bytes.len() && digits < 32 {
        return Ok(None);
    }
    let number = scan::number(&bytes[sign..sign + digits]).ok_or(Problem::Number("a number"))?;
    Ok(Some((if sign == 1 { 0 } else { number }, sign + digits)))
}

/// The plain rows at the start of the bytes. A row that the sink refuses is left for the careful way to complain about.
fn whole_rows(bytes: &[u8], fields: usize, sink: &Sink<'_>, graph: &mut Graph) -> usize {
    macro_rules! with {
        ($($count:literal)*) => {
            match (sink, fields) {
                (Sink::Edges(fields, flat), 3) => {
                    scan::rows::<3>(bytes, |row| whole_edge(graph, fields, *flat, row))
                }
                $((Sink::Nodes(fields), $count) => {
                    scan::rows::<$count>(bytes, |row| whole_node(graph, fields, row))
                })*
                (Sink::Locations(fields, flat), 4) => {
                    scan::rows::<4>(bytes, |row| put_location(graph, fields, *flat, row).is_ok())
                }
                _ => 0,
            }
        };
    }
    with!(5 6 7 8)
}

/// Like [`put_node`], but refuses before anything is put.
#[inline(always)]
fn whole_node(graph: &mut Graph, fields: &NodeFields, row: &[u64]) -> bool {
    let edges = u64::from(graph.first_edges.last().copied().unwrap_or(0));
    let plain = (row[fields.node_type] as usize) < fields.types.len()
        && row[fields.name] >> 32 == 0
        && (row[fields.edge_count] | edges.wrapping_add(row[fields.edge_count])) >> 32 == 0
        && fields.trace_node.is_none_or(|field| row[field] >> 32 == 0);
    plain && put_node(graph, fields, row).is_ok()
}

/// Like [`put_edge`], but refuses before anything is put.
#[inline(always)]
fn whole_edge(graph: &mut Graph, fields: &EdgeFields, flat: FlatIndex, row: &[u64]) -> bool {
    row[fields.name] >> 32 == 0 && put_edge(graph, fields, flat, row).is_ok()
}
