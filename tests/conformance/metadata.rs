//! What a test says about itself: the YAML between `/*---` and `---*/`, of which test262 uses a small part
//! (`INTERPRETING.md`, section "Metadata").

/// The error that a test must end in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negative {
    /// `parse`, `resolution` or `runtime`.
    pub phase: String,
    /// The name of the error's constructor.
    pub constructor: String,
}

/// The metadata that decides how a test is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Files of the harness to run before the test.
    pub includes: Vec<String>,
    /// `onlyStrict`, `noStrict`, `raw`, `async`, `module` and others.
    pub flags: Vec<String>,
    /// Features of the language that the test needs.
    pub features: Vec<String>,
    /// The error that it must end in, if any.
    pub negative: Option<Negative>,
}

impl Metadata {
    /// Reads the metadata of a test; what is missing is empty.
    pub fn read(source: &str) -> Self {
        let mut metadata = Self::default();
        let Some(text) = source.split_once("/*---").and_then(|(_, rest)| rest.split_once("---*/")) else {
            return metadata;
        };
        let lines: Vec<&str> = text.0.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let nested = nested_lines(&lines[index + 1..]);
            match key {
                "includes" => metadata.includes = list(value, nested),
                "flags" => metadata.flags = list(value, nested),
                "features" => metadata.features = list(value, nested),
                "negative" => metadata.negative = Some(negative(nested)),
                _ => {}
            }
        }
        metadata
    }

    /// Whether a flag is set.
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|set| set == flag)
    }
}

/// The lines that belong to the key before them: the indented ones, and lists that are not indented.
fn nested_lines<'s, 'l>(lines: &'l [&'s str]) -> &'l [&'s str] {
    let is_nested = |line: &&str| line.starts_with([' ', '\t', '-', ']']) || line.trim().is_empty();
    let end = lines.iter().position(|line| !is_nested(line)).unwrap_or(lines.len());
    &lines[..end]
}

/// `[a, b]`, possibly over several lines, or one `- a` a line.
fn list(value: &str, nested: &[&str]) -> Vec<String> {
    let text = std::iter::once(value).chain(nested.iter().copied()).collect::<Vec<_>>().join("\n");
    let items: Vec<&str> = match text.split_once('[').and_then(|(_, rest)| rest.split_once(']')) {
        Some((inside, _)) => inside.split(',').collect(),
        None => text.lines().filter_map(|line| line.trim().strip_prefix("- ")).collect(),
    };
    let plain = items.iter().map(|item| item.trim().trim_matches(['"', '\'']));
    plain.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn negative(nested: &[&str]) -> Negative {
    let value = |key: &str| {
        let found =
            nested.iter().filter_map(|line| line.trim().split_once(':')).find(|(name, _)| *name == key);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    Negative { phase: value("phase"), constructor: value("type") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, includes: &[&str], flags: &[&str], features: &[&str]) -> Metadata {
        let metadata = Metadata::read(source);
        assert_eq!(metadata.includes, includes, "{source}");
        assert_eq!(metadata.flags, flags, "{source}");
        assert_eq!(metadata.features, features, "{source}");
        metadata
    }

    #[test]
    fn lists_come_in_three_shapes() {
        let inline = "// c\n/*---\ndescription: a: b\nincludes: [x.js, y.js]\nflags: [async]\n---*/\nf()";
        check(inline, &["x.js", "y.js"], &["async"], &[]);
        let block = "/*---\nfeatures:\n  - Map\n  - Set\ninfo: |\n  flags: [raw]\n---*/";
        check(block, &[], &[], &["Map", "Set"]);
        let wrapped = "/*---\nfeatures: [\n  Map,\n  Set\n]\nflags:\n- onlyStrict\n---*/";
        let metadata = check(wrapped, &[], &["onlyStrict"], &["Map", "Set"]);
        assert!(metadata.has("onlyStrict") && !metadata.has("raw"));
    }

    #[test]
    fn the_expected_error_has_a_phase_and_a_constructor() {
        let metadata =
            check("/*---\nnegative:\n  phase: parse\n  type: SyntaxError\nesid: x\n---*/", &[], &[], &[]);
        let expected = Negative { phase: "parse".to_owned(), constructor: "SyntaxError".to_owned() };
        assert_eq!(metadata.negative, Some(expected));
    }

    #[test]
    fn a_file_without_metadata_asks_for_nothing() {
        assert_eq!(Metadata::read("var a = 1"), Metadata::default());
        assert_eq!(Metadata::read("/*--- flags: [raw]"), Metadata::default());
    }

    #[test]
    fn lines_may_end_in_carriage_returns() {
        check(
            "/*---\r\nflags: [noStrict]\r\nfeatures:\r\n  - let\r\n---*/\r\n",
            &[],
            &["noStrict"],
            &["let"],
        );
    }
}
