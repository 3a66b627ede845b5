//! The terminal: where text goes, and whether it may be coloured.

use super::arguments::Color;
use super::failure::Failure;
use std::io::{self, IsTerminal, Write};

/// What stdout and stderr are, and how text may look there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    /// Whether stdout may be coloured.
    pub(super) stdout_color: bool,
    /// Whether stderr may be coloured.
    pub(super) stderr_color: bool,
    /// Whether a person is likely to look at stderr.
    pub(super) watched: bool,
    /// Letters in a line of stdout, if it is a terminal.
    pub(super) width: Option<usize>,
    /// Letters in a line of stderr, if it is a terminal.
    pub(super) stderr_width: Option<usize>,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// As the rest.
    Plain,
    /// Bold.
    Strong,
    /// Faint.
    Aside,
    /// The recommended plan.
    Accent,
}

impl Terminal {
    /// Looks at the environment once.
    pub(super) fn new(color: Color) -> Self {
        let wanted = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                is_terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let (stdout, stderr) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        let width = |terminal: console::Term| usize::from(terminal.size().1);
        Self {
            stdout_color: wanted(stdout),
            stderr_color: wanted(stderr),
            watched: stderr,
            width: stdout.then(|| width(console::Term::stdout())),
            stderr_width: stderr.then(|| width(console::Term::stderr())),
        }
    }

    /// Text for stdout in this look.
    pub(super) fn paint(&self, text: &str, look: Look) -> String {
        let code = match look {
            _ if !self.stdout_color => return text.to_owned(),
            Look::Plain => return text.to_owned(),
            Look::Strong => "1",
            Look::Aside => "2",
            Look::Accent => "1;34",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A message about what went wrong, for stderr.
    pub(super) fn error(&self, message: &str) -> String {
        if self.stderr_color {
            format!("\u{1b}[1;31merror\u{1b}[0m: {message}")
        } else {
            format!("error: {message}")
        }
    }

    /// A message about something to know, for stderr.
    pub(super) fn note(&self, message: &str) -> String {
        if self.stderr_color {
            format!("\u{1b}[1;33mnote\u{1b}[0m: {message}")
        } else {
            format!("note: {message}")
        }
    }
}

/// Prints on stdout, whole.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut to = io::stdout().lock();
    to.write_all(bytes)
        .and_then(|()| to.flush())
        .map_err(Failure::Print)
}

/// Prints on stdout as it comes.
pub(super) fn stream(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut to = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&mut to).and_then(|()| to.flush()).map_err(Failure::Print)
}

/// Prints a line on stderr; if nobody can hear it, nothing else can be done.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
