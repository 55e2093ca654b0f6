//! The order of a tree as text. A post's path is its parent's and sixteen characters of its own: its
//! moment and its number, so that brothers stand in order of time even after an import, and the whole
//! tree is `ORDER BY path, number`. The first hundred levels have paths of their own; deeper replies
//! share the hundredth's, in order of time, because PostgreSQL refuses an index entry much longer.

use crate::db::types::Moment;
use crate::ids::PostId;

/// Levels with a path of their own. The first post is on level 0.
pub const LEVELS: i64 = 100;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const TIME: usize = 9;
const NUMBER: usize = 7;

/// `value` in base 62, padded; the digits are in the order of their bytes.
fn digits(out: &mut String, value: i64, width: usize) {
    let mut value = u64::try_from(value).unwrap_or(0);
    let mut text = vec![DIGITS[0]; width];
    for place in text.iter_mut().rev() {
        *place = DIGITS[usize::try_from(value % 62).unwrap_or(0)];
        value /= 62;
    }
    out.extend(text.into_iter().map(char::from));
}

/// The path of a reply on level `depth` below a post with path `parent`.
pub fn below(parent: &str, depth: i64, at: Moment, id: PostId) -> String {
    if depth >= LEVELS {
        return parent.to_owned();
    }
    let mut path = String::with_capacity(parent.len() + TIME + NUMBER);
    path.push_str(parent);
    digits(&mut path, at.0, TIME);
    digits(&mut path, id.0, NUMBER);
    path
}

/// The first text after every path below this one.
pub fn end_of_branch(path: &str) -> String {
    format!("{path}~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_paths_is_order_of_time_then_number() {
        let a = below("", 0, Moment(5), PostId(9));
        let b = below("", 0, Moment(6), PostId(1));
        let c = below(&a, 1, Moment(7), PostId(10));
        assert_eq!(a.len(), TIME + NUMBER);
        assert!(a < c && c < b, "a branch stands before its parent's next brother");
        assert!(c < end_of_branch(&a) && end_of_branch(&a) < b);
        assert_eq!(below(&c, LEVELS, Moment(8), PostId(11)), c);
    }
}
