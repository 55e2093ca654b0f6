//! The rule for lists and the rule for single things give one answer, and it is the answer of a model of
//! a few lines: what a list shows can be opened, what can be opened is in the list, and both are what the
//! visibility of the space says. Over random worlds in which people come and go, are kept out and let in,
//! and topics move and are removed.

use aquarium::access::{Viewer, deed, on_forum};
use aquarium::event::Source;
use aquarium::forum::topics::{self, New, list};
use aquarium::forum::{boards, people, posts, spaces};
use aquarium::ids::TopicId;
use aquarium::kinds::{Joining, SpaceRole, TopicKind, Visibility, WhoStarts};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![("scope::lists_and_single_looks_agree", agree)]
}

/// A turn in a random world.
#[derive(Debug, Clone)]
enum Turn {
    /// Somebody becomes a member of a room.
    Enter(usize, usize),
    Leave(usize, usize),
    /// A room changes who reads it.
    Open(usize, usize),
    /// A topic moves to a room.
    Carry(usize, usize),
    /// A topic's first post is removed, or put back.
    Prune(usize),
    /// Somebody's account ends, or begins again.
    Account(usize),
}

/// The world as it should be read.
struct Model {
    guests: [bool; 6],
    members: std::collections::BTreeSet<(usize, usize)>,
    visibility: Vec<Visibility>,
    /// The room that each topic is in.
    places: Vec<usize>,
    removed: Vec<bool>,
    away: [bool; 6],
}

impl Model {
    fn reads(&self, who: usize, room: usize) -> bool {
        let (member, employee) = (self.members.contains(&(who, room)), !self.guests[who]);
        match self.visibility[room] {
            Visibility::Public => true,
            Visibility::Internal => employee,
            Visibility::Private => employee && member,
            Visibility::Hybrid => member,
        }
    }
}

