//! The buttons that drive the session.

use crate::details::console::describe;
use crate::format::short;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CollectionKind, Command, RunState};

/// The speed at first, in instructions a second: the default snippet takes some ten seconds.
pub const FIRST_SPEED: u32 = 200_000;
/// The slider's steps: ten to a power of ten, from a thousand instructions a second; the last one is full speed.
const SPEED_STEPS: u32 = 50;

/// The toolbar below editor and heap.
#[component]
pub fn Controls(
    /// The session that the buttons act on.
    session: Session,
    /// Starts a new engine when the old one is lost.
    restart: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let is = move |test: fn(&RunState) -> bool| Signal::derive(move || session.state.with(test));
    let is_starting = is(|state| matches!(state, RunState::Starting | RunState::Lost { .. }));
    let is_running = is(|state| *state == RunState::Running);
    let is_idle = Signal::derive(move || !is_running.get());
    let cannot_run = Signal::derive(move || is_starting.get() || is_running.get());
    let is_slow = RwSignal::new(false);
    let reset = move || {
        if session.state.with_untracked(|state| matches!(state, RunState::Lost { .. })) {
            restart();
        } else {
            session.load();
        }
    };
    let button = |label, icon, class, off, act| view! { <Action label icon class off act /> };
    let collect = move |kind: CollectionKind| match (is_slow.get_untracked(), kind) {
        (true, kind) => session.start_collection(kind),
        (false, CollectionKind::Scavenge) => session.scavenge(),
        (false, CollectionKind::Full) => session.full_gc(),
    };
    view! {
        <div class="controls" role="toolbar" aria-label="Session">
            {button("Run", "M2 1l9 5-9 5z", "button primary", cannot_run, Callback::new(move |()| session.run()))}
            {button("Pause", "M2 1h3v10H2zm5 0h3v10H7z", "button", is_idle, Callback::new(move |()| session.pause()))}
            {button("Step", "M1 1l6 5-6 5zm8 0h2v10H9z", "button", cannot_run, Callback::new(move |()| session.step()))}
            <RunTo session is_slow />
            <span class="rule"></span>
            {button("Scavenge", "", "button", is_starting, Callback::new(move |()| collect(CollectionKind::Scavenge)))}
            {button("Full GC", "", "button", is_starting, Callback::new(move |()| collect(CollectionKind::Full)))}
            <label class="check">
                <input type="checkbox" prop:checked=move || is_slow.get() on:change=move |event| is_slow.set(event_target_checked(&event)) />
                "slow motion"
            </label>
            {button("Snapshot", "", "button", is_starting, Callback::new(|()| {
                crate::parts::part("recordSnapshot", &[]);
            }))}
            <span class="rule"></span>
            {button("Reset", "", "button", Signal::derive(|| false), Callback::new(move |()| reset()))}
            <Speed session />
            <p class="state" role="status">{move || describe_state(session)}</p>
        </div>
    }
}

/// A button that stays focusable when it has nothing to do, so that a keyboard does not lose its place.
#[component]
fn Action(
    label: &'static str,
    icon: &'static str,
    class: &'static str,
    off: Signal<bool>,
    act: Callback<()>,
) -> impl IntoView {
    let press = move |_| {
        if !off.get_untracked() {
            act.run(());
        }
    };
    let picture = (!icon.is_empty())
        .then(|| view! { <svg viewBox="0 0 12 12" aria-hidden="true"><path d=icon /></svg> });
    view! {
        <button type="button" class=class aria-disabled=move || off.get().to_string() on:click=press>
            {picture}
            {label}
        </button>
    }
}

/// Runs to a chosen event.
#[component]
fn RunTo(session: Session, is_slow: RwSignal<bool>) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        match event_target_value(&event).as_str() {
            "collection" => {
                session.run_to(&Command::RunToCollection { slowly: is_slow.get_untracked() });
            }
            "promotion" => {
                session.run_to(&Command::RunToPromotion { slowly: is_slow.get_untracked() });
            }
            "line" => session.run_to_line(session.caret.get_untracked()),
            _ => {}
        }
        // Back to its title, so that the same choice can be made again.
        crate::parts::part("resetSelect", &[&event.into()]);
    };
    view! {
        <select class="run-to" aria-label="Run to" on:change=choose>
            <option value="">"Run to…"</option>
            <option value="collection">"the next collection"</option>
            <option value="promotion">"the next promotion"</option>
            <option value="line">"the caret's line"</option>
        </select>
    }
}

#[component]
fn Speed(session: Session) -> impl IntoView {
    let change = move |text: String| session.set_speed(speed_of_step(text.parse().unwrap_or(SPEED_STEPS)));
    let words = move || match session.speed.get() {
        None => "full".to_owned(),
        Some(speed) => format!("{}/s", short(speed)),
    };
    view! {
        <label class="speed">
            <span class="visually-hidden">"Speed"</span>
            <input
                type="range"
                title="Speed: instructions a second"
                min="0"
                max=SPEED_STEPS
                prop:value=move || step_of_speed(session.speed.get())
                aria-valuetext=words
                on:input=move |event| change(event_target_value(&event))
            />
            <output>{words}</output>
        </label>
    }
}

/// Instructions a second at a step of the slider; `None` at its end.
fn speed_of_step(step: u32) -> Option<u32> {
    (step < SPEED_STEPS).then(|| {
        let exact = 1e3 * 10f64.powf(f64::from(step) / 10.0);
        let unit = 10f64.powf(exact.log10().floor() - 1.0);
        ((exact / unit).round() * unit) as u32
    })
}

fn step_of_speed(speed: Option<u32>) -> u32 {
    speed.map_or(SPEED_STEPS, |speed| ((f64::from(speed) / 1e3).log10() * 10.0).round() as u32)
}

fn describe_state(session: Session) -> String {
    match session.state.get() {
        RunState::Starting => "Starting".to_owned(),
        RunState::Ready => "Ready".to_owned(),
        RunState::Running => "Running".to_owned(),
        RunState::Paused => match session.position.get() {
            Some(position) => format!("Paused at line {}", position.line),
            None => "Paused".to_owned(),
        },
        RunState::Finished { exit_code: 0 } => "Finished".to_owned(),
        RunState::Finished { exit_code } => format!("Finished with exit code {exit_code}"),
        RunState::Failed(error) if error.line > 0 => format!("Stopped by an error in line {}", error.line),
        RunState::Failed(error) => describe(&error),
        RunState::OutOfMemory { .. } => "Out of memory".to_owned(),
        RunState::Lost { .. } => "The engine has stopped: press Reset".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_sliders_steps_and_the_speeds_agree() {
        assert_eq!(speed_of_step(0), Some(1_000));
        assert_eq!(speed_of_step(23), Some(FIRST_SPEED));
        assert_eq!(speed_of_step(SPEED_STEPS), None);
        for step in 0..=SPEED_STEPS {
            assert_eq!(step_of_speed(speed_of_step(step)), step);
        }
    }
}
