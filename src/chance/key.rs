//! Keys of addressed randomness.

/// 64-bit hash of a name.
pub const fn name_hash(_name: &str) -> u64 {
    0
}
