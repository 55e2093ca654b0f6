//! Proofs that somebody looked: a thing that may be seen, and a thing on which a verb may be done.
//! Their fields are private, so nobody else can make one.

use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use super::place::Place;
use super::policy::{Verdict, decide};
use super::verb::{Deed, Verb};
use super::viewer::Viewer;
use crate::refusal::{Refusal, Result};

/// A thing that knows where it stands.
pub trait Placed {
    fn place(&self) -> Place;
}

/// A thing that this viewer may see.
#[derive(Debug, Clone)]
pub struct Seen<T> {
    thing: T,
    place: Place,
    viewer: Arc<Viewer>,
}

impl<T> Deref for Seen<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.thing
    }
}

impl<T: Placed> Seen<T> {
    /// The only way in: absent and hidden are the same refusal.
    pub(crate) fn look(viewer: &Arc<Viewer>, thing: Option<T>) -> Result<Self> {
        Self::look_as(viewer, thing, Verb::See)
    }

    pub(crate) fn look_as(viewer: &Arc<Viewer>, thing: Option<T>, verb: Verb) -> Result<Self> {
        let thing = thing.ok_or(Refusal::NotFound)?;
        let place = thing.place();
        match decide(viewer, verb, &place) {
            Verdict::Allow => Ok(Self {
                thing,
                place,
                viewer: Arc::clone(viewer),
            }),
            Verdict::Hide | Verdict::Deny(_) => Err(Refusal::NotFound),
        }
    }
}

impl<T> Seen<T> {
    /// Asks the policy for a verb; the answer and the thing stay together.
    pub fn may<D: Deed>(self) -> Result<May<D, T>> {
        match decide(&self.viewer, D::VERB, &self.place) {
            Verdict::Allow => Ok(May {
                thing: self.thing,
                deed: PhantomData,
            }),
            Verdict::Hide => Err(Refusal::NotFound),
            Verdict::Deny(reason) => Err(Refusal::Denied(reason)),
        }
    }

    /// Whether a button belongs on the page: the same question to the same policy.
    pub fn can(&self, verb: Verb) -> bool {
        decide(&self.viewer, verb, &self.place) == Verdict::Allow
    }

    pub fn verdict(&self, verb: Verb) -> Verdict {
        decide(&self.viewer, verb, &self.place)
    }

    pub fn into_inner(self) -> T {
        self.thing
    }
}

/// A thing on which the viewer may do the deed.
#[derive(Debug)]
pub struct May<D, T> {
    thing: T,
    deed: PhantomData<D>,
}

impl<D, T> Deref for May<D, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.thing
    }
}

impl<D, T> May<D, T> {
    pub fn into_inner(self) -> T {
        self.thing
    }
}

/// The forum as a whole, for verbs that have no smaller place.
#[derive(Debug, Clone, Copy)]
pub struct Forum;

impl Placed for Forum {
    fn place(&self) -> Place {
        Place::forum()
    }
}

/// Asks for a verb on the forum as a whole; what it hides looks absent.
pub fn on_forum<D: Deed>(viewer: &Viewer) -> Result<May<D, Forum>> {
    match decide(viewer, D::VERB, &Place::forum()) {
        Verdict::Allow => Ok(May {
            thing: Forum,
            deed: PhantomData,
        }),
        Verdict::Hide => Err(Refusal::NotFound),
        Verdict::Deny(reason) => Err(Refusal::Denied(reason)),
    }
}

/// A proof for the forum itself: commands and imports, which act for nobody who could be asked.
pub(crate) fn for_system<D: Deed, T>(viewer: &Viewer, thing: T) -> Result<May<D, T>> {
    match viewer {
        Viewer::System(_) => Ok(May {
            thing,
            deed: PhantomData,
        }),
        _ => Err(Refusal::NotFound),
    }
}
