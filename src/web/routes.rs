//! The whole table of routes, each with its audience. A test attacks every row as people who may not.

use super::ask::{Answer, Ask};
use super::{
    about, admin, assets, boards, bookmarks, drafts, feeds, figures, files, follows, inbox, letters, lists, live,
    moderation, people, polls, posts, search, set_up, settings, sign_in, spaces, today, topics,
};
use crate::config::Limits;

/// Who gets as far as the handler. What they may do there is the policy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Machines: health, files that say nothing about anybody, and a link by which a mail program stops
    /// letters: its address is the whole proof.
    Machine,
    /// The ways in: signing in, joining, resetting.
    Door,
    /// Whoever can read anything at all.
    Anyone,
    /// People who are signed in.
    People,
    /// Admins; to everybody else it looks absent.
    Admins,
}

/// How large a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Small,
    Post,
    Picture,
    File,
    /// A post with files.
    Files,
}

#[derive(Clone, Copy)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub audience: Audience,
    pub size: Size,
    pub run: fn(&Ask) -> Answer,
}

impl Route {
    /// Bytes that a body may have. A form's text travels percent-encoded, three bytes for one.
    pub fn body_limit(&self, limits: &Limits) -> usize {
        self.size.most(limits)
    }
}

impl Size {
    /// Bytes that a body of this size may have.
    pub fn most(self, limits: &Limits) -> usize {
        match self {
            Self::Small => 64 * 1024,
            Self::Post => limits.post_bytes * 4 + 16 * 1024,
            Self::Picture => limits.picture_bytes + 16 * 1024,
            Self::Files => limits.post_bytes * 4 + limits.file_bytes * 3 + 64 * 1024,
            Self::File => limits.csv_bytes + 16 * 1024,
        }
    }
}

macro_rules! routes {
    ($($method:ident $path:literal $run:path, $audience:ident $(, $size:ident)?;)+) => {
        pub const ROUTES: &[Route] = &[$(
            Route {
                method: stringify!($method),
                path: $path,
                audience: Audience::$audience,
                size: routes!(@size $($size)?),
                run: $run,
            }
        ),+];
    };
    (@size) => { Size::Small };
    (@size $size:ident) => { Size::$size };
}

