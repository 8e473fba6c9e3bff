//! Time values as fields and as text, and back (ECMA-262 21.4.1). All of it in UTC.

/// Year, month from 0, day, hours, minutes, seconds, milliseconds.
pub const FIELDS: usize = 7;

const DAY_MS: f64 = 86_400_000.0;
const LARGEST: f64 = 8.64e15;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Options of `toLocaleString` that [`Time::en_us`] knows, in the order in which it takes them.
pub const OPTIONS: [&str; 8] = ["weekday", "year", "month", "day", "hour", "minute", "second", "hour12"];

/// Which half `toLocaleString` and its relatives show when no option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// The date
    Date,
    /// The time of day
    Time,
    /// Both
    Both,
}

/// A valid time value, taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    /// See [`FIELDS`].
    pub fields: [f64; FIELDS],
    /// 0 is Sunday.
    pub weekday: f64,
}

/// TimeClip
pub fn clip(time: f64) -> f64 {
    if time.abs() <= LARGEST { time.trunc() + 0.0 } else { f64::NAN }
}

/// Days from 1970 to the first of a month (after Howard Hinnant's `days_from_civil`).
fn days_to_month(year: i64, month: i64) -> i64 {
    let year = if month < 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 10) % 12) + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

/// MakeDate(MakeDay, MakeTime), not clipped. Fields may be out of their ranges.
pub fn make_time(fields: &[f64; FIELDS]) -> f64 {
    if fields.iter().any(|field| !field.is_finite()) {
        return f64::NAN;
    }
    let [year, month, day, hours, minutes, seconds, milliseconds] = fields.map(f64::trunc);
    let year = year + (month / 12.0).floor();
    if year.abs() > 400_000.0 {
        return f64::NAN;
    }
    let days = days_to_month(year as i64, month.rem_euclid(12.0) as i64) as f64 + day - 1.0;
    let time = hours * 3_600_000.0 + minutes * 60_000.0 + seconds * 1000.0 + milliseconds;
    days * DAY_MS + time
}

impl Time {
    /// The fields of a time value; none of NaN.
    pub fn of(time: f64) -> Option<Self> {
        if time.is_nan() {
            return None;
        }
        let (day, rest) = ((time as i64).div_euclid(DAY_MS as i64), (time as i64).rem_euclid(DAY_MS as i64));
        // After Howard Hinnant's `civil_from_days`: years begin in March.
        let shifted = day + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march = (5 * of_year + 2) / 153;
        let date = of_year - (153 * march + 2) / 5 + 1;
        let month = (march + 2) % 12;
        let year = year + era * 400 + i64::from(month < 2);
        let part = |unit: i64, size: i64| (rest / unit % size) as f64;
        Some(Self {
            fields: [
                year as f64,
                month as f64,
                date as f64,
                part(3_600_000, 24),
                part(60_000, 60),
                part(1000, 60),
                part(1, 1000),
            ],
            weekday: (day + 4).rem_euclid(7) as f64,
        })
    }

