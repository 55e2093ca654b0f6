//! My own settings: what I say about myself, my picture, my address, my password, my sessions.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form};
use super::reply::Reply;
use crate::access::door::hex;
use crate::forum::people::{self, Profile};
use crate::i18n::When;
use crate::ids::{DepartmentId, SessionId};
use crate::refusal::{Problems, Refusal};
use crate::text::name;

const FIELDS: [&str; 8] = [
    "display_name",
    "department",
    "location",
    "about",
    "ask_me",
    "findable",
    "language",
    "time_zone",
];

#[derive(Serialize)]
struct ProfilePage {
    form: Form,
    departments: Vec<Choice>,
    languages: Vec<Choice>,
    zones: Vec<String>,
    name: String,
    initials: String,
    picture: String,
    url: String,
    picture_problem: String,
}

fn profile_page(ask: &Ask, form: Form, picture_problem: &str) -> Result<ProfilePage, Refusal> {
    let (departments, mine) = ask.read(|cx| Ok((people::departments(cx)?, people::my_profile(cx)?)))?;
    let chosen = form.value("department").to_owned();
    let me = ask.me()?;
    Ok(ProfilePage {
        departments: departments
            .into_iter()
            .map(|(id, label)| Choice {
                chosen: id.to_string() == chosen,
                value: id.to_string(),
                label,
            })
            .collect(),
        languages: super::set_up::languages(form.value("language")),
        zones: jiff::tz::db().available().map(|zone| zone.to_string()).collect(),
        initials: name::initials(&mine.display_name),
        picture: if mine.picture.is_some() {
            crate::url::about("people", me.id.0, "picture")
        } else {
            String::new()
        },
        url: crate::url::person(me.id, &mine.name),
        name: mine.name,
        form,
        picture_problem: picture_problem.to_owned(),
    })
}

fn profile_form(ask: &Ask) -> Result<Form, Refusal> {
    let mine = ask.read(people::my_profile)?;
    let department = mine.department.map(|id| id.to_string()).unwrap_or_default();
    Ok(Form::new(&[
        ("display_name", &mine.display_name),
        ("department", &department),
        ("location", &mine.location),
        ("about", &mine.about),
        ("ask_me", &mine.ask_me),
        ("findable", if mine.findable { "yes" } else { "" }),
        ("language", &mine.language),
        ("time_zone", &mine.time_zone),
    ]))
}

pub fn profile(ask: &Ask) -> Answer {
    let page = profile_page(ask, profile_form(ask)?, "")?;
    ask.page("settings/profile.html", &ask.t("profile-title"), &page)
}

