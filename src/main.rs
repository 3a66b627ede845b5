//! The `gtm-sim` command.

fn main() -> std::process::ExitCode {
    gtm_sim::cli::main()
}
