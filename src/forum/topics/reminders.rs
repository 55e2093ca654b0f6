//! What the composer reminds of at the right moment: a topic that has been quiet for long, a third post
//! in a row, a conversation that one person carries alone. Each can be turned off in a space. A question
//! that was asked before is `search::twins`.

use crate::db::types::Moment;
use crate::db::types::text_enum;
use crate::forum::spaces::SpaceRow;
use crate::ids::AccountId;

text_enum! {
    pub enum Reminder {
        /// The topic has been quiet for more than six months.
        Old = "old",
        /// The last two posts are one's own already.
        Row = "row",
        /// More than half of the last twenty posts are one's own, and there are at least ten.
        Share = "share",
        /// A question like this one was asked before.
        Twin = "twin",
    }
}

/// Days after which a topic is old.
const OLD_DAYS: i64 = 182;

/// How many of the newest posts are looked at.
pub const LATEST: i64 = 20;

/// Posts below which nobody carries a conversation alone.
const FEW: usize = 10;

/// What to remind somebody of who is about to reply: `latest` are the authors of the newest posts of the
/// topic, the newest first.
pub fn of_reply(
    space: &SpaceRow,
    last_posted_at: Moment,
    latest: &[AccountId],
    me: AccountId,
    now: Moment,
) -> Vec<Reminder> {
    let mut all = Vec::new();
    if now > last_posted_at.plus_days(OLD_DAYS) {
        all.push(Reminder::Old);
    }
    let mine = latest.iter().filter(|author| **author == me).count();
    if latest.len() > 2 && latest[..2].iter().all(|author| *author == me) {
        all.push(Reminder::Row);
    } else if latest.len() >= FEW && mine * 2 > latest.len() {
        all.push(Reminder::Share);
    }
    all.retain(|reminder| space.reminds(*reminder));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space(reminders: &str) -> SpaceRow {
        SpaceRow {
            reminders: reminders.to_owned(),
            ..SpaceRow::nowhere()
        }
    }

    #[test]
    fn each_reminder_has_its_moment() {
        let (me, you) = (AccountId(1), AccountId(2));
        let now = Moment::from_seconds(400 * 86_400);
        let all = space("old row share twin");
        let lately = now.plus_days(-1);
        assert_eq!(of_reply(&all, lately, &[you, me], me, now), []);
        assert_eq!(of_reply(&all, now.plus_days(-183), &[you], me, now), [Reminder::Old]);
        assert_eq!(of_reply(&all, lately, &[me, me, you], me, now), [Reminder::Row]);
        // Two posts of one's own are a topic and an afterthought.
        assert_eq!(of_reply(&all, lately, &[me, me], me, now), []);
        let carried = [you, me, me, you, me, me, you, me, me, me];
        assert_eq!(of_reply(&all, lately, &carried, me, now), [Reminder::Share]);
        assert_eq!(of_reply(&all, lately, &carried, you, now), []);
        assert_eq!(of_reply(&space("old"), lately, &carried, me, now), []);
    }
}