routes! {
    GET "/healthz" about::healthy, Machine;
    GET "/readyz" about::ready, Machine;
    GET "/favicon.ico" assets::icon, Machine;
    GET "/robots.txt" about::robots, Machine;
    GET "/assets/{name}" assets::show, Machine;

    GET "/set-up/{token}" set_up::form, Door;
    POST "/set-up/{token}" set_up::create, Door, Post;
    GET "/sign-in" sign_in::form, Door;
    POST "/sign-in" sign_in::create, Door, Post;
    POST "/sign-out" sign_in::destroy, Door;
    POST "/language" sign_in::language, Door;
    GET "/join" sign_in::join::form, Door;
    POST "/join" sign_in::join::create, Door;
    GET "/join/{token}" sign_in::join::form, Door;
    POST "/join/{token}" sign_in::join::create, Door;
    GET "/reset" sign_in::reset::ask, Door;
    POST "/reset" sign_in::reset::send, Door;
    GET "/reset/{token}" sign_in::reset::form, Door;
    POST "/reset/{token}" sign_in::reset::create, Door;
    GET "/confirm/{purpose}/{token}" sign_in::confirm::form, Door;
    POST "/confirm/{purpose}/{token}" sign_in::confirm::create, Door;

    GET "/appeal/{token}" sign_in::appeal::form, Door;
    POST "/appeal/{token}" sign_in::appeal::create, Door;
    GET "/letters/stop/{key}/{what}" letters::stop_form, Door;
    POST "/letters/stop/{key}/{what}" letters::stop, Machine;
    GET "/feeds/{key}/spaces/{space}/log" feeds::log, Door;
    GET "/feeds/{key}/spaces/{space}" feeds::newest, Door;
    GET "/feeds/{key}/boards/{board}" feeds::newest, Door;
    GET "/feeds/{key}/topics/{topic}" feeds::newest, Door;
    GET "/feeds/{key}/tags/{tag}" feeds::newest, Door;
    GET "/feeds/{key}/search" feeds::search, Door;

    GET "/" spaces::index, Anyone;
    GET "/rules" about::rules, Door;
    GET "/keys" about::keys, Door;
    GET "/search" search::show, Anyone;
    GET "/search/suggest" search::suggest, Anyone;
    GET "/latest" lists::latest, Anyone;
    GET "/unanswered" lists::unanswered, Anyone;
    GET "/unread" lists::unread, People;
    GET "/mine" lists::mine, People;
    POST "/read" lists::mark_all_read, People;
    POST "/view" topics::view, Anyone;
    POST "/preview" posts::preview, People, Post;

    GET "/files/{file}/{name}" files::show, Anyone;
    GET "/pictures/{file}" files::small, Anyone;
    GET "/spaces/{space}/tags" spaces::tags, Anyone;
    POST "/spaces/{space}/tags/{tag}" spaces::change_tag, People;
    POST "/spaces/{space}/tags/{tag}/merge" spaces::merge_tag, People;
    GET "/spaces/{space}/people" spaces::to_mention, People;
    POST "/spaces/{space}/files" files::bring, People, Files;

    GET "/live" live::show, People;
    GET "/bookmarks" bookmarks::all, People;
    GET "/posts/{post}/bookmark" bookmarks::form, People;
    POST "/posts/{post}/bookmark" bookmarks::keep, People;
    POST "/posts/{post}/bookmark/remove" bookmarks::remove, People;
    GET "/drafts" drafts::all, People;
    POST "/posts/{post}/draft/remove" drafts::remove_reply, People;
    POST "/boards/{board}/draft/remove" drafts::remove_topic, People;
    GET "/follows" follows::all, People;
    GET "/follows/tag" follows::choose_tag, People;
    GET "/spaces/{space}/follow" follows::form, People;
    POST "/spaces/{space}/follow" follows::set, People;
    GET "/boards/{board}/follow" follows::form, People;
    POST "/boards/{board}/follow" follows::set, People;
    GET "/tags/{tag}/follow" follows::form, People;
    POST "/tags/{tag}/follow" follows::set, People;
    GET "/topics/{topic}/follow" follows::form, People;
    POST "/topics/{topic}/follow" follows::set, People;
    GET "/posts/{post}/follow" follows::form, People;
    POST "/posts/{post}/follow" follows::set, People;

    GET "/for-you" inbox::show, People;
    POST "/for-you/looked" inbox::looked, People;

    GET "/spaces/{space}" spaces::show, Anyone;
    GET "/spaces/{space}/members" spaces::members, People;
    POST "/spaces/{space}/join" spaces::join, People;
    POST "/spaces/{space}/ask" spaces::ask_to_join, People;
    POST "/spaces/{space}/leave" spaces::leave, People;
    GET "/spaces/{space}/apply" sign_in::apply::form, Anyone;
    POST "/spaces/{space}/apply" sign_in::apply::create, Anyone;
    POST "/spaces/{space}/enter" spaces::enter, People;
    POST "/spaces/{space}/enter/end" spaces::leave_early, People;
    GET "/spaces/{space}/guidelines" spaces::guidelines, Anyone;
    POST "/spaces/{space}/guidelines/accept" spaces::accept_guidelines, People;
    GET "/spaces/{space}/settings" spaces::settings, People;
    POST "/spaces/{space}/settings" spaces::change, People, Post;
    POST "/spaces/{space}/archive" spaces::archive, People;
    POST "/spaces/{space}/archive/undo" spaces::restore, People;
    POST "/spaces/{space}/members/{account}/let-in" spaces::let_in, People;
    POST "/spaces/{space}/members/{account}/refuse" spaces::refuse, People;
    POST "/spaces/{space}/members/{account}/remove" spaces::remove_member, People;
    POST "/spaces/{space}/members/{account}/role" spaces::give_role, People;
    GET "/spaces/{space}/log" moderation::log, People;
    GET "/spaces/{space}/gaps" search::show_gaps, People;
    GET "/spaces/{space}/figures" moderation::figures, People;
    GET "/spaces/{space}/figures/csv" moderation::figures_csv, People;
    GET "/spaces/{space}/figures/json" moderation::figures_json, People;
    GET "/spaces/{space}/report/{year}" moderation::report, People;
    GET "/spaces/{space}/totals" figures::totals, People;
    GET "/spaces/{space}/health" figures::health, People;
    GET "/spaces/{space}/health/history" figures::history, People;
    GET "/spaces/{space}/health/take" figures::take, People;
    POST "/spaces/{space}/health/take" figures::take_along, People;
    GET "/spaces/{space}/health/charts/{chart}" figures::chart, People;
    GET "/spaces/{space}/plan" figures::plan, People;
    POST "/spaces/{space}/plan" figures::plan_aim, People;
    POST "/spaces/{space}/plan/lines" figures::plan_line, People;
    GET "/spaces/{space}/plan/{line}" figures::edit_plan_line, People;
    POST "/spaces/{space}/plan/{line}" figures::change_plan_line, People;
    POST "/spaces/{space}/plan/{line}/remove" figures::remove_plan_line, People;
    GET "/spaces/{space}/champions" figures::champions, People;
    GET "/spaces/{space}/roles" figures::roles, People;
    POST "/spaces/{space}/roles/{account}" figures::succeed, People;
    GET "/totals" figures::totals, People;
    GET "/health" figures::health, People;
    GET "/health/history" figures::history, People;
    GET "/health/report" figures::report, People;
    POST "/health/report" figures::mail_report, People;
    GET "/spaces/{space}/report" figures::report, People;
    POST "/spaces/{space}/report" figures::mail_report, People;
    GET "/health/readings" figures::readings, People;
    GET "/health/pack" figures::pack, People;
    GET "/health/business" figures::business, People;
    GET "/health/business/excel" figures::business_excel, People;
    GET "/health/business/charts/{chart}" figures::business_chart, People;
    GET "/health/business/{input}" figures::business_input, People;
    POST "/health/business/{input}" figures::change_input, People;
    GET "/health/take" figures::take, People;
    POST "/health/take" figures::take_along, People;
    GET "/health/charts/{chart}" figures::chart, People;
    GET "/definitions" figures::definitions, People;
    GET "/definitions/{metric}" figures::definition, People;
    GET "/spaces/{space}/holding" moderation::holding, People;
    POST "/spaces/{space}/holding/rules" moderation::add_rule, People;
    POST "/spaces/{space}/holding/rules/{rule}/remove" moderation::remove_rule, People;
    POST "/spaces/{space}/holding/phrases" moderation::add_phrase, People;
    POST "/spaces/{space}/holding/phrases/{phrase}/remove" moderation::remove_phrase, People;
    GET "/spaces/{space}/texts" moderation::texts, People;
    POST "/spaces/{space}/texts" moderation::change_texts, People;
    GET "/spaces/{space}/boards/new" boards::new, People;
    POST "/spaces/{space}/boards" boards::create, People, Post;

    GET "/boards/{board}" boards::show, Anyone;
    GET "/boards/{board}/settings" boards::settings, People;
    POST "/boards/{board}/settings" boards::change, People, Post;
    POST "/boards/{board}/archive" boards::archive, People;
    POST "/boards/{board}/archive/undo" boards::restore, People;
    POST "/boards/{board}/read" boards::mark_read, People;
    GET "/boards/{board}/topics/new" topics::new, People;
    GET "/boards/{board}/alike" topics::alike, People;
    POST "/boards/{board}/topics" topics::create, People, Files;

    GET "/topics/{topic}" topics::show, Anyone;
    GET "/topics/{topic}/edit" topics::edit, People;
    POST "/topics/{topic}/edit" topics::change, People;
    GET "/topics/{topic}/close" topics::close_form, People;
    POST "/topics/{topic}/close" topics::close, People;
    GET "/topics/{topic}/merge" moderation::merge_form, People;
    POST "/topics/{topic}/merge" moderation::merge, People;
    POST "/topics/{topic}/hold" moderation::hold_topic, People;
    POST "/topics/{topic}/hold/undo" moderation::unhold_topic, People;
    GET "/topics/{topic}/poll" polls::new, People;
    POST "/topics/{topic}/poll" polls::make, People;
    POST "/polls/{poll}/vote" polls::vote, People;
    GET "/polls/{poll}/votes" polls::votes, People;
    POST "/polls/{poll}/end" polls::end, People;
    POST "/polls/{poll}/remove" polls::remove, People;
    GET "/topics/{topic}/slow" topics::slow_form, People;
    POST "/topics/{topic}/slow" topics::slow, People;
    POST "/topics/{topic}/close/undo" topics::reopen, People;
    POST "/topics/{topic}/pin" topics::pin, People;
    POST "/topics/{topic}/pin/undo" topics::unpin, People;
    GET "/topics/{topic}/move" topics::move_form, People;
    POST "/topics/{topic}/move" topics::move_to, People;
    POST "/topics/{topic}/read" topics::mark_read, People;

    GET "/posts/{post}" posts::show, Anyone;
    GET "/posts/{post}/whole" posts::whole, Anyone;
    GET "/posts/{post}/reply" posts::reply_form, People;
    POST "/posts/{post}/reply" posts::reply, People, Files;
    GET "/posts/{post}/edit" posts::edit, People;
    POST "/posts/{post}/edit" posts::change, People, Files;
    POST "/posts/{post}/wiki" posts::share, People;
    POST "/posts/{post}/wiki/undo" posts::keep_to_author, People;
    GET "/posts/{post}/history" posts::history, People;
    GET "/posts/{post}/remove" posts::remove_form, People;
    POST "/posts/{post}/remove" posts::remove, People;
    POST "/posts/{post}/remove/undo" posts::restore, People;
    GET "/posts/{post}/report" posts::report_form, People;
    POST "/posts/{post}/report" posts::report, People;
    GET "/posts/{post}/split" moderation::split_form, People;
    POST "/posts/{post}/split" moderation::split, People;
    GET "/posts/{post}/parent" moderation::reparent_form, People;
    POST "/posts/{post}/parent" moderation::reparent, People;
    GET "/posts/{post}/thanks" posts::thanks, People;
    POST "/posts/{post}/thank" posts::thank, People;
    POST "/posts/{post}/thank/undo" posts::withdraw_thank, People;
    POST "/posts/{post}/answer" posts::mark_answer, People;
    POST "/posts/{post}/answer/undo" posts::unmark_answer, People;

    GET "/moderation/gaps" search::show_gaps, People;
    GET "/moderation/figures" moderation::figures, People;
    GET "/moderation/figures/csv" moderation::figures_csv, People;
    GET "/moderation/figures/json" moderation::figures_json, People;
    GET "/moderation/report/{year}" moderation::report, People;
    GET "/today" today::list, People;
    GET "/today/{item}" today::item, People;
    POST "/today/{item}/write" today::write, People;
    POST "/today/{item}/dismiss" today::dismiss, People;
    POST "/today/{item}/done" today::done, People;
    POST "/today/{item}/pin" today::pin, People;
    GET "/queue" moderation::queue, People;
    POST "/queue" moderation::decide_several, People;
    GET "/reviews/{review}" moderation::show, People;
    POST "/reviews/{review}/take" moderation::take, People;
    POST "/reviews/{review}/free" moderation::free, People;
    POST "/reviews/{review}/hand" moderation::hand, People;
    POST "/reviews/{review}/escalate" moderation::escalate, People;
    POST "/reviews/{review}/note" moderation::note, People;
    POST "/reviews/{review}/decide" moderation::decide, People, Post;
    POST "/reviews/{review}/undo" moderation::undo, People;
    GET "/decisions" moderation::decisions, People;
    GET "/decisions/{review}" moderation::decision, People;
    POST "/decisions/{review}/appeal" moderation::appeal, People;

    GET "/people/{person}" people::show, People;
    GET "/people/{person}/picture" people::picture, People;

    GET "/settings" settings::profile, People;
    POST "/settings" settings::change_profile, People;
    POST "/settings/picture" settings::change_picture, People, Picture;
    GET "/settings/account" settings::account, People;
    POST "/settings/mail" settings::change_mail, People;
    POST "/settings/password" settings::change_password, People;
    POST "/settings/sessions/{session}/end" settings::end_session, People;
    POST "/settings/sessions/end-others" settings::end_others, People;

    GET "/settings/letters" letters::settings, People;
    POST "/settings/letters" letters::change, People;
    POST "/settings/letters/addresses" letters::renew_addresses, People;
    GET "/settings/me" figures::me, People;
    POST "/settings/me/known/{board}" figures::correct_expertise, People;
    POST "/settings/me/champion/{space}" figures::choose_champion, People;
    GET "/settings/kept" figures::kept, People;
    GET "/settings/kept/json" figures::kept_json, People;
    POST "/settings/kept" figures::choose, People;
    GET "/settings/feeds" feeds::settings, People;
    POST "/settings/feeds" feeds::make, People;
    POST "/settings/feeds/end" feeds::end, People;

    GET "/admin" admin::show, Admins;
    POST "/admin" admin::change, Admins, Post;
    GET "/admin/people" admin::people, Admins;
    GET "/admin/people/{person}" admin::person, Admins;
    POST "/admin/people/{person}/deactivate" admin::deactivate, Admins;
    POST "/admin/people/{person}/deactivate/undo" admin::reactivate, Admins;
    POST "/admin/people/{person}/role" admin::give_role, Admins;
    POST "/admin/people/{person}/reset" admin::issue_reset, Admins;
    GET "/admin/invitations" admin::invitations, Admins;
    POST "/admin/invitations" admin::invite, Admins;
    POST "/admin/invitations/{invitation}/end" admin::end_invitation, Admins;
    GET "/admin/staff" admin::staff, Admins;
    POST "/admin/staff" admin::import_staff, Admins, File;
    POST "/admin/departments" admin::create_department, Admins;
    GET "/admin/letters" admin::letters, Admins;
    POST "/admin/letters/again" admin::send_letters_again, Admins;
    POST "/admin/letters/test" admin::send_test_letter, Admins;
    GET "/admin/flags" moderation::flag_kinds, Admins;
    POST "/admin/flags" moderation::add_flag_kind, Admins;
    POST "/admin/flags/change" moderation::change_flag_kind, Admins;
    GET "/admin/audit" admin::audit, Admins;
    POST "/admin/audit/export" admin::export_audit, Admins;
    GET "/admin/spaces" admin::spaces, Admins;
    GET "/admin/spaces/new" admin::new_space, Admins;
    POST "/admin/spaces" admin::create_space, Admins;
}
