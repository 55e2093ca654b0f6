//! A set of post numbers as ranges: `1-40,43`.

use std::fmt::Write as _;

/// Numbers, as sorted ranges that neither touch nor overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges(Vec<(i64, i64)>);

impl Ranges {
    pub fn parse(text: &str) -> Self {
        let mut ranges = Self::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            if let (Ok(first), Ok(last)) = (first.parse(), last.parse()) {
                ranges.add(first, last);
            }
        }
        ranges
    }

    pub fn text(&self) -> String {
        let mut out = String::new();
        for (first, last) in &self.0 {
            if !out.is_empty() {
                out.push(',');
            }
            if first == last {
                write!(out, "{first}").expect("writing to a string cannot fail");
            } else {
                write!(out, "{first}-{last}").expect("writing to a string cannot fail");
            }
        }
        out
    }

    pub fn add(&mut self, first: i64, last: i64) {
        if first > last {
            return;
        }
        let (mut first, mut last) = (first, last);
        self.0.retain(|&(a, b)| {
            let apart = b + 1 < first || last + 1 < a;
            if !apart {
                first = first.min(a);
                last = last.max(b);
            }
            apart
        });
        let place = self.0.partition_point(|&(a, _)| a < first);
        self.0.insert(place, (first, last));
    }

    pub fn merge(&mut self, other: &Self) {
        for &(first, last) in &other.0 {
            self.add(first, last);
        }
    }

    pub fn contains(&self, number: i64) -> bool {
        self.0
            .binary_search_by(|&(a, b)| {
                if b < number {
                    std::cmp::Ordering::Less
                } else if a > number {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok()
    }

    /// How many of the numbers are at least `first`.
    pub fn count_from(&self, first: i64) -> i64 {
        self.0.iter().map(|&(a, b)| (b - a.max(first) + 1).max(0)).sum()
    }

    /// The end of the range that `first` is in, or the number before it.
    pub fn through(&self, first: i64) -> i64 {
        self.0
            .iter()
            .find(|&&(a, b)| a <= first && first <= b)
            .map_or(first - 1, |&(_, b)| b)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_join() {
        let mut ranges = Ranges::parse("1-3,7");
        ranges.add(4, 5);
        assert_eq!(ranges.text(), "1-5,7");
        ranges.add(6, 6);
        assert_eq!(ranges.text(), "1-7");
        assert!(ranges.contains(7) && !ranges.contains(8));
        assert_eq!(ranges.count_from(6), 2);
        assert_eq!(ranges.through(2), 7);
        assert_eq!(ranges.through(9), 8);
    }
}
