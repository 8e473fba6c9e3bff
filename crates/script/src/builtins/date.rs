//! Date, on the virtual clock: the script starts at [`EPOCH`], and local time is UTC.

use semispace_heap::{Mutator, Ref, Word};

use super::date_text::{self, FIELDS, Time};
use super::install::{Function, alias, constructor, methods};
use crate::object::Key;
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, Vm};

/// The time of day at which every run starts: 14 November 2023, 22:13:20 UTC.
pub const EPOCH: f64 = 1_700_000_000_000.0;

/// Word of a Date that holds its time value, a heap number.
const VALUE: u32 = 3;
/// Words of a Date behind the object header (V8: JSDate keeps the fields of its local time).
const WORDS: u8 = 9;

macro_rules! getters {
    ($($name:literal $utc:literal $field:literal)*) => {
        &[$(
            ($name, 0, |vm, args| get(vm, args, $field)),
            ($utc, 0, |vm, args| get(vm, args, $field)),
        )*]
    };
}

/// Field 7 is the day of the week.
const GETTERS: &[Function] = getters! {
    "getFullYear" "getUTCFullYear" 0
    "getMonth" "getUTCMonth" 1
    "getDate" "getUTCDate" 2
    "getHours" "getUTCHours" 3
    "getMinutes" "getUTCMinutes" 4
    "getSeconds" "getUTCSeconds" 5
    "getMilliseconds" "getUTCMilliseconds" 6
    "getDay" "getUTCDay" 7
};

macro_rules! setters {
    ($($name:literal $utc:literal $first:literal $most:literal)*) => {
        &[$(
            ($name, $most, |vm, args| set(vm, args, $first, $most)),
            ($utc, $most, |vm, args| set(vm, args, $first, $most)),
        )*]
    };
}

/// The first field that a setter sets, and how many at most.
const SETTERS: &[Function] = setters! {
    "setFullYear" "setUTCFullYear" 0 3
    "setMonth" "setUTCMonth" 1 2
    "setDate" "setUTCDate" 2 1
    "setHours" "setUTCHours" 3 4
    "setMinutes" "setUTCMinutes" 4 3
    "setSeconds" "setUTCSeconds" 5 2
    "setMilliseconds" "setUTCMilliseconds" 6 1
};

const METHODS: &[Function] = &[
    ("getTime", 0, value_of),
    ("valueOf", 0, value_of),
    ("setTime", 1, set_time),
    ("getTimezoneOffset", 0, timezone_offset),
    ("getYear", 0, get_year),
    ("setYear", 1, set_year),
    ("toISOString", 0, to_iso_string),
    ("toString", 0, |vm, args| shown(vm, args, Time::long)),
    ("toDateString", 0, |vm, args| shown(vm, args, Time::date)),
    ("toTimeString", 0, |vm, args| shown(vm, args, Time::clock)),
    ("toUTCString", 0, |vm, args| shown(vm, args, Time::utc)),
    ("toLocaleString", 0, |vm, args| localized(vm, args, date_text::Parts::Both)),
    ("toLocaleDateString", 0, |vm, args| localized(vm, args, date_text::Parts::Date)),
    ("toLocaleTimeString", 0, |vm, args| localized(vm, args, date_text::Parts::Time)),
];

/// Date and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("Date", 7, construct), Intrinsic::DatePrototype)?;
    methods(vm, class, &[("now", 0, now), ("parse", 1, parse), ("UTC", 7, utc)])?;
    let prototype = vm.intrinsic(Intrinsic::DatePrototype);
    methods(vm, prototype, GETTERS)?;
    methods(vm, prototype, SETTERS)?;
    methods(vm, prototype, METHODS)?;
    let old = vm.intern("toGMTString")?;
    alias(vm, vm.intrinsic(Intrinsic::DatePrototype), "toUTCString", old)
}

fn current_time(vm: &Vm) -> f64 {
    EPOCH + (vm.roots.now_ns() / 1_000_000) as f64
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !args.is_construct() {
        let text = Time::of(current_time(vm)).map_or(String::new(), |time| time.long());
        return vm.string(&text);
    }
    let time = match args.count() {
        0 => current_time(vm),
        1 => from_value(vm, args)?,
        _ => date_text::clip(from_fields(vm, args)?),
    };
    let date = vm.new_object_for(args, value::DATE, WORDS, Intrinsic::DatePrototype)?;
    let date = vm.handle(Word::reference(date));
    store(vm, date, time)?;
    Ok(vm.at(date))
}

fn from_value(vm: &mut Vm, args: Args) -> Completion<f64> {
    let word = vm.arg(args, 0);
    if let (Some(value::DATE), Some(date)) = (vm.kind(word), word.as_ref()) {
        return Ok(vm.date_value(date));
    }
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(1, Hint::Default));
    }
    if vm.is_string(word) {
        return Ok(date_text::parse(&vm.text(word)));
    }
    Ok(date_text::clip(vm.to_number_primitive(word)?))
}

