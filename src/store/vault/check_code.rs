//! Check codes (签到码): short-lived codes that prove who shows or reads them, where and when.
//!
//! A code names an activity or a volunteer and a step of thirty seconds, and is bound to both, and to the direction, by ten
//! bytes of an HMAC under a key of the service. Nothing is stored, and replicas agree. As text it has 31 characters of
//! base64url, none of them `=`, so that it fits the scene of a mini-program code (at most 32 characters).

use super::Vault;
use crate::domain::attendance::{Direction, SHOWN_SECONDS};
use crate::domain::ids::{ActivityId, Seq, VolunteerId};
use crate::domain::time::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use std::str::FromStr;

/// How long a step lasts.
pub const STEP_SECONDS: i64 = 30;
const MICROS: i64 = 1_000_000;
const BYTES: usize = 23;
/// Bytes of the HMAC that a code holds: 80 bits, of which a guess hits one within minutes of which each is logged.
pub const TAG_BYTES: usize = 10;

/// What a code is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOf {
    /// An activity, shown at its place: a wall code.
    Activity(ActivityId),
    /// A volunteer, shown to the leader.
    Volunteer(VolunteerId),
}

/// The text is no check code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a check code")]
pub struct NotACheckCode;

/// A code as it is read, whether or not it is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckCode {
    pub of: CodeOf,
    pub step: Step,
    pub tag: [u8; TAG_BYTES],
}

/// Which thirty seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(pub u32);

impl Step {
    /// The step of an instant; the last there can be is in the year 6053.
    #[must_use]
    pub fn of(now: Timestamp) -> Self {
        Self(u32::try_from(now.as_micros().div_euclid(STEP_SECONDS * MICROS)).unwrap_or(u32::MAX))
    }

    /// First instant after it.
    #[must_use]
    pub fn ends_at(self) -> Timestamp {
        let micros = (i64::from(self.0) + 1) * STEP_SECONDS * MICROS;
        Timestamp::from_micros(micros).unwrap_or_default()
    }

    /// Whether a code of this step is good now: the present one and the one before are.
    #[must_use]
    pub fn is_good_at(self, now: Timestamp) -> bool {
        let present = Self::of(now).0;
        self.0 == present || self.0.checked_add(1) == Some(present)
    }
}

impl CheckCode {
    /// What the tag binds, but for the direction.
    #[must_use]
    pub fn bound(of: CodeOf, step: Step) -> [u8; BYTES - TAG_BYTES] {
        let (kind, seq) = match of {
            CodeOf::Activity(activity) => (1, activity.seq()),
            CodeOf::Volunteer(volunteer) => (2, volunteer.seq()),
        };
        let mut bytes = [0; BYTES - TAG_BYTES];
        bytes[0] = kind;
        bytes[1..9].copy_from_slice(&seq.0.to_be_bytes());
        bytes[9..].copy_from_slice(&step.0.to_be_bytes());
        bytes
    }

    fn bytes(&self) -> Vec<u8> {
        [Self::bound(self.of, self.step).as_slice(), &self.tag].concat()
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.bytes()))
    }
}

impl FromStr for CheckCode {
    type Err = NotACheckCode;

    fn from_str(text: &str) -> Result<Self, NotACheckCode> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotACheckCode)?;
        let bytes: [u8; BYTES] = bytes.try_into().map_err(|_| NotACheckCode)?;
        let [kind, rest @ ..] = bytes;
        let (seq, rest) = rest.split_first_chunk::<8>().ok_or(NotACheckCode)?;
        let (step, tag) = rest.split_first_chunk::<4>().ok_or(NotACheckCode)?;
        let seq = Seq(i64::from_be_bytes(*seq));
        let of = match kind {
            1 => CodeOf::Activity(ActivityId::new(seq)),
            2 => CodeOf::Volunteer(VolunteerId::new(seq)),
            _ => return Err(NotACheckCode),
        };
        let tag = tag.try_into().map_err(|_| NotACheckCode)?;
        Ok(Self { of, step: Step(u32::from_be_bytes(*step)), tag })
    }
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeUse {
    /// A volunteer comes or goes by a wall code.
    Wall(Direction),
    /// Who is in charge scans a volunteer's own code.
    Volunteer,
}

/// Why a code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// The service never gave it, or it is of another kind.
    Wrong,
    /// It was good once.
    Expired,
    /// It is for the other direction.
    OtherDirection,
}

/// A code that is good, and when the service was shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoodCode {
    pub of: CodeOf,
    pub shown_at: Timestamp,
}

/// What comes behind a code that the service was shown: when, and a tag over both.
const SHOWN_BYTES: usize = 8 + TAG_BYTES;

impl Vault {
    /// The code that an activity shows now.
    #[must_use]
    pub fn wall_code(&self, activity: ActivityId, direction: Direction, now: Timestamp) -> CheckCode {
        self.code(CodeOf::Activity(activity), Step::of(now), Some(direction))
    }

