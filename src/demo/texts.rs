//! What they write: sentences of ours with gaps, put together so that no two threads are alike.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

pub(super) struct Words {
    things: &'static [&'static str],
    troubles: &'static [&'static str],
    whens: &'static [&'static str],
    asks: &'static [&'static str],
    details: &'static [&'static str],
    fixes: &'static [&'static str],
    doubts: &'static [&'static str],
    thanks: &'static [&'static str],
    views: &'static [&'static str],
    ideas: &'static [&'static str],
    hellos: &'static [&'static str],
    heated: &'static [&'static str],
    pub(super) tags: &'static [&'static str],
}

pub(super) const EN: Words = Words {
    things: &[
        "the P-40 pump set",
        "the V-12 valve",
        "the loop tester",
        "the new drive",
        "the flow meter",
        "the heat exchanger",
        "the site app",
        "the torque table",
        "the dosing skid",
        "the level sensor",
        "the spare panel",
        "the cooling loop",
    ],
    troubles: &[
        "trips within a second of a restart",
        "drifts by two percent overnight",
        "loses its settings after an update",
        "leaks at the lower flange",
        "shows an empty screen",
        "runs warm at half load",
        "reports a fault that is not there",
        "takes far longer than the manual says",
        "hums at 38 Hz",
        "does not answer on the bus",
    ],
    whens: &[
        "since firmware 4.2",
        "after the swap last week",
        "on two of our sites",
        "only when it is cold",
        "at the end of a long run",
        "with the partner's wiring",
        "since the weekend",
        "on every third start",
    ],
    asks: &[
        "Has anybody seen this, or do we roll back?",
        "What would you look at first?",
        "Is there a setting that I am missing?",
        "Who has the drawing of the old one?",
        "Would you replace it or repair it?",
        "Does the newer part fit without the adapter?",
    ],
    details: &[
        "The log shows the ramp skipping its first step:\n\n```\nramp: target=38.0 step=0.0 t=12ms\ntrip: I> 41.2A (limit 40.0)\n```",
        "We have swapped the cable and the card, with no difference.",
        "A cold start is fine; only a warm one fails.",
        "The customer is patient, but the line stands still on Friday.",
        "Pressure before the valve is **6.1 bar**, behind it 5.8.",
        "I measured it three times, at different hours.",
        "| load | temperature |\n| --- | --- |\n| 50 % | 61 °C |\n| 75 % | 74 °C |",
    ],
    fixes: &[
        "Set `RAMP_MIN` to 2 s by hand and it holds.",
        "Yes. It keeps the last value in memory, and a warm restart reads it as zero. Clear it first.",
        "Check the shield of the cable: it must be earthed on one side only.",
        "Use the long gasket, not the one in the kit; the kit has the old part.",
        "Turn it off for five minutes, then start it without load. Then it learns its zero again.",
        "The update needs the licence file in the root folder, not beside the program.",
        "We had the same. The filter in front of it was half closed.",
        "Ask the design office for revision C; the hole is two millimetres wider.",
    ],
    doubts: &[
        "Are you sure that it is the drive and not the motor?",
        "Which serial number does it have?",
        "I have seen something like it once, but with another firmware.",
        "Did it work before the swap?",
        "What does the partner say?",
        "Could you post the whole log?",
    ],
    thanks: &[
        "That was it, on both sets. Thank you.",
        "It works. I will tell the desk.",
        "Thank you, that saved me a drive to the site.",
        "Tried it this morning: solved.",
    ],
    views: &[
        "I would rather see this in the manual than in a thread.",
        "We do it the other way round, and it costs us an hour less.",
        "Agreed. The checklist was made for the old series.",
        "It depends on the site: with a long line I would not.",
        "Let us collect three examples before we change it.",
        "That is how the night shift does it, and they have the fewest faults.",
    ],
    ideas: &[
        "a checklist for the first start",
        "who answers calls after six",
        "a shared drawer of spare parts",
        "offline mode for the site app",
        "photographs in the handover",
        "one name for each part",
    ],
    hellos: &[
        "I commission pumps in the north and have been here for two months. Ask me about vibration.",
        "New on the service desk. I know the old ticket system by heart, and nothing else yet.",
        "I draw housings. Ask me why the hole is where it is.",
        "I came from production. I like questions that begin with \"why do we\".",
    ],
    heated: &[
        "No. We have said this three times and nobody listens.",
        "That is easy to say from an office.",
        "Please stay with the matter: what did the last site cost us?",
        "I have the figures here, and they do not say that.",
        "With respect, you were not there that night.",
        "Can we agree at least that the handover was late?",
        "Nobody is blaming the night shift.",
    ],
    tags: &[
        "pumps",
        "firmware",
        "valves",
        "safety",
        "tools",
        "handover",
        "spare parts",
    ],
};

