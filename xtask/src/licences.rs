//! Licences of everything that is bundled into the site and the package: the crates that WebAssembly is built from, and
//! the npm parts of the page. Made at build time from what cargo and npm have locked, without a network.

use crate::run::{cargo, read, root, version_of};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const BUNDLED: [&str; 2] = ["semispace-ui", "semispace-wasm"];
/// Parts of `www/package.json` that only build the page.
const BUILD_TOOLS: [&str; 2] = ["binaryen", "esbuild"];

/// Something that is not ours.
struct Part {
    name: String,
    version: String,
    licence: String,
    address: String,
    text: String,
}

/// Everything bundled, by name, and each text once.
pub fn as_text() -> Result<String> {
    let mut page =
        "Semispace is licensed under MIT or Apache-2.0, as you like. It contains the following.\n".to_owned();
    for (text, parts) in by_text(&parts()?) {
        page += "\n----------------------------------------------------------------------\n\n";
        for Part { name, version, licence, address, .. } in parts {
            page += &format!("{name} {version}, {licence}, {address}\n");
        }
        page += &format!("\n{text}\n");
    }
    Ok(page)
}

/// The same as a page of the site, with the addresses of its style sheet and of its icon.
pub fn as_html(style: &str, icon: &str) -> Result<String> {
    let parts = parts()?;
    let sections: String = by_text(&parts)
        .into_iter()
        .map(|(text, parts)| {
            let items: String = parts.into_iter().map(item).collect();
            format!("<section>\n<ul>\n{items}</ul>\n<pre>{}</pre>\n</section>\n", escape(&text))
        })
        .collect();
    let count = parts.len();
    let page =
        fs::read_to_string(root().join("www/licences.html")).context("cannot read www/licences.html")?;
    let page = page.replace("{style}", style).replace("{icon}", icon);
    Ok(page.replace("{count}", &count.to_string()).replace("{sections}", &sections))
}

fn item(Part { name, version, licence, address, .. }: &Part) -> String {
    let [name, version, licence, address] = [name, version, licence, address].map(|text| escape(text));
    format!(
        "<li data-part=\"{name}\"><a href=\"{address}\" rel=\"noreferrer\">{name}</a> {version}, {licence}</li>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn by_text(parts: &[Part]) -> BTreeMap<String, Vec<&Part>> {
    let mut texts: BTreeMap<String, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        texts.entry(part.text.clone()).or_default().push(part);
    }
    texts
}

fn parts() -> Result<Vec<Part>> {
    let mut parts = crates()?;
    parts.extend(npm_parts()?);
    parts.push(standard_library()?);
    parts.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(parts)
}

/// The crates that end in WebAssembly: no build scripts, no macros that only run in the compiler.
fn crates() -> Result<Vec<Part>> {
    let mut metadata = cargo();
    metadata.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        "wasm32-unknown-unknown",
    ]);
    let metadata: Value = serde_json::from_str(&read(&mut metadata)?)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let by_id = |list: Vec<Value>| -> BTreeMap<String, Value> {
        list.into_iter().map(|entry| (entry["id"].as_str().unwrap_or_default().to_owned(), entry)).collect()
    };
    let (packages, nodes) = (by_id(list(&metadata["packages"])), by_id(list(&metadata["resolve"]["nodes"])));
    let is_root = |package: &Value| package["name"].as_str().is_some_and(|name| BUNDLED.contains(&name));
    let mut pending: Vec<String> =
        packages.iter().filter(|(_, package)| is_root(package)).map(|(id, _)| id.clone()).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = pending.pop() {
        let is_macro = list(&packages[&id]["targets"]).iter().any(|target| target["kind"][0] == "proc-macro");
        if is_macro || !seen.insert(id.clone()) {
            continue;
        }
        let normal = |dep: &Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
        let deps = list(&nodes[&id]["deps"]);
        pending.extend(
            deps.iter().filter(|dep| normal(dep)).filter_map(|dep| Some(dep["pkg"].as_str()?.to_owned())),
        );
    }
    let foreign = seen.iter().map(|id| &packages[id]).filter(|package| !package["source"].is_null());
    foreign.map(of_crate).collect()
}