    /// The code that a volunteer shows now.
    #[must_use]
    pub fn volunteer_code(&self, volunteer: VolunteerId, now: Timestamp) -> CheckCode {
        self.code(CodeOf::Volunteer(volunteer), Step::of(now), None)
    }

    /// Looks at a text that somebody says is a code: as it was shown, or as the service noted that it was shown
    /// ([`Self::note_shown`]).
    pub fn look_at(&self, text: &str, wanted: CodeUse, now: Timestamp) -> Result<GoodCode, CodeFault> {
        let (code, shown_at) = self.read(text, now)?;
        match (wanted, code.of) {
            (CodeUse::Wall(direction), CodeOf::Activity(_)) => {
                if !self.is_right(&code, Some(direction)) {
                    let is_other = self.is_right(&code, Some(other(direction)));
                    return Err(if is_other { CodeFault::OtherDirection } else { CodeFault::Wrong });
                }
            }
            (CodeUse::Volunteer, CodeOf::Volunteer(_)) if self.is_right(&code, None) => {}
            _ => return Err(CodeFault::Wrong),
        }
        let is_noted_in_time = shown_at <= now && now <= shown_at.plus(Duration::seconds(SHOWN_SECONDS));
        if code.step.is_good_at(shown_at) && is_noted_in_time {
            Ok(GoodCode { of: code.of, shown_at })
        } else {
            Err(CodeFault::Expired)
        }
    }

    /// Notes that somebody showed a wall code while it was good: what is answered stays good for five minutes, as signing
    /// in takes a while. Which direction it is for is told, too.
    pub fn note_shown(&self, text: &str, now: Timestamp) -> Result<(GoodCode, Direction, String), CodeFault> {
        let code: CheckCode = text.parse().map_err(|_| CodeFault::Wrong)?;
        let directions = [Direction::In, Direction::Out];
        let direction = directions.into_iter().find(|direction| self.is_right(&code, Some(*direction)));
        let direction = direction.ok_or(CodeFault::Wrong)?;
        let good = self.look_at(text, CodeUse::Wall(direction), now)?;
        let bytes = [code.bytes().as_slice(), &now.as_micros().to_be_bytes()].concat();
        let tag = self.shown_mac_of(&bytes).finalize().into_bytes();
        let noted = URL_SAFE_NO_PAD.encode([bytes.as_slice(), &tag[..TAG_BYTES]].concat());
        Ok((good, direction, noted))
    }

    /// The code in a text, and when it was shown: now, or when the service noted it.
    fn read(&self, text: &str, now: Timestamp) -> Result<(CheckCode, Timestamp), CodeFault> {
        if let Ok(code) = text.parse() {
            return Ok((code, now));
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| CodeFault::Wrong)?;
        let bytes: [u8; BYTES + SHOWN_BYTES] = bytes.try_into().map_err(|_| CodeFault::Wrong)?;
        let (said, tag) = bytes.split_at(BYTES + 8);
        self.shown_mac_of(said).verify_truncated_left(tag).map_err(|_| CodeFault::Wrong)?;
        let (code, shown_at) = said.split_at(BYTES);
        let code = URL_SAFE_NO_PAD.encode(code).parse().map_err(|_| CodeFault::Wrong)?;
        let shown_at = shown_at.try_into().map(i64::from_be_bytes).map_err(|_| CodeFault::Wrong)?;
        Ok((code, Timestamp::from_micros(shown_at).map_err(|_| CodeFault::Wrong)?))
    }

    fn code(&self, of: CodeOf, step: Step, direction: Option<Direction>) -> CheckCode {
        let mut tag = [0; TAG_BYTES];
        tag.copy_from_slice(&self.code_mac_of(of, step, direction).finalize().into_bytes()[..TAG_BYTES]);
        CheckCode { of, step, tag }
    }

    fn is_right(&self, code: &CheckCode, direction: Option<Direction>) -> bool {
        self.code_mac_of(code.of, code.step, direction).verify_truncated_left(&code.tag).is_ok()
    }

    fn code_mac_of(&self, of: CodeOf, step: Step, direction: Option<Direction>) -> Hmac<Sha256> {
        let direction = match direction {
            Some(Direction::In) => b'i',
            Some(Direction::Out) => b'o',
            None => b'v',
        };
        self.check_mac.clone().chain_update(CheckCode::bound(of, step)).chain_update([direction])
    }

    fn shown_mac_of(&self, bytes: &[u8]) -> Hmac<Sha256> {
        self.check_mac.clone().chain_update(bytes).chain_update(b"shown")
    }
}

