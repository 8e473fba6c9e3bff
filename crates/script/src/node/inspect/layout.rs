//! How entries become lines: one line where they fit, columns for long arrays, a line each otherwise.

use super::style::{shown_length, shown_width};

/// How hard inspect tries to put things on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compact {
    /// A line for each entry, always
    Never,
    /// As much as fits, without regard to nesting
    Always,
    /// Objects with up to this many inner levels may share one line
    Levels(usize),
}

/// The measures that decide the layout.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    /// Columns a line may have
    pub break_length: usize,
    /// See [`Compact`]
    pub compact: Compact,
    /// Columns that the enclosing objects are indented
    pub indentation: usize,
    /// Entries of an array that are shown; one more says how many are not
    pub max_array_length: usize,
}

/// Which padding the columns of an array get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Numbers
    Right,
    /// Anything else
    Left,
}

/// The parts of one object before they are put together.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The entries in order
    pub entries: Vec<String>,
    /// What stands before the opening brace, or nothing
    pub base: String,
    /// The opening brace with its prefix, such as `Map(2) {`
    pub open: String,
    /// The closing brace
    pub close: &'static str,
    /// How an array's columns are aligned; `None` for what is no array
    pub columns: Option<Align>,
    /// How many levels of objects there are inside
    pub inner_levels: usize,
}

/// Puts the parts of an object together.
pub fn reduce_to_single_string(mut parts: Parts, measures: Measures) -> String {
    let Compact::Levels(levels) = measures.compact else {
        return match measures.compact {
            Compact::Always => reduce_compactly(&parts, measures),
            _ => one_line_each(&parts, measures.indentation),
        };
    };
    let count = parts.entries.len();
    if let (Some(align), true) = (parts.columns, count > 6) {
        parts.entries = group_array_elements(parts.entries, align, measures, levels);
    }
    if parts.inner_levels < levels && parts.entries.len() == count {
        let start = count + measures.indentation + length(&parts.open) + length(&parts.base) + 10;
        if fits(&parts, start, measures.break_length) {
            let joined = parts.entries.join(", ");
            if !joined.contains('\n') {
                return format!("{}{} {joined} {}", before_brace(&parts.base), parts.open, parts.close);
            }
        }
    }
    one_line_each(&parts, measures.indentation)
}

fn reduce_compactly(parts: &Parts, measures: Measures) -> String {
    let base = if parts.base.is_empty() { String::new() } else { format!(" {}", parts.base) };
    if fits(parts, 0, measures.break_length) {
        return format!("{}{base} {} {}", parts.open, parts.entries.join(", "), parts.close);
    }
    let indentation = " ".repeat(measures.indentation);
    let line = if parts.base.is_empty() && parts.open.len() == 1 {
        " ".to_owned()
    } else {
        format!("{base}\n{indentation}  ")
    };
    format!("{}{line}{} {}", parts.open, parts.entries.join(&format!(",\n{indentation}  ")), parts.close)
}

fn one_line_each(parts: &Parts, indentation: usize) -> String {
    let line = format!("\n{}", " ".repeat(indentation));
    let entries = parts.entries.join(&format!(",{line}  "));
    format!("{}{}{line}  {entries}{line}{}", before_brace(&parts.base), parts.open, parts.close)
}

fn before_brace(base: &str) -> String {
    if base.is_empty() { String::new() } else { format!("{base} ") }
}

/// Whether all entries with their separators fit into a line of `limit` columns that begins with `start`.
fn fits(parts: &Parts, start: usize, limit: usize) -> bool {
    let total =
        parts.entries.len() + start + parts.entries.iter().map(|entry| shown_length(entry)).sum::<usize>();
    parts.entries.len() * 2 + start <= limit && total <= limit && !parts.base.contains('\n')
}

