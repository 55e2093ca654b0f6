//! Two years of a community, day by day: it begins with a handful and ends with about a hundred and
//! fifty people who take part in a month.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::cast::{self, Someone};
use super::texts::{self, EN, NL, Words};
use super::{guidelines, plan, waiting};
use crate::access::{Tx, Viewer, deed, on_forum};
use crate::app::App;
use crate::db::types::Moment;
use crate::event::{Event, Source};
use crate::forum::people::{self, FirstRun, Join, NewAccount};
use crate::forum::posts::{self, Sent};
use crate::forum::{boards, reading, settings, spaces, topics};
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{AccountKind, ForumRole, Joining, SpaceRole, TopicKind, Visibility, WhoStarts};
use crate::refusal::{Refusal, Result};

const STAFF: usize = 1_500;
const ACCOUNTS: usize = 400;
const GUESTS: usize = 25;
const DAYS: i64 = 730;

pub(super) struct Done {
    pub(super) people: usize,
    pub(super) topics: usize,
    pub(super) posts: usize,
    pub(super) logins: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone)]
struct Person {
    id: AccountId,
    name: String,
    mail: String,
    dutch: bool,
    guest: bool,
    place: &'static str,
    came: Moment,
    /// How much of the talking is theirs.
    zeal: f64,
    private: bool,
}

struct World<'a> {
    app: &'a Arc<App>,
    random: ChaCha8Rng,
    begin: Moment,
    until: Moment,
    hash: String,
    people: Vec<Person>,
    boards: Boards,
    moderator: usize,
    topics: usize,
    posts: usize,
}

#[derive(Clone, Copy)]
struct Boards {
    field: SpaceId,
    partner: SpaceId,
    private: SpaceId,
    commissioning: BoardId,
    cases: BoardId,
    hellos: BoardId,
    tools: BoardId,
    installation: BoardId,
    ideas: BoardId,
    plans: BoardId,
}

/// What will happen later in a topic.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Later {
    Reply {
        topic: TopicId,
        left: u32,
        question: bool,
        dutch: bool,
        asker: usize,
        space: SpaceId,
    },
    Thanks {
        topic: TopicId,
        to: PostId,
        asker: usize,
        dutch: bool,
    },
}

fn words(dutch: bool) -> &'static Words {
    if dutch { &NL } else { &EN }
}

pub(super) fn build(app: &Arc<App>, seed: u64, until: Moment, password: &str) -> Result<Done> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let begin = until.plus_days(-DAYS);
    let staff = cast::people(&mut random, STAFF + GUESTS);
    let hash = app.hasher.hash(password)?;
    let (admin, _) = people::first_run(
        &app.store,
        None,
        &FirstRun {
            forum_name: format!("{} forum", cast::COMPANY),
            admin: Join {
                display_name: "Ada Marsh".to_owned(),
                name: "ada".to_owned(),
                mail: format!("ada@{}", cast::MAIL),
                password: password.to_owned(),
                language: "en".to_owned(),
                time_zone: "Europe/Brussels".to_owned(),
            },
            space: spaces::New {
                name: "Field engineers".to_owned(),
                visibility: Visibility::Internal,
                joining: Joining::Open,
                concept_for: "Engineers who commission and maintain".to_owned(),
                concept_about: "What we meet on site, and how it was solved".to_owned(),
                concept_gain: "The next team does not have to find it out again".to_owned(),
            },
            board_name: "Commissioning".to_owned(),
            board_description: "What we meet on site, and how it was solved".to_owned(),
            welcome_title: "Welcome: what this place is for".to_owned(),
            welcome_body: "Ask what you want to know, even if it seems small. Answer what you know.\n\nOne rule above all: **write it so that the next team can use it.**".to_owned(),
        },
        &hash,
        &app.config.limits,
        begin,
    )?;
    let boards = rooms(app, admin, begin)?;
    list_staff(app, &staff, begin)?;
    let mut world = World {
        app,
        random,
        begin,
        until,
        hash,
        people: Vec::new(),
        boards,
        moderator: 0,
        topics: 1,
        posts: 1,
    };
    world.people.push(Person {
        id: admin,
        name: "Ada Marsh".to_owned(),
        mail: format!("ada@{}", cast::MAIL),
        dutch: false,
        guest: false,
        place: "Leeds",
        came: begin,
        zeal: 0.3,
        private: true,
    });
    world.arrivals(&staff)?;
    world.live()?;
    world.heated()?;
    world.newcomers()?;
    world.waiting()?;
    world.last_visits()?;
    world.plan()?;
    let logins = world.logins();
    Ok(Done {
        people: world.people.len(),
        topics: world.topics,
        posts: world.posts,
        logins,
    })
}

