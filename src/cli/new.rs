//! `gtm-sim new FILE --from NAME`: a commented starter.

use super::arguments::NewOptions;
use super::failure::Failure;
use super::terminal::{self, Look, Terminal};
use super::words;
use crate::report::single::{self, SingleError};
use crate::scenario_file::{SHIPPED, starter};

/// Writes the starter and says what to do with it.
pub(super) fn new(options: &NewOptions, terminal: &Terminal) -> Result<(), Failure> {
    let from = SHIPPED.iter().find(|shipped| shipped.name == options.from);
    let from =
        from.ok_or_else(|| Failure::Input(format!("no shipped scenario is called {}", options.from)))?;
    let file = options.file.display().to_string();
    let typed = words::for_shells(&file);
    single::write(&options.file, starter(from, &typed).as_bytes(), options.force).map_err(
        |error| match error {
            SingleError::Exists(_) | SingleError::Folder(_) | SingleError::NoFolder(_) => {
                Failure::Input(error.to_string())
            }
            SingleError::Io { .. } => Failure::Other(error.to_string()),
        },
    )?;
    let next = format!(
        "written  {file}: the numbers of {}, to be replaced by yours\nnext     gtm-sim check {typed}\n",
        from.name
    );
    terminal::print(terminal.paint(&next, Look::Plain).as_bytes())
}
