//! What stands behind a fence: `js,semispace,view=heap+log,editable`.

/// A widget's attributes that take a value.
const VALUES: [&str; 12] = [
    "lesson",
    "view",
    "profile",
    "height",
    "theme",
    "speed",
    "seed",
    "max-old-space-size",
    "max-semi-space-size",
    "min-semi-space-size",
    "max-new-space-size",
    "max-external-size",
];
/// Those that are there or not.
const SWITCHES: [&str; 4] = ["editable", "readonly", "autoplay", "allocation-sites"];

/// What an info string asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// The language of the code, for highlighters; empty if there is none.
    pub language: String,
    /// The widget's attributes in the order in which they stand; a switch has an empty value.
    pub attributes: Vec<(String, String)>,
}

impl Info {
    /// The name of the lesson, if it asks for one.
    #[must_use]
    pub fn lesson(&self) -> Option<&str> {
        self.attributes.iter().find_map(|(name, value)| (name == "lesson").then_some(value.as_str()))
    }
}

/// Reads an info string; `None` when it does not ask for a widget.
///
/// # Errors
/// The words for an option that no widget has, or that lacks its value.
pub fn read(info: &str) -> Result<Option<Info>, String> {
    let mut words = info.split([',', ' ', '\t']).map(str::trim).filter(|word| !word.is_empty());
    let language = words.next().unwrap_or_default();
    let mut words: Vec<&str> = words.collect();
    let language = if language == "semispace" { "js" } else { language };
    let marked = words.iter().position(|word| *word == "semispace");
    match marked {
        Some(position) => drop(words.remove(position)),
        None if info.split([',', ' ', '\t']).next() == Some("semispace") => {}
        None => return Ok(None),
    }
    let attributes = words.into_iter().map(attribute).collect::<Result<_, _>>()?;
    Ok(Some(Info { language: language.to_owned(), attributes }))
}

fn attribute(word: &str) -> Result<(String, String), String> {
    match word.split_once('=') {
        Some((name, value)) if VALUES.contains(&name) && !value.is_empty() => {
            Ok((name.to_owned(), value.trim_matches('"').replace('+', " ")))
        }
        None if SWITCHES.contains(&word) => Ok((word.to_owned(), String::new())),
        None if VALUES.contains(&word) => Err(format!("the option {word} needs a value, as in {word}=...")),
        Some((name, _)) if VALUES.contains(&name) => Err(format!("the option {name} has no value")),
        Some((name, _)) if SWITCHES.contains(&name) => Err(format!("the option {name} takes no value")),
        _ => Err(format!(
            "a widget has no option {word}; there are {}, {}",
            VALUES.map(|name| format!("{name}=...")).join(", "),
            SWITCHES.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(info: &str, expect: Option<(&str, &[(&str, &str)])>) {
        let expect = expect.map(|(language, attributes)| Info {
            language: language.to_owned(),
            attributes: attributes
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
        });
        assert_eq!(read(info), Ok(expect), "{info}");
    }

    #[test]
    fn only_blocks_that_ask_for_it_become_widgets() {
        check("js", None);
        check("", None);
        check("js,editable", None);
        check("rust,semispaced", None);
        check("js,semispace", Some(("js", &[])));
        check("js semispace", Some(("js", &[])));
        check("semispace,editable", Some(("js", &[("editable", "")])));
    }

    #[test]
    fn options_become_attributes() {
        check(
            "js, semispace, view=heap+log, editable, max-semi-space-size=1",
            Some(("js", &[("view", "heap log"), ("editable", ""), ("max-semi-space-size", "1")])),
        );
    }

    #[test]
    fn a_wrong_option_is_refused_in_words() {
        for (info, words) in [
            ("js,semispace,onclick=alert(1)", "no option onclick"),
            ("js,semispace,view", "view needs a value"),
            ("js,semispace,view=", "view has no value"),
            ("js,semispace,editable=no", "editable takes no value"),
        ] {
            let message = read(info).unwrap_err();
            assert!(message.contains(words), "{info}: {message}");
        }
    }
}
