//! The head of a file: which fields its rows have, and what the numbers of types mean. Eras differ; nothing is assumed.

use serde_json::Value;

use crate::graph::{EdgeType, NodeType};

/// The most fields that a row may have: today's have seven at most.
pub(super) const MAX_FIELDS: usize = 32;

/// Places of the fields in a row of `nodes`.
#[derive(Clone, Debug)]
pub(super) struct NodeFields {
    pub(super) count: usize,
    pub(super) node_type: usize,
    pub(super) name: usize,
    pub(super) id: usize,
    pub(super) self_size: usize,
    pub(super) edge_count: usize,
    pub(super) trace_node: Option<usize>,
    pub(super) detachedness: Option<usize>,
    /// This crate's number for each of the file's
    pub(super) types: Vec<u8>,
}

/// Places of the fields in a row of `edges`.
#[derive(Clone, Debug)]
pub(super) struct EdgeFields {
    pub(super) count: usize,
    pub(super) edge_type: usize,
    pub(super) name: usize,
    pub(super) to_node: usize,
    pub(super) types: Vec<u8>,
}

/// Places of the fields in a row of `locations`.
#[derive(Clone, Debug)]
pub(super) struct LocationFields {
    pub(super) count: usize,
    pub(super) object: usize,
    pub(super) script: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Places of the fields in a row of `trace_function_infos`.
#[derive(Clone, Debug)]
pub(super) struct TraceFunctionFields {
    pub(super) count: usize,
    pub(super) id: usize,
    pub(super) name: usize,
    pub(super) script: usize,
    pub(super) script_id: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Places of the fields of a call in `trace_tree`; its children come last.
#[derive(Clone, Debug)]
pub(super) struct TraceNodeFields {
    pub(super) count: usize,
    pub(super) id: usize,
    pub(super) function: usize,
    pub(super) objects: usize,
    pub(super) size: usize,
}

/// The head of a file.
#[derive(Clone, Debug)]
pub(super) struct Meta {
    pub(super) nodes: NodeFields,
    pub(super) edges: EdgeFields,
    pub(super) locations: Option<LocationFields>,
    pub(super) trace_functions: Option<TraceFunctionFields>,
    pub(super) trace_nodes: Option<TraceNodeFields>,
    pub(super) node_count: Option<u64>,
    pub(super) edge_count: Option<u64>,
    /// Flat index of the root
    pub(super) root: u64,
}

impl Meta {
    /// From the text of the object `snapshot`.
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        let snapshot: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let meta = snapshot.get("meta").ok_or("\"snapshot\" has no \"meta\"")?;
        let number = |name: &str| snapshot.get(name).and_then(Value::as_u64);
        Ok(Self {
            nodes: node_fields(meta)?,
            edges: edge_fields(meta)?,
            locations: location_fields(meta)?,
            trace_functions: trace_function_fields(meta)?,
            trace_nodes: trace_node_fields(meta)?,
            node_count: number("node_count"),
            edge_count: number("edge_count"),
            root: number("root_index").unwrap_or(0),
        })
    }
}

fn node_fields(meta: &Value) -> Result<NodeFields, String> {
    let fields = fields(meta, "node_fields")?.ok_or("\"meta\" has no \"node_fields\"")?;
    let at = |name| place(&fields, name).ok_or_else(|| format!("nodes have no field \"{name}\""));
    Ok(NodeFields {
        count: fields.len(),
        node_type: at("type")?,
        name: at("name")?,
        id: at("id")?,
        self_size: at("self_size")?,
        edge_count: at("edge_count")?,
        trace_node: place(&fields, "trace_node_id"),
        detachedness: place(&fields, "detachedness"),
        types: types(meta, "node_types", at("type")?, |name| NodeType::named(name) as u8)?,
    })
}

fn edge_fields(meta: &Value) -> Result<EdgeFields, String> {
    let fields = fields(meta, "edge_fields")?.ok_or("\"meta\" has no \"edge_fields\"")?;
    let at = |name| place(&fields, name).ok_or_else(|| format!("edges have no field \"{name}\""));
    Ok(EdgeFields {
        count: fields.len(),
        edge_type: at("type")?,
        name: at("name_or_index")?,
        to_node: at("to_node")?,
        types: types(meta, "edge_types", at("type")?, |name| EdgeType::named(name) as u8)?,
    })
}

fn location_fields(meta: &Value) -> Result<Option<LocationFields>, String> {
    let Some(fields) = fields(meta, "location_fields")? else { return Ok(None) };
    let places = (|| {
        Some(LocationFields {
            count: fields.len(),
            object: place(&fields, "object_index")?,
            script: place(&fields, "script_id")?,
            line: place(&fields, "line")?,
            column: place(&fields, "column")?,
        })
    })();
    Ok(places)
}

fn trace_function_fields(meta: &Value) -> Result<Option<TraceFunctionFields>, String> {
    let Some(fields) = fields(meta, "trace_function_info_fields")? else { return Ok(None) };
    let at = |name| place(&fields, name);
    let places = (|| {
        Some(TraceFunctionFields {
            count: fields.len(),
            id: at("function_id")?,
            name: at("name")?,
            script: at("script_name")?,
            script_id: at("script_id")?,
            line: at("line")?,
            column: at("column")?,
        })
    })();
    Ok(places)
}

fn trace_node_fields(meta: &Value) -> Result<Option<TraceNodeFields>, String> {
    let Some(fields) = fields(meta, "trace_node_fields")? else { return Ok(None) };
    let at = |name| place(&fields, name);
    let places = (|| {
        Some(TraceNodeFields {
            count: fields.len(),
            id: at("id")?,
            function: at("function_info_index")?,
            objects: at("count")?,
            size: at("size")?,
        })
    })();
    Ok(places.filter(|_| fields.last() == Some(&"children")))
}

fn fields<'m>(meta: &'m Value, name: &str) -> Result<Option<Vec<&'m str>>, String> {
    let Some(list) = meta.get(name) else { return Ok(None) };
    let fields: Option<Vec<&str>> =
        list.as_array().and_then(|list| list.iter().map(Value::as_str).collect::<Option<_>>());
    match fields {
        Some(fields) if !fields.is_empty() && fields.len() <= MAX_FIELDS => Ok(Some(fields)),
        _ => Err(format!("\"{name}\" is no list of at most {MAX_FIELDS} names")),
    }
}

fn place(fields: &[&str], name: &str) -> Option<usize> {
    fields.iter().position(|field| *field == name)
}

fn types(meta: &Value, name: &str, place: usize, number: impl Fn(&str) -> u8) -> Result<Vec<u8>, String> {
    let list = meta.get(name).and_then(|list| list.get(place)).and_then(Value::as_array);
    let names: Option<Vec<u8>> =
        list.and_then(|list| list.iter().map(|name| name.as_str().map(&number)).collect());
    names.ok_or_else(|| format!("\"{name}\" names no types"))
}
