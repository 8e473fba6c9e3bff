//! What a person works on, kept: the draft in the browser's storage, a run as a link, a snippet as a file.

use crate::parts;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{Limits, SourceFile};
use std::time::Duration;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};

/// After so long without an edit the draft is kept and checked.
const PAUSE: Duration = Duration::from_millis(250);

/// Everything that a run depends on, as a JavaScript object.
fn pack(session: Session) -> JsValue {
    let settings = session.settings();
    let object = js_sys::Object::new();
    let number = |value: Option<u32>| value.map_or(JsValue::UNDEFINED, JsValue::from);
    for (name, value) in [
        ("source", JsValue::from_str(&settings.source)),
        ("files", parts::of_files(&settings.files)),
        ("profile", JsValue::from_str(&settings.profile)),
        ("seed", settings.seed.into()),
        ("maxOldSpace", number(settings.limits.max_old_space_mb)),
        ("maxSemiSpace", number(settings.limits.max_semi_space_mb)),
        ("minSemiSpace", number(settings.limits.min_semi_space_mb)),
    ] {
        js_sys::Reflect::set(&object, &JsValue::from_str(name), &value).ok();
    }
    object.into()
}

/// Takes over what [`pack`] has made; false when it is nothing of the kind.
fn unpack(session: Session, work: &JsValue) -> bool {
    let Some(source) = parts::get(work, "source").as_string() else { return false };
    let number = |name: &str| parts::get(work, name).as_f64().map(|number| number as u32);
    session.source.set(source);
    session.files.set(parts::to_files(&parts::get(work, "files")));
    session.profile.set(parts::get(work, "profile").as_string().unwrap_or_default());
    session.seed.set(number("seed").unwrap_or(1));
    session.limits.set(Limits {
        max_old_space_mb: number("maxOldSpace"),
        max_semi_space_mb: number("maxSemiSpace"),
        min_semi_space_mb: number("minSemiSpace"),
    });
    true
}

/// Takes over the shared run of the address, or else the draft, and from then on keeps the draft; `then` starts the engine.
pub fn restore(session: Session, then: impl FnOnce() + 'static) {
    parts::part_later("unpackLink", &[], move |work| {
        if parts::get(&work, "problem").is_string() {
            let problem = parts::get(&work, "problem").as_string().unwrap_or_default();
            session.event.set(problem.clone());
            session.notice.set(problem);
        }
        let is_linked = unpack(session, &work);
        if !is_linked {
            unpack(session, &parts::part("readDraft", &[]));
        }
        keep_draft(session, is_linked.then(|| texts(session)));
        then();
    });
}

fn texts(session: Session) -> (String, Vec<SourceFile>) {
    (session.source.get_untracked(), session.files.get_untracked())
}

/// Keeps the draft after each edit. What a link has `brought` is none yet: the person's own stays until they change it.
fn keep_draft(session: Session, brought: Option<(String, Vec<SourceFile>)>) {
    let brought = StoredValue::new(brought);
    let generation = StoredValue::new(0_u32);
    Effect::new(move || {
        session.source.track();
        session.files.track();
        session.open_file.track();
        session.profile.track();
        session.limits.track();
        session.seed.track();
        generation.update_value(|now| *now += 1);
        let mine = generation.get_value();
        set_timeout(
            move || {
                if generation.get_value() == mine {
                    let is_own = brought.with_value(|brought| *brought != Some(texts(session)));
                    if is_own && parts::part("keepDraft", &[&pack(session)]).is_falsy() {
                        session.notice.set(
                            "The browser's storage is full or switched off: this draft is not kept."
                                .to_owned(),
                        );
                    }
                    session.check();
                }
            },
            PAUSE,
        );
    });
}

/// Puts the run into the page's address and on the clipboard.
pub fn share(session: Session) {
    parts::part_later("share", &[&pack(session)], move |words| {
        session.notice.set(words.as_string().unwrap_or_else(|| "The link could not be made.".to_owned()));
    });
}

/// May something take the place of what is in the editor? Asks the person, if that is their own work.
#[must_use]
pub fn may_replace(session: Session) -> bool {
    let is_given = session.files.with_untracked(Vec::is_empty)
        && session.source.with_untracked(|source| {
            *source == crate::page::FIRST_SNIPPET
                || session
                    .lesson
                    .with_untracked(|open| open.as_ref().is_some_and(|open| open.has_source(source)))
        });
    let asks = "This replaces what is in the editor. Go on?";
    is_given || window().confirm_with_message(asks).unwrap_or(true)
}

/// Puts a snippet in the place of the one that is there, if the person agrees.
fn replace(session: Session, source: String) {
    if !may_replace(session) {
        return;
    }
    session.source.set(source);
    session.files.set(Vec::new());
    session.lesson.set(None);
    session.load();
}

/// Saves the snippet as a file.
pub fn save(session: Session) {
    let source = session.source.get_untracked();
    parts::part("save", &[&"snippet.js".into(), &JsValue::from_str(&source)]);
}

/// Opens a snippet from a file.
pub fn open(session: Session) {
    parts::part_later("open", &[], move |text| {
        if let Some(text) = text.as_string() {
            replace(session, text);
        }
    });
}

/// Hears what the page's JavaScript has to say: a script that was dropped on the page, a message for the person.
pub fn listen(session: Session) {
    let listen = |name: &str, act: fn(Session, String)| {
        let listener = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            if let Some(text) = parts::get(&event, "detail").as_string() {
                act(session, text);
            }
        });
        window().add_event_listener_with_callback(name, listener.into_js_value().unchecked_ref()).ok();
    };
    listen("semispace-open", replace);
    listen("semispace-notice", |session, words| session.notice.set(words));
}

/// Has the lesson been run to its end?
#[must_use]
pub fn is_done(lesson: &str) -> bool {
    parts::part("readDone", &[&lesson.into()]).is_truthy()
}

/// Keeps that the lesson has been run to its end.
pub fn note_done(lesson: &str) {
    parts::part("keepDone", &[&lesson.into()]);
}
