//! The crates' arrows: who may depend on whom. What is not listed here is not allowed.

use crate::run::{cargo, read};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;

/// Each crate and what it may depend on among ours. `heap` and `slab` may depend on nothing at all.
const ARROWS: &[(&str, &[&str])] = &[
    ("semispace-heap", &[]),
    ("semispace-slab", &[]),
    ("semispace-sorting", &[]),
    ("semispace-compiler", &["semispace-heap", "semispace-sorting"]),
    (
        "semispace-script",
        &["semispace-compiler", "semispace-heap", "semispace-monitor", "semispace-slab", "semispace-sorting"],
    ),
    ("semispace-monitor", &["semispace-heap", "semispace-sorting"]),
    ("semispace-snapshot", &["semispace-sorting"]),
    (
        "semispace-playground",
        &[
            "semispace-heap",
            "semispace-script",
            "semispace-slab",
            "semispace-monitor",
            "semispace-snapshot",
            "semispace-sorting",
        ],
    ),
    ("semispace-protocol", &[]),
    ("semispace-wasm", &["semispace-playground", "semispace-protocol", "semispace-sorting"]),
    ("semispace-ui", &["semispace-protocol"]),
    ("semispace", &["semispace-playground", "semispace-snapshot"]),
    ("mdbook-semispace", &[]),
];
/// Crates without any dependency, ours or others'.
const BARE: [&str; 3] = ["semispace-heap", "semispace-slab", "semispace-sorting"];
/// Members that test or build the rest may see everything.
const UNCHECKED: [&str; 2] = ["xtask", "semispace-tests"];

/// Fails with the first arrow that should not be there.
pub fn check() -> Result<()> {
    let metadata = read(cargo().args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let dependencies = packages.iter().map(|package| (name_of(package), dependencies_of(package))).collect();
    match first_violation(&dependencies) {
        Some(message) => bail!(message),
        None => Ok(()),
    }
}

fn first_violation(packages: &BTreeMap<String, Vec<String>>) -> Option<String> {
    for (package, dependencies) in packages {
        if UNCHECKED.contains(&package.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == package) else {
            return Some(format!("{package} is not in xtask/src/arrows.rs: say there what it may depend on"));
        };
        for dependency in dependencies {
            let bare = BARE.contains(&package.as_str());
            let ours = packages.contains_key(dependency);
            if bare || (ours && !allowed.contains(&dependency.as_str())) {
                return Some(format!("{package} must not depend on {dependency} (xtask/src/arrows.rs)"));
            }
        }
    }
    None
}

fn name_of(package: &Value) -> String {
    package["name"].as_str().unwrap_or_default().to_owned()
}

/// What the package is built from; what only its tests use is free.
fn dependencies_of(package: &Value) -> Vec<String> {
    let all = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter(|dependency| dependency["kind"] != "dev").map(name_of).collect()
}

#[cfg(test)]
mod tests {
    use super::first_violation;

    fn check(package: &str, dependencies: &[&str]) -> Option<String> {
        let names = dependencies.iter().map(|name| (*name).to_owned()).collect();
        let mut packages =
            [(package.to_owned(), names)].into_iter().collect::<std::collections::BTreeMap<_, _>>();
        packages.insert("semispace-heap".to_owned(), Vec::new());
        first_violation(&packages)
    }

    #[test]
    fn the_page_may_see_only_the_protocol() {
        assert_eq!(check("semispace-ui", &["leptos", "semispace-protocol"]), None);
        assert!(check("semispace-ui", &["semispace-heap"]).is_some());
    }

    #[test]
    fn an_unknown_crate_is_refused() {
        assert!(check("semispace-new", &[]).is_some());
    }

    #[test]
    fn the_heap_has_no_dependency() {
        let packages = [("semispace-heap".to_owned(), vec!["serde".to_owned()])].into_iter().collect();
        assert!(first_violation(&packages).is_some());
    }
}
