//! Addressed uniforms: pinned, even, independent along every coordinate of the address.

use super::assert_fits;
use gtm_sim::chance::key;

/// Uniform numbers along one coordinate of the address, everything else fixed; and one step aside.
pub fn along(coordinate: &str, i: u32, aside: u32) -> f64 {
    let key = |seed, replication| key::replication_key(seed, replication);
    let (i64bit, near) = (u64::from(i), u64::from(aside));
    let who = key::name_hash("mid-market");
    match coordinate {
        "seed" => key::uniform(key(i64bit, near), who, 3, 5, 0, 0),
        "replication" => key::uniform(key(1, i64bit), who, 3, 5, aside, 0),
        "who" => key::uniform(key(1, 0), i64bit, 3, 5, 0, aside),
        "process" => key::uniform(key(1, u64::from(i >> 16)), who, i as u16, 5, aside, 0),
        "week" => key::uniform(key(1, 0), who, 3, i, aside, 0),
        "lane" => key::uniform(key(1, 0), who, 3, 5 + aside, i, 0),
        "ordinal" => key::uniform(key(1, 0), who, 3, 5, aside, i),
        "high ordinal" => key::uniform(key(1, 0), who, 3, 5, aside, i << 14),
        "key" => key::uniform(i64bit, near, 0, 0, 0, 0),
        _ => unreachable!("{coordinate}"),
    }
}

const COORDINATES: [&str; 9] = [
    "seed",
    "replication",
    "who",
    "process",
    "week",
    "lane",
    "ordinal",
    "high ordinal",
    "key",
];
const LENGTH: u32 = 1 << 17;

#[test]
fn uniforms_are_even_along_every_coordinate() {
    for coordinate in COORDINATES {
        let mut cells = vec![0.0; 512];
        for i in 0..LENGTH {
            cells[(along(coordinate, i, 0) * 512.0) as usize] += 1.0;
        }
        assert_fits(coordinate, &cells, &[f64::from(LENGTH) / 512.0; 512]);
    }
}

#[test]
fn neighbours_are_independent_along_every_coordinate() {
    for coordinate in COORDINATES {
        // Pairs: the next along the coordinate, the one 52 steps on, the one beside it on another coordinate.
        for (step, aside) in [(1, 0), (52, 0), (0, 1)] {
            let mut cells = vec![0.0; 400];
            for i in (0..LENGTH).filter(|i| (i / step.max(1)) % 2 == 0) {
                let first = (along(coordinate, i, 0) * 20.0) as usize;
                let second = (along(coordinate, i + step, aside) * 20.0) as usize;
                cells[20 * first + second] += 1.0;
            }
            let pairs: f64 = cells.iter().sum();
            let what = format!("{coordinate}, step {step}, aside {aside}");
            assert_fits(&what, &cells, &[pairs / 400.0; 400]);
        }
    }
}

#[test]
fn neighbours_are_uncorrelated() {
    for coordinate in COORDINATES {
        for lag in [1, 2, 7, 52] {
            let product = |i| (along(coordinate, i, 0) - 0.5) * (along(coordinate, i + lag, 0) - 0.5);
            let mean = (0..LENGTH).map(product).sum::<f64>() / f64::from(LENGTH);
            // Standard error 1/12 a pair; 4.9 of them are exceeded with probability 1e-6.
            let score = mean * 12.0 * f64::from(LENGTH).sqrt();
            assert!(score.abs() < 4.9, "{coordinate}, lag {lag}: {score}");
        }
    }
}

#[test]
fn every_bit_of_an_address_flips_half_of_the_number() {
    let draw = |a: [u64; 6]| key::uniform(a[0], a[1], a[2] as u16, a[3] as u32, a[4] as u32, a[5] as u32);
    let bits = |u: f64| (u * 9_007_199_254_740_992.0) as u64 >> 1;
    for (word, width) in [(0, 64), (1, 64), (2, 16), (3, 32), (4, 32), (5, 32)] {
        for bit in 0..width {
            let mut flipped = 0;
            for i in 0..256 {
                let mut address = [i * 77, i + 5, i % 60, i % 52, i % 7, i];
                let before = bits(draw(address));
                address[word] ^= 1 << bit;
                flipped += (before ^ bits(draw(address))).count_ones();
            }
            // 13,312 bits, half of them expected, standard deviation 57.7: 5.9 of them, p = 4e-9 (232 trials: 1e-6).
            assert!(
                (f64::from(flipped) - 6656.0).abs() < 341.0,
                "word {word}, bit {bit}: {flipped}"
            );
        }
    }
}

#[test]
fn no_two_addresses_of_a_market_share_a_number() {
    let mut seen = Vec::new();
    for (process, week, lane, ordinal) in (0..16u16).flat_map(|p| {
        (0..104).flat_map(move |w| (0..24).flat_map(move |l| (0..24).map(move |o| (p, w, l, o))))
    }) {
        seen.push(key::uniform(11, 3, process, week, lane, ordinal).to_bits());
    }
    let drawn = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), drawn); // 958,464 of 2^52 numbers: one collision with probability 1e-4.
}

#[test]
fn uniforms_stay_inside_the_open_interval_on_an_odd_grid() {
    for i in 0..LENGTH {
        let u = along("ordinal", i, 0);
        let steps = u * 9_007_199_254_740_992.0;
        assert!(u > 0.0 && u < 1.0 && steps % 2.0 == 1.0);
        assert_eq!(1.0 - (1.0 - u), u);
    }
}

/// Computed by a second implementation, in Python. These numbers are the streams: if they change, every result of every seed changes, and the changelog must say so.
#[test]
fn first_numbers_are_pinned() {
    const HASH: u64 = key::name_hash("mid-market");
    assert_eq!(HASH, 0xE8CB_CD4F_9BAA_E86B);
    assert_eq!(key::name_hash(""), 0xF52A_15E9_A9B5_E89B);
    assert_eq!(key::replication_key(0, 0), 0x83CD_62B9_6D17_D778);
    assert_eq!(key::replication_key(42, 7), 0xFF2C_F700_AF09_2CF3);
    let key = key::replication_key(42, 7);
    assert_eq!(key::uniform(key, HASH, 0, 0, 0, 0), 0.934_191_636_587_040_3);
    assert_eq!(key::uniform(key, HASH, 3, 52, 1, 9), 0.363_610_885_299_364_36);
    assert_eq!(key::uniform(0, 0, 0, 0, 0, 0), 0.267_481_831_002_660_9);
    let last = key::uniform(u64::MAX, u64::MAX, u16::MAX, u32::MAX, u32::MAX, u32::MAX);
    assert_eq!(last, 0.565_536_290_604_322_1);
}
