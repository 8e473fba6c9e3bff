//! What `modules/fs.js` needs: the operations on the tree, by absolute path. Each returns the code of the error as a
//! string where it fails.

use semispace_heap::Word;

use super::content::Content;
use super::{Code, GeneratedFile};
use crate::builtins::install::{Function, methods};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const INTRINSICS: &[Function] = &[
    ("$fileStatus", 1, status),
    ("$fileRead", 5, read),
    ("$fileWrite", 6, write),
    ("$fileTruncate", 3, truncate),
    ("$filePut", 4, put),
    ("$fileRemove", 1, remove),
    ("$fileRename", 2, rename),
    ("$folderMake", 1, make_folder),
    ("$folderNames", 1, names),
];

/// The intrinsics of `fs`.
pub(in crate::node) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

impl Vm {
    /// Puts a generated file into the session; a path that is not absolute lies in the script's folder, and folders that
    /// are missing are made. False: a folder has that name.
    pub fn add_generated_file(&mut self, file: &GeneratedFile) -> bool {
        let path = match file.path.strip_prefix('/') {
            Some(_) => file.path.clone(),
            None => format!("{}/{}", self.folder.trim_end_matches('/'), file.path.trim_start_matches("./")),
        };
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.file_system.ensure_folder(if folder.is_empty() { "/" } else { folder });
        }
        self.file_system.put(&path, Content::generated(file.seed, file.size), 0.0).is_ok()
    }

    /// The first argument as an absolute path; a file next to the script that it names becomes one of the session.
    pub(in crate::node) fn path_arg(&mut self, args: Args) -> String {
        let path = self.text(self.arg(args, 0));
        let folder = self.folder.clone();
        self.file_system.ensure_folder(&folder);
        if self.file_system.status(&path).is_none() {
            self.import_file(&path);
        }
        path
    }

    /// A file next to the script becomes one of the session, which may change it without changing the original.
    fn import_file(&mut self, path: &str) {
        let Some(relative) = path.strip_prefix(&*self.folder).and_then(|rest| rest.strip_prefix('/')) else {
            return;
        };
        let Some(text) = self.files.read(relative) else { return };
        let parent = path.rsplit_once('/').map_or("/", |(parent, _)| parent);
        self.file_system.ensure_folder(parent);
        let mut content = Content::default();
        content.write(0, text.as_bytes(), &[]);
        // The path is free, and its folder is there.
        self.file_system.put(path, content, 0.0).ok();
    }

    fn size_arg(&self, args: Args, index: usize) -> u64 {
        self.as_number(self.arg(args, index)).unwrap_or(0.0).max(0.0) as u64
    }

    fn milliseconds_arg(&self, args: Args, index: usize) -> f64 {
        self.as_number(self.arg(args, index)).unwrap_or(0.0)
    }
}

/// Nothing, or the code of the error.
fn answer(vm: &mut Vm, result: Result<(), Code>) -> Completion<Word> {
    match result {
        Ok(()) => Ok(UNDEFINED),
        Err(code) => vm.string(code),
    }
}

/// `[folder, bytes, modified]`; undefined: there is no such file.
fn status(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let Some(status) = vm.file_system.status(&path) else { return Ok(UNDEFINED) };
    let array = Word::reference(vm.new_array()?);
    let array = vm.handle(array);
    vm.push_element(vm.at(array), value::boolean(status.folder))?;
    for number in [status.size as f64, status.modified_ms] {
        let number = vm.number(number)?;
        vm.push_element(vm.at(array), number)?;
    }
    Ok(vm.at(array))
}

/// `(path, at, view, offset, count)`: how many bytes were read into the view, or the code of the error.
fn read(vm: &mut Vm, args: Args) -> Completion<Word> {
    /// Bytes that are on their way at once.
    const PART: u64 = 1 << 20;
    let path = vm.path_arg(args);
    let at = vm.size_arg(args, 1);
    let Some(span) = vm.span(vm.arg(args, 2)) else { return Ok(Word::ZERO) };
    let span = span.part(vm.size_arg(args, 3), vm.size_arg(args, 4));
    let mut bytes = vec![0; span.length.min(PART) as usize];
    let mut done = 0;
    while done < span.length {
        let part = &mut bytes[..(span.length - done).min(PART) as usize];
        let count = match vm.file_system.read(&path, at + done, part) {
            Ok(count) => count,
            Err(code) => return vm.string(code),
        };
        vm.write_span(span.part(done, count as u64), &part[..count]);
        done += count as u64;
        if count < part.len() {
            break;
        }
    }
    vm.number(done as f64)
}

/// `(path, at, view, offset, count, now)`
fn write(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let at = vm.size_arg(args, 1);
    let Some(span) = vm.span(vm.arg(args, 2)) else { return Ok(UNDEFINED) };
    let bytes = vm.span_bytes(span.part(vm.size_arg(args, 3), vm.size_arg(args, 4)));
    let now = vm.milliseconds_arg(args, 5);
    let result = vm.file_system.write(&path, at, &bytes, now);
    answer(vm, result)
}

/// `(path, size, now)`
fn truncate(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let (size, now) = (vm.size_arg(args, 1), vm.milliseconds_arg(args, 2));
    let result = vm.file_system.truncate(&path, size, now);
    answer(vm, result)
}

/// `(path, size, seed, now)`: a file of generated text; an empty one has size 0.
fn put(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let content = Content::generated(vm.size_arg(args, 2), vm.size_arg(args, 1));
    let now = vm.milliseconds_arg(args, 3);
    let result = vm.file_system.put(&path, content, now);
    answer(vm, result)
}

fn remove(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let result = vm.file_system.remove(&path);
    answer(vm, result)
}

fn rename(vm: &mut Vm, args: Args) -> Completion<Word> {
    let from = vm.path_arg(args);
    let to = vm.text(vm.arg(args, 1));
    let result = vm.file_system.rename(&from, &to);
    answer(vm, result)
}

fn make_folder(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let result = vm.file_system.make_folder(&path);
    answer(vm, result)
}

fn names(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let names: Vec<String> = vm.file_system.names(&path).into_iter().map(str::to_owned).collect();
    let array = Word::reference(vm.new_array()?);
    let array = vm.handle(array);
    for name in names {
        let name = vm.string(&name)?;
        vm.push_element(vm.at(array), name)?;
    }
    Ok(vm.at(array))
}
