//! The history of a post: each version and what changed in it.

use diesel::prelude::*;

use super::find::Post;
use crate::access::{Cx, Verb};
use crate::db::schema::{accounts, memberships, revisions};
use crate::db::types::Moment;
use crate::ids::AccountId;
use crate::kinds::SpaceRole;
use crate::refusal::{Refusal, Result};
use crate::text::diff::{self, Run};

/// One version, newest first.
#[derive(Debug, Clone)]
pub struct Version {
    /// None when a moderator did it in a space that does not name its moderators.
    pub by: Option<String>,
    pub at: Moment,
    /// Against the version before it; the oldest is one run that stayed.
    pub runs: Vec<Run>,
}

/// Whether the history of a post has something that only those who moderate see: reading it is written down.
pub fn keeps_back(cx: &mut Cx<'_>, post: &Post) -> Result<bool> {
    let kept: i64 = revisions::table
        .filter(revisions::post_id.eq(post.post.id))
        .filter(revisions::kept_back.eq(true))
        .count()
        .get_result(cx.conn())?;
    Ok(kept > 0 && post.can(Verb::Moderate))
}

pub fn history(cx: &mut Cx<'_>, post: &Post) -> Result<Vec<Version>> {
    if !post.can(Verb::SeeHistory) {
        return Err(Refusal::NotFound);
    }
    // What was never published or was taken out is for those who decided about it.
    let all = post.can(Verb::Moderate) || cx.viewer().id() == Some(post.post.author_id);
    // What members edit together is theirs by name; those who moderate are named where the space names them.
    let moderators: Vec<AccountId> = memberships::table
        .filter(memberships::space_id.eq(post.space.id))
        .filter(memberships::role.ne(SpaceRole::Member))
        .select(memberships::account_id)
        .load(cx.conn())?;
    let named = |by: AccountId, name: String| {
        let member = post.post.wiki && !moderators.contains(&by);
        (post.space.names_actors || all || member || by == post.post.author_id).then_some(name)
    };
    // What was taken out of one version stood in those before it as well.
    let taken_out: Option<i64> = if all {
        None
    } else {
        revisions::table
            .filter(revisions::post_id.eq(post.post.id))
            .filter(revisions::kept_back.eq(true))
            .select(diesel::dsl::max(revisions::id))
            .first(cx.conn())?
    };
    let old: Vec<(AccountId, String, Moment, String)> = revisions::table
        .inner_join(accounts::table)
        .filter(revisions::post_id.eq(post.post.id))
        .filter(revisions::id.gt(taken_out.unwrap_or(0)))
        .order(revisions::id)
        .select((
            accounts::id,
            accounts::display_name,
            revisions::written_at,
            revisions::body,
        ))
        .load(cx.conn())?;
    let latest_by: AccountId = post.post.edited_by.unwrap_or(post.post.author_id);
    let name: String = accounts::table
        .find(latest_by)
        .select(accounts::display_name)
        .first(cx.conn())?;
    let mut texts: Vec<(Option<String>, Moment, String)> = old
        .into_iter()
        .map(|(by, name, at, body)| (named(by, name), at, body))
        .collect();
    texts.push((
        named(latest_by, name),
        post.post.edited_at.unwrap_or(post.post.created_at),
        post.post.body.clone(),
    ));
    let mut versions = Vec::with_capacity(texts.len());
    for (place, (by, at, body)) in texts.iter().enumerate() {
        let before = place.checked_sub(1).map_or(body, |before| &texts[before].2);
        versions.push(Version {
            by: by.clone(),
            at: *at,
            runs: diff::by_words(before, body),
        });
    }
    versions.reverse();
    Ok(versions)
}
