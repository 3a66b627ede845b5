//! The only writer of files: a folder of results, built beside the old one and exchanged with it as a whole.
//!
//! Whatever fails before the exchange leaves the previous result as it was. Where the system cannot exchange two
//! folders, files are moved one by one, `results.json` last; as it holds the hashes of the others, a reader
//! (`report::stored`) refuses a mixed set. Files that gtm-sim did not write are carried over.

use super::disk::{Content, Document, Guard, Index, OutputError, Step, Written};
use rustix::fs::{FlockOperation, RenameFlags, flock, renameat_with};
use rustix::io::Errno;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

/// Name of the file that is written last and holds the hashes of the others.
pub const INDEX: &str = "results.json";

/// Name of the file that a search adds to a folder of results, or begins one with.
pub const OPTIMUM: &str = "optimum.json";

/// The same for one split over several scenarios.
pub const ROBUST: &str = "robust.json";

/// A folder that this run alone writes to, until it is dropped.
pub struct Folder<'a> {
    path: PathBuf,
    /// Name of the file that is written last and holds the hashes of the others.
    index: &'static str,
    /// Where the new folder is built.
    staging: PathBuf,
    lock: PathBuf,
    _held: File,
    /// Whether old and new stand side by side on one disk.
    beside: bool,
    guard: &'a dyn Guard,
}

impl std::fmt::Debug for Folder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Folder")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        // The lock ends with the file handle; a lock file that stays behind binds nobody.
        let _ = fs::remove_file(&self.lock);
    }
}

impl<'a> Folder<'a> {
    /// Claims a folder for a run: its index is `results.json`.
    ///
    /// # Errors
    /// As of `claim_for`.
    pub fn claim(path: &Path, guard: &'a dyn Guard) -> Result<Self, OutputError> {
        Self::claim_for(path, INDEX, guard)
    }

    /// Claims a folder, which need not exist; what stands in the way of writing is found here, before the work.
    ///
    /// # Errors
    /// If it is no folder, not a result with this index, claimed by another run or may not be written.
    pub fn claim_for(path: &Path, index: &'static str, guard: &'a dyn Guard) -> Result<Self, OutputError> {
        // A shell that stands in the folder would be left in the old one.
        let here = path.components().eq([Component::CurDir]);
        let path = resolve(path, guard).map_err(|error| OutputError::at(path, error))?;
        let exists = match fs::metadata(&path) {
            Ok(facts) if !facts.is_dir() => return Err(OutputError::NotAFolder(path)),
            Ok(_) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(OutputError::at(&path, error)),
        };
        if exists && !is_ours(&path, index).map_err(|error| OutputError::at(&path, error))? {
            return Err(OutputError::Foreign(path));
        }
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(OutputError::Foreign(path));
        };
        let name = name.to_string_lossy();
        let outside = [
            parent.join(format!(".{name}.gtm-sim-new")),
            parent.join(format!(".{name}.gtm-sim-lock")),
        ];
        let inside = [path.join(STAGING), path.join(LOCK)];
        let same_disk = !here && (!exists || device(&path) == device(parent));
        let mut places: Vec<(bool, [PathBuf; 2])> = Vec::new();
        if same_disk {
            places.push((true, outside));
        }
        if exists {
            // A mounted folder, or one whose parent may not be written.
            places.push((false, inside));
        }
        let mut last = OutputError::Denied(path.clone());
        for (beside, [staging, lock]) in places {
            match hold(&lock, guard) {
                Ok(held) => {
                    let folder = Self {
                        path,
                        index,
                        staging,
                        lock,
                        _held: held,
                        beside,
                        guard,
                    };
                    folder.rescue()?;
                    folder.discard()?;
                    return Ok(folder);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Err(OutputError::Busy(path)),
                Err(error) => last = OutputError::at(&path, error),
            }
        }
        Err(last)
    }

    /// The folder, without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces what stands in the folder by `documents` and the index made from their hashes.
    ///
    /// # Errors
    /// Whatever stops it; the new files are removed. Before the exchange the old result is untouched.
    pub fn replace(&self, documents: &[Document], index: &Index) -> Result<Written, OutputError> {
        let result = self.build(documents, index).and_then(|files| {
            let remarks = self.install(&files)?;
            Ok(Written { files, remarks })
        });
        if result.is_err() {
            // The first error is told; what is left of the new folder the next run removes.
            let _ = fs::remove_dir_all(&self.staging);
        }
        result
    }

