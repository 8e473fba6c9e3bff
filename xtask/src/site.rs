//! Builds the static site with trunk, and serves it while a person works on it.

use crate::run::{command, root, show};
use crate::{ServeArgs, browser, licences, order, setup, split};
use anyhow::{Context, Result, bail};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::Duration;

/// How much the compiler does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Cargo's `quick` profile: nearly as fast, builds in a fraction of the time.
    Quick,
    /// Cargo's `release` profile and wasm-opt: what is published.
    Release,
}

impl Flavour {
    fn trunk_options(self) -> [&'static str; 2] {
        match self {
            Flavour::Quick => ["--cargo-profile", "quick"],
            Flavour::Release => ["--release", "true"],
        }
    }
}

/// Builds the site and returns its folder: `dist/` for publication, `target/site` for the tests.
pub fn build(flavour: Flavour) -> Result<PathBuf> {
    setup::for_site()?;
    let dist = match flavour {
        Flavour::Quick => root().join("target/site"),
        Flavour::Release => root().join("dist"),
    };
    show(trunk("build").args(flavour.trunk_options()).arg("--dist").arg(&dist))?;
    publish(flavour, &dist)?;
    println!("The site is in {}", dist.display());
    Ok(dist)
}

/// What a host needs beside what trunk has built: the engine cut into parts, the page of licences, names with hashes, the service
/// worker, compressed files.
fn publish(flavour: Flavour, dist: &Path) -> Result<()> {
    let names = fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))?;
    let names: Vec<String> =
        names.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    let find = |start: &str, end: &str| {
        let name = names.iter().find(|name| name.starts_with(start) && name.ends_with(end));
        name.with_context(|| format!("the site has no {start}*{end}"))
    };
    split::engine_in(flavour, dist)?;
    if flavour == Flavour::Release {
        order::for_compression(&dist.join(find("semispace-ui-", "_bg.wasm")?))?;
    }
    for script in [find("semispace-ui-", ".js")?, "semispace-wasm.js"] {
        minify(&dist.join(script))?;
    }
    let page = licences::as_html(find("system-", ".css")?, find("icon-", ".svg")?)?;
    fs::write(dist.join("licences.html"), page)?;
    let mut publish = command("node");
    publish.arg("www/publish.js").arg(dist);
    show(if flavour == Flavour::Quick { publish.arg("fast") } else { &mut publish })
}

/// wasm-bindgen's modules are written for readers: half of them is comments and long names.
fn minify(script: &Path) -> Result<()> {
    let mut esbuild = command("esbuild");
    esbuild.args(["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite"]);
    show(esbuild.arg(format!("--outfile={}", script.display())).arg(script))
}

/// Serves the page on 127.0.0.1 and rebuilds it when a file changes, until it is interrupted.
pub fn serve(args: &ServeArgs) -> Result<()> {
    setup::for_site()?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    if TcpStream::connect(address).is_ok() {
        bail!("port {} is taken: try `cargo xtask serve --port {}`", args.port, args.port.saturating_add(1));
    }
    // Trunk does not watch them, and refuses to ignore what is not there yet.
    for folder in ["www/generated", "www/generated-styles"] {
        fs::create_dir_all(root().join(folder)).with_context(|| format!("cannot make {folder}"))?;
    }
    let flavour = if args.release { Flavour::Release } else { Flavour::Quick };
    let mut server = trunk("serve");
    server.args(flavour.trunk_options()).args(["--port", &args.port.to_string()]);
    server.arg("--dist").arg(root().join("target/serve"));
    let mut server = server.spawn().context("cannot start trunk")?;
    wait_until_ready(address, &mut server)?;
    let url = format!("http://{address}/");
    println!("\nSemispace is ready: {url}  (Ctrl+C stops it)");
    if !args.no_open {
        open_browser(&url);
    }
    let status = server.wait().context("lost the server")?;
    if !status.success() {
        bail!("the server stopped ({status})");
    }
    Ok(())
}

/// Writes a picture of every view of the page into docs/screenshots.
pub fn screenshots() -> Result<()> {
    drive("tests/e2e/screenshots.js", Flavour::Quick)
}

/// Measures the page as it would be published.
pub fn bench() -> Result<()> {
    drive("tests/e2e/bench-page.js", Flavour::Release)
}

/// Runs a script that drives the built site in a browser.
fn drive(script: &str, flavour: Flavour) -> Result<()> {
    setup::for_tests()?;
    let browser = browser::find_or_install()?;
    let site = build(flavour)?;
    let mut node = command("node");
    node.arg(script).env("SEMISPACE_SITE", site).env("CHROME_PATH", browser.chrome);
    show(&mut node)
}

fn trunk(verb: &str) -> std::process::Command {
    let mut trunk = command("trunk");
    // Trunk takes NO_COLOR for a boolean and refuses the customary `1`.
    trunk.args([verb, "--skip-version-check"]).env_remove("NO_COLOR");
    trunk
}

fn wait_until_ready(address: SocketAddr, server: &mut Child) -> Result<()> {
    while TcpStream::connect(address).is_err() {
        if let Some(status) = server.try_wait().context("lost the server")? {
            bail!("the build failed ({status})");
        }
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

/// A machine without a desktop has no opener: the printed address is enough then.
fn open_browser(url: &str) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    command(opener).arg(url).spawn().ok();
}
