//! Ways a command can end without its result, and their exit codes.

use crate::engine::simulate::Interrupted;
use crate::report::disk::OutputError;
use std::io::{self, ErrorKind};

/// Why a command has no result.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The input or the options are wrong, missing or unreadable.
    #[error("{0}")]
    Input(String),
    /// The same, already told in full.
    #[error("the input is wrong")]
    Told,
    /// The result could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Stopped by the user.
    #[error("interrupted; nothing was changed")]
    Interrupted,
    /// stdout could not be written.
    #[error("the result could not be printed: {}", in_words(.0))]
    Print(io::Error),
    /// Something that should not happen.
    #[error("{0}")]
    Other(String),
}

/// What the system said, without the number that it has for it.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next();
    words.unwrap_or_default().to_owned()
}

impl From<Interrupted> for Failure {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

impl Failure {
    /// What is said on stderr; `None` if it was said, or if nobody listens any more.
    pub(super) fn message(&self) -> Option<String> {
        match self {
            Self::Told => None,
            Self::Print(error) if error.kind() == ErrorKind::BrokenPipe => None,
            other => Some(other.to_string()),
        }
    }

    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Told => 2,
            Self::Output(OutputError::NotAFolder(_) | OutputError::Foreign(_)) => 2,
            Self::Interrupted | Self::Output(OutputError::Interrupted(_)) => 130,
            // The reader of a pipe may stop reading: `gtm-sim run … | head`.
            Self::Print(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            Self::Output(_) | Self::Print(_) | Self::Other(_) => 1,
        }
    }
}
