//! Finds a Chrome-like browser and its driver, or says in one line what to install.

use crate::run::{show, version_of};
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROWSERS: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge", "chrome"];
const INSTALLED_ELSEWHERE: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// A browser for the tests.
pub struct Browser {
    /// The program to start (`CHROME_PATH` names another one).
    pub chrome: PathBuf,
    /// The WebDriver that wasm-bindgen's test runner talks to.
    pub driver: PathBuf,
}

/// Finds both, installing them first where apt can (Debian or Ubuntu, as root).
pub fn find_or_install() -> Result<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if Path::new("/usr/bin/apt-get").exists() && is_root() {
        println!("Installing Chromium and its driver (apt-get) ...");
        show(Command::new("apt-get").args(["update", "-qq"]))?;
        show(
            Command::new("apt-get")
                .args(["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"])
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
    }
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "the browser tests need Chrome, Chromium or Edge and the matching driver (chromedriver or \
             msedgedriver) on PATH: on Debian or Ubuntu `apt install chromium chromium-driver`"
        ),
    }
}

fn find() -> Option<Browser> {
    let named = env::var_os("CHROME_PATH").map(PathBuf::from);
    let on_path = BROWSERS.iter().find_map(|name| look_up(name));
    let elsewhere = INSTALLED_ELSEWHERE.iter().map(PathBuf::from).find(|path| path.exists());
    let driver = ["chromedriver", "msedgedriver"].iter().find_map(|name| look_up(name));
    Some(Browser { chrome: named.or(on_path).or(elsewhere)?, driver: driver? })
}

fn look_up(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    let found = env::split_paths(&path).map(|folder| folder.join(&file)).find(|path| path.is_file())?;
    version_of(&found).is_some().then_some(found)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