pub(super) fn as_person<T>(
    app: &App,
    who: AccountId,
    at: Moment,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    app.store.write_at(&Viewer::system("demo"), Source::Demo, at, |tx| {
        let now = tx.now();
        let person = crate::access::viewer::load(tx.conn(), who, now)?.ok_or(Refusal::NotFound)?;
        tx.continue_as(person);
        work(tx)
    })
}

fn rooms(app: &App, admin: AccountId, begin: Moment) -> Result<Boards> {
    let space = |name: &str, visibility, joining, lines: [&str; 3]| {
        as_person(app, admin, begin, |tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            spaces::create(
                tx,
                may,
                &spaces::New {
                    name: name.to_owned(),
                    visibility,
                    joining,
                    concept_for: lines[0].to_owned(),
                    concept_about: lines[1].to_owned(),
                    concept_gain: lines[2].to_owned(),
                },
            )
        })
    };
    let partner = space(
        "Partner network",
        Visibility::Hybrid,
        Joining::Invitation,
        [
            "Installers, and the engineers who work with them",
            "Installing and starting what we make",
            "An answer from whoever built it, the same day",
        ],
    )?;
    let private = space(
        "Service reorganisation",
        Visibility::Private,
        Joining::Invitation,
        [
            "The people who plan the new service teams",
            "Who does what from spring on",
            "A plan that the teams have thought through themselves",
        ],
    )?;
    let board = |space: SpaceId, name: &str, about: &str, who_starts, template: &str| {
        as_person(app, admin, begin, |tx| {
            let place = spaces::find(tx, space)?.may::<deed::Manage>()?;
            boards::create(
                tx,
                &place,
                &boards::Change {
                    name: name.to_owned(),
                    description: about.to_owned(),
                    kinds: TopicKind::ALL.to_vec(),
                    who_starts,
                    position: 0,
                    templates: vec![(TopicKind::Case, template.to_owned())],
                },
            )
        })
    };
    let (field, commissioning) = app.store.read(&Viewer::system("demo"), |cx| {
        let field = spaces::all_for_index(cx)?
            .into_iter()
            .find(|(space, ..)| space.visibility == Visibility::Internal)
            .map(|(space, ..)| space.id)
            .ok_or(Refusal::NotFound)?;
        let first = boards::of_spaces(cx, &[field], false)?.first().map(|board| board.id);
        Ok((field, first.ok_or(Refusal::NotFound)?))
    })?;
    as_person(app, admin, begin, |tx| {
        guidelines::give(tx, field, guidelines::FIELD)?;
        guidelines::give(tx, partner, guidelines::PARTNER)
    })?;
    let template = "## Situation\n\n## Approach\n\n## Result\n\n## Lesson";
    let members = WhoStarts::Members;
    let done = Boards {
        field,
        partner,
        private,
        commissioning,
        cases: board(
            field,
            "Cases",
            "Finished jobs, told so that the next team can use them",
            members,
            template,
        )?,
        hellos: board(
            field,
            "Introductions",
            "Say who you are and what people may ask you",
            members,
            "",
        )?,
        tools: board(
            field,
            "Tools and software",
            "What we carry and what we click",
            members,
            "",
        )?,
        installation: board(
            partner,
            "Installation questions",
            "Partners ask, engineers and partners answer",
            members,
            "",
        )?,
        ideas: board(partner, "Ideas", "What should we build next?", members, "")?,
        plans: board(private, "Plans", "Drafts, before they are told", members, "")?,
    };
    as_person(app, admin, begin, |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        let now = settings::load(tx)?;
        settings::change(
            tx,
            may,
            &settings::Change {
                forum_name: now.forum_name,
                language: now.language,
                entrance: "domains".to_owned(),
                domains: cast::MAIL.to_owned(),
                contact: "The community team sits on the second floor in Ghent.".to_owned(),
                rules: "Write it so that the next team can use it. Be as kind as you are exact.".to_owned(),
                privacy: String::new(),
                previews: false,
            },
        )
    })?;
    Ok(done)
}