    fn weekday_name(&self) -> &'static str {
        WEEKDAYS[self.weekday as usize % 7]
    }

    fn month_name(&self) -> &'static str {
        MONTHS[self.fields[1] as usize % 12]
    }

    fn year_text(&self) -> String {
        let year = self.fields[0];
        if year < 0.0 { format!("-{:04}", -year) } else { format!("{year:04}") }
    }

    fn time_text(&self) -> String {
        let [_, _, _, hours, minutes, seconds, _] = self.fields.map(|field| field as i64);
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }

    /// `1970-01-01T00:00:00.000Z`
    pub fn iso(&self) -> String {
        let [year, month, day, hours, minutes, seconds, milliseconds] = self.fields.map(|field| field as i64);
        let time = format!("{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}Z");
        let month = month + 1;
        match year {
            0..=9999 => format!("{year:04}-{month:02}-{day:02}T{time}"),
            _ => format!("{year:+07}-{month:02}-{day:02}T{time}"),
        }
    }

    /// `Thu Jan 01 1970`
    pub fn date(&self) -> String {
        let (weekday, month) = (&self.weekday_name()[..3], &self.month_name()[..3]);
        format!("{weekday} {month} {:02} {}", self.fields[2], self.year_text())
    }

    /// `00:00:00 GMT+0000 (Coordinated Universal Time)`
    pub fn clock(&self) -> String {
        format!("{} GMT+0000 (Coordinated Universal Time)", self.time_text())
    }

    /// Both.
    pub fn long(&self) -> String {
        format!("{} {}", self.date(), self.clock())
    }

    /// `Thu, 01 Jan 1970 00:00:00 GMT`
    pub fn utc(&self) -> String {
        let (weekday, month) = (&self.weekday_name()[..3], &self.month_name()[..3]);
        format!("{weekday}, {:02} {month} {} {} GMT", self.fields[2], self.year_text(), self.time_text())
    }

    /// As en-US writes it. `options` are the texts of [`OPTIONS`], empty where not given.
    pub fn en_us(&self, parts: Parts, options: &[String]) -> String {
        let option = |index: usize| options.get(index).map_or("", String::as_str);
        let any_date = (0..4).any(|index| !option(index).is_empty());
        let any_time = (4..7).any(|index| !option(index).is_empty());
        let default = |index: usize| {
            let wanted = match index {
                1..4 => parts != Parts::Time,
                _ => parts != Parts::Date,
            };
            let chosen = match parts {
                Parts::Both => any_date || any_time,
                Parts::Date => any_date,
                Parts::Time => any_time,
            };
            if !option(index).is_empty() {
                option(index)
            } else if wanted && !chosen && index != 0 {
                "numeric"
            } else {
                ""
            }
        };
        let date = self.en_us_date(option(0), [default(1), default(2), default(3)]);
        let time = self.en_us_time([default(4), default(5), default(6)], option(7) == "false");
        [date, time].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn en_us_date(&self, weekday: &str, [year, month, day]: [&str; 3]) -> String {
        let padded = |style: &str, number: f64| match style {
            "" => String::new(),
            "2-digit" => format!("{:02}", number % 100.0),
            _ => format!("{number}"),
        };
        let weekday = match weekday {
            "" => "",
            "long" => self.weekday_name(),
            _ => &self.weekday_name()[..3],
        };
        let (year_text, day_text) = (padded(year, self.fields[0]), padded(day, self.fields[2]));
        if matches!(month, "long" | "short") {
            let name = if month == "long" { self.month_name() } else { &self.month_name()[..3] };
            let month_day = format!("{name} {day_text}").trim().to_owned();
            let separator = if day_text.is_empty() { " " } else { ", " };
            let date = [month_day, year_text].into_iter().filter(|text| !text.is_empty());
            let date = date.collect::<Vec<_>>().join(separator);
            return if weekday.is_empty() { date } else { format!("{weekday}, {date}") };
        }
        let numbers = [padded(month, self.fields[1] + 1.0), day_text, year_text];
        let date = numbers.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("/");
        match (weekday, date.is_empty()) {
            ("", _) => date,
            (weekday, true) => weekday.to_owned(),
            (weekday, false) => format!("{weekday}, {date}"),
        }
    }

    fn en_us_time(&self, [hour, minute, second]: [&str; 3], full_day: bool) -> String {
        if [hour, minute, second].iter().all(|style| style.is_empty()) {
            return String::new();
        }
        let hours = self.fields[3];
        let twelve = if hours % 12.0 == 0.0 { 12.0 } else { hours % 12.0 };
        let mut parts = Vec::new();
        if !hour.is_empty() {
            // Without `hour12` the day has hours 1 to 24.
            let shown = if full_day && hours == 0.0 {
                24.0
            } else if full_day {
                hours
            } else {
                twelve
            };
            parts.push(if full_day || hour == "2-digit" {
                format!("{shown:02}")
            } else {
                format!("{shown}")
            });
        }
        for (style, number) in [(minute, self.fields[4]), (second, self.fields[5])] {
            if !style.is_empty() {
                parts.push(if parts.is_empty() && style != "2-digit" {
                    format!("{number}")
                } else {
                    format!("{number:02}")
                });
            }
        }
        let text = parts.join(":");
        match (hour.is_empty() || full_day, hours < 12.0) {
            (true, _) => text,
            (false, true) => format!("{text} AM"),
            (false, false) => format!("{text} PM"),
        }
    }
}

