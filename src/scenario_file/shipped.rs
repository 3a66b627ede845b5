//! The scenarios that come with the program, as texts.

/// A scenario that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// Its name: that of its file without `.toml`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($name:literal)*) => {
        &[$(Shipped { name: $name, text: include_str!(concat!("../../scenarios/", $name, ".toml")) }),*]
    };
}

/// All of them, the simplest first.
pub const SHIPPED: &[Shipped] =
    shipped! { "minimal" "startup" "b2b" "b2b_services" "established" "consumer_goods" };
