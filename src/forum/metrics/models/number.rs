//! From counts to real numbers and back, in one place, so that no rounding happens unseen elsewhere.

/// A count as a real number: exact up to 2^53, the nearest representable number above it.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and posts stay far below 2^53"
)]
pub const fn real(count: u64) -> f64 {
    count as f64
}

/// A length as a real number; exact up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "lengths of lists stay far below 2^53")]
pub const fn size(length: usize) -> f64 {
    length as f64
}

/// A length as a count.
pub const fn count(length: usize) -> u64 {
    // No platform has addresses of more than 64 bits.
    length as u64
}

/// `part / whole` as a number in 0..=1; `None` without a whole, or when the part exceeds it.
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0 && part <= whole).then(|| real(part) / real(whole))
}

/// `top / bottom`, which may exceed 1; `None` when the bottom is zero.
pub fn ratio(top: u64, bottom: u64) -> Option<f64> {
    (bottom > 0).then(|| real(top) / real(bottom))
}

/// The smallest count not below `value`; `None` for what is negative, not a number, or above 2^53.
pub fn at_least(value: f64) -> Option<u64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked, and the value is whole after ceil"
    )]
    (0.0..=EXACT).contains(&value).then(|| value.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_out_of_nothing_is_no_share() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share(3, 2), None);
        assert_eq!(share(1, 2), Some(0.5));
        assert_eq!(ratio(3, 0), None);
        assert_eq!(ratio(3, 2), Some(1.5));
    }

    #[test]
    fn a_count_is_rounded_up_and_only_within_its_range() {
        assert_eq!(at_least(0.0), Some(0));
        assert_eq!(at_least(2.1), Some(3));
        assert_eq!(at_least(-0.1), None);
        assert_eq!(at_least(f64::NAN), None);
        assert_eq!(at_least(f64::INFINITY), None);
    }
}
