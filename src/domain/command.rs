//! Everything that can be asked of the ledger, and the one place where it is judged.

use super::context::Ctx;
use super::event::UnsealedEntry;
use super::evolve::postings;
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

/// Judges a command against the world: the entry that it makes, and what is kept beside it.
pub fn decide(ctx: &Ctx, command: &Command) -> Result<(UnsealedEntry, Vec<SideData>), Stop> {
    ctx.must_be_in_good_standing()?;
    let decision = command.decide(ctx)?;
    let postings = postings(ctx.world, &decision.event)?;
    let unsealed = UnsealedEntry {
        seq: ctx.seq,
        recorded_at: ctx.now,
        actor: ctx.actor,
        effective_date: decision.effective_date.unwrap_or_else(|| ctx.today()),
        reverses: decision.reverses,
        event: decision.event,
        postings,
    };
    Ok((unsealed, decision.side_data))
}