/// `Date.parse`: the standard's format first, then whatever people write.
pub fn parse(text: &str) -> f64 {
    let text = text.trim();
    iso(text).or_else(|| loose(text)).map_or(f64::NAN, clip)
}

/// Takes exactly `count` digits from the front.
fn digits(text: &mut &str, count: usize) -> Option<f64> {
    let head = text.get(..count).filter(|head| head.bytes().all(|byte| byte.is_ascii_digit()))?;
    *text = &text[count..];
    head.parse().ok()
}

fn iso(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut fields = [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    fields[0] = match rest.strip_prefix(['+', '-']) {
        Some(signed) => {
            let negative = rest.starts_with('-');
            rest = signed;
            let year = digits(&mut rest, 6)?;
            if negative && year == 0.0 {
                return None;
            }
            if negative { -year } else { year }
        }
        None => digits(&mut rest, 4)?,
    };
    for field in [1, 2] {
        if let Some(after) = rest.strip_prefix('-') {
            rest = after;
            fields[field] = digits(&mut rest, 2)?;
        }
    }
    if !(1.0..=12.0).contains(&fields[1]) && text.len() > 4 && fields[1] != 0.0
        || !(1.0..=31.0).contains(&fields[2])
    {
        return None;
    }
    fields[1] = (fields[1] - 1.0).max(0.0);
    let mut offset = 0.0;
    if let Some(after) = rest.strip_prefix(['T', 't', ' ']) {
        rest = after;
        fields[3] = digits(&mut rest, 2)?;
        rest = rest.strip_prefix(':')?;
        fields[4] = digits(&mut rest, 2)?;
        if let Some(after) = rest.strip_prefix(':') {
            rest = after;
            fields[5] = digits(&mut rest, 2)?;
            if let Some(after) = rest.strip_prefix(['.', ',']) {
                let count = after.bytes().take_while(u8::is_ascii_digit).count();
                let fraction: f64 =
                    format!("0.{}", after.get(..count).filter(|_| count > 0)?).parse().ok()?;
                fields[6] = (fraction * 1000.0 + 1e-7).floor();
                rest = &after[count..];
            }
        }
        let midnight = fields[3] == 24.0 && fields[4..].iter().all(|&field| field == 0.0);
        if fields[3] > 23.0 && !midnight || fields[4] > 59.0 || fields[5] > 59.0 {
            return None;
        }
        if let Some(after) = rest.strip_prefix(['Z', 'z']) {
            rest = after;
        } else if let Some(after) = rest.strip_prefix(['+', '-']) {
            let sign = if rest.starts_with('-') { -1.0 } else { 1.0 };
            rest = after;
            let hours = digits(&mut rest, 2)?;
            rest = rest.strip_prefix(':')?;
            offset = sign * (hours * 60.0 + digits(&mut rest, 2)?) * 60_000.0;
        }
    }
    rest.is_empty().then(|| make_time(&fields) - offset)
}

/// What a loose date has said so far.
#[derive(Default)]
struct Loose {
    month: Option<f64>,
    numbers: Vec<f64>,
    time: Option<[f64; 4]>,
    offset: f64,
    /// A zone was named that an offset may follow.
    zone: bool,
    afternoon: Option<bool>,
}

/// `Jan 1, 2020 10:00 PM`, `1 January 2020`, `2020/01/31`, `1/31/2020`, `Thu, 01 Jan 1970 00:00:00 GMT+0200 (what)`.
fn loose(text: &str) -> Option<f64> {
    let mut found = Loose::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = token_length(rest, first);
        let (token, after) = rest.split_at(length);
        rest = match first {
            '0'..='9' => number(&mut found, token, after)?,
            'a'..='z' | 'A'..='Z' => {
                word(&mut found, token)?;
                after
            }
            '+' | '-' if found.time.is_some() || found.zone => offset(&mut found, first, after)?,
            '(' => after.split_once(')').map_or("", |(_, after)| after),
            ' ' | ',' | '/' | '-' | '.' => after,
            _ => return None,
        };
    }
    found.time_value()
}

