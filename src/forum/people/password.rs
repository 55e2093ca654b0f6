//! Passwords: argon2id, never more than two at a time, because each takes tens of megabytes and of
//! milliseconds, and a flood of wrong ones must not stop people from reading.

use std::sync::{Condvar, Mutex};

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::refusal::{Refusal, Result};

const AT_ONCE: usize = 2;
/// Those who wait beyond this many are asked to come back in a moment.
const WAITING: usize = 50;

pub const SHORTEST: usize = 10;
pub const LONGEST: usize = 128;

/// Words that are tried first by whoever guesses.
const COMMON: &[&str] = &[
    "password",
    "wachtwoord",
    "welcome",
    "welkom",
    "qwerty",
    "azerty",
    "letmein",
    "iloveyou",
    "abc123",
    "admin",
    "aquarium",
    "forum",
    "monkey",
    "dragon",
    "summer",
    "winter",
    "zomer",
];

#[derive(Debug, Default)]
struct Permits {
    running: usize,
    waiting: usize,
}

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Hasher {
    memory: u32,
    rounds: u32,
    permits: Mutex<Permits>,
    freed: Condvar,
}

struct Permit<'a>(&'a Hasher);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.freed.notify_one();
    }
}

impl Hasher {
    /// `memory` in KiB.
    pub fn new(memory: u32, rounds: u32) -> Self {
        Self {
            memory,
            rounds,
            permits: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Permits> {
        self.permits.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn permit(&self) -> Result<Permit<'_>> {
        let mut permits = self.lock();
        if permits.waiting >= WAITING {
            return Err(Refusal::Away(
                "too many people are signing in at this moment".to_owned(),
            ));
        }
        permits.waiting += 1;
        while permits.running >= AT_ONCE {
            permits = self
                .freed
                .wait(permits)
                .unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        permits.waiting -= 1;
        permits.running += 1;
        Ok(Permit(self))
    }

    fn argon2(&self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory, self.rounds, 1, None)
            .map_err(|error| Refusal::broken(format!("accounts.hash_memory and hash_rounds: {error}")))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    pub fn hash(&self, password: &str) -> Result<String> {
        let _permit = self.permit()?;
        let hash = self
            .argon2()?
            .hash_password(password.as_bytes())
            .map_err(Refusal::broken)?;
        Ok(hash.to_string())
    }

    /// Whether the password is right. Without a hash it takes as long and is wrong.
    pub fn check(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let _permit = self.permit()?;
        let argon2 = self.argon2()?;
        match hash.and_then(|hash| argon2::PasswordHash::new(hash).ok()) {
            Some(hash) => Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok()),
            None => {
                argon2.hash_password(password.as_bytes()).map_err(Refusal::broken)?;
                Ok(false)
            }
        }
    }
}

/// Why a new password will not do: the key of a sentence.
pub fn problem(password: &str, about: &[&str]) -> Option<&'static str> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some("problem-password-short");
    }
    if length > LONGEST {
        return Some("problem-password-long");
    }
    let folded = crate::text::name::fold(password);
    let rest: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let same = folded.chars().collect::<std::collections::HashSet<_>>().len() < 4;
    let counted = "01234567890123456789".contains(&folded) || "abcdefghijklmnopqrstuvwxyz".contains(&folded);
    let common = COMMON.contains(&rest.as_str());
    let own = about.iter().any(|word| {
        let word = crate::text::name::fold(word);
        word.chars().count() >= 4 && folded.contains(&word)
    });
    (same || counted || common || own).then_some("problem-password-guessable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_is_right_and_unknown_is_wrong() {
        let hasher = Hasher::new(64, 1);
        let hash = hasher.hash("correct horse").expect("hashes");
        assert!(hasher.check("correct horse", Some(&hash)).expect("checks"));
        assert!(!hasher.check("wrong horse", Some(&hash)).expect("checks"));
        assert!(!hasher.check("correct horse", None).expect("checks"));
    }

    #[test]
    fn guessable_passwords_are_refused() {
        for bad in ["short", "password123", "aaaaaaaaaaaa", "0123456789", "nia.green.heron"] {
            assert!(problem(bad, &["nia.green"]).is_some(), "{bad}");
        }
        assert!(problem("three quiet herons", &["nia"]).is_none());
    }
}
