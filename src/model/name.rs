//! Names of segments, channels, roles, plans and events, with the hash that keys their luck (docs/model.md, 2).

use crate::chance::key::name_hash;

/// A name and its 64-bit hash; streams are keyed by names, never by positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    text: String,
    key: u64,
}

impl Name {
    /// The name `text`.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            key: name_hash(text),
        }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Hash of the text.
    pub const fn key(&self) -> u64 {
        self.key
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
