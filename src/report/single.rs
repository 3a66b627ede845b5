//! One file outside any folder of results, written whole: beside its place, then moved there.

use super::disk::in_words;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a file could not be written; what stood in its place is untouched.
#[derive(Debug, thiserror::Error)]
pub enum SingleError {
    /// Something stands there, and it may not be replaced.
    #[error("{0} exists already; choose another name, or overwrite it with --force")]
    Exists(PathBuf),
    /// A folder stands there.
    #[error("{0} is a folder; name a file in it, such as my.toml")]
    Folder(PathBuf),
    /// The folder is not there.
    #[error("there is no folder {0}")]
    NoFolder(PathBuf),
    /// Anything else that the system says.
    #[error("{path} could not be written: {}; name another place", in_words(source))]
    Io {
        /// What could not be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes `bytes` to `path`; a file that stands there is replaced only if `replace`.
///
/// # Errors
/// `SingleError`; then nothing was changed.
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), SingleError> {
    write_as(path, replace, |to| to.write_all(bytes))
}

/// Writes what `content` writes to `path`, likewise.
///
/// # Errors
/// `SingleError`; then nothing was changed.
pub fn write_as(
    path: &Path,
    replace: bool,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), SingleError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(SingleError::NoFolder(folder.to_owned()));
    }
    if path.is_dir() {
        return Err(SingleError::Folder(path.to_owned()));
    }
    let io = |source| SingleError::Io {
        path: path.to_owned(),
        source,
    };
    let mut beside = tempfile::Builder::new()
        .prefix(".gtm-sim-")
        .permissions(readable())
        .tempfile_in(folder)
        .map_err(io)?;
    // What cannot be replaced is said before the work.
    if !replace && path.exists() {
        return Err(SingleError::Exists(path.to_owned()));
    }
    let mut buffer = BufWriter::with_capacity(1 << 16, &mut beside);
    content(&mut buffer).and_then(|()| buffer.flush()).map_err(io)?;
    drop(buffer);
    beside.as_file().sync_all().map_err(io)?;
    let moved = if replace {
        beside.persist(path)
    } else {
        beside.persist_noclobber(path)
    };
    match moved {
        Ok(_) => Ok(()),
        Err(kept) if kept.error.kind() == ErrorKind::AlreadyExists => {
            Err(SingleError::Exists(path.to_owned()))
        }
        Err(kept) => Err(io(kept.error)),
    }
}

/// As files are usually made; temporary files are the owner's alone.
fn readable() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}
