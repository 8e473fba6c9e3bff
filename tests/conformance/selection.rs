//! What is out of scope, and why: ES2023 less modules, Intl, Temporal, annex B, `with`, `eval` and shared memory.

use super::metadata::Metadata;

/// Features that came after ES2023, or have not come yet.
const NEWER: [&str; 46] = [
    "Array.fromAsync",
    "Error.isError",
    "Float16Array",
    "Iterator.prototype.join",
    "Math.sumPrecise",
    "RegExp.escape",
    "ShadowRealm",
    "String.prototype.isWellFormed",
    "String.prototype.toWellFormed",
    "array-grouping",
    "arraybuffer-transfer",
    "await-dictionary",
    "decorators",
    "error-stack-accessor",
    "explicit-resource-management",
    "immutable-arraybuffer",
    "import-attributes",
    "import-bytes",
    "import-defer",
    "import-text",
    "export-defer",
    "iterator-chunking",
    "iterator-helpers",
    "iterator-includes",
    "iterator-sequencing",
    "joint-iteration",
    "json-modules",
    "json-parse-with-source",
    "legacy-regexp",
    "nonextensible-applies-to-private",
    "promise-try",
    "promise-with-resolvers",
    "regexp-duplicate-named-groups",
    "regexp-modifiers",
    "regexp-v-flag",
    "resizable-arraybuffer",
    "set-methods",
    "source-phase-imports",
    "source-phase-imports-module-source",
    "uint8array-base64",
    "upsert",
    "canonical-tz",
    "Intl.Era-monthcode",
    "Intl.Locale-info",
    "Intl.NumberFormat-v3",
    "stable-iterator",
];
const MODULES: [&str; 4] =
    ["dynamic-import", "import.meta", "top-level-await", "export-star-as-namespace-from-module"];
const SHARED_MEMORY: [&str; 4] = ["Atomics", "Atomics.pause", "Atomics.waitAsync", "SharedArrayBuffer"];

/// Why a test is out of scope; `None`: it is to be run. Features in `wanted` are never out of scope.
pub fn out_of_scope(
    name: &str,
    source: &str,
    metadata: &Metadata,
    wanted: &[String],
) -> Option<&'static str> {
    let needs = |features: &[&str]| {
        let mut missing = metadata.features.iter().filter(|feature| !wanted.contains(feature));
        missing.any(|feature| features.contains(&feature.as_str()))
    };
    let code = without_comments_and_strings(source);
    if metadata.has("module") || needs(&MODULES) || has_call(&code, "import") {
        return Some("modules");
    }
    if name.starts_with("annexB/") || needs(&["IsHTMLDDA"]) {
        return Some("annex B");
    }
    if name.starts_with("intl402/") || metadata.features.iter().any(|feature| feature.starts_with("Intl")) {
        return Some("Intl");
    }
    if needs(&["Temporal"]) {
        return Some("Temporal");
    }
    let waits = metadata.has("CanBlockIsFalse") || metadata.has("CanBlockIsTrue");
    if needs(&SHARED_MEMORY) || waits {
        return Some("SharedArrayBuffer and Atomics");
    }
    if needs(&NEWER) {
        return Some("newer than ES2023");
    }
    if metadata.negative.as_ref().is_some_and(|negative| negative.phase == "parse") {
        return None; // Nothing of it runs.
    }
    if has_call(&code, "with") {
        return Some("`with`");
    }
    if words(&code).any(|word| word == "eval" || word == "evalScript") {
        return Some("`eval`");
    }
    None
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
}

/// Whether `word (` is in the code, not as the name of a property.
fn has_call(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].trim_start();
        let alone = !before.is_some_and(|c| c.is_alphanumeric() || "_$.#".contains(c));
        alone && (after.starts_with('('))
    })
}

/// The code with comments and plain strings left out. Regular expressions and templates stay: what they hold only makes
/// the choice stricter.
fn without_comments_and_strings(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        code.push_str(&rest[..at]);
        rest = &rest[at..];
        let skipped = match rest.as_bytes() {
            [b'/', b'*', ..] => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
            [quote @ (b'"' | b'\''), ..] => string_length(rest, *quote),
            _ => {
                code.push('/');
                1
            }
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code + rest
}

/// How many bytes the string literal at the beginning takes; one where it does not end in its line.
fn string_length(text: &str, quote: u8) -> usize {
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'\n' => return 1,
            _ if byte == quote => return at + 1,
            _ => {}
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(source: &str) -> Option<&'static str> {
        out_of_scope("language/x.js", source, &Metadata::read(source), &[])
    }

    #[test]
    fn words_count_only_in_code() {
        assert_eq!(reason("var a = eval('1')"), Some("`eval`"));
        assert_eq!(reason("(0, eval)(x)"), Some("`eval`"));
        assert_eq!(reason("// eval(1)\nvar a = 'eval(1)' /* with (a) */"), None);
        assert_eq!(reason("evaluate(1); a.with(1, 2); withdraw(1)"), None);
        assert_eq!(reason("with (a) b"), Some("`with`"));
        assert_eq!(reason("var s = \"it\\\"s\"; with(a) b"), Some("`with`"));
        assert_eq!(reason("import('./a.js')"), Some("modules"));
    }

    #[test]
    fn features_and_flags_decide() {
        assert_eq!(reason("/*---\nfeatures: [Temporal]\n---*/"), Some("Temporal"));
        assert_eq!(reason("/*---\nflags: [module]\n---*/"), Some("modules"));
        assert_eq!(reason("/*---\nfeatures: [iterator-helpers]\n---*/"), Some("newer than ES2023"));
        assert_eq!(reason("/*---\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/\neval = 1"), None);
    }

    #[test]
    fn a_wanted_feature_is_in_scope() {
        let source = "/*---\nfeatures: [iterator-helpers]\n---*/";
        let wanted = ["iterator-helpers".to_owned()];
        assert_eq!(out_of_scope("x.js", source, &Metadata::read(source), &wanted), None);
    }
}
