//! What writing a result consists of: documents, steps, who may stop them, and what can go wrong.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a result could not be written; the previous one is whole.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The path is a file or something else.
    #[error("{0} is not a folder; name another place with --out")]
    NotAFolder(PathBuf),
    /// The folder holds files and none of them is a result.
    #[error("{0} holds files that gtm-sim did not write; name an empty or a new folder with --out")]
    Foreign(PathBuf),
    /// Another run holds the folder.
    #[error("another run is writing to {0}; wait for it or name another place with --out")]
    Busy(PathBuf),
    /// No permission to write.
    #[error("{0} may not be written; name another place with --out")]
    Denied(PathBuf),
    /// The disk is full.
    #[error("no space is left on the disk for {0}; the previous result is untouched")]
    Full(PathBuf),
    /// Stopped by the user.
    #[error("interrupted; nothing was changed in {0}")]
    Interrupted(PathBuf),
    /// Anything else that the system says.
    #[error(
        "{path} could not be written: {}; name another place with --out",
        in_words(source)
    )]
    Io {
        /// What could not be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OutputError {
    pub(super) fn at(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::Full(path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Denied(path),
            ErrorKind::NotADirectory => Self::NotAFolder(path),
            ErrorKind::Interrupted => Self::Interrupted(path),
            _ => Self::Io { path, source },
        }
    }
}

/// What the system said, without the number that it has for it.
pub(super) fn in_words(error: &io::Error) -> String {
    if error.kind() == ErrorKind::NotFound {
        return "no file or folder can be made there".to_owned();
    }
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

/// What is about to be done to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Take the lock of the folder.
    Lock,
    /// Make a folder.
    MakeFolder,
    /// Make a file.
    Create,
    /// Write a piece of a file.
    Write,
    /// Have the disk hold a file or folder.
    Sync,
    /// Exchange old and new folder.
    Exchange,
    /// Move a file or folder.
    Rename,
    /// Remove a file or folder that is no longer wanted.
    Remove,
}

/// Asked before every step; an error is treated as the system's (`Interrupted`: the user stopped the run).
pub trait Guard {
    /// Whether the step may be done.
    ///
    /// # Errors
    /// Any, instead of the step.
    fn before(&self, step: Step, path: &Path) -> io::Result<()>;
}

/// Lets everything pass.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unguarded;

impl Guard for Unguarded {
    fn before(&self, _step: Step, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the bytes of a file.
pub type Content<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

/// Makes the bytes of the index from the hashes of the other files by path.
pub type Index<'a> = dyn Fn(&BTreeMap<String, String>) -> io::Result<Vec<u8>> + 'a;

/// A file to be written.
pub struct Document<'a> {
    /// Path within the folder, with `/`.
    pub path: String,
    /// Writes its bytes.
    pub write: Box<Content<'a>>,
}

impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    /// Hash by path, without the index.
    pub files: BTreeMap<String, String>,
    /// What could not be tidied up afterwards; the result is whole.
    pub remarks: Vec<String>,
}
