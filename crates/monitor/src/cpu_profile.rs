//! A CPU profile: stacks met at regular moments of virtual time, as a tree of calls.
//!
//! [`CpuProfile::json`] is a `.cpuprofile` as V8 writes it (`CpuProfileJSONSerializer`, src/profiler/cpu-profiler.cc),
//! [`CpuProfile::summary`] the tick table of `node --prof-process`. Whoever samples hands over stacks of numbers and says
//! at the end what they stand for; nothing here knows a machine.

use std::collections::BTreeMap;
use std::fmt::Write;

/// What a sample met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Callee {
    /// Where the tree hangs
    Root,
    /// No function of a script
    Program,
    /// Nothing to do: the clock jumped to the next timer
    Idle,
    /// A collection
    Collector,
    /// A function, by whatever number the sampler gives it
    Function(u32),
}

/// A function as the profile shows it. Line and column from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfiledFunction {
    /// Its name; empty for one without
    pub name: String,
    /// Its file
    pub url: String,
    /// Number of its script
    pub script_id: u32,
    /// Line where it is written
    pub line: u32,
    /// Column where it is written
    pub column: u32,
}

/// A call in the tree.
#[derive(Clone, Debug)]
struct Node {
    callee: Callee,
    children: Vec<usize>,
    /// Samples that met it innermost
    hits: u64,
    /// The same by line
    lines: BTreeMap<u32, u64>,
}

impl Node {
    const fn new(callee: Callee) -> Self {
        Self { callee, children: Vec::new(), hits: 0, lines: BTreeMap::new() }
    }
}

/// A profile that is being recorded, or has been.
#[derive(Clone, Debug)]
pub struct CpuProfile {
    /// A caller comes before those it calls; the first is the root
    nodes: Vec<Node>,
    /// Which node, and nanoseconds since the sample before
    samples: Vec<(usize, u64)>,
    start_ns: u64,
    end_ns: u64,
    functions: BTreeMap<u32, ProfiledFunction>,
}

impl CpuProfile {
    /// One that begins at a moment of virtual time.
    #[must_use]
    pub fn new(start_ns: u64) -> Self {
        Self {
            nodes: vec![Node::new(Callee::Root)],
            samples: Vec::new(),
            start_ns,
            end_ns: start_ns,
            functions: BTreeMap::new(),
        }
    }

    /// A sample: the stack, outermost first, and the line of the innermost, where `passed_ns` have passed since the last one.
    pub fn sample(&mut self, stack: &[Callee], line: u32, passed_ns: u64) {
        let mut at = 0;
        for &callee in stack {
            at = self.child(at, callee);
        }
        let node = &mut self.nodes[at];
        node.hits += 1;
        if line > 0 {
            *node.lines.entry(line).or_default() += 1;
        }
        self.samples.push((at, passed_ns));
        self.end_ns += passed_ns;
    }

    fn child(&mut self, parent: usize, callee: Callee) -> usize {
        let known = self.nodes[parent].children.iter().find(|&&child| self.nodes[child].callee == callee);
        if let Some(&child) = known {
            return child;
        }
        let child = self.nodes.len();
        self.nodes.push(Node::new(callee));
        self.nodes[parent].children.push(child);
        child
    }

    /// Says what the functions are that samples have met.
    pub fn describe(&mut self, function: impl Fn(u32) -> ProfiledFunction) {
        for node in &self.nodes {
            if let Callee::Function(number) = node.callee {
                self.functions.entry(number).or_insert_with(|| function(number));
            }
        }
    }

    /// Samples so far.
    #[must_use]
    pub fn sample_count(&self) -> usize {
        self.samples.len()
    }

    fn function(&self, callee: Callee) -> ProfiledFunction {
        let named = |name: &str| ProfiledFunction { name: name.to_owned(), ..ProfiledFunction::default() };
        match callee {
            Callee::Root => named("(root)"),
            Callee::Program => named("(program)"),
            Callee::Idle => named("(idle)"),
            Callee::Collector => named("(garbage collector)"),
            Callee::Function(number) => self.functions.get(&number).cloned().unwrap_or_default(),
        }
    }

    /// The profile as a `.cpuprofile`, which DevTools opens. Microseconds; lines and columns of functions from 0, those of
    /// ticks from 1.
    #[must_use]
    pub fn json(&self) -> String {
        let nodes: Vec<String> = (0..self.nodes.len()).map(|at| self.node_json(at)).collect();
        let samples: Vec<String> = self.samples.iter().map(|(node, _)| (node + 1).to_string()).collect();
        let (mut deltas, mut ns, mut told_us) = (Vec::new(), 0, 0);
        for (_, passed) in &self.samples {
            // Rounding errors must not add up.
            ns += passed;
            deltas.push((ns / 1000 - told_us).to_string());
            told_us = ns / 1000;
        }
        format!(
            "{{\"nodes\":[{}],\"startTime\":{},\"endTime\":{},\"samples\":[{}],\"timeDeltas\":[{}]}}",
            nodes.join(","),
            self.start_ns / 1000,
            self.end_ns / 1000,
            samples.join(","),
            deltas.join(",")
        )
    }