fn list_staff(app: &App, staff: &[Someone], begin: Moment) -> Result<()> {
    let mut csv = String::from("mail,name,department,location,start,end\n");
    for someone in &staff[..STAFF] {
        csv.push_str(&format!(
            "{},{},{},{},2015-01-01,\n",
            someone.mail,
            someone.name,
            cast::DEPARTMENTS[someone.department],
            someone.place
        ));
    }
    app.store.write_at(&Viewer::system("demo"), Source::Demo, begin, |tx| {
        let may = crate::access::proof::for_system::<deed::Administer, _>(tx.viewer(), crate::access::proof::Forum)?;
        people::import_staff(tx, &may, csv.as_bytes())
    })?;
    Ok(())
}

impl World<'_> {
    fn moment(&self, day: f64) -> Moment {
        let micros = day * 86_400.0 * 1_000_000.0;
        #[expect(clippy::cast_possible_truncation, reason = "730 days fit")]
        Moment((self.begin.0 + micros as i64).min(self.until.0 - 60_000_000))
    }

    /// People come slowly at first, then faster, and never all.
    fn arrivals(&mut self, staff: &[Someone]) -> Result<()> {
        let mut seats: Vec<(f64, usize)> = (0..ACCOUNTS - 1)
            .map(|seat| {
                #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
                let share = (seat as f64 + 1.0) / ACCOUNTS as f64;
                (share.sqrt() * 720.0, seat)
            })
            .collect();
        seats.extend((0..GUESTS).map(|seat| {
            #[expect(clippy::cast_precision_loss, reason = "twenty-five")]
            let day = 200.0 + seat as f64 * 20.0;
            (day, STAFF + seat)
        }));
        seats.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (day, seat) in seats {
            let someone = &staff[seat];
            let guest = seat >= STAFF;
            let jitter: f64 = self.random.random();
            let came = self.moment(day + jitter);
            let zeal = self.random.random::<f64>().powi(4) * 8.0 + 0.08;
            let organisation = cast::PARTNERS[seat % cast::PARTNERS.len()];
            let private = !guest && seat < 14;
            let about = texts::hello(&mut self.random, words(someone.dutch), someone.dutch, someone.place).1;
            let boards = self.boards;
            let sponsor = self.people[0].id;
            let hash = self.hash.clone();
            let id = self
                .app
                .store
                .write_at(&Viewer::system("demo"), Source::Demo, came, |tx| {
                    let mail = if guest {
                        someone.mail.replace(cast::MAIL, "partner.example")
                    } else {
                        someone.mail.clone()
                    };
                    let free = people::free_name(tx, &someone.name)?;
                    let department = people::departments(tx)?
                        .into_iter()
                        .find(|(_, name)| name == cast::DEPARTMENTS[someone.department])
                        .map(|(id, _)| id);
                    let id = people::insert(
                        tx,
                        &NewAccount {
                            kind: if guest {
                                AccountKind::Guest
                            } else {
                                AccountKind::Employee
                            },
                            forum_role: ForumRole::None,
                            name: free,
                            display_name: someone.name.clone(),
                            mail: Some(mail.clone()),
                            password_hash: Some(hash),
                            department: department.filter(|_| !guest),
                            location: someone.place.to_owned(),
                            language: if someone.dutch { "nl" } else { "en" }.to_owned(),
                            time_zone: "Europe/Brussels".to_owned(),
                            sponsor: guest.then_some(sponsor),
                            organisation: if guest { organisation.to_owned() } else { String::new() },
                            ends_at: guest.then(|| came.plus_days(1_500)),
                            import: None,
                        },
                    )?;
                    tx.record(&Event::AccountCreated {
                        account: id,
                        how: "invitation",
                    })?;
                    people::link_staff(tx, &mail, id)?;
                    if !guest {
                        spaces::enter(tx, boards.field, id, SpaceRole::Member, "joined")?;
                    }
                    if guest || seat % 4 == 0 {
                        spaces::enter(tx, boards.partner, id, SpaceRole::Member, "invited")?;
                    }
                    if private {
                        spaces::enter(tx, boards.private, id, SpaceRole::Member, "invited")?;
                    }
                    Ok(id)
                })?;
            let mail = if guest {
                someone.mail.replace(cast::MAIL, "partner.example")
            } else {
                someone.mail.clone()
            };
            if self.random.random_bool(0.4) {
                let department = None;
                as_person(self.app, id, came, |tx| {
                    let mut mine = people::my_profile(tx)?;
                    mine.ask_me = about;
                    mine.department = mine.department.or(department);
                    people::change_profile(tx, &mine)
                })?;
            }
            self.people.push(Person {
                id,
                name: someone.name.clone(),
                mail,
                dutch: someone.dutch,
                guest,
                place: someone.place,
                came,
                zeal,
                private,
            });
        }
        // Two moderators and a community manager beside the admin.
        for (place, role) in [
            (1, SpaceRole::CommunityManager),
            (2, SpaceRole::Moderator),
            (3, SpaceRole::Moderator),
        ] {
            let (admin, who, until) = (self.people[0].id, self.people[place].id, self.until);
            let space = self.boards.field;
            let at = self.people[place].came.plus_days(30).min(until);
            as_person(self.app, admin, at, |tx| {
                let space = spaces::find(tx, space)?.may::<deed::Manage>()?;
                spaces::give_role(tx, space, who, role, Some(until.plus_days(120)))
            })?;
        }
        self.moderator = 2;
        Ok(())
    }

    /// Somebody who was here by then and belongs, the zealous more often.
    fn somebody(&mut self, at: Moment, space: SpaceId, dutch: Option<bool>) -> Option<usize> {
        let boards = self.boards;
        let fits = |place: usize, person: &Person| {
            person.came < at
                && dutch.is_none_or(|dutch| dutch == person.dutch)
                && if space == boards.partner {
                    person.guest || place == 0 || place % 4 == 1
                } else if space == boards.private {
                    person.private
                } else {
                    !person.guest
                }
        };
        let total: f64 = self
            .people
            .iter()
            .enumerate()
            .filter(|(place, person)| fits(*place, person))
            .map(|(_, person)| person.zeal)
            .sum();
        if total <= 0.0 {
            return None;
        }
        let mut point = self.random.random::<f64>() * total;
        for (place, person) in self.people.iter().enumerate() {
            if fits(place, person) {
                point -= person.zeal;
                if point <= 0.0 {
                    return Some(place);
                }
            }
        }
        None
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one topic, each named")]
    fn start(
        &mut self,
        who: usize,
        at: Moment,
        board: BoardId,
        kind: TopicKind,
        title: String,
        body: String,
        tags: Vec<String>,
    ) -> Result<Option<TopicId>> {
        let limits = &self.app.config.limits;
        let outcome = as_person(self.app, self.people[who].id, at, |tx| {
            let board = boards::find(tx, board)?;
            reading::visited_on(tx)?;
            topics::start(
                tx,
                board,
                &topics::New {
                    kind,
                    title,
                    tags,
                    body,
                    key: String::new(),
                    accepts: 1,
                },
                limits,
            )
        });
        match outcome {
            Ok((topic, _)) => {
                self.topics += 1;
                self.posts += 1;
                Ok(Some(topic))
            }
            // Whoever does not belong there does not write there.
            Err(Refusal::NotFound | Refusal::Denied(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn reply(&mut self, who: usize, at: Moment, to: PostId, body: String) -> Result<Option<PostId>> {
        let limits = &self.app.config.limits;
        let outcome = as_person(self.app, self.people[who].id, at, |tx| {
            let post = posts::take(tx, to)?.may::<deed::Reply>()?;
            reading::visited_on(tx)?;
            posts::reply(
                tx,
                post,
                &Sent {
                    body,
                    key: String::new(),
                    accepts: 1,
                },
                limits,
            )
        });
        match outcome {
            Ok(post) => {
                self.posts += 1;
                Ok(Some(post))
            }
            Err(Refusal::NotFound | Refusal::Denied(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The posts of a topic that can be answered.
    fn posts_of(&self, topic: TopicId) -> Result<Vec<(PostId, AccountId)>> {
        self.app
            .store
            .read(&Viewer::system("demo"), |cx| posts::standing(cx, topic))
    }

    /// Two years, one thing after another.
    fn live(&mut self) -> Result<()> {
        let mut later: BinaryHeap<Reverse<(Moment, u64, Later)>> = BinaryHeap::new();
        let mut number = 0_u64;
        let mut day = 1.0_f64;
        while day < 729.0 {
            #[expect(clippy::cast_precision_loss, reason = "two years of days")]
            let grown = day / DAYS as f64;
            // Topics a day: one in three days at first, three or four a day in the end.
            let pace = 0.3 + 3.2 * grown.powf(1.6);
            day += -(1.0 - self.random.random::<f64>()).ln() / pace;
            let hour: f64 = 7.0 + self.random.random::<f64>() * 11.0;
            let at = self.moment(day.floor() + hour / 24.0);
            while later.peek().is_some_and(|Reverse((when, ..))| *when < at) {
                let Some(Reverse((when, _, what))) = later.pop() else {
                    break;
                };
                for (next, what) in self.carry_on(when, what)? {
                    if next < self.until.plus_seconds(-60) {
                        number += 1;
                        later.push(Reverse((next, number, what)));
                    }
                }
            }
            if let Some((next, what)) = self.new_topic(at)? {
                number += 1;
                later.push(Reverse((next, number, what)));
            }
        }
        while let Some(Reverse((when, _, what))) = later.pop() {
            for (next, what) in self.carry_on(when, what)? {
                if next < self.until.plus_seconds(-60) {
                    number += 1;
                    later.push(Reverse((next, number, what)));
                }
            }
        }
        Ok(())
    }

    fn new_topic(&mut self, at: Moment) -> Result<Option<(Moment, Later)>> {
        let (board, space) = match self.random.random_range(0..100) {
            0..=44 => (self.boards.commissioning, self.boards.field),
            45..=54 => (self.boards.cases, self.boards.field),
            55..=67 => (self.boards.tools, self.boards.field),
            68..=74 => (self.boards.hellos, self.boards.field),
            75..=90 => (self.boards.installation, self.boards.partner),
            91..=95 => (self.boards.ideas, self.boards.partner),
            _ => (self.boards.plans, self.boards.private),
        };
        let Some(who) = self.somebody(at, space, None) else {
            return Ok(None);
        };
        let dutch = self.people[who].dutch;
        let place = self.people[who].place;
        let set = words(dutch);
        let (kind, (title, body)) = if board == self.boards.cases {
            (TopicKind::Case, texts::case(&mut self.random, set, dutch))
        } else if board == self.boards.hellos {
            (
                TopicKind::Introduction,
                texts::hello(&mut self.random, set, dutch, place),
            )
        } else if board == self.boards.ideas || board == self.boards.plans || self.random.random_bool(0.25) {
            (TopicKind::Discussion, texts::discussion(&mut self.random, set, dutch))
        } else {
            (TopicKind::Question, texts::question(&mut self.random, set))
        };
        let tags = if self.random.random_bool(0.6) {
            vec![set.tags[self.random.random_range(0..set.tags.len())].to_owned()]
        } else {
            Vec::new()
        };
        let Some(topic) = self.start(who, at, board, kind, title, body, tags)? else {
            return Ok(None);
        };
        // One in ten waits for an answer that does not come.
        if self.random.random_bool(0.1) {
            return Ok(None);
        }
        let left = 1.0 + (-(1.0 - self.random.random::<f64>()).ln() * 4.0).min(40.0).floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most forty-one"
        )]
        let left = left as u32;
        let next = self.after(at, 3.0);
        Ok(Some((
            next,
            Later::Reply {
                topic,
                left,
                question: kind == TopicKind::Question,
                dutch,
                asker: who,
                space,
            },
        )))
    }

    /// A moment some hours later, most often soon.
    fn after(&mut self, at: Moment, hours: f64) -> Moment {
        let wait = -(1.0 - self.random.random::<f64>()).ln() * hours * 3600.0;
        #[expect(clippy::cast_possible_truncation, reason = "hours in seconds")]
        at.plus_seconds((wait as i64).max(120))
    }

    fn carry_on(&mut self, at: Moment, what: Later) -> Result<Vec<(Moment, Later)>> {
        match what {
            Later::Thanks {
                topic,
                to,
                asker,
                dutch,
            } => {
                let body = texts::thanks(&mut self.random, words(dutch));
                self.reply(asker, at, to, body)?;
                let asker = self.people[asker].id;
                let outcome = as_person(self.app, asker, at, |tx| {
                    let post = posts::take(tx, to)?;
                    posts::thank(tx, post.clone().may::<deed::Thank>()?)?;
                    topics::mark(tx, post.may::<deed::MarkAnswer>()?)
                });
                match outcome {
                    Ok(()) | Err(Refusal::NotFound | Refusal::Denied(_)) => {}
                    Err(other) => return Err(other),
                }
                let _ = topic;
                Ok(Vec::new())
            }
            Later::Reply {
                topic,
                left,
                question,
                dutch,
                asker,
                space,
            } => {
                let Some(who) = self.somebody(at, space, self.people[asker].dutch.then_some(true)) else {
                    return Ok(Vec::new());
                };
                let all = self.posts_of(topic)?;
                let Some(last) = all.last().copied() else {
                    return Ok(Vec::new());
                };
                let to = match self.random.random_range(0..10) {
                    0..=4 => last,
                    5..=7 => all[0],
                    _ => all[self.random.random_range(0..all.len())],
                };
                if to.1 == self.people[who].id && all.len() > 1 {
                    return Ok(vec![(
                        self.after(at, 2.0),
                        Later::Reply {
                            topic,
                            left,
                            question,
                            dutch,
                            asker,
                            space,
                        },
                    )]);
                }
                let mut body = texts::reply(&mut self.random, words(dutch), question);
                if self.random.random_bool(0.06)
                    && let Some(other) = self.somebody(at, space, None)
                {
                    let handle = crate::text::name::suggest(&self.people[other].name);
                    body.push_str(&format!("\n\n@{handle}, "));
                    body.push_str(if dutch {
                        "jij had dit toch ook?"
                    } else {
                        "you had this too, did you not?"
                    });
                }
                let mut next = Vec::new();
                if let Some(post) = self.reply(who, at, to.0, body)? {
                    self.thank_some(at, post, space)?;
                    if question && left <= 1 && self.random.random_bool(0.7) {
                        let when = self.after(at, 5.0);
                        next.push((
                            when,
                            Later::Thanks {
                                topic,
                                to: post,
                                asker,
                                dutch,
                            },
                        ));
                    }
                    if self.random.random_bool(0.012) {
                        self.take_back(at.plus_seconds(300), post, who)?;
                    } else if self.random.random_bool(0.03) {
                        self.correct(at.plus_seconds(600), post, who)?;
                    }
                }
                if left > 1 {
                    let when = self.after(at, 9.0);
                    next.push((
                        when,
                        Later::Reply {
                            topic,
                            left: left - 1,
                            question,
                            dutch,
                            asker,
                            space,
                        },
                    ));
                }
                Ok(next)
            }
        }
    }

    fn thank_some(&mut self, at: Moment, post: PostId, space: SpaceId) -> Result<()> {
        for _ in 0..self.random.random_range(0..3) {
            let Some(who) = self.somebody(at, space, None) else {
                continue;
            };
            let outcome = as_person(
                self.app,
                self.people[who].id,
                at.plus_seconds(900).min(self.until),
                |tx| {
                    let post = posts::take(tx, post)?.may::<deed::Thank>()?;
                    posts::thank(tx, post)
                },
            );
            match outcome {
                Ok(()) | Err(Refusal::NotFound | Refusal::Denied(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    fn take_back(&mut self, at: Moment, post: PostId, who: usize) -> Result<()> {
        as_person(self.app, self.people[who].id, at, |tx| {
            let post = posts::take(tx, post)?.may::<deed::RemovePost>()?;
            posts::remove(tx, post, "")
        })
    }

    fn correct(&mut self, at: Moment, post: PostId, who: usize) -> Result<()> {
        let limits = &self.app.config.limits;
        as_person(self.app, self.people[who].id, at, |tx| {
            let post = posts::take(tx, post)?;
            let (body, version) = (format!("{} (38 Hz, not 36)", post.post.body), post.post.version);
            posts::edit(tx, post.may::<deed::EditPost>()?, &body, version, limits)
        })
    }

    /// Sixty replies in two days, some of them removed by a moderator, and closed in the end.
    fn heated(&mut self) -> Result<()> {
        let begin = self.until.plus_days(-9);
        let Some(topic) = self.start(
            1,
            begin,
            self.boards.commissioning,
            TopicKind::Discussion,
            "Who pays for the night shift's standstill?".to_owned(),
            "The last standstill cost us two days. The handover was late, the part was wrong, and nobody had the drawing. How do we keep this from happening again?".to_owned(),
            vec!["handover".to_owned()],
        )?
        else {
            return Ok(());
        };
        let mut at = begin;
        for turn in 0..58 {
            at = self.after(at, 0.7);
            let Some(who) = self.somebody(at, self.boards.field, None) else {
                continue;
            };
            let all = self.posts_of(topic)?;
            let Some(last) = all.last().copied() else { continue };
            let to = if self.random.random_bool(0.75) {
                last
            } else {
                all[self.random.random_range(0..all.len())]
            };
            let body = texts::heated(&mut self.random, &EN);
            if let Some(post) = self.reply(who, at, to.0, body)?
                && turn % 9 == 8
            {
                let moderator = self.people[self.moderator].id;
                let outcome = as_person(self.app, moderator, at.plus_seconds(240), |tx| {
                    let post = posts::take(tx, post)?.may::<deed::RemovePost>()?;
                    posts::remove(tx, post, "This was about a colleague, not about the matter.")
                });
                match outcome {
                    Ok(()) | Err(Refusal::NotFound | Refusal::Denied(_)) => {}
                    Err(other) => return Err(other),
                }
            }
        }
        let moderator = self.people[self.moderator].id;
        as_person(self.app, moderator, at.plus_seconds(3600), |tx| {
            let topic = topics::take(tx, topic)?.may::<deed::Close>()?;
            topics::close(
                tx,
                topic,
                "Let us go on with figures: the handover gets a topic of its own on Monday.",
            )
        })
    }

    /// The last to come have said hello, and nobody has answered yet.
    fn newcomers(&mut self) -> Result<()> {
        let newest: Vec<usize> = (0..self.people.len())
            .rev()
            .filter(|place| !self.people[*place].guest)
            .take(4)
            .collect();
        for (place, who) in newest.into_iter().enumerate() {
            let hours = i64::try_from(place).unwrap_or(0) * 17 + 5;
            let at = self
                .until
                .plus_seconds(-hours * 3600)
                .max(self.people[who].came.plus_seconds(600));
            let (dutch, city) = (self.people[who].dutch, self.people[who].place);
            if place % 2 == 0 {
                let (title, body) = texts::hello(&mut self.random, words(dutch), dutch, city);
                self.start(
                    who,
                    at,
                    self.boards.hellos,
                    TopicKind::Introduction,
                    title,
                    body,
                    Vec::new(),
                )?;
            } else {
                let (title, body) = texts::question(&mut self.random, words(dutch));
                self.start(
                    who,
                    at,
                    self.boards.commissioning,
                    TopicKind::Question,
                    title,
                    body,
                    Vec::new(),
                )?;
            }
        }
        Ok(())
    }

    /// The queues are not empty on the last day.
    fn waiting(&self) -> Result<()> {
        let ids = |guest: bool| {
            self.people
                .iter()
                .filter(|person| person.guest == guest)
                .map(|person| person.id)
                .collect::<Vec<_>>()
        };
        waiting::fill(
            self.app,
            &waiting::Stage {
                until: self.until,
                moderator: self.people[self.moderator].id,
                members: ids(false).split_off(20),
                guests: ids(true),
                field: self.boards.field,
                installation: self.boards.installation,
            },
        )
    }

    /// Everybody has last looked some days ago, so that something is new for them. Before that most came to read
    /// now and then, and some on most working days.
    fn last_visits(&mut self) -> Result<()> {
        for place in 0..self.people.len() {
            let person = &self.people[place];
            let (who, came) = (person.id, person.came.day() + 1);
            let space = if person.guest {
                self.boards.partner
            } else {
                self.boards.field
            };
            let today = self.until.day();
            let often = self.random.random::<f64>().powi(4);
            let days: Vec<i64> = (came.max(today - 90)..today - 6)
                .filter(|day| (day + 3) % 7 < 5 && self.random.random_bool(often))
                .collect();
            as_person(self.app, who, self.until, |tx| reading::read_on(tx, space, &days))?;
            let days: f64 = self.random.random::<f64>() * 6.0 + 0.5;
            #[expect(clippy::cast_possible_truncation, reason = "a few days")]
            let at = self
                .until
                .plus_seconds((-days * 86_400.0) as i64)
                .max(self.people[place].came);
            as_person(self.app, self.people[place].id, at, |tx| reading::mark_all(tx, None))?;
        }
        Ok(())
    }

    fn plan(&self) -> Result<()> {
        plan::fill(
            self.app,
            &plan::Stage {
                begin: self.begin,
                until: self.until,
                manager: self.people[1].id,
                sponsor: self.people[0].id,
                writers: self.people[1..3].iter().map(|person| person.id).collect(),
                space: self.boards.field,
            },
        )
    }

    fn logins(&self) -> Vec<(String, &'static str)> {
        let mut logins = vec![
            (self.people[0].mail.clone(), "admin"),
            (self.people[1].mail.clone(), "community manager of Field engineers"),
            (self.people[2].mail.clone(), "moderator of Field engineers"),
        ];
        if let Some(member) = self
            .people
            .iter()
            .skip(4)
            .find(|person| !person.guest && person.dutch && !person.private)
        {
            logins.push((member.mail.clone(), "member, in Dutch"));
        }
        if let Some(member) = self.people.iter().skip(4).find(|person| !person.guest && !person.dutch) {
            logins.push((member.mail.clone(), "member, in English"));
        }
        if let Some(guest) = self.people.iter().find(|person| person.guest) {
            logins.push((guest.mail.clone(), "guest in Partner network"));
        }
        logins
    }
}
