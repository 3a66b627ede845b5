//! Addresses of random numbers: from names, seed and position to a uniform number, without any state.
//!
//! A generator in sequence ties each number to all that were drawn before it. Here a number belongs to its address
//! (seed, replication, name, process, week, lane, ordinal): adding a segment, drawing in another order or on another
//! thread changes nobody else's luck.
//!
//! The mixing function is the 64-bit finaliser of MurmurHash3 with the constants "Mix13" of D. Stafford, *Better Bit
//! Mixing* (2011), the one that SplitMix64 uses (Steele, Lea, Flood, OOPSLA 2014). It is a bijection; each part of
//! an address passes it on its own, the parts are added, and their sum passes it again.

/// Odd multiplier with irregular bits: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// Offsets that keep the parts of an address apart: fractional bits of the square roots of 2, 3 and 5.
const ROOT_TWO: u64 = 0x6A09_E667_F3BC_C908;
const ROOT_THREE: u64 = 0xBB67_AE85_84CA_A73B;
const ROOT_FIVE: u64 = 0x3C6E_F372_FE94_F82B;
/// 2^-53, the spacing of the uniforms' grid.
const GRID: f64 = 1.0 / 9_007_199_254_740_992.0;

/// Scrambles 64 bits so that each bit of the result depends on each bit of `z` (Stafford's Mix13; a bijection).
#[inline]
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The 64-bit name by which a segment, channel, role or input is known to its random numbers: FNV-1a over the UTF-8
/// bytes (Fowler, Noll, Vo), then mixed. It depends on the name alone, never on a position in the file.
pub const fn name_hash(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01B3);
        at += 1;
    }
    mix(hash)
}

/// The key of one replication of a run: all its random numbers hang on it.
pub fn replication_key(seed: u64, replication: u64) -> u64 {
    mix(mix(seed.wrapping_add(ROOT_TWO)).wrapping_add(replication.wrapping_mul(GOLDEN)))
}

/// The uniform number at an address: an odd multiple of 2^-53, so strictly between 0 and 1, and `1.0 - uniform` is
/// exact and on the same grid.
///
/// `key` names the replication ([`replication_key`]), `who` the segment, channel, role or input ([`name_hash`]),
/// `process` what happens, `week` when, `lane` to whom among those the law tells apart, `ordinal` which of several.
#[inline]
pub fn uniform(key: u64, who: u64, process: u16, week: u32, lane: u32, ordinal: u32) -> f64 {
    let place = key.wrapping_add(who.wrapping_mul(GOLDEN));
    let time = (u64::from(process) << 32) | u64::from(week);
    let item = (u64::from(lane) << 32) | u64::from(ordinal);
    let sum = mix(place ^ ROOT_FIVE)
        .wrapping_add(mix(time.wrapping_mul(GOLDEN) ^ ROOT_TWO))
        .wrapping_add(mix(item.wrapping_mul(GOLDEN) ^ ROOT_THREE));
    (((mix(sum) >> 11) | 1) as f64) * GRID
}
