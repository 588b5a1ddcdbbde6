//! The hash behind `uniqueString`.

/// The 13 characters that `uniqueString` gives for `text`, the arguments joined by `-`.
///
/// A 64-bit hash in two 32-bit lanes, like the third version of `MurmurHash`, in base 32.
/// O(bytes).
pub(crate) fn unique_string(text: &str) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut hash = hash(text.as_bytes());
    let mut digits = String::with_capacity(13);
    for _ in 0..13 {
        let digit = DIGITS.get((hash >> 59) as usize).copied();
        digits.push(char::from(digit.unwrap_or(b'a')));
        hash <<= 5;
    }
    digits
}

const C1: u32 = 597_399_067;
const C2: u32 = 2_869_860_233;

fn hash(bytes: &[u8]) -> u64 {
    let (mut h1, mut h2) = (0_u32, 0_u32);
    let (blocks, rest) = bytes.as_chunks::<8>();
    for block in blocks {
        let word = u64::from_le_bytes(*block);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the low and the high half of the word are wanted apart"
        )]
        let (k1, k2) = (word as u32, (word >> 32) as u32);
        h1 ^= mix_first(k1);
        h1 = h1.rotate_left(19).wrapping_add(h2);
        h1 = h1.wrapping_mul(5).wrapping_add(1_444_728_091);
        h2 ^= mix_second(k2);
        h2 = h2.rotate_left(13).wrapping_add(h1);
        h2 = h2.wrapping_mul(5).wrapping_add(197_830_471);
    }
    let (first, second) = rest.split_at(rest.len().min(4));
    if !first.is_empty() {
        h1 ^= mix_first(little_endian(first));
    }
    if !second.is_empty() {
        h2 ^= mix_second(little_endian(second));
    }
    let count = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    h1 ^= count;
    h2 ^= count;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    u64::from(h2) << 32 | u64::from(h1)
}

fn mix_first(word: u32) -> u32 {
    word.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2)
}

fn mix_second(word: u32) -> u32 {
    word.wrapping_mul(C2).rotate_left(17).wrapping_mul(C1)
}

fn little_endian(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn finish(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(2_246_822_507);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(3_266_489_909);
    hash ^ hash >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values_are_reproduced() {
        for (text, want) in [
            ("", "aaaaaaaaaaaaa"),
            ("snap-crackle-pop", "byghxckddilkc"),
            ("hello-world", "a7wkljktk6wne"),
            ("tyeth", "zcztcwvu6iyg6"),
        ] {
            assert_eq!(unique_string(text), want, "{text}");
        }
    }
}