    /// Puts documents beside what stands in the folder, each in the place of one of its name; the rest stays.
    ///
    /// # Errors
    /// Whatever stops it; before the first file is moved nothing is changed.
    pub fn add(&self, documents: &[Document]) -> Result<(), OutputError> {
        let added = self.write_all(documents).and_then(|_| {
            if !self.path.exists() {
                self.make_folder(&self.path)?;
            }
            for document in documents {
                let to = self.path.join(&document.path);
                if let Some(parent) = to.parent().filter(|parent| !parent.exists()) {
                    self.make_folder(parent)?;
                }
                self.rename(&self.staging.join(&document.path), &to)?;
            }
            self.sync(&self.path)
        });
        let discarded = self.discard();
        added.and(discarded)
    }

    fn build(&self, documents: &[Document], made: &Index) -> Result<BTreeMap<String, String>, OutputError> {
        let (files, folders) = self.write_all(documents)?;
        let bytes = made(&files).map_err(|error| OutputError::at(&self.path.join(self.index), error))?;
        self.write(&self.staging.join(self.index), self.index, &|to| {
            to.write_all(&bytes)
        })?;
        for folder in &folders {
            self.sync(folder)?;
        }
        Ok(files)
    }

    /// Writes documents to the staging folder; returns their hashes by path, and the folders that hold them.
    fn write_all(
        &self,
        documents: &[Document],
    ) -> Result<(BTreeMap<String, String>, BTreeSet<PathBuf>), OutputError> {
        self.make_folder(&self.staging)?;
        let mut files = BTreeMap::new();
        let mut folders = BTreeSet::from([self.staging.clone()]);
        for document in documents {
            let path = self.staging.join(&document.path);
            if let Some(parent) = path.parent().filter(|parent| !folders.contains(*parent)) {
                self.make_folder(parent)?;
                folders.insert(parent.to_owned());
            }
            let hash = self.write(&path, &document.path, &document.write)?;
            files.insert(document.path.clone(), hash);
        }
        Ok((files, folders))
    }

    fn write(&self, path: &Path, name: &str, content: &Content) -> Result<String, OutputError> {
        let told = self.path.join(name);
        let run = || {
            self.guard.before(Step::Create, path)?;
            let mut to = Hashing {
                file: File::create_new(path)?,
                hash: Sha256::new(),
                guard: self.guard,
                path,
            };
            let mut buffer = BufWriter::with_capacity(1 << 16, &mut to);
            content(&mut buffer)?;
            buffer.flush()?;
            drop(buffer);
            self.guard.before(Step::Sync, path)?;
            to.file.sync_data()?;
            Ok(hex(&to.hash.finalize()))
        };
        run().map_err(|error| OutputError::at(&told, error))
    }

    /// Puts the new folder in the place of the old one; returns remarks.
    fn install(&self, files: &BTreeMap<String, String>) -> Result<Vec<String>, OutputError> {
        let old = listed(&self.path.join(self.index)).unwrap_or_default();
        if !self.path.exists() {
            self.rename(&self.staging, &self.path)?;
            self.settle();
            return Ok(Vec::new());
        }
        let exchanged = self.beside && self.exchange()?;
        let mut remarks = Vec::new();
        if exchanged {
            self.settle();
            // Now the old files stand in the staging folder.
            if let Err(error) = self.carry_over(&old) {
                remarks.push(format!(
                    "files of yours remain in {}: {error}",
                    self.staging.display()
                ));
                return Ok(remarks);
            }
        } else {
            let index = std::iter::once(self.index);
            for file in files.keys().map(String::as_str).chain(index) {
                let to = self.path.join(file);
                if let Some(parent) = to.parent().filter(|parent| !parent.exists()) {
                    self.make_folder(parent)?;
                }
                self.rename(&self.staging.join(file), &to)?;
            }
            for file in old.iter().filter(|file| !files.contains_key(*file)) {
                remarks.extend(
                    self.remove(&self.path.join(file))
                        .err()
                        .map(|error| error.to_string()),
                );
            }
        }
        remarks.extend(self.discard().err().map(|error| error.to_string()));
        Ok(remarks)
    }

    /// Exchanges the two folders; false if the system cannot.
    fn exchange(&self) -> Result<bool, OutputError> {
        let (new, old) = (&self.staging, &self.path);
        let exchange = || {
            self.guard.before(Step::Exchange, old)?;
            renameat_with(rustix::fs::CWD, new, rustix::fs::CWD, old, RenameFlags::EXCHANGE)?;
            io::Result::Ok(())
        };
        let unable = [
            Errno::INVAL,
            Errno::NOSYS,
            Errno::OPNOTSUPP,
            Errno::XDEV,
            Errno::BUSY,
        ];
        match exchange() {
            Ok(()) => Ok(true),
            Err(error)
                if unable
                    .iter()
                    .any(|errno| error.raw_os_error() == Some(errno.raw_os_error())) =>
            {
                Ok(false)
            }
            Err(error) => Err(OutputError::at(old, error)),
        }
    }