fn of_crate(package: &Value) -> Result<Part> {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let (name, licence) = (text("name"), text("license"));
    let manifest = text("manifest_path");
    let folder = Path::new(&manifest).parent().context("a crate without a folder")?;
    let authors = package["authors"].as_array().cloned().unwrap_or_default();
    let authors: Vec<&str> = authors.iter().filter_map(Value::as_str).collect();
    let address = format!("https://crates.io/crates/{name}");
    let text_of_licence = licence_text(folder, &licence, &name, &authors.join(", "))?;
    Ok(Part { version: text("version"), address, text: text_of_licence, name, licence })
}

/// What every crate is linked with.
fn standard_library() -> Result<Part> {
    let version = version_of("rustc").context("there is no rustc")?;
    Ok(Part {
        name: "The Rust standard library".to_owned(),
        version: version.split_whitespace().nth(1).unwrap_or_default().to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        address: "https://github.com/rust-lang/rust".to_owned(),
        text: mit_of("The Rust Project Contributors")?,
    })
}

/// The npm parts that the page's scripts are bundled from, and what those need.
fn npm_parts() -> Result<Vec<Part>> {
    let www = root().join("www");
    let lock: Value = serde_json::from_str(&fs::read_to_string(www.join("package-lock.json"))?)?;
    let packages = &lock["packages"];
    let names = |value: &Value| -> Vec<String> {
        value.as_object().into_iter().flat_map(|names| names.keys().cloned()).collect()
    };
    let mut pending = names(&packages[""]["devDependencies"]);
    pending.retain(|name| !BUILD_TOOLS.contains(&name.as_str()));
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    while let Some(name) = pending.pop() {
        if parts.contains_key(&name) {
            continue;
        }
        let package = &packages[format!("node_modules/{name}")];
        pending.extend(names(&package["dependencies"]));
        let field = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
        let (version, licence) = (field("version"), field("license"));
        let text = licence_text(&www.join("node_modules").join(&name), &licence, &name, "")?;
        let address = format!("https://www.npmjs.com/package/{name}");
        parts.insert(name.clone(), Part { name, version, licence, address, text });
    }
    Ok(parts.into_values().collect())
}

/// The licence as the part brings it: MIT, where it offers a choice. Some crates bring none; then it is MIT's own text,
/// with their authors.
fn licence_text(folder: &Path, licence: &str, name: &str, authors: &str) -> Result<String> {
    let entries = fs::read_dir(folder).with_context(|| format!("{name} is not installed"))?;
    let mut files: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    files.retain(|file| {
        let lower = file.to_lowercase();
        ["licen", "copying", "notice", "unlicense"].iter().any(|start| lower.starts_with(start))
            && folder.join(file).is_file()
    });
    files.sort();
    let offers_choice = licence.contains("MIT") && (licence.contains(" OR ") || licence.contains('/'));
    let is_mit = |file: &String| file.to_lowercase().contains("mit");
    if offers_choice && files.iter().any(is_mit) {
        files.retain(is_mit);
    }
    let texts: Vec<String> = files
        .iter()
        .map(|file| fs::read(folder.join(file)).map(|bytes| tidy(&String::from_utf8_lossy(&bytes))))
        .collect::<Result<_, _>>()?;
    if !texts.is_empty() {
        return Ok(texts.join("\n\n"));
    }
    anyhow::ensure!(licence.contains("MIT"), "{name} brings no text of its licence, {licence}");
    if authors.is_empty() { mit_of(&format!("the authors of {name}")) } else { mit_of(authors) }
}

/// MIT's own text.
fn mit_of(whose: &str) -> Result<String> {
    let mit = fs::read_to_string(root().join("LICENSE-MIT")).context("cannot read LICENSE-MIT")?;
    let is_ours = |line: &&str| !line.starts_with("Copyright");
    let permission: Vec<&str> = mit.lines().filter(is_ours).collect();
    Ok(tidy(&format!("Copyright (c) {whose}\n\n{}", permission.join("\n"))))
}

/// Without the white space that makes equal texts differ.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}
