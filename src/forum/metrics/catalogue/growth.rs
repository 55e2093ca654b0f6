//! Growth accounting: of the people who contributed in a block of four weeks, who is new, who stayed, who came
//! back; and who of the block before did not, because they left or because they fell silent. Blocks are counted
//! from the launch: calendar months of 28 to 31 days would show swings that nobody made.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::sight::Sight;
use super::super::week::BLOCK;

pub static METRIC: Metric = Metric {
    name: "growth",
    version: 1,
    unit: Unit::Count,
    window: Window::Block,
    shown: Shown::Total,
    visits: false,
    formula: "|C(b)| = |C(b−1)| + new + back − churned; quick ratio = (new + back) / churned",
    source: "Amplitude, growth accounting; quick ratio after Hsu",
    measure,
};

/// The block that ends with this week; none when it ends within one.
pub(super) fn block(sight: &Sight) -> Option<i64> {
    (sight.age % BLOCK == 0).then(|| sight.age / BLOCK - 1)
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if block(sight).is_none() {
        return;
    }
    let week = sight.ground.week;
    let now = sight.contributors(week - BLOCK + 1, week);
    let begin = sight.block_start;
    let before: std::collections::BTreeSet<i64> = sight
        .wrote(week - 2 * BLOCK + 1, week - BLOCK)
        .into_iter()
        .filter(|who| sight.ground.spans.get(who).is_some_and(|spans| spans.belongs(begin)))
        .collect();
    let ever = |who: &i64| sight.ground.firsts.get(who).is_some_and(|first| *first < begin);
    let new = length(now.iter().filter(|who| !ever(who)).count());
    let stayed = length(now.intersection(&before).count());
    let back = length(now.len()) - new - stayed;
    let gone = before.difference(&now);
    let left = length(gone.clone().filter(|who| !sight.people.contains(who)).count());
    let churned = length(gone.count());
    sheet.count("active", length(now.len()));
    // Who stayed and who did not are those who were active before, and who is new was not among those who ever were:
    // where these were hidden, so is this.
    sheet.only_if(sight.showed_totals(sheet.thresholds, BLOCK));
    for (part, count) in [("new", new), ("stayed", stayed), ("back", back)] {
        sheet.count(part, count);
    }
    sheet.count("churned", churned);
    sheet.count("left", left);
    let ratio = (churned > 0).then(|| real(new + back) / real(churned));
    sheet.quotient("quick-ratio", new + back, churned, ratio);
    sheet.share("retention", stayed, length(before.len()));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    /// Golden vector D, block by block.
    #[test]
    fn golden_d_five_blocks() {
        let blocks: [&[i64]; 5] = [&[1, 2, 3], &[1, 2, 4, 5], &[2, 5, 6], &[1, 2, 6, 7, 8], &[2, 8]];
        let active = [3, 4, 3, 5, 2];
        let new = [3, 2, 1, 2, 0];
        let back = [0, 0, 0, 1, 0];
        let churned = [0, 1, 2, 1, 3];
        let ratio = [None, Some(2.0), Some(0.5), Some(3.0), Some(0.0)];
        for block in 0..5_i64 {
            let week = FIRST + block * 4 + 3;
            let mut ground = ground(week, 1..=20);
            for (number, people) in (0..=block).zip(blocks) {
                for who in people {
                    ground.writes(*who, FIRST + number * 4 + 1, 1);
                }
            }
            let told = told(&super::METRIC, ground);
            let place = usize::try_from(block).expect("a block");
            let count = |part: &str| told[part].numerator.expect("a count");
            assert_eq!(count("active"), active[place], "block {block}");
            assert_eq!(count("new"), new[place], "block {block}");
            assert_eq!(count("back"), back[place], "block {block}");
            assert_eq!(count("churned"), churned[place], "block {block}");
            assert_eq!(told["quick-ratio"].value, ratio[place], "block {block}");
            assert_eq!(count("active") - count("new") - count("back"), count("stayed"));
        }
    }

    #[test]
    fn between_two_ends_of_blocks_there_is_no_figure() {
        assert!(told(&super::METRIC, ground(FIRST + 4, 1..=20)).is_empty());
    }
}
