//! The canvas of the heap view: when it is painted, and what the pointer and the keys do on it.

use super::layout::{Camera, Layout, holds};
use super::overlay::{self, Overlay};
use super::paint::{Palette, Surface};
use crate::details::Tab;
use crate::format::bytes;
use crate::session::Session;
use leptos::prelude::*;
use semispace_protocol::{CellState, PageView, RunState, Space};
use wasm_bindgen::prelude::{Closure, JsCast};
use web_sys::{
    AddEventListenerOptions, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, KeyboardEvent,
    PointerEvent, ResizeObserver, WheelEvent,
};

/// How long a moved object travels, in milliseconds.
const TRAVEL_MS: f64 = 180.0;
/// Pixels that an arrow key moves the picture by.
const ARROW: f64 = 60.0;
/// Height of an object that is shown enlarged.
const OBJECT_HEIGHT: f64 = 28.0;
/// How far a pointer may move and still click.
const CLICK: f64 = 4.0;

/// What a button or a key does to the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Enlarge.
    In,
    /// Make smaller.
    Out,
    /// Show everything.
    Fit,
    /// Move by so many steps.
    Move(i8, i8),
    /// Select the next object.
    Next,
    /// Select the object before.
    Previous,
    /// Select the first object that the selected one refers to.
    Child,
    /// Select the first object that refers to the selected one.
    Referrer,
    /// Show the selected object, enlarged.
    Focus,
    /// Say why the next page is there.
    NextPage,
    /// Say why the page before is there.
    PreviousPage,
}

/// What the heap view shows. Copies stand for the same view.
#[derive(Clone, Copy)]
pub struct View {
    session: Session,
    /// Size of the stage in CSS pixels.
    pub room: RwSignal<(f64, f64)>,
    /// Where everything lies.
    pub layout: Memo<Layout>,
    /// What is seen of it.
    pub camera: RwSignal<Camera>,
    /// What lies under the pointer, in words.
    pub hover: RwSignal<String>,
    canvas: StoredValue<Option<Target>, LocalStorage>,
    is_scheduled: StoredValue<bool>,
    drag: StoredValue<Option<Drag>>,
    /// When the last step's moves began to travel.
    travel: StoredValue<f64>,
    asked_for: StoredValue<Vec<(u32, u32)>>,
}

struct Target {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    surface: Surface,
}

#[derive(Clone, Copy)]
struct Drag {
    from: (f64, f64),
    camera: Camera,
    has_moved: bool,
}