/// The time that year, month and so on in the arguments name.
fn from_fields(vm: &mut Vm, args: Args) -> Completion<f64> {
    let mut fields = [f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (index, field) in fields.iter_mut().enumerate().take(args.count()) {
        *field = vm.number_arg(args, index)?;
    }
    let year = fields[0].trunc();
    if (0.0..=99.0).contains(&year) {
        fields[0] = 1900.0 + year;
    }
    Ok(date_text::make_time(&fields))
}

fn store(vm: &mut Vm, date: crate::vm::Handle, time: f64) -> Completion {
    let number = vm.number(time)?;
    vm.heap.set(vm.ref_at(date), VALUE, number);
    Ok(())
}

impl Vm {
    /// The time value of a Date: milliseconds since 1970, or NaN.
    pub fn date_value(&self, date: Ref) -> f64 {
        self.as_number(self.heap.get(date, VALUE)).unwrap_or(f64::NAN)
    }

    /// A Date of a time value.
    pub(crate) fn new_date(&mut self, time: f64) -> Completion<Word> {
        let prototype = self.intrinsic(Intrinsic::DatePrototype);
        let date = self.new_exotic(value::DATE, prototype, WORDS)?;
        let date = self.handle(Word::reference(date));
        store(self, date, time)?;
        Ok(self.at(date))
    }
}

fn now(vm: &mut Vm, _: Args) -> Completion<Word> {
    vm.number(current_time(vm))
}

fn parse(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.string_arg(args, 0)?;
    let time = date_text::parse(&vm.text(text));
    vm.number(time)
}

fn utc(vm: &mut Vm, args: Args) -> Completion<Word> {
    let time = date_text::clip(from_fields(vm, args)?);
    vm.number(time)
}

/// The receiver's time value.
fn this_time(vm: &mut Vm, args: Args) -> Completion<f64> {
    let this = vm.this(args);
    match this.as_ref().filter(|_| vm.kind(this) == Some(value::DATE)) {
        Some(date) => Ok(vm.date_value(date)),
        None => Err(vm.type_error("this is not a Date object.")),
    }
}

fn value_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let time = this_time(vm, args)?;
    vm.number(time)
}

fn get(vm: &mut Vm, args: Args, field: usize) -> Completion<Word> {
    let time = Time::of(this_time(vm, args)?);
    vm.number(time.map_or(f64::NAN, |time| if field == 7 { time.weekday } else { time.fields[field] }))
}

fn change(vm: &mut Vm, args: Args, time: f64) -> Completion<Word> {
    let time = date_text::clip(time);
    let this = vm.handle(vm.this(args));
    store(vm, this, time)?;
    vm.number(time)
}

fn set(vm: &mut Vm, args: Args, first: usize, most: u8) -> Completion<Word> {
    let time = this_time(vm, args)?;
    let mut given = [f64::NAN; FIELDS];
    let count = args.count().clamp(1, usize::from(most));
    for (index, number) in given.iter_mut().enumerate().take(count) {
        *number = vm.number_arg(args, index)?;
    }
    let time = if first == 0 && time.is_nan() { 0.0 } else { time };
    let Some(time) = Time::of(time) else { return vm.number(f64::NAN) };
    let mut fields = time.fields;
    fields[first..first + count].copy_from_slice(&given[..count]);
    change(vm, args, date_text::make_time(&fields))
}

fn set_time(vm: &mut Vm, args: Args) -> Completion<Word> {
    this_time(vm, args)?;
    let time = vm.number_arg(args, 0)?;
    change(vm, args, time)
}

fn timezone_offset(vm: &mut Vm, args: Args) -> Completion<Word> {
    let time = this_time(vm, args)?;
    vm.number(if time.is_nan() { f64::NAN } else { 0.0 })
}

fn get_year(vm: &mut Vm, args: Args) -> Completion<Word> {
    let time = Time::of(this_time(vm, args)?);
    vm.number(time.map_or(f64::NAN, |time| time.fields[0] - 1900.0))
}

fn set_year(vm: &mut Vm, args: Args) -> Completion<Word> {
    let time = this_time(vm, args)?;
    let year = vm.number_arg(args, 0)?;
    let mut fields =
        Time::of(if time.is_nan() { 0.0 } else { time }).map_or([0.0; FIELDS], |time| time.fields);
    let whole = year.trunc();
    fields[0] = if (0.0..=99.0).contains(&whole) { 1900.0 + whole } else { year };
    change(vm, args, date_text::make_time(&fields))
}

fn to_iso_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    match Time::of(this_time(vm, args)?) {
        Some(time) => vm.string(&time.iso()),
        None => Err(vm.range_error("Invalid time value")),
    }
}

fn shown(vm: &mut Vm, args: Args, format: fn(&Time) -> String) -> Completion<Word> {
    let text = Time::of(this_time(vm, args)?).map_or("Invalid Date".to_owned(), |time| format(&time));
    vm.string(&text)
}

/// The en-US form, with the options in argument 1 that choose fields.
fn localized(vm: &mut Vm, args: Args, parts: date_text::Parts) -> Completion<Word> {
    let Some(time) = Time::of(this_time(vm, args)?) else { return vm.string("Invalid Date") };
    let mut options = Vec::new();
    if vm.is_object(vm.arg(args, 1)) {
        for name in ["dateStyle", "timeStyle"] {
            let atom = vm.intern(name)?;
            if vm.get_data(vm.arg(args, 1), Key::Atom(atom)) != UNDEFINED {
                return vm.request_helper("styledDate", &[vm.this(args), vm.arg(args, 1)]);
            }
        }
        for name in date_text::OPTIONS {
            let atom = vm.intern(name)?;
            let word = vm.get_data(vm.arg(args, 1), Key::Atom(atom));
            let text = if vm.is_string(word) { vm.text(word) } else { vm.brief(word) };
            options.push(if word == UNDEFINED { String::new() } else { text });
        }
    }
    vm.string(&time.en_us(parts, &options))
}
