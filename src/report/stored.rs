//! Reads a folder of results back, and refuses one whose files do not belong together.

use super::json;
use super::output::{INDEX, hex};
use crate::analysis::findings::Findings;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder is not a result.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// A file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `results.json` has another shape.
    #[error("{path} is not a result of this version of gtm-sim: {source}")]
    Shape {
        /// The file.
        path: PathBuf,
        /// What was expected.
        source: serde_json::Error,
    },
    /// A file is not the one that `results.json` was written with.
    #[error("{0} does not belong to the results.json beside it; run the scenario again")]
    Mixed(PathBuf),
}

/// Findings of a folder, after checking that every file listed is the one written with them.
///
/// # Errors
/// If a file is missing, unreadable, of another shape or of another run.
pub fn read(folder: &Path) -> Result<Findings, StoredError> {
    let load = |name: &str| {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok((path, bytes)),
            Err(source) => Err(StoredError::Unreadable { path, source }),
        }
    };
    let (path, bytes) = load(INDEX)?;
    let findings = json::read(&bytes).map_err(|source| StoredError::Shape { path, source })?;
    for (name, hash) in &findings.files {
        let (path, bytes) = load(name)?;
        if hex(&Sha256::digest(&bytes)) != *hash {
            return Err(StoredError::Mixed(path));
        }
    }
    Ok(findings)
}
