//! The service on both databases. Every case runs on SQLite and on PostgreSQL, none is skipped.
//!
//! [`whole_way`] tells it all once, from the plan to the audit: read it first.
//!
//! Past the public door:
//! - [`model`]: random command sequences in the pure core, SQLite and PostgreSQL, compared.
//! - [`conformance`]: what the store and the write path promise, on each database.
//! - [`double_entry`]: what the database itself refuses, no matter who writes to it.
//! - [`rollups`]: sums kept at places in the journal are what the records come to.
//! - [`plans`]: how the databases go about each list of a large ledger.
//! - [`schema`]: the tables that the program knows are those that the migrations make.
//!
//! Through the public door, over HTTP, a file a noun:
//! - [`units`], [`registration`], [`programmes`], [`service_records`], [`transfers`],
//!   [`points`], [`redemptions`], [`certificates`], [`badges`], [`totals`], [`stars`], [`assessments`], [`pledges`],
//!   [`exports`], [`findings`], [`journal`], [`operators`], [`idempotency`], [`calendar`], [`notices`],
//!   [`objections`], [`corrections`], [`voiding`], [`withdrawing`], [`self_declared`], [`second_persons`], [`two_persons`], [`leaving`], [`erasure`],
//!   [`duplicates`], [`tricks_persons`], [`scheme_versions`]
//! - [`tricks`], [`tricks_rules`]: what one who has access may try alone, each refused or found.
//!
//! Whatever comes through that door:
//! - [`as_of`], [`as_of_files`]: what was, is the same for ever.
//! - [`every_answer`]: HEAD, languages, faults of form, tags, other origins.
//! - [`asked`]: queries, held against the specification, and what filters name.
//! - [`tricks_points`]: what one coordinator alone tried with points and gifts.
//! - [`bad_input`]: what nobody should send.
//! - [`outsiders`]: what is learned of a person by who does not answer for them, or does not say what for.
//! - [`own_faults`]: what is ours to mend.
//! - [`paging`]: lists are complete, whatever the size of a page.
//! - [`races`]: requests that come at once end as if one came after the other.
//! - [`proofs`]: the journal's tree, checked by a client of transparency logs that others wrote.
//! - [`audit`]: the folder that auditors take away.
//! - [`verification`]: rows that were changed past it are found out.
//! - [`demo`]: the sample city has something of everything.
//! - [`processes`]: the real program, how it starts and ends.
//! - [`data_folder`]: who may read what the program writes.
//! - [`limits`]: what one caller may use up.
//! - [`keys`]: a ledger goes by its own keys.
//! - [`readiness`]: what stands in the way of work is told.
//! - [`faults`]: the real program killed, cut off, out of room, overrun: whole after all of it.
//! - [`golden`]: what former programs wrote, read by this one.
//! - [`tokens`]: who is let in, and who is not; [`log_ins`]: who guesses waits; [`sessions`]: how
//!   log-ins go on and end.
//! - [`passwords`]: how they are changed and reset, and what they may not be.
//! - [`contract`]: the specification promises no less than it did.
//! - [`replays`]: who is told once more what a request of theirs came to, and who is not any more.
//! - [`walk`]: every operation of the specification, by everybody who may not call it.
//!
//! [`tidy`]: guards of the layout and of the documents that follow from the code; [`words`]: of the words.
//!
//! [`support`]: databases, the running service, a town to test in, a clock that tests set.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::pedantic)]
#![allow(
    clippy::cloned_ref_to_slice_refs,
    clippy::type_complexity,
    reason = "a test says plainly what it expects"
)]

mod applications;
mod as_of;
mod as_of_files;
mod asked;
mod assessments;
mod attendance;
mod audit;
mod bad_input;
mod badges;
mod calendar;
mod certificates;
mod circles;
mod conformance;
mod contract;
mod corrections;
mod data_folder;
mod demo;
mod double_entry;
mod duplicates;
mod enrolments;
mod erasure;
mod every_answer;
mod exports;
mod faults;
mod findings;
mod front_door;
mod golden;
mod home;
mod honours;
mod idempotency;
mod identity;
mod import;
mod journal;
mod keys;
mod leaving;
mod limits;
mod log_ins;
mod log_restart;
mod merging;
mod messages;
mod model;
mod notices;
mod objections;
mod operators;
mod opportunities;
mod outsiders;
mod own_faults;
mod paging;
mod passwords;
mod plans;
mod pledges;
mod points;
mod processes;
mod programmes;
mod proof_page;
mod proofs;
mod races;
mod ratings;
mod readiness;
mod receipts;
mod redemptions;
mod registration;
mod replays;
mod rollups;
mod schema;
mod scheme_versions;
mod sealed_people;
mod second_persons;
mod self_declared;
mod self_verification;
mod service_records;
mod sessions;
mod stars;
mod support;
mod tampering;
mod tidy;
mod tokens;
mod totals;
mod trainings;
mod transfers;
mod tricks;
mod tricks_persons;
mod tricks_points;
mod tricks_rules;
mod two_persons;
mod units;
mod verification;
mod voiding;
mod walk;
mod wechat;
mod whole_way;
mod withdrawing;
mod witness;
mod words;
