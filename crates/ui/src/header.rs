//! The top line: the name, the profile, the theme.

use crate::session::Session;
use leptos::prelude::*;

/// The page's header.
#[component]
pub fn Header(
    /// The session whose profile is chosen here.
    session: Session,
) -> impl IntoView {
    let profiles = move || {
        session
            .profiles
            .get()
            .into_iter()
            .map(|profile| {
                view! { <option value=profile.name>{profile.label}</option> }
            })
            .collect_view()
    };
    let choose = move |name: String| {
        session.profile.set(name);
        session.load();
    };
    view! {
        <header class="page-header">
            <h1 class="wordmark">
                <svg viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M1 3h18v6H1z" fill="var(--heap-young)" />
                    <path d="M1 11h8v6H1z" fill="var(--heap-survived)" />
                    <path d="M11 11h8v6h-8z" fill="var(--heap-old)" />
                </svg>
                "Semispace"
            </h1>
            <p class="tagline">"A garbage collector at work on your JavaScript. Every number is a real byte."</p>
            <label class="field">
                <span>"Profile"</span>
                <select
                    prop:value=move || session.profile.get()
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {profiles}
                </select>
            </label>
            <button type="button" class="button icon" aria-label="Switch between light and dark" on:click=|_| switch_theme()>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1m0 12.5v-11a5.5 5.5 0 0 1 0 11" />
                </svg>
            </button>
        </header>
    }
}

/// Overrides the system's choice until the page is left.
fn switch_theme() {
    let Some(root) = document().document_element() else { return };
    let system_is_dark = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    let is_dark = root.get_attribute("data-theme").map_or(system_is_dark, |theme| theme == "dark");
    root.set_attribute("data-theme", if is_dark { "light" } else { "dark" }).ok();
}