pub(super) const NL: Words = Words {
    things: &[
        "de P-40-pompset",
        "de V-12-klep",
        "de lustester",
        "de nieuwe aandrijving",
        "de debietmeter",
        "de warmtewisselaar",
        "de locatie-app",
        "de momententabel",
        "het doseerframe",
        "de niveausensor",
        "het reservepaneel",
        "de koelkring",
    ],
    troubles: &[
        "valt uit binnen een seconde na een herstart",
        "loopt 's nachts twee procent weg",
        "verliest zijn instellingen na een update",
        "lekt bij de onderste flens",
        "toont een leeg scherm",
        "wordt warm bij halve last",
        "meldt een storing die er niet is",
        "duurt veel langer dan de handleiding zegt",
        "bromt bij 38 Hz",
        "antwoordt niet op de bus",
    ],
    whens: &[
        "sinds firmware 4.2",
        "na de wissel van vorige week",
        "op twee van onze locaties",
        "alleen als het koud is",
        "aan het eind van een lange dag",
        "met de bedrading van de partner",
        "sinds het weekend",
        "bij elke derde start",
    ],
    asks: &[
        "Heeft iemand dit gezien, of gaan we terug?",
        "Waar zou jij het eerst naar kijken?",
        "Is er een instelling die ik mis?",
        "Wie heeft de tekening van de oude?",
        "Zou je hem vervangen of repareren?",
        "Past het nieuwe onderdeel zonder verloopstuk?",
    ],
    details: &[
        "In het logboek slaat de helling de eerste stap over:\n\n```\nramp: target=38.0 step=0.0 t=12ms\ntrip: I> 41.2A (limit 40.0)\n```",
        "We hebben de kabel en de kaart gewisseld, zonder verschil.",
        "Een koude start gaat goed; alleen een warme mislukt.",
        "De klant is geduldig, maar vrijdag staat de lijn stil.",
        "De druk voor de klep is **6,1 bar**, erachter 5,8.",
        "Ik heb het drie keer gemeten, op verschillende uren.",
        "| last | temperatuur |\n| --- | --- |\n| 50 % | 61 °C |\n| 75 % | 74 °C |",
    ],
    fixes: &[
        "Zet `RAMP_MIN` met de hand op 2 s, dan houdt hij het.",
        "Ja. Hij onthoudt de laatste waarde, en een warme herstart leest die als nul. Wis haar eerst.",
        "Kijk naar de afscherming van de kabel: die mag maar aan één kant aan aarde.",
        "Neem de lange pakking, niet die uit de set; in de set zit het oude onderdeel.",
        "Zet hem vijf minuten uit en start dan zonder last. Dan leert hij zijn nulpunt weer.",
        "De update wil het licentiebestand in de hoofdmap, niet naast het programma.",
        "Wij hadden hetzelfde. Het filter ervoor zat half dicht.",
        "Vraag de tekenkamer om revisie C; het gat is twee millimeter wijder.",
    ],
    doubts: &[
        "Weet je zeker dat het de aandrijving is en niet de motor?",
        "Welk serienummer heeft hij?",
        "Zoiets heb ik één keer gezien, maar met andere firmware.",
        "Werkte het voor de wissel?",
        "Wat zegt de partner?",
        "Kun je het hele logboek plaatsen?",
    ],
    thanks: &[
        "Dat was het, bij beide sets. Dank je.",
        "Het werkt. Ik vertel het aan de helpdesk.",
        "Dank je, dat scheelt me een rit naar de locatie.",
        "Vanochtend geprobeerd: opgelost.",
    ],
    views: &[
        "Dit zie ik liever in de handleiding dan in een gesprek.",
        "Wij doen het andersom, en dat scheelt een uur.",
        "Eens. De controlelijst is voor de oude serie gemaakt.",
        "Het hangt van de locatie af: met een lange leiding zou ik het niet doen.",
        "Laten we drie voorbeelden verzamelen voor we het veranderen.",
        "Zo doet de nachtploeg het, en die heeft de minste storingen.",
    ],
    ideas: &[
        "een controlelijst voor de eerste start",
        "wie na zessen de telefoon opneemt",
        "een gedeelde la met reserveonderdelen",
        "de locatie-app zonder internet",
        "foto's bij de overdracht",
        "één naam voor elk onderdeel",
    ],
    hellos: &[
        "Ik stel pompen in bedrijf in het noorden en ben hier twee maanden. Vraag me over trillingen.",
        "Nieuw op de helpdesk. Ik ken het oude ticketsysteem uit mijn hoofd, en verder nog niets.",
        "Ik teken behuizingen. Vraag me waarom het gat zit waar het zit.",
        "Ik kom uit de productie. Ik hou van vragen die beginnen met \"waarom doen we\".",
    ],
    heated: &[
        "Nee. We hebben dit drie keer gezegd en niemand luistert.",
        "Dat is makkelijk praten vanaf kantoor.",
        "Blijf alsjeblieft bij de zaak: wat kostte de vorige locatie ons?",
        "Ik heb de cijfers hier, en die zeggen dat niet.",
        "Met respect, jij was er die nacht niet bij.",
        "Zijn we het er dan over eens dat de overdracht laat was?",
        "Niemand geeft de nachtploeg de schuld.",
    ],
    tags: &[
        "pompen",
        "firmware",
        "kleppen",
        "veiligheid",
        "gereedschap",
        "overdracht",
        "onderdelen",
    ],
};

