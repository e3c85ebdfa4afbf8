// Made of the service's /codes.json: npm run generate

/** The status that goes with each code. */
export interface StatusOfCode {
    /** The absence was contested before. */
    absence_contested_before: 409;
    /** Nobody is absent before the activity is over. */
    absence_too_early: 409;
    /** No such access. */
    access_not_found: 404;
    /** Number or code is wrong, or the code is good no more. */
    activation_invalid: 403;
    /** The activity is cancelled. */
    activity_cancelled: 409;
    /** Somebody has checked in and not checked out: the activity is not called off, its start stays, and it does not end in the past. */
    activity_has_present: 409;
    /** The activity has submitted or credited service records. */
    activity_has_records: 409;
    /** The activity is not published yet. */
    activity_is_draft: 409;
    /** No such activity. */
    activity_not_found: 404;
    /** The activity's unit must be the programme's unit or one under it. */
    activity_outside_programme: 422;
    /** The activity is over. */
    activity_over: 409;
    /** The activity was published before. */
    activity_published: 409;
    /** The operator has been disabled, or the volunteer's registration closed. */
    actor_disabled: 403;
    /** Who applies to be registered is at least 10 years old. */
    age_below_minimum: 422;
    /** The volunteer is enrolled in this activity, or applies, waits or was there. */
    already_enrolled: 409;
    /** No such application. */
    application_not_found: 404;
    /** The application was decided, taken back, or nobody decided it in time. */
    application_not_open: 409;
    /** Who signed in, or who has this document, has an open application. */
    application_open: 409;
    /** Above 8 hours on a person's day, the parent unit must approve. */
    approval_needs_parent_unit: 422;
    /** Above 12 hours on a person's day, the top unit must approve. */
    approval_needs_top_unit: 422;
    /** Above 8 hours on a person's day, another person than who entered the record approves. */
    approval_of_long_day: 422;
    /** Nobody approves a back-fill that they submitted. */
    approval_of_own_backfill: 422;
    /** No coordinator approves their own hours. */
    approval_of_own_hours: 422;
    /** No such version of an assessment scheme. */
    assessment_scheme_not_found: 404;
    /** Each code must be unique, and each weight more than 0 and at most 1,000. */
    assessment_terms_invalid: 422;
    /** No such attendance. */
    attendance_not_found: 404;
    /** The volunteer has not checked in at this activity. */
    attendance_not_open: 409;
    /** It is still to be checked out of. */
    attendance_not_over: 409;
    /** Only what was left unfinished is completed. */
    attendance_not_unfinished: 409;
    /** Nobody sees to their own attendance. */
    attendance_of_own: 422;
    /** The volunteer has checked in elsewhere, and is to check out there first. */
    attendance_open: 409;
    /** The activity is over: nobody checks in or out any more. */
    attendance_over: 409;
    /** This service has no key for badges, so it cannot sign one. */
    badge_key_missing: 503;
    /** No such binding. */
    binding_not_found: 404;
    /** Nobody can be bound by this, or more than one could: the office gives an activation code. */
    binding_refused: 403;
    /** It is bound already: sign in with it. */
    binding_taken: 409;
    /** The body is larger than this operation accepts. */
    body_too_large: 413;
    /** The body ended too early. */
    body_unreadable: 400;
    /** A break lies outside the service, overlaps another, or is out of order. */
    breaks_invalid: 422;
    /** Too many changes are waiting to be written, or exports are under way; Retry-After says when to try again. */
    busy: 503;
    /** A day appears twice in the list. */
    calendar_day_twice: 422;
    /** The calendar would not change. */
    calendar_unchanged: 409;
    /** No minutes were credited in the period: there is nothing to certify. */
    certificate_empty: 422;
    /** The registration is closed: the content of the certificate was erased. */
    certificate_erased: 410;
    /** This service has no font with Chinese characters, so it cannot make a PDF. */
    certificate_font_missing: 503;
    /** No font of this service has some character of the certificate, so it makes no PDF rather than one without it. */
    certificate_glyph_missing: 503;
    /** No such certificate, or not of this volunteer. */
    certificate_not_found: 404;
    /** The period must not end before it begins, nor lie in the future. */
    certificate_period_invalid: 422;
    /** The certificate is revoked. */
    certificate_revoked: 409;
    /** The person or the hours changed while the certificate was being issued. */
    certificate_stale: 409;
    /** The certificate has been replaced by another one already. */
    certificate_superseded: 409;
    /** The code was good once, and is no more: codes change every thirty seconds. */
    check_code_expired: 409;
    /** The code is for the other direction: for coming, or for going. */
    check_code_of_other_direction: 409;
    /** The code is not one that this service gave, or is of another kind than is asked for here. */
    check_code_wrong: 422;
    /** Checking in begins shortly before the activity does. */
    check_in_too_early: 409;
    /** A person checks in at an activity at most three times a day. */
    checked_in_too_often: 409;
    /** No tree with this entry has been signed yet; one is signed within seconds of a change. */
    checkpoint_not_found: 404;
    /** At most 50 claims of one volunteer wait to be decided. */
    claims_too_many: 409;
    /** Closing would strand points or pending records (500 at most): settle them, or name exactly these. */
    closing_strands: 409;
    /** An office's closing takes another person than the one who asked, or three days. */
    closing_too_soon: 409;
    /** It ended after it began, and not after the activity. */
    completion_invalid: 422;
    /** It is completed within ten working days. */
    completion_too_late: 409;
    /** The volunteer does not meet a condition of the position. */
    conditions_not_met: 409;
    /** The volunteer entered it themselves: their word is in it already. */
    confirmation_of_own_entry: 422;
    /** The volunteer has an open correction for the same already. */
    correction_already_open: 409;
    /** The correction has not been carried out yet: first record what was missing, or reject or void what was wrong. */
    correction_not_done: 409;
    /** No such correction. */
    correction_not_found: 404;
    /** The correction is decided. */
    correction_not_open: 409;
    /** Nobody decides a correction that they asked for. */
    correction_of_own: 422;
    /** The record does not fit the correction: it must be the volunteer's own and, if a record was missing, of that activity and time. */
    correction_record_unfit: 422;
    /** At most 20 corrections of one volunteer are open at a time. */
    corrections_too_many: 409;
    /** A person is entered with so many occasions a day and an activity at most, as the points policy says. */
    count_cap_reached: 409;
    /** The activity counts occasions: a count from 1 to 1000 is needed. */
    count_missing: 422;
    /** The activity counts minutes: no count is taken. */
    count_unexpected: 422;
    /** What a unit may credit is set by who answers for the unit above it; of a top unit by an admin. */
    crediting_policy_from_above: 403;
    /** A person's day never reaches 24 hours. */
    daily_cap_reached: 409;
    /** Deductions must leave at least one minute. */
    deductions_invalid: 422;
    /** The document that the office has seen is not the one that was applied with. */
    document_differs: 422;
    /** The service must end after it starts. */
    end_not_after_start: 422;
    /** Sign-up is closed: the activity begins, or does not take anybody any more. */
    enrolment_closed: 409;
    /** Who enrols somebody else says how they agreed (Ordinance 685, article 25). */
    enrolment_consent_missing: 422;
    /** No such enrolment. */
    enrolment_not_found: 404;
    /** Sign-up has not opened yet. */
    enrolment_not_open: 409;
    /** Nobody decides about their own place. */
    enrolment_of_own: 422;
    /** The volunteer has a place in another activity at that time. */
    enrolment_overlaps: 409;
    /** The enrolment is not in the state that this asks for. */
    enrolment_status_wrong: 409;
    /** Sign-up opens before it closes, and closes and is withdrawn from before the activity ends. */
    enrolment_times_invalid: 422;
    /** No such entry in the journal. */
    entry_not_found: 404;
    /** What it leads to is more than one entry of the journal can hold: ask for it in parts. */
    entry_too_long: 422;
    /** What a leader saw on the spot is entered within the hours that the unit's crediting policy says; later it is a back-fill. */
    evidence_not_on_the_spot: 422;
    /** The actor may not give this evidence. */
    evidence_not_permitted: 422;
    /** Only the service itself says that somebody checked in: nobody else enters `scan` or `geo`. */
    evidence_not_seen: 422;
    /** A fence has a radius of 100 to 5,000 metres; position alone is enough only where there is a fence. */
    fence_invalid: 422;
    /** Auditors do not look for persons by name or mobile number: what they know of them, they know from lists. */
    filter_not_for_auditors: 403;
    /** The finding has been dismissed already. */
    finding_dismissed: 409;
    /** The question does not show a finding with this id. */
    finding_not_found: 404;
    /** Another person hands a gift over than who placed its redemption, or receives it. */
    fulfilment_by_placer: 422;
    /** The consent given does not cover the person's age. */
    guardian_consent_missing: 422;
    /** An honour is given today at the latest. */
    honour_in_future: 422;
    /** No such honour. */
    honour_not_found: 404;
    /** Nobody enters, corrects or voids an honour of their own. */
    honour_of_own: 422;
    /** The honour was voided. */
    honour_voided: 409;
    /** An Idempotency-Key has 1 to 255 visible ASCII characters. */
    idempotency_key_invalid: 400;
    /** The Idempotency-Key was used for another request. */
    idempotency_key_reused: 422;
    /** Nobody confirmed the change within 30 days: ask for it again. */
    identity_change_expired: 409;
    /** No such change of identity. */
    identity_change_not_found: 404;
    /** The change is carried out or declined. */
    identity_change_not_pending: 409;
    /** Another person than the one who asked has to confirm; nobody says who they are themselves. */
    identity_change_of_own: 403;
    /** A change of the volunteer's identity waits for its second person. */
    identity_change_open: 409;
    /** Someone is registered with this identity document. */
    identity_taken: 409;
    /** The document cannot be registered here; the unit above can say why. */
    identity_unavailable: 409;
    /** What is sent says nothing else than what is known already. */
    identity_unchanged: 422;
    /** If-Match is neither one entity tag of this service nor `*`. */
    if_match_invalid: 400;
    /** An error of this service; the cause is in its log. */
    internal: 500;
    /** The cursor is not one that this list gave out. */
    invalid_cursor: 400;
    /** A member of the body has a wrong type or value. */
    invalid_field: 422;
    /** A parameter of the query has a wrong value, is unknown, or is given twice. */
    invalid_parameter: 400;
    /** The journal is not as the service left it, or does not hold what was signed: an operator must look. */
    journal_in_doubt: 503;
    /** Login or password is wrong. */
    login_failed: 401;
    /** Another operator has this login. */
    login_taken: 409;
    /** No such lot of points. */
    lot_not_found: 404;
    /** The body is not JSON in UTF-8. */
    malformed_json: 400;
    /** Nobody confirmed the merge within 30 days: ask for it again. */
    merge_expired: 409;
    /** A number is merged into an earlier one, never into a later one or itself. */
    merge_into_later: 422;
    /** No such merge. */
    merge_not_found: 404;
    /** The merge is carried out or declined. */
    merge_not_pending: 409;
    /** Another person than the one who asked has to confirm; nobody merges their own numbers. */
    merge_of_own: 403;
    /** Records of the later number wait to be decided, or corrections do: settle these first. */
    merge_unsettled: 409;
    /** No such message of the caller's. */
    message_not_found: 404;
    /** The path does not support this method; the Allow header names those that it supports. */
    method_not_allowed: 405;
    /** The body lacks a member. */
    missing_field: 422;
    /** A model post does not end before it begins. */
    model_post_dates_invalid: 422;
    /** The model post was ended. */
    model_post_ended: 409;
    /** The holder of a model post belongs to its unit or one under it. */
    model_post_holder_elsewhere: 422;
    /** No such model post. */
    model_post_not_found: 404;
    /** Less than one whole minute was served. */
    no_minutes: 422;
    /** Nobody who waits can be given a place. */
    nobody_to_promote: 409;
    /** The answer is not available in any media type that Accept names. */
    not_acceptable: 406;
    /** The volunteer has no place in this activity: who is in charge may let them in. */
    not_enrolled: 409;
    /** The role does not allow this. */
    not_permitted: 403;
    /** The disk has no room, the database is malformed, or a part of the service has ended: the detail says which. */
    not_ready: 503;
    /** Nothing is due yet. */
    nothing_due: 409;
    /** The record is not on public notice, or no longer. */
    notice_not_running: 409;
    /** The record is on public notice. */
    notice_running: 409;
    /** A unit's notice is no shorter than what a unit above demands; null follows that. */
    notice_shorter_than_above: 409;
    /** No such objection. */
    objection_not_found: 404;
    /** The objection is resolved. */
    objection_not_open: 409;
    /** An objection to the record is still open. */
    objection_open: 409;
    /** Each person objects to a record once. */
    objection_repeated: 409;
    /** At most 20 objections of one volunteer are open at a time. */
    objections_too_many: 409;
    /** The offer is still to be answered. */
    offer_not_over: 409;
    /** The offer was to be answered before. */
    offer_over: 409;
    /** The operator is disabled: enable them first. */
    operator_disabled: 409;
    /** The operator is not disabled. */
    operator_not_disabled: 409;
    /** No such operator. */
    operator_not_found: 404;
    /** An operator is linked to a volunteer or names a document: one of the two, so that a second person is another person. */
    operator_person_invalid: 422;
    /** Coordinators and auditors need a unit; an admin has none; an operator's role is not `volunteer`. */
    operator_unit_invalid: 422;
    /** What recruits is shown to who is signed in only: this service is not set up to show it to everybody. */
    opportunities_not_public: 404;
    /** The position lies outside the activity's fence, as far as it can be told. */
    outside_fence: 409;
    /** The thing belongs to a unit that the operator does not answer for. */
    outside_unit: 403;
    /** The service lies outside the activity's window and its tolerance. */
    outside_window: 422;
    /** Nobody changes or disables their own access, so that the last admin cannot lock everybody out. */
    own_access: 403;
    /** The old password is wrong, or there is none: ask for a one-time code. */
    password_wrong: 403;
    /** Somebody of the same name, birth date and mobile is registered: perhaps the same person with another document. `volunteers` says who, to those who answer for them. Who is somebody else is registered with `another_person` and a reason. */
    person_may_be_registered: 409;
    /** The person's data was changed since it was read: try again. */
    person_stale: 409;
    /** The pick-up code is not this redemption's. */
    pickup_code_wrong: 422;
    /** No place is free, and the request does not want to wait for one; or who waits comes first. */
    places_full: 409;
    /** A pledge is due today or later. */
    pledge_due_in_past: 422;
    /** The pledge was ended. */
    pledge_ended: 409;
    /** No such pledge. */
    pledge_not_found: 404;
    /** The record has been named for this pledge already. */
    pledge_record_named: 409;
    /** A pledge is kept by the volunteer's own records. */
    pledge_record_of_another: 422;
    /** At most 20 records keep one pledge. */
    pledge_records_full: 409;
    /** At most 20 pledges of one volunteer are open at a time. */
    pledges_too_many: 409;
    /** Not enough points are available. */
    points_insufficient: 409;
    /** The volunteer owes points of voided service. */
    points_owed: 409;
    /** The price would need points of too many credited records at once. */
    points_scattered: 409;
    /** A policy takes effect today or later. */
    policy_in_past: 422;
    /** No such version of the points policy. */
    policy_not_found: 404;
    /** At most 1,000 points an hour, 10,000 a count, coefficients to 100, validity of 1 to 1,200 months. */
    policy_terms_invalid: 422;
    /** Points would be valid until a day that is past, or before the policy takes effect. */
    policy_validity_over: 422;
    /** The activity has a fence: one's position is asked for. Who gives none shows their own code to who is in charge. */
    position_needed: 409;
    /** Here position alone is not enough: a code is to be scanned. */
    position_not_enough: 409;
    /** No such position. */
    position_not_found: 404;
    /** A position is for up to 100,000 people; ages are from 0 to 120, the least not above the most; a star from 1 to 10; at most 20 units. */
    position_terms_invalid: 422;
    /** The position may be off by more than 100 metres. */
    position_too_coarse: 409;
    /** An activity has at most 100 positions. */
    positions_too_many: 409;
    /** The If-Match header is missing: the entity tag that was read, or `*`. */
    precondition_required: 428;
    /** The programme is closed. */
    programme_closed: 409;
    /** No such programme. */
    programme_not_found: 404;
    /** No such rating. */
    rating_not_found: 404;
    /** Nobody rates their own service. */
    rating_of_own: 422;
    /** Each side rates once. */
    rating_repeated: 409;
    /** An activity, and service there, is rated until thirty days after the activity's end. */
    rating_too_late: 409;
    /** Ratings are for who has a record at the activity, credited or to be decided. */
    rating_without_service: 409;
    /** What is entered late, and a back-fill, needs a reason. */
    reason_missing: 422;
    /** The volunteer confirmed it before. */
    record_confirmed_before: 409;
    /** The record is not credited. */
    record_not_credited: 409;
    /** No such service record. */
    record_not_found: 404;
    /** The record is neither submitted nor credited: there is nothing to correct. */
    record_not_live: 409;
    /** The record is not waiting for a decision. */
    record_not_submitted: 409;
    /** A person serves one place at a time. */
    record_overlaps: 409;
    /** Recruitment does not tell what it has to: place, content, risks, safeguards and whom to ask (GB/T 40143, 6.1). */
    recruitment_incomplete: 409;
    /** What recruitment tells is public for ever: it holds no person's mobile or identity number. */
    recruitment_personal: 422;
    /** The redemption has expired. */
    redemption_expired: 409;
    /** No such redemption. */
    redemption_not_found: 404;
    /** The redemption is not open. */
    redemption_not_held: 409;
    /** At most 20 redemptions of one volunteer wait to be picked up at a time. */
    redemptions_too_many: 409;
    /** The refresh token is unknown, expired, or was used before. */
    refresh_token_invalid: 401;
    /** The consent lies in the future, or the birth date does. */
    registration_dates_invalid: 422;
    /** Login or one-time code is wrong, or the code has expired or was used. */
    reset_code_invalid: 403;
    /** Nobody resolves their own objection. */
    resolution_by_objector: 422;
    /** Nobody resolves an objection to a record that they entered. */
    resolution_by_recorder: 422;
    /** No such reward. */
    reward_not_found: 404;
    /** The reward is for members of its unit and those under it. */
    reward_not_offered: 422;
    /** The reward is out of stock. */
    reward_out_of_stock: 409;
    /** The reward is withdrawn. */
    reward_withdrawn: 409;
    /** There is nothing at this path. */
    route_not_found: 404;
    /** Another version took the place of the one that was read: read again, and name that as `replaces`. */
    scheme_already_replaced: 409;
    /** Who entered a record does not credit it: it takes another person, or the volunteer's confirmation where it is not late. */
    second_person_needed: 422;
    /** Under 14 the guardian consents to the handling of personal data separately. */
    separate_consent_missing: 422;
    /** The service lies in the future. */
    service_in_future: 422;
    /** The caller has no such session. */
    session_not_found: 404;
    /** A star scheme takes effect today or later. */
    star_scheme_in_past: 422;
    /** No such version of the star scheme, or none is valid on the day. */
    star_scheme_not_found: 404;
    /** One to ten thresholds, each above the one before, and at least one kind of evidence that counts. */
    star_terms_invalid: 422;
    /** The stock would exceed what a reward may have. */
    stock_too_large: 422;
    /** The ticket is not one of this service, or its ten minutes are over: sign in again. */
    ticket_invalid: 401;
    /** All of the holder's tokens of before were ended: log in again. */
    token_ended: 401;
    /** The access token has expired. */
    token_expired: 401;
    /** The access token is not one of this service. */
    token_invalid: 401;
    /** The volunteer has ten bindings, which is as many as anybody may have: end one first. */
    too_many_bindings: 409;
    /** Too many records to examine at once: narrow the unit or the days. */
    too_many_records: 422;
    /** Too many requests of this kind from this address, for this login or with this token, too many changes of this person, or too many look-ups of persons that found nobody; Retry-After says when to try again. */
    too_many_requests: 429;
    /** A training must not end before it begins, nor in the future. */
    training_dates_invalid: 422;
    /** A training takes at least one minute, and at most the whole of its days. */
    training_minutes_invalid: 422;
    /** No such training. */
    training_not_found: 404;
    /** Nobody enters, corrects or voids a training of their own. */
    training_of_own: 422;
    /** The training was voided. */
    training_voided: 409;
    /** The volunteer has an open transfer already. */
    transfer_already_open: 409;
    /** What a coordinator proposed is released after the volunteer agreed, or naming the consent on paper. */
    transfer_consent_missing: 422;
    /** The transfer has expired. */
    transfer_expired: 409;
    /** A proposal is released on paper by another person than who made it. */
    transfer_needs_second_person: 422;
    /** No such transfer. */
    transfer_not_found: 404;
    /** The volunteer belongs to another unit than when the transfer was proposed. */
    transfer_outdated: 409;
    /** The transfer is in a state that does not allow this step. */
    transfer_state_wrong: 409;
    /** The volunteer is in this unit already. */
    transfer_to_same_unit: 409;
    /** The request carries no access token. */
    unauthenticated: 401;
    /** The service is stopping, or cannot reach its database. */
    unavailable: 503;
    /** Another unit has this code. */
    unit_code_taken: 409;
    /** A unit is of a kind below its parent's: bureau, department, school, team. */
    unit_kind_not_below: 422;
    /** No such unit. */
    unit_not_found: 404;
    /** The body has a member that this operation does not know. */
    unknown_field: 422;
    /** The body must be `application/json`, not compressed. */
    unsupported_media_type: 415;
    /** It was changed since it was read. */
    version_stale: 412;
    /** The volunteer's registration is closed. */
    volunteer_closed: 409;
    /** The volunteer has open redemptions. */
    volunteer_has_open_redemptions: 409;
    /** The volunteer has an open transfer. */
    volunteer_has_open_transfer: 409;
    /** The volunteer has left for now: nothing can be earned or spent. */
    volunteer_inactive: 409;
    /** The volunteer has checked in at an activity and not checked out. */
    volunteer_is_present: 409;
    /** The number is an alias of an earlier one of the same person: nothing is entered for it any more. `into` says which, to those who answer for the person. */
    volunteer_merged: 409;
    /** No such volunteer. */
    volunteer_not_found: 404;
    /** The volunteer is active, and nobody asked to close the registration. */
    volunteer_not_inactive: 409;
    /** The code that WeChat gave is wrong, over, or was used: ask WeChat for another one. */
    wechat_code_invalid: 401;
    /** WeChat says that this user asks too often; Retry-After says when to try again. */
    wechat_too_often: 429;
    /** WeChat does not answer, or not as it should; Retry-After says when to try again. */
    wechat_unavailable: 503;
    /** WeChat has blocked this user. */
    wechat_user_blocked: 403;
    /** The window must end after it starts and last at most 366 days. */
    window_invalid: 422;
    /** Who entered a record withdraws it, and nobody else: others reject it. */
    withdrawal_by_another: 422;
    /** The activity has started: who has a place is there or absent. */
    withdrawal_too_late: 409;
}

/** The code of a refusal. */
export type Code = keyof StatusOfCode;
