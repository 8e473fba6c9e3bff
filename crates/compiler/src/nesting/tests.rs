use super::{LIMIT, Reader};
use crate::{compile, compile_global};

/// Of random texts, between bars.
const TOKENS: &str = concat!(
    "if(a)|else |{|}|(|)|[|]|/|\"|'|`|${|do |while(a)|while|=>|\n|;|,|a|a |+|-|!|?|:|.|?.|=|**|for(;;)|",
    "function f()|function*|class A |extends |new |typeof |yield |await |async |case 1:|switch(a)|try|",
    "catch|with(a)|let |var |of |in |return |break |//|/*|*/|a:|{a:|()=>|1|#a|\\|...|static |get |&&|",
    "<!--|-->|import |export default |@a|delete |}`"
);

/// What goes before, what is repeated, what goes into the middle, what closes every repetition, what goes behind.
type Shape = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// What the syntax tree nests.
const DEEP: &[Shape] = &[
    ("x = ", "(", "a", ")", ""),
    ("x = ", "[", "a", "]", ""),
    ("x = ", "{a: ", "a", "}", ""),
    ("x = ", "`${", "a", "}`", ""),
    ("x = ", "[...", "a", "]", ""),
    ("x = ", "{a() { return ", "a", "}}", ""),
    ("", "{", "", "}", ""),
    ("", "a(", "a", ")", ""),
    ("", "function f() {", "", "}", ""),
    ("", "(function () {", "", "})", ""),
    ("", "(() => {", "", "})", ""),
    ("", "try {", "", "} catch {}", ""),
    ("", "try {} catch {", "", "}", ""),
    ("", "if (a) try {} catch {", "", "}", ""),
    ("", "if (a) {} else {", "", "}", ""),
    ("", "switch (a) { case 1: ", "", "}", ""),
    ("", "class A { a() {", "", "}}", ""),
    ("", "class A { static {", "", "}}", ""),
    ("x = ", "class extends ", "A", "{}", ""),
    ("", "class A extends ", "A", " {}", ""),
    ("[", "[a = ", "a", "]", "] = a"),
    ("", "if (a)", ";", "", ""),
    ("", "if (a)\n", ";", "", ""),
    ("", "if (a); else ", ";", "", ""),
    ("", "if (a) b\n else ", ";", "", ""),
    ("", "if (a) {} else ", ";", "", ""),
    ("", "for (;;)", ";", "", ""),
    ("", "for (a of [])", ";", "", ""),
    ("", "for (a in b)", ";", "", ""),
    ("", "while (a)", ";", "", ""),
    ("", "do ", ";", "while (a);", ""),
    ("", "do while (b) ", ";", "while (a);", ""),
    ("", "do if (b) c; else ", ";", "while (a);", ""),
    ("", "with (a)", ";", "", ""),
    ("x = ", "- ", "a", "", ""),
    ("x = ", "!", "a", "", ""),
    ("x = ", "typeof ", "a", "", ""),
    ("x = ", "void ", "a", "", ""),
    ("x = ", "new ", "a", "", ""),
    ("x = ", "a => ", "a", "", ""),
    ("x = ", "async a => ", "a", "", ""),
    ("x = ", "() => a ? b => {} : ", "a", "", ""),
    ("x = ", "a ? a : ", "a", "", ""),
    ("x = ", "a ?\n\"b\" : ", "a", "", ""),
    ("", "a = ", "a", "", ""),
    ("", "a =\n", "a", "", ""),
    ("", "a ??= ", "a", "", ""),
    ("x = a", "**a", "", "", ""),
    ("function* g() {", "yield ", "a", "", "}"),
    ("async () => {", "await ", "a", "", "}"),
    ("x = a", "^a", "", "", ""),
    ("x = a", "\n+ a", "", "", ""),
    ("x = a", " + \"+\"", "", "", ""),
    ("x = a", "\n%/**/a", "", "", ""),
    ("x = a", " && a", "", "", ""),
    ("x = a", " in a", "", "", ""),
    ("x = a", "\ninstanceof a", "", "", ""),
    ("x = a", " < a", "", "", ""),
    ("x = a", " >= a", "", "", ""),
    ("x = a", ".a", "", "", ""),
    ("x = a", ".if", "", "", ""),
    ("x = a", "?.a", "", "", ""),
    ("x = a", "()", "", "", ""),
    ("x = a", ".a()", "", "", ""),
    ("x = a", "[0]()", "", "", ""),
    ("x = a", "?.a()", "", "", ""),
    ("x = a", "?.()", "", "", ""),
    ("x = a", "\n[0]", "", "", ""),
    ("x = a", "``", "", "", ""),
    ("x = /[/\"]/", ".a", "", "", ""),
    ("a = b\n/'/.a", " / '/'", "", "", ""),
    // What has been closed is enclosed by what follows.
    ("x = ", "(", "a", ").a.a.a.a", ""),
    ("x = ", "(", "a", " - a - a - a - a)", ""),
];