const fn other(direction: Direction) -> Direction {
    match direction {
        Direction::In => Direction::Out,
        Direction::Out => Direction::In,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * MICROS).unwrap()
    }

    #[test]
    fn a_code_is_31_characters_that_a_scene_takes() {
        for of in
            [CodeOf::Activity(ActivityId::new(Seq(1 << 47))), CodeOf::Volunteer(VolunteerId::new(Seq(7)))]
        {
            let code = CheckCode { of, step: Step(u32::MAX), tag: [0xff; TAG_BYTES] };
            let text = code.to_string();
            assert_eq!(text.len(), 31);
            assert!(
                text.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')),
                "{text}"
            );
            assert_eq!(text.parse(), Ok(code));
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        let code =
            CheckCode { of: CodeOf::Activity(ActivityId::new(Seq(1))), step: Step(2), tag: [3; TAG_BYTES] };
        let text = code.to_string();
        for other in
            ["", "a", &text[1..], &format!("{text}A"), &format!("{}=", &text[..30]), &text.replace('A', "é")]
        {
            assert_eq!(other.parse::<CheckCode>(), Err(NotACheckCode), "{other}");
        }
    }

    #[test]
    fn the_present_step_and_the_one_before_are_good() {
        let shown = Step::of(at(1_800_000_000));
        assert_eq!(shown.ends_at(), at(1_800_000_030));
        for (seconds, is_good) in
            [(-1, false), (0, true), (29, true), (30, true), (59, true), (60, false), (61, false)]
        {
            assert_eq!(shown.is_good_at(at(1_800_000_000 + seconds)), is_good, "{seconds}");
        }
        assert!(!Step::of(at(1_800_086_400)).is_good_at(at(1_800_000_000)), "of tomorrow");
    }

    fn vault() -> Vault {
        let key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f".parse().unwrap();
        Vault::new(&key, &key)
    }

    #[test]
    fn a_wall_code_is_good_for_its_activity_its_direction_and_its_minute() {
        let (vault, now, activity) = (vault(), at(1_800_000_000), ActivityId::new(Seq(7)));
        let text = vault.wall_code(activity, Direction::In, now).to_string();
        let wanted = CodeUse::Wall(Direction::In);
        let good = GoodCode { of: CodeOf::Activity(activity), shown_at: now };
        assert_eq!(vault.look_at(&text, wanted, now), Ok(good));
        assert_eq!(vault.look_at(&text, CodeUse::Wall(Direction::Out), now), Err(CodeFault::OtherDirection));
        assert_eq!(vault.look_at(&text, CodeUse::Volunteer, now), Err(CodeFault::Wrong));
        assert_eq!(vault.look_at(&text, wanted, at(1_800_000_061)), Err(CodeFault::Expired));
        assert_eq!(
            vault.look_at(&text, wanted, at(1_799_999_999)),
            Err(CodeFault::Expired),
            "of a later step"
        );
        let own = vault.volunteer_code(VolunteerId::new(Seq(7)), now).to_string();
        assert_eq!(vault.look_at(&own, wanted, now), Err(CodeFault::Wrong));
        assert!(vault.look_at(&own, CodeUse::Volunteer, now).is_ok());
    }

    #[test]
    fn a_code_that_is_wrong_by_a_bit_is_wrong() {
        let (vault, now) = (vault(), at(1_800_000_000));
        let code = vault.wall_code(ActivityId::new(Seq(7)), Direction::In, now);
        for bit in 0..BYTES * 8 {
            let mut bytes = code.bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let text = URL_SAFE_NO_PAD.encode(bytes);
            let seen = vault.look_at(&text, CodeUse::Wall(Direction::In), now);
            assert_eq!(seen, Err(CodeFault::Wrong), "bit {bit}");
        }
    }

    #[test]
    fn a_code_that_was_shown_in_time_stays_good_for_five_minutes() {
        let (vault, shown_at) = (vault(), at(1_800_000_059));
        let text = vault.wall_code(ActivityId::new(Seq(7)), Direction::In, at(1_800_000_000)).to_string();
        let (good, direction, noted) = vault.note_shown(&text, shown_at).unwrap();
        assert_eq!((good.shown_at, direction), (shown_at, Direction::In));
        let look = |now| vault.look_at(&noted, CodeUse::Wall(Direction::In), now);
        assert_eq!(look(at(1_800_000_359)), Ok(good), "as it was shown then");
        assert_eq!(look(at(1_800_000_360)), Err(CodeFault::Expired));
        assert_eq!(look(at(1_800_000_058)), Err(CodeFault::Expired), "before it was shown");
        assert_eq!(vault.note_shown(&text, at(1_800_000_060)), Err(CodeFault::Expired));
        assert_eq!(vault.note_shown(&noted, shown_at), Err(CodeFault::Wrong), "what was noted is noted once");
        let mut forged = URL_SAFE_NO_PAD.decode(&noted).unwrap();
        forged[BYTES + 7] ^= 1;
        let forged = URL_SAFE_NO_PAD.encode(forged);
        assert_eq!(vault.look_at(&forged, CodeUse::Wall(Direction::In), shown_at), Err(CodeFault::Wrong));
    }
}
