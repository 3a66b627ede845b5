//! From a file, the files that it extends and the settings laid over it to a document, or everything that is wrong.

use super::diagnostic::{Diagnostic, Report, Severity};
use super::document::{Checked, Document, document};
use super::echoes::{Broken, without_parts_of_slips};
use super::files::{Files, NoFiles, reason, resolve, text};
use super::merge::{overlay, strangers};
use super::misspelt;
use super::parse::parse;
use super::reader::Reader;
use super::samples;
use super::settings;
use super::source::{Sources, Span};
use super::tree::{Node, Table, Value};
use super::wording::{nearest, shown};
use std::path::{Path, PathBuf};

/// More files than this in a row extend nothing that anybody reads.
const MOST_FILES: usize = 16;

/// A scenario to be read.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Name of the file in messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Settings laid over the document, `KEY=VALUE`; later ones win.
    pub settings: &'a [String],
    /// Supplies the files that it names.
    pub files: &'a dyn Files,
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Reads a scenario from bytes that stand alone; `name` stands in messages.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_bytes(bytes: &[u8], name: &str) -> Result<Checked<Document>, Report> {
    load(&Request {
        name,
        bytes,
        settings: &[],
        files: &NoFiles,
    })
}

/// Reads a scenario from a text that stands alone; `name` stands in messages.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(text: &str, name: &str) -> Result<Checked<Document>, Report> {
    read_bytes(text.as_bytes(), name)
}

/// Reads a scenario with the files that it names and the settings laid over it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load(request: &Request<'_>) -> Result<Checked<Document>, Report> {
    let mut loader = Loader::new(request);
    let Some(mut tree) = loader.main() else {
        loader.diagnostics.extend(loader.broken.diagnostics);
        return Err(Report::new(loader.diagnostics, loader.sources));
    };
    settings::lay_over(&mut tree, request.settings, &mut loader);
    samples::resolve(&mut tree, &mut loader);
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    let mut reader = Reader::default();
    reader.is_cut = loader.diagnostics.iter().any(is_error) || !loader.broken.diagnostics.is_empty();
    reader.typed = std::mem::take(&mut loader.typed);
    let meant = misspelt::mend(&tree, &mut reader);
    let document = document(&mut reader, &meant);
    let mut diagnostics = loader.broken.without_echoes(reader.diagnostics, &loader.sources);
    diagnostics.append(&mut loader.diagnostics);
    let report = Report::new(without_parts_of_slips(diagnostics), loader.sources);
    match document {
        Some(value) if report.diagnostics.iter().all(|d| d.severity == Severity::Warning) => Ok(Checked {
            value,
            warnings: report.diagnostics,
            sources: report.sources,
        }),
        _ => Err(report),
    }
}

/// What accumulates while files are read.
pub(super) struct Loader<'a> {
    request: &'a Request<'a>,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Text that could not be read.
    pub(super) broken: Broken,
    /// Where the settings stand.
    pub(super) typed: settings::Typed,
    /// First byte of every file, and its path from the folder of the scenario.
    homes: Vec<(usize, PathBuf)>,
}

impl<'a> Loader<'a> {
    fn new(request: &'a Request<'a>) -> Self {
        Self {
            request,
            sources: Sources::default(),
            diagnostics: Vec::new(),
            broken: Broken::default(),
            typed: settings::Typed::default(),
            homes: Vec::new(),
        }
    }