/// What the syntax tree does not nest.
const FLAT: &[Shape] = &[
    ("", "a;", "", "", ""),
    ("", "a = b\n", "", "", ""),
    ("", "!a\n", "", "", ""),
    ("", "++a\n", "", "", ""),
    ("", "a => {}\n", "", "", ""),
    ("", "/a|b/.test('`');", "", "", ""),
    ("", "if (a) b; else c;", "", "", ""),
    ("", "if (a) b\n", "", "", ""),
    ("", "if (a) {} else {}", "", "", ""),
    ("", "do a; while (b)\n", "", "", ""),
    ("", "do {} while (b);", "", "", ""),
    ("", "while (a) b;", "", "", ""),
    ("", "try {} catch {} finally {}", "", "", ""),
    ("", "function f() { return a\n}", "", "", ""),
    ("", "class A extends B { a = 1\n if() {} get b() {} }", "", "", ""),
    ("", "a: b;", "", "", ""),
    ("", "{ a = [b, c] }", "", "", ""),
    ("var a", ", a = {b: 1}", "", "", ""),
    ("a", ", a = b ? c : d", "", "", ""),
    ("x = [0", ", 1 + 1", "", "", "]"),
    ("x = {", "a: b ? c : {}, get if() {}, [a]: 1, 'b': a => a, ", "", "", "}"),
    ("f(", "function () {}, ", "", "", ")"),
    ("switch (a) {", "case 1: b(); break; default: ", "", "", "}"),
    ("switch (a) {", "case a ? b : c: b()\nbreak\n", "", "", "}"),
    ("class A {", "a() {} static b = 1; #c\n", "", "", "}"),
    ("x = '", "+ - (", "", "", "'"),
    ("x = `", "+ - ( ${a}", "", "", "`"),
    ("// ", "+ - ( ", "", "", ""),
    ("/* ", "+ - (\n", "", "", "*/"),
    ("x = /", "a|(b)", "", "", "/"),
    ("x = /[", "(", "", "", "]/"),
    ("{} /", "|(b)", "", "", "/"),
];

fn text(&(before, opening, middle, closing, behind): &Shape, count: usize) -> String {
    format!("{before}{}{middle}{}{behind}", opening.repeat(count), closing.repeat(count))
}

fn is_refused(source: &str) -> bool {
    Reader::new(source).read().is_err()
}

/// The largest count that is let through.
fn largest(shape: &Shape) -> usize {
    let (mut passes, mut fails) = (1, 100_000);
    while passes + 1 < fails {
        let middle = (passes + fails) / 2;
        if is_refused(&text(shape, middle)) { fails = middle } else { passes = middle }
    }
    passes
}

/// On the stack that a thread has if nobody says more: a quarter of a program's.
fn with_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).expect("a thread").join().expect("no panic");
}

#[test]
fn deep_sources_are_refused_with_their_place() {
    for shape in DEEP {
        let source = text(shape, 50_000);
        let refused = compile(&source).expect_err(&text(shape, 2));
        assert!(refused.to_string().contains("nests too deeply"), "{refused} {}", text(shape, 2));
        assert!(refused.line > 1 || refused.column > 100, "{}", text(shape, 2));
    }
}

#[test]
fn what_is_let_through_can_be_compiled() {
    with_small_stack(|| {
        for shape in DEEP {
            let count = largest(shape);
            assert!(count <= LIMIT as usize, "{}", text(shape, 2));
            // Too deep for the registers perhaps, which is said; the stack bears it.
            drop(compile(&text(shape, count)));
        }
    });
}

#[test]
fn long_flat_sources_pass() {
    for shape in FLAT {
        assert!(!is_refused(&text(shape, 20_000)), "{}", text(shape, 2));
    }
}

#[test]
fn no_tokens_crash() {
    const ROUNDS: usize = 200;
    let tokens: Vec<&str> = TOKENS.split('|').collect();
    with_small_stack(move || {
        let mut state = 0x9E37_79B9_7F4A_7C15u64;
        let mut next = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 20) as usize % below
        };
        for round in 0..ROUNDS {
            // A phrase of few tokens, many times, nests more than a random text, and parses more often.
            let source = if round % 3 == 0 {
                (0..next(3000)).map(|_| tokens[next(tokens.len())]).collect::<String>()
            } else {
                let phrase = |next: &mut dyn FnMut(usize) -> usize| {
                    (0..1 + next(6)).map(|_| tokens[next(tokens.len())]).collect::<String>()
                };
                let (before, opening) = (phrase(&mut next), phrase(&mut next));
                let (middle, closing) = (phrase(&mut next), phrase(&mut next));
                let count = next(8000);
                format!("{before}{}{middle}{}", opening.repeat(count), closing.repeat(count))
            };
            drop(compile(&source));
            drop(compile_global(&source));
        }
    });
}