/// Combines the entries of an array with more than six into rows of equal columns, at most 16 a row, about 2.5
/// times as wide as high. Entries that are too long for it are returned as they were.
fn group_array_elements(
    entries: Vec<String>,
    align: Align,
    measures: Measures,
    levels: usize,
) -> Vec<String> {
    const SEPARATOR: usize = 2;
    let shown = entries.len() - usize::from(measures.max_array_length < entries.len());
    let widths: Vec<usize> = entries[..shown].iter().map(|entry| shown_width(entry)).collect();
    let longest = widths.iter().copied().max().unwrap_or(0);
    let total: usize = widths.iter().map(|width| width + SEPARATOR).sum();
    let cell = longest + SEPARATOR;
    let worth_it = total as f64 / cell as f64 > 5.0 || longest <= 6;
    if cell * 3 + measures.indentation >= measures.break_length || !worth_it {
        return entries;
    }
    let columns = column_count(cell, total, entries.len(), shown, measures, levels);
    if columns <= 1 {
        return entries;
    }
    let column_widths: Vec<usize> = (0..columns)
        .map(|first| widths.iter().skip(first).step_by(columns).copied().max().unwrap_or(0) + SEPARATOR)
        .collect();
    let mut rows: Vec<String> = (0..shown)
        .step_by(columns)
        .map(|first| {
            let row = first..(first + columns).min(shown);
            join_row(&entries[row.clone()], &widths[row], &column_widths, align)
        })
        .collect();
    rows.extend(entries.into_iter().skip(shown));
    rows
}

fn column_count(
    cell: usize,
    total: usize,
    count: usize,
    shown: usize,
    measures: Measures,
    levels: usize,
) -> usize {
    let bias = (cell as f64 - total as f64 / count as f64).sqrt();
    let biased = (cell as f64 - 3.0 - bias).max(1.0);
    let square = ((2.5 * biased * shown as f64).sqrt() / biased + 0.5).floor() as usize;
    square.min((measures.break_length - measures.indentation) / cell).min(levels * 4).min(15)
}

fn join_row(entries: &[String], widths: &[usize], column_widths: &[usize], align: Align) -> String {
    let mut row = String::new();
    let last = entries.len() - 1;
    for (i, entry) in entries.iter().enumerate() {
        let padding = " ".repeat(column_widths[i] - 2 - widths[i]);
        match (align, i == last) {
            (Align::Right, true) => row.extend([&padding, entry.as_str()]),
            (Align::Right, false) => row.extend([&padding, entry.as_str(), ", "]),
            (Align::Left, true) => row.push_str(entry),
            (Align::Left, false) => row.extend([entry.as_str(), ", ", &padding]),
        }
    }
    row
}

/// Length in UTF-16 code units, which is what Node counts.
pub fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURES: Measures =
        Measures { break_length: 80, compact: Compact::Levels(3), indentation: 0, max_array_length: 100 };

    fn object(entries: Vec<String>) -> Parts {
        Parts { entries, base: String::new(), open: "{".into(), close: "}", columns: None, inner_levels: 0 }
    }

    fn array(entries: Vec<String>, align: Align) -> Parts {
        Parts { open: "[".into(), close: "]", columns: Some(align), ..object(entries) }
    }

    #[test]
    fn a_line_ends_at_73_columns() {
        let fits = object(vec!["a: 1".into(), format!("b: '{}'", "x".repeat(56))]);
        assert!(!reduce_to_single_string(fits, MEASURES).contains('\n'));
        let too_long = object(vec!["a: 1".into(), format!("b: '{}'", "x".repeat(57))]);
        assert!(reduce_to_single_string(too_long, MEASURES).starts_with("{\n  a: 1,\n  b: '"));
    }

    #[test]
    fn more_than_two_inner_levels_take_a_line_each() {
        let parts = Parts { inner_levels: 3, ..object(vec!["a: 1".into()]) };
        assert_eq!(reduce_to_single_string(parts, MEASURES), "{\n  a: 1\n}");
    }

    #[test]
    fn seven_short_numbers_become_columns() {
        let numbers = (1..=7).map(|n| n.to_string()).collect();
        assert_eq!(
            reduce_to_single_string(array(numbers, Align::Right), MEASURES),
            "[\n  1, 2, 3, 4,\n  5, 6, 7\n]"
        );
        let words = ["a", "bbb", "c", "d", "e", "f", "g"].map(|word| format!("'{word}'")).to_vec();
        let text = reduce_to_single_string(array(words, Align::Left), MEASURES);
        assert!(text.starts_with("[\n  'a', 'bbb',"), "{text}");
    }

    #[test]
    fn six_entries_stay_on_one_line() {
        let numbers = (1..=6).map(|n| n.to_string()).collect();
        assert_eq!(reduce_to_single_string(array(numbers, Align::Right), MEASURES), "[ 1, 2, 3, 4, 5, 6 ]");
    }
}
