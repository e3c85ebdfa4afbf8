//! Messages: what a volunteer is told, and how far they have read.

use super::extract::{Query, Strict, VolunteerOnly};
use super::language::Language;
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::schema::{described, text};
use super::state::State;
use super::view::Shown;
use super::wire::{Count, LocalTime, PointsText};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::general;
use crate::domain::ids::VolunteerId;
use crate::domain::message::{About, Message, MessageKind, MessagePlace, ReadMessages, Refusal};
use crate::domain::time::LocalZone;
use crate::store::read::messages;
use actix_web::http::header::CONTENT_LANGUAGE;
use actix_web::{CustomizeResponder, Responder, get, post, web};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_own_messages).service(read_own_messages);
}

/// The id of a message: the entry that it tells of, and the place among what that tells.
#[derive(Clone, Copy, Debug)]
pub struct MessageId(pub MessagePlace);

impl Serialize for MessageId {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MessageId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map(Self).map_err(de::Error::custom)
    }
}

described! {
    MessageId, "MessageId" => message_id();
}

fn message_id() -> ObjectBuilder {
    text("The id of a message; not the same message twice", "4711-1")
        .max_length(Some(32))
        .pattern(Some("^[1-9][0-9]*-[1-9][0-9]*$"))
}

/// Something that the volunteer is told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageView {
    pub id: MessageId,
    pub kind: MessageKind,
    /// The same in words, in the language that `Accept-Language` asks for.
    #[schema(example = "您的一条服务记录被驳回。")]
    pub text: String,
    pub told_at: LocalTime,
    /// Whether the volunteer has said so.
    pub read: bool,
    /// What it is about; null if about nothing else than the volunteer.
    pub about: Option<AboutView>,
    /// Of service: the minutes that count, or count no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<Minutes>,
    /// Points that were earned, that are held for a gift or no longer, or that expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub points: Option<PointsText>,
    /// When something ends, or may be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub due_at: Option<LocalTime>,
}

/// The thing that a message is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageSubject)]
pub struct AboutView {
    /// What it is.
    #[schema(pattern = "^[a-z_]+$", example = "record")]
    pub noun: &'static str,
    /// Its id.
    #[schema(format = Uuid)]
    pub id: String,
}

impl From<About> for AboutView {
    fn from(about: About) -> Self {
        Self { noun: about.noun(), id: about.to_string() }
    }
}

impl MessageView {
    fn new(message: &Message, read_up_to: MessagePlace, language: Language, zone: LocalZone) -> Self {
        Self {
            id: MessageId(message.place()),
            kind: message.kind,
            text: words(message, language, zone),
            told_at: LocalTime::new(message.told_at, zone),
            read: message.place() <= read_up_to,
            about: message.about.map(Into::into),
            minutes: message.minutes,
            points: message.points.map(PointsText),
            due_at: message.due_at.map(|due_at| LocalTime::new(due_at, zone)),
        }
    }
}

/// The text of a message's kind with its figures.
fn words(message: &Message, language: Language, zone: LocalZone) -> String {
    let text = match language {
        Language::English => message.kind.english(),
        Language::Chinese => message.kind.chinese(),
    };
    let figures = [
        ("{minutes}", message.minutes.map(|minutes| minutes.to_string())),
        ("{points}", message.points.map(|points| points.to_string())),
        ("{due_at}", message.due_at.map(|due_at| zone.date_and_time(due_at))),
    ];
    figures.into_iter().fold(text.to_owned(), |text, (place, figure)| match figure {
        Some(figure) => text.replace(place, &figure),
        None => text,
    })
}

/// A page of what the volunteer is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inbox {
    #[serde(flatten)]
    pub page: Page<MessageView>,
    /// How many messages are not read, on this page and all others.
    pub unread: Count,
}

/// How many messages are not read yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unread {
    pub unread: Count,
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    /// Whether only those that are not read.
    unread: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// How far the volunteer has read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "up_to": "4711-1" }))]
pub struct ReadUpTo {
    /// The newest message that was read: it and all that were told before it are read.
    pub up_to: MessageId,
}

/// Lists the caller's messages
///
/// What the volunteer is told because of what others did, newest first, and how much of it is not read. What volunteers
/// do themselves they are not told. Clients pass over kinds that they do not know, or show their text.
#[utoipa::path(
    tag = "messages",
    params(MessageQuery),
    responses((status = 200, description = "A page", body = Inbox)),
    security(("bearer" = ["volunteer"])),
)]
#[get("/me/messages")]
pub async fn list_own_messages(
    state: State,
    caller: VolunteerOnly,
    language: Language,
    query: Query<MessageQuery>,
) -> Result<CustomizeResponder<Shown<Inbox>>, ApiError> {
    let MessageQuery { unread, limit, cursor } = query.0;
    let (volunteer, zone) = (own(caller.actor())?, state.rules.zone);
    let request = page_request("messages", limit, cursor.as_ref())?;
    let only_unread = unread.unwrap_or_default();
    let read = move |db: &mut _, _| messages::inbox(db, volunteer, only_unread, request);
    let found = state.read_as(caller.0, read).await?;
    let show = |message: Message| MessageView::new(&message, found.read_up_to, language, zone);
    let inbox = Inbox { page: Page::new("messages", found.page, show), unread: Count(found.unread) };
    Ok(Shown::plain(inbox).customize().insert_header((CONTENT_LANGUAGE, language.tag())))
}

/// Says how far the caller has read
///
/// The message and all that were told before it are read from now on; who had read further has still. It is no fact of the
/// ledger and leaves no entry.
#[utoipa::path(
    tag = "messages",
    request_body = ReadUpTo,
    responses((status = 200, description = "What is left", body = Unread)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-keyless" = json!(true)), ("x-refusals" = json!(["message_not_found"]))),
)]
#[post("/me/messages/read")]
pub async fn read_own_messages(
    state: State,
    caller: VolunteerOnly,
    body: Strict<ReadUpTo>,
) -> Result<web::Json<Unread>, ApiError> {
    let (volunteer, up_to) = (own(caller.actor())?, body.value.up_to.0);
    if !state.read_as(caller.0, move |db, _| messages::is_told(db, volunteer, up_to)).await? {
        return Err(Refusal::MessageNotFound.into());
    }
    state.note(caller.asker(), Command::ReadMessages(ReadMessages { volunteer, up_to })).await?;
    let unread = state.read_as(caller.0, move |db, _| messages::unread(db, volunteer)).await?;
    Ok(web::Json(Unread { unread: Count(unread) }))
}

fn own(actor: Actor) -> Result<VolunteerId, ApiError> {
    match actor {
        Actor::Volunteer(volunteer) => Ok(volunteer),
        Actor::Operator(_) | Actor::System => Err(general::Refusal::NotPermitted.into()),
    }
}