fn one<'a>(random: &mut ChaCha8Rng, from: &'a [&'a str]) -> &'a str {
    from[random.random_range(0..from.len())]
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn question(random: &mut ChaCha8Rng, words: &Words) -> (String, String) {
    let thing = one(random, words.things);
    let trouble = one(random, words.troubles);
    let when = one(random, words.whens);
    let title = capital(&format!("{thing} {trouble}"));
    let mut body = format!("{} {trouble} {when}.", capital(thing));
    for _ in 0..random.random_range(1..3) {
        body.push_str("\n\n");
        body.push_str(one(random, words.details));
    }
    body.push_str("\n\n");
    body.push_str(one(random, words.asks));
    (title, body)
}

pub(super) fn discussion(random: &mut ChaCha8Rng, words: &Words, dutch: bool) -> (String, String) {
    let idea = one(random, words.ideas);
    let title = if dutch {
        format!("Wat vinden we van {idea}?")
    } else {
        format!("What do we think of {idea}?")
    };
    let body = format!("{}\n\n{}", one(random, words.views), one(random, words.asks));
    (title, body)
}

pub(super) fn case(random: &mut ChaCha8Rng, words: &Words, dutch: bool) -> (String, String) {
    let (thing, trouble, when) = (
        one(random, words.things),
        one(random, words.troubles),
        one(random, words.whens),
    );
    let (fix, view) = (one(random, words.fixes), one(random, words.views));
    if dutch {
        (
            format!("Casus: {thing} die {trouble}"),
            format!(
                "## Situatie\n\n{} {trouble} {when}.\n\n## Aanpak\n\n{fix}\n\n## Resultaat\n\nTwee dagen stilstand minder.\n\n## Les\n\n{view}",
                capital(thing)
            ),
        )
    } else {
        (
            format!("Case: {thing} that {trouble}"),
            format!(
                "## Situation\n\n{} {trouble} {when}.\n\n## Approach\n\n{fix}\n\n## Result\n\nTwo days less at a standstill.\n\n## Lesson\n\n{view}",
                capital(thing)
            ),
        )
    }
}

pub(super) fn hello(random: &mut ChaCha8Rng, words: &Words, dutch: bool, place: &str) -> (String, String) {
    let title = if dutch {
        format!("Hallo uit {place}")
    } else {
        format!("Hello from {place}")
    };
    (title, one(random, words.hellos).to_owned())
}

pub(super) fn reply(random: &mut ChaCha8Rng, words: &Words, question: bool) -> String {
    let first = match random.random_range(0..10) {
        0..=4 if question => one(random, words.fixes),
        5..=7 if question => one(random, words.doubts),
        _ => one(random, words.views),
    };
    if random.random_bool(0.35) {
        format!("{first}\n\n{}", one(random, words.details))
    } else {
        first.to_owned()
    }
}

pub(super) fn thanks(random: &mut ChaCha8Rng, words: &Words) -> String {
    one(random, words.thanks).to_owned()
}

pub(super) fn heated(random: &mut ChaCha8Rng, words: &Words) -> String {
    let first = one(random, words.heated);
    if random.random_bool(0.4) {
        format!("{first} {}", one(random, words.views))
    } else {
        first.to_owned()
    }
}
