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

/// Where an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Counted in the log.
    Measured,
    /// Asked of people.
    Surveyed,
    /// Taken to be so.
    Assumed,
    /// From the books.
    Finance,
}

macro_rules! inputs {
    ($($(#[$doc:meta])* $field:ident $name:ident $grade:ident;)*) => {
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
    answers Answers Measured;
    /// The share of answers that resolved the matter, 0..=1.
    resolved Resolved Measured;
    /// The share that would have been answered anyway, by mail or a colleague, 0..=1.
    displaced Displaced Surveyed;
    /// Minutes saved per resolved answer, as askers say.
    answer_minutes AnswerMinutes Surveyed;
    /// Searches per month.
    searches Searches Measured;
    /// The share of searches that found something, 0..=1.
    found Found Measured;
    /// The share of those that replaced work, 0..=1.
    useful Useful Surveyed;
    /// Minutes saved per useful search.
    search_minutes SearchMinutes Surveyed;
    /// Euros per hour of work, with all that comes on top of wages.
    hour Hour Finance;
    /// New hires per year.
    hires Hires Assumed;
    /// Hours saved per new hire.
    hire_hours HireHours Assumed;
    /// The share of those hours owed to the community, 0..=1.
    hire_share HireShare Assumed;
    /// Ideas adopted per year.
    ideas Ideas Finance;
    /// Euros per adopted idea.
    idea_value IdeaValue Finance;
    /// The share of that value owed to the community, 0..=1.
    idea_share IdeaShare Finance;
    /// The community team, in full-time people.
    team Team Finance;
    /// Euros per full-time person and year.
    team_cost TeamCost Finance;
    /// Euros per year for the platform.
    platform Platform Finance;
    /// Champions who spend working time.
    champions Champions Measured;
    /// Hours per champion and week, of 46 weeks.
    champion_hours ChampionHours Surveyed;
    /// Minutes to write an answer.
    write_minutes WriteMinutes Surveyed;
}
