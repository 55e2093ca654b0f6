//! The rule for lists, as conditions in SQL. The same answer as [`super::policy::decide`] for `See`;
//! a property test walks random worlds and compares the two.

use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::door::Cx;
use super::viewer::Viewer;
use crate::db::Backend;
use crate::db::schema::{posts, spaces, topics};
use crate::kinds::{PostState, SpaceRole};

type Condition<'a, QS> = Box<dyn BoxableExpression<QS, Backend, SqlType = Bool> + 'a>;

/// Spaces that the viewer reads.
pub(crate) fn spaces<'a, QS>(cx: &Cx<'_>) -> Condition<'a, QS>
where
    QS: 'a,
    spaces::id: SelectableExpression<QS>,
{
    Box::new(spaces::id.eq_any(cx.readable().to_vec()))
}

/// Topics that the viewer sees. A topic whose first post is held is nobody's but its author's and
/// the moderators'.
pub(crate) fn topics<'a, QS>(cx: &Cx<'_>) -> Condition<'a, QS>
where
    QS: 'a,
    topics::space_id: SelectableExpression<QS>,
    topics::state: SelectableExpression<QS>,
    topics::author_id: SelectableExpression<QS>,
{
    let readable = topics::space_id.eq_any(cx.readable().to_vec());
    match &**cx.viewer() {
        Viewer::System(_) => Box::new(readable),
        Viewer::Visitor => Box::new(readable.and(topics::state.ne(PostState::Held))),
        Viewer::Person(person) => Box::new(
            readable.and(
                topics::state
                    .ne(PostState::Held)
                    .or(topics::author_id.eq(person.id))
                    .or(topics::space_id.eq_any(moderated(person))),
            ),
        ),
    }
}

/// Posts that have a place in the viewer's threads. Removed ones do: their place is shown, not
/// their text.
pub(crate) fn posts<'a, QS>(cx: &Cx<'_>) -> Condition<'a, QS>
where
    QS: 'a,
    posts::space_id: SelectableExpression<QS>,
    posts::state: SelectableExpression<QS>,
    posts::author_id: SelectableExpression<QS>,
{
    let readable = posts::space_id.eq_any(cx.readable().to_vec());
    match &**cx.viewer() {
        Viewer::System(_) => Box::new(readable),
        Viewer::Visitor => Box::new(readable.and(posts::state.ne(PostState::Held))),
        Viewer::Person(person) => Box::new(
            readable.and(
                posts::state
                    .ne(PostState::Held)
                    .or(posts::author_id.eq(person.id))
                    .or(posts::space_id.eq_any(moderated(person))),
            ),
        ),
    }
}

fn moderated(person: &super::viewer::Person) -> Vec<crate::ids::SpaceId> {
    person
        .memberships
        .iter()
        .filter(|(_, role)| SpaceRole::moderates(**role))
        .map(|(space, _)| *space)
        .collect()
}
