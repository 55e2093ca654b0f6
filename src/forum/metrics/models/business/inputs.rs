//! What a business case is computed from: each input with its range and where it comes from. Which inputs there are
//! is this forum's own choice; the grades follow the habit of saying what was measured, asked, assumed or booked.

/// One input with its range; all finite, not negative, ascending.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    low: f64,
    base: f64,
    high: f64,
}

impl Estimate {
    /// `None` unless 0 <= low <= base <= high, all finite.
    pub fn new(low: f64, base: f64, high: f64) -> Option<Self> {
        (low >= 0.0 && low <= base && base <= high && high.is_finite()).then_some(Self { low, base, high })
    }

    /// An input that is known, or not varied.
    pub fn exact(value: f64) -> Option<Self> {
        Self::new(value, value, value)
    }

    /// Where a uniform draw (0..1) falls in the triangle of low, base and high.
    pub fn drawn(&self, uniform: f64) -> f64 {
        let width = self.high - self.low;
        if width <= 0.0 {
            return self.base;
        }
        if uniform * width < self.base - self.low {
            self.low + (uniform * width * (self.base - self.low)).sqrt()
        } else {
            self.high - ((1.0 - uniform) * width * (self.high - self.base)).sqrt()
        }
    }

    /// The low end.
    pub const fn low(&self) -> f64 {
        self.low
    }

    /// The most likely value.
    pub const fn base(&self) -> f64 {
        self.base
    }

    /// The high end.
    pub const fn high(&self) -> f64 {
        self.high
    }
}

crate::db::types::text_enum! {
    /// Where an input comes from.
    pub enum Grade {
        /// Counted in the log.
        Measured = "measured",
        /// Asked of people.
        Surveyed = "surveyed",
        /// Taken to be so.
        Assumed = "assumed",
        /// From the books.
        Finance = "finance",
    }
}

/// What an input is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Number,
    /// From 0 to 1; written in percent.
    Share,
    Minutes,
    Hours,
    Euros,
}

macro_rules! inputs {
    ($($(#[$doc:meta])* $field:ident $name:ident $grade:ident $unit:ident;)*) => {
        /// The inputs of a case: as estimates, or, for one computation, as plain numbers.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Inputs<T> {
            $($(#[$doc])* pub $field: T,)*
        }

        /// The name of an input.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Input {
            $($(#[$doc])* $name,)*
        }

        impl Input {
            /// All of them, in the order of a form.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// Where a figure of this kind usually comes from.
            pub const fn grade(self) -> Grade {
                match self { $(Self::$name => Grade::$grade,)* }
            }

            pub const fn unit(self) -> Unit {
                match self { $(Self::$name => Unit::$unit,)* }
            }

            /// As it is kept, and as it stands in an address.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => stringify!($field),)* }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|input| input.word() == word)
            }

            /// As part of a sentence's name.
            pub fn key(self) -> String {
                self.word().replace('_', "-")
            }

            /// Its place in the form, from 0.
            pub const fn place(self) -> usize {
                self as usize
            }
        }

        impl<T> Inputs<T> {
            /// The input of that name.
            pub const fn get(&self, input: Input) -> &T {
                match input { $(Input::$name => &self.$field,)* }
            }

            /// The same inputs, each turned into something else.
            pub fn map<U>(&self, mut turn: impl FnMut(Input, &T) -> U) -> Inputs<U> {
                Inputs { $($field: turn(Input::$name, &self.$field),)* }
            }
        }
    };
}

inputs! {
    /// Answers per month.
    answers Answers Measured Number;
    /// The share of answers that resolved the matter, 0..=1.
    resolved Resolved Measured Share;
    /// The share that would have been answered anyway, by mail or a colleague, 0..=1.
    displaced Displaced Surveyed Share;
    /// Minutes saved per resolved answer, as askers say.
    answer_minutes AnswerMinutes Surveyed Minutes;
    /// Searches per month.
    searches Searches Measured Number;
    /// The share of searches that found something, 0..=1.
    found Found Measured Share;
    /// The share of those that replaced work, 0..=1.
    useful Useful Surveyed Share;
    /// Minutes saved per useful search.
    search_minutes SearchMinutes Surveyed Minutes;
    /// Euros per hour of work, with all that comes on top of wages.
    hour Hour Finance Euros;
    /// New hires per year.
    hires Hires Assumed Number;
    /// Hours saved per new hire.
    hire_hours HireHours Assumed Hours;
    /// The share of those hours owed to the community, 0..=1.
    hire_share HireShare Assumed Share;
    /// Ideas adopted per year.
    ideas Ideas Finance Number;
    /// Euros per adopted idea.
    idea_value IdeaValue Finance Euros;
    /// The share of that value owed to the community, 0..=1.
    idea_share IdeaShare Finance Share;
    /// The community team, in full-time people.
    team Team Finance Number;
    /// Euros per full-time person and year.
    team_cost TeamCost Finance Euros;
    /// Euros per year for the platform.
    platform Platform Finance Euros;
    /// Champions who spend working time.
    champions Champions Measured Number;
    /// Hours per champion and week, of 46 weeks.
    champion_hours ChampionHours Surveyed Hours;
    /// Minutes to write an answer.
    write_minutes WriteMinutes Surveyed Minutes;
}

impl Inputs<Estimate> {
    /// An example to begin with: an organisation with one person for its community. Nobody's figures.
    #[rustfmt::skip]
    pub fn example() -> Self {
        let range = |low, base, high| Estimate { low, base, high };
        let exact = |value| Estimate { low: value, base: value, high: value };
        Self {
            answers: range(90.0, 180.0, 270.0),
            resolved: range(0.5, 0.70, 0.85),
            displaced: range(0.25, 0.50, 0.75),
            answer_minutes: range(20.0, 45.0, 90.0),
            searches: range(1200.0, 2400.0, 3600.0),
            found: range(0.35, 0.55, 0.7),
            useful: range(0.1, 0.25, 0.5),
            search_minutes: range(4.0, 10.0, 20.0),
            hour: range(42.0, 52.0, 62.0),
            hires: exact(120.0),
            hire_hours: exact(4.0),
            hire_share: range(0.1, 0.30, 0.5),
            ideas: exact(6.0),
            idea_value: exact(4000.0),
            idea_share: range(0.1, 0.30, 0.5),
            team: range(0.6, 1.0, 1.6),
            team_cost: exact(75_000.0),
            platform: exact(9_000.0),
            champions: exact(10.0),
            champion_hours: range(1.0, 2.0, 4.0),
            write_minutes: exact(12.0),
        }
    }
}
