//! A request as a handler gets it: parsed, typed, and with whoever is asking. Handlers are plain
//! functions on a blocking thread: `fn(&Ask) -> Answer`.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::tz::TimeZone;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::chrome::{self, Chrome};
use super::form::{Form, Sent};
use super::reply::Reply;
use crate::access::{Cx, Person, Tx, Viewer};
use crate::app::App;
use crate::db::types::Moment;
use crate::event::{PrivateThing, Source};
use crate::forum::people::{Known, Visitor};
use crate::forum::reading::news::{Counted, News, Stamp};
use crate::forum::settings::Settings;
use crate::i18n::{Lang, Locales, When};
use crate::ids::{AccountId, SpaceId};
use crate::kinds::View;
use crate::refusal::{Reason, Refusal, Result};

pub type Answer = Result<Reply>;

/// One reading of something private: by whom, of what, in which space, on which page.
type Reading = (AccountId, PrivateThing, i64, Option<SpaceId>, String);

/// What all requests of a server share beside the app.
pub struct Shared {
    pub app: Arc<App>,
    /// What other nodes tell; it ends with the server.
    pub hears: Option<crate::db::pulse::Listener>,
    pub known: Known,
    pub ready: super::topics::Ready,
    pub limits: super::guard::Limits,
    pub news: News,
    /// What the forum is called and how it is entered, as of an epoch.
    pub settings: std::sync::Mutex<Option<(i64, Arc<Settings>)>>,
    /// Who read which private thing when, so that one reading is written down once.
    pub private_readings: std::sync::Mutex<HashMap<Reading, Moment>>,
}

impl Shared {
    /// The settings, read again only when the epoch has moved.
    pub fn settings_at(&self, epoch: i64) -> Result<Arc<Settings>> {
        let mut kept = self.settings.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((at, settings)) = &*kept
            && *at == epoch
        {
            return Ok(Arc::clone(settings));
        }
        let settings = Arc::new(
            self.app
                .store
                .read(&Viewer::system("settings"), crate::forum::settings::load)?,
        );
        *kept = Some((epoch, Arc::clone(&settings)));
        Ok(settings)
    }
}

pub struct Ask {
    pub shared: Arc<Shared>,
    pub visitor: Visitor,
    pub settings: Arc<Settings>,
    pub lang: Lang,
    pub zone: TimeZone,
    pub path: String,
    /// The path as it may be written down, without the secret that some addresses carry.
    pub written_down: String,
    pub query: HashMap<String, String>,
    pub params: HashMap<String, String>,
    pub sent: Sent,
    pub cookies: HashMap<String, String>,
    pub agent: String,
    pub from: String,
    pub request_id: String,
    /// Asked for as a stream of events.
    pub wants_stream: bool,
    /// A page that the browser loads ahead of time is not read yet.
    pub prefetch: bool,
    /// What was wrong with a file that came with a post.
    pub attach_problem: String,
    /// What the browser has kept of this, if it says so.
    pub has_tag: String,
}

impl Ask {
    pub fn app(&self) -> &App {
        &self.shared.app
    }

    pub fn viewer(&self) -> &Arc<Viewer> {
        &self.visitor.viewer
    }

    pub fn me(&self) -> Result<&Person> {
        self.viewer().person().ok_or(Refusal::Denied(Reason::SignInFirst))
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Cx<'_>) -> Result<T>) -> Result<T> {
        self.app().store.read(self.viewer(), work)
    }

