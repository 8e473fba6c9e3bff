//! What `semispace snapshot` prints: tables for people, JSON for programs. Sizes are bytes, lines count from 1.

use std::fmt::Write;

use semispace_snapshot::compare::ClassChange;
use semispace_snapshot::groups::{DuplicateStrings, Group, Statistics};
use semispace_snapshot::leaks::{LeakGroup, LeakReport, Verdict};
use semispace_snapshot::paths::{Path, node_words};
use semispace_snapshot::{NodeIndex, Site, Snapshot, TraceFrame};
use serde_json::{Value, json};

/// Lines that tables have when nobody says how many.
const LINES: usize = 20;
/// Ids that stand for a group.
const SAMPLE: usize = 5;

fn text(value: &Value) -> String {
    format!("{value}\n")
}

fn shown<T>(list: &[T], top: Option<usize>) -> &[T] {
    &list[..top.unwrap_or(usize::MAX).min(list.len())]
}

fn bytes(number: u64) -> String {
    match number {
        0..1024 => format!("{number} B"),
        1024..1_048_576 => format!("{:.1} KiB", number as f64 / 1024.0),
        _ => format!("{:.1} MiB", number as f64 / 1_048_576.0),
    }
}

fn short(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    let start: String = name.chars().take(width - 1).collect();
    start + "…"
}

/// The summary as JSON.
pub fn summary_json(snapshot: &Snapshot, groups: &[Group], top: Option<usize>) -> String {
    let graph = snapshot.graph();
    let groups: Vec<Value> = shown(groups, top)
        .iter()
        .map(|group| {
            json!({
                "name": group.name,
                "type": group.node_type.as_str(),
                "count": group.count,
                "shallow_bytes": group.shallow_size,
                "retained_bytes": group.retained_size,
                "distance": group.distance,
            })
        })
        .collect();
    text(&json!({
        "node_count": graph.node_count(),
        "edge_count": graph.edge_count(),
        "total_self_size": graph.total_self_size(),
        "groups": groups,
    }))
}

/// The summary as tables.
pub fn summary(
    snapshot: &Snapshot,
    groups: &[Group],
    statistics: &Statistics,
    duplicates: &[DuplicateStrings],
    detached: &[NodeIndex],
    top: Option<usize>,
) -> String {
    let graph = snapshot.graph();
    let lines = top.unwrap_or(LINES);
    let mut out = format!(
        "{} nodes, {} edges, {}\n",
        graph.node_count(),
        graph.edge_count(),
        bytes(graph.total_self_size())
    );
    let parts = [
        ("code", statistics.code),
        ("strings", statistics.strings),
        ("arrays", statistics.js_arrays),
        ("typed arrays", statistics.typed_arrays),
        ("system", statistics.system),
        ("other", statistics.other),
    ];
    let parts: Vec<String> = parts.iter().map(|(name, size)| format!("{name} {}", bytes(*size))).collect();
    let _ = writeln!(out, "{}\n", parts.join(", "));
    let _ = writeln!(
        out,
        "{:<40} {:>8} {:>9} {:>12} {:>12}",
        "constructor", "distance", "count", "shallow", "retained"
    );
    for group in shown(groups, Some(lines)) {
        let distance = group.distance.filter(|&distance| distance < 100_000_000);
        let _ = writeln!(
            out,
            "{:<40} {:>8} {:>9} {:>12} {:>12}",
            short(&group.name, 40),
            distance.map_or("-".to_owned(), |distance| distance.to_string()),
            group.count,
            group.shallow_size,
            group.retained_size
        );
    }
    more(&mut out, groups.len(), lines, "constructors");
    let wasted: u64 = duplicates.iter().map(|strings| strings.wasted).sum();
    if wasted > 0 {
        let _ = writeln!(out, "\n{} are in strings that are there more than once:", bytes(wasted));
        for strings in shown(duplicates, Some(lines.min(5))) {
            let _ = writeln!(out, "  {} x {:?}", strings.count, short(&strings.text, 60));
        }
    }
    if !detached.is_empty() {
        let size: u64 = detached.iter().map(|&node| snapshot.retained_size(node)).max().unwrap_or(0);
        let _ = writeln!(
            out,
            "\n{} DOM nodes hang on no document; the largest retains {}",
            detached.len(),
            bytes(size)
        );
    }
    out
}

fn more(out: &mut String, all: usize, lines: usize, what: &str) {
    if all > lines {
        let _ = writeln!(out, "... and {} more {what} (--top N shows more)", all - lines);
    }
}

