//! A collection in slow motion: its steps in sentences, and the lists that it works on.

use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CollectionView, StepUnit};
use std::time::Duration;

/// Milliseconds between two steps at each end of the slider.
const PACE: (f64, f64) = (1200.0, 30.0);
const STEPS: u32 = 20;

/// The panel below the heap while a collection is stepped through.
#[component]
pub fn SlowMotion(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let is_open = Memo::new(move |_| session.collection.with(Option::is_some));
    view! { <Show when=move || is_open.get()><Panel session /></Show> }
}

#[component]
fn Panel(session: Session) -> impl IntoView {
    let view = Memo::new(move |_| session.collection.get().unwrap_or_default());
    let pace = RwSignal::new(STEPS / 2);
    let is_playing = RwSignal::new(false);
    let is_over = Memo::new(move |_| view.with(|view| view.is_over));
    let next = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || next.try_update_value(|next| next.take().map(|next| next.clear()));
    Effect::new(move || {
        // A step by hand in between takes the place of the one that was due.
        hold();
        if is_playing.get() && !is_over.get() {
            view.track();
            let share = f64::from(pace.get()) / f64::from(STEPS);
            let pause = Duration::from_millis((PACE.0 * (PACE.1 / PACE.0).powf(share)) as u64);
            next.set_value(
                set_timeout_with_handle(move || session.step_collection(StepUnit::Object), pause).ok(),
            );
        }
    });
    on_cleanup(move || {
        hold();
    });
    let heading = move || {
        view.with(|view| match view.is_over {
            true => format!("{} in slow motion: finished after {} steps", view.title, view.steps),
            false => format!(
                "{} in slow motion: phase {} of {}, {}",
                view.title, view.progress.0, view.progress.1, view.phase
            ),
        })
    };
    let step = move |label: &'static str, unit: StepUnit| {
        view! {
            <button
                type="button"
                class="button"
                aria-disabled=move || is_over.get().to_string()
                on:click=move |_| session.step_collection(unit)
            >
                {label}
            </button>
        }
    };
    let sentences = move || {
        view.with(|view| view.sentences.clone())
            .into_iter()
            .map(|sentence| view! { <p>{sentence}</p> })
            .collect_view()
    };
    let play = move || if is_playing.get() && !is_over.get() { "Hold" } else { "Play" };
    let waiting = move || view.with(|view| format!("Worklist: {} waiting", view.waiting));
    view! {
        <section class="slow" aria-label="Slow motion">
            <h3>{heading}</h3>
            <div class="slow-controls" role="toolbar" aria-label="Steps">
                {step("Step object", StepUnit::Object)} {step("Step phase", StepUnit::Phase)}
                {step("Finish", StepUnit::End)}
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || is_over.get().to_string()
                    on:click=move |_| is_playing.update(|playing| *playing = !*playing)
                >
                    {play}
                </button>
                <label class="speed">
                    <span>"Pace"</span>
                    <input
                        type="range"
                        min="0"
                        max=STEPS
                        prop:value=move || pace.get()
                        on:input=move |event| pace.set(event_target_value(&event).parse().unwrap_or(STEPS / 2))
                    />
                </label>
            </div>
            <div class="told" role="status" aria-live="polite" tabindex="0" aria-label="What the step did">
                {sentences}
            </div>
            <div class="lists">
                <List session title=Signal::derive(waiting) of=Signal::derive(move || view.with(|v| v.worklist.clone())) />
                <List
                    session
                    title=Signal::derive(move || view.with(remembered))
                    of=Signal::derive(move || view.with(|v| v.remembered.clone()))
                />
            </div>
        </section>
    }
}

fn remembered(view: &CollectionView) -> String {
    format!("Remembered set: {}", crate::format::plural(view.remembered.len(), "old holder"))
}

/// Objects by address, each of which can be looked at.
#[component]
fn List(session: Session, title: Signal<String>, of: Signal<Vec<(u32, String)>>) -> impl IntoView {
    let entries = move || {
        of.get()
            .into_iter()
            .map(|(address, name)| {
                view! {
                    <li>
                        <button type="button" class="link" on:click=move |_| session.inspect(address)>
                            {format!("{name} {address:#x}")}
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div>
            <h4>{move || title.get()}</h4>
            <ul>{entries}</ul>
        </div>
    }
}
