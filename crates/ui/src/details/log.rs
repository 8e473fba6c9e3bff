//! The collections, as `--trace-gc` prints them, and why each of them ran.

use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CollectionKind, LogEntry};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// Lines that are shown: the newest ones that the filter lets through.
const SHOWN: usize = 400;

/// The Log tab.
#[component]
pub fn Log(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let list = NodeRef::<leptos::html::Div>::new();
    let lines = StoredValue::new_local(Lines::default());
    // The line that is looked at is in sight, or else, as at a terminal, the newest one.
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        let chosen = session.explanation.with(|why| why.as_ref().map_or(0, |why| why.number));
        let wanted = filter.get();
        session.log.with(|log| {
            let entries: Vec<&LogEntry> =
                log.iter().rev().filter(|entry| entry.line.contains(&wanted)).take(SHOWN).collect();
            lines.update_value(|lines| lines.show(&list, &entries, chosen));
        });
        crate::parts::part("revealLine", &[]);
    });
    let explain = move |event: MouseEvent| {
        let line = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(number) = lines.with_value(|lines| line.and_then(|line| lines.number_of(&line))) {
            session.explain(number);
        }
    };
    view! {
        <div class="bar">
            <input
                type="search"
                placeholder="Filter"
                aria-label="Filter the log"
                on:input=move |event| filter.set(event_target_value(&event))
            />
            <button type="button" class="button" on:click=move |_| copy(session)>"Copy"</button>
        </div>
        <div class="lines" tabindex="0" role="group" aria-label="Collections">
            <div node_ref=list on:click=explain></div>
            <p class="hint" hidden=move || session.log.with(|log| !log.is_empty())>
                "Each collection prints a line here, as node --trace-gc does. Press a line to see why it ran."
            </p>
        </div>
    }
}

/// The lines in the list, oldest first. What is there stays from one look to the next: a run adds many a second.
#[derive(Default)]
struct Lines {
    shown: Vec<(LogEntry, Element)>,
    chosen: u32,
}

impl Lines {
    /// Shows these entries, the newest one first; the chosen one is pressed.
    fn show(&mut self, list: &Element, entries: &[&LogEntry], chosen: u32) {
        let oldest = entries.last().map_or(u32::MAX, |entry| entry.number);
        let gone = self.shown.iter().take_while(|(entry, _)| entry.number < oldest).count();
        let wanted = || entries.iter().rev();
        let kept =
            self.shown[gone..].iter().zip(wanted()).take_while(|((entry, _), new)| entry == **new).count();
        let after = self.shown.drain(gone + kept..).collect::<Vec<_>>();
        self.shown.drain(..gone).chain(after).for_each(|(_, line)| line.remove());
        for entry in wanted().skip(kept) {
            if let Some(line) = line(entry) {
                list.append_child(&line).ok();
                self.shown.push(((*entry).clone(), line));
            }
        }
        self.press(self.chosen, "false");
        self.press(chosen, "true");
        self.chosen = chosen;
    }

    fn press(&self, number: u32, is_pressed: &str) {
        if let Some((_, line)) = self.shown.iter().find(|(entry, _)| entry.number == number) {
            line.set_attribute("aria-pressed", is_pressed).ok();
        }
    }

    fn number_of(&self, line: &Element) -> Option<u32> {
        self.shown.iter().find(|(_, own)| own == line).map(|(entry, _)| entry.number)
    }
}

fn line(entry: &LogEntry) -> Option<Element> {
    let line = document().create_element("button").ok()?;
    line.set_class_name(if entry.kind == CollectionKind::Full { "line full" } else { "line" });
    line.set_attribute("type", "button").ok()?;
    line.set_attribute("aria-pressed", "false").ok()?;
    line.set_text_content(Some(&entry.line));
    Some(line)
}

fn copy(session: Session) {
    let text: String =
        session.log.with_untracked(|log| log.iter().flat_map(|entry| [entry.line.as_str(), "\n"]).collect());
    crate::parts::part("copy", &[&text.into()]);
}