impl View {
    /// A view of a session's heap.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let room = RwSignal::new((0.0, 0.0));
        let layout = Memo::new(move |_| session.picture.with(|picture| Layout::fit(picture, room.get())));
        let view = Self {
            session,
            room,
            layout,
            camera: RwSignal::default(),
            hover: RwSignal::default(),
            canvas: StoredValue::new_local(None),
            is_scheduled: StoredValue::new(false),
            drag: StoredValue::new(None),
            travel: StoredValue::new(0.0),
            asked_for: StoredValue::default(),
        };
        Effect::new(move || view.follow());
        Effect::new(move || {
            if session.collection.with(|view| view.as_ref().is_some_and(|view| !view.moves.is_empty())) {
                let is_still = matches_media("(prefers-reduced-motion: reduce)");
                view.travel.set_value(if is_still { 0.0 } else { now() });
            }
        });
        view
    }

    /// Paints again when something changes, and asks for the objects that come into sight.
    fn follow(self) {
        let session = self.session;
        session.pictures.track();
        session.objects.track();
        session.selected.track();
        session.explanation.track();
        self.camera.track();
        self.layout.track();
        self.schedule();
        let (layout, camera, room) =
            (self.layout.get_untracked(), self.camera.get_untracked(), self.room.get_untracked());
        let ranges = session.picture.with_untracked(|picture| {
            let is_near = overlay::shows_objects(&layout, &camera, picture);
            if is_near { overlay::visible_ranges(&layout, &camera, picture, room) } else { Vec::new() }
        });
        let mut wanted = ranges.clone();
        wanted.push((session.pictures.get_untracked(), 0));
        if self.asked_for.with_value(|asked| *asked != wanted) {
            self.asked_for.set_value(wanted);
            if !ranges.is_empty() {
                session.request_objects(ranges);
            }
        }
    }

    /// Follows the size of the stage.
    pub fn observe(self, stage: &HtmlElement) {
        let observed = stage.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            self.room.set((f64::from(observed.client_width()), f64::from(observed.client_height())));
            self.move_to(self.camera.get_untracked());
        });
        if let Ok(observer) = ResizeObserver::new(changed.into_js_value().unchecked_ref()) {
            observer.observe(stage);
        }
    }

    /// Takes the canvas, its pointer and its keys.
    pub fn bind(self, canvas: &HtmlCanvasElement) {
        let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
        let Some(context) = context else { return };
        self.canvas.set_value(Some(Target { canvas: canvas.clone(), context, surface: Surface::default() }));
        let on_wheel = Closure::<dyn FnMut(WheelEvent)>::new(move |event: WheelEvent| self.wheel(&event));
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        let listener = on_wheel.into_js_value();
        canvas
            .add_event_listener_with_callback_and_add_event_listener_options(
                "wheel",
                listener.unchecked_ref(),
                &options,
            )
            .ok();
        for name in ["pointerdown", "pointermove", "pointerup", "pointerleave"] {
            let on_pointer =
                Closure::<dyn FnMut(PointerEvent)>::new(move |event: PointerEvent| self.pointer(&event));
            canvas.add_event_listener_with_callback(name, on_pointer.into_js_value().unchecked_ref()).ok();
        }
        let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| self.key(&event));
        canvas.add_event_listener_with_callback("keydown", on_key.into_js_value().unchecked_ref()).ok();
        let on_theme = Closure::<dyn FnMut()>::new(move || self.schedule());
        window()
            .add_event_listener_with_callback("semispace-theme", on_theme.into_js_value().unchecked_ref())
            .ok();
        self.schedule();
    }

    fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let factor = (-event.delta_y() / 300.0).clamp(-0.7, 0.7).exp();
        self.move_to(self.camera.get_untracked().zoomed(factor, at));
    }

    fn pointer(self, event: &PointerEvent) {
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        match event.type_().as_str() {
            "pointerdown" if event.button() == 0 => {
                let camera = self.camera.get_untracked();
                self.drag.set_value(Some(Drag { from: at, camera, has_moved: false }));
                self.canvas.with_value(|target| {
                    target.as_ref().map(|target| target.canvas.set_pointer_capture(event.pointer_id()).ok())
                });
            }
            "pointermove" => match self.drag.get_value() {
                Some(drag) => self.drag_to(drag, at),
                None => self.hover.set(self.words_at(at)),
            },
            "pointerup" => {
                let drag = self.drag.get_value();
                self.drag.set_value(None);
                if drag.is_some_and(|drag| !drag.has_moved) {
                    self.select_at(at);
                }
            }
            _ => self.hover.set(String::new()),
        }
    }

    fn drag_to(self, drag: Drag, (x, y): (f64, f64)) {
        let (dx, dy) = (x - drag.from.0, y - drag.from.1);
        if drag.has_moved || dx.abs() + dy.abs() > CLICK {
            self.drag.set_value(Some(Drag { has_moved: true, ..drag }));
            self.hover.set(String::new());
            self.move_to(Camera { x: drag.camera.x + dx, y: drag.camera.y + dy, ..drag.camera });
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let act = match event.key().as_str() {
            "+" | "=" => Act::In,
            "-" => Act::Out,
            "0" => Act::Fit,
            "ArrowLeft" => Act::Move(1, 0),
            "ArrowRight" => Act::Move(-1, 0),
            "ArrowUp" => Act::Move(0, 1),
            "ArrowDown" => Act::Move(0, -1),
            "n" => Act::Next,
            "p" => Act::Previous,
            "c" => Act::Child,
            "r" => Act::Referrer,
            "Enter" => Act::Focus,
            "PageDown" => Act::NextPage,
            "PageUp" => Act::PreviousPage,
            _ => return,
        };
        event.prevent_default();
        self.act(act);
    }

    /// Does what a button or a key says.
    pub fn act(self, act: Act) {
        let camera = self.camera.get_untracked();
        let room = self.room.get_untracked();
        let middle = (room.0 / 2.0, room.1 / 2.0);
        match act {
            Act::In => self.move_to(camera.zoomed(1.6, middle)),
            Act::Out => self.move_to(camera.zoomed(1.0 / 1.6, middle)),
            Act::Fit => self.move_to(Camera::default()),
            Act::Move(x, y) => self.move_to(Camera {
                x: camera.x + f64::from(x) * ARROW,
                y: camera.y + f64::from(y) * ARROW,
                ..camera
            }),
            Act::Next | Act::Previous => self.select_beside(act),
            Act::Child | Act::Referrer => self.select_linked(act),
            Act::Focus => self.show_selected(),
            Act::NextPage | Act::PreviousPage => self.explain_beside(act),
        }
    }

    /// Enlarges until the selected object can be seen, in the middle.
    fn show_selected(self) {
        let session = self.session;
        let selected =
            session.selected.with_untracked(|found| found.as_ref().map(|o| (o.address, o.size as u32)));
        let Some((address, size)) = selected else { return };
        let layout = self.layout.get_untracked();
        let place = session.picture.with_untracked(|picture| {
            let (page, tile) = layout.locate(picture, address)?;
            layout.boxes(tile, &page, address, address.saturating_add(size)).next()
        });
        if let Some(place) = place {
            let zoom = OBJECT_HEIGHT / place.height.max(0.01);
            self.move_to(self.camera.get_untracked().centred(place, zoom, self.room.get_untracked()));
        }
    }

    fn move_to(self, camera: Camera) {
        let size = self.layout.with_untracked(|layout| layout.size);
        self.camera.set(camera.kept(size, self.room.get_untracked()));
    }

    fn select_beside(self, act: Act) {
        let session = self.session;
        let selected =
            session.selected.with_untracked(|found| found.as_ref().map(|o| (o.address, o.size as u32)));
        let first = || {
            session
                .picture
                .with_untracked(|picture| picture.pages().find(|page| page.used > 0).map(|page| page.address))
        };
        let address = match (selected, act) {
            (Some((address, size)), Act::Next) => Some(address.saturating_add(size)),
            (Some((address, _)), _) => Some(address.saturating_sub(8)),
            (None, _) => first(),
        };
        if let Some(address) = address {
            session.inspect(address);
        }
    }

    /// Asks about the page beside the one that was asked about last, and moves the picture until that page is seen.
    fn explain_beside(self, act: Act) {
        let session = self.session;
        let here = session.explained_page.get_untracked();
        let layout = self.layout.get_untracked();
        let found = session.picture.with_untracked(|picture| {
            let is_here = |page: PageView<'_>| here.is_some_and(|here| holds(&page, here));
            let index = match (picture.pages().position(is_here), act) {
                (None, _) => 0,
                (Some(index), Act::NextPage) => index + 1,
                (Some(index), _) => index.checked_sub(1)?,
            };
            layout
                .locate(picture, picture.pages().nth(index)?.address)
                .map(|(page, tile)| (page.address, tile))
        });
        if let Some((address, tile)) = found {
            self.move_to(self.camera.get_untracked().showing(tile, self.room.get_untracked()));
            session.explain_page(address);
        }
    }

    fn select_linked(self, act: Act) {
        let address = self.session.selected.with_untracked(|selected| {
            let object = selected.as_ref()?;
            match act {
                Act::Child => object.fields.iter().find_map(|field| field.target),
                _ => object.referrers.iter().find_map(|from| from.address),
            }
        });
        if let Some(address) = address {
            self.session.inspect(address);
        }
    }

    fn select_at(self, (x, y): (f64, f64)) {
        let (x, y) = self.camera.get_untracked().unproject(x, y);
        let layout = self.layout.get_untracked();
        let found = self.session.picture.with_untracked(|picture| {
            let (page, address) = layout.find(picture, x, y)?;
            Some((address, page.cell(layout.cell_of(&page, address)).state))
        });
        let Some((address, state)) = found else { return };
        self.session.inspect(address);
        self.session.tab.set(Tab::Object);
        // Where no object is, there is still a page.
        if state == CellState::Free {
            self.session.explain_page(address);
        }
    }

    fn words_at(self, (x, y): (f64, f64)) -> String {
        let (x, y) = self.camera.get_untracked().unproject(x, y);
        let layout = self.layout.get_untracked();
        self.session.picture.with_untracked(|picture| {
            let Some((page, address)) = layout.find(picture, x, y) else { return String::new() };
            let object = self.session.objects.with_untracked(|objects| {
                let record =
                    objects.records().find(|r| (r.address..r.address + r.size).contains(&address))?;
                let name = objects.names.get(usize::from(record.name))?;
                Some(format!("{name}, {}, {}", bytes(f64::from(record.size)), record.state.words()))
            });
            let space = match page.space {
                Space::Large => "large object",
                space => space.words(),
            };
            let state =
                object.unwrap_or_else(|| page.cell(layout.cell_of(&page, address)).state.words().to_owned());
            format!("{address:#x} {space}: {state}")
        })
    }

    /// Paints with the browser's next frame.
    fn schedule(self) {
        if !self.is_scheduled.get_value() {
            self.is_scheduled.set_value(true);
            request_animation_frame(move || {
                self.is_scheduled.set_value(false);
                self.paint();
            });
        }
    }

    fn paint(self) {
        let session = self.session;
        let (layout, camera, room) =
            (self.layout.get_untracked(), self.camera.get_untracked(), self.room.get_untracked());
        let progress = ease(((now() - self.travel.get_value()) / TRAVEL_MS).clamp(0.0, 1.0));
        self.canvas.update_value(|target| {
            let Some(Target { canvas, context, surface }) = target else { return };
            let ratio = window().device_pixel_ratio();
            let [width, height] = [room.0, room.1].map(|side| (side * ratio).round() as u32);
            if (canvas.width(), canvas.height()) != (width, height) {
                canvas.set_width(width);
                canvas.set_height(height);
            }
            let palette = palette(canvas);
            session.picture.with_untracked(|picture| {
                context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok();
                surface.reset(width as usize, height as usize, ratio);
                surface.picture(picture, &layout, &camera, &palette);
                surface.show(context).ok();
                context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok();
                let overlay = Overlay { context, picture, layout: &layout, camera: &camera, palette, room };
                if overlay::shows_objects(&layout, &camera, picture) && !self.is_running() {
                    session.objects.with_untracked(|objects| overlay.objects(objects));
                }
                overlay.candidates();
                let is_explained = session.explanation.with_untracked(Option::is_some);
                if let Some(address) = session.explained_page.get_untracked().filter(|_| is_explained) {
                    overlay.page(address);
                }
                session
                    .collection
                    .with_untracked(|view| view.as_ref().map(|view| overlay.collection(view, progress)));
                session
                    .selected
                    .with_untracked(|object| object.as_ref().map(|object| overlay.selection(object)));
            });
        });
        if progress < 1.0 {
            self.schedule();
        }
    }

    /// Single objects are only drawn of a heap that stands still.
    fn is_running(self) -> bool {
        self.session.state.with_untracked(|state| *state == RunState::Running)
    }
}

fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

fn ease(share: f64) -> f64 {
    1.0 - (1.0 - share).powi(3)
}

fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}

/// The theme's colours: the canvas's CSS `outline-color` is free memory, its `color` is ink.
fn palette(canvas: &HtmlCanvasElement) -> Palette {
    let style = window().get_computed_style(canvas).ok().flatten();
    let read = |name: &str| {
        let text = style.as_ref()?.get_property_value(name).ok()?;
        let numbers: Vec<u8> =
            text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
        numbers.first_chunk().copied()
    };
    let fallback = Palette::default();
    Palette {
        free: read("outline-color").unwrap_or(fallback.free),
        ink: read("color").unwrap_or(fallback.ink),
    }
}