pub fn change_profile(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let language = crate::i18n::Locales::get()
        .find(sent.text("language"))
        .map_or(ask.tag(), |lang| crate::i18n::Locales::get().tag(lang));
    let outcome = ask.write(|tx| {
        let known = people::departments(tx)?;
        let department = sent.number("department").map(DepartmentId);
        let department = department.filter(|id| known.iter().any(|(known, _)| known == id));
        people::change_profile(
            tx,
            &Profile {
                display_name: sent.text("display_name").to_owned(),
                department,
                location: sent.text("location").to_owned(),
                about: sent.text("about").to_owned(),
                ask_me: sent.text("ask_me").to_owned(),
                language: language.to_owned(),
                time_zone: sent.text("time_zone").to_owned(),
                mail: None,
                name: String::new(),
                picture: None,
                findable: sent.text("findable") == "yes",
            },
        )
    });
    let again = |problems: &Problems| {
        let page = profile_page(ask, ask.kept(&FIELDS, problems), "")?;
        ask.again("settings/profile.html", &ask.t("profile-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other("/settings").saying("done-profile")),
        Err(answer) => answer,
    }
}

/// Side of a stored picture in pixels, and the largest that is taken in.
const SIDE: u32 = 256;
const LARGEST: u32 = 8192;

/// Decodes, cuts to a square and encodes anew: nothing of the file itself is kept, no place and no camera.
fn picture(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = image::ImageDecoder::orientation(&mut decoder).ok();
    let mut picture = image::DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let small = picture.resize_to_fill(SIDE, SIDE, image::imageops::FilterType::Triangle);
    let mut out = std::io::Cursor::new(Vec::new());
    small.to_rgb8().write_to(&mut out, image::ImageFormat::WebP).ok()?;
    Some(out.into_inner())
}

pub fn change_picture(ask: &Ask) -> Answer {
    if ask.sent.text("do") == "remove" {
        ask.write(|tx| people::set_picture(tx, None))?;
        return Ok(Reply::see_other("/settings").saying("done-profile"));
    }
    let Some(bytes) = ask.sent.file("picture").and_then(|file| picture(&file.bytes)) else {
        let page = profile_page(ask, profile_form(ask)?, &ask.t("problem-picture"))?;
        return ask.again("settings/profile.html", &ask.t("profile-title"), &page);
    };
    use sha2::Digest as _;
    let file = format!("{}.webp", hex(&sha2::Sha256::digest(&bytes)));
    let folder = ask.app().config.data.join("uploads");
    let broken = |error: std::io::Error| Refusal::broken(format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(broken)?;
    let part = folder.join(format!("{file}.{}.part", ask.request_id));
    std::fs::write(&part, &bytes).map_err(broken)?;
    std::fs::File::open(&part)
        .and_then(|file| file.sync_all())
        .map_err(broken)?;
    std::fs::rename(&part, folder.join(&file)).map_err(broken)?;
    ask.write(|tx| people::set_picture(tx, Some(&file)))?;
    Ok(Reply::see_other("/settings").saying("done-profile"))
}

#[derive(Serialize)]
struct SessionLine {
    id: i64,
    agent: String,
    began: When,
    seen: When,
    this: bool,
}

#[derive(Serialize)]
struct AccountPage {
    form: Form,
    mail: String,
    sessions: Vec<SessionLine>,
}

fn account_page(ask: &Ask, form: Form) -> Result<AccountPage, Refusal> {
    let (mine, sessions) = ask.read(|cx| Ok((people::my_profile(cx)?, people::sessions(cx)?)))?;
    Ok(AccountPage {
        form,
        mail: mine.mail.unwrap_or_default(),
        sessions: sessions
            .into_iter()
            .map(|session| SessionLine {
                id: session.id.0,
                agent: session.agent,
                began: ask.when(session.created_at),
                seen: ask.when(session.seen_at),
                this: Some(session.id) == ask.visitor.session,
            })
            .collect(),
    })
}

const ACCOUNT_FIELDS: [&str; 3] = ["mail", "old_password", "password"];

pub fn account(ask: &Ask) -> Answer {
    let form = Form::new(&[("mail", ""), ("old_password", ""), ("password", "")]);
    let page = account_page(ask, form)?;
    ask.page("settings/account.html", &ask.t("account-title"), &page)
}

fn account_again(ask: &Ask, problems: &Problems) -> Answer {
    let page = account_page(ask, ask.kept(&ACCOUNT_FIELDS, problems))?;
    ask.again("settings/account.html", &ask.t("account-title"), &page)
}

/// Whoever sits down at an open browser must not take the account over: the password is asked again.
fn knows_password(ask: &Ask, field: &'static str) -> Result<(), Refusal> {
    let me = ask.me()?;
    let hash = ask.read(|cx| people::password_hash(cx, me.id))?;
    ask.shared
        .limits
        .take(&format!("password {}", me.id), 10, ask.app().clock.now())?;
    if ask.app().hasher.check(ask.sent.text(field), hash.as_deref())? {
        Ok(())
    } else {
        Err(Problems::one(field, "problem-old-password"))
    }
}

pub fn change_mail(ask: &Ask) -> Answer {
    let outcome = knows_password(ask, "old_password")
        .and_then(|()| ask.write(|tx| people::change_mail(tx, ask.sent.text("mail"), ask.site())));
    match or_again(outcome, |problems| account_again(ask, problems)) {
        Ok(()) => Ok(Reply::see_other("/settings/account").saying("done-mail-asked")),
        Err(answer) => answer,
    }
}

pub fn change_password(ask: &Ask) -> Answer {
    let password = ask.sent.text("password");
    let me = ask.me()?.clone();
    let outcome = knows_password(ask, "old_password")
        .and_then(
            |()| match people::password::problem(password, &[&me.name, &me.display_name]) {
                Some(problem) => Err(Problems::one("password", problem)),
                None => ask.app().hasher.hash(password),
            },
        )
        .and_then(|hash| ask.write(|tx| people::change_password(tx, password, &hash, ask.visitor.session, ask.site())));
    match or_again(outcome, |problems| account_again(ask, problems)) {
        Ok(()) => Ok(Reply::see_other("/settings/account").saying("done-password")),
        Err(answer) => answer,
    }
}

pub fn end_session(ask: &Ask) -> Answer {
    let session: SessionId = ask.id("session")?;
    ask.write(|tx| people::end_session(tx, session))?;
    Ok(Reply::see_other("/settings/account").saying("done-session-ended"))
}

pub fn end_others(ask: &Ask) -> Answer {
    let me = ask.me()?.id;
    ask.write(|tx| people::end_others(tx, me, ask.visitor.session))?;
    Ok(Reply::see_other("/settings/account").saying("done-session-ended"))
}
