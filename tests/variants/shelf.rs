//! Files in memory, and what is said of the scenarios among them.

use gtm_sim::scenario_file::{self, Checked, Document, Files, Request};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

pub const MINIMAL: &str = include_str!("../../scenarios/minimal.toml");

pub const B2B: &str = include_str!("../../scenarios/b2b.toml");

/// Files in memory.
pub struct Shelf(pub BTreeMap<String, Vec<u8>>);

impl Shelf {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let bytes = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        let mut shelf = Self(files.iter().map(bytes).collect());
        for (name, text) in [("minimal.toml", MINIMAL), ("b2b.toml", B2B)] {
            shelf.0.insert(name.to_owned(), text.as_bytes().to_vec());
        }
        shelf
    }

    pub fn load(&self, text: &str, settings: &[&str]) -> Result<Checked<Document>, String> {
        let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let request = Request {
            name: "mine/plan.toml",
            bytes: text.as_bytes(),
            settings: &settings,
            files: self,
        };
        scenario_file::load(&request).map_err(|report| report.render(false))
    }

    pub fn good(&self, text: &str, settings: &[&str]) -> Checked<Document> {
        self.load(text, settings).unwrap_or_else(|said| panic!("{said}"))
    }

    pub fn wrong(&self, text: &str, settings: &[&str]) -> String {
        self.load(text, settings).err().unwrap()
    }
}

impl Files for Shelf {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = self.0.get(path.to_str().unwrap());
        found
            .cloned()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let here = |name: &&String| Path::new(name).parent() == Some(folder);
        self.0.keys().filter(here).cloned().collect()
    }
}

pub fn set(settings: &[&str]) -> Document {
    Shelf::new(&[]).good(MINIMAL, settings).value
}

pub fn unset(settings: &[&str]) -> String {
    Shelf::new(&[]).wrong(MINIMAL, settings)
}

/// The message contains all of these.
pub fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "lacks {word:?}:\n{said}");
    }
}
