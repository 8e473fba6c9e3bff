//! JSON text as a stream of events, with V8's words for what is wrong.
//!
//! The reader keeps its own stack of open arrays and objects and builds nothing, so the machine can make heap objects
//! from the events without recursion.

use std::borrow::Cow;

/// What comes next in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'t> {
    /// `[`
    BeginArray,
    /// `]`
    EndArray,
    /// `{`
    BeginObject,
    /// `}`
    EndObject,
    /// A property's name; its value follows
    Key(Cow<'t, [u16]>),
    /// A string
    String(Cow<'t, [u16]>),
    /// A number
    Number(f64),
    /// `true` or `false`
    Boolean(bool),
    /// `null`
    Null,
    /// The text is over
    End,
}

/// What the grammar allows next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    Value,
    FirstElement,
    FirstKey,
    Key,
    Separator,
}

/// Reads one JSON text. The errors are the messages of the SyntaxErrors to throw.
pub struct Reader<'a> {
    text: &'a [u16],
    at: usize,
    /// For each open composite, whether it is an array
    open: Vec<bool>,
    expect: Expect,
}

impl<'a> Reader<'a> {
    /// A reader at the start of the text.
    pub fn new(text: &'a [u16]) -> Self {
        Reader { text, at: 0, open: Vec::new(), expect: Expect::Value }
    }

