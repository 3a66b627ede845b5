//! Other files that a scenario names: where they are looked for, and why one cannot be read.

use std::io::{self, ErrorKind};
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// Supplies the files that a scenario names. Paths start from the folder of the scenario's own file.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Names of the files in a folder, for suggestions.
    fn names(&self, _folder: &Path) -> Vec<String> {
        Vec::new()
    }
}

/// For a text that stands alone.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &Path) -> io::Result<Vec<u8>> {
        Err(io::Error::new(
            ErrorKind::Unsupported,
            "this scenario was handed over as a text, without a folder",
        ))
    }
}

/// Why a file could not be read, in a planner's words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        _ => error.to_string(),
    }
}

/// `named` as seen from the file `by`, without detours: `../a/./b.toml` beside `c/d.toml` is `a/b.toml`.
pub(super) fn resolve(by: &Path, named: &str) -> PathBuf {
    let mut path = PathBuf::new();
    let folder = by.parent().unwrap_or(Path::new(""));
    for part in folder.join(named).components() {
        let in_a_folder = matches!(path.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if in_a_folder => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

/// A path for people, and the same on every system.
pub(super) fn text(path: &Path) -> String {
    path.display().to_string().replace(MAIN_SEPARATOR, "/")
}
