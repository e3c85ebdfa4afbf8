//! What somebody is told, and how much of it is not read yet.

use super::list::{PageOf, PageRequest};
use super::merges;
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::message::{About, Message, MessageKind, MessagePlace};
use crate::store::column::{Column, Stored, words};
use crate::store::expression::{given, is_one_of};
use crate::store::schema::{inboxes as i, messages as t};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;
use std::convert::identity;

words!(MessageKind);

/// The noun, and the number of the entry that made the thing: `record:4711`.
impl Column for About {
    type Primitive = String;

    fn to_primitive(&self) -> String {
        format!("{}:{}", self.noun(), self.entry())
    }

    fn from_primitive(text: String) -> Result<Self, StoreError> {
        let about = text.split_once(':').and_then(|(noun, entry)| Self::of(noun, Seq(entry.parse().ok()?)));
        about.ok_or_else(|| StoreError::corrupt(format!("{text} is nothing that a message is about")))
    }
}

table_row! {
    Message in messages by [entry, line] { entry, line, volunteer, kind, about, minutes, points, due_at, told_at }
}

/// A page of what somebody is told, and what they have read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxReadModel {
    pub page: PageOf<Message, MessagePlace>,
    /// Everything up to here is read.
    pub read_up_to: MessagePlace,
    /// How many messages are not read.
    pub unread: i64,
}

/// What somebody is told, newest first; of all their numbers.
///
/// Reads in a snapshot of its own: call it outside any transaction.
pub fn inbox(
    db: &mut Db,
    volunteer: VolunteerId,
    only_unread: bool,
    page: PageRequest<MessagePlace>,
) -> Result<InboxReadModel, StoreError> {
    db.snapshot(|db| inbox_within(db, volunteer, only_unread, page))
}

fn inbox_within(
    db: &mut Db,
    volunteer: VolunteerId,
    only_unread: bool,
    page: PageRequest<MessagePlace>,
) -> Result<InboxReadModel, StoreError> {
    let (numbers, read_up_to) = (merges::numbers_of(db, volunteer, None)?, read_up_to(db, volunteer)?);
    let told = t::table
        .filter(is_one_of(t::volunteer, numbers.clone()))
        .filter(given(only_unread.then_some(read_up_to), after))
        .filter(given(page.after, before))
        .order((t::entry.desc(), t::line.desc()))
        .limit(page.rows_to_read());
    let page = page.page(db.load(told)?.into_iter().map(identity::<Message>).collect(), Message::place);
    Ok(InboxReadModel { page, read_up_to, unread: unread_after(db, numbers, read_up_to)? })
}

/// How many of somebody's messages are not read.
pub fn unread(db: &mut Db, volunteer: VolunteerId) -> Result<i64, StoreError> {
    let numbers = merges::numbers_of(db, volunteer, None)?;
    unread_of(db, volunteer, numbers)
}

/// [`unread`] where all numbers of the volunteer are known.
pub(super) fn unread_of(
    db: &mut Db,
    volunteer: VolunteerId,
    numbers: Vec<VolunteerId>,
) -> Result<i64, StoreError> {
    let read_up_to = read_up_to(db, volunteer)?;
    unread_after(db, numbers, read_up_to)
}

/// Whether there is such a message of somebody's.
pub fn is_told(db: &mut Db, volunteer: VolunteerId, place: MessagePlace) -> Result<bool, StoreError> {
    let numbers = merges::numbers_of(db, volunteer, None)?;
    let told = t::table
        .filter(t::entry.eq(Stored(place.entry)))
        .filter(t::line.eq(place.line))
        .filter(is_one_of(t::volunteer, numbers));
    Ok(db.one(told.select(dsl::count_star()))? != Some(0_i64))
}

fn unread_after(db: &mut Db, numbers: Vec<VolunteerId>, read_up_to: MessagePlace) -> Result<i64, StoreError> {
    let unread = t::table.filter(is_one_of(t::volunteer, numbers)).filter(after(read_up_to));
    Ok(db.one(unread.select(dsl::count_star()))?.unwrap_or(0))
}

fn read_up_to(db: &mut Db, volunteer: VolunteerId) -> Result<MessagePlace, StoreError> {
    let read = i::table.filter(i::volunteer.eq(Stored(volunteer))).select((i::read_entry, i::read_line));
    let read: Option<(Stored<Seq>, i64)> = db.one(read)?;
    Ok(read.map_or_else(MessagePlace::default, |(entry, line)| MessagePlace { entry: entry.value(), line }))
}

/// The entry is looked at by itself first, so that both databases go by the index.
#[auto_type(no_type_alias)]
fn after(place: MessagePlace) -> _ {
    let entry: Stored<Seq> = Stored(place.entry);
    let line: i64 = place.line;
    t::entry.ge(entry).and(t::entry.gt(entry).or(t::line.gt(line)))
}

#[auto_type(no_type_alias)]
fn before(place: MessagePlace) -> _ {
    let entry: Stored<Seq> = Stored(place.entry);
    let line: i64 = place.line;
    t::entry.le(entry).and(t::entry.lt(entry).or(t::line.lt(line)))
}
