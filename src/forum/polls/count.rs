//! What ballots amount to. Pure: knows no people and no database.

use serde::{Deserialize, Serialize};

/// A result, by the places of the choices in their list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub ballots: usize,
    /// How many chose each; of ranked ballots, how many put it first.
    pub counts: Vec<usize>,
    /// Of ranked ballots: the counts of each round, until one has more than half of what is left. A choice that is out
    /// has none.
    pub rounds: Vec<Vec<Option<usize>>>,
    /// Of ranked ballots: who is left at the end; more than one when they are level.
    pub winners: Vec<usize>,
}

/// Each ballot names choices, each at most once; of `choices` there are so many.
pub fn chosen(choices: usize, ballots: &[Vec<usize>]) -> Outcome {
    let mut counts = vec![0; choices];
    for choice in ballots.iter().flatten() {
        if let Some(count) = counts.get_mut(*choice) {
            *count += 1;
        }
    }
    Outcome {
        ballots: ballots.len(),
        counts,
        ..Outcome::default()
    }
}

/// Instant run-off: each ballot counts for the first of its choices that is still in. While none has more than half,
/// the last are out, all of them when they are level; when all that are left are level, they have all won.
pub fn run_off(choices: usize, ballots: &[Vec<usize>]) -> Outcome {
    let mut stays = vec![true; choices];
    let mut rounds: Vec<Vec<Option<usize>>> = Vec::new();
    let mut winners = Vec::new();
    for _ in 0..choices {
        let mut counts = vec![0_usize; choices];
        for ballot in ballots {
            if let Some(first) = ballot.iter().find(|choice| stays.get(**choice) == Some(&true)) {
                counts[*first] += 1;
            }
        }
        let left: Vec<usize> = (0..choices).filter(|choice| stays[*choice]).collect();
        rounds.push(
            (0..choices)
                .map(|choice| stays[choice].then_some(counts[choice]))
                .collect(),
        );
        let speak: usize = counts.iter().sum();
        let most = left.iter().map(|choice| counts[*choice]).max().unwrap_or(0);
        let least = left.iter().map(|choice| counts[*choice]).min().unwrap_or(0);
        if speak == 0 {
            break;
        }
        if most * 2 > speak || most == least {
            winners = left.into_iter().filter(|choice| counts[*choice] == most).collect();
            break;
        }
        for choice in left {
            if counts[choice] == least {
                stays[choice] = false;
            }
        }
    }
    Outcome {
        ballots: ballots.len(),
        counts: rounds
            .first()
            .map(|first| first.iter().map(|count| count.unwrap_or(0)).collect())
            .unwrap_or_else(|| vec![0; choices]),
        rounds,
        winners,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_second_choice_of_the_least_decides() {
        // Four for the lake, three for the sea, two for the river who would rather have the sea.
        let mut ballots = vec![vec![0]; 4];
        ballots.extend(vec![vec![1]; 3]);
        ballots.extend(vec![vec![2, 1]; 2]);
        let outcome = run_off(3, &ballots);
        assert_eq!(outcome.counts, [4, 3, 2]);
        assert_eq!(outcome.rounds[1], [Some(4), Some(5), None]);
        assert_eq!(outcome.winners, [1]);
    }

    #[test]
    fn nobody_wins_of_nobody_and_level_ones_all_do() {
        assert_eq!(run_off(3, &[]).winners, Vec::<usize>::new());
        assert_eq!(run_off(2, &[vec![0], vec![1]]).winners, [0, 1]);
    }

    fn ballots() -> impl Strategy<Value = Vec<Vec<usize>>> {
        proptest::collection::vec(
            proptest::sample::subsequence((0..5).collect::<Vec<usize>>(), 1..=5).prop_shuffle(),
            0..40,
        )
    }

    proptest! {
        #[test]
        fn whoever_more_than_half_put_first_wins(ballots in ballots()) {
            let outcome = run_off(5, &ballots);
            prop_assert_eq!(outcome.ballots, ballots.len());
            prop_assert_eq!(outcome.counts.iter().sum::<usize>(), ballots.len());
            if let Some(first) = outcome.counts.iter().position(|count| count * 2 > ballots.len()) {
                prop_assert_eq!(&outcome.winners, &vec![first]);
            }
            prop_assert_eq!(outcome.winners.is_empty(), ballots.is_empty());
            // No round has more voices than the one before, and each has fewer choices.
            for pair in outcome.rounds.windows(2) {
                let sum = |round: &Vec<Option<usize>>| round.iter().flatten().sum::<usize>();
                let left = |round: &Vec<Option<usize>>| round.iter().flatten().count();
                prop_assert!(sum(&pair[1]) <= sum(&pair[0]) && left(&pair[1]) < left(&pair[0]));
            }
        }

        #[test]
        fn the_order_of_ballots_changes_nothing(ballots in ballots()) {
            let mut turned = ballots.clone();
            turned.reverse();
            prop_assert_eq!(run_off(5, &ballots), run_off(5, &turned));
            prop_assert_eq!(chosen(5, &ballots), chosen(5, &turned));
        }
    }
}