/// The comparison as JSON.
pub fn diff_json(before: &Snapshot, after: &Snapshot, changes: &[ClassChange], top: Option<usize>) -> String {
    let classes: Vec<Value> = shown(changes, top)
        .iter()
        .map(|change| {
            json!({
                "name": change.name,
                "type": change.node_type.as_str(),
                "new": change.added,
                "deleted": change.removed,
                "delta": change.delta(),
                "allocated_bytes": change.allocated_size,
                "freed_bytes": change.freed_size,
                "size_delta": change.size_delta(),
            })
        })
        .collect();
    text(&json!({
        "before": { "node_count": before.graph().node_count(), "total_self_size": before.graph().total_self_size() },
        "after": { "node_count": after.graph().node_count(), "total_self_size": after.graph().total_self_size() },
        "groups": classes,
    }))
}

/// The comparison as a table.
pub fn diff(before: &Snapshot, after: &Snapshot, changes: &[ClassChange], top: Option<usize>) -> String {
    let lines = top.unwrap_or(LINES);
    let (old, new) = (before.graph().total_self_size(), after.graph().total_self_size());
    let mut out =
        format!("{} before, {} after ({:+} bytes)\n\n", bytes(old), bytes(new), new as i64 - old as i64);
    let _ = writeln!(
        out,
        "{:<40} {:>8} {:>8} {:>8} {:>12} {:>12} {:>12}",
        "constructor", "new", "deleted", "delta", "allocated", "freed", "size delta"
    );
    for change in shown(changes, Some(lines)) {
        let _ = writeln!(
            out,
            "{:<40} {:>8} {:>8} {:>+8} {:>12} {:>12} {:>+12}",
            short(&change.name, 40),
            change.added,
            change.removed,
            change.delta(),
            change.allocated_size,
            change.freed_size,
            change.size_delta()
        );
    }
    more(&mut out, changes.len(), lines, "constructors");
    out
}

fn path_json(snapshot: &Snapshot, path: &Path) -> Value {
    let graph = snapshot.graph();
    let steps = path.steps.iter().map(|step| {
        json!({
            "edge": graph.edge_name(step.edge).to_string(),
            "edge_type": graph.edge_type(step.edge).as_str(),
            "node": graph.name(step.node),
            "id": graph.id(step.node),
        })
    });
    steps.collect()
}

/// Where a node was allocated, with the calls that led there, or where its constructor is written.
fn site_json(snapshot: &Snapshot, node: NodeIndex) -> Option<Value> {
    let graph = snapshot.graph();
    let site = graph.site(node)?;
    let mut value = json!({
        "kind": if site.is_allocation { "allocation" } else { "constructor" },
        "script_id": site.script_id,
        "line": site.line,
        "column": site.column,
    });
    if site.is_allocation {
        value["function"] = json!(site.function);
        value["script"] = json!(site.script);
        let frame = |frame: TraceFrame<'_>| json!({ "function": frame.function, "script": frame.script, "line": frame.line, "column": frame.column });
        value["stack"] = graph.allocation_stack(node).into_iter().map(frame).collect();
    }
    Some(value)
}

/// The same in words.
fn site_words(snapshot: &Snapshot, node: NodeIndex) -> Option<String> {
    let Site { is_allocation, function, script, script_id, line, column } = snapshot.graph().site(node)?;
    if !is_allocation {
        return Some(format!("its constructor: script {script_id} line {line}, column {column}"));
    }
    let function = if function.is_empty() { "an anonymous function" } else { function };
    Some(format!("allocated in {function}, {script}:{line}:{column}"))
}

/// The leaks as JSON.
pub fn leaks_json(snapshot: &Snapshot, found: &LeakReport, top: Option<usize>) -> String {
    let groups: Vec<Value> =
        shown(&found.groups, top).iter().map(|group| leak_json(snapshot, group)).collect();
    text(&json!({
        "leaked_count": found.count,
        "leaked_shallow_bytes": found.shallow_size,
        "leaked_retained_bytes": found.retained_size,
        "suspect_retained_bytes": found.suspect_size,
        "groups": groups,
    }))
}

fn leak_json(snapshot: &Snapshot, group: &LeakGroup) -> Value {
    let graph = snapshot.graph();
    let sample: Vec<u64> = group.nodes.iter().take(SAMPLE).map(|&node| graph.id(node)).collect();
    let mut value = json!({
        "name": group.name,
        "type": group.node_type.as_str(),
        "count": group.count,
        "later_count": group.later,
        "shallow_bytes": group.shallow_size,
        "retained_bytes": group.retained_size,
        "verdict": group.verdict.as_str(),
        "ids_sample": sample,
        "retaining_path": group.path.as_ref().map_or(json!([]), |path| path_json(snapshot, path)),
        "path_in_words": words(snapshot, group),
    });
    if let Some(site) = site_json(snapshot, group.typical) {
        value["allocation_site"] = site;
    }
    value
}

