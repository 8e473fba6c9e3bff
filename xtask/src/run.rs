//! Running other programs: where, with which PATH, and what is said when one fails.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// The workspace's root folder.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
        manifest.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
    });
    &ROOT
}

/// Where installed tools live: `target/tools`.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// A command that runs in the workspace's root and finds our tools before any other.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(resolve(program.as_ref()));
    command.current_dir(root()).env("PATH", path());
    command
}

/// The cargo that started us, or the one on PATH.
pub fn cargo() -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set by the outer `cargo run`; would otherwise leak into the builds that we start.
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Runs to the end with its output shown; an exit code other than 0 is an error.
pub fn show(command: &mut Command) -> Result<()> {
    let line = describe(command);
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs to the end and returns what it printed on stdout; stderr is shown.
pub fn read(command: &mut Command) -> Result<String> {
    let line = describe(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first line that `program --version` prints, or `None` when there is no such program.
pub fn version_of(program: impl AsRef<OsStr>) -> Option<String> {
    let output = command(program).arg("--version").stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn path() -> OsString {
    let ours = [tools().join("bin"), root().join("www/node_modules/.bin")];
    let outer = env::var_os("PATH").unwrap_or_default();
    env::join_paths(ours.into_iter().chain(env::split_paths(&outer))).unwrap_or(outer)
}

/// `Command` looks a bare name up in our own PATH, not in the child's: so look it up here.
fn resolve(program: &OsStr) -> OsString {
    let suffix = env::consts::EXE_SUFFIX;
    let mut name = program.to_owned();
    if Path::new(program).extension().is_none() {
        name.push(suffix);
    }
    let own = tools().join("bin").join(name);
    if own.is_file() { own.into_os_string() } else { program.to_owned() }
}
