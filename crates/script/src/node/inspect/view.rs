//! What inspect must be able to see of a value, so that it needs no machine to be tested.

/// A primitive value as text needs it.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number
    Number(f64),
    /// A big integer in decimal digits
    BigInt(String),
    /// A string in UTF-16 code units
    String(Vec<u16>),
    /// A symbol, by its description
    Symbol(String),
}

/// Which of the four sorts a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionSort {
    /// An ordinary function, method or arrow
    Plain,
    /// `function*`
    Generator,
    /// `async function`
    Async,
    /// `async function*`
    AsyncGenerator,
    /// `class`
    Class,
}

/// What a promise is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseState {
    /// Neither of the others
    Pending,
    /// Holds a value
    Fulfilled,
    /// Holds a reason
    Rejected,
}

/// What sort of value it is, with what is printed of its inside.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<V> {
    /// Not an object
    Primitive(Primitive),
    /// An object without inner state that inspect shows
    Ordinary,
    /// An array and its length
    Array(u32),
    /// An arguments object and its length
    Arguments(u32),
    /// A function
    Function(FunctionSort),
    /// An error
    Error,
    /// A Map and its size
    Map(usize),
    /// A Set and its size
    Set(usize),
    /// What `map.keys()` and `map.values()` give (`pairs`: `map.entries()`)
    MapIterator {
        /// Whether each item is a key and a value
        pairs: bool,
    },
    /// What `set.values()` gives (`pairs`: `set.entries()`)
    SetIterator {
        /// Whether each item is a value twice
        pairs: bool,
    },
    /// A WeakMap
    WeakMap,
    /// A WeakSet
    WeakSet,
    /// `Object(primitive)`
    Boxed(Primitive),
    /// A Date as ISO text, or `Invalid Date`
    Date(String),
    /// A regular expression as `/source/flags`
    RegExp(String),
    /// A promise
    Promise(PromiseState, V),
    /// A typed array: its class name, its length, and as many elements as can be shown
    TypedArray(&'static str, usize, Vec<Primitive>),
    /// A Buffer: its length, and its first bytes
    Buffer(usize, Vec<u8>),
    /// An ArrayBuffer: its length, and as many bytes as can be shown
    ArrayBuffer(usize, Vec<u8>),
    /// A DataView: byte length, byte offset, buffer
    DataView(usize, usize, V),
    /// A proxy, its target and its handler; `None` when revoked
    Proxy(Option<(V, V)>),
}

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<V> {
    /// A value
    Data(V),
    /// A getter, a setter or both
    Accessor {
        /// There is a getter
        get: bool,
        /// There is a setter
        set: bool,
    },
}

/// A property's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A string in UTF-16 code units
    Name(Vec<u16>),
    /// A symbol, by its description
    Symbol(String),
}

/// One own property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property<V> {
    /// Its key
    pub key: Key,
    /// What it holds
    pub slot: Slot<V>,
    /// Whether `Object.keys` lists it
    pub enumerable: bool,
}

/// How inspect reads the heap. Nothing here runs script.
pub trait View {
    /// A value; equal values are the same object.
    type Value: Copy + PartialEq;

    /// What sort of value it is.
    fn kind(&self, value: Self::Value) -> Kind<Self::Value>;

    /// The prototype of an object; `None` for null.
    fn prototype(&self, object: Self::Value) -> Option<Self::Value>;

    /// The value of an own data property.
    fn own_data(&self, object: Self::Value, name: &str) -> Option<Self::Value>;

    /// `object[Symbol.toStringTag]`, unless it is an own enumerable property (or own at all, when `hidden`).
    fn tag(&self, object: Self::Value, hidden: bool) -> Option<String>;

    /// The own properties in order, without the elements of arrays, typed arrays and boxed strings; those that are
    /// not enumerable only when `hidden`.
    fn properties(&self, object: Self::Value, hidden: bool) -> Vec<Property<Self::Value>>;

    /// The first `limit` own elements of an array or arguments object, by index.
    fn elements(&self, object: Self::Value, limit: usize) -> Vec<(u32, Slot<Self::Value>)>;

    /// The first `limit` entries of a Map (key, value), of a Set (value twice), or what is left for an iterator.
    fn entries(&self, object: Self::Value, limit: usize) -> Vec<(Self::Value, Self::Value)>;

    /// What the object says of itself by its `[nodejs.util.inspect.custom]` method; none if it has no such method or
    /// wants to be shown as any other.
    fn own_words(&self, _object: Self::Value, _level: usize) -> Option<String> {
        None
    }

    /// The text of an error's own `stack`, where that is no ordinary property.
    fn stack(&self, _error: Self::Value) -> Option<String> {
        None
    }

    /// What the getter of a property gives.
    fn getter_value(&self, _object: Self::Value, _key: &Key) -> Option<Self::Value> {
        None
    }

    /// The name of the function that made the object, for objects whose chain does not lead to it.
    fn creator_name(&self, object: Self::Value) -> String;
}