fn words(snapshot: &Snapshot, group: &LeakGroup) -> String {
    match &group.path {
        Some(path) => path.words(snapshot).to_string(),
        None => format!("nothing keeps it -> {}", node_words(snapshot.graph(), group.example)),
    }
}

/// The leaks in words.
pub fn leaks(snapshot: &Snapshot, found: &LeakReport, top: Option<usize>) -> String {
    let lines = top.unwrap_or(LINES);
    let mut out = format!(
        "{} objects came and stayed: {} themselves, {} retained\n",
        found.count,
        bytes(found.shallow_size),
        bytes(found.retained_size)
    );
    let suspects: Vec<&LeakGroup> = found.groups.iter().filter(|group| group.verdict.is_suspect()).collect();
    let (rest, warm): (Vec<&LeakGroup>, Vec<&LeakGroup>) = found
        .groups
        .iter()
        .filter(|group| !group.verdict.is_suspect())
        .partition(|group| group.verdict == Verdict::OneOff);
    if suspects.is_empty() {
        out.push_str("Nothing goes on growing.\n");
    }
    for group in shown(&suspects, Some(lines)) {
        let _ = writeln!(
            out,
            "\n{} x {} ({}, {} retained): {}",
            group.count,
            group.name,
            bytes(group.shallow_size),
            bytes(group.retained_size),
            growth(group)
        );
        let _ = writeln!(out, "  held by {}", words(snapshot, group));
        if let Some(site) = site_words(snapshot, group.typical) {
            let _ = writeln!(out, "  {site}");
        }
    }
    more(&mut out, suspects.len(), lines, "groups");
    for (groups, what) in
        [(rest, "grew once and no more"), (warm, "are the engine's own (code, hidden classes)")]
    {
        let (count, size) =
            groups.iter().fold((0, 0), |sum, group| (sum.0 + group.count, sum.1 + group.shallow_size));
        if count > 0 {
            let _ = writeln!(out, "\n{count} objects of {} {what}", bytes(size));
        }
    }
    out
}

fn growth(group: &LeakGroup) -> String {
    match (group.verdict, group.later) {
        (Verdict::Leak, Some(later)) => format!("leaks: {later} more came after that"),
        (Verdict::Leak, None) => "leaks: grows with the action".to_owned(),
        _ => "may leak; a third snapshot would tell".to_owned(),
    }
}

/// The paths to a node as JSON.
pub fn retainers_json(snapshot: &Snapshot, node: NodeIndex, paths: &[Path]) -> String {
    let graph = snapshot.graph();
    let paths: Vec<Value> = paths
        .iter()
        .map(|path| {
            json!({ "retaining_path": path_json(snapshot, path), "path_in_words": path.words(snapshot).to_string() })
        })
        .collect();
    let mut value = json!({
        "id": graph.id(node),
        "name": graph.name(node),
        "type": graph.node_type(node).as_str(),
        "shallow_bytes": graph.self_size(node),
        "retained_bytes": snapshot.retained_size(node),
        "dominator_id": graph.id(snapshot.dominators().dominator(node)),
        "paths": paths,
    });
    if let Some(site) = site_json(snapshot, node) {
        value["allocation_site"] = site;
    }
    text(&value)
}

/// The paths to a node in words and step by step.
pub fn retainers(snapshot: &Snapshot, node: NodeIndex, paths: &[Path]) -> String {
    let graph = snapshot.graph();
    let mut out = format!(
        "{} @{}: {} itself, {} retained\n",
        node_words(graph, node),
        graph.id(node),
        bytes(graph.self_size(node)),
        bytes(snapshot.retained_size(node))
    );
    if let Some(site) = site_words(snapshot, node) {
        let _ = writeln!(out, "{site}");
    }
    if paths.is_empty() {
        out.push_str("Nothing keeps it but weak references.\n");
    }
    for path in paths {
        let _ = writeln!(out, "\n{}", path.words(snapshot));
        for step in &path.steps {
            let kind = graph.edge_type(step.edge).as_str();
            let name = graph.edge_name(step.edge);
            let _ = writeln!(
                out,
                "  {kind} {} -> {} @{}",
                short(&name.to_string(), 60),
                node_words(graph, step.node),
                graph.id(step.node)
            );
        }
    }
    out
}