    /// Moves what gtm-sim did not write from the old folder to the new one.
    fn carry_over(&self, old: &BTreeSet<String>) -> io::Result<()> {
        for file in files_below(&self.staging)? {
            let to = self.path.join(&file);
            if file == self.index || old.contains(&file) || to.exists() {
                continue;
            }
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            self.guard.before(Step::Rename, &to)?;
            fs::rename(self.staging.join(&file), &to)?;
        }
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> Result<(), OutputError> {
        let make = || {
            self.guard.before(Step::MakeFolder, path)?;
            fs::create_dir_all(path)
        };
        make().map_err(|error| OutputError::at(&self.path, error))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), OutputError> {
        let rename = || {
            self.guard.before(Step::Rename, to)?;
            fs::rename(from, to)
        };
        rename().map_err(|error| OutputError::at(to, error))
    }

    fn remove(&self, path: &Path) -> Result<(), OutputError> {
        let remove = || {
            self.guard.before(Step::Remove, path)?;
            fs::remove_file(path)
        };
        remove().map_err(|error| OutputError::at(path, error))
    }

    /// Takes the planner's files out of an old folder that a run, killed after the exchange, left in the staging place.
    fn rescue(&self) -> Result<(), OutputError> {
        match listed(&self.staging.join(self.index)) {
            Some(old) if self.path.exists() => self
                .carry_over(&old)
                .map_err(|error| OutputError::at(&self.staging, error)),
            _ => Ok(()),
        }
    }

    /// Removes the staging folder, if there is one.
    fn discard(&self) -> Result<(), OutputError> {
        if !self.staging.exists() {
            return Ok(());
        }
        let discard = || {
            self.guard.before(Step::Remove, &self.staging)?;
            fs::remove_dir_all(&self.staging)
        };
        discard().map_err(|error| OutputError::at(&self.staging, error))
    }

    fn sync(&self, folder: &Path) -> Result<(), OutputError> {
        let sync = || {
            self.guard.before(Step::Sync, folder)?;
            File::open(folder)?.sync_all()
        };
        sync().map_err(|error| OutputError::at(&self.path, error))
    }

    /// Has the disk hold the new names; the result is whole even where it cannot.
    fn settle(&self) {
        if let Some(parent) = self.path.parent() {
            let _ = self.sync(parent);
        }
    }
}

/// Names of the working files within a folder whose parent cannot hold them.
const STAGING: &str = ".gtm-sim-new";
const LOCK: &str = ".gtm-sim-lock";

/// Counts the bytes into a hash on their way to the disk.
struct Hashing<'a> {
    file: File,
    hash: Sha256,
    guard: &'a dyn Guard,
    path: &'a Path,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.guard.before(Step::Write, self.path)?;
        let count = self.file.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The path without links; makes the folders above it.
fn resolve(path: &Path, guard: &dyn Guard) -> io::Result<PathBuf> {
    if fs::symlink_metadata(path).is_ok() {
        return fs::canonicalize(path);
    }
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    };
    if !parent.exists() {
        guard.before(Step::MakeFolder, parent)?;
        fs::create_dir_all(parent)?;
    }
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    Ok(fs::canonicalize(parent)?.join(name))
}

/// Takes the lock, or fails with `WouldBlock`. The holder removes the file, so the one locked must still be there.
fn hold(path: &Path, guard: &dyn Guard) -> io::Result<File> {
    loop {
        guard.before(Step::Lock, path)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::NOLCK) => return Ok(file),
            locked => locked?,
        }
        let (own, named) = (file.metadata()?, fs::metadata(path));
        if named.is_ok_and(|named| named.ino() == own.ino() && named.dev() == own.dev()) {
            return Ok(file);
        }
    }
}

fn device(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|facts| facts.dev())
}

/// Whether a folder is empty or holds a result.
fn is_ours(folder: &Path, index: &str) -> io::Result<bool> {
    let mut foreign = false;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        foreign |= name != STAGING && name != LOCK;
    }
    Ok(!foreign
        || listed(&folder.join(index)).is_some()
        || [OPTIMUM, ROBUST].iter().any(|name| folder.join(name).exists()))
}

/// The files that an index lists; `None` if it is not one.
fn listed(index: &Path) -> Option<BTreeSet<String>> {
    #[derive(serde::Deserialize)]
    struct Listed {
        #[serde(rename = "format")]
        _format: u32,
        files: BTreeMap<String, String>,
    }
    let listed: Listed = serde_json::from_slice(&fs::read(index).ok()?).ok()?;
    Some(listed.files.into_keys().collect())
}

/// Paths of all files below a folder, with `/`, in order.
fn files_below(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut left = vec![String::new()];
    while let Some(below) = left.pop() {
        for entry in fs::read_dir(folder.join(&below))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            if entry.file_type()?.is_dir() {
                left.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