    /// The next event.
    ///
    /// # Errors
    /// The message of the SyntaxError where the text is no JSON.
    pub fn next_event(&mut self) -> Result<Event<'a>, String> {
        self.skip_space();
        if self.expect == Expect::Separator {
            if let Some(event) = self.separator()? {
                return Ok(event);
            }
            self.skip_space();
        }
        let expect = self.expect;
        match expect {
            Expect::FirstKey if self.take('}') => Ok(self.close(Event::EndObject)),
            Expect::FirstKey => self.key("Expected property name or '}' in JSON"),
            Expect::Key => self.key("Expected double-quoted property name in JSON"),
            Expect::FirstElement if self.take(']') => Ok(self.close(Event::EndArray)),
            _ => self.value(),
        }
    }

    /// After a value: the end of the composite or of the text, or nothing after a comma.
    fn separator(&mut self) -> Result<Option<Event<'a>>, String> {
        match self.open.last().copied() {
            None if self.at == self.text.len() => Ok(Some(Event::End)),
            None => Err(self.positioned("Unexpected non-whitespace character after JSON")),
            Some(true) if self.take(']') => Ok(Some(self.close(Event::EndArray))),
            Some(false) if self.take('}') => Ok(Some(self.close(Event::EndObject))),
            Some(is_array) if self.take(',') => {
                self.expect = if is_array { Expect::Value } else { Expect::Key };
                Ok(None)
            }
            Some(true) => Err(self.positioned("Expected ',' or ']' after array element in JSON")),
            Some(false) => Err(self.positioned("Expected ',' or '}' after property value in JSON")),
        }
    }

    fn close(&mut self, event: Event<'a>) -> Event<'a> {
        self.open.pop();
        self.expect = Expect::Separator;
        event
    }

    fn begin(&mut self, is_array: bool) -> Event<'a> {
        self.at += 1;
        self.open.push(is_array);
        self.expect = if is_array { Expect::FirstElement } else { Expect::FirstKey };
        if is_array { Event::BeginArray } else { Event::BeginObject }
    }

    fn key(&mut self, complaint: &str) -> Result<Event<'a>, String> {
        if self.peek() != Some('"') {
            return Err(self.positioned(complaint));
        }
        let key = self.string()?;
        self.skip_space();
        if !self.take(':') {
            return Err(self.positioned("Expected ':' after property name in JSON"));
        }
        self.expect = Expect::Value;
        Ok(Event::Key(key))
    }

    fn value(&mut self) -> Result<Event<'a>, String> {
        let event = match self.peek() {
            Some('[') => return Ok(self.begin(true)),
            Some('{') => return Ok(self.begin(false)),
            Some('"') => Event::String(self.string()?),
            Some('-' | '0'..='9') => Event::Number(self.number()?),
            Some('t') => self.word("true", Event::Boolean(true))?,
            Some('f') => self.word("false", Event::Boolean(false))?,
            Some('n') => self.word("null", Event::Null)?,
            _ => return Err(self.unexpected()),
        };
        self.expect = Expect::Separator;
        Ok(event)
    }

    fn word(&mut self, word: &str, event: Event<'a>) -> Result<Event<'a>, String> {
        for letter in word.chars() {
            if !self.take(letter) {
                return Err(self.unexpected());
            }
        }
        Ok(event)
    }

    /// A string; the text itself if it has no escapes.
    fn string(&mut self) -> Result<Cow<'a, [u16]>, String> {
        self.at += 1;
        let text = self.text;
        let start = self.at;
        let is_special = |&unit: &u16| unit < 0x20 || unit == b'"'.into() || unit == b'\\'.into();
        self.at += text[start..].iter().position(is_special).unwrap_or(text.len() - start);
        let plain = &text[start..self.at];
        if self.peek() == Some('"') {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        self.string_with_escapes(plain.to_vec()).map(Cow::Owned)
    }

    fn string_with_escapes(&mut self, mut units: Vec<u16>) -> Result<Vec<u16>, String> {
        loop {
            match self.text.get(self.at) {
                None => return Err(self.positioned("Unterminated string in JSON")),
                Some(0..=0x1f) => {
                    return Err(self.positioned("Bad control character in string literal in JSON"));
                }
                Some(&unit) if unit == b'"' as u16 => break,
                Some(&unit) if unit == b'\\' as u16 => units.push(self.escape()?),
                Some(&unit) => units.push(unit),
            }
            self.at += 1;
        }
        self.at += 1;
        Ok(units)
    }

    /// After a backslash; leaves the position on the last character of the escape.
    fn escape(&mut self) -> Result<u16, String> {
        self.at += 1;
        let Some(letter) = self.peek() else { return Err(self.positioned("Unterminated string in JSON")) };
        Ok(match letter {
            '"' | '\\' | '/' => letter as u16,
            'b' => 8,
            't' => 9,
            'n' => 10,
            'f' => 12,
            'r' => 13,
            'u' => return self.unicode_escape(),
            _ => return Err(self.positioned("Bad escaped character in JSON")),
        })
    }

    fn unicode_escape(&mut self) -> Result<u16, String> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            match self.peek().and_then(|digit| digit.to_digit(16)) {
                Some(digit) => unit = unit * 16 + digit as u16,
                None => return Err(self.positioned("Bad Unicode escape in JSON")),
            }
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<f64, String> {
        let start = self.at;
        let negative = self.take('-');
        let digits = self.at;
        if self.take('0') {
            if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                return Err(self.positioned("Unexpected number in JSON"));
            }
        } else if self.digits() == 0 {
            return Err(self.positioned("No number after minus sign in JSON"));
        }
        let mut whole = true;
        if self.take('.') {
            whole = false;
            if self.digits() == 0 {
                return Err(self.positioned("Unterminated fractional number in JSON"));
            }
        }
        if self.take('e') || self.take('E') {
            whole = false;
            let _sign = self.take('+') || self.take('-');
            if self.digits() == 0 {
                return Err(self.positioned("Exponent part is missing a number in JSON"));
            }
        }
        // Up to 15 digits are exact in every step; a minus before zero needs the sign.
        if whole && self.at - digits <= 15 {
            let number = self.text[digits..self.at]
                .iter()
                .fold(0, |number: i64, &unit| number * 10 + i64::from(unit) - i64::from(b'0'));
            return Ok(if negative { -(number as f64) } else { number as f64 });
        }
        let text: String = self.text[start..self.at].iter().map(|&unit| char::from(unit as u8)).collect();
        Ok(text.parse().unwrap_or(f64::NAN))
    }

    /// Skips digits and counts them.
    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn peek(&self) -> Option<char> {
        // Beyond ASCII nothing has a meaning of its own.
        self.text.get(self.at).map(|&unit| if unit < 128 { char::from(unit as u8) } else { '\u{fffd}' })
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn positioned(&self, complaint: &str) -> String {
        format!("{complaint} at position {}", self.at)
    }

    /// What V8 says of a token that it did not expect: with ten characters of the text on either side.
    fn unexpected(&self) -> String {
        const CONTEXT: usize = 10;
        let source = |range: std::ops::Range<usize>| String::from_utf16_lossy(&self.text[range]);
        let length = self.text.len();
        match self.peek() {
            None => return "Unexpected end of JSON input".to_owned(),
            Some('"') => return self.positioned("Unexpected string in JSON"),
            Some('-' | '0'..='9') => return self.positioned("Unexpected number in JSON"),
            Some(_) => {}
        }
        let all = source(0..length);
        if ["undefined", "NaN", "Infinity", "[object Object]"].contains(&all.as_str()) {
            return format!("\"{all}\" is not valid JSON");
        }
        let token = source(self.at..self.at + 1);
        if length <= 2 * CONTEXT {
            return format!("Unexpected token '{token}', \"{all}\" is not valid JSON");
        }
        let (start, end) = (self.at.saturating_sub(CONTEXT), (self.at + CONTEXT).min(length));
        let before = if start > 0 { "..." } else { "" };
        let after = if end < length { "..." } else { "" };
        format!("Unexpected token '{token}', {before}\"{}\"{after} is not valid JSON", source(start..end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn read(text: &[u16]) -> Result<Vec<Event<'_>>, String> {
        let mut reader = Reader::new(text);
        let mut events = Vec::new();
        loop {
            match reader.next_event()? {
                Event::End => return Ok(events),
                event => events.push(event),
            }
        }
    }

    #[test]
    fn events_follow_the_text() {
        let key = Event::Key(Cow::Owned(vec![b'a' as u16]));
        assert_eq!(
            read(&units(r#" {"a": [1, -2.5e1, -12, "x\n\u0041"]} "#)).unwrap(),
            [
                Event::BeginObject,
                key,
                Event::BeginArray,
                Event::Number(1.0),
                Event::Number(-25.0),
                Event::Number(-12.0),
                Event::String(Cow::Owned(units("x\nA"))),
                Event::EndArray,
                Event::EndObject,
            ]
        );
        assert_eq!(read(&units("[]")).unwrap(), [Event::BeginArray, Event::EndArray]);
        assert_eq!(read(&units("null")).unwrap(), [Event::Null]);
    }

    #[test]
    fn complaints_are_in_the_words_of_v8() {
        for (text, complaint) in [
            ("", "Unexpected end of JSON input"),
            ("{", "Expected property name or '}' in JSON at position 1"),
            ("[1,]", "Unexpected token ']', \"[1,]\" is not valid JSON"),
            ("01", "Unexpected number in JSON at position 1"),
            ("1.", "Unterminated fractional number in JSON at position 2"),
            ("[1", "Expected ',' or ']' after array element in JSON at position 2"),
            ("{\"a\":1,}", "Expected double-quoted property name in JSON at position 7"),
            ("{\"a\" 1}", "Expected ':' after property name in JSON at position 5"),
            ("1 x", "Unexpected non-whitespace character after JSON at position 2"),
            ("undefined", "\"undefined\" is not valid JSON"),
            ("\"\\x\"", "Bad escaped character in JSON at position 2"),
            (
                "[1,2,3,4,5,6,7,8,9,10,x,12,13,14]",
                "Unexpected token 'x', ...\",7,8,9,10,x,12,13,14\"... is not valid JSON",
            ),
        ] {
            assert_eq!(read(&units(text)).unwrap_err(), complaint, "{text}");
        }
    }
}