    pub fn write<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let done = self.app().store.write(self.viewer(), Source::Page, work);
        if let Some(me) = self.viewer().id() {
            self.shared.news.forget(me);
        }
        done
    }

    /// What is new to whoever is asking.
    pub fn news(&self) -> Result<Arc<Counted>> {
        let Some(me) = self.viewer().id() else {
            return Ok(Arc::default());
        };
        let stamp = Stamp {
            written: self.app().gathered.written(),
            ..self.visitor.stamp
        };
        let news = &self.shared.news;
        match news.known(me, stamp, self.app().clock.now()) {
            Some(counted) => Ok(counted),
            None => self.read(|cx| news.count(cx, stamp)),
        }
    }

    /// Writes down that something private is read, before it is shown. The same again by the same person
    /// within an hour is one reading.
    pub fn reads_private(
        &self,
        what: PrivateThing,
        subject: i64,
        space: Option<SpaceId>,
        about: Option<AccountId>,
    ) -> Result<()> {
        const HOUR: i64 = 3600;
        const REMEMBERED: usize = 10_000;
        let (me, now) = (self.me()?.id, self.app().clock.now());
        let page = if what == PrivateThing::EnteredPage {
            self.written_down.clone()
        } else {
            String::new()
        };
        let key = (me, what, subject, space, page.clone());
        let known = {
            let mut read = self
                .shared
                .private_readings
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if read.len() > REMEMBERED {
                read.clear();
            }
            read.get(&key).is_some_and(|at| now < at.plus_seconds(HOUR))
        };
        if known {
            return Ok(());
        }
        self.app().store.write(self.viewer(), Source::Page, |tx| {
            tx.record(&crate::event::Event::PrivateRead {
                space,
                about,
                what,
                subject,
                page,
            })
            .map(|_| ())
        })?;
        self.shared
            .private_readings
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(key, now);
        Ok(())
    }

    /// A number from the address; anything else is an address that does not exist.
    pub fn id<T: From<Id>>(&self, name: &str) -> Result<T> {
        self.params
            .get(name)
            .and_then(|segment| crate::url::number(segment))
            .map(|number| T::from(Id(number)))
            .ok_or(Refusal::NotFound)
    }

    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    pub fn ask_for(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// `?page=3`; the first when it is missing or none.
    pub fn page_number(&self) -> i64 {
        self.ask_for("page").parse().unwrap_or(1).clamp(1, 1_000_000)
    }

    pub fn t(&self, key: &str) -> String {
        Locales::get().word(self.lang, key)
    }

    /// What a moderator did, by the word it is kept under.
    pub fn act(&self, word: &str) -> String {
        self.t(&format!("act-{}", word.replace('_', "-")))
    }

    pub fn when(&self, moment: Moment) -> When {
        Locales::get().when(self.lang, &self.zone, moment.timestamp())
    }

    /// Without the year and the hour, for the margin.
    pub fn short(&self, moment: Moment) -> String {
        Locales::get().short(self.lang, &self.zone, moment.timestamp())
    }

    pub fn date(&self, moment: Moment) -> When {
        Locales::get().date(self.lang, &self.zone, moment.timestamp())
    }

    pub fn tag(&self) -> &'static str {
        Locales::get().tag(self.lang)
    }

    pub fn site(&self) -> &str {
        &self.app().site.text
    }

    /// Tree or flat: as asked for, else as remembered.
    pub fn view(&self) -> View {
        let asked = View::from_word(self.ask_for("view"));
        asked
            .or_else(|| self.viewer().person().map(|person| person.view))
            .or_else(|| self.cookies.get("view").and_then(|word| View::from_word(word)))
            .unwrap_or(View::Tree)
    }

    /// Renders a page with everything around it.
    pub fn page<P: Serialize>(&self, template: &str, title: &str, page: &P) -> Answer {
        let chrome = chrome::of(self, title)?;
        self.page_with(template, page, &chrome)
    }

    pub fn page_with<P: Serialize>(&self, template: &str, page: &P, chrome: &Chrome) -> Answer {
        let html = self
            .app()
            .views
            .page(self.lang, template, page, chrome)
            .map_err(|error| Refusal::broken(format!("{template}: {error}")))?;
        let mut reply = Reply::html(html);
        if self.cookies.contains_key("flash") {
            reply = reply.cookie("flash", "", Some(0));
        }
        if let Some(fresh) = &chrome.fresh_visit {
            reply = reply.cookie("visit", fresh.clone(), None);
        }
        Ok(reply)
    }

    /// The language of a page that can be kept ready for all visitors who speak it; none when whoever
    /// asks is somebody, or is to be told something at its head.
    pub fn keeps_for(&self) -> Option<Lang> {
        (self.viewer().person().is_none() && !self.cookies.contains_key("flash")).then_some(self.lang)
    }

    /// Renders a page to be kept: with a mark instead of a token.
    pub fn render_to_keep<P: Serialize>(&self, template: &str, title: &str, page: &P) -> Result<String> {
        self.app()
            .views
            .page(self.lang, template, page, &chrome::to_keep(self, title))
            .map_err(|error| Refusal::broken(format!("{template}: {error}")))
    }

    /// A page that was kept, with this visitor's token in it.
    pub fn kept_page(&self, kept: &str) -> Reply {
        let fresh = (!self.cookies.contains_key("visit")).then(crate::forum::people::fresh_token);
        let token = self.form_token(fresh.as_deref());
        let mut html = String::with_capacity(kept.len() + 4 * token.len());
        for (place, part) in kept.split(chrome::TOKEN_MARK).enumerate() {
            if place > 0 {
                html.push_str(&token);
            }
            html.push_str(part);
        }
        let reply = Reply::html(html);
        match fresh {
            Some(fresh) => reply.cookie("visit", fresh, None),
            None => reply,
        }
    }

    /// A form again, with what is wrong in it.
    pub fn again<P: Serialize>(&self, template: &str, title: &str, page: &P) -> Answer {
        Ok(self
            .page(template, title, page)?
            .with_status(StatusCode::UNPROCESSABLE_ENTITY))
    }

    /// What was typed, with the problems beside it.
    pub fn kept(&self, fields: &[&'static str], problems: &crate::refusal::Problems) -> Form {
        Form::kept(fields, &self.sent).with(problems, self.lang)
    }

    /// The secret that this browser's forms are tied to: its session, or a mark for visitors.
    fn form_secret(&self) -> Option<&str> {
        let sid = self.cookies.get("sid").filter(|_| self.visitor.session.is_some());
        sid.or_else(|| self.cookies.get("visit")).map(String::as_str)
    }

    /// A token for forms, masked anew each time, so that a compressed page does not betray it.
    pub fn form_token(&self, fresh: Option<&str>) -> String {
        let Some(secret) = fresh.or_else(|| self.form_secret()) else {
            return String::new();
        };
        let truth = token_of(secret);
        let mask: [u8; 32] = rand::random();
        let mut bytes = mask.to_vec();
        bytes.extend(truth.iter().zip(mask).map(|(a, b)| a ^ b));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    pub fn token_is_right(&self) -> bool {
        let Some(secret) = self.form_secret() else {
            return false;
        };
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(self.sent.text("token")) else {
            return false;
        };
        if bytes.len() != 64 {
            return false;
        }
        let (mask, masked) = bytes.split_at(32);
        let truth: Vec<u8> = mask.iter().zip(masked).map(|(a, b)| a ^ b).collect();
        truth.ct_eq(&token_of(secret)).into()
    }
}

fn token_of(secret: &str) -> [u8; 32] {
    Sha256::digest(format!("form\n{secret}").as_bytes()).into()
}

/// A number that came in an address, on its way to an id's own type.
pub struct Id(pub i64);

macro_rules! from_id {
    ($($name:ident),+) => {$(
        impl From<Id> for crate::ids::$name {
            fn from(id: Id) -> Self {
                Self(id.0)
            }
        }
    )+};
}

from_id!(
    AccountId,
    BoardId,
    FileId,
    InvitationId,
    PostId,
    ReviewId,
    SessionId,
    SpaceId,
    TopicId
);

impl From<Id> for i64 {
    fn from(id: Id) -> Self {
        id.0
    }
}
