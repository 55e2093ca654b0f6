//! The addresses at which the forum gets mail: one of its own, with what an answer is to behind a plus sign.

use crate::forum::letters::arrivals::Aim;
use crate::ids::{AccountId, BoardId, PostId};

/// The forum's own address in two parts.
#[derive(Debug, Clone)]
pub struct Ours {
    local: String,
    domain: String,
}

impl Ours {
    /// `None` for what is no address.
    pub fn parse(address: &str) -> Option<Self> {
        let (local, domain) = address.trim().rsplit_once('@')?;
        let fits = !local.is_empty() && !domain.is_empty() && !local.contains(['+', ' ', '@']);
        fits.then(|| Self {
            local: local.to_lowercase(),
            domain: domain.to_lowercase(),
        })
    }

    /// The address for an answer.
    pub fn with(&self, token: &str) -> String {
        format!("{}+{token}@{}", self.local, self.domain)
    }

    /// The token in an address, if it is one of ours; mail programs may have changed its letters.
    pub fn token_in(&self, address: &str) -> Option<String> {
        let address = address.trim().trim_matches(['<', '>']).to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let token = local.strip_prefix(&self.local)?.strip_prefix('+')?;
        (domain == self.domain && !token.is_empty()).then(|| token.to_owned())
    }

    /// Whether a letter comes from ourselves.
    pub fn is_ours(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        address == format!("{}@{}", self.local, self.domain) || self.token_in(&address).is_some()
    }
}

/// What a token says, before anybody has looked whether it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub account: AccountId,
    pub aim: Aim,
    pub proof: String,
}

impl Token {
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (account, about, proof) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let about: i64 = about.parse().ok()?;
        let (aim, account) = match account.split_at_checked(1)? {
            ("r", account) => (Aim::Reply(PostId(about)), account),
            ("t", account) => (Aim::Start(BoardId(about)), account),
            _ => return None,
        };
        Some(Self {
            account: AccountId(account.parse().ok()?),
            aim,
            proof: proof.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_address_in_capitals_too() {
        let ours = Ours::parse("Forum@Pumps.example").expect("an address");
        let address = ours.with("r12.4711.abc");
        assert_eq!(address, "forum+r12.4711.abc@pumps.example");
        assert_eq!(ours.token_in(&address.to_uppercase()), Some("r12.4711.abc".to_owned()));
        for other in [
            "forum@pumps.example",
            "forum+@pumps.example",
            "forum+x@else.example",
            "forumx+y@pumps.example",
            "",
        ] {
            assert_eq!(ours.token_in(other), None, "{other}");
        }
        assert!(ours.is_ours("FORUM@pumps.example") && ours.is_ours(&address) && !ours.is_ours("nia@pumps.example"));
        assert!(Ours::parse("no address").is_none() && Ours::parse("a+b@c").is_none());
    }

    #[test]
    fn a_token_says_who_and_what() {
        let token = Token::parse("r12.4711.abc").expect("a token");
        assert_eq!((token.account, token.aim), (AccountId(12), Aim::Reply(PostId(4711))));
        assert_eq!(
            Token::parse("t1.2.x").map(|token| token.aim),
            Some(Aim::Start(BoardId(2)))
        );
        for wrong in ["", "r", "r1.2", "r1.2.3.4", "x1.2.3", "r.2.3", "ré.2.3", "r1.b.3"] {
            assert_eq!(Token::parse(wrong), None, "{wrong}");
        }
    }
}
