//! The `gtm-sim` command.
fn main() {}
