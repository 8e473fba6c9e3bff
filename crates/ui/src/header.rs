//! The top line: the name, what a run depends on, and what is done with it.

use crate::lessons::Lessons;
use crate::parts;
use crate::session::Session;
use crate::work;
use leptos::prelude::*;
use semispace_protocol::Limits;

/// The page's header.
#[component]
pub fn Header(
    /// The session whose settings are chosen here.
    session: Session,
) -> impl IntoView {
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
            <Lessons session />
            <label class="field">
                <span>"Profile"</span>
                <ProfileSelect session chosen=session.profile choose=Callback::new(choose) />
            </label>
            <button type="button" class="button" popovertarget="limits">{move || sizes(session)}</button>
            <Sizes session />
            <span class="space"></span>
            <button type="button" class="button" on:click=move |_| work::open(session)>"Open"</button>
            <button type="button" class="button" on:click=move |_| work::save(session)>"Save"</button>
            <button type="button" class="button" on:click=move |_| work::share(session)>"Share"</button>
            <button type="button" class="button icon" aria-label="Help and shortcuts" popovertarget="help">"?"</button>
            <button
                type="button"
                class="button icon"
                aria-label="Switch between light and dark"
                on:click=|_| {
                    parts::part("switchTheme", &[]);
                }
            >
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1m0 12.5v-11a5.5 5.5 0 0 1 0 11" />
                </svg>
            </button>
            <Help />
        </header>
    }
}

/// A list of the engine's profiles.
#[component]
pub fn ProfileSelect(
    /// The session that knows them.
    session: Session,
    /// The chosen one's name.
    chosen: RwSignal<String>,
    /// Called with the new name.
    choose: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let option = |profile: semispace_protocol::ProfileChoice| {
            let name = profile.name.clone();
            view! {
                <option value=profile.name prop:selected=move || chosen.with(|chosen| *chosen == name)>
                    {profile.label}
                </option>
            }
        };
        session.profiles.get().into_iter().map(option).collect_view()
    };
    view! {
        <select prop:value=move || chosen.get() on:change=move |event| choose.run(event_target_value(&event))>
            {options}
        </select>
    }
}

/// The sizes in force, in a few words.
fn sizes(session: Session) -> String {
    let chosen = session.profile.get();
    let limits = session.limits.get();
    session.profiles.with(|profiles| {
        let Some(profile) = profiles.iter().find(|profile| profile.name == chosen) else {
            return "Sizes".to_owned();
        };
        let least = limits.min_semi_space_mb.map_or(profile.semi_space_mb.0, f64::from);
        let most = limits.max_semi_space_mb.map_or(profile.semi_space_mb.1, f64::from);
        let old = limits.max_old_space_mb.map_or(profile.old_space_mb, f64::from);
        format!("semi-space {least}–{most} MB, old {old} MB")
    })
}

/// The limits that differ from the profile's, and the seed.
#[component]
fn Sizes(session: Session) -> impl IntoView {
    let field = move |label: &'static str,
                      flag: &'static str,
                      get: fn(&Limits) -> Option<u32>,
                      set: fn(&mut Limits, Option<u32>)| {
        let change = move |text: String| {
            session.limits.update(|limits| set(limits, text.parse().ok().filter(|size| *size > 0)));
            session.load();
        };
        view! {
            <label class="field">
                <span>{label}<code>{flag}</code></span>
                <input
                    type="number"
                    min="1"
                    max="4096"
                    placeholder="profile's"
                    prop:value=move || session.limits.with(get).map_or(String::new(), |size| size.to_string())
                    on:change=move |event| change(event_target_value(&event))
                />
            </label>
        }
    };
    let reseed = move |text: String| {
        session.seed.set(text.parse().unwrap_or(1));
        session.load();
    };
    view! {
        <div id="limits" class="menu" popover="auto">
            <h2>"Sizes, in MB"</h2>
            {field("Smallest semi-space", "--min-semi-space-size", |l| l.min_semi_space_mb, |l, s| l.min_semi_space_mb = s)}
            {field("Largest semi-space", "--max-semi-space-size", |l| l.max_semi_space_mb, |l, s| l.max_semi_space_mb = s)}
            {field("Largest old space", "--max-old-space-size", |l| l.max_old_space_mb, |l, s| l.max_old_space_mb = s)}
            <label class="field">
                <span>"Seed of Math.random"<code>"--seed"</code></span>
                <input
                    type="number"
                    min="0"
                    prop:value=move || session.seed.get()
                    on:change=move |event| reseed(event_target_value(&event))
                />
            </label>
            <p>"A change starts the snippet again. An empty field keeps what the profile has."</p>
        </div>
    }
}

#[component]
fn Help() -> impl IntoView {
    let key = |keys: &'static str, what: &'static str| view! { <div><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div> };
    view! {
        <div id="help" class="menu" popover="auto">
            <h2>"What you see"</h2>
            <p>
                "Your snippet runs on this page's own JavaScript engine. New objects fill to-space. When it is full, a scavenge \
                 swaps the two halves and copies what is still reachable; what survives twice moves to old space. Every \
                 colour is a stretch of real memory; click it to see the object."
            </p>
            <h2>"Keys"</h2>
            <dl class="keys">
                {key("Ctrl Enter", "run, or pause (Cmd on a Mac)")} {key("?", "this help")}
                {key("Esc, Tab", "leave the editor")} {key("+ − 0", "zoom in the heap, whole heap")}
                {key("← ↑ → ↓", "move in the enlarged heap, or a pane's edge")} {key("N P", "next and previous object in the heap")} {key("C R", "what it refers to, what refers to it")} {key("F9", "breakpoint at the caret's line of the snippet")} {key("Enter", "enlarge the selected object")}
                {key("PgUp PgDn", "why this page of the heap? The one before, the next")}
                {key("← →", "next tab, when a tab has the focus")}
            </dl>
            <p>
                <a class="link" href="licences.html">"Licences"</a>
                " of this page and of what it contains."
            </p>
            <button type="button" class="button" popovertarget="help" popovertargetaction="hide">"Close"</button>
        </div>
    }
}
