//! Writing `.heapsnapshot` files, as V8 writes them: the fields of today's era, rows of numbers, strings last.

use std::io::{self, BufWriter, Write};

use crate::graph::{EdgeType, Graph, NodeType, StringIndex};
use crate::traces::{TraceFunction, TraceNode};

/// Fields of a node in the files that are written.
const NODE_FIELDS: u64 = 7;

/// Writes a graph as a file that DevTools opens.
///
/// # Errors
/// Those of the writer.
pub fn write(graph: &Graph, target: impl Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(64 << 10, target);
    head(graph, &mut out)?;
    nodes(graph, &mut out)?;
    edges(graph, &mut out)?;
    trace_functions(graph, &mut out)?;
    trace_tree(graph, &mut out)?;
    out.write_all(b"\"samples\":[],\n")?;
    locations(graph, &mut out)?;
    strings(graph, &mut out)?;
    out.flush()
}

fn types(out: &mut impl Write, names: impl Iterator<Item = &'static str>) -> io::Result<()> {
    for (at, name) in names.enumerate() {
        write!(out, "{}\"{name}\"", if at == 0 { "[" } else { "," })?;
    }
    out.write_all(b"]")
}

fn head(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"{\"snapshot\":{\"meta\":{\"node_fields\":[\"type\",\"name\",\"id\",\"self_size\",\"edge_count\",",
    )?;
    out.write_all(b"\"trace_node_id\",\"detachedness\"],\"node_types\":[")?;
    types(out, NodeType::ALL.iter().map(|kind| kind.as_str()))?;
    out.write_all(b",\"string\",\"number\",\"number\",\"number\",\"number\",\"number\"],")?;
    out.write_all(b"\"edge_fields\":[\"type\",\"name_or_index\",\"to_node\"],\"edge_types\":[")?;
    types(out, EdgeType::ALL.iter().map(|kind| kind.as_str()))?;
    out.write_all(b",\"string_or_number\",\"node\"],")?;
    out.write_all(
        b"\"trace_function_info_fields\":[\"function_id\",\"name\",\"script_name\",\"script_id\",\"line\",",
    )?;
    out.write_all(b"\"column\"],\"trace_node_fields\":[\"id\",\"function_info_index\",\"count\",\"size\",")?;
    out.write_all(b"\"children\"],\"sample_fields\":[\"timestamp_us\",\"last_assigned_id\"],")?;
    out.write_all(b"\"location_fields\":[\"object_index\",\"script_id\",\"line\",\"column\"]},")?;
    let (nodes, edges) = (graph.node_count(), graph.edge_count());
    write!(
        out,
        "\"node_count\":{nodes},\"edge_count\":{edges},\"trace_function_count\":{}",
        graph.traces.functions.len()
    )?;
    if graph.root != 0 {
        write!(out, ",\"root_index\":{}", u64::from(graph.root) * NODE_FIELDS)?;
    }
    out.write_all(b"},\n")
}

/// One row: a comma before all but the first, a line's end after each.
fn row<const F: usize>(out: &mut impl Write, first: bool, numbers: [u64; F]) -> io::Result<()> {
    let mut text = [0u8; 160];
    let mut end = text.len();
    for (at, &number) in numbers.iter().enumerate().rev() {
        end -= 1;
        text[end] = if at + 1 == F { b'\n' } else { b',' };
        let mut rest = number;
        loop {
            end -= 1;
            text[end] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
    }
    if !first {
        end -= 1;
        text[end] = b',';
    }
    out.write_all(&text[end..])
}

fn nodes(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\"nodes\":[")?;
    for node in graph.nodes() {
        let trace = graph.trace_nodes.get(node.at()).copied().unwrap_or(0);
        let detachedness = graph.detachedness.get(node.at()).copied().unwrap_or(0);
        let numbers = [
            u64::from(graph.node_types[node.at()]),
            u64::from(graph.node_names[node.at()]),
            graph.id(node),
            graph.self_size(node),
            graph.edge_range(node).len() as u64,
            u64::from(trace),
            u64::from(detachedness),
        ];
        row(out, node.0 == 0, numbers)?;
    }
    out.write_all(b"],\n")
}

fn edges(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\"edges\":[")?;
    for edge in 0..graph.edge_count() {
        let target = u64::from(graph.edge_targets[edge]) * NODE_FIELDS;
        let numbers = [u64::from(graph.edge_types[edge]), u64::from(graph.edge_names[edge]), target];
        row(out, edge == 0, numbers)?;
    }
    out.write_all(b"],\n")
}

fn trace_functions(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\"trace_function_infos\":[")?;
    for (at, function) in graph.traces.functions.iter().enumerate() {
        let TraceFunction { id, name, script, script_id, line, column } = *function;
        row(out, at == 0, [id, name.0, script.0, script_id, line, column].map(u64::from))?;
    }
    out.write_all(b"],\n")
}

/// The tree, depth first: a call, and in its last field the calls from it.
fn trace_tree(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    let nodes = &graph.traces.nodes;
    let mut children = vec![Vec::new(); nodes.len()];
    let mut pending = Vec::new();
    for (at, node) in nodes.iter().enumerate().rev() {
        match node.parent {
            Some(parent) => children[parent.0 as usize].push(at),
            None => pending.push(Some(at)),
        }
    }
    out.write_all(b"\"trace_tree\":[")?;
    let mut is_first = true;
    while let Some(next) = pending.pop() {
        let Some(at) = next else {
            out.write_all(b"]")?;
            is_first = false;
            continue;
        };
        let TraceNode { id, function, count, size, .. } = nodes[at];
        let comma = if is_first { "" } else { "," };
        write!(out, "{comma}{id},{},{count},{size},[", function.0)?;
        pending.push(None);
        pending.extend(children[at].iter().copied().map(Some));
        is_first = true;
    }
    out.write_all(b"],\n")
}

fn locations(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\"locations\":[")?;
    for (at, location) in graph.locations.iter().enumerate() {
        let object = u64::from(location.node.0) * NODE_FIELDS;
        let place = [location.script_id, location.line, location.column].map(u64::from);
        row(out, at == 0, [object, place[0], place[1], place[2]])?;
    }
    out.write_all(b"],\n")
}

fn strings(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\"strings\":[")?;
    for index in 0..graph.strings.len() as u32 {
        if index > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, graph.strings.get(StringIndex(index)))?;
    }
    out.write_all(b"]}\n")
}
