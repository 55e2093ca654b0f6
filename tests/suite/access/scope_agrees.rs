//! The rule for lists and the rule for single things give one answer: what a list shows can be opened,
//! and what can be opened is in the list. Over random worlds.

use aquarium::access::{Viewer, deed, on_forum};
use aquarium::event::Source;
use aquarium::forum::topics::{self, New, list};
use aquarium::forum::{boards, spaces};
use aquarium::ids::TopicId;
use aquarium::kinds::{Joining, SpaceRole, TopicKind, Visibility, WhoStarts};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![("scope::lists_and_single_looks_agree", agree)]
}

/// A move in a random world: somebody joins or leaves a space, or a space changes who reads it.
#[derive(Debug, Clone)]
enum Turn {
    Enter(usize, usize),
    Leave(usize, usize),
    Open(usize, usize),
}

fn agree(town: &Town) {
    let people = ["oda", "pia", "gus", "gil", "exa", "nia"];
    let mut rooms = Vec::new();
    let mut all: Vec<TopicId> = Vec::new();
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
            let board = boards::find(tx, board)?;
            topics::start(
                tx,
                board,
                &New {
                    kind: TopicKind::Discussion,
                    title: format!("Topic {number}"),
                    tags: vec![],
                    body: "x".to_owned(),
                    key: String::new(),
                },
                &town.app.config.limits,
            )
        });
        rooms.push(space);
        all.push(topic.0);
    }
    let turns = proptest::collection::vec(
        proptest::prop_oneof![
            (0..people.len(), 0..rooms.len()).prop_map(|(who, room)| Turn::Enter(who, room)),
            (0..people.len(), 0..rooms.len()).prop_map(|(who, room)| Turn::Leave(who, room)),
            (0..rooms.len(), 0..4_usize).prop_map(|(room, kind)| Turn::Open(room, kind)),
        ],
        24,
    );
    let mut runner = TestRunner::new(Config {
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        ..Config::default()
    });
    let turns = turns.new_tree(&mut runner).expect("a strategy").current();
    let mut checks = 0;
    for turn in turns {
        match turn {
            Turn::Enter(who, room) => {
                let (space, account) = (rooms[room], town.people[people[who]]);
                town.app
                    .store
                    .write(&Viewer::system("story"), Source::System, |tx| {
                        spaces::take_in(tx, space, account, SpaceRole::Member)
                    })
                    .expect("a membership");
            }
            Turn::Leave(who, room) => {
                let (space, account) = (rooms[room], town.people[people[who]]);
                town.as_person("ada", |tx| {
                    let space = spaces::find(tx, space)?.may::<deed::Manage>()?;
                    spaces::remove_member(tx, space, account)
                });
            }
            Turn::Open(room, kind) => {
                let space = rooms[room];
                // Refused while guests are inside; that is an answer too.
                let _ = town.try_as("ada", |tx| {
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
                        },
                    )
                });
            }
        }
        for who in people {
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
            assert_eq!(sorted, single, "{who}");
            checks += 1;
        }
    }
    assert!(checks > 100, "{checks} checks");
}
