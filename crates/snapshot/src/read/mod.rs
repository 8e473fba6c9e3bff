//! Reading `.heapsnapshot` files, in pieces of any size and in one pass.
//!
//! [`Reader`] is fed with bytes as they come: from a file, a socket, a `File` of the browser. It keeps only the piece of
//! text that it cannot understand yet, which is never more than a few bytes of a number, a name or an escape, so memory
//! is that of the graph. The head of the file says how rows look ([`meta`]); rows go through [`scan`] as long as they
//! are plain, else number by number. What is not needed (samples, fields of eras to come) is
//! skipped by counting brackets. No input makes it panic or recurse; whatever is wrong is a [`ReadError`] with its place.

mod error;
mod meta;
mod numbers;
mod scan;
mod text;
mod trace_tree;

use std::io::Read;
use std::ops::ControlFlow;

pub use error::{Problem, ReadError};
use meta::Meta;
use numbers::{Rows, Section};
use trace_tree::TraceTree;

use crate::graph::{EdgeType, Graph, StringIndex};

/// Bytes that are read from a file at once.
const PIECE: u64 = 128 << 10;
/// The longest name of a section.
const LONGEST_KEY: usize = 1 << 10;
/// The longest head.
const LONGEST_HEAD: usize = 1 << 20;
/// Rows for which room is made at most when nobody knows how long the file is.
const UNTOLD_ROWS: u64 = 1 << 16;

type Result<T = ()> = std::result::Result<T, Problem>;

/// Whether there is more to do with the bytes at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Something was understood; go on.
    Done,
    /// More bytes are needed.
    Starved,
}

/// What comes next in the file.
#[derive(Clone, Debug)]
enum State {
    /// `{`
    Start,
    /// A name, or `}`; a comma first, except for the first name
    Key { first: bool },
    /// The head, collected until its brackets are closed
    Head(text::Balance),
    /// A value that is not needed
    Skip(text::Balance),
    /// Rows of numbers
    Rows(Box<Rows>),
    /// The list of strings
    Strings(text::List),
    /// The tree of allocations
    TraceTree(Box<TraceTree>),
    /// Nothing but white space
    End,
}

/// Reads a snapshot from bytes as they come.
#[derive(Debug)]
pub struct Reader {
    buffer: Vec<u8>,
    /// Bytes of the buffer that are done with.
    at: usize,
    /// Place of the buffer in the file.
    base: u64,
    size_hint: Option<u64>,
    state: State,
    meta: Option<Meta>,
    head: Vec<u8>,
    graph: Graph,
    /// Where the sections begin, for errors that show later.
    nodes_at: Option<u64>,
    edges_at: Option<u64>,
    strings_at: Option<u64>,
    traces_at: Option<u64>,
}

/// Reads a whole snapshot. `size` is the number of bytes if it is known: it bounds what a damaged head can ask for.
///
/// # Errors
/// What is wrong with the file, and where.
pub fn read(source: impl Read, size: Option<u64>) -> std::result::Result<Graph, ReadError> {
    read_with(source, size, |_| ControlFlow::Continue(()))
}

/// The same, with a word with whoever waits: it gets the bytes read so far, and may stop it all.
///
/// # Errors
/// What is wrong with the file, and where; [`Problem::Cancelled`].
pub fn read_with(
    mut source: impl Read,
    size: Option<u64>,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
) -> std::result::Result<Graph, ReadError> {
    let mut reader = Reader::new(size);
    loop {
        reader.drop_used();
        let piece = source.by_ref().take(PIECE).read_to_end(&mut reader.buffer);
        if piece.map_err(|error| reader.error(Problem::Io(error.to_string())))? == 0 {
            return reader.finish();
        }
        reader.advance().map_err(|problem| reader.error(problem))?;
        if progress(reader.bytes_read()).is_break() {
            return Err(reader.error(Problem::Cancelled));
        }
    }
}

impl Reader {
    /// A reader of a file of this many bytes, if that is known.
    #[must_use]
    pub fn new(size: Option<u64>) -> Self {
        Self {
            buffer: Vec::new(),
            at: 0,
            base: 0,
            size_hint: size,
            state: State::Start,
            meta: None,
            head: Vec::new(),
            graph: Graph::default(),
            nodes_at: None,
            edges_at: None,
            strings_at: None,
            traces_at: None,
        }
    }

    /// Bytes taken so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.base + self.buffer.len() as u64
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// What is wrong with them. Nothing more can be read after that.
    pub fn feed(&mut self, bytes: &[u8]) -> std::result::Result<(), ReadError> {
        self.drop_used();
        self.buffer.extend_from_slice(bytes);
        self.advance().map_err(|problem| self.error(problem))
    }

    /// Moves what is not understood yet to the front.
    fn drop_used(&mut self) {
        self.base += self.at as u64;
        self.buffer.drain(..self.at);
        self.at = 0;
    }

