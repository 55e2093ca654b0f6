//! Why a moderator does something: by which rule, and what its author reads. The same two fields on every form of a
//! moderator's act, carried to the act in one way.

use super::ask::Ask;
use crate::access::Tx;
use crate::refusal::{Problems, Result};

/// Characters of a rule.
const RULE: usize = 300;
/// Characters of a reason.
const REASON: usize = 500;

/// The list items of a space's guidelines: what can be cited as a rule.
pub fn rules(guidelines: &str) -> Vec<String> {
    guidelines
        .lines()
        .filter_map(|line| {
            let line = line.trim();
            let bare = line
                .strip_prefix("- ")
                .or_else(|| line.strip_prefix("* "))
                .or_else(|| {
                    let (number, rest) = line.split_once(". ")?;
                    number.chars().all(|c| c.is_ascii_digit()).then_some(rest)
                })?;
            Some(bare.trim().chars().take(RULE).collect())
        })
        .take(50)
        .collect()
}

/// Does something for the grounds that its form gave.
pub fn act<T>(ask: &Ask, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    let (rule, reason) = (ask.sent.text("rule").trim(), ask.sent.text("reason").trim());
    ask.write(|tx| {
        tx.because(rule, reason);
        let done = work(tx)?;
        // Said last: who may not do it at all learns nothing from what is wrong in the form.
        let mut problems = Problems::default();
        if rule.chars().count() > RULE {
            problems.add("rule", "problem-too-long");
        }
        if reason.chars().count() > REASON {
            problems.add("reason", "problem-too-long");
        }
        problems.check()?;
        Ok(done)
    })
}
