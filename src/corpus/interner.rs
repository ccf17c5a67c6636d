//! Strings → numbers, for millions of short tokens.
//!
//! Nearly all tokens of Chinese text have one or two characters, three or six bytes. Packed with their length into one
//! machine word they are their own keys: finding one touches neither the text it was first met in, which is long out of
//! the cache, nor a string in memory. The tables probe linearly and keep a third of their slots free; they are small enough for
//! the second-level cache where a general map is not.

use rustc_hash::FxHashMap;

/// A packed string that is its own key; [`Default`] is the free slot, which no string packs to.
trait Key: Copy + Eq + Default {
    /// A hash whose high bits are good.
    fn hash(self) -> u64;
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl Key for u64 {
    #[inline]
    fn hash(self) -> u64 {
        // The multiplication carries low bits up, the shift brings the length and the last bytes down first.
        (self ^ (self >> 29)).wrapping_mul(MIX)
    }
}

impl Key for u128 {
    #[inline]
    fn hash(self) -> u64 {
        #[allow(clippy::cast_possible_truncation)] // both halves are used
        let (low, high) = (self as u64, (self >> 64) as u64);
        (low.wrapping_mul(MIX) ^ high).hash()
    }
}

/// An open-addressing table that only grows.
struct Table<K> {
    slots: Vec<(K, u32)>,
    /// 64 − log₂ of the number of slots.
    shift: u32,
    used: usize,
}

impl<K: Key> Default for Table<K> {
    fn default() -> Self {
        Self::with_bits(10)
    }
}

impl<K: Key> Table<K> {
    fn with_bits(bits: u32) -> Self {
        Self {
            slots: vec![(K::default(), 0); 1 << bits],
            shift: 64 - bits,
            used: 0,
        }
    }

    /// The slot of a key, or the free one where it belongs.
    #[inline]
    fn place(&self, key: K) -> usize {
        let mask = self.slots.len() - 1;
        #[allow(clippy::cast_possible_truncation)] // fewer bits than a usize has
        let mut at = (key.hash() >> self.shift) as usize;
        loop {
            let found = self.slots[at & mask].0;
            if found == key || found == K::default() {
                return at & mask;
            }
            at += 1;
        }
    }

    #[inline]
    fn id(&mut self, key: K, next: u32) -> u32 {
        let at = self.place(key);
        if self.slots[at].0 == key {
            return self.slots[at].1;
        }
        self.slots[at] = (key, next);
        self.used += 1;
        if self.used * 3 > self.slots.len() * 2 {
            self.grow();
        }
        next
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = Self::with_bits(64 - self.shift + 1);
        for &(key, id) in self.slots.iter().filter(|(key, _)| *key != K::default()) {
            let at = larger.place(key);
            larger.slots[at] = (key, id);
        }
        larger.used = self.used;
        *self = larger;
    }
}

/// Numbers of strings.
#[derive(Default)]
pub(super) struct Interner<'a> {
    /// Up to 7 bytes.
    short: Table<u64>,
    /// 8 to 15 bytes.
    medium: Table<u128>,
    long: FxHashMap<&'a str, u32>,
}

impl<'a> Interner<'a> {
    /// The number of a string; `next` if it is new.
    #[inline]
    pub(super) fn id(&mut self, token: &'a str, next: u32) -> u32 {
        let bytes = token.as_bytes();
        match bytes.len() {
            0..=7 => self.short.id(short_key(bytes), next),
            8..=15 => self.medium.id(medium_key(bytes), next),
            _ => *self.long.entry(token).or_insert(next),
        }
    }
}

impl<'a> Interner<'a> {
    /// The number of the string of so many bytes at this place of a text; `next` if it is new. As [`Interner::id`], without a look at
    /// how many bytes a short string has: what lies behind it is masked away.
    #[inline]
    pub(super) fn id_at(&mut self, text: &'a str, start: usize, length: usize, next: u32) -> u32 {
        let behind = text.as_bytes().get(start..).and_then(<[u8]>::first_chunk::<8>);
        match behind {
            Some(chunk) if length <= 7 => {
                let own = (1_u64 << (8 * length)) - 1;
                let key = u64::from_le_bytes(*chunk) & own | (length as u64 + 1) << 56;
                self.short.id(key, next)
            }
            _ => self.id(text.get(start..start + length).unwrap_or_default(), next),
        }
    }
}

/// Up to seven bytes, little-endian, with one more than their number in the highest byte.
#[inline]
fn short_key(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    let packed = if n >= 4 {
        // Two reads that overlap; bytes read twice come to lie upon themselves.
        let [a, b, c, d, ..] = *bytes else { return 0 };
        let [.., w, x, y, z] = *bytes else { return 0 };
        u64::from(u32::from_le_bytes([a, b, c, d]))
            | u64::from(u32::from_le_bytes([w, x, y, z])) << (8 * (n - 4))
    } else if n > 0 {
        let at = |i: usize| u64::from(bytes[i]) << (8 * i);
        at(0) | at(n / 2) | at(n - 1)
    } else {
        0
    };
    packed | (n as u64 + 1) << 56
}

/// Eight to fifteen bytes, little-endian, with their number in the highest byte.
#[inline]
fn medium_key(bytes: &[u8]) -> u128 {
    let n = bytes.len();
    let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) else {
        return 0;
    };
    u128::from(u64::from_le_bytes(*first))
        | u128::from(u64::from_le_bytes(*last)) << (8 * (n - 8))
        | (n as u128) << 120
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn as_a_map_would(numbers in prop::collection::vec(0_u32..5000, 0..4000), letters in 2_u32..5) {
            // Strings of 0 to 17 bytes, some with a NUL: every number in base `letters`.
            let strings: Vec<String> = numbers
                .iter()
                .map(|&n| {
                    std::iter::successors(Some(n), |n| Some(n / letters).filter(|&n| n > 0))
                        .map(|n| ["\0", "a", "政", "协"][(n % letters.min(4)) as usize])
                        .collect::<String>()
                })
                .collect();
            let mut interner = Interner::default();
            let mut map = std::collections::HashMap::new();
            let mut next = 0;
            for s in &strings {
                let expected = *map.entry(s.as_str()).or_insert(next);
                prop_assert_eq!(interner.id(s, next), expected);
                // Behind it stands something, or nothing.
                prop_assert_eq!(interner.id_at(s, 0, s.len(), next), expected);
                next += u32::from(expected == next);
            }
        }
    }

    #[test]
    fn a_place_in_a_text_is_the_string_there() {
        let text = "政协a党建党建引领促发展";
        let mut interner = Interner::default();
        let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let mut next = 0;
        for (i, &start) in bounds.iter().enumerate() {
            for &end in &bounds[i..] {
                let id = interner.id(&text[start..end], next);
                assert_eq!(interner.id_at(text, start, end - start, next + 1), id);
                next += u32::from(id == next);
            }
        }
        assert!(next > 50);
    }

    #[test]
    fn keys_are_the_bytes_and_their_number() {
        let all: Vec<String> = (0..=15)
            .flat_map(|n| ["a".repeat(n), "\0".repeat(n), format!("{}b", "a".repeat(n))])
            .filter(|s| s.len() < 16)
            .collect();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        let keys: std::collections::BTreeSet<(u64, u128)> = distinct
            .iter()
            .map(|s| {
                if s.len() < 8 {
                    (short_key(s.as_bytes()), 0)
                } else {
                    (0, medium_key(s.as_bytes()))
                }
            })
            .collect();
        assert_eq!(keys.len(), distinct.len());
        assert!(!keys.contains(&(0, 0)));
    }
}