    /// The snapshot, when all bytes have been fed.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn finish(mut self) -> std::result::Result<Graph, ReadError> {
        self.advance().map_err(|problem| self.error(problem))?;
        if !matches!(self.state, State::End) {
            self.at = self.buffer.len();
            return Err(self.error(Problem::Truncated));
        }
        self.check()
    }

    fn error(&self, problem: Problem) -> ReadError {
        ReadError { offset: self.base + self.at as u64, problem }
    }

    /// Understands as much as there is.
    fn advance(&mut self) -> Result {
        while self.step()? == Step::Done {}
        Ok(())
    }

    fn step(&mut self) -> Result<Step> {
        match &mut self.state {
            State::Start => {
                // A byte-order mark is no part of JSON, but editors leave one.
                if self.base == 0 && self.buffer[self.at..].starts_with(b"\xEF\xBB\xBF") {
                    self.at += 3;
                }
                self.punctuation(b'{', "'{'", State::Key { first: true })
            }
            State::Key { first } => {
                let first = *first;
                self.key(first)
            }
            State::Head(_) => self.head(),
            State::Skip(balance) => {
                let used = balance.skip(&self.buffer[self.at..]);
                let closed = balance.is_closed();
                self.at += used;
                Ok(if closed { self.section_done() } else { Step::Starved })
            }
            State::Rows(_) => self.rows(),
            State::Strings(_) => self.strings(),
            State::TraceTree(_) => self.trace_tree(),
            State::End => match self.next_visible() {
                Some(found) => Err(Problem::Unexpected { found, wanted: "the end of the file" }),
                None => Ok(Step::Starved),
            },
        }
    }

    fn section_done(&mut self) -> Step {
        self.state = State::Key { first: false };
        Step::Done
    }

    /// Moves past white space; the byte after it.
    fn next_visible(&mut self) -> Option<u8> {
        let rest = &self.buffer[self.at..];
        let spaces = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at += spaces;
        self.buffer.get(self.at).copied()
    }

    fn punctuation(&mut self, byte: u8, wanted: &'static str, next: State) -> Result<Step> {
        match self.next_visible() {
            None => Ok(Step::Starved),
            Some(found) if found == byte => {
                self.at += 1;
                self.state = next;
                Ok(Step::Done)
            }
            Some(found) => Err(Problem::Unexpected { found, wanted }),
        }
    }

    /// A name and its colon, or the end of the object.
    fn key(&mut self, first: bool) -> Result<Step> {
        let Some(found) = self.next_visible() else { return Ok(Step::Starved) };
        match found {
            b'}' => {
                self.at += 1;
                self.state = State::End;
                return Ok(Step::Done);
            }
            b',' if !first => {
                self.at += 1;
                self.state = State::Key { first: true };
                return Ok(Step::Done);
            }
            b'"' if first => {}
            _ => {
                return Err(Problem::Unexpected {
                    found,
                    wanted: if first { "a name" } else { "',' or '}'" },
                });
            }
        }
        let rest = &self.buffer[self.at + 1..];
        let Some(length) = rest.iter().position(|&byte| byte == b'"') else {
            let too_long = rest.len() > LONGEST_KEY;
            return if too_long { Err(Problem::Number("the length of a name")) } else { Ok(Step::Starved) };
        };
        let after = &rest[length + 1..];
        let spaces = after.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        match after.get(spaces) {
            None => return Ok(Step::Starved),
            Some(b':') => {}
            Some(&found) => return Err(Problem::Unexpected { found, wanted: "':'" }),
        }
        let name = rest[..length].to_vec();
        let at = self.base + self.at as u64;
        self.at += 1 + length + 1 + spaces + 1;
        self.state = self.section(&name, at)?;
        Ok(Step::Done)
    }

    /// How to read the section of this name.
    fn section(&mut self, name: &[u8], at: u64) -> Result<State> {
        let rows = |reader: &mut Self, section| Ok(State::Rows(Box::new(Rows::new(section, reader)?)));
        match name {
            b"snapshot" if self.meta.is_none() => Ok(State::Head(text::Balance::default())),
            b"nodes" if self.nodes_at.is_none() => {
                self.nodes_at = Some(at);
                rows(self, Section::Nodes)
            }
            b"edges" if self.edges_at.is_none() => {
                self.edges_at = Some(at);
                rows(self, Section::Edges)
            }
            b"locations" if self.knows_locations() && self.graph.locations.is_empty() => {
                rows(self, Section::Locations)
            }
            b"trace_function_infos" if self.knows_traces() && self.graph.traces.functions.is_empty() => {
                self.traces_at = Some(at);
                rows(self, Section::TraceFunctions)
            }
            b"trace_tree" if self.knows_traces() && self.graph.traces.nodes.is_empty() => {
                Ok(State::TraceTree(Box::default()))
            }
            b"strings" if self.strings_at.is_none() => {
                self.strings_at = Some(at);
                Ok(State::Strings(text::List::default()))
            }
            b"snapshot" | b"nodes" | b"edges" | b"strings" => {
                Err(Problem::Inconsistent("a section comes twice".to_owned()))
            }
            _ => Ok(State::Skip(text::Balance::default())),
        }
    }

    fn knows_locations(&self) -> bool {
        self.meta.as_ref().is_some_and(|meta| meta.locations.is_some())
    }

    fn knows_traces(&self) -> bool {
        self.meta.as_ref().is_some_and(|meta| meta.trace_functions.is_some() && meta.trace_nodes.is_some())
    }

    fn head(&mut self) -> Result<Step> {
        let State::Head(balance) = &mut self.state else { return Ok(Step::Starved) };
        let used = balance.skip(&self.buffer[self.at..]);
        let closed = balance.is_closed();
        self.head.extend_from_slice(&self.buffer[self.at..self.at + used]);
        if self.head.len() > LONGEST_HEAD {
            return Err(Problem::Meta("its head is too long".to_owned()));
        }
        if closed {
            self.meta = Some(Meta::parse(&self.head).map_err(Problem::Meta)?);
            self.head = Vec::new();
        }
        self.at += used;
        Ok(if closed { self.section_done() } else { Step::Starved })
    }

    fn strings(&mut self) -> Result<Step> {
        let State::Strings(list) = &mut self.state else { return Ok(Step::Starved) };
        let rest = &self.buffer[self.at..];
        let (used, outcome) = list.read(rest, &mut self.graph.strings);
        self.at += used;
        outcome?;
        let State::Strings(list) = &self.state else { return Ok(Step::Starved) };
        Ok(if list.is_closed() { self.section_done() } else { Step::Starved })
    }

    /// How many rows to make room for: what the head says, but never more than can be in the file.
    fn expected_rows(&self, told: Option<u64>, fields: usize) -> usize {
        let most = self.size_hint.map_or(UNTOLD_ROWS, |size| size / (2 * fields as u64));
        told.unwrap_or(0).min(most) as usize
    }

    /// The parts must fit together.
    fn check(mut self) -> std::result::Result<Graph, ReadError> {
        let end = self.bytes_read();
        let wrong = |offset: Option<u64>, message: String| ReadError {
            offset: offset.unwrap_or(end),
            problem: Problem::Inconsistent(message),
        };
        let missing = |what: &str| wrong(None, format!("it has no \"{what}\""));
        let Some(meta) = self.meta.take() else { return Err(missing("snapshot")) };
        let nodes_at = self.nodes_at.ok_or_else(|| missing("nodes"))?;
        let edges_at = self.edges_at.ok_or_else(|| missing("edges"))?;
        self.strings_at.ok_or_else(|| missing("strings"))?;
        let mut graph = self.graph;
        let (nodes, edges, strings) = (graph.node_count(), graph.edge_count(), graph.strings.len());
        let told = [("nodes", meta.node_count, nodes), ("edges", meta.edge_count, edges)];
        for (what, told, found) in told {
            if let Some(told) = told.filter(|&told| told != found as u64) {
                return Err(wrong(None, format!("its head promises {told} {what}, it has {found}")));
            }
        }
        if nodes == 0 {
            return Err(wrong(Some(nodes_at), "it has no nodes".to_owned()));
        }
        let owned = graph.first_edges.last().copied().unwrap_or(0);
        if owned as usize != edges {
            return Err(wrong(
                Some(edges_at),
                format!("its nodes have {owned} edges, but there are {edges}"),
            ));
        }
        if graph.node_names.iter().max().is_some_and(|&name| name as usize >= strings) {
            return Err(wrong(Some(nodes_at), "a node's name is not among the strings".to_owned()));
        }
        let named = |kind: &u8| !EdgeType::from_u8(*kind).is_indexed();
        let names = graph.edge_types.iter().zip(&graph.edge_names).filter(|(kind, _)| named(kind));
        if names.map(|(_, &name)| name).max().is_some_and(|name| name as usize >= strings) {
            return Err(wrong(Some(edges_at), "an edge's name is not among the strings".to_owned()));
        }
        if graph.edge_targets.iter().max().is_some_and(|&target| target as usize >= nodes) {
            return Err(wrong(Some(edges_at), "an edge leads to a node that there is not".to_owned()));
        }
        let traces = &graph.traces;
        let known = |text: StringIndex| (text.0 as usize) < strings;
        if !traces.functions.iter().all(|function| known(function.name) && known(function.script)) {
            return Err(wrong(
                self.traces_at,
                "a traced function's name is not among the strings".to_owned(),
            ));
        }
        if traces.nodes.iter().any(|node| node.function.0 as usize >= traces.functions.len()) {
            return Err(wrong(self.traces_at, "a trace's function is not among the functions".to_owned()));
        }
        let root = meta.root / meta.nodes.count as u64;
        if root >= nodes as u64 {
            return Err(wrong(Some(nodes_at), "the root is not among the nodes".to_owned()));
        }
        graph.root = root as u32;
        graph.locations.retain(|location| location.node.at() < nodes);
        graph.locations.sort_by_key(|location| location.node);
        graph.strings.shrink();
        graph.traces.complete();
        Ok(graph)
    }
}