    fn node_json(&self, at: usize) -> String {
        let Node { callee, children, hits, lines } = &self.nodes[at];
        let ProfiledFunction { name, url, script_id, line, column } = self.function(*callee);
        // What is written nowhere has -1.
        let from_zero = |number: u32| i64::from(number) - 1;
        let (line, column) = (from_zero(line), from_zero(column));
        let mut json = format!(
            "{{\"id\":{},\"callFrame\":{{\"functionName\":{},\"scriptId\":\"{script_id}\",\"url\":{},\"lineNumber\":{line},\"columnNumber\":{column}}},\"hitCount\":{hits}",
            at + 1,
            quoted(&name),
            quoted(&url)
        );
        if !children.is_empty() {
            let children: Vec<String> = children.iter().map(|child| (child + 1).to_string()).collect();
            let _ = write!(json, ",\"children\":[{}]", children.join(","));
        }
        if !lines.is_empty() {
            let ticks: Vec<String> =
                lines.iter().map(|(line, ticks)| format!("{{\"line\":{line},\"ticks\":{ticks}}}")).collect();
            let _ = write!(json, ",\"positionTicks\":[{}]", ticks.join(","));
        }
        json + "}"
    }

    /// Ticks by function, most first, in the layout of `node --prof-process`. Idle time is no tick.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut by_callee: BTreeMap<Callee, u64> = BTreeMap::new();
        for node in self.nodes.iter().filter(|node| node.hits > 0 && node.callee != Callee::Idle) {
            *by_callee.entry(node.callee).or_default() += node.hits;
        }
        let total: u64 = by_callee.values().sum();
        let ticks = |callee| by_callee.get(&callee).copied().unwrap_or(0);
        let (collector, program) = (ticks(Callee::Collector), ticks(Callee::Program));
        let scripts = total - collector - program;
        let mut functions: Vec<(u64, String)> = by_callee
            .iter()
            .filter(|(callee, _)| matches!(callee, Callee::Function(_)))
            .map(|(&callee, &ticks)| (ticks, self.label(callee)))
            .collect();
        semispace_sorting::sort_by(&mut functions, |a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let share = |ticks: u64, of: u64| format!("{:5.1}%", 100.0 * ticks as f64 / of.max(1) as f64);
        let mut out =
            format!("Statistical profiling result, ({total} ticks of virtual time).\n\n [JavaScript]:\n");
        out.push_str("   ticks  total  nonlib   name\n");
        for (ticks, name) in functions {
            let _ = writeln!(
                out,
                "  {ticks:6}  {} {}  {name}",
                share(ticks, total),
                share(ticks, total - collector)
            );
        }
        out.push_str("\n [Summary]:\n   ticks  total  nonlib   name\n");
        for (ticks, name) in [(scripts, "JavaScript"), (program, "Program")] {
            let _ = writeln!(
                out,
                "  {ticks:6}  {} {}  {name}",
                share(ticks, total),
                share(ticks, total - collector)
            );
        }
        let _ = writeln!(out, "  {collector:6}  {}          GC", share(collector, total));
        out
    }

    fn label(&self, callee: Callee) -> String {
        let ProfiledFunction { name, url, line, column, .. } = self.function(callee);
        let name = if name.is_empty() { "<anonymous>" } else { &name };
        format!("JS: {name} {url}:{line}:{column}")
    }
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            control if control < ' ' => {
                let _ = write!(json, "\\u{:04x}", control as u32);
            }
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use Callee::{Collector, Function, Idle, Program};

    fn profile() -> CpuProfile {
        let mut profile = CpuProfile::new(5_000_000);
        profile.sample(&[Function(1)], 3, 1_000_500);
        profile.sample(&[Function(1), Function(2)], 7, 1_000_500);
        profile.sample(&[Function(1), Function(2)], 7, 1_000_000);
        profile.sample(&[Idle], 0, 9_000_000);
        profile.sample(&[Collector], 0, 2_000_000);
        profile.sample(&[Program], 0, 1_000_000);
        profile.describe(|number| ProfiledFunction {
            name: if number == 1 { String::new() } else { "b\"\n".to_owned() },
            url: "a.js".to_owned(),
            script_id: 4,
            line: number,
            column: 10,
        });
        profile
    }

    #[test]
    fn a_profile_is_v8s_json() {
        let json = profile().json();
        assert!(json.starts_with(
            "{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"(root)\",\"scriptId\":\"0\",\"url\":\"\",\"lineNumber\":-1,\"columnNumber\":-1},\"hitCount\":0,\"children\":[2,4,5,6]},{\"id\":2,\"callFrame\":{\"functionName\":\"\",\"scriptId\":\"4\",\"url\":\"a.js\",\"lineNumber\":0,\"columnNumber\":9},\"hitCount\":1,\"children\":[3],\"positionTicks\":[{\"line\":3,\"ticks\":1}]},{\"id\":3,\"callFrame\":{\"functionName\":\"b\\\"\\u000a\""
        ), "{json}");
        assert!(json.ends_with(
            "\"startTime\":5000,\"endTime\":20001,\"samples\":[2,3,3,4,5,6],\"timeDeltas\":[1000,1001,1000,9000,2000,1000]}"
        ), "{json}");
    }

    #[test]
    fn the_summary_counts_ticks_by_function() {
        let summary = profile().summary();
        let lines: Vec<&str> = summary.lines().collect();
        assert_eq!(lines[0], "Statistical profiling result, (5 ticks of virtual time).");
        assert_eq!(lines[4], "       2   40.0%  50.0%  JS: b\"");
        assert!(summary.contains("\n       1   20.0%  25.0%  JS: <anonymous> a.js:1:10\n"), "{summary}");
        assert!(summary.ends_with("       1   20.0%          GC\n"), "{summary}");
    }
}