    /// The scenario's own file over those that it extends; `None` if one of them cannot be read.
    fn main(&mut self) -> Option<Table> {
        let name = self.request.name;
        let wrong = Diagnostic::error(Span::WHOLE, "this file is not UTF-8 text");
        match text_of(wrong, self.request.bytes) {
            Ok(text) => {
                let own = Path::new(name)
                    .file_name()
                    .map_or_else(PathBuf::new, PathBuf::from);
                let tree = self.file(text, name, &mut vec![own])?;
                if !tree.entries.is_empty() || !self.broken.diagnostics.is_empty() {
                    return Some(tree);
                }
                self.diagnostics
                    .push(Diagnostic::error(Span::WHOLE, "this file says nothing").help(
                        "start with `gtm-sim new FILE`: it writes a scenario with a remark on every number, to be replaced by yours",
                    ));
                None
            }
            Err(diagnostic) => {
                self.sources.add(name, "");
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    /// The document of the last file of `chain` over those that it extends.
    fn file(&mut self, text: &str, name: &str, chain: &mut Vec<PathBuf>) -> Option<Table> {
        let (mut tree, broken) = parse(text, name, &mut self.sources);
        self.homes
            .push((self.sources.last(), chain.last().cloned().unwrap_or_default()));
        self.broken.absorb(broken);
        self.late(&mut tree);
        let position = tree.entries.iter().position(|entry| entry.key.text == "extends");
        let Some(position) = position else {
            return Some(tree);
        };
        let extends = tree.entries.remove(position);
        let mut base = self.extended(&extends.node, chain)?;
        self.diagnostics.extend(strangers(&base, &tree));
        overlay(&mut base, tree, 0);
        Some(base)
    }

    /// An `extends` below a section header belongs to that section: says so, and what is missing for it is an echo.
    fn late(&mut self, tree: &mut Table) {
        for section in &mut tree.entries {
            let Value::Table(section) = &mut section.node.value else {
                continue;
            };
            section.entries.retain(|entry| {
                let is_late = entry.key.text == "extends" && matches!(entry.node.value, Value::Text(_));
                if is_late {
                    self.broken.cut(
                        Diagnostic::error(entry.key.span, "`extends` belongs to the file, not to a section")
                            .expected("goes above the first [section]"),
                    );
                }
                !is_late
            });
        }
    }

    fn extended(&mut self, node: &Node, chain: &mut Vec<PathBuf>) -> Option<Table> {
        let Value::Text(named) = &node.value else {
            self.diagnostics.push(
                Diagnostic::error(node.span, format!("`extends` cannot be {}", node.value.kind()))
                    .expected("expected the file to start from, such as extends = \"b2b.toml\""),
            );
            return None;
        };
        let path = resolve(chain.last().map_or(Path::new(""), PathBuf::as_path), named);
        if let Some(first) = chain.iter().position(|file| *file == path) {
            let circle: Vec<String> = chain
                .iter()
                .skip(first)
                .chain([&path])
                .map(|file| text(file))
                .collect();
            let (message, help) = match circle.len() {
                2 => (
                    "this file extends itself",
                    "name the file to start from, or take the line out",
                ),
                _ => (
                    "these files extend one another in a circle",
                    "one of them must stand alone: take its `extends` out",
                ),
            };
            self.diagnostics.push(
                Diagnostic::error(node.span, message)
                    .expected(circle.join(" → "))
                    .help(help),
            );
            return None;
        }
        if chain.len() >= MOST_FILES {
            self.diagnostics.push(
                Diagnostic::error(
                    node.span,
                    format!("more than {MOST_FILES} files extend one another"),
                )
                .expected("write this one out, or extend an earlier one"),
            );
            return None;
        }
        let bytes = self.bytes(node.span, named, &path)?;
        let wrong = Diagnostic::error(node.span, format!("`{}` is not UTF-8 text", shown(named)));
        match text_of(wrong, &bytes) {
            Ok(told) => {
                let name = self.display(&path);
                chain.push(path);
                let base = self.file(told, &name, chain);
                chain.pop();
                base
            }
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    /// The bytes of a file that stands at `path` and is called `named` at `span`; tells why there are none.
    pub(super) fn bytes(&mut self, span: Span, named: &str, path: &Path) -> Option<Vec<u8>> {
        let error = match self.request.files.read(path) {
            Ok(bytes) => return Some(bytes),
            Err(error) => error,
        };
        let message = format!("`{}` cannot be read: {}", shown(named), reason(&error));
        let folder = path.parent().unwrap_or(Path::new(""));
        let names = self.request.files.names(folder);
        let typed = path
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let near = nearest(&typed, names.iter().map(String::as_str));
        let expected = match near {
            Some(near) => format!("did you mean `{}`?", text(&folder.join(near))),
            None => format!("looked for {}", self.display(path)),
        };
        self.diagnostics.push(
            Diagnostic::error(span, message)
                .expected(expected)
                .help("the path starts from the folder of the file that says it"),
        );
        None
    }

    /// Files named from `base` on are looked for beside the scenario's own file.
    pub(super) fn at_home(&mut self, base: usize) {
        self.homes.push((base, PathBuf::new()));
    }

    /// The path from the folder of the scenario of the file called `named` at `span`.
    pub(super) fn path_of(&self, span: Span, named: &str) -> PathBuf {
        let home = self.homes.iter().rev().find(|(base, _)| *base <= span.start);
        resolve(home.map_or(Path::new(""), |(_, path)| path.as_path()), named)
    }

    /// A path from the folder of the scenario, as messages show it.
    pub(super) fn display(&self, path: &Path) -> String {
        text(&resolve(Path::new(self.request.name), &path.to_string_lossy()))
    }
}

/// The text that bytes are; else tells where they stop being text.
pub(super) fn text_of(diagnostic: Diagnostic, bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if is_utf_16(bytes) {
        return Err(Box::new(
            diagnostic
                .expected("it is UTF-16, which Notepad calls \"Unicode\"")
                .help("save it as UTF-8: in Notepad and Excel that is a choice of \"Save as\""),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let diagnostic = diagnostic.expected(format!("line {line} has a character of another encoding"));
        Box::new(diagnostic.help("save it as UTF-8, as every editor can"))
    })
}

/// Whether bytes look like text of two bytes a letter, with or without the mark that should tell so.
fn is_utf_16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let zeros = |first: usize| {
        head.iter()
            .skip(first)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    // Letters of Western languages have a zero as one of their two bytes.
    marked || head.len() >= 4 && (zeros(0) * 3 > head.len() || zeros(1) * 3 > head.len())
}
