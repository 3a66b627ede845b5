//! `gtm-sim completions SHELL` and `gtm-sim man`: what shells and `man` are told, made of the options themselves.

use super::arguments::Arguments;
use super::failure::Failure;
use super::terminal;
use super::words;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

/// Where the completions go.
pub(super) const COMPLETIONS_HELP: &str = "\
Install them once:
  bash        gtm-sim completions bash > ~/.local/share/bash-completion/completions/gtm-sim
  zsh         gtm-sim completions zsh > ~/.zfunc/_gtm-sim    (with fpath+=~/.zfunc before compinit in ~/.zshrc)
  fish        gtm-sim completions fish > ~/.config/fish/completions/gtm-sim.fish
  powershell  gtm-sim completions powershell >> $PROFILE
";

/// Where the pages go.
pub(super) const MAN_HELP: &str = "\
Read a page:     gtm-sim man run | man -l -
Install it once: gtm-sim man > ~/.local/share/man/man1/gtm-sim.1
                 gtm-sim man run > ~/.local/share/man/man1/gtm-sim-run.1
";

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "gtm-sim", &mut script);
    if shell == Shell::Bash {
        // The crate walks to `gtm__sim__subcmd__run` but labels the case of a hyphenated program otherwise.
        let text = String::from_utf8_lossy(&script);
        script = text
            .replace("gtm__subcmd__sim__subcmd__", "gtm__sim__subcmd__")
            .into_bytes();
    }
    terminal::print(&script)
}

/// Prints the manual page of the program, or of one of its commands.
pub(super) fn page(command: Option<&str>) -> Result<(), Failure> {
    let mut program = Arguments::command();
    program.build();
    let version = format!("gtm-sim {}", env!("CARGO_PKG_VERSION"));
    let page = match command {
        None => program,
        Some(name) => {
            let names = || program.get_subcommands().map(Command::get_name);
            let Some(found) = program.find_subcommand(name) else {
                let hint = match words::nearest(name, names()).first() {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("there are {}", words::list(names())),
                };
                return Err(Failure::Input(format!("there is no command {name}; {hint}")));
            };
            found.clone()
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page)
        .source(version)
        .render(&mut roff)
        .map_err(Failure::Print)?;
    terminal::print(&roff)
}