fn token_length(rest: &str, first: char) -> usize {
    let same = |c: char| {
        if first.is_ascii_digit() {
            c.is_ascii_digit()
        } else {
            first.is_ascii_alphabetic() && c.is_ascii_alphabetic()
        }
    };
    let length = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
    length.max(first.len_utf8())
}

fn number<'t>(found: &mut Loose, token: &str, after: &'t str) -> Option<&'t str> {
    if !after.starts_with(':') || found.time.is_some() {
        found.numbers.push(token.parse().ok()?);
        return Some(after);
    }
    let mut time = [token.parse().ok()?, 0.0, 0.0, 0.0];
    let mut rest = after;
    for (part, separator) in [(1, ':'), (2, ':'), (3, '.')] {
        let Some(next) = rest.strip_prefix(separator) else { continue };
        let count = next.bytes().take_while(u8::is_ascii_digit).count();
        time[part] = next.get(..count).filter(|_| count > 0)?.parse().ok()?;
        rest = &next[count..];
    }
    found.time = Some(time);
    Some(rest)
}

fn word(found: &mut Loose, token: &str) -> Option<()> {
    let lower = token.to_ascii_lowercase();
    let begins = |name: &&str| lower.len() >= 3 && name.to_ascii_lowercase().starts_with(&lower[..3]);
    match lower.as_str() {
        "am" | "pm" => found.afternoon = Some(lower == "pm"),
        "gmt" | "utc" | "ut" => found.zone = true,
        "z" | "t" | "at" | "of" | "st" | "nd" | "rd" | "th" => {}
        // The zones that people write by their letters are the American ones.
        "est" | "edt" | "cst" | "cdt" | "mst" | "mdt" | "pst" | "pdt" => {
            let standard = match lower.as_bytes()[0] {
                b'e' => 5.0,
                b'c' => 6.0,
                b'm' => 7.0,
                _ => 8.0,
            };
            let summer = f64::from(u8::from(lower.as_bytes()[1] == b'd'));
            found.offset = (summer - standard) * 3_600_000.0;
        }
        _ => match MONTHS.iter().position(begins) {
            Some(month) => found.month = Some(month as f64),
            None => {
                WEEKDAYS.iter().find(|name| begins(name))?;
            }
        },
    }
    Some(())
}

fn offset<'t>(found: &mut Loose, sign: char, after: &'t str) -> Option<&'t str> {
    let count = after.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(after.len());
    let digits: String = after[..count].chars().filter(char::is_ascii_digit).collect();
    let number: f64 = digits.parse().ok()?;
    let minutes =
        if digits.len() <= 2 { number * 60.0 } else { (number / 100.0).floor() * 60.0 + number % 100.0 };
    found.offset = if sign == '-' { -minutes } else { minutes } * 60_000.0;
    Some(&after[count..])
}

impl Loose {
    fn time_value(&self) -> Option<f64> {
        let (year, month, day) = match (self.month, &self.numbers[..]) {
            (Some(month), &[first, year]) if first <= 31.0 => (year, month, first),
            (Some(month), &[year, day]) => (year, month, day),
            (Some(month), &[number]) if number > 31.0 => (number, month, 1.0),
            (Some(month), &[day]) => (2001.0, month, day),
            (None, &[year, month, day]) if year > 31.0 => (year, month - 1.0, day),
            (None, &[month, day, year]) => (year, month - 1.0, day),
            (None, &[month]) => (2001.0, month - 1.0, 1.0),
            (None, &[month, day]) => (2001.0, month - 1.0, day),
            _ => return None,
        };
        let year = match year {
            0.0..50.0 => 2000.0 + year,
            50.0..100.0 => 1900.0 + year,
            _ => year,
        };
        if !(0.0..12.0).contains(&month) || !(1.0..=31.0).contains(&day) {
            return None;
        }
        let [mut hours, minutes, seconds, milliseconds] = self.time.unwrap_or_default();
        if hours > 24.0 || minutes > 59.0 || seconds > 59.0 {
            return None;
        }
        if let Some(afternoon) = self.afternoon {
            hours = hours % 12.0 + if afternoon { 12.0 } else { 0.0 };
        }
        Some(make_time(&[year, month, day, hours, minutes, seconds, milliseconds]) - self.offset)
    }
}
