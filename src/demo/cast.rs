//! Who works at Heron & Vale, an imaginary maker of pumps: names from lists, never a real person's.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

pub(super) const COMPANY: &str = "Heron & Vale";
pub(super) const MAIL: &str = "heron.example";
pub(super) const DEPARTMENTS: [&str; 6] = [
    "Drives",
    "Field service",
    "Service desk",
    "Design office",
    "Production",
    "People and communication",
];
pub(super) const PLACES: [&str; 6] = ["Ghent", "Utrecht", "Leeds", "Aalst", "Zwolle", "Bristol"];
pub(super) const PARTNERS: [&str; 6] = [
    "Aalst Installations",
    "Noorderdijk Techniek",
    "Wharf Pumps",
    "Vliet & Zonen",
    "Greenhill Water",
    "Delta Montage",
];

const FIRST: [&str; 72] = [
    "Ines", "Tom", "Bo", "Mara", "Sana", "Lea", "Jonas", "Emma", "Lotte", "Sven", "Amira", "Daan", "Fleur", "Koen",
    "Noor", "Pieter", "Ruth", "Samir", "Tess", "Ward", "Yara", "Hugo", "Iris", "Jack", "Kim", "Lars", "Mila", "Niels",
    "Olga", "Paul", "Quinten", "Rosa", "Stijn", "Tara", "Ugo", "Vera", "Wout", "Xander", "Yusuf", "Zoe", "Anna",
    "Bram", "Clara", "Dirk", "Elif", "Femke", "Gijs", "Hanna", "Ivo", "Jana", "Karim", "Lina", "Milan", "Nora", "Otto",
    "Petra", "Ruben", "Sofie", "Thijs", "Uma", "Viktor", "Wendy", "Bas", "Carla", "Dean", "Ella", "Floor", "Grace",
    "Henk", "Isla", "Joost", "Kate",
];
const LAST: [&str; 64] = [
    "Roth",
    "Okafor",
    "Verhulst",
    "Lind",
    "Iqbal",
    "Brandt",
    "Peeters",
    "de Wit",
    "van Dam",
    "Hale",
    "Moreau",
    "Jansma",
    "Brook",
    "van Loon",
    "Smeets",
    "Aydin",
    "Carter",
    "Dekker",
    "Everts",
    "Fox",
    "Geerts",
    "Hoekstra",
    "Imani",
    "Joosten",
    "Kuipers",
    "Lowell",
    "Maes",
    "Nolan",
    "Oosterhof",
    "Prins",
    "Quist",
    "Rahman",
    "Sanders",
    "Timmer",
    "Ubels",
    "Visser",
    "Walsh",
    "Yilmaz",
    "Zwart",
    "Abbink",
    "Beck",
    "Claes",
    "Drost",
    "Ekman",
    "Faber",
    "Grant",
    "Hermans",
    "Idema",
    "Janssen",
    "Kok",
    "Lange",
    "Mulder",
    "Nash",
    "Otten",
    "Post",
    "Reid",
    "Stevens",
    "Tuinman",
    "Verbeke",
    "Wolters",
    "Bakker",
    "Cole",
    "Dijkman",
    "Engel",
];

#[derive(Debug, Clone)]
pub(super) struct Someone {
    pub(super) name: String,
    pub(super) mail: String,
    pub(super) department: usize,
    pub(super) place: &'static str,
    pub(super) dutch: bool,
}

/// `count` people with names and addresses of their own, always the same for the same seed.
pub(super) fn people(random: &mut ChaCha8Rng, count: usize) -> Vec<Someone> {
    let mut names = std::collections::HashSet::new();
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let name = format!(
            "{} {}",
            FIRST[random.random_range(0..FIRST.len())],
            LAST[random.random_range(0..LAST.len())]
        );
        if !names.insert(name.clone()) {
            continue;
        }
        let place = PLACES[random.random_range(0..PLACES.len())];
        all.push(Someone {
            mail: format!("{}@{MAIL}", crate::text::slug::slug(&name).replace('-', ".")),
            department: random.random_range(0..DEPARTMENTS.len()),
            place,
            dutch: !matches!(place, "Leeds" | "Bristol") && random.random_bool(0.8),
            name,
        });
    }
    all
}