fn agree(town: &Town) {
    let cast = ["oda", "pia", "gus", "gil", "exa", "nia"];
    let mut rooms = Vec::new();
    let mut all: Vec<TopicId> = Vec::new();
    let mut firsts = Vec::new();
    let mut rooms_boards = Vec::new();
    for number in 0..5 {
        let visibility = Visibility::ALL[number % 4];
        let space = town.as_person("ada", |tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            spaces::create(
                tx,
                may,
                &spaces::New {
                    name: format!("World {number}"),
                    visibility,
                    joining: Joining::Invitation,
                    concept_for: "us".to_owned(),
                    concept_about: "this".to_owned(),
                    concept_gain: "that".to_owned(),
                },
            )
        });
        let topic = town.as_person("ada", |tx| {
            let place = spaces::find(tx, space)?.may::<deed::Manage>()?;
            let board = boards::create(
                tx,
                &place,
                &boards::Change {
                    name: "Board".to_owned(),
                    description: String::new(),
                    kinds: TopicKind::ALL.to_vec(),
                    who_starts: WhoStarts::Members,
                    position: 1,
                    templates: vec![],
                },
            )?;
            let board_id = board;
            let board = boards::find(tx, board)?;
            let made = topics::start(
                tx,
                board,
                &New {
                    kind: TopicKind::Discussion,
                    title: format!("Topic {number}"),
                    tags: vec![],
                    body: "x".to_owned(),
                    key: String::new(),
                    accepts: 0,
                },
                &town.app.config.limits,
            )?;
            Ok((made.0, made.1, board_id))
        });
        rooms.push(space);
        all.push(topic.0);
        firsts.push(topic.1);
        rooms_boards.push(topic.2);
    }
    let turns = proptest::collection::vec(
        proptest::prop_oneof![
            (0..cast.len(), 0..rooms.len()).prop_map(|(who, room)| Turn::Enter(who, room)),
            (0..cast.len(), 0..rooms.len()).prop_map(|(who, room)| Turn::Leave(who, room)),
            (0..rooms.len(), 0..4_usize).prop_map(|(room, kind)| Turn::Open(room, kind)),
            (0..all.len(), 0..rooms.len()).prop_map(|(topic, room)| Turn::Carry(topic, room)),
            (0..all.len()).prop_map(Turn::Prune),
            (0..cast.len()).prop_map(Turn::Account),
        ],
        120,
    );
    let mut runner = TestRunner::new(Config {
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        ..Config::default()
    });
    let turns = turns.new_tree(&mut runner).expect("a strategy").current();
    let mut checks = 0;
    let mut model = Model {
        guests: cast.map(|who| matches!(who, "gus" | "gil")),
        members: std::collections::BTreeSet::new(),
        visibility: (0..5).map(|number| Visibility::ALL[number % 4]).collect(),
        places: (0..5).collect(),
        removed: vec![false; 5],
        away: [false; 6],
    };
    for turn in turns {
        match turn {
            Turn::Enter(who, room) => {
                let (space, account) = (rooms[room], town.people[cast[who]]);
                town.app
                    .store
                    .write(&Viewer::system("story"), Source::System, |tx| {
                        spaces::take_in(tx, space, account, SpaceRole::Member)
                    })
                    .expect("a membership");
                model.members.insert((who, room));
            }
            Turn::Leave(who, room) => {
                let (space, account) = (rooms[room], town.people[cast[who]]);
                town.as_person("ada", |tx| {
                    let space = spaces::find(tx, space)?.may::<deed::Manage>()?;
                    spaces::remove_member(tx, space, account)
                });
                model.members.remove(&(who, room));
            }
            Turn::Open(room, kind) => {
                let space = rooms[room];
                // Refused while guests are inside; that is an answer too.
                let opened = town.try_as("ada", |tx| {
                    let found = spaces::find(tx, space)?;
                    let row = found.clone().into_inner();
                    spaces::change(
                        tx,
                        found.may::<deed::Manage>()?,
                        &spaces::Change {
                            name: row.name,
                            visibility: Visibility::ALL[kind],
                            joining: Joining::Invitation,
                            concept_for: "us".to_owned(),
                            concept_about: "this".to_owned(),
                            concept_gain: "that".to_owned(),
                            guidelines: String::new(),
                            names_actors: false,
                            review_hours: 24,
                            reminders: vec![],
                            admits_visitors: false,
                        },
                    )
                });
                if opened.is_ok() {
                    model.visibility[room] = Visibility::ALL[kind];
                }
            }
            Turn::Carry(topic, room) => {
                let (id, board) = (all[topic], rooms_boards[room]);
                town.as_person("ada", |tx| {
                    let target = boards::find(tx, board)?;
                    let topic = topics::take(tx, id)?.may::<deed::Move>()?;
                    topics::move_to(tx, topic, &target)
                });
                model.places[topic] = room;
            }
            Turn::Prune(topic) => {
                let first = firsts[topic];
                let back = model.removed[topic];
                town.as_person("ada", |tx| {
                    let post = posts::take(tx, first)?;
                    if back {
                        posts::restore(tx, post.may::<deed::RestorePost>()?)
                    } else {
                        posts::remove(tx, post.may::<deed::RemovePost>()?, "Out of season")
                    }
                });
                model.removed[topic] = !back;
            }
            Turn::Account(who) => {
                let account = town.people[cast[who]];
                let back = model.away[who];
                town.as_person("ada", |tx| {
                    let may = on_forum::<deed::Administer>(tx.viewer())?;
                    if back {
                        people::reactivate(tx, may, account)
                    } else {
                        people::deactivate(tx, may, account)
                    }
                });
                model.away[who] = !back;
            }
        }
        for (place, who) in cast.iter().enumerate() {
            if model.away[place] {
                assert!(
                    people::viewer_of(&town.app.store, town.people[who]).is_err(),
                    "{who} is away and comes in"
                );
                continue;
            }
            let viewer = town.viewer(who);
            let (listed, single) = town
                .app
                .store
                .read(&viewer, |cx| {
                    let page = list::page(cx, &list::Filter::default(), list::Sort::Newest, 1)?;
                    let listed: Vec<TopicId> = page
                        .lines
                        .iter()
                        .map(|line| line.topic.id)
                        .filter(|id| all.contains(id))
                        .collect();
                    let mut single = Vec::new();
                    for id in &all {
                        if topics::find(cx, *id).is_ok() {
                            single.push(*id);
                        }
                    }
                    Ok((listed, single))
                })
                .expect("the database answers");
            let mut sorted = listed.clone();
            sorted.sort();
            let may: Vec<usize> = (0..all.len())
                .filter(|topic| model.reads(place, model.places[*topic]))
                .collect();
            let found: Vec<TopicId> = may.iter().map(|topic| all[*topic]).collect();
            assert_eq!(single, found, "{who} opens what the model lets them read");
            let shown: Vec<TopicId> = may
                .iter()
                .filter(|topic| !model.removed[**topic])
                .map(|topic| all[*topic])
                .collect();
            assert_eq!(sorted, shown, "{who} is shown what the model lets them read");
            checks += 1;
        }
    }
    assert!(checks > 400, "{checks} checks");
    crate::running_support::sound(town);
}
