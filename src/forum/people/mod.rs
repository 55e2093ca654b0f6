//! People: their accounts, how they come in and leave, what they show of themselves.

mod account;
pub mod apply;
mod departments;
mod directory;
pub mod groups;
mod invite;
mod join;
mod leave;
mod mention;
pub mod password;
mod profile;
mod sessions;
mod setup;
mod sign_in;
mod staff;
mod tickets;

pub(crate) use account::readers_among;
pub use account::{Account, create_account, find_by_mail, forum_role, give_forum_role, password_hash, reads};
pub(crate) use account::{NewAccount, free_name, insert};
pub(crate) use departments::find_or_create as find_or_create_department;
pub use departments::{Department, create as create_department, departments};
pub use directory::{Activity, Listed, Seenable, activity, directory, display_name, find, memberships_of, picture_of};
pub use invite::{Invitation, create as invite, end as end_invitation, find as find_invitation, list as invitations};
pub use join::{Join, join_by_domain, join_by_invitation};
pub use leave::{deactivate, reactivate};
pub use mention::{cannot_see, crowds, named, to_mention};
pub use profile::{Profile, change as change_profile, mine as my_profile, set_picture, set_view};
pub use sessions::{
    Known, Session, Token, Visitor, end as end_session, end_others, enter, fresh_token, list as sessions,
    open as open_session, viewer_of,
};
pub use setup::{FirstRun, first_run, is_set_up, set_up_ticket};
pub use sign_in::{Attempt, sign_in};
pub(crate) use staff::link as link_staff;
pub use staff::{Report as StaffReport, import as import_staff, size as staff_size};
pub use tickets::{
    Purpose, change_mail, change_password, confirm_mail, issue as issue_ticket, peek as peek_ticket, request_reset,
    reset_password,
};
pub(crate) use tickets::{appeal_by, appeal_key};
