//! The lessons: a gallery by chapter, and what the open one asks and lets watch.

use crate::parts;
use crate::session::Session;
use crate::work;
use leptos::prelude::*;
use semispace_protocol::{Limits, RunState};
use wasm_bindgen::prelude::JsValue;

/// One lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    name: String,
    title: String,
    question: String,
    watch: Vec<String>,
    source: String,
    profile: String,
    seed: u32,
    limits: Limits,
}

impl Lesson {
    fn of(value: &JsValue) -> Option<Self> {
        let text = |object: &JsValue, name: &str| parts::get(object, name).as_string();
        let options = parts::get(value, "options");
        let number = |name: &str| parts::get(&options, name).as_f64().map(|number| number as u32);
        Some(Self {
            name: text(value, "name")?,
            title: text(value, "title")?,
            question: text(value, "question").unwrap_or_default(),
            watch: js_sys::Array::from(&parts::get(value, "watch"))
                .iter()
                .filter_map(|line| line.as_string())
                .collect(),
            source: text(value, "source")?,
            profile: text(&options, "profile").unwrap_or_else(|| "node-20".to_owned()),
            seed: number("seed").unwrap_or(1),
            limits: Limits {
                max_old_space_mb: number("maxOldSpaceSize"),
                max_semi_space_mb: number("maxSemiSpaceSize"),
                min_semi_space_mb: number("minSemiSpaceSize"),
            },
        })
    }

    /// Is this its snippet, as it was?
    pub fn has_source(&self, source: &str) -> bool {
        self.source == source
    }

    /// Puts the lesson's snippet into the editor, unless the person would rather keep what is there.
    fn open(&self, session: Session) {
        if !work::may_replace(session) {
            return;
        }
        session.source.set(self.source.clone());
        session.files.set(Vec::new());
        session.profile.set(self.profile.clone());
        session.seed.set(self.seed);
        session.limits.set(self.limits);
        session.lesson.set(Some(self.clone()));
        session.load();
        parts::part("togglePopover", &[&"lessons".into()]);
    }
}

/// The gallery, and the button that opens it.
#[component]
pub fn Lessons(
    /// The session that a lesson is opened in.
    session: Session,
) -> impl IntoView {
    let chapters = RwSignal::new(Vec::<(String, Vec<Lesson>)>::new());
    let load = move || {
        if chapters.with_untracked(|chapters| !chapters.is_empty()) {
            return;
        }
        parts::part_later("lessons", &[], move |list| {
            let chapter = |value: JsValue| {
                let lessons = js_sys::Array::from(&parts::get(&value, "lessons"));
                let title = parts::get(&value, "title").as_string().unwrap_or_default();
                (title, lessons.iter().filter_map(|value| Lesson::of(&value)).collect())
            };
            if list.is_object() {
                chapters.set(js_sys::Array::from(&list).iter().map(chapter).collect());
            }
        });
    };
    let gallery = move || {
        let chapter = |(title, lessons): (String, Vec<Lesson>)| {
            view! {
                <section>
                    <h3>{title}</h3>
                    <ul>{lessons.into_iter().map(|lesson| entry(session, lesson)).collect_view()}</ul>
                </section>
            }
        };
        chapters.get().into_iter().map(chapter).collect_view()
    };
    view! {
        <button type="button" class="button" popovertarget="lessons" on:click=move |_| load()>"Lessons"</button>
        <div id="lessons" class="menu" popover="auto">
            <h2>"Lessons"</h2>
            {gallery}
        </div>
    }
}

fn entry(session: Session, lesson: Lesson) -> impl IntoView {
    let is_done = work::is_done(&lesson.name);
    let title = lesson.title.clone();
    view! {
        <li>
            <button type="button" class="link" on:click=move |_| lesson.open(session)>{title}</button>
            <span class="hint" hidden=!is_done>" done"</span>
        </li>
    }
}

/// What the open lesson asks, above the editor.
#[component]
pub fn OpenLesson(
    /// The session that it is open in.
    session: Session,
) -> impl IntoView {
    Effect::new(move || {
        if session
            .state
            .with(|state| matches!(state, RunState::Finished { .. } | RunState::OutOfMemory { .. }))
        {
            session
                .lesson
                .with_untracked(|lesson| lesson.as_ref().map(|lesson| work::note_done(&lesson.name)));
        }
    });
    let shown = move |lesson: Lesson| {
        view! {
            <details class="lesson" open=true>
                <summary>{lesson.title}</summary>
                <p>{lesson.question}</p>
                <ul>{lesson.watch.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <button type="button" class="button" on:click=move |_| session.lesson.set(None)>"Close the lesson"</button>
            </details>
        }
    };
    move || session.lesson.get().map(shown)
}
