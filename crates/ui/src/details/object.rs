//! One object: what it is, what it refers to, and who refers to it.

use crate::format::bytes;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CellState, Field, ObjectDetails, Referrer};

/// The Object tab.
#[component]
pub fn Object(
    /// The session that is looked at.
    session: Session,
) -> impl IntoView {
    let content = move || {
        match session.selected.get() {
        Some(object) => shown(session, object).into_any(),
        None => view! {
            <p class="hint">
                "Pause, and click into the heap: the object there shows its type, its size, its fields, and who refers to it. \
                 Free memory says why its page is there."
            </p>
        }
        .into_any(),
    }
    };
    view! { <div class="scroll" tabindex="0" role="group" aria-label="Object">{content}</div> }
}

fn shown(session: Session, object: ObjectDetails) -> impl IntoView {
    let age = match object.age {
        0 => "new: has survived no scavenge",
        1 => "has survived one scavenge",
        _ => "of the old generation",
    };
    let row = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <div><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let id = if object.id > 0.0 { format!("@{}", object.id) } else { String::new() };
    let field = move |field: Field| {
        view! {
            <tr>
                <th scope="row">{field.name}</th>
                <td>{target(session, field.value, field.target)}</td>
            </tr>
        }
    };
    let referrer = move |from: Referrer| {
        view! {
            <tr>
                <th scope="row">{from.field}</th>
                <td>{target(session, from.holder, from.address)}</td>
            </tr>
        }
    };
    let has_fields = !object.fields.is_empty();
    let has_referrers = !object.referrers.is_empty();
    let nobody = match object.state == CellState::Unreachable.words() {
        true => "Nothing refers to it: the next collection of its space takes it.",
        false => "No object refers to it: the engine itself holds it.",
    };
    let (more, address) = (object.more_referrers, object.address);
    let says_nothing_new = object.preview == object.name;
    // Between the steps of a collection an object is known only by itself.
    let is_alone = object.id == 0.0;
    view! {
        <h2 class="object-name">{object.name}</h2>
        <p class="preview" hidden=says_nothing_new>{object.preview}</p>
        <button type="button" class="button" on:click=move |_| session.explain_object(address)>"Why is it here?"</button>
        " "
        <button type="button" class="button" on:click=move |_| session.explain_page(address)>"Why this page?"</button>
        <dl class="figures">
            {row("type", object.kind)} {row("size", bytes(object.size))} {row("id", id)}
            {row("address", format!("{:#x}", object.address))} {row("space", object.space)}
            {row("age", age.to_owned())} {row("state", object.state)} {row("allocated", object.allocated_at)}
        </dl>
        <p class="hint" hidden=!is_alone>
            "A collection is under way: what it refers to, and who holds it, is shown when that is over."
        </p>
        <h3 hidden=is_alone>"Refers to"</h3>
        <p class="hint" hidden=has_fields || is_alone>"Nothing: it holds no references."</p>
        <table>
            <tbody>{object.fields.into_iter().map(field).collect_view()}</tbody>
        </table>
        <h3 hidden=is_alone>"Held by"</h3>
        <p class="hint" hidden=has_referrers || is_alone>{nobody}</p>
        <table>
            <tbody>{object.referrers.into_iter().map(referrer).collect_view()}</tbody>
        </table>
        <p class="hint" hidden=more == 0>{format!("and {more} more")}</p>
    }
}

/// A value; if it is an object, one that can be gone to.
fn target(session: Session, text: String, address: Option<u32>) -> AnyView {
    match address {
        Some(address) => view! {
            <button type="button" class="link" on:click=move |_| session.inspect(address)>{text}</button>
        }
        .into_any(),
        None => view! { <span>{text}</span> }.into_any(),
    }
}
