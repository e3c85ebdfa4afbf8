//! Everything that can be asked of the ledger, and the one place where it is judged.

use super::context::Ctx;
use super::decision::ComesTo;
use super::event::UnsealedEntry;
use super::evolve::{must_have, postings};
use super::ids::Seq;
use super::outcome::Outcome;
use super::world::Stop;

pub use super::commitment::Committed;
pub use super::side_data::SideData;

macro_rules! command {
    (things { $($module:ident: $Noun:ident($($row:tt)*) in $table:ident else $Absent:ident
        { $($Command:ident => $decide:ident),* };)* }
     others { $($other:ident: $Other:ident { $($Another:ident => $decide_other:ident),* };)* } $($rows:tt)*) => {
        /// Everything that can be asked of the ledger.
        #[derive(Clone, Debug)]
        pub enum Command {
            $($($Command(crate::domain::$module::$Command),)*)*
            $($($Another(crate::domain::$other::$Another),)*)*
        }

        impl Command {
            /// Every command's name.
            pub const NAMES: &'static [&'static str] =
                &[$($(stringify!($Command),)*)* $($(stringify!($Another),)*)*];

            /// The command's name.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self {
                    $($(Self::$Command(_) => stringify!($Command),)*)*
                    $($(Self::$Another(_) => stringify!($Another),)*)*
                }
            }

            fn decide(&self, ctx: &Ctx) -> Result<super::decision::Decision, Stop> {
                match self {
                    $($(Self::$Command(command) => crate::domain::$module::rules::$decide(ctx, command),)*)*
                    $($(Self::$Another(command) => crate::domain::$other::rules::$decide_other(ctx, command),)*)*
                }
            }
        }
    };
}
crate::nouns!(command);

/// What a command comes to.
#[derive(Debug)]
pub enum Decided {
    /// Entries.
    Entries {
        /// One after the other: what would be too long for one goes before it. The last is the one that the command is
        /// answered by.
        entries: Vec<UnsealedEntry>,
        /// What is kept beside the last.
        side_data: Vec<SideData>,
    },
    /// No entry: what is asked for is so already, or is no fact of the ledger. It is answered by what is there, and the
    /// entry that made it so.
    AsItIs {
        since: Seq,
        outcome: Outcome,
        /// What changes beside the journal all the same.
        side_data: Vec<SideData>,
    },
}

/// Judges a command against the world. All that its entries change is loaded when this accepts.
pub fn decide(ctx: &Ctx, command: &Command) -> Result<Decided, Stop> {
    ctx.must_be_in_good_standing()?;
    let decision = command.decide(ctx)?;
    let event = match decision.comes_to {
        ComesTo::Entry(event) => event,
        ComesTo::AsItIs { since, outcome } => {
            return Ok(Decided::AsItIs { since, outcome, side_data: decision.side_data });
        }
    };
    let unsealed = |seq, event| -> Result<UnsealedEntry, Stop> {
        let postings = postings(ctx.world, &event)?;
        let (recorded_at, actor, effective_date) = (ctx.now, ctx.actor, ctx.today());
        let (origin, reverses) = (None, None);
        Ok(UnsealedEntry { seq, recorded_at, actor, origin, effective_date, reverses, event, postings })
    };
    let mut seq = ctx.seq;
    let mut entries = Vec::with_capacity(decision.parts.len() + 1);
    for part in decision.parts {
        let entry = unsealed(seq, part.event)?;
        let effective_date = part.effective_date.unwrap_or(entry.effective_date);
        entries.push(UnsealedEntry { actor: part.actor.unwrap_or(entry.actor), effective_date, ..entry });
        seq = seq.next();
    }
    let last = unsealed(seq, event)?;
    entries.push(UnsealedEntry {
        effective_date: decision.effective_date.unwrap_or(last.effective_date),
        reverses: decision.reverses,
        ..last
    });
    // Were something missing after the first is carried out, it could not be undone; and what many commands miss is
    // loaded at once.
    entries.iter().try_for_each(|entry| must_have(ctx.world, entry))?;
    Ok(Decided::Entries { entries, side_data: decision.side_data })
}
