//! Champions of a space, as its managers see them: those who let it be seen, five components in words, no rank.

use serde::Serialize;

use crate::access::deed;
use crate::event::PrivateThing;
use crate::forum::champions::{self, Champion};
use crate::forum::spaces;
use crate::i18n::When;
use crate::ids::SpaceId;
use crate::url;
use crate::web::ask::{Answer, Ask};

#[derive(Serialize)]
struct View {
    name: String,
    url: String,
    until: When,
    band: String,
    unsure: bool,
    said: Vec<(String, String, String)>,
    wrote: Vec<(String, String)>,
}

fn view(ask: &Ask, one: Champion) -> View {
    View {
        url: url::person(one.account, &one.called),
        name: one.called,
        until: ask.date(one.until),
        band: ask.t(&format!("champion-band-{}", one.profile.band.word())),
        unsure: !one.profile.stable,
        said: one
            .profile
            .said
            .iter()
            .map(|(component, said)| {
                (
                    ask.t(&format!("champion-{}", component.word())),
                    ask.t(&format!("champion-said-{}", said.word())),
                    ask.t(&format!("champion-{}-means", component.word())),
                )
            })
            .collect(),
        wrote: one
            .wrote
            .into_iter()
            .map(|wrote| (url::post(wrote.post), wrote.title))
            .collect(),
    }
}

pub fn show(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let space = ask.read(|cx| spaces::find(cx, id))?;
    // To whoever sees the health of a space and does not manage it, there is no such page.
    if space.clone().may::<deed::Manage>().is_err() {
        return Err(crate::refusal::Refusal::NotFound);
    }
    let found = ask.read(|cx| champions::of_space(cx, &space))?;
    if !found.is_empty() {
        ask.reads_private(PrivateThing::Champions, 0, Some(id), None)?;
    }
    let all: Vec<View> = found.into_iter().map(|one| view(ask, one)).collect();
    ask.page(
        "figures/champions.html",
        &ask.t("champions-title"),
        &serde_json::json!({
            "id": id.0,
            "space": space.name,
            "space_url": url::space(id, &space.name),
            "all": all,
        }),
    )
}
