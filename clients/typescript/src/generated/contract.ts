// Made of openapi.yaml by openapi-typescript: npm run generate

export interface paths {
    "/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists units
         * @description All units of the caller's tree, each after its parent.
         */
        get: operations["list_units"];
        put?: never;
        /**
         * Creates a unit
         * @description A coordinator of the parent unit, or of a unit above it, may create units under it. Only an admin
         *     creates the top of a tree.
         */
        post: operations["create_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a unit
         * @description Any unit of the caller's tree.
         */
        get: operations["get_unit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{id}/subtree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists a unit and all units under it
         * @description Each after its parent.
         */
        get: operations["list_subtree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{id}/headcounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists a unit's headcounts
         * @description The earliest first, with those that were replaced; or the one that is valid on a day.
         */
        get: operations["list_headcounts"];
        put?: never;
        /**
         * States a unit's headcount from a day on
         * @description It is valid until the day from which another one is.
         */
        post: operations["set_headcount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists volunteers
         * @description Present members of the caller's units, newest first. Document and mobile numbers are masked. A volunteer
         *     sees their own entry only.
         */
        get: operations["list_volunteers"];
        put?: never;
        /**
         * Registers a volunteer
         * @description A person is registered once: the identity document is unique. Who was registered with it before, and left, has the
         *     same number again. Somebody of the same name, birth date and mobile is asked about: `another_person`, with a reason,
         *     says that it is somebody else. The answer shows the volunteer without personal data.
         */
        post: operations["register_volunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Searches volunteers
         * @description The list, by a body: names and mobile numbers stand in no address. It changes nothing and leaves no entry. Whole
         *     numbers that nobody has are looked for only so often in an hour. Auditors do not search by name or mobile number.
         */
        post: operations["search_volunteers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a volunteer
         * @description The document and mobile numbers are shown in full to the volunteer alone. Others see an end of them, auditors nothing,
         *     and of the birth date the year.
         */
        get: operations["get_volunteer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says how a volunteer is reached
         * @description Mobile, residence, skills and service categories, all at once; by the volunteer, or by a coordinator of the unit.
         *     Who the volunteer is, is changed under `/identity`.
         */
        put: operations["change_contact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes a volunteer's registration
         * @description Personal data is erased; service records and journal entries stay, under the volunteer number, and so does a keyed
         *     index of the document for ten years: who registers with it again has the same number. Points that lapse and pending
         *     records must be named. By the volunteer it is done at once. By a coordinator it is asked for first (`closing` says
         *     until when), and done when another person sends it, or anybody after three days.
         */
        post: operations["close_volunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that a volunteer has left for now
         * @description Nothing is erased and nothing is lost; nothing can be earned or spent until the volunteer is back.
         */
        post: operations["deactivate_volunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that a volunteer is back, or stays
         * @description By a coordinator of the unit. It also takes back a closing that was asked for, which the volunteer may do, too.
         */
        post: operations["reactivate_volunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a volunteer's account
         * @description All credited minutes, in total and by evidence; points available, held, owed, and expiring next.
         *
         *     As of an entry, instant or day: as the books had it then, the same for ever. Points that had expired and were not
         *     written off yet are available there.
         */
        get: operations["get_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a volunteer's statement
         * @description Every entry that changed the volunteer's accounts, newest first, with running balances.
         */
        get: operations["list_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/lots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists a volunteer's lots of points
         * @description What each crediting earned and what is left of it, newest first. Redemptions name the lots that they
         *     draw from.
         */
        get: operations["list_lots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the units that a volunteer has belonged to
         * @description The first one first; as they were known as of an entry, if that is asked.
         */
        get: operations["list_memberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says who a volunteer is
         * @description All of the identity, by a coordinator of the unit, with a reason. Where name or document changes, the change is
         *     `pending` until another person confirms it; else it is `made` at once. Document, consent and political status stay as
         *     they are unless given. Certificates issued before a change of name, document or birth date are `superseded`.
         */
        put: operations["change_identity"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists changes of identity
         * @description Of the caller's units, newest first.
         */
        get: operations["list_identity_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a change of identity, with what was written
         * @description As long as it is pending, with what was proposed.
         */
        get: operations["get_identity_change"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-changes/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirms a change of identity
         * @description By another person than the one who asked, who answers for the volunteer's unit.
         */
        post: operations["confirm_identity_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-changes/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declines a change of identity
         * @description What was proposed is erased.
         */
        post: operations["decline_identity_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a number to be merged
         * @description One person under two documents has two numbers: the later becomes an alias of the earlier. By a coordinator of the
         *     units of both, with a reason; it waits for another person to confirm it. What is open on the later number is settled
         *     first: records, corrections, redemptions, a transfer, a change of identity.
         */
        post: operations["merge_volunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists merges
         * @description Of the caller's units, newest first: who asked for each, and who confirmed it.
         */
        get: operations["list_merges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merges/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a merge
         * @description With what was written, to those who may see the volunteer.
         */
        get: operations["get_merge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merges/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirms a merge
         * @description By another person than the one who asked, who answers for the units of both. From then on hours, points and debts of
         *     the later number are the earlier's; the later one is `merged`, and certificates with it are `superseded`. What was
         *     served at one time under both numbers is a finding; nothing is voided by it.
         */
        post: operations["confirm_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merges/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declines a merge
         * @description By anybody who answers for the units of both.
         */
        post: operations["decline_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows a volunteer's numbers in full
         * @description To a coordinator of the unit, with a purpose, which the volunteer can read. Each leaves an entry, with whether the
         *     volunteer was under 18. The numbers are read when it is answered, and kept in no answer: who repeats the request later
         *     than ten minutes is answered without them.
         */
        post: operations["reveal_numbers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who was shown a volunteer's numbers
         * @description Newest first, with the purposes: to the volunteer, and to those who may see the volunteer.
         */
        get: operations["list_accesses_to_volunteer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who was shown whose numbers
         * @description Newest first. `year` and `minors=true` make the yearly list of accesses to minors' data.
         */
        get: operations["list_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accesses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an access
         * @description With its purpose, until the volunteer's personal data is erased; without the numbers.
         */
        get: operations["get_access"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists programmes
         * @description Of the caller's tree of units, newest first.
         */
        get: operations["list_programmes"];
        put?: never;
        /**
         * Creates a programme
         * @description By a coordinator of its unit.
         */
        post: operations["create_programme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a programme
         * @description Any of the caller's tree of units.
         */
        get: operations["get_programme"];
        /**
         * Replaces a programme's name, brands and category
         * @description All of it at once: what is left out is removed.
         */
        put: operations["update_programme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes a programme
         * @description Existing activities stay; new ones are refused.
         */
        post: operations["close_programme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists activities
         * @description Of the caller's tree of units, newest first.
         */
        get: operations["list_activities"];
        put?: never;
        /**
         * Creates an activity
         * @description Of a programme that belongs to the unit or to one above it.
         */
        post: operations["create_activity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an activity
         * @description With the last day for entering its service in time.
         */
        get: operations["get_activity"];
        /**
         * Replaces an activity's changeable data
         * @description All of it at once: what is left out is removed. Unit, programme and measure stay.
         */
        put: operations["update_activity"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publishes a draft
         * @description Once it tells what recruitment has to: place, content, risks, safeguards and whom to ask.
         */
        post: operations["publish_activity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels an activity
         * @description Refused while it has submitted or credited service records, or people are present: then it took place. Everybody who
         *     has a place is told.
         */
        post: operations["cancel_activity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the positions of an activity
         * @description The oldest first, with the places that are free.
         */
        get: operations["list_positions"];
        put?: never;
        /**
         * Adds a position to an activity
         * @description An activity that recruits tells what it has to: once it is published, before the first position is added. Who wants
         *     to check in then needs a place, or to be let in by who is in charge.
         */
        post: operations["create_position"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/positions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a position
         * @description With the places that are taken, offered and free, and how many wait.
         */
        get: operations["get_position"];
        /**
         * Replaces what is said of a position
         * @description All of it at once. More places go to who waits, in the same step; fewer throw nobody out.
         */
        put: operations["update_position"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/opportunities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what recruits
         * @description Published activities of the caller's tree of units that are not over, the first to start first, with names, positions, and
         *     for volunteers what they do not meet and where they are enrolled.
         */
        get: operations["list_opportunities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/opportunities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what recruits, for everybody
         * @description Where the service is set up so (`--public-opportunities`): without a token, as anybody may see it.
         */
        get: operations["list_public_opportunities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/positions/{id}/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a place, applies for one, or waits for one
         * @description By the volunteer; by the office or the leader with how the volunteer agreed. Where nobody waits and a place is free, it
         *     is taken at once; where the leader selects, this is an application.
         */
        post: operations["enrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/positions/{id}/enrolments/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enrols many who agreed, each decided separately
         * @description A class, say: by the office or the leader. One who is refused does not affect the others.
         */
        post: operations["enrol_many"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists enrolments
         * @description Newest first: one's own; those of the unit's activities and of its members; those of an activity that one is in charge
         *     of.
         */
        get: operations["list_enrolments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an enrolment
         * @description With how many wait before it, and why a free place went to somebody else.
         */
        get: operations["get_enrolment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts an offer
         * @description By the volunteer, before `respond_by`.
         */
        post: operations["accept_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraws from a place, an application or a wait
         * @description By the volunteer, always before the activity starts; after `withdraw_by` it is marked late. By the office or the leader
         *     with a reason. The place goes to who waits first.
         */
        post: operations["withdraw_enrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/select": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a place to one who applied
         * @description By the office or the leader.
         */
        post: operations["select_applicant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declines one who applied
         * @description By the office or the leader, with a reason.
         */
        post: operations["decline_applicant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/absent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that somebody was not there
         * @description By the office or the leader, once the activity is over. It never touches hours or points.
         */
        post: operations["mark_absent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/excuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Excuses an absence
         * @description By the office or the leader, with the reason that was accepted.
         */
        post: operations["excuse_absence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/enrolments/{id}/contest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Contests an absence
         * @description By the volunteer, once: that they were there, or why not. Who is in charge looks at it.
         */
        post: operations["contest_absence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/check-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the wall code of an activity
         * @description For who is in charge of the activity, who alone finds it here, to be shown at the place: it changes every thirty seconds, and the one before is taken, too.
         */
        get: operations["get_wall_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/check-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows one's own code
         * @description For who is in charge to scan: it changes every thirty seconds. What is scanned so cannot be passed on.
         */
        get: operations["get_own_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check-codes/shown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notes that a wall code was scanned, before one signs in
         * @description A scan that was good stays good for five minutes: the service notes when it saw it, and answers what to send later.
         */
        post: operations["note_shown_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Checks in
         * @description By the volunteer, with the code that is shown at the place, from 30 minutes before the activity to its end; with one's
         *     position where the activity has a fence. The service's clock counts. Who is there already is told so.
         */
        post: operations["check_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check-outs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Checks out
         * @description By the volunteer, as one checks in, until 30 minutes after the activity's end. The service record follows in the same
         *     step, with the weaker evidence of both ends, and waits to be credited.
         */
        post: operations["check_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scans a volunteer's own code
         * @description By who is in charge, who sees who stands there: the best evidence. Who has no place is let in by it.
         */
        post: operations["scan_volunteer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/roll-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls the roll
         * @description By who is in charge, where phones fail: each of the volunteers comes or goes now, with the evidence `leader`. One who
         *     is refused does not affect the others.
         */
        post: operations["call_roll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attendances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists attendances
         * @description Newest first: one's own; those at the unit's activities and of its members; those at an activity that one is in charge
         *     of.
         */
        get: operations["list_attendances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attendances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an attendance
         * @description With the service record that came of it, or why none did.
         */
        get: operations["get_attendance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attendances/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Completes an attendance that nobody checked out of
         * @description By who is in charge, within ten working days, and not beyond the activity's end: evidence `leader`, which somebody
         *     else credits.
         */
        post: operations["complete_attendance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives the receipt of a crediting
         * @description For the volunteer to keep: with it anybody can show later that the entry was there (`hourbook verify RECEIPT`).
         *     For everybody who sees the record. A record that was voided since has its receipt still.
         */
        get: operations["get_receipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists service records
         * @description Of the caller's units and their volunteers, newest first. A volunteer sees their own only.
         */
        get: operations["list_records"];
        put?: never;
        /**
         * Submits a service record; credits it in the same step if asked to
         * @description By a coordinator of the activity's unit: as `leader` within 48 hours of the service's end, or what the unit's
         *     crediting policy says; later as `backfill`. By the volunteer as `claimed`: what is credited of it gives minutes and no
         *     points. Who enters a record does not credit it, but for what the unit's crediting policy lets one person do.
         */
        post: operations["submit_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submits up to 1,000 service records, each decided separately
         * @description An item that a rule refuses does not affect the others. If any item is malformed, the whole request is
         *     refused and nothing is done.
         */
        post: operations["submit_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a service record, with what people wrote about it
         * @description What was written is erased with the person.
         */
        get: operations["get_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirms a submitted service record
         * @description By the volunteer, of what somebody else entered: two persons then stand for it, and who entered it may credit it, but
         *     for what is late.
         */
        post: operations["confirm_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/credit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Credits a submitted service record
         * @description Posts the minutes and awards the points in one step. By another person than who entered it, unless the volunteer
         *     confirmed it and it is not late, or the unit's crediting policy lets one person do so. What a volunteer claimed may
         *     be credited by the activity's leader, too.
         */
        post: operations["credit_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rejects a submitted service record
         * @description It stays visible, and does not count.
         */
        post: operations["reject_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraws a submitted service record
         * @description By the person who entered it, while it waits. Its time is free again. Objections to it go along where the same service
         *     is entered anew.
         */
        post: operations["withdraw_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Voids a credited service record
         * @description A linked reversal takes back the minutes and the points: unspent points first; points that were spent
         *     become a debt.
         */
        post: operations["void_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists transfers
         * @description From or to the caller's units, newest first. A volunteer sees their own only.
         */
        get: operations["list_transfers"];
        put?: never;
        /**
         * Requests a transfer
         * @description By the volunteer. A coordinator of either unit, in the same tree, proposes: that binds nobody before the volunteer
         *     agrees, or the source unit releases on a consent that it has on paper.
         */
        post: operations["request_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a transfer
         * @description To both units and to the volunteer.
         */
        get: operations["get_transfer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/agree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agrees to a transfer
         * @description By the volunteer, to what a coordinator proposed. From then on it binds: one at a time.
         */
        post: operations["agree_to_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Releases a volunteer
         * @description By the source unit (转出). What the volunteer has not agreed to is released by naming the consent on paper, by another
         *     person than who proposed it.
         */
        post: operations["release_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts a volunteer
         * @description By the target unit (转入). The membership and the points move at one instant.
         */
        post: operations["accept_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rejects a transfer
         * @description By the unit whose turn it is, or by the target unit at any time.
         */
        post: operations["reject_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a transfer
         * @description By the actor who requested it, or by the volunteer.
         */
        post: operations["cancel_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/points-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the versions of the points policy
         * @description Newest first.
         */
        get: operations["list_policies"];
        put?: never;
        /**
         * Sets the points policy from a day on
         * @description Points that were earned before are not affected.
         */
        post: operations["create_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/points-policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a version of the points policy
         * @description Its terms, and the day from which they apply.
         */
        get: operations["get_policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the marked days of a year
         * @description On all other days Monday to Friday are working days.
         */
        get: operations["get_calendar"];
        put?: never;
        /**
         * Marks days as working days or rest days
         * @description Applies to later decisions only. Days that are not named stay as they are.
         */
        post: operations["mark_days"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/due/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists activities that are over and lack service records
         * @description Of the caller's units, as long as the legal ten working days for entering service have not passed. The
         *     one with the nearest deadline comes first.
         */
        get: operations["list_due_activities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/due/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists service records that wait for a decision
         * @description Served with the caller's units. The one that has waited longest comes first.
         */
        get: operations["list_due_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{id}/notice-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how long a unit's records are on public notice
         * @description The longest of the unit's own policy and those of the units above.
         */
        get: operations["get_notice_policy"];
        put?: never;
        /**
         * Sets how long a unit's records are on public notice before they may be credited
         * @description Applies to records that are submitted afterwards, and to the units under it: these may demand longer notices, not
         *     shorter ones.
         */
        post: operations["set_notice_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the records that are on public notice now
         * @description Newest first. A volunteer sees those of their own unit and of the units above it, a coordinator those of
         *     the unit and all units under it.
         */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/units/{id}/crediting-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how much one person alone may credit, and how long a leader was there
         * @description Each as the unit's own policy has it, or that of the nearest unit above that says so.
         */
        get: operations["get_crediting_policy"];
        put?: never;
        /**
         * Sets how much one person alone may credit, and how long a leader was there
         * @description Two persons answer for what the service did not see: who enters a record does not credit it. A unit that cannot do
         *     so may be let off some minutes, by who answers for the unit above it; who sets it does not credit by it. What
         *     one person credited is marked `credited_alone`. What the service saw needs nobody else's word, and may be credited
         *     by itself. Applies to units under it that have no policy of their own.
         */
        post: operations["set_crediting_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Objects to a record on public notice
         * @description Any volunteer of the record's unit or a unit under it, and the unit's coordinators, may object once. The
         *     record cannot be credited before the objection is resolved.
         */
        post: operations["raise_objection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists objections
         * @description To records of the caller's units, newest first. A volunteer sees those that they raised and those to
         *     their own records.
         */
        get: operations["list_objections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/objections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an objection, with what was written
         * @description To the record's unit, to the person who objected, and to the volunteer whose record it is.
         */
        get: operations["get_objection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/objections/{id}/uphold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upholds an objection, which rejects the record
         * @description By somebody who neither entered the record, nor objected, nor served the hours.
         */
        post: operations["uphold_objection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/objections/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismisses an objection
         * @description By somebody who neither entered the record, nor objected, nor served the hours.
         */
        post: operations["dismiss_objection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists corrections
         * @description Those that the caller's units decide, newest first. A volunteer sees their own only.
         */
        get: operations["list_corrections"];
        put?: never;
        /**
         * Reports that a record is missing
         * @description By the volunteer. The activity's unit decides.
         */
        post: operations["report_missing_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/service-records/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reports that a record is wrong
         * @description By the volunteer. The record's unit decides; this does not change the record itself.
         */
        post: operations["report_wrong_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a correction, with what was written
         * @description To the unit that decides and to the volunteer.
         */
        get: operations["get_correction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts a correction that has been carried out
         * @description The missing record has been entered, or the wrong one rejected or voided. Nobody decides their own.
         */
        post: operations["accept_correction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/corrections/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declines a correction
         * @description Nobody decides their own.
         */
        post: operations["decline_correction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rewards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists rewards
         * @description Those that are offered to the caller, newest first.
         */
        get: operations["list_rewards"];
        put?: never;
        /**
         * Offers a reward
         * @description By a coordinator of the unit that holds it.
         */
        post: operations["create_reward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rewards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a reward
         * @description Any reward that is offered to the caller or held by the caller's units.
         */
        get: operations["get_reward"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rewards/{id}/restock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds stock to a reward
         * @description By a coordinator of the unit that holds it.
         */
        post: operations["restock_reward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rewards/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraws a reward
         * @description Open redemptions stay.
         */
        post: operations["withdraw_reward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists redemptions
         * @description Of rewards and volunteers of the caller's units, newest first. A volunteer sees their own only.
         */
        get: operations["list_redemptions"];
        put?: never;
        /**
         * Redeems points for a reward
         * @description Holds the points and one item. The volunteer is given the pick-up code; who redeems for a volunteer is not: the
         *     volunteer reads it.
         */
        post: operations["place_redemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a redemption
         * @description To the volunteer with the pick-up code, as long as it is held; and with the points that turned out to be
         *     unearned.
         */
        get: operations["get_redemption"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions/{id}/fulfil": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fulfils a redemption
         * @description Hands the gift over (核销), by the unit that holds it, against the pick-up code. By another person than who placed the
         *     redemption, and than the volunteer.
         */
        post: operations["fulfil_redemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redemptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a redemption
         * @description Releases the points and the item.
         */
        post: operations["cancel_redemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists certificates
         * @description Of the caller's units and their volunteers, newest first. A volunteer sees their own only.
         */
        get: operations["list_certificates"];
        put?: never;
        /**
         * Issues a certificate
         * @description By the volunteer, or by a coordinator of the volunteer's unit.
         */
        post: operations["issue_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Looks up a certificate
         * @description For anybody who holds it; no token is needed. A wrong number and a wrong code get the same answer. Too
         *     many requests from one address are refused for a while.
         */
        get: operations["look_up_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the public keys that verify badges
         * @description A JSON Web Key Set (RFC 7517); empty if this service signs no badges.
         */
        get: operations["certificate_jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/badge-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a public key that verifies badges
         * @description A badge names its key by `/v1/certificates/keys/{id}`, which always has the same answer.
         */
        get: operations["certificate_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/badge-issuers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows who issued a badge
         * @description A profile of Open Badges 3.0, for anybody; of units that issued a certificate.
         */
        get: operations["get_badge_issuer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/badge-issuers/{id}/status-lists/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows which badges are not valid any more
         * @description A Bitstring Status List (W3C) as a VC-JWT, signed as badges are, for anybody. A badge names its list and its place in
         *     it; the bit is set once the certificate was revoked or superseded. Which place is whose, only the badge tells.
         */
        get: operations["get_badge_status_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a certificate
         * @description As JSON: its content, its state, and the code for the look-up.
         */
        get: operations["get_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a certificate as PDF
         * @description A4, with room for the unit's stamp, and a QR code where this service has a public address. The same certificate always
         *     gives the same bytes, but for auditors, who see nothing of the document's number. A character that no font at hand has is refused by name (`certificate_glyph_missing`).
         */
        get: operations["get_certificate_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{id}/badge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a certificate as a badge
         * @description An Open Badges 3.0 credential for a wallet: a VC-JWT signed with RS256.
         */
        get: operations["get_certificate_badge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{id}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reissues a certificate
         * @description For the same volunteer and period, by what counts now. The old certificate and the new one name each
         *     other.
         */
        post: operations["reissue_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certificates/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revokes a certificate
         * @description By the recording unit, if it was issued in error.
         */
        post: operations["revoke_certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/totals/minutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Totals credited minutes
         * @description A record counts if it was credited and not voided as of the entry; `/service-records` with
         *     `counted_as_of` lists the same records. Of the caller's units; a volunteer gets their own total. In any
         *     format but JSON it is an export, and the journal records it.
         *
         *     The time that it takes does not depend on the number of records, unless the total is grouped by
         *     activity, the dates are not whole months, or volunteers are counted: then all records are read.
         */
        get: operations["total_minutes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/totals/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Totals the points in units' books
         * @description In any format but JSON it is an export, and the journal records it.
         */
        get: operations["total_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/totals/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Totals what people entered and credited
         * @description By unit, actor and evidence, of the days on which it was done. What was voided later is told, too: it was done.
         */
        get: operations["total_work"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/star-schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the versions of the star scheme
         * @description Newest first.
         */
        get: operations["list_star_schemes"];
        put?: never;
        /**
         * Sets a star scheme from a day on
         * @description Stars are computed by the scheme that is valid on the day of the question.
         */
        post: operations["create_star_scheme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/star-schemes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a version of the star scheme
         * @description The minutes that each star needs, and which evidence counts.
         */
        get: operations["get_star_scheme"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/star": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a volunteer's star
         * @description Computed from the records that were credited and not voided as of the entry, in the order of their
         *     service dates: a star is dated by the service that earned it, not by the day on which the hours were
         *     entered or approved. If a record is voided later, the dates after it move; as of an earlier entry they
         *     stay.
         */
        get: operations["get_star"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessment-schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the versions of all assessment schemes
         * @description Newest first.
         */
        get: operations["list_assessment_schemes"];
        put?: never;
        /**
         * Sets an assessment scheme, or a new version of one
         * @description Older versions stay, and units can still be assessed by them.
         */
        post: operations["create_assessment_scheme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessment-schemes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a version of an assessment scheme
         * @description Its indicators, each with its threshold and weight.
         */
        get: operations["get_assessment_scheme"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assesses a unit, or each unit directly under it
         * @description All figures are counted as of one journal entry. The same question with this `as_of` always has the same
         *     digest.
         */
        get: operations["assess_units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the members whom an assessment counts
         * @description Those who belong to the unit or a unit under it at the end of the period, by volunteer number; of these all, or
         *     those whom a figure counts. Their minutes add up to the numerators of an assessment as of the same entry.
         */
        get: operations["list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pledges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists pledges
         * @description Newest first.
         */
        get: operations["list_pledges"];
        put?: never;
        /**
         * Makes a pledge
         * @description By the volunteer, or by a coordinator of the volunteer's unit; at most 20 are open at a time. Where one that is open
         *     promises the same for the same day, that is the answer, and nothing is written.
         */
        post: operations["make_pledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pledges/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a pledge
         * @description With the records that keep it, as they are now.
         */
        get: operations["get_pledge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pledges/{id}/fulfil": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Names a record that keeps a pledge
         * @description At most 20 records keep one pledge.
         */
        post: operations["fulfil_pledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pledges/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a pledge
         * @description It stays, with the records that it has.
         */
        post: operations["end_pledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model-posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists model posts
         * @description Newest first.
         */
        get: operations["list_model_posts"];
        put?: never;
        /**
         * Awards a model post to a unit or to one of its volunteers
         * @description By a coordinator of the unit. It changes no figure.
         */
        post: operations["award_model_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model-posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a model post
         * @description Its title is erased with the person.
         */
        get: operations["get_model_post"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model-posts/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a model post on a day
         * @description By a coordinator of the unit.
         */
        post: operations["end_model_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists trainings
         * @description Newest first, including voided ones. A volunteer sees their own only.
         */
        get: operations["list_trainings"];
        put?: never;
        /**
         * Enters a training that a volunteer took
         * @description By a coordinator of the volunteer's unit. It is kept apart from service and not counted in any total.
         */
        post: operations["enter_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a training
         * @description With its texts, until the volunteer's personal data is erased.
         */
        get: operations["get_training"];
        /**
         * Corrects a training
         * @description The journal keeps the former version.
         */
        put: operations["correct_training"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trainings/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Voids a training
         * @description It stays in the list, and is not on later certificates.
         */
        post: operations["void_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/honours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists honours
         * @description Newest first, including voided ones. A volunteer sees their own only.
         */
        get: operations["list_honours"];
        put?: never;
        /**
         * Enters an honour that a volunteer was given
         * @description By a coordinator of the volunteer's unit.
         */
        post: operations["enter_honour"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/honours/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an honour
         * @description With its texts, until the volunteer's personal data is erased.
         */
        get: operations["get_honour"];
        /**
         * Corrects an honour
         * @description The journal keeps the former version.
         */
        put: operations["correct_honour"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/honours/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Voids an honour
         * @description It stays in the list, and is not on later certificates.
         */
        post: operations["void_honour"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how an activity was rated
         * @description By volunteers: how many have rated it, and the mean. Below three ratings the mean would tell what single persons said;
         *     then only the activity's unit, and those above, see it.
         */
        get: operations["get_activity_ratings"];
        put?: never;
        /**
         * Rates an activity
         * @description By a volunteer who has a service record there, credited or to be decided; once, until 30 days after the activity's
         *     end. The activity's unit sees who rated it.
         */
        post: operations["rate_activity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/{id}/service-ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rates a volunteer's service
         * @description By a coordinator of the activity's unit, of a volunteer who has a service record there, credited or to be decided;
         *     once, until 30 days after the activity's end. The volunteer sees it.
         */
        post: operations["rate_service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists ratings
         * @description Of activities of the caller's units and of service there, newest first, with their words. A volunteer sees what they
         *     said, and what was said of their service.
         */
        get: operations["list_ratings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ratings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a rating
         * @description With its words, until the volunteer's personal data is erased.
         */
        get: operations["get_rating"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/service-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exports service records
         * @description The same records as the list with the same filter, as of the entry in the header `Hourbook-As-Of`. The
         *     journal records who exported what, and how many rows.
         *
         *     If `as_of` or `counted_as_of` is given, records stand as they did then, under the names of then, and the file is
         *     the same for ever.
         */
        get: operations["export_service_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exports volunteers' statements
         * @description Every line of their accounts, by volunteer, oldest first. A volunteer exports their own only. As of the
         *     entry in the header `Hourbook-As-Of`. The journal records who exported what, and how many rows.
         *
         *     If a past entry is asked for, a unit's readers get those who were members then, and the file is the same for ever.
         */
        get: operations["export_statements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exports the journal's entries
         * @description Those that `/journal/entries` lists, oldest first, up to the entry in the header `Hourbook-As-Of`; how many are left
         *     out, because they are of other units or of none, says `Hourbook-Left-Out`. The same question as of that entry always has
         *     the same rows. The journal records who exported what, and how many rows.
         */
        get: operations["export_journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/audit-folder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exports the folder that proves a unit's totals
         * @description A ZIP archive: the journal's entries up to one, the totals, the signed checkpoint, the proof between both, and a
         *     script that checks it all with Python's standard library (docs/PROOF.md). For who reads the whole journal: admins
         *     and auditors of the unit that all are under. The journal records who took it out, as an export of the journal.
         */
        get: operations["export_audit_folder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists findings
         * @description In service of the caller's units that was credited within the given days; each with its reason, its
         *     figures and its records. The same question as of the same entry always has the same answer; a later
         *     dismissal does not change it.
         */
        get: operations["list_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismisses a finding as a false alarm
         * @description The journal records who dismissed it, and a salted commitment to the reason. If the data that it is
         *     based on change, it is another finding and is listed again.
         */
        post: operations["dismiss_finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the journal's entries with their postings
         * @description Those of the caller's units, oldest first; all of them for admins and for auditors of the unit that all are under.
         */
        get: operations["list_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/entries/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a journal entry with its postings
         * @description Any entry that the list shows.
         */
        get: operations["get_entry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/entries/{seq}/leaf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the canonical bytes of an entry
         * @description Canonical JSON (RFC 8785). SHA-256 over a zero byte and these bytes is the entry's `hash`.
         */
        get: operations["get_leaf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the last signed checkpoint
         * @description For anybody. Each change is covered by one within seconds.
         */
        get: operations["get_checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/entries/{seq}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proves that the journal contains an entry
         * @description For anybody: the hashes reveal nothing about the entry.
         */
        get: operations["prove_inclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proves that the journal begins with an earlier state of it
         * @description For anybody: nothing was changed or removed between the two.
         */
        get: operations["prove_consistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists operators
         * @description Of the caller's units, newest first.
         */
        get: operations["list_operators"];
        put?: never;
        /**
         * Appoints an operator
         * @description Without a password the operator cannot log in. Each is linked to a volunteer or names a document, so that a second
         *     person is another person.
         */
        post: operations["create_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an operator
         * @description Any operator of the caller's units; those without a unit to admins only.
         */
        get: operations["get_operator"];
        /**
         * Changes what an operator may do
         * @description Takes effect at once. Nobody changes their own access. Who the operator is stays as it is unless it is said.
         */
        put: operations["update_operator"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disables an operator
         * @description Takes effect at once. Disabling an operator twice is no error.
         */
        post: operations["disable_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives access again to who was disabled
         * @description The former password is good no more. The answer has a one-time code with which the operator sets a new one
         *     within 24 hours: `POST /v1/auth/password`. The login is the operator's for good: it is used again by this.
         */
        post: operations["enable_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resets an operator's password
         * @description By an admin, or a coordinator of a unit above the operator's own. The former password, every session and every access
         *     token of the operator are good no more. The answer has a one-time code, to be handed to the operator, who sets a new
         *     password with it within 24 hours: `POST /v1/auth/password`.
         */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/end-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends every session and every access token of an operator
         * @description By an admin, or a coordinator of a unit above the operator's own. Tokens that were made by hand are among them. The
         *     operator may log in again.
         */
        post: operations["end_sessions_of_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logs an operator in
         * @description The refusal does not say whether login or password is wrong. After five failures of a login, or twenty of an address,
         *     the next try waits, longer after each, for 15 minutes at most; where the login was let in from the same address
         *     lately only its own failures there count.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchanges a refresh token for the next pair of tokens
         * @description If the answer is lost, the same token gets the same successor for 30 seconds, as long as nobody has used that. If a
         *     spent token comes later, somebody has a copy: the whole session is ended. A session is refreshed every 5 seconds at
         *     most, and ends 30 days after its log-in, a volunteer's after 90, unless the service is told otherwise.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logs out
         * @description Ends the session: its refresh token and its access tokens are good no more.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the public keys that verify access tokens
         * @description A JSON Web Key Set (RFC 7517).
         */
        get: operations["jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the holder of the caller's token
         * @description What the token itself says, as long as it is good.
         */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a volunteer an activation code
         * @description By a coordinator of the unit, to be printed or shown: `POST /v1/auth/activation` takes it. It is good for seven days,
         *     once, and dead after five wrong tries; one that was given before is good no more.
         */
        post: operations["give_activation_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs a volunteer in with an activation code
         * @description The code is spent by it; if the answer is lost, it is taken once more for 30 seconds. A wrong try is counted: after five
         *     the code is dead. Codes that fail are delayed as passwords are.
         */
        post: operations["sign_in_with_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs somebody in by WeChat
         * @description Who is bound gets tokens, as a volunteer. Who is bound to nobody gets a ticket for ten minutes, with which they bind
         *     themselves or apply to be registered. If the answer is lost, sign in with another code.
         */
        post: operations["sign_in_with_wechat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Binds whom a ticket stands for to a volunteer, and signs them in
         * @description By the mobile number that WeChat vouches for, if exactly one registered volunteer has it; or by a volunteer number and
         *     its activation code, which is spent. If the answer is lost, sign in: it may be bound already.
         */
        post: operations["bind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the caller's bindings
         * @description Those that were not ended, newest first.
         */
        get: operations["list_own_bindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/volunteers/{id}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists a volunteer's bindings
         * @description Those that were not ended, newest first.
         */
        get: operations["list_bindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bindings/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a binding
         * @description By the volunteer, or by a coordinator of the volunteer's unit. Who is bound by it signs in by it no more, and the
         *     sessions that began with it end. To end one twice is no error.
         */
        post: operations["end_binding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists applications
         * @description Newest first, with who applies as long as that is kept.
         */
        get: operations["list_applications"];
        put?: never;
        /**
         * Asks to be registered
         * @description With a ticket of a sign-in that is bound to nobody. One application waits at a time, for each sign-in and each
         *     document. From 10 years on; under 18 with a guardian's consent. What comes of it is told with the ticket of a later
         *     sign-in; once it is confirmed, that sign-in gives tokens.
         */
        post: operations["apply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes the own application back
         * @description With a ticket of a sign-in of who applied. What is kept of them is erased at once.
         */
        post: operations["withdraw_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an application
         * @description With who applies as long as that is kept.
         */
        get: operations["get_application"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirms an application
         * @description Against the document that the office has seen: its whole number is said again. The person is registered with the unit,
         *     as by `POST /v1/volunteers`, and signs in from then on.
         */
        post: operations["confirm_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/recognise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recognises who applied
         * @description The person is registered already, with a unit that the caller answers for: they sign in as that volunteer from then on.
         */
        post: operations["recognise_applicant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Declines an application
         * @description With a reason, which is told to who applied. What is kept of them goes after thirty days.
         */
        post: operations["decline_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the caller's sessions
         * @description Every log-in that goes on, those that began last first, 50 at most. Tokens that were made by hand belong to none.
         */
        get: operations["list_own_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends one of the caller's sessions
         * @description Its refresh token and its access tokens are good no more, the caller's own among them if it is that one. To end one
         *     twice is no error.
         */
        post: operations["end_own_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the caller's first screen
         * @description Who the volunteer is, the unit, minutes and points with what is pending, the star with what is missing for the next,
         *     gifts that wait with their pick-up codes, places in what is to come, what to check out of, and how many messages are not
         *     read: in one request, as of one entry (`account.as_of`). New members may come.
         */
        get: operations["get_own_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the caller's messages
         * @description What the volunteer is told because of what others did, newest first, and how much of it is not read. What volunteers
         *     do themselves they are not told. Clients pass over kinds that they do not know, or show their text.
         */
        get: operations["list_own_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/messages/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says how far the caller has read
         * @description The message and all that were told before it are read from now on; who had read further has still. It is no fact of the
         *     ledger and leaves no entry.
         */
        post: operations["read_own_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a password with a one-time code, and logs in
         * @description The code comes from who may reset the password, or from `hourbook operator` on the machine. It is good once. Every
         *     session and every access token of before is good no more. Codes that fail are delayed as passwords are.
         */
        post: operations["set_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes the caller's own password
         * @description Every other session and every access token of before is good no more: the answer has new ones. An operator who has no
         *     password is given a one-time code for the first.
         */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells whether the process is alive
         * @description If it is not, it should be restarted.
         */
        get: operations["livez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells whether requests can be answered
         * @description If not, requests should go to another replica; the detail says what is wrong, and `hourbook_unwell` in the metrics
         *     which part. `journal_in_doubt` stays until an operator has looked; `not_ready` (no room on the disk, a malformed
         *     database, a part that has ended) until there is room again, or the service is started anew.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the service's metrics since it started
         * @description For Prometheus and other readers of its format.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Why a volunteer leaves for now, or is back.
         * @example {
         *       "reason": "出国一年"
         *     }
         */
        Absence: {
            reason?: components["schemas"]["Note"] | null;
        };
        /**
         * @description How the correction was carried out.
         * @example {
         *       "led_to": "00000000-0009-8005-9b7e-dc63bcf34253",
         *       "words": "已补登"
         *     }
         */
        Acceptance: {
            led_to?: components["schemas"]["RecordId"] | null;
            words?: components["schemas"]["Note"] | null;
        };
        /** @description An access to a volunteer's numbers. */
        Access: {
            id: components["schemas"]["AccessId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The volunteer's when it was. */
            unit: components["schemas"]["UnitId"];
            /** @description Whether the volunteer was under 18 on that day. */
            minor: boolean;
            revealed_by: components["schemas"]["Actor"];
            revealed_at: components["schemas"]["LocalTime"];
        };
        /**
         * Format: uuid
         * @description Identifies one access
         * @example 00000000-0009-8040-acc6-47439a300d54
         */
        AccessId: string;
        /** @description What a volunteer has. */
        Account: {
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The journal entry as of which it is told. */
            as_of: components["schemas"]["EntryNumber"];
            /** @description All credited minutes, wherever they were served. */
            minutes: components["schemas"]["Minutes"];
            minutes_by_grade: components["schemas"]["MinutesByGrade"];
            /** @description Of the minutes, those of check-ins that somebody declared and the service did not see: records of former times. */
            self_declared: components["schemas"]["Minutes"];
            points: components["schemas"]["PointsAccount"];
        };
        /**
         * @description The name of an account
         * @enum {string}
         */
        AccountKind: "served" | "credited" | "issued" | "available" | "held" | "redeemed" | "expired" | "debt" | "transferred";
        /** @description An account of the ledger. */
        AccountName: {
            account: components["schemas"]["AccountKind"];
            asset: components["schemas"]["Asset"];
            /** @description The unit whose books it belongs to; for points only. */
            unit?: components["schemas"]["UnitId"];
            /** @description Whose account it is, if it is a person's. */
            volunteer?: components["schemas"]["VolunteerId"];
            /** @description The activity; for served minutes only. */
            activity?: components["schemas"]["ActivityId"];
            /** @description The evidence; for minutes only. */
            grade?: components["schemas"]["Evidence"];
            /** @description The service date; for served minutes only. */
            date?: components["schemas"]["Day"];
        };
        /** @description A code with which a volunteer signs in for the first time. */
        Activation: {
            volunteer: components["schemas"]["VolunteerId"];
            /**
             * @description The volunteer number, which goes with the code.
             * @example 000000000009
             */
            number: string;
            /**
             * @description To be handed to the volunteer; only in the answer to who had it made.
             * @example 7K3F-9QXA-52MD
             */
            code?: string;
            expires_at: components["schemas"]["LocalTime"] | null;
        };
        /**
         * @description A volunteer number, and the code that was given for it.
         * @example {
         *       "code": "7K3F-9QXA-52MD",
         *       "number": "000000000009"
         *     }
         */
        ActivationProof: {
            /** @example 000000000009 */
            number: string;
            /**
             * Format: password
             * @description As it was given; hyphens, spaces and case are ignored.
             */
            code: string;
        };
        /** @description An activity. */
        Activity: {
            id: components["schemas"]["ActivityId"];
            programme: components["schemas"]["ProgrammeId"];
            unit: components["schemas"]["UnitId"];
            measure: components["schemas"]["Measure"];
            name: components["schemas"]["Name"];
            place: components["schemas"]["Name"] | null;
            window: components["schemas"]["Span"];
            /** @description How many people are wanted. */
            headcount: number | null;
            leader: components["schemas"]["VolunteerId"] | null;
            cancelled: boolean;
            /** @description Whether it is to be published: until then only those who answer for the unit see it. */
            draft: boolean;
            recruitment: components["schemas"]["Recruitment"] | null;
            /** @description How many people checked in and have not checked out. */
            present: components["schemas"]["Count"];
            /** @description How many submitted and credited service records it has. */
            live_records: components["schemas"]["Count"];
            /** @description The journal entry that changed it last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
        };
        /**
         * Format: uuid
         * @description Identifies one activity
         * @example 00000000-0009-8004-9911-7fce7354cfb0
         */
        ActivityId: string;
        /**
         * @description The activity's changeable data, all of it.
         * @example {
         *       "headcount": 30,
         *       "name": "我爱白龟湖",
         *       "place": "白龟湖",
         *       "window": {
         *         "end": "2026-11-18T18:00:00+08:00",
         *         "start": "2026-11-18T08:00:00+08:00"
         *       }
         *     }
         */
        ActivityInput: {
            name: components["schemas"]["Name"];
            place?: components["schemas"]["Name"] | null;
            /**
             * @description The time in which service may be given. It cannot be changed while there are submitted or
             *     credited service records.
             */
            window: components["schemas"]["SpanInput"];
            /** @description How many people are wanted. */
            headcount?: number | null;
            leader?: components["schemas"]["VolunteerId"] | null;
            recruitment?: components["schemas"]["NewRecruitment"] | null;
        };
        /** @description What volunteers say of an activity, together. */
        ActivityRatings: {
            activity: components["schemas"]["ActivityId"];
            /** @description How many volunteers have rated it. */
            ratings: components["schemas"]["Count"];
            mean: components["schemas"]["Mean"] | null;
        };
        /**
         * @description Who acted: `system`, `operator:` or `volunteer:` and an id
         * @example system
         */
        Actor: string;
        /**
         * @description Whole minutes, or points as an exact decimal
         * @example 12.50
         */
        Amount: string;
        /**
         * @description - `internal`: An error of this service; the cause is in its log.
         *     - `busy`: Too many changes are waiting to be written, or exports are under way; Retry-After says when to try again.
         *     - `unavailable`: The service is stopping, or cannot reach its database.
         *     - `invalid_parameter`: A parameter of the query has a wrong value, is unknown, or is given twice.
         */
        AnyRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "internal" | "busy" | "unavailable" | "invalid_parameter";
        };
        /**
         * @description An app of a provider: WeChat's appid
         * @example wx0123456789abcdef
         */
        AppId: string;
        /** @description An application, without personal data. */
        Application: {
            id: components["schemas"]["ApplicationId"];
            /** @description The unit that is to register the person. */
            unit: components["schemas"]["UnitId"];
            status: components["schemas"]["ApplicationStatus"];
            made_at: components["schemas"]["LocalTime"];
            decided_by: components["schemas"]["Actor"] | null;
            decided_at: components["schemas"]["LocalTime"] | null;
            volunteer: components["schemas"]["VolunteerId"] | null;
        };
        /**
         * @description Why an application is declined.
         * @example {
         *       "reason": "请本人携带证件到办公室登记"
         *     }
         */
        ApplicationDecline: {
            reason: components["schemas"]["Note"];
        };
        /**
         * Format: uuid
         * @description Identifies one application
         * @example 00000000-0009-8047-9f2d-20a6a164ab92
         */
        ApplicationId: string;
        /** @description An application, who applies, and why it was declined. */
        ApplicationShown: components["schemas"]["Application"] & {
            person: components["schemas"]["Person"] | null;
            provider: components["schemas"]["Provider"] | null;
            app: components["schemas"]["AppId"] | null;
            reason: components["schemas"]["Note"] | null;
        };
        /**
         * @description The status of an application
         *     - `open`: Waits for the unit's office.
         *     - `confirmed`: The person was registered.
         *     - `recognised`: The person was registered already, and is bound to that number.
         *     - `declined`: Not confirmed, for the reason given.
         *     - `withdrawn`: Taken back by who applied.
         *     - `lapsed`: Nobody decided it within sixty days.
         * @enum {string}
         */
        ApplicationStatus: "open" | "confirmed" | "recognised" | "declined" | "withdrawn" | "lapsed";
        /**
         * @description A ticket.
         * @example {
         *       "ticket": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ"
         *     }
         */
        ApplicationTicket: {
            /**
             * Format: password
             * @description Of a sign-in of who applied.
             */
            ticket: string;
        };
        /** @description The ledger after an entry, at an instant, or at the end of a day. An instant or day has to be over: what is recorded in it may still change. Every answer names the entry that it stands on; the same question as of that entry always has the same answer. */
        AsOf: components["schemas"]["EntryNumber"] | components["schemas"]["Instant"] | components["schemas"]["Day"];
        /** @description A closing that an office asked for: another person may carry it out at once, anybody from `closes_at` on. */
        AskedClosing: {
            asked_by: components["schemas"]["Actor"];
            closes_at: components["schemas"]["LocalTime"];
        };
        /** @description An assessment, with its digest. */
        Assessed: {
            assessment: components["schemas"]["Assessment"];
            /**
             * @description SHA-256 over the canonical JSON (RFC 8785) of `assessment`, in hexadecimal. Each `explained_by` stands in it
             *     without what was added to links later: up to `&counted=` of members, and `&as_of=` of service records. The same
             *     question gives the same digest.
             */
            digest: string;
            /**
             * @description How many of the members counted here have closed their registration since. Their party status was
             *     erased, so a `party_share` may now be lower than it was; no other figure can change.
             */
            erased_since: components["schemas"]["Count"];
        };
        /** @description One unit's result for one indicator. */
        AssessedIndicator: components["schemas"]["Indicator"] & {
            /**
             * @description Numerator divided by denominator, with four places, rounded down; null if the denominator is 0. The
             *     exact fraction is compared with the threshold.
             * @example 0.8333
             */
            value: string | null;
            numerator: components["schemas"]["Count"];
            denominator: components["schemas"]["Count"];
            /** @description Whether the indicator is met. */
            holds: boolean;
            /** @description The weight if the indicator is met, else 0. */
            score: components["schemas"]["Factor"];
            /**
             * @description The request that shows what the numerator counts, row by row: members or service records; of minutes those
             *     whose minutes add up to it, of activities the records of them.
             */
            explained_by: string;
        };
        /** @description A member as an assessment counts one. */
        AssessedMember: {
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The unit that the member belongs to at the end of the period. */
            unit: components["schemas"]["UnitId"];
            /** @description Minutes in the period, wherever they were served. */
            credited_minutes: components["schemas"]["Minutes"];
            /** @description How many records; with 0 the member is not active. */
            records: components["schemas"]["Count"];
        };
        /** @description One unit's score. */
        AssessedUnit: {
            /** @description Equal scores share a rank. */
            rank: components["schemas"]["Count"];
            unit: components["schemas"]["UnitId"];
            code: components["schemas"]["UnitCode"];
            name: components["schemas"]["Name"];
            score: components["schemas"]["Factor"];
            /** @description In the order of the scheme. */
            indicators: components["schemas"]["AssessedIndicator"][];
        };
        /** @description Units judged and ranked by a scheme. */
        Assessment: {
            scheme: components["schemas"]["AssessmentSchemeId"];
            scheme_name: components["schemas"]["Name"];
            scheme_version: components["schemas"]["Count"];
            /** @description The unit in the question. */
            unit: components["schemas"]["UnitId"];
            /** @description First service date. */
            from: components["schemas"]["Day"];
            /** @description Last service date. */
            to: components["schemas"]["Day"];
            /** @description The journal entry as of which all figures are counted. */
            as_of: components["schemas"]["EntryNumber"];
            /** @description The highest possible score: every indicator is met. */
            out_of: components["schemas"]["Factor"];
            /** @description The best unit first; equal scores in the order of unit codes. */
            ranking: components["schemas"]["AssessedUnit"][];
        };
        /** @description A version of an assessment scheme. */
        AssessmentScheme: {
            id: components["schemas"]["AssessmentSchemeId"];
            name: components["schemas"]["Name"];
            /** @description The number of the version, starting at 1. */
            version: components["schemas"]["Count"];
            replaces: components["schemas"]["AssessmentSchemeId"] | null;
            indicators: components["schemas"]["Indicator"][];
            /** @description The highest possible score: every indicator is met. */
            out_of: components["schemas"]["Factor"];
        };
        /**
         * Format: uuid
         * @description Identifies one assessment scheme
         * @example 00000000-0009-8034-b92e-b00bec0b7ecb
         */
        AssessmentSchemeId: string;
        /**
         * @description What an amount is counted in
         *     - `minutes`: Whole minutes.
         *     - `points`: Points, as exact decimals.
         * @enum {string}
         */
        Asset: "minutes" | "points";
        /** @description An attendance. */
        Attendance: {
            id: components["schemas"]["AttendanceId"];
            activity: components["schemas"]["ActivityId"];
            unit: components["schemas"]["UnitId"];
            volunteer: components["schemas"]["VolunteerId"];
            enrolment: components["schemas"]["EnrolmentId"] | null;
            status: components["schemas"]["AttendanceStatus"];
            checked_in_at: components["schemas"]["LocalTime"];
            checked_in_by: components["schemas"]["Sighting"];
            checked_in_actor: components["schemas"]["Actor"];
            checked_out_at: components["schemas"]["LocalTime"] | null;
            checked_out_by: components["schemas"]["Sighting"] | null;
            record: components["schemas"]["RecordId"] | null;
            no_record: components["schemas"]["NoRecord"] | null;
            version: components["schemas"]["EntryNumber"];
        };
        /**
         * Format: uuid
         * @description Identifies one attendance
         * @example 00000000-0009-8043-bf92-dc674decb294
         */
        AttendanceId: string;
        /**
         * @description Where an attendance stands
         *     - `open`: Checked in, and not out.
         *     - `ended`: Checked out.
         *     - `unfinished`: Never checked out: without minutes.
         *     - `completed`: Never checked out; who is in charge said when it ended.
         * @enum {string}
         */
        AttendanceStatus: "open" | "ended" | "unfinished" | "completed";
        /** @description A JSON Web Key Set (RFC 7517) of RSA keys. */
        BadgeJwks: {
            /** @description The current signing key first; empty if this service signs no badges. */
            keys: Record<string, never>[];
        };
        /** @description That a volunteer signs in by an outside identity. Who that is outside, is not shown. */
        Binding: {
            id: components["schemas"]["BindingId"];
            volunteer: components["schemas"]["VolunteerId"];
            provider: components["schemas"]["Provider"];
            app: components["schemas"]["AppId"];
            bound_by: components["schemas"]["BoundBy"];
            bound_at: components["schemas"]["LocalTime"];
            ended_at: components["schemas"]["LocalTime"] | null;
        };
        /**
         * Format: uuid
         * @description Identifies one binding
         * @example 00000000-0009-8046-a8b3-2558aefab192
         */
        BindingId: string;
        /** @description A volunteer's bindings. */
        Bindings: {
            /** @description Those that were not ended, newest first. */
            items: components["schemas"]["Binding"][];
        };
        /**
         * @description - `malformed_json`: The body is not JSON in UTF-8.
         *     - `body_unreadable`: The body ended too early.
         *     - `body_too_large`: The body is larger than this operation accepts.
         *     - `unsupported_media_type`: The body must be `application/json`, not compressed.
         *     - `unknown_field`: The body has a member that this operation does not know.
         *     - `missing_field`: The body lacks a member.
         *     - `invalid_field`: A member of the body has a wrong type or value.
         */
        BodyRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "malformed_json" | "body_unreadable" | "body_too_large" | "unsupported_media_type" | "unknown_field" | "missing_field" | "invalid_field";
        };
        /**
         * @description By what somebody showed that they are the volunteer
         *     - `mobile`: The mobile number of one registered volunteer, which the provider vouches for.
         *     - `activation`: An activation code.
         *     - `application`: The office saw the document of who applied.
         * @enum {string}
         */
        BoundBy: "mobile" | "activation" | "application";
        BoundedInt: number;
        /** @description Marked days. On all other days Monday to Friday are working days. */
        Calendar: {
            /** @description The earliest first. */
            days: components["schemas"]["CalendarDay"][];
        };
        /** @description A marked day. */
        CalendarDay: {
            day: components["schemas"]["Day"];
            kind: components["schemas"]["DayKind"];
        };
        /**
         * @description Days to mark; a mark that a day has already is replaced.
         * @example {
         *       "days": [
         *         {
         *           "day": "2027-01-01",
         *           "kind": "rest"
         *         }
         *       ]
         *     }
         */
        CalendarMarks: {
            days: components["schemas"]["NewMark"][];
        };
        /** @description A factor for one service category. */
        CategoryCoefficient: {
            category: components["schemas"]["Label"];
            coefficient: components["schemas"]["Factor"];
        };
        /** @description A factor for one service category. */
        CategoryFactorInput: {
            category: components["schemas"]["Label"];
            /** @description At most 100. */
            coefficient: components["schemas"]["FactorInput"];
        };
        /** @description A certificate. */
        Certificate: {
            id: components["schemas"]["CertificateId"];
            /**
             * @description The number printed on the certificate.
             * @example C000000004711
             */
            number: string;
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The recording unit. */
            unit: components["schemas"]["UnitId"];
            period: components["schemas"]["CertificatePeriod"] | null;
            /** @description The journal entry as of which service was counted. */
            as_of: components["schemas"]["EntryNumber"];
            credited_minutes: components["schemas"]["Minutes"];
            /** @description How many service records it counts. */
            records: components["schemas"]["Count"];
            state: components["schemas"]["CertificateState"];
            issued_by: components["schemas"]["Actor"];
            issued_at: components["schemas"]["LocalTime"];
            replaces: components["schemas"]["CertificateId"] | null;
            replaced_by: components["schemas"]["CertificateId"] | null;
            revoked_by: components["schemas"]["Actor"] | null;
            revoked_at: components["schemas"]["LocalTime"] | null;
            /** @description Why it was revoked; only in the answer for this one certificate. */
            revoked_reason?: components["schemas"]["Note"];
            /** @description Its content; only in the answer for this one certificate, and not once the registration is closed. */
            content?: components["schemas"]["CertificateContent"];
            /**
             * @description The code for the look-up; only in the answer to issuing and for this one certificate.
             * @example 7K3F-9QXA-2M4T-08WD
             */
            code?: string;
            /** @description The address of its look-up page, as in the QR code; where `code` is, and this service has a public address. */
            page?: string;
        };
        /** @description The content of a certificate, fixed when it was issued. */
        CertificateContent: {
            name: components["schemas"]["Name"];
            document_kind: components["schemas"]["DocumentKind"];
            /** @description Masked but for its ends. */
            document_number_masked: string;
            volunteer_number: string;
            programmes: components["schemas"]["CertifiedProgramme"][];
            /** @description The same service by its evidence, the best first; left out of certificates of before it was told. */
            evidence?: components["schemas"]["CertifiedEvidence"][];
            /** @description The recording unit's name. */
            unit_name: components["schemas"]["Name"];
            handler: components["schemas"]["Name"] | null;
            contact: components["schemas"]["Name"] | null;
            /** @description The second part: what is recorded apart from service, ordered by first day; left out if empty. */
            mentions?: components["schemas"]["CertifiedMention"][];
        };
        /**
         * Format: uuid
         * @description Identifies one certificate
         * @example 00000000-0009-800c-8c7d-0fb4249b7ecb
         */
        CertificateId: string;
        /** @description A range of service dates, both included. */
        CertificatePeriod: {
            first_day: components["schemas"]["Day"];
            /** @description Today at the latest. */
            last_day: components["schemas"]["Day"];
        };
        /**
         * @description The state of a certificate, for anybody who holds it. Once the registration is closed: number and state
         *     only.
         */
        CertificateStanding: {
            /** @example C000000004711 */
            number: string;
            state: components["schemas"]["CertificateState"];
            /** @description Masked but for the first and the last character. */
            name_masked?: string;
            /** @description The recording unit's name. */
            unit_name?: components["schemas"]["Name"];
            /** @description Left out if it covers all service up to its issue. */
            period?: components["schemas"]["CertificatePeriod"];
            credited_minutes?: components["schemas"]["Minutes"];
            issued_on?: components["schemas"]["Day"];
            /**
             * @description The number of the certificate that replaces it.
             * @example C000000004712
             */
            replaced_by?: string;
        };
        /**
         * @description The state of a certificate
         *     - `valid`: All records that it counts are still credited.
         *     - `corrected`: A record that it counts was voided later.
         *     - `superseded`: Replaced by another certificate, or the person's name, document or birth date was changed since.
         *     - `revoked`: Taken back by its issuer.
         * @enum {string}
         */
        CertificateState: "valid" | "corrected" | "superseded" | "revoked";
        /** @description The service that is known by one kind of evidence. */
        CertifiedEvidence: {
            evidence: components["schemas"]["Evidence"];
            /** @description Whether it says a check-in that nobody saw: records of before the service saw them itself. */
            self_declared: boolean;
            credited_minutes: components["schemas"]["Minutes"];
            /** @description Occasions of count-type service. */
            occasions: components["schemas"]["Count"];
            records: components["schemas"]["Count"];
        };
        /** @description What is recorded apart from service, and never counted as such. */
        CertifiedMention: {
            /** @description `training` (培训) or `honour` (表彰). */
            kind: components["schemas"]["Label"];
            first_day: components["schemas"]["Day"];
            last_day: components["schemas"]["Day"];
            /** @description The course, or the honour. */
            title: components["schemas"]["Note"];
            /** @description Who organised or gave it. */
            by: components["schemas"]["Note"];
            /**
             * Format: int64
             * @description Of a training.
             */
            minutes: number | null;
            result: components["schemas"]["Note"] | null;
        };
        /** @description The service in one programme. */
        CertifiedProgramme: {
            programme: components["schemas"]["ProgrammeId"];
            name: components["schemas"]["Name"];
            first_day: components["schemas"]["Day"];
            last_day: components["schemas"]["Day"];
            credited_minutes: components["schemas"]["Minutes"];
            /** @description Occasions of count-type service. */
            occasions: components["schemas"]["Count"];
            records: components["schemas"]["Count"];
            /**
             * @description Of the minutes, those of check-ins that somebody declared and the service did not see: records of former times.
             *     Certificates of before do not tell.
             */
            self_declared: components["schemas"]["Minutes"];
            /** @description Of the minutes, those that the volunteer claimed and others credited. */
            claimed: components["schemas"]["Minutes"];
        };
        Changed_Activation: components["schemas"]["Activation"] & components["schemas"]["Receipted"];
        Changed_Activity: components["schemas"]["Activity"] & components["schemas"]["Receipted"];
        Changed_Application: components["schemas"]["Application"] & components["schemas"]["Receipted"];
        Changed_AssessmentScheme: components["schemas"]["AssessmentScheme"] & components["schemas"]["Receipted"];
        Changed_Attendance: components["schemas"]["Attendance"] & components["schemas"]["Receipted"];
        Changed_Binding: components["schemas"]["Binding"] & components["schemas"]["Receipted"];
        Changed_Calendar: components["schemas"]["Calendar"] & components["schemas"]["Receipted"];
        Changed_Certificate: components["schemas"]["Certificate"] & components["schemas"]["Receipted"];
        Changed_Correction: components["schemas"]["Correction"] & components["schemas"]["Receipted"];
        Changed_CreditingPolicy: components["schemas"]["CreditingPolicy"] & components["schemas"]["Receipted"];
        Changed_Dismissal: components["schemas"]["Dismissal"] & components["schemas"]["Receipted"];
        Changed_Enrolment: components["schemas"]["Enrolment"] & components["schemas"]["Receipted"];
        Changed_Headcount: components["schemas"]["Headcount"] & components["schemas"]["Receipted"];
        Changed_Honour: components["schemas"]["Honour"] & components["schemas"]["Receipted"];
        Changed_IdentityChange: components["schemas"]["IdentityChange"] & components["schemas"]["Receipted"];
        Changed_Merge: components["schemas"]["Merge"] & components["schemas"]["Receipted"];
        Changed_ModelPost: components["schemas"]["ModelPost"] & components["schemas"]["Receipted"];
        Changed_NoticePolicy: components["schemas"]["NoticePolicy"] & components["schemas"]["Receipted"];
        Changed_Objection: components["schemas"]["Objection"] & components["schemas"]["Receipted"];
        Changed_Operator: components["schemas"]["Operator"] & components["schemas"]["Receipted"];
        Changed_Pledge: components["schemas"]["Pledge"] & components["schemas"]["Receipted"];
        Changed_PointsPolicy: components["schemas"]["PointsPolicy"] & components["schemas"]["Receipted"];
        Changed_PositionOfActivity: components["schemas"]["PositionOfActivity"] & components["schemas"]["Receipted"];
        Changed_Programme: components["schemas"]["Programme"] & components["schemas"]["Receipted"];
        Changed_Rating: components["schemas"]["Rating"] & components["schemas"]["Receipted"];
        Changed_Redemption: components["schemas"]["Redemption"] & components["schemas"]["Receipted"];
        Changed_RevealedNumbers: components["schemas"]["RevealedNumbers"] & components["schemas"]["Receipted"];
        Changed_Reward: components["schemas"]["Reward"] & components["schemas"]["Receipted"];
        Changed_ServiceRecord: components["schemas"]["ServiceRecord"] & components["schemas"]["Receipted"];
        Changed_StarScheme: components["schemas"]["StarScheme"] & components["schemas"]["Receipted"];
        Changed_Training: components["schemas"]["Training"] & components["schemas"]["Receipted"];
        Changed_Transfer: components["schemas"]["Transfer"] & components["schemas"]["Receipted"];
        Changed_Unit: components["schemas"]["Unit"] & components["schemas"]["Receipted"];
        Changed_Volunteer: components["schemas"]["Volunteer"] & components["schemas"]["Receipted"];
        /**
         * @description By what way an entry came that was not asked for over the API
         *     - `command_line`: 命令行: the program's own command line, such as `hourbook import`.
         * @enum {string}
         */
        Channel: "command_line";
        /** @description A code, and until when it is good. */
        CheckCode: {
            /**
             * @description 31 characters of base64url: to be shown as a QR code. It fits the scene of a mini-program code.
             * @example AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo
             */
            code: string;
            /** @description When the next code is to be shown. */
            next_at: components["schemas"]["LocalTime"];
            /** @description Until when this one is taken. */
            good_until: components["schemas"]["LocalTime"];
            /** @description The service's clock, which counts. */
            now: components["schemas"]["LocalTime"];
        };
        /**
         * @description What a volunteer's phone saw: a code, or its own position where that is enough.
         * @example {
         *       "code": "AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo"
         *     }
         */
        CheckInput: {
            /** @description The wall code, or what `/v1/check-codes/shown` answered. */
            code?: string | null;
            activity?: components["schemas"]["ActivityId"] | null;
            position?: components["schemas"]["Position"] | null;
        };
        /** @description A tree over the journal's first entries, signed. */
        Checkpoint: components["schemas"]["Tree"] & {
            /**
             * @description The name of the log.
             * @example hours.example.org/log
             */
            origin: string;
            signed_at: components["schemas"]["LocalTime"];
            /** @description The checkpoint as a signed note (C2SP tlog-checkpoint), the same as at `/log/checkpoint`. */
            note: string;
            /**
             * @description The public keys whose signatures the note has, in the format of signed notes: NAME+ID+DATA. Get them
             *     once from a source that you trust, not each time from here.
             */
            verifiers: string[];
        };
        /**
         * @description Why a registration is closed, and what that costs.
         * @example {
         *       "forfeits_points": "0",
         *       "reason": "迁往外地"
         *     }
         */
        Closing: {
            reason?: components["schemas"]["Note"] | null;
            forfeits_points?: components["schemas"]["PointsInput"] | null;
            abandons_records?: components["schemas"]["BoundedInt"] | null;
        };
        /**
         * @description A salted hash of what is kept beside the journal
         * @example 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
         */
        Commitment: string;
        /**
         * @description How a value is compared with its threshold
         *     - `at_least`: The value must not be less than the threshold.
         *     - `at_most`: The value must not be more than the threshold.
         * @enum {string}
         */
        Comparison: "at_least" | "at_most";
        /**
         * @description When an unfinished attendance ended.
         * @example {
         *       "ended_at": "2026-11-22T11:00:00+08:00"
         *     }
         */
        Completion: {
            ended_at: components["schemas"]["Instant"];
        };
        /**
         * @description Which condition of a position somebody does not meet
         *     - `least_age`: Too young, or a minor where there is a hazard.
         *     - `most_age`: Too old.
         *     - `least_star`: Too few stars.
         *     - `least_training`: Too little recorded training.
         *     - `unit`: Of another unit.
         * @enum {string}
         */
        Condition: "least_age" | "most_age" | "least_star" | "least_training" | "unit";
        /** @description What who takes a position has to be; null is not asked for. Ages are those of the day on which the activity starts. */
        Conditions: {
            least_age: number | null;
            most_age: number | null;
            least_star: number | null;
            /** @description Recorded training of at least so many minutes. */
            least_training_minutes: number | null;
            /** @description Volunteers of one of these units, or of a unit under one; of all where there is none. */
            units: components["schemas"]["UnitId"][];
            hazard: components["schemas"]["Hazard"] | null;
        };
        /**
         * @description The document that the office has seen.
         * @example {
         *       "document": {
         *         "kind": "passport",
         *         "number": "E9000009"
         *       }
         *     }
         */
        Confirmation: {
            /** @description With the whole number, as it stands in the document: it must be the one that was applied with. */
            document: components["schemas"]["DocumentInput"];
            /** @description Whether it is another person than one of the same name, birth date and mobile; then why that is so must be said. */
            another_person?: boolean;
            reason?: components["schemas"]["Note"] | null;
        };
        /** @description When a consent was given, and to which text. */
        Consent: {
            given_at: components["schemas"]["LocalTime"];
            text_version: components["schemas"]["Label"];
        };
        /** @description When a consent was given, and to which text. */
        ConsentInput: {
            given_at: components["schemas"]["Instant"];
            /** @description The version of the text. */
            text_version: components["schemas"]["Label"];
        };
        /** @description Proof that a tree begins with an earlier one: nothing was changed or removed. */
        ConsistencyProof: {
            from: components["schemas"]["Tree"];
            to: components["schemas"]["Tree"];
            /** @description The hashes that lead from one root to the other (RFC 9162, section 2.1.4). */
            path: string[];
        };
        /**
         * @description How a volunteer is reached, and what they can and want to do: all of it.
         * @example {
         *       "mobile": "13800138000",
         *       "residence": "湛河区",
         *       "service_categories": [
         *         "社区服务"
         *       ],
         *       "skills": [
         *         "急救"
         *       ]
         *     }
         */
        ContactInput: {
            mobile: components["schemas"]["Mobile"];
            residence: components["schemas"]["Name"] | null;
            skills: components["schemas"]["Label"][];
            service_categories: components["schemas"]["Label"][];
        };
        /** @description A correction. */
        Correction: {
            id: components["schemas"]["CorrectionId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The unit that decides. */
            unit: components["schemas"]["UnitId"];
            kind: components["schemas"]["CorrectionKind"];
            activity: components["schemas"]["ActivityId"] | null;
            service: components["schemas"]["Span"] | null;
            record: components["schemas"]["RecordId"] | null;
            status: components["schemas"]["CorrectionStatus"];
            asked_at: components["schemas"]["LocalTime"];
            decided_by: components["schemas"]["Actor"] | null;
            decided_at: components["schemas"]["LocalTime"] | null;
            led_to: components["schemas"]["RecordId"] | null;
        };
        /**
         * Format: uuid
         * @description Identifies one correction
         * @example 00000000-0009-800e-ba80-2e18667cacf0
         */
        CorrectionId: string;
        /**
         * @description Whether a record was missing or wrong.
         * @enum {string}
         */
        CorrectionKind: "missing" | "wrong";
        /**
         * @description The status of a correction
         *     - `open`: To be decided.
         *     - `accepted`: Carried out.
         *     - `declined`: Not carried out, for the reason given.
         * @enum {string}
         */
        CorrectionStatus: "open" | "accepted" | "declined";
        /** @description How many there are */
        Count: number;
        /**
         * @description Within what occasions of a person are counted
         *     - `day`: A local day, whatever the activity.
         *     - `activity`: An activity.
         * @enum {string}
         */
        CountSpan: "day" | "activity";
        /**
         * @description Who logs in.
         * @example {
         *       "login": "zhou",
         *       "password": "correct horse battery staple"
         *     }
         */
        Credentials: {
            login: components["schemas"]["Name"];
            /** Format: password */
            password: string;
        };
        /**
         * @description How a record is credited: without deductions by default.
         * @example {
         *       "deductions": [
         *         {
         *           "minutes": 15,
         *           "reason": "迟到"
         *         }
         *       ]
         *     }
         */
        CreditInput: {
            deductions?: components["schemas"]["DeductionInput"][];
        };
        /** @description A unit's own crediting policy. */
        CreditingPolicy: {
            unit: components["schemas"]["UnitId"];
            one_person_minutes: components["schemas"]["OnePersonMinutes"] | null;
            /** @description Null if the unit follows the one above. */
            leader_hours: number | null;
            /** @description Null if the unit follows the one above. */
            credits_seen: boolean | null;
            /** @description Who set it credits nothing alone by it. */
            set_by: components["schemas"]["Actor"];
        };
        /** @description What applies to a unit. */
        CreditingPolicyInForce: {
            unit: components["schemas"]["UnitId"];
            one_person_minutes: components["schemas"]["OnePersonMinutes"];
            one_person_minutes_set_for: components["schemas"]["UnitId"] | null;
            /** @description For how many hours after its end service is entered as `leader`. */
            leader_hours: number;
            leader_hours_set_for: components["schemas"]["UnitId"] | null;
            /** @description Whether the service credits by itself what it saw itself. */
            credits_seen: boolean;
            credits_seen_set_for: components["schemas"]["UnitId"] | null;
        };
        /**
         * @description What a unit may credit.
         * @example {
         *       "credits_seen": true,
         *       "leader_hours": 72,
         *       "one_person_minutes": {
         *         "a_month": 600,
         *         "a_record": 120
         *       }
         *     }
         */
        CreditingPolicyInput: {
            one_person_minutes?: components["schemas"]["OnePersonMinutes"] | null;
            /** @description For how many hours after its end service is entered as `leader`. Null, or left out, to follow the unit above. */
            leader_hours?: number | null;
            /**
             * @description Whether the service credits by itself what it saw itself (`scan`, `geo`), once its public notice is over and nobody objects;
             *     a day of more than eight hours waits for who approves it. Null, or left out, to follow the unit above.
             */
            credits_seen?: boolean | null;
        };
        /** @description That a record was credited, to be kept by its volunteer. */
        CreditingReceipt: {
            record: components["schemas"]["RecordId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description What the entry credited; a later voiding does not change it. */
            credited_minutes: components["schemas"]["Minutes"];
            /** @description The entry that credited it, by its position in the journal. */
            seq: components["schemas"]["EntryNumber"];
            recorded_at: components["schemas"]["LocalTime"];
            /** @description SHA-256 over a zero byte and `leaf`. */
            leaf_hash: string;
            /** @description The entry's canonical bytes: ids, figures and salted commitments, no personal data. */
            leaf: string;
            /**
             * @description The name of the log.
             * @example hours.example.org/log
             */
            origin: string;
            proof: components["schemas"]["InclusionProof"] | null;
            /** @description The public keys of the log, as `/journal/checkpoint` has them. */
            verifiers: string[];
        };
        /**
         * @description The present status of the thing
         * @enum {string}
         */
        CurrentStatus: "absent" | "accepted" | "applied" | "attended" | "cancelled" | "completed" | "confirmed" | "credited" | "declined" | "dismissed" | "ended" | "enrolled" | "excused" | "expired" | "fulfilled" | "held" | "lapsed" | "made" | "offered" | "open" | "pending" | "proposed" | "recognised" | "rejected" | "released" | "requested" | "submitted" | "unfinished" | "upheld" | "voided" | "waiting" | "withdrawn";
        /**
         * @description The `next` of the previous page, unchanged
         * @example MS51bml0cy40NzEx
         */
        Cursor: string;
        /** @description An activity, with the last day for entering its service. */
        DatedActivity: components["schemas"]["Activity"] & {
            /**
             * @description The last day on which service is entered in time: ten working days after the window's last day, by
             *     the present calendar.
             */
            record_by: components["schemas"]["Day"];
        };
        /**
         * Format: date
         * @description A calendar day between the years 1900 and 9999
         * @example 2026-11-22
         */
        Day: string;
        /**
         * @description Whether people work on a day
         *     - `working`: 上班: a working day.
         *     - `rest`: 休息: a rest day.
         * @enum {string}
         */
        DayKind: "working" | "rest";
        /**
         * @description Why it is declined.
         * @example {
         *       "words": "签到表上没有"
         *     }
         */
        Declination: {
            words: components["schemas"]["Note"];
        };
        /** @description Minutes that were not credited. */
        Deduction: {
            minutes: components["schemas"]["Minutes"];
            /** @description The salted commitment to the reason, as it stands in the journal. */
            reason_commitment: string;
        };
        /** @description Minutes that are not credited, and why. */
        DeductionInput: {
            minutes: number;
            reason: components["schemas"]["Note"];
        };
        /** @description Why minutes were deducted. */
        DeductionReason: {
            /** @description The commitment that the record's deduction refers to. */
            reason_commitment: string;
            reason: components["schemas"]["Note"];
        };
        /**
         * @description Which end of an attendance
         *     - `in`: Checking in (签到).
         *     - `out`: Checking out (签退).
         * @enum {string}
         */
        Direction: "in" | "out";
        /** @description A finding that has been dismissed. */
        Dismissal: {
            finding: components["schemas"]["FindingId"];
            rule: components["schemas"]["FindingRule"];
            unit: components["schemas"]["UnitId"];
            dismissed_by: components["schemas"]["Actor"];
            dismissed_at: components["schemas"]["LocalTime"];
        };
        /**
         * @description Why a finding is a false alarm, with the question that showed it.
         * @example {
         *       "reason": "签到设备当日故障，已核对签到表"
         *     }
         */
        DismissalInput: {
            reason: components["schemas"]["Note"];
            unit?: components["schemas"]["UnitId"] | null;
            from?: components["schemas"]["Day"] | null;
            to?: components["schemas"]["Day"] | null;
            as_of?: components["schemas"]["AsOf"] | null;
        };
        /** @description An identity document. */
        Document: {
            kind: components["schemas"]["DocumentKind"];
            /**
             * @description Masked, except to the volunteer; wholly to auditors.
             * @example ****************2X
             */
            number: string;
        };
        /** @description An identity document. */
        DocumentInput: {
            kind: components["schemas"]["DocumentKind"];
            /**
             * @description The whole number. For a resident identity card it must agree with birth date and gender, where these are said.
             * @example 11010519491231002X
             */
            number: string;
        };
        /**
         * @description Which identity document
         *     - `resident_identity`: 居民身份证: 18 characters, checked by GB 11643.
         *     - `passport`: 护照.
         *     - `hong_kong_macao_permit`: 港澳居民来往内地通行证.
         *     - `taiwan_permit`: 台湾居民来往大陆通行证.
         *     - `foreign_permanent_resident`: 外国人永久居留身份证.
         * @enum {string}
         */
        DocumentKind: "resident_identity" | "passport" | "hong_kong_macao_permit" | "taiwan_permit" | "foreign_permanent_resident";
        /** @description Points of one lot. */
        Draw: {
            lot: components["schemas"]["LotId"];
            points: components["schemas"]["Points"];
        };
        /**
         * @description Who is given access again.
         * @example {
         *       "document": {
         *         "kind": "passport",
         *         "number": "E9000003"
         *       }
         *     }
         */
        Enabling: {
            document?: components["schemas"]["DocumentInput"] | null;
        };
        /** @description An enrolment. */
        Enrolment: {
            id: components["schemas"]["EnrolmentId"];
            position: components["schemas"]["PositionId"];
            activity: components["schemas"]["ActivityId"];
            unit: components["schemas"]["UnitId"];
            volunteer: components["schemas"]["VolunteerId"];
            status: components["schemas"]["EnrolmentStatus"];
            /** @description Whether who waits takes a free place at once, without being asked. */
            at_once: boolean;
            made_by: components["schemas"]["Actor"];
            made_at: components["schemas"]["LocalTime"];
            respond_by: components["schemas"]["LocalTime"] | null;
            passed_over: components["schemas"]["Unfit"] | null;
            /** @description Whether it was withdrawn from after the last moment to do so in time. */
            late: boolean;
            contested_at: components["schemas"]["LocalTime"] | null;
            version: components["schemas"]["EntryNumber"];
        };
        /**
         * Format: uuid
         * @description Identifies one enrolment
         * @example 00000000-0009-8042-a378-45550e37e05c
         */
        EnrolmentId: string;
        /** @description An enrolment, and how many wait before it. */
        EnrolmentInLine: components["schemas"]["Enrolment"] & {
            ahead: components["schemas"]["Count"] | null;
        };
        /** @description The result for one volunteer. */
        EnrolmentResult: {
            enrolment: components["schemas"]["Enrolment"];
            receipt: components["schemas"]["Receipt"];
            /** @enum {string} */
            status: "accepted";
        } | {
            problem: components["schemas"]["Problem"];
            /** @enum {string} */
            status: "refused";
        };
        /**
         * @description Where an enrolment stands
         *     - `applied`: Asks for a place that the leader gives.
         *     - `waiting`: Waits until a place is free.
         *     - `offered`: Was offered a place, and is to answer.
         *     - `enrolled`: Has a place.
         *     - `attended`: Was there.
         *     - `absent`: Was not there.
         *     - `excused`: Was not there, for a reason that was accepted.
         *     - `withdrawn`: Gave the place, or the wait for it, up.
         *     - `declined`: Was not selected.
         *     - `lapsed`: Did not answer the offer in time.
         * @enum {string}
         */
        EnrolmentStatus: "applied" | "waiting" | "offered" | "enrolled" | "attended" | "absent" | "excused" | "withdrawn" | "declined" | "lapsed";
        /** @description The result for each volunteer, in the order in which they were named. */
        EnrolmentsResult: {
            items: components["schemas"]["EnrolmentResult"][];
        };
        /**
         * @description The position of an entry in the journal; 0 is before the first
         * @example 4711
         */
        EntryNumber: number;
        EventActivityDetails: {
            name: components["schemas"]["Name"];
            place: components["schemas"]["Name"] | null;
            window: components["schemas"]["EventInterval"];
            headcount: components["schemas"]["Count"] | null;
            leader: components["schemas"]["VolunteerId"] | null;
            recruitment?: components["schemas"]["EventRecruitment"];
        };
        EventAssessmentTerms: {
            name: components["schemas"]["Name"];
            indicators: components["schemas"]["EventIndicator"][];
            replaces: components["schemas"]["AssessmentSchemeId"] | null;
        };
        EventAward: {
            policy: components["schemas"]["PolicyId"];
            points: components["schemas"]["Hundredths"];
            issued_by: components["schemas"]["UnitId"];
            service_month: components["schemas"]["YearMonth"];
            expires_at: components["schemas"]["Instant"] | null;
            settled: components["schemas"]["EventDraw"][];
            repaid?: components["schemas"]["EventRepayment"][];
        };
        EventComplaint: {
            kind: components["schemas"]["CorrectionKind"];
            activity?: components["schemas"]["ActivityId"];
            service?: components["schemas"]["EventInterval"];
            record?: components["schemas"]["RecordId"];
        };
        EventConditions: {
            least_age?: components["schemas"]["Count"];
            most_age?: components["schemas"]["Count"];
            least_star?: components["schemas"]["Count"];
            least_training?: components["schemas"]["Minutes"];
            units?: components["schemas"]["UnitId"][];
            hazard?: components["schemas"]["EventHazard"];
        };
        EventCrediting: {
            credited_minutes: components["schemas"]["Minutes"];
            deductions: components["schemas"]["EventDeduction"][];
            award: components["schemas"]["EventAward"] | null;
            alone?: boolean;
        };
        EventDeduction: {
            minutes: components["schemas"]["Minutes"];
            reason: components["schemas"]["Commitment"];
        };
        EventDraw: {
            lot: components["schemas"]["LotId"];
            points: components["schemas"]["Hundredths"];
        };
        EventExport: {
            exported: components["schemas"]["Exported"];
            format: components["schemas"]["ExportFormat"];
            filter: components["schemas"]["EventExportFilter"];
            as_of: components["schemas"]["EntryNumber"];
            rows: components["schemas"]["Count"];
            unit: components["schemas"]["UnitId"] | null;
        };
        EventExportFilter: {
            unit?: components["schemas"]["UnitId"];
            volunteer?: components["schemas"]["VolunteerId"];
            activity?: components["schemas"]["ActivityId"];
            programme?: components["schemas"]["ProgrammeId"];
            status?: components["schemas"]["RecordStatus"];
            evidence?: components["schemas"]["Evidence"];
            from?: components["schemas"]["Day"];
            to?: components["schemas"]["Day"];
            counted_as_of?: components["schemas"]["EntryNumber"];
            group_by?: components["schemas"]["Grouping"][];
        };
        EventFence: {
            centre: components["schemas"]["EventPoint"];
            radius_metres: components["schemas"]["Count"];
        };
        EventFigure: {
            kind: components["schemas"]["FigureKind"];
            minutes?: components["schemas"]["Minutes"];
            star?: components["schemas"]["Count"];
        };
        EventHazard: {
            insurance: components["schemas"]["Name"];
        };
        EventIndicator: {
            code: components["schemas"]["Label"];
            figure: components["schemas"]["EventFigure"];
            comparison: components["schemas"]["Comparison"];
            threshold: components["schemas"]["Count"];
            weight: components["schemas"]["Hundredths"];
        };
        EventInterval: {
            start: components["schemas"]["Instant"];
            end: components["schemas"]["Instant"];
        };
        /**
         * @description What happened
         * @enum {string}
         */
        EventKind: "unit_created" | "headcount_set" | "volunteer_registered" | "volunteer_updated" | "contact_changed" | "volunteer_closed" | "volunteer_closing_asked" | "volunteer_deactivated" | "volunteer_reactivated" | "volunteer_forgotten" | "volunteer_reopened" | "programme_created" | "programme_updated" | "programme_closed" | "activity_created" | "activity_published" | "activity_updated" | "activity_cancelled" | "record_submitted" | "record_confirmed" | "record_credited" | "record_rejected" | "record_withdrawn" | "record_voided" | "transfer_requested" | "transfer_agreed" | "transfer_released" | "transfer_accepted" | "transfer_rejected" | "transfer_cancelled" | "transfer_expired" | "policy_created" | "reward_created" | "reward_restocked" | "reward_withdrawn" | "redemption_placed" | "redemption_fulfilled" | "redemption_cancelled" | "redemption_expired" | "operator_created" | "operator_updated" | "operator_disabled" | "operator_enabled" | "password_reset" | "password_set" | "points_expired" | "certificate_issued" | "certificate_revoked" | "objection_raised" | "objection_upheld" | "objection_dismissed" | "correction_asked" | "correction_accepted" | "correction_declined" | "star_scheme_created" | "assessment_scheme_created" | "pledge_made" | "pledge_fulfilled" | "pledge_ended" | "model_post_awarded" | "model_post_ended" | "training_entered" | "training_corrected" | "training_voided" | "honour_entered" | "honour_corrected" | "honour_voided" | "identity_changed" | "identity_change_asked" | "identity_change_confirmed" | "identity_change_declined" | "merge_asked" | "merge_confirmed" | "merge_declined" | "position_created" | "position_updated" | "position_filled" | "enrolment_made" | "offer_accepted" | "enrolment_withdrawn" | "applicant_selected" | "applicant_declined" | "offer_lapsed" | "absence_marked" | "absence_excused" | "absence_contested" | "checked_in" | "checked_out" | "attendance_unfinished" | "attendance_completed" | "activity_rated" | "service_rated" | "numbers_revealed" | "binding_made" | "binding_ended" | "application_made" | "application_confirmed" | "applicant_recognised" | "application_declined" | "application_withdrawn" | "application_lapsed" | "application_forgotten" | "calendar_marked" | "notice_policy_set" | "crediting_policy_set" | "export_made" | "finding_dismissed" | "token_issued" | "tokens_ended" | "activation_given" | "activation_used" | "activation_failed" | "points_expiry_announced" | "redemption_expiry_announced";
        EventOnePersonMinutes: {
            a_record: components["schemas"]["Minutes"];
            a_month: components["schemas"]["Minutes"];
        };
        EventPeriod: {
            first_day: components["schemas"]["Day"];
            last_day: components["schemas"]["Day"];
        };
        EventPoint: {
            latitude_microdegrees: components["schemas"]["Microdegrees"];
            longitude_microdegrees: components["schemas"]["Microdegrees"];
        };
        EventPolicyTerms: {
            effective_from: components["schemas"]["Day"];
            points_per_hour: components["schemas"]["Hundredths"];
            points_per_count: components["schemas"]["Hundredths"];
            earning_grades: components["schemas"]["Evidence"][];
            programme_coefficients: {
                [key: string]: components["schemas"]["Hundredths"];
            };
            category_coefficients: {
                [key: string]: components["schemas"]["Hundredths"];
            };
            validity: components["schemas"]["Validity"];
            monthly_quota: components["schemas"]["Hundredths"] | null;
            rounding?: components["schemas"]["Rounding"];
        };
        EventPositionTerms: {
            name: components["schemas"]["Name"];
            places: components["schemas"]["Count"];
            selection: components["schemas"]["Selection"];
            conditions?: components["schemas"]["EventConditions"];
        };
        EventProgrammeDetails: {
            name: components["schemas"]["Name"];
            brands: components["schemas"]["Label"][];
            category: components["schemas"]["Label"] | null;
        };
        EventPromotion: {
            to: components["schemas"]["PromotionKind"];
            enrolment: components["schemas"]["EnrolmentId"];
            respond_by?: components["schemas"]["Instant"];
            why?: components["schemas"]["Unfit"];
        };
        EventRecruitment: {
            content?: components["schemas"]["Note"];
            risks?: components["schemas"]["Note"];
            safeguards?: components["schemas"]["Note"];
            contact?: components["schemas"]["Name"];
            opens_at?: components["schemas"]["Instant"];
            closes_at?: components["schemas"]["Instant"];
            withdraw_by?: components["schemas"]["Instant"];
            fence?: components["schemas"]["EventFence"];
            position_is_enough?: boolean;
        };
        EventRelease: {
            returned: components["schemas"]["EventDraw"][];
            lapsed: components["schemas"]["EventDraw"][];
            settled: components["schemas"]["EventDraw"][];
            repaid?: components["schemas"]["EventRepayment"][];
            restored?: components["schemas"]["EventRepayment"][];
        };
        EventRepayment: {
            owing: components["schemas"]["LotId"];
            lender: components["schemas"]["LotId"];
            points: components["schemas"]["Hundredths"];
        };
        EventStarTerms: {
            effective_from: components["schemas"]["Day"];
            thresholds: components["schemas"]["Minutes"][];
            counting_grades: components["schemas"]["Evidence"][];
        };
        /**
         * @description How it is known that somebody served
         *     - `scan`: The volunteer checked in and out by scanning (扫码).
         *     - `geo`: The volunteer checked in by position (定位).
         *     - `leader`: Confirmed on site by the person in charge (负责人确认).
         *     - `import`: Taken over from another system (导入).
         *     - `backfill`: Entered later (补录).
         *     - `claimed`: The volunteer's own word (自报).
         * @enum {string}
         */
        Evidence: "scan" | "geo" | "leader" | "import" | "backfill" | "claimed";
        /** @description Points that expire at one instant. */
        Expiring: {
            points: components["schemas"]["Points"];
            /** @description The first instant at which they can no longer be spent. */
            expires_at: components["schemas"]["LocalTime"];
        };
        /** @description An access, and what it was for. */
        ExplainedAccess: components["schemas"]["Access"] & {
            purpose: components["schemas"]["Note"] | null;
        };
        /** @description A correction, with what was written. */
        ExplainedCorrection: components["schemas"]["Correction"] & {
            words: components["schemas"]["Note"] | null;
            decision: components["schemas"]["Note"] | null;
        };
        /** @description A change of who a volunteer is, with what was written. */
        ExplainedIdentityChange: components["schemas"]["IdentityChange"] & {
            reason: components["schemas"]["Note"] | null;
            declined: components["schemas"]["Note"] | null;
            proposed: components["schemas"]["ProposedIdentity"] | null;
        };
        /** @description A merge, with what was written. */
        ExplainedMerge: components["schemas"]["Merge"] & {
            reason: components["schemas"]["Note"] | null;
            declined: components["schemas"]["Note"] | null;
        };
        /** @description An objection, with what was written. */
        ExplainedObjection: components["schemas"]["Objection"] & {
            reason: components["schemas"]["Note"] | null;
            resolution: components["schemas"]["Note"] | null;
        };
        /** @description A service record, with what people wrote about it. */
        ExplainedServiceRecord: components["schemas"]["ServiceRecord"] & {
            reasons: components["schemas"]["Reasons"];
        };
        /**
         * @description The format of a file
         *     - `csv`: RFC 4180; no cell is read as a formula.
         *     - `ndjson`: One JSON object a line.
         *     - `xlsx`: A spreadsheet; no text is read as a formula.
         * @enum {string}
         */
        ExportFormat: "csv" | "ndjson" | "xlsx";
        /**
         * @description What was exported
         *     - `minutes_totals`: Totals of credited minutes.
         *     - `points_totals`: The points in units' books.
         *     - `service_records`: Service records.
         *     - `statements`: Postings on volunteers' accounts.
         *     - `journal`: Entries of the journal.
         *     - `assessment`: Units judged and ranked by an assessment scheme.
         * @enum {string}
         */
        Exported: "minutes_totals" | "points_totals" | "service_records" | "statements" | "journal" | "assessment";
        /**
         * @description A factor, an exact decimal with two places
         * @example 1.50
         */
        Factor: string;
        /**
         * @description A factor, a decimal with at most two places
         * @example 1.50
         */
        FactorInput: string;
        /** @description A circle on the ground (GCJ-02). */
        Fence: {
            latitude: components["schemas"]["Latitude"];
            longitude: components["schemas"]["Longitude"];
            radius_metres: number;
        };
        /**
         * @description Why a member of the body, or a parameter, is refused.
         * @enum {string}
         */
        FieldReason: "wrong_type" | "not_a_choice" | "out_of_range" | "wrong_length" | "wrong_form" | "wrong_character" | "wrong_check_digit" | "disagrees" | "given_twice" | "unknown" | "missing" | "not_allowed";
        /**
         * @description What is measured.
         *
         *     Members belong to the unit or one under it at the end of the period; their service counts wherever it
         *     was given. Records were served with the unit or one under it, by anybody.
         *     - `registration_rate` (注册率): members over staff
         *     - `active_rate` (活跃率): members with a record in the period over members
         *     - `minutes_per_staff`, `minutes_per_registered` (人均时长): members' minutes over staff, over members
         *     - `party_share` (党员达标率): members who are party members with at least `minutes` in the period, over
         *       the headcount's party members
         *     - `star_share`, `star_count` (星级): members with at least `star`, over members or as a number
         *     - `timeliness` (及时率): records entered within ten working days, over records
         *     - `backfill_share` (补录率): back-filled records over records
         *     - `voided_share` (作废率): voided records over records ever credited
         *     - `events_held` (活动场次): activities with at least one record
         * @enum {string}
         */
        FigureKind: "registration_rate" | "active_rate" | "minutes_per_staff" | "minutes_per_registered" | "party_share" | "star_share" | "star_count" | "timeliness" | "backfill_share" | "voided_share" | "events_held";
        /** Format: binary */
        FileBytes: string;
        /** @description Credited service that looks wrong. It is no accusation: the reason names a possible honest cause too. */
        Finding: {
            /**
             * @description A hash of the rule and of all data that the finding is based on. If the data change, it is another
             *     finding.
             */
            id: components["schemas"]["FindingId"];
            rule: components["schemas"]["FindingRule"];
            /** @description Why it looks wrong, and which honest cause it may have. */
            reason: string;
            /**
             * @description The unit with which the service was given, that holds the gift, or whose books hold the debt; for
             *     `service_elsewhere` the volunteer's own unit.
             */
            unit: components["schemas"]["UnitId"];
            subject: components["schemas"]["FindingSubject"];
            /**
             * @description The figures that were counted, by name.
             * @example {
             *       "entered_records": 24
             *     }
             */
            figures: {
                [key: string]: components["schemas"]["Count"];
            };
            /** @description The records that it is based on, the earliest first. */
            records: components["schemas"]["RecordId"][];
            /** @description The journal entries that it is based on, where these are no records: a gift's is the one that placed its redemption. */
            entries?: components["schemas"]["EntryNumber"][];
            dismissal: components["schemas"]["FindingDismissal"] | null;
        };
        /** @description That a finding was dismissed. */
        FindingDismissal: {
            reason: components["schemas"]["Note"] | null;
            dismissed_by: components["schemas"]["Actor"];
            dismissed_at: components["schemas"]["LocalTime"];
            /** @description The journal entry of the dismissal. */
            entry: components["schemas"]["EntryNumber"];
        };
        /**
         * @description The id of a finding: a hash of the rule and of all data that it is based on
         * @example 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
         */
        FindingId: string;
        /**
         * @description What makes credited service look wrong
         *     - `quick_crediting`: Credited by hand within minutes of being submitted, many on one day.
         *     - `backfill_by_one_operator`: Most of a unit's back-fill was entered by one operator.
         *     - `backfill_on_one_weekday`: Most of a unit's back-fill is for one weekday.
         *     - `backfill_under_cap`: Back-filled days of just under 8 or 12 hours.
         *     - `same_interval`: The same interval for many people, and nobody checked in.
         *     - `service_elsewhere`: Most of a person's minutes were served far from their own unit.
         *     - `fast_approvals`: Approvals faster than anybody can read.
         *     - `identity_changed`: Name, document or birth date of a volunteer changed after hours were credited.
         *     - `closed_with_hours`: Hours credited shortly before their volunteer's registration was closed.
         *     - `possible_duplicate`: Two registered volunteers of the same name, birth date and mobile.
         *     - `numbers_merged`: Two volunteer numbers were merged: one person had both.
         *     - `merged_overlap`: Service of two merged numbers at one time: one person in two places.
         *     - `credited_alone`: Much that one person entered and credited alone.
         *     - `entered_late`: Much that one person entered late.
         *     - `days_near_cap`: Days of just under 8 or 12 hours that are no back-fill.
         *     - `credited_again`: Service that had been voided was credited again.
         *     - `differs_from_journal`: The ledger's tables say otherwise than its journal: the service found it by recomputing itself.
         *     - `placed_and_fulfilled`: One person placed redemptions and handed their gifts over.
         *     - `gifts_of_one_pair`: One person handed gifts over to one volunteer again and again.
         *     - `price_far_under`: A gift was redeemed for far less than the unit's other gifts.
         *     - `owes_points`: Points were spent whose service was voided, and are not earned back.
         *     - `moved_there_and_back`: A volunteer was moved to another unit, redeemed its gift, and was moved back.
         *     - `headcount_of_the_past`: A unit's headcount was changed for days that were over.
         *     - `operator_relinked`: An operator was said to be another person.
         * @enum {string}
         */
        FindingRule: "quick_crediting" | "backfill_by_one_operator" | "backfill_on_one_weekday" | "backfill_under_cap" | "same_interval" | "service_elsewhere" | "fast_approvals" | "identity_changed" | "closed_with_hours" | "possible_duplicate" | "numbers_merged" | "merged_overlap" | "credited_alone" | "entered_late" | "days_near_cap" | "credited_again" | "differs_from_journal" | "placed_and_fulfilled" | "gifts_of_one_pair" | "price_far_under" | "owes_points" | "moved_there_and_back" | "headcount_of_the_past" | "operator_relinked";
        /** @description Whom or what a finding concerns. */
        FindingSubject: {
            actor: components["schemas"]["Actor"] | null;
            volunteer: components["schemas"]["VolunteerId"] | null;
            /** @description The other volunteer, where it is about two; the one who was registered first. */
            other_volunteer?: components["schemas"]["VolunteerId"];
            /** @description The operator, where it is about who an operator is. */
            operator?: components["schemas"]["OperatorId"];
            activity: components["schemas"]["ActivityId"] | null;
            day: components["schemas"]["Day"] | null;
        };
        /** @description Credited service that looks wrong. */
        Findings: {
            /**
             * @description The journal entry as of which they were found. The same question as of this entry always has the
             *     same answer.
             */
            as_of: components["schemas"]["EntryNumber"];
            /** @description First day of crediting that was examined. */
            from: components["schemas"]["Day"];
            /** @description Last day of crediting that was examined. */
            to: components["schemas"]["Day"];
            /**
             * @description Ordered by rule, unit and subject. What differs from the journal comes last, and only where nothing is asked as
             *     of an earlier entry: it is of now.
             */
            items: components["schemas"]["Finding"][];
        };
        /**
         * @description A form that totals can have.
         * @enum {string}
         */
        Format: "json" | "csv" | "ndjson" | "xlsx";
        /**
         * @description As in the identity document
         *     - `female`: 女.
         *     - `male`: 男.
         * @enum {string}
         */
        Gender: "female" | "male";
        /**
         * @description What totals of minutes are grouped by.
         * @enum {string}
         */
        Grouping: "unit" | "programme" | "activity" | "month" | "grade";
        /** @description A guardian's consent. */
        GuardianConsent: {
            name: components["schemas"]["Name"];
            given_at: components["schemas"]["LocalTime"];
            text_version: components["schemas"]["Label"];
            separate_consent: components["schemas"]["Consent"] | null;
        };
        /** @description A guardian's consent. */
        GuardianConsentInput: {
            /** @description The guardian. */
            name: components["schemas"]["Name"];
            given_at: components["schemas"]["Instant"];
            /** @description The version of the text. */
            text_version: components["schemas"]["Label"];
            separate_consent?: components["schemas"]["ConsentInput"] | null;
        };
        /** @description What may endanger who does it. */
        Hazard: {
            /** @description The insurance that covers them. */
            insurance: components["schemas"]["Name"];
        };
        /** @description How many people a unit has from a day on. */
        Headcount: {
            unit: components["schemas"]["UnitId"];
            /** @description First day for which the figures are valid. */
            effective_from: components["schemas"]["Day"];
            /** @description People who work there. */
            staff: number;
            /** @description Party members among them. */
            party_members: number;
        };
        /** @description The headcounts of a unit. */
        Headcounts: {
            /** @description The earliest first; of one day, those that were replaced before the one that stands. */
            items: components["schemas"]["StatedHeadcount"][];
        };
        /** @description All is well. */
        Health: {
            /**
             * @description The only answer there is; what is not well refuses.
             * @enum {string}
             */
            status: "ok";
        };
        /** @description A gift that waits to be picked up. */
        HeldGift: {
            redemption: components["schemas"]["RedemptionId"];
            reward: components["schemas"]["RewardId"];
            name: components["schemas"]["Name"];
            points: components["schemas"]["Points"];
            /** @description When points and item are released if the gift is not picked up. */
            expires_at: components["schemas"]["LocalTime"];
            /**
             * @description What the volunteer shows to receive it.
             * @example 7K3F-9QXA
             */
            pickup_code: string;
        };
        /** @description The holder of an access token. */
        Holder: {
            actor: components["schemas"]["Actor"];
            role: components["schemas"]["Role"];
            unit: components["schemas"]["UnitId"] | null;
            /** @description When the token expires. */
            expires_at: components["schemas"]["LocalTime"];
        };
        /** @description A volunteer's first screen. */
        Home: {
            /** @description With the numbers masked. */
            volunteer: components["schemas"]["KnownVolunteer"];
            unit: components["schemas"]["HomeUnit"];
            account: components["schemas"]["Account"];
            pending: components["schemas"]["PendingService"];
            star: components["schemas"]["HomeStar"] | null;
            /** @description Gifts that wait to be picked up, the first to expire first. */
            gifts: components["schemas"]["HeldGift"][];
            /** @description Places, offers, applications and waits in activities that are not over, the first to begin first. */
            places: components["schemas"]["HomePlace"][];
            attendance: components["schemas"]["HomeAttendance"] | null;
            unread_messages: components["schemas"]["Count"];
        };
        /** @description An activity, as a screen names it. */
        HomeActivity: {
            id: components["schemas"]["ActivityId"];
            name: components["schemas"]["Name"];
            place: components["schemas"]["Name"] | null;
            window: components["schemas"]["Span"];
        };
        /** @description Where the volunteer is at this moment. */
        HomeAttendance: {
            id: components["schemas"]["AttendanceId"];
            checked_in_at: components["schemas"]["LocalTime"];
            activity: components["schemas"]["HomeActivity"];
        };
        /** @description A place in an activity, or what may become one. */
        HomePlace: {
            enrolment: components["schemas"]["EnrolmentId"];
            status: components["schemas"]["EnrolmentStatus"];
            respond_by: components["schemas"]["LocalTime"] | null;
            position: components["schemas"]["PositionId"];
            position_name: components["schemas"]["Name"];
            activity: components["schemas"]["HomeActivity"];
        };
        /** @description Where the volunteer stands; on which days stars were reached, `/v1/volunteers/{id}/star` tells. */
        HomeStar: {
            scheme: components["schemas"]["StarSchemeId"];
            /** @description 0 if no star is reached yet. */
            star: number;
            /** @description Minutes that count towards stars. */
            counted_minutes: components["schemas"]["Minutes"];
            next_threshold_minutes: components["schemas"]["Minutes"] | null;
            missing_minutes: components["schemas"]["Minutes"] | null;
        };
        /** @description The unit that the volunteer belongs to. */
        HomeUnit: {
            id: components["schemas"]["UnitId"];
            code: components["schemas"]["UnitCode"];
            name: components["schemas"]["Name"];
        };
        /** @description An honour. */
        Honour: {
            id: components["schemas"]["HonourId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The unit for which it was entered. */
            unit: components["schemas"]["UnitId"];
            /** @description When it was given. */
            day: components["schemas"]["Day"];
            entered_by: components["schemas"]["Actor"];
            entered_at: components["schemas"]["LocalTime"];
            voided_at: components["schemas"]["LocalTime"] | null;
            /** @description The journal entry that changed it last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
        };
        /**
         * @description An honour as it should have been entered, and what was wrong.
         * @example {
         *       "day": "2026-11-13",
         *       "giver": "市文明办",
         *       "reason": "日期有误",
         *       "title": "优秀志愿者"
         *     }
         */
        HonourCorrection: {
            /** @description Its title. */
            title: components["schemas"]["Note"];
            /** @description Who gave it. */
            giver: components["schemas"]["Note"];
            /** @description When it was given; today at the latest. */
            day: components["schemas"]["Day"];
            /** @description What was wrong. */
            reason: components["schemas"]["Note"];
        };
        /**
         * Format: uuid
         * @description Identifies one honour
         * @example 00000000-0009-8038-bd88-74486c257298
         */
        HonourId: string;
        /**
         * @description Why an honour is voided.
         * @example {
         *       "reason": "重复登记"
         *     }
         */
        HonourVoid: {
            reason: components["schemas"]["Note"];
        };
        /** @description An honour with its texts. */
        HonourWithWords: components["schemas"]["Honour"] & {
            title: components["schemas"]["Note"] | null;
            giver: components["schemas"]["Note"] | null;
        };
        /** @description Points, or a factor, in hundredths */
        Hundredths: number;
        /** @description A change of who a volunteer is: which fields, not their values. */
        IdentityChange: {
            id: components["schemas"]["IdentityChangeId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The volunteer's when it was asked for. */
            unit: components["schemas"]["UnitId"];
            fields: components["schemas"]["PersonField"][];
            status: components["schemas"]["IdentityChangeStatus"];
            asked_by: components["schemas"]["Actor"];
            asked_at: components["schemas"]["LocalTime"];
            expires_at: components["schemas"]["LocalTime"] | null;
            decided_by: components["schemas"]["Actor"] | null;
            decided_at: components["schemas"]["LocalTime"] | null;
        };
        /**
         * Format: uuid
         * @description Identifies one change of identity
         * @example 00000000-0009-803c-8b81-b721ab7f7e0d
         */
        IdentityChangeId: string;
        /**
         * @description The status of a change of identity
         *     - `pending`: Waits for a second person.
         *     - `made`: Carried out.
         *     - `declined`: Not carried out, for the reason given.
         *     - `expired`: Nobody confirmed it in time.
         * @enum {string}
         */
        IdentityChangeStatus: "pending" | "made" | "declined" | "expired";
        /**
         * @description Why a change is declined.
         * @example {
         *       "reason": "与证件不符"
         *     }
         */
        IdentityDecline: {
            reason: components["schemas"]["Note"];
        };
        /**
         * @description Who a volunteer is: all of it, and why it is changed.
         * @example {
         *       "birth_date": "1990-05-20",
         *       "document": {
         *         "kind": "passport",
         *         "number": "E9000002"
         *       },
         *       "gender": "female",
         *       "guardian_consent": null,
         *       "name": "王小明",
         *       "reason": "换发护照"
         *     }
         */
        IdentityInput: {
            name: components["schemas"]["Name"];
            gender: components["schemas"]["Gender"];
            birth_date: components["schemas"]["Day"];
            document?: components["schemas"]["DocumentInput"] | null;
            guardian_consent: components["schemas"]["GuardianConsentInput"] | null;
            consent?: components["schemas"]["ConsentInput"] | null;
            /** @description All statuses; they stay as they are unless given. */
            political_status?: components["schemas"]["PoliticalStatusInput"][] | null;
            reason: components["schemas"]["Note"];
        };
        /** @description - `if_match_invalid`: If-Match is neither one entity tag of this service nor `*`. */
        IfMatchRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "if_match_invalid";
        };
        /** @description A page of what the volunteer is told. */
        Inbox: components["schemas"]["Page_Message"] & {
            /** @description How many messages are not read, on this page and all others. */
            unread: components["schemas"]["Count"];
        };
        /** @description Proof that the journal contains an entry. */
        InclusionProof: {
            /** @description The entry's position in the journal. Its index in the tree is one less. */
            seq: components["schemas"]["EntryNumber"];
            /** @description The entry's hash. */
            leaf_hash: string;
            tree: components["schemas"]["Tree"];
            /** @description The hashes that lead from the leaf to the root (RFC 9162, section 2.1.3). */
            path: string[];
            /** @description The signed note for exactly this tree, if there is one. */
            note: string | null;
        };
        /** @description One line of a scheme. */
        Indicator: {
            code: components["schemas"]["Label"];
            kind: components["schemas"]["FigureKind"];
            /** @description The minutes that a party member must reach. */
            minutes?: components["schemas"]["Minutes"];
            /**
             * Format: int64
             * @description The star that a member must have.
             */
            star?: number;
            comparison: components["schemas"]["Comparison"];
            threshold: components["schemas"]["Threshold"];
            /** @description The score that it gives if it is met. */
            weight: components["schemas"]["Factor"];
        };
        /**
         * @description One line of a scheme.
         * @example {
         *       "code": "注册率",
         *       "comparison": "at_least",
         *       "kind": "registration_rate",
         *       "threshold": "0.85",
         *       "weight": "20"
         *     }
         */
        IndicatorInput: {
            /** @description Its name, unique in the scheme. */
            code: components["schemas"]["Label"];
            kind: components["schemas"]["FigureKind"];
            /** @description The minutes that a party member must reach; for `party_share` only. */
            minutes?: number | null;
            /** @description The star that a member must have; for `star_share` and `star_count` only. */
            star?: number | null;
            comparison: components["schemas"]["Comparison"];
            threshold: components["schemas"]["Threshold"];
            /** @description The score that it gives if it is met: more than 0, at most 1,000. */
            weight: components["schemas"]["FactorInput"];
        };
        /**
         * Format: date-time
         * @description An instant between the years 1900 and 9999, with its offset
         * @example 2026-11-22T09:00:00+08:00
         */
        Instant: string;
        /** @description An entry of the journal. */
        JournalEntry: {
            /** @description Position in the journal, starting at 1, without gaps. */
            seq: components["schemas"]["EntryNumber"];
            /** @description When it was recorded; never earlier than the entry before. */
            recorded_at: components["schemas"]["LocalTime"];
            actor: components["schemas"]["Actor"];
            /** @description By what way it came, where not over the API: imports are made in an operator's name by who sits at the machine. */
            origin?: components["schemas"]["Origin"];
            /** @description The day that it concerns, such as the service date. */
            effective_date: components["schemas"]["Day"];
            unit: components["schemas"]["UnitId"] | null;
            reverses: components["schemas"]["EntryNumber"] | null;
            /** @description What happened: ids, figures (points in hundredths) and salted commitments; never personal data. */
            event: components["schemas"]["JournalEvent"];
            /** @description They sum to zero in each asset, and for points within each unit's books. */
            postings: components["schemas"]["Posting"][];
            /**
             * @description SHA-256 over a zero byte and the entry's canonical bytes, which include the hash of the entry
             *     before. It is the entry's leaf in the journal's tree (RFC 9162).
             */
            hash: string;
        };
        JournalEvent: components["schemas"]["unit_created"] | components["schemas"]["headcount_set"] | components["schemas"]["volunteer_registered"] | components["schemas"]["volunteer_updated"] | components["schemas"]["contact_changed"] | components["schemas"]["volunteer_closed"] | components["schemas"]["volunteer_closing_asked"] | components["schemas"]["volunteer_deactivated"] | components["schemas"]["volunteer_reactivated"] | components["schemas"]["volunteer_forgotten"] | components["schemas"]["volunteer_reopened"] | components["schemas"]["programme_created"] | components["schemas"]["programme_updated"] | components["schemas"]["programme_closed"] | components["schemas"]["activity_created"] | components["schemas"]["activity_published"] | components["schemas"]["activity_updated"] | components["schemas"]["activity_cancelled"] | components["schemas"]["record_submitted"] | components["schemas"]["record_confirmed"] | components["schemas"]["record_credited"] | components["schemas"]["record_rejected"] | components["schemas"]["record_withdrawn"] | components["schemas"]["record_voided"] | components["schemas"]["transfer_requested"] | components["schemas"]["transfer_agreed"] | components["schemas"]["transfer_released"] | components["schemas"]["transfer_accepted"] | components["schemas"]["transfer_rejected"] | components["schemas"]["transfer_cancelled"] | components["schemas"]["transfer_expired"] | components["schemas"]["policy_created"] | components["schemas"]["reward_created"] | components["schemas"]["reward_restocked"] | components["schemas"]["reward_withdrawn"] | components["schemas"]["redemption_placed"] | components["schemas"]["redemption_fulfilled"] | components["schemas"]["redemption_cancelled"] | components["schemas"]["redemption_expired"] | components["schemas"]["operator_created"] | components["schemas"]["operator_updated"] | components["schemas"]["operator_disabled"] | components["schemas"]["operator_enabled"] | components["schemas"]["password_reset"] | components["schemas"]["password_set"] | components["schemas"]["points_expired"] | components["schemas"]["certificate_issued"] | components["schemas"]["certificate_revoked"] | components["schemas"]["objection_raised"] | components["schemas"]["objection_upheld"] | components["schemas"]["objection_dismissed"] | components["schemas"]["correction_asked"] | components["schemas"]["correction_accepted"] | components["schemas"]["correction_declined"] | components["schemas"]["star_scheme_created"] | components["schemas"]["assessment_scheme_created"] | components["schemas"]["pledge_made"] | components["schemas"]["pledge_fulfilled"] | components["schemas"]["pledge_ended"] | components["schemas"]["model_post_awarded"] | components["schemas"]["model_post_ended"] | components["schemas"]["training_entered"] | components["schemas"]["training_corrected"] | components["schemas"]["training_voided"] | components["schemas"]["honour_entered"] | components["schemas"]["honour_corrected"] | components["schemas"]["honour_voided"] | components["schemas"]["identity_changed"] | components["schemas"]["identity_change_asked"] | components["schemas"]["identity_change_confirmed"] | components["schemas"]["identity_change_declined"] | components["schemas"]["merge_asked"] | components["schemas"]["merge_confirmed"] | components["schemas"]["merge_declined"] | components["schemas"]["position_created"] | components["schemas"]["position_updated"] | components["schemas"]["position_filled"] | components["schemas"]["enrolment_made"] | components["schemas"]["offer_accepted"] | components["schemas"]["enrolment_withdrawn"] | components["schemas"]["applicant_selected"] | components["schemas"]["applicant_declined"] | components["schemas"]["offer_lapsed"] | components["schemas"]["absence_marked"] | components["schemas"]["absence_excused"] | components["schemas"]["absence_contested"] | components["schemas"]["checked_in"] | components["schemas"]["checked_out"] | components["schemas"]["attendance_unfinished"] | components["schemas"]["attendance_completed"] | components["schemas"]["activity_rated"] | components["schemas"]["service_rated"] | components["schemas"]["numbers_revealed"] | components["schemas"]["binding_made"] | components["schemas"]["binding_ended"] | components["schemas"]["application_made"] | components["schemas"]["application_confirmed"] | components["schemas"]["applicant_recognised"] | components["schemas"]["application_declined"] | components["schemas"]["application_withdrawn"] | components["schemas"]["application_lapsed"] | components["schemas"]["application_forgotten"] | components["schemas"]["calendar_marked"] | components["schemas"]["notice_policy_set"] | components["schemas"]["crediting_policy_set"] | components["schemas"]["export_made"] | components["schemas"]["finding_dismissed"] | components["schemas"]["token_issued"] | components["schemas"]["tokens_ended"] | components["schemas"]["activation_given"] | components["schemas"]["activation_used"] | components["schemas"]["activation_failed"] | components["schemas"]["points_expiry_announced"] | components["schemas"]["redemption_expiry_announced"];
        /** @description A JSON Web Key Set (RFC 7517). */
        Jwks: {
            /**
             * @description Ed25519 keys (RFC 8037), the current signing key first.
             * @example [
             *       {
             *         "alg": "EdDSA",
             *         "crv": "Ed25519",
             *         "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
             *         "kty": "OKP",
             *         "use": "sig",
             *         "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
             *       }
             *     ]
             */
            keys: Record<string, never>[];
        };
        /**
         * @description A record that keeps a pledge.
         * @example {
         *       "record": "00000000-0009-8005-9b7e-dc63bcf34253"
         *     }
         */
        KeepingRecord: {
            /** @description A credited record of the volunteer. */
            record: components["schemas"]["RecordId"];
        };
        /** @description A record that keeps a pledge, as it is now. */
        KeptBy: {
            record: components["schemas"]["RecordId"];
            credited_minutes: components["schemas"]["Minutes"];
            /** @description Whether it still counts; it may have been voided. */
            counts: boolean;
        };
        /**
         * @description - `idempotency_key_invalid`: An Idempotency-Key has 1 to 255 visible ASCII characters.
         *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
         *     - `entry_too_long`: What it leads to is more than one entry of the journal can hold: ask for it in parts.
         */
        KeyRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_invalid" | "idempotency_key_reused" | "entry_too_long";
        };
        /**
         * @description How it is known who an operator is.
         * @enum {string}
         */
        KnownBy: "volunteer" | "document" | "nothing";
        /** @description A volunteer with personal data. */
        KnownVolunteer: components["schemas"]["Volunteer"] & {
            person: components["schemas"]["Person"] | null;
        };
        /**
         * @description A short label
         * @example 急救
         */
        Label: string;
        /**
         * @description A language that this service speaks.
         * @enum {string}
         */
        Language: "en" | "zh";
        /** @description Degrees north (GCJ-02) */
        Latitude: number;
        /**
         * Format: date-time
         * @description An instant, on the city's clock
         * @example 2026-11-22T09:00:00+08:00
         */
        LocalTime: string;
        /**
         * @description A log-in name: small letters of one script, on one line
         * @example zhou
         */
        LoginName: string;
        /** @description Degrees east (GCJ-02) */
        Longitude: number;
        /** @description Points that one crediting earned. */
        Lot: {
            id: components["schemas"]["LotId"];
            /** @description The record that earned it. */
            record: components["schemas"]["RecordId"];
            /** @description The version of the points policy that applied. */
            policy: components["schemas"]["PolicyId"];
            /** @description The unit in whose books the points were issued. */
            issued_by: components["schemas"]["UnitId"];
            points: components["schemas"]["Points"];
            /** @description Neither spent, nor expired, nor taken back. */
            remaining: components["schemas"]["Points"];
            /** @description Points that expired unspent. */
            lapsed: components["schemas"]["Points"];
            expires_at: components["schemas"]["LocalTime"] | null;
            /** @description Whether the record was voided. Then the rest was taken back, and what had been spent is owed. */
            voided: boolean;
        };
        /**
         * Format: uuid
         * @description Identifies one lot
         * @example 00000000-0009-800b-910a-466a2ee7a6ed
         */
        LotId: string;
        /**
         * @description A mean of scores, rounded down to two places
         * @example 4.66
         */
        Mean: string;
        /**
         * @description What an activity's service is counted in
         *     - `minutes`: Minutes served.
         *     - `count`: Occasions, such as blood donations.
         * @enum {string}
         */
        Measure: "minutes" | "count";
        /** @description A volunteer belongs to a unit from one instant to another (隶属关系). */
        Membership: {
            unit: components["schemas"]["UnitId"];
            starts_at: components["schemas"]["LocalTime"];
            ends_at: components["schemas"]["LocalTime"] | null;
        };
        /** @description The units that a volunteer has belonged to. */
        Memberships: {
            /** @description The journal entry as of which they are told. The same question as of this entry always has the same answer. */
            as_of: components["schemas"]["EntryNumber"];
            /** @description The first one first. */
            items: components["schemas"]["Membership"][];
        };
        /** @description That two volunteer numbers are one person's. */
        Merge: {
            id: components["schemas"]["MergeId"];
            /** @description The later number, which becomes an alias. */
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The earlier number, which stays. */
            into: components["schemas"]["VolunteerId"];
            /** @description The earlier number's when it was asked for. */
            unit: components["schemas"]["UnitId"];
            status: components["schemas"]["MergeStatus"];
            asked_by: components["schemas"]["Actor"];
            asked_at: components["schemas"]["LocalTime"];
            expires_at: components["schemas"]["LocalTime"] | null;
            decided_by: components["schemas"]["Actor"] | null;
            decided_at: components["schemas"]["LocalTime"] | null;
        };
        /**
         * @description Why a merge is declined.
         * @example {
         *       "reason": "经核实为同名同生日的两人"
         *     }
         */
        MergeDecline: {
            reason: components["schemas"]["Note"];
        };
        /**
         * Format: uuid
         * @description Identifies one merge
         * @example 00000000-0009-803d-8575-333344d1066c
         */
        MergeId: string;
        /**
         * @description Into which number one is merged, and why.
         * @example {
         *       "into": "00000000-0009-8002-a441-0d3e7a35bf49",
         *       "reason": "同一人先后以护照和身份证登记"
         *     }
         */
        MergeInput: {
            /** @description The earlier number's id. */
            into: components["schemas"]["VolunteerId"];
            reason: components["schemas"]["Note"];
        };
        /**
         * @description The status of a merge
         *     - `pending`: Waits for a second person.
         *     - `made`: Carried out.
         *     - `declined`: Not carried out, for the reason given.
         * @enum {string}
         */
        MergeStatus: "pending" | "made" | "declined";
        /**
         * @description The id of a message; not the same message twice
         * @example 4711-1
         */
        MessageId: string;
        /**
         * @description What a message is
         *     - `record_credited`: 入账: service was credited.
         *     - `record_rejected`: 驳回: service was not credited.
         *     - `record_voided`: 作废: service that was credited counts no longer.
         *     - `certificate_corrected`: 更正: a certificate counts service that was voided.
         *     - `certificate_superseded`: 取代: a certificate was replaced.
         *     - `certificate_revoked`: 撤销: a certificate was revoked.
         *     - `objection_raised`: 异议: somebody objected to service on notice.
         *     - `objection_upheld`: 异议成立: an objection was right; the record is rejected.
         *     - `objection_dismissed`: 异议不成立: an objection was not right.
         *     - `objection_answered`: 异议答复: what one objected oneself was answered.
         *     - `correction_accepted`: 更正受理: what was missing or wrong was put right.
         *     - `correction_declined`: 更正不予受理: a correction was declined.
         *     - `transfer_requested`: 转接申请: somebody else asked for one's transfer.
         *     - `transfer_released`: 转出: the source unit let go.
         *     - `transfer_accepted`: 转入: the target unit took one in.
         *     - `transfer_rejected`: 转接驳回: either unit refused.
         *     - `transfer_cancelled`: 转接取消: who requested it took it back.
         *     - `transfer_expired`: 转接过期: it was not completed in time.
         *     - `points_expiring`: 积分即将到期: points will expire within a month.
         *     - `redemption_ready`: 礼品待领: a gift is held for somebody.
         *     - `redemption_expiring`: 礼品即将过期: a gift is held for a few days more.
         *     - `redemption_expired`: 礼品过期: a gift was not picked up; the points are released.
         *     - `redemption_fulfilled`: 礼品核销: a gift was handed over.
         *     - `redemption_cancelled`: 兑换取消: somebody else gave a redemption up.
         *     - `identity_changed`: 身份信息变更: the office changed who somebody is.
         *     - `closing_asked`: 申请注销: the office wants to close a registration.
         *     - `service_rated`: 服务评价: the unit said how one served.
         *     - `enrolment_made`: 报名: somebody else enrolled one.
         *     - `place_offered`: 递补询问: a place is free and kept for one who waited.
         *     - `place_given`: 递补: one who waited has a place.
         *     - `passed_over`: 未递补: a place went to somebody who waits behind.
         *     - `offer_lapsed`: 递补过期: an offer was not answered in time.
         *     - `applicant_selected`: 录取: who is in charge gave one a place.
         *     - `applicant_declined`: 未录取: who is in charge gave one no place.
         *     - `enrolment_withdrawn`: 取消报名: somebody else gave one's place up.
         *     - `absence_marked`: 缺席: one was not there.
         *     - `absence_excused`: 缺席免责: an absence does not count.
         *     - `activity_changed`: 活动变更: what one is enrolled in takes place at another time or place.
         *     - `activity_cancelled`: 活动取消: what one is enrolled in does not take place.
         *     - `attendance_unfinished`: 未签退: one did not check out.
         *     - `attendance_completed`: 补签退: who is in charge said when one went.
         *     - `application_confirmed`: 注册通过: the office registered who applied.
         *     - `applicant_recognised`: 已有登记: the office found that who applied is registered already.
         *     - `binding_made`: 新绑定: somebody can sign in as one from now on.
         *     - `binding_ended`: 解绑: somebody else ended a way to sign in.
         *     - `signed_in`: 新登录: somebody signed in.
         * @enum {string}
         */
        MessageKind: "record_credited" | "record_rejected" | "record_voided" | "certificate_corrected" | "certificate_superseded" | "certificate_revoked" | "objection_raised" | "objection_upheld" | "objection_dismissed" | "objection_answered" | "correction_accepted" | "correction_declined" | "transfer_requested" | "transfer_released" | "transfer_accepted" | "transfer_rejected" | "transfer_cancelled" | "transfer_expired" | "points_expiring" | "redemption_ready" | "redemption_expiring" | "redemption_expired" | "redemption_fulfilled" | "redemption_cancelled" | "identity_changed" | "closing_asked" | "service_rated" | "enrolment_made" | "place_offered" | "place_given" | "passed_over" | "offer_lapsed" | "applicant_selected" | "applicant_declined" | "enrolment_withdrawn" | "absence_marked" | "absence_excused" | "activity_changed" | "activity_cancelled" | "attendance_unfinished" | "attendance_completed" | "application_confirmed" | "applicant_recognised" | "binding_made" | "binding_ended" | "signed_in";
        /** @description The thing that a message is about. */
        MessageSubject: {
            /**
             * @description What it is.
             * @example record
             */
            noun: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
        };
        /** @description Millionths of a degree (GCJ-02) */
        Microdegrees: number;
        /** @description Whole minutes, never rounded up */
        Minutes: number;
        /** @description Credited minutes by evidence. */
        MinutesByGrade: {
            scan: components["schemas"]["Minutes"];
            geo: components["schemas"]["Minutes"];
            leader: components["schemas"]["Minutes"];
            import: components["schemas"]["Minutes"];
            backfill: components["schemas"]["Minutes"];
            claimed: components["schemas"]["Minutes"];
        };
        /** @description One total of minutes, with the values that it is grouped by. */
        MinutesTotal: {
            unit?: components["schemas"]["UnitId"];
            programme?: components["schemas"]["ProgrammeId"];
            activity?: components["schemas"]["ActivityId"];
            /**
             * @description The month of the service date.
             * @example 2026-11
             */
            month?: string;
            grade?: components["schemas"]["Evidence"];
            credited_minutes: components["schemas"]["Minutes"];
            /** @description Occasions of count-type service. */
            occasions: components["schemas"]["Count"];
            /** @description How many service records. */
            records: components["schemas"]["Count"];
            /**
             * @description Of the credited minutes, those of check-ins that somebody declared and the service did not see: records of
             *     former times.
             */
            self_declared: components["schemas"]["Minutes"];
            /** @description Of the credited minutes, those that volunteers claimed and others credited. */
            claimed: components["schemas"]["Minutes"];
            /** @description How many different volunteers; only with `count_volunteers`. */
            volunteers?: components["schemas"]["Count"];
        };
        /** @description Totals of minutes. */
        MinutesTotals: {
            /**
             * @description The journal entry as of which they are counted. The same question as of this entry always has the
             *     same answer.
             */
            as_of: components["schemas"]["EntryNumber"];
            /** @description The root of the journal's tree (RFC 9162) up to this entry: it fixes what was counted. */
            root: string;
            /** @description Ordered by what they are grouped by. */
            items: components["schemas"]["MinutesTotal"][];
        };
        /**
         * @description Service that was given and is not recorded.
         * @example {
         *       "activity": "00000000-0009-8004-9911-7fce7354cfb0",
         *       "service": {
         *         "end": "2026-11-18T11:00:00+08:00",
         *         "start": "2026-11-18T09:00:00+08:00"
         *       },
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30",
         *       "words": "当天未签到"
         *     }
         */
        MissingRecord: {
            /** @description The volunteer who asks. */
            volunteer: components["schemas"]["VolunteerId"];
            activity: components["schemas"]["ActivityId"];
            /** @description When the service was given. */
            service: components["schemas"]["SpanInput"];
            words: components["schemas"]["Note"];
        };
        /**
         * @description A mobile number of the mainland, or with + and country code
         * @example 13800138000
         */
        Mobile: string;
        /** @description A model post. */
        ModelPost: {
            id: components["schemas"]["ModelPostId"];
            unit: components["schemas"]["UnitId"];
            volunteer: components["schemas"]["VolunteerId"] | null;
            /** @description First day. */
            starts_on: components["schemas"]["Day"];
            ends_on: components["schemas"]["Day"] | null;
        };
        /**
         * @description The end of a model post.
         * @example {
         *       "ends_on": "2026-11-30"
         *     }
         */
        ModelPostEnd: {
            /** @description Last day. */
            ends_on: components["schemas"]["Day"];
        };
        /**
         * Format: uuid
         * @description Identifies one model post
         * @example 00000000-0009-8036-ae80-36ef026bf522
         */
        ModelPostId: string;
        /** @description A model post with its title. */
        ModelPostWithTitle: components["schemas"]["ModelPost"] & {
            title: components["schemas"]["Note"] | null;
        };
        /**
         * @description A name, on one line
         * @example 志愿红
         */
        Name: string;
        /** @description Further members of a refusal, depending on its code. */
        Named: {
            /** @description The record that conflicts. */
            record?: components["schemas"]["RecordId"];
            /** @description The unit that conflicts. */
            unit?: components["schemas"]["UnitId"];
            /** @description The transfer that conflicts. */
            transfer?: components["schemas"]["TransferId"];
            /** @description The certificate that conflicts. */
            certificate?: components["schemas"]["CertificateId"];
            /** @description The objection that conflicts. */
            objection?: components["schemas"]["ObjectionId"];
            /** @description The correction that conflicts. */
            correction?: components["schemas"]["CorrectionId"];
            /** @description The activity that conflicts. */
            activity?: components["schemas"]["ActivityId"];
            /** @description The enrolment that conflicts. */
            enrolment?: components["schemas"]["EnrolmentId"];
            /** @description The attendance that conflicts. */
            attendance?: components["schemas"]["AttendanceId"];
            /** @description The condition of the position that the volunteer does not meet. */
            condition?: components["schemas"]["Condition"];
            /** @description What recruitment still has to tell. */
            missing?: components["schemas"]["RecruitmentPart"][];
            /** @description The rating that conflicts. */
            rating?: components["schemas"]["RatingId"];
            /** @description The change of identity that conflicts. */
            identity_change?: components["schemas"]["IdentityChangeId"];
            /** @description The volunteers that conflict, as far as the caller answers for them. */
            volunteers?: components["schemas"]["VolunteerId"][];
            /** @description The earlier number of the same person, as far as the caller answers for the person. */
            into?: components["schemas"]["VolunteerId"];
            /** @description The records that are to be decided first. */
            records?: components["schemas"]["RecordId"][];
            /** @description The corrections that are to be decided first. */
            corrections?: components["schemas"]["CorrectionId"][];
            /** @description When the conflict ends. */
            ends_at?: components["schemas"]["LocalTime"];
            /** @description The present status of the thing. */
            current_status?: components["schemas"]["CurrentStatus"];
            /** @description The present version of the thing. */
            current_version?: components["schemas"]["EntryNumber"];
            /** @description Points that are available, as a decimal. */
            available?: components["schemas"]["Points"];
            /** @description Points that are owed, as a decimal. */
            debt?: components["schemas"]["Points"];
            /** @description Points that would be lost, as a decimal. */
            points?: components["schemas"]["Points"];
            /**
             * Format: int64
             * @description How many pending records would be rejected.
             */
            pending_records?: number;
            /**
             * Format: int64
             * @description Within how many hours after its end service is entered as seen on the spot.
             */
            hours?: number;
            /** @description The kind of the unit that was to be opened. */
            unit_kind?: components["schemas"]["UnitKind"];
            /** @description The kind of the unit above it. */
            parent_kind?: components["schemas"]["UnitKind"];
            /**
             * Format: int64
             * @description How many occasions a person is entered with at most.
             */
            most?: number;
            /** @description Within what they are counted. */
            within?: components["schemas"]["CountSpan"];
            /** @description The unit above that demands a longer notice. */
            set_for?: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description How many working days that unit demands.
             */
            working_days?: number;
            /** @description The journal entry that stands in the way. */
            entry?: components["schemas"]["EntryNumber"];
            /** @description How many bytes a body may have. */
            limit_bytes?: number;
        };
        /** @description An operator, with login and name. */
        NamedOperator: components["schemas"]["Operator"] & {
            login: components["schemas"]["Name"];
            /** @description The person's or script's name. */
            name: components["schemas"]["Name"];
        };
        /**
         * @description An activity to create.
         * @example {
         *       "headcount": 20,
         *       "name": "我爱白龟湖",
         *       "place": "白龟湖",
         *       "programme": "00000000-0009-8003-8284-df4315c1d00d",
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764",
         *       "window": {
         *         "end": "2026-11-18T18:00:00+08:00",
         *         "start": "2026-11-18T08:00:00+08:00"
         *       }
         *     }
         */
        NewActivity: {
            programme: components["schemas"]["ProgrammeId"];
            /** @description The unit that carries it out: the programme's unit or one under it. The hours stay with this unit. */
            unit: components["schemas"]["UnitId"];
            measure?: components["schemas"]["Measure"] | null;
            name: components["schemas"]["Name"];
            place?: components["schemas"]["Name"] | null;
            /** @description The time in which service may be given; at most 366 days. */
            window: components["schemas"]["SpanInput"];
            /** @description How many people are wanted. */
            headcount?: number | null;
            leader?: components["schemas"]["VolunteerId"] | null;
            recruitment?: components["schemas"]["NewRecruitment"] | null;
            /** @description Whether it is to be published later: until then only those who answer for the unit see it. `false` by default. */
            draft?: boolean | null;
        };
        /**
         * @description How an activity was.
         * @example {
         *       "score": 5,
         *       "words": "组织有序，收获很多"
         *     }
         */
        NewActivityRating: {
            score: components["schemas"]["Score"];
            words?: components["schemas"]["Remark"] | null;
        };
        /**
         * @description Who asks to be registered, and with which unit.
         * @example {
         *       "person": {
         *         "birth_date": "2001-03-08",
         *         "consent": {
         *           "given_at": "2026-11-10T09:00:00+08:00",
         *           "text_version": "2026-1"
         *         },
         *         "document": {
         *           "kind": "passport",
         *           "number": "E9000009"
         *         },
         *         "gender": "female",
         *         "mobile": "13800138009",
         *         "name": "李小红",
         *         "residence": "湛河区"
         *       },
         *       "ticket": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ",
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        NewApplication: {
            /**
             * Format: password
             * @description Of a sign-in that is bound to nobody.
             */
            ticket: string;
            /** @description The unit that is to register the person. */
            unit: components["schemas"]["UnitId"];
            person: components["schemas"]["PersonInput"];
        };
        /**
         * @description A scheme to set.
         * @example {
         *       "indicators": [
         *         {
         *           "code": "注册率",
         *           "comparison": "at_least",
         *           "kind": "registration_rate",
         *           "threshold": "0.85",
         *           "weight": "20"
         *         },
         *         {
         *           "code": "达标率",
         *           "comparison": "at_least",
         *           "kind": "party_share",
         *           "minutes": 1200,
         *           "threshold": "0.9",
         *           "weight": "30"
         *         }
         *       ],
         *       "name": "2026年度量化考核"
         *     }
         */
        NewAssessmentScheme: {
            name: components["schemas"]["Name"];
            indicators: components["schemas"]["IndicatorInput"][];
            replaces?: components["schemas"]["AssessmentSchemeId"] | null;
        };
        /**
         * @description A ticket, and what shows which volunteer that is: a phone code, or a volunteer number and its activation code.
         * @example {
         *       "phone_code": "phone-13800138000",
         *       "ticket": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ"
         *     }
         */
        NewBinding: {
            /** Format: password */
            ticket: string;
            /** @description The code of a mini-program's phone button. It is another one than that of `wx.login`, and good once, too. */
            phone_code?: string | null;
            /** @example 000000000009 */
            number?: string | null;
            /** @description As it was given; hyphens, spaces and case are ignored. */
            activation_code?: string | null;
        };
        /**
         * @description A certificate to issue.
         * @example {
         *       "contact": "0375-0000000",
         *       "handler": "周老师",
         *       "period": {
         *         "first_day": "2026-11-01",
         *         "last_day": "2026-11-19"
         *       },
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewCertificate: {
            volunteer: components["schemas"]["VolunteerId"];
            period?: components["schemas"]["CertificatePeriod"] | null;
            handler?: components["schemas"]["Name"] | null;
            contact?: components["schemas"]["Name"] | null;
        };
        /**
         * @description What who takes a position has to be: what is left out is not asked for. Ages are those of the day on which the activity
         *     starts.
         */
        NewConditions: {
            least_age?: number | null;
            most_age?: number | null;
            least_star?: number | null;
            /** @description Recorded training of at least so many minutes. */
            least_training_minutes?: number | null;
            /** @description Volunteers of one of these units, or of a unit under one; of all where there is none. */
            units?: components["schemas"]["UnitId"][];
            hazard?: components["schemas"]["Hazard"] | null;
        };
        /**
         * @description Who takes a place.
         * @example {
         *       "consent": "11月28日班会上本人同意",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30",
         *       "wait": true
         *     }
         */
        NewEnrolment: {
            volunteer?: components["schemas"]["VolunteerId"] | null;
            /** @description Whether to wait where no place is free. `false` by default. */
            wait?: boolean | null;
            /** @description Whether who waits takes a free place at once, without being asked. `false` by default. */
            at_once?: boolean | null;
            consent?: components["schemas"]["Note"] | null;
        };
        /**
         * @description People who agreed to take part.
         * @example {
         *       "consent": "11月28日班会上本人同意",
         *       "volunteers": [
         *         "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *       ],
         *       "wait": true
         *     }
         */
        NewEnrolments: {
            volunteers: components["schemas"]["VolunteerId"][];
            /** @description Whether to wait where no place is free. `false` by default. */
            wait?: boolean | null;
            /** @description How they, or their guardians, agreed. */
            consent: components["schemas"]["Note"];
        };
        /**
         * @description How many people a unit has from a day on.
         * @example {
         *       "effective_from": "2026-11-01",
         *       "party_members": 6,
         *       "staff": 60
         *     }
         */
        NewHeadcount: {
            /** @description First day for which the figures are valid. The same day again replaces them. */
            effective_from: components["schemas"]["Day"];
            /** @description People who work there. */
            staff: number;
            /** @description Party members among them. */
            party_members: number;
        };
        /**
         * @description An honour to enter.
         * @example {
         *       "day": "2026-11-14",
         *       "giver": "市文明办",
         *       "title": "优秀志愿者",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewHonour: {
            volunteer: components["schemas"]["VolunteerId"];
            /** @description Its title. */
            title: components["schemas"]["Note"];
            /** @description Who gave it. */
            giver: components["schemas"]["Note"];
            /** @description When it was given; today at the latest. */
            day: components["schemas"]["Day"];
        };
        /** @description A day, and whether it is a working day. */
        NewMark: {
            day: components["schemas"]["Day"];
            kind: components["schemas"]["DayKind"];
        };
        /**
         * @description A model post to award.
         * @example {
         *       "starts_on": "2026-11-01",
         *       "title": "党员示范岗",
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewModelPost: {
            /** @description The unit that awards it. */
            unit: components["schemas"]["UnitId"];
            volunteer?: components["schemas"]["VolunteerId"] | null;
            /** @description Its title. */
            title: components["schemas"]["Note"];
            /** @description First day. */
            starts_on: components["schemas"]["Day"];
        };
        /**
         * @description An operator to appoint.
         * @example {
         *       "document": {
         *         "kind": "passport",
         *         "number": "E9000003"
         *       },
         *       "login": "zhou",
         *       "name": "周老师",
         *       "password": "correct horse battery staple",
         *       "role": "coordinator",
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        NewOperator: {
            /** @description Unique among all operators; kept in small letters, of one script. */
            login: components["schemas"]["LoginName"];
            /** @description The person's or script's name. */
            name: components["schemas"]["Name"];
            /** @description Without a password the operator cannot log in and works with issued tokens only. */
            password?: string | null;
            role: components["schemas"]["OperatorRole"];
            unit?: components["schemas"]["UnitId"] | null;
            volunteer?: components["schemas"]["VolunteerId"] | null;
            document?: components["schemas"]["DocumentInput"] | null;
        };
        /**
         * @description A pledge to make.
         * @example {
         *       "due": "2026-12-31",
         *       "title": "每月服务两小时",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewPledge: {
            volunteer: components["schemas"]["VolunteerId"];
            /** @description What is promised, in the volunteer's words; erased when the registration is closed. */
            title: components["schemas"]["Note"];
            /** @description The day by which it is to be kept; today or later. */
            due: components["schemas"]["Day"];
        };
        /**
         * @description The terms of a new version, from a day on.
         * @example {
         *       "category_coefficients": [
         *         {
         *           "category": "社区服务",
         *           "coefficient": "1.2"
         *         }
         *       ],
         *       "earning_grades": [
         *         "scan",
         *         "geo",
         *         "leader"
         *       ],
         *       "effective_from": "2027-01-01",
         *       "monthly_quota": "200",
         *       "points_per_count": "50",
         *       "points_per_hour": "10",
         *       "programme_coefficients": [
         *         {
         *           "coefficient": "1.5",
         *           "programme": "00000000-0009-8003-8284-df4315c1d00d"
         *         }
         *       ],
         *       "validity": {
         *         "kind": "months",
         *         "months": 24
         *       }
         *     }
         */
        NewPolicy: {
            /** @description First service date to which they apply; today or later. */
            effective_from: components["schemas"]["Day"];
            /** @description At most 1,000. */
            points_per_hour: components["schemas"]["PointsInput"];
            /** @description For service counted in occasions; at most 10,000. */
            points_per_count: components["schemas"]["PointsInput"];
            /** @description Which kinds of evidence earn points. */
            earning_grades: components["schemas"]["Evidence"][];
            /** @description Factors by programme; they take precedence over those by category. */
            programme_coefficients?: components["schemas"]["ProgrammeFactorInput"][];
            /** @description Factors by the programme's service category. */
            category_coefficients?: components["schemas"]["CategoryFactorInput"][];
            validity: components["schemas"]["Validity"];
            monthly_quota?: components["schemas"]["PointsInput"] | null;
            rounding?: components["schemas"]["Rounding"] | null;
            /** @description Most occasions that a person is entered with on a day; null: 5. */
            most_counts_a_day?: number | null;
            /** @description Most occasions that a person is entered with at an activity; null: 20. */
            most_counts_an_activity?: number | null;
            replaces?: components["schemas"]["PolicyId"] | null;
        };
        /**
         * @description A programme to create.
         * @example {
         *       "brands": [
         *         "志愿红"
         *       ],
         *       "category": "生态环保",
         *       "name": "绿水青山守护行",
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        NewProgramme: {
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            /** @description The programme's brands; duplicates are ignored. */
            brands?: components["schemas"]["Label"][];
            category?: components["schemas"]["Label"] | null;
        };
        /**
         * @description Service that was given, to be recorded.
         * @example {
         *       "activity": "00000000-0009-8004-9911-7fce7354cfb0",
         *       "breaks": [
         *         {
         *           "end": "2026-11-18T15:45:00+08:00",
         *           "start": "2026-11-18T15:30:00+08:00"
         *         }
         *       ],
         *       "end": "2026-11-18T17:00:00+08:00",
         *       "evidence": "leader",
         *       "start": "2026-11-18T14:00:00+08:00",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewRecord: {
            activity: components["schemas"]["ActivityId"];
            volunteer: components["schemas"]["VolunteerId"];
            start: components["schemas"]["Instant"];
            end: components["schemas"]["Instant"];
            /** @description Within the service, in order, not overlapping. */
            breaks?: components["schemas"]["SpanInput"][];
            /**
             * @description `leader`, `import` or `backfill` by operators, `claimed` by volunteers. Nobody says `scan` or `geo`: the service
             *     alone makes them, of what it saw.
             */
            evidence: components["schemas"]["Evidence"];
            /** @description How many occasions; only for activities that count occasions. */
            count?: number | null;
            reason?: components["schemas"]["Note"] | null;
            /** @description Whether to credit it in the same step, as far as the unit's crediting policy lets one person do so. */
            credit?: boolean;
        };
        /** @description What recruitment tells of an activity, for ever and to everybody: no person's own number. */
        NewRecruitment: {
            content?: components["schemas"]["Note"] | null;
            risks?: components["schemas"]["Note"] | null;
            safeguards?: components["schemas"]["Note"] | null;
            contact?: components["schemas"]["Name"] | null;
            opens_at?: components["schemas"]["Instant"] | null;
            closes_at?: components["schemas"]["Instant"] | null;
            withdraw_by?: components["schemas"]["Instant"] | null;
            fence?: components["schemas"]["Fence"] | null;
            /** @description Whether being within the fence is enough to check in, without a code. `false` by default. */
            position_is_enough?: boolean | null;
        };
        /**
         * @description A redemption to place.
         * @example {
         *       "reward": "00000000-0009-8008-8392-4767da3bb7be",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewRedemption: {
            reward: components["schemas"]["RewardId"];
            volunteer: components["schemas"]["VolunteerId"];
        };
        /**
         * @description A reward to offer.
         * @example {
         *       "hold_days": 7,
         *       "name": "水杯",
         *       "price": "12.50",
         *       "stock": 30,
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        NewReward: {
            /** @description The unit that holds it. It is offered to members of this unit and of the units under it. */
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            price: components["schemas"]["PriceInput"];
            stock: number;
            /** @description How long a redemption waits for pick-up, in days. */
            hold_days: number;
        };
        /**
         * @description How somebody served.
         * @example {
         *       "score": 4,
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30",
         *       "words": "认真负责"
         *     }
         */
        NewServiceRating: {
            volunteer: components["schemas"]["VolunteerId"];
            score: components["schemas"]["Score"];
            words?: components["schemas"]["Remark"] | null;
        };
        /**
         * @description A star scheme, valid from a day on.
         * @example {
         *       "counting_grades": [
         *         "scan",
         *         "geo",
         *         "leader"
         *       ],
         *       "effective_from": "2027-01-01",
         *       "threshold_minutes": [
         *         6000,
         *         18000,
         *         36000,
         *         60000,
         *         90000
         *       ]
         *     }
         */
        NewStarScheme: {
            /** @description First day on which it is valid: today or later, except for the first scheme. */
            effective_from: components["schemas"]["Day"];
            /** @description The minutes that each star needs, ascending. Usual are 100, 300, 600, 1,000 and 1,500 hours. */
            threshold_minutes: components["schemas"]["StarMinutes"][];
            /** @description Which kinds of evidence count. */
            counting_grades: components["schemas"]["Evidence"][];
            replaces?: components["schemas"]["StarSchemeId"] | null;
        };
        /**
         * @description A training to enter.
         * @example {
         *       "course": "急救培训",
         *       "first_day": "2026-11-14",
         *       "last_day": "2026-11-15",
         *       "minutes": 480,
         *       "organiser": "市红十字会",
         *       "result": "合格",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewTraining: {
            volunteer: components["schemas"]["VolunteerId"];
            course: components["schemas"]["Note"];
            /** @description Who organised it. */
            organiser: components["schemas"]["Note"];
            result?: components["schemas"]["Note"] | null;
            first_day: components["schemas"]["Day"];
            /** @description Today at the latest. */
            last_day: components["schemas"]["Day"];
            /** @description How long it took; at most as many minutes as its days have. */
            minutes: components["schemas"]["BoundedInt"];
        };
        /**
         * @description A transfer to request.
         * @example {
         *       "consent": "本人书面同意",
         *       "to_unit": "00000000-0009-8001-9d70-3c01d4624764",
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        NewTransfer: {
            volunteer: components["schemas"]["VolunteerId"];
            to_unit: components["schemas"]["UnitId"];
            consent?: components["schemas"]["Note"] | null;
        };
        /**
         * @description A unit to create.
         * @example {
         *       "code": "TEAM-7",
         *       "kind": "team",
         *       "name": "志愿红服务队",
         *       "parent": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        NewUnit: {
            /** @description Unique among all units. */
            code: components["schemas"]["UnitCode"];
            name: components["schemas"]["Name"];
            kind: components["schemas"]["UnitKind"];
            parent?: components["schemas"]["UnitId"] | null;
        };
        /** @description The `cursor` of the next page; null on the last page */
        NextPage: components["schemas"]["Cursor"] | null;
        /**
         * @description Why an attendance that ended has no service record
         *     - `under_a_minute`: It lasted less than a minute.
         *     - `too_long`: It lasted a day or longer.
         *     - `overlaps`: Another record of the same person has that time.
         *     - `outside_window`: It lies outside the activity's window, which was changed.
         *     - `not_active`: The volunteer has left, be it for now.
         *     - `too_many_occasions`: The occasion is one more than the policy allows.
         *     - `refused`: Another rule of service records stood against it.
         * @enum {string}
         */
        NoRecord: "under_a_minute" | "too_long" | "overlaps" | "outside_window" | "not_active" | "too_many_occasions" | "refused";
        /**
         * @description A reason or remark in a person's words, on one line
         * @example 闸机故障，按签到表补录
         */
        Note: string;
        /** @description A record on public notice, with only what the unit's members need to judge it. */
        Notice: {
            /** @description The record; an objection names it. */
            record: components["schemas"]["RecordId"];
            unit: components["schemas"]["UnitId"];
            activity: components["schemas"]["ActivityId"];
            /**
             * @description The volunteer's name, masked; null if the registration is closed.
             * @example 王*明
             */
            name: string | null;
            service_date: components["schemas"]["Day"];
            start: components["schemas"]["LocalTime"];
            end: components["schemas"]["LocalTime"];
            evidence: components["schemas"]["Evidence"];
            claimed_minutes: components["schemas"]["Minutes"];
            /** @description How many occasions; only for activities that count occasions. */
            count: components["schemas"]["Count"];
            ends_at: components["schemas"]["LocalTime"];
            /** @description How many open objections block the crediting. */
            open_objections: components["schemas"]["Count"];
        };
        /** @description A unit's own notice policy. */
        NoticePolicy: {
            unit: components["schemas"]["UnitId"];
            /** @description Null if the unit follows the one above. */
            working_days: number | null;
        };
        /** @description The notice policy that applies to a unit. */
        NoticePolicyInForce: {
            unit: components["schemas"]["UnitId"];
            /** @description For how many working days a record that is submitted now will be on notice. */
            working_days: number;
            set_for: components["schemas"]["UnitId"] | null;
        };
        /**
         * @description How long a unit's records are on public notice.
         * @example {
         *       "working_days": 5
         *     }
         */
        NoticePolicyInput: {
            /** @description 0 for no notice of the unit's own; null to follow the units above. No fewer than what these demand. */
            working_days?: number | null;
        };
        /** @description A volunteer's numbers in full. */
        Numbers: {
            document: components["schemas"]["Document"];
            /** @example 13800138000 */
            mobile: string;
            proposed_document: components["schemas"]["Document"] | null;
        };
        /** @description An objection. */
        Objection: {
            id: components["schemas"]["ObjectionId"];
            record: components["schemas"]["RecordId"];
            /** @description The record's unit. */
            unit: components["schemas"]["UnitId"];
            volunteer: components["schemas"]["VolunteerId"] | null;
            raised_by: components["schemas"]["Actor"] | null;
            raised_at: components["schemas"]["LocalTime"];
            status: components["schemas"]["ObjectionStatus"];
            resolved_by: components["schemas"]["Actor"] | null;
            resolved_at: components["schemas"]["LocalTime"] | null;
        };
        /**
         * Format: uuid
         * @description Identifies one objection
         * @example 00000000-0009-800d-b7b7-fe368e394532
         */
        ObjectionId: string;
        /**
         * @description The status of an objection
         *     - `open`: To be resolved; blocks the crediting.
         *     - `upheld`: It was right: the record is rejected.
         *     - `dismissed`: It was not right.
         * @enum {string}
         */
        ObjectionStatus: "open" | "upheld" | "dismissed";
        /** @description - `too_many_requests`: Too many requests of this kind from this address, for this login or with this token, too many changes of this person, or too many look-ups of persons that found nobody; Retry-After says when to try again. */
        OftenRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_requests";
        };
        /** @description How many minutes one person alone may enter and credit, of `leader` and `import` evidence that is not late. */
        OnePersonMinutes: {
            /** @description Most minutes of one record; 0 for none. */
            a_record: number;
            /** @description Most minutes of one volunteer's service in a calendar month, with whatever unit. */
            a_month: number;
        };
        /** @description A position, as who may take it sees it. */
        OpenPosition: components["schemas"]["PositionOfActivity"] & {
            unmet: components["schemas"]["Condition"] | null;
        };
        /** @description An operator, without login and name. */
        Operator: {
            id: components["schemas"]["OperatorId"];
            role: components["schemas"]["Role"];
            unit: components["schemas"]["UnitId"] | null;
            volunteer: components["schemas"]["VolunteerId"] | null;
            active: boolean;
            /** @description The journal entry that changed the operator last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
            /**
             * @description True where the operator is known by a document; else left out. Who is neither that nor linked to a volunteer was
             *     appointed before it was asked for: the account counts as a person of its own.
             */
            identified?: boolean;
            /** @description How it is known who the operator is. */
            known_by: components["schemas"]["KnownBy"];
            /**
             * @description The one-time code with which the operator sets a password, to be handed on; only in the answer to who had it made.
             * @example 7K3F-9QXA-52MD-XW4T
             */
            reset_code?: string;
            /** @description Until when a one-time code that nobody has used sets a password; left out where there is none. */
            reset_until?: components["schemas"]["LocalTime"];
        };
        /**
         * Format: uuid
         * @description Identifies one operator
         * @example 00000000-0009-800a-860f-1ebf040b55eb
         */
        OperatorId: string;
        /**
         * @description What an operator may do from now on. Who the operator is stays as it is unless it is said.
         * @example {
         *       "role": "auditor",
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        OperatorInput: {
            role: components["schemas"]["OperatorRole"];
            unit?: components["schemas"]["UnitId"] | null;
            volunteer?: components["schemas"]["VolunteerId"] | null;
            document?: components["schemas"]["DocumentInput"] | null;
        };
        /**
         * @description What an operator may do.
         * @enum {string}
         */
        OperatorRole: "coordinator" | "auditor" | "admin";
        /** @description An activity that recruits. */
        Opportunity: {
            activity: components["schemas"]["ActivityId"];
            name: components["schemas"]["Name"];
            place: components["schemas"]["Name"] | null;
            window: components["schemas"]["Span"];
            unit: components["schemas"]["UnitId"];
            unit_name: components["schemas"]["Name"];
            programme: components["schemas"]["ProgrammeId"];
            programme_name: components["schemas"]["Name"];
            brands: components["schemas"]["Label"][];
            recruitment: components["schemas"]["Recruitment"] | null;
            metres: components["schemas"]["Count"] | null;
            /** @description The oldest first. */
            positions: components["schemas"]["OpenPosition"][];
            own: components["schemas"]["OwnEnrolment"] | null;
        };
        /** @description The way of an entry that did not come over the API. */
        Origin: {
            channel: components["schemas"]["Channel"];
            /** @description The account on the machine under which the program ran. */
            user: components["schemas"]["Name"];
        };
        /** @description An application, as who applied sees it. */
        OwnApplication: {
            id: components["schemas"]["ApplicationId"];
            unit: components["schemas"]["UnitId"];
            status: components["schemas"]["ApplicationStatus"];
            made_at: components["schemas"]["LocalTime"];
            decided_at: components["schemas"]["LocalTime"] | null;
            reason: components["schemas"]["Note"] | null;
        };
        /** @description One's own enrolment. */
        OwnEnrolment: {
            enrolment: components["schemas"]["EnrolmentId"];
            status: components["schemas"]["EnrolmentStatus"];
        };
        /** @description - `invalid_cursor`: The cursor is not one that this list gave out. */
        PageRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "invalid_cursor";
        };
        Page_ApplicationShown: {
            items: components["schemas"]["ApplicationShown"][];
            next: components["schemas"]["NextPage"];
        };
        Page_AssessedMember: {
            items: components["schemas"]["AssessedMember"][];
            next: components["schemas"]["NextPage"];
        };
        Page_AssessmentScheme: {
            items: components["schemas"]["AssessmentScheme"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Attendance: {
            items: components["schemas"]["Attendance"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Certificate: {
            items: components["schemas"]["Certificate"][];
            next: components["schemas"]["NextPage"];
        };
        Page_DatedActivity: {
            items: components["schemas"]["DatedActivity"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Enrolment: {
            items: components["schemas"]["Enrolment"][];
            next: components["schemas"]["NextPage"];
        };
        Page_ExplainedAccess: {
            items: components["schemas"]["ExplainedAccess"][];
            next: components["schemas"]["NextPage"];
        };
        Page_ExplainedCorrection: {
            items: components["schemas"]["ExplainedCorrection"][];
            next: components["schemas"]["NextPage"];
        };
        Page_ExplainedObjection: {
            items: components["schemas"]["ExplainedObjection"][];
            next: components["schemas"]["NextPage"];
        };
        Page_HonourWithWords: {
            items: components["schemas"]["HonourWithWords"][];
            next: components["schemas"]["NextPage"];
        };
        Page_IdentityChange: {
            items: components["schemas"]["IdentityChange"][];
            next: components["schemas"]["NextPage"];
        };
        Page_JournalEntry: {
            items: components["schemas"]["JournalEntry"][];
            next: components["schemas"]["NextPage"];
        };
        Page_KnownVolunteer: {
            items: components["schemas"]["KnownVolunteer"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Lot: {
            items: components["schemas"]["Lot"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Merge: {
            items: components["schemas"]["Merge"][];
            next: components["schemas"]["NextPage"];
        };
        /** @description One page of a list. */
        Page_Message: {
            items: {
                id: components["schemas"]["MessageId"];
                kind: components["schemas"]["MessageKind"];
                /**
                 * @description The same in words, in the language that `Accept-Language` asks for.
                 * @example 您的一条服务记录被驳回。
                 */
                text: string;
                told_at: components["schemas"]["LocalTime"];
                /** @description Whether the volunteer has said so. */
                read: boolean;
                about: components["schemas"]["MessageSubject"] | null;
                /** @description Of service: the minutes that count, or count no longer. */
                minutes?: components["schemas"]["Minutes"];
                /** @description Points that were earned, that are held for a gift or no longer, or that expire. */
                points?: components["schemas"]["Points"];
                /** @description When something ends, or may be done. */
                due_at?: components["schemas"]["LocalTime"];
            }[];
            next: components["schemas"]["NextPage"];
        };
        Page_ModelPostWithTitle: {
            items: components["schemas"]["ModelPostWithTitle"][];
            next: components["schemas"]["NextPage"];
        };
        Page_NamedOperator: {
            items: components["schemas"]["NamedOperator"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Notice: {
            items: components["schemas"]["Notice"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Opportunity: {
            items: components["schemas"]["Opportunity"][];
            next: components["schemas"]["NextPage"];
        };
        Page_PledgeWithRecords: {
            items: components["schemas"]["PledgeWithRecords"][];
            next: components["schemas"]["NextPage"];
        };
        Page_PointsPolicy: {
            items: components["schemas"]["PointsPolicy"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Programme: {
            items: components["schemas"]["Programme"][];
            next: components["schemas"]["NextPage"];
        };
        Page_RatingWithWords: {
            items: components["schemas"]["RatingWithWords"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Redemption: {
            items: components["schemas"]["Redemption"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Reward: {
            items: components["schemas"]["Reward"][];
            next: components["schemas"]["NextPage"];
        };
        Page_ServiceRecord: {
            items: components["schemas"]["ServiceRecord"][];
            next: components["schemas"]["NextPage"];
        };
        Page_StarScheme: {
            items: components["schemas"]["StarScheme"][];
            next: components["schemas"]["NextPage"];
        };
        Page_StatementEntry: {
            items: components["schemas"]["StatementEntry"][];
            next: components["schemas"]["NextPage"];
        };
        Page_TrainingWithWords: {
            items: components["schemas"]["TrainingWithWords"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Transfer: {
            items: components["schemas"]["Transfer"][];
            next: components["schemas"]["NextPage"];
        };
        Page_Unit: {
            items: components["schemas"]["Unit"][];
            next: components["schemas"]["NextPage"];
        };
        /** @description A redemption, with the points that turned out to be unearned. */
        PaidRedemption: components["schemas"]["Redemption"] & {
            /** @description Those of its points that were earned by records voided later. */
            voided_points: components["schemas"]["Points"];
        };
        /**
         * @description A one-time code, and the password to be set with it.
         * @example {
         *       "code": "7K3F-9QXA-52MD-XW4T",
         *       "login": "zhou",
         *       "new_password": "correct horse battery staple"
         *     }
         */
        PasswordByCode: {
            login: components["schemas"]["Name"];
            /**
             * Format: password
             * @description As it was given; hyphens, spaces and case are ignored.
             */
            code: string;
            /** Format: password */
            new_password: string;
        };
        /**
         * @description The password so far, and the one from now on.
         * @example {
         *       "new_password": "staple battery horse correct",
         *       "old_password": "correct horse battery staple"
         *     }
         */
        PasswordChange: {
            /** Format: password */
            old_password: string;
            /** Format: password */
            new_password: string;
        };
        /** @description Service that waits to be decided. What points it will earn is not known before. */
        PendingService: {
            records: components["schemas"]["Count"];
            claimed_minutes: components["schemas"]["Minutes"];
        };
        /** @description The person behind a volunteer number. */
        Person: {
            name: components["schemas"]["Name"];
            gender: components["schemas"]["Gender"];
            birth_date: components["schemas"]["Day"] | null;
            /**
             * Format: int32
             * @description To auditors, in place of the birth date.
             */
            birth_year?: number;
            document: components["schemas"]["Document"];
            /**
             * @description Masked, except to the volunteer; wholly to auditors.
             * @example 138******00
             */
            mobile: string;
            residence: components["schemas"]["Name"] | null;
            skills: components["schemas"]["Label"][];
            service_categories: components["schemas"]["Label"][];
            political_status: components["schemas"]["PoliticalStatus"][];
            consent: components["schemas"]["Consent"];
            guardian_consent: components["schemas"]["GuardianConsent"] | null;
        };
        /**
         * @description What is known of a person, by its parts
         *     - `name`: 姓名.
         *     - `gender`: 性别.
         *     - `birth_date`: 出生日期.
         *     - `document`: 证件.
         *     - `guardian_consent`: 监护人同意.
         *     - `political_status`: 政治面貌.
         *     - `consent`: 同意.
         *     - `mobile`: 手机号码.
         *     - `residence`: 居住地.
         *     - `skills`: 技能.
         *     - `service_categories`: 服务类别.
         * @enum {string}
         */
        PersonField: "name" | "gender" | "birth_date" | "document" | "guardian_consent" | "political_status" | "consent" | "mobile" | "residence" | "skills" | "service_categories";
        /** @description Who somebody is, with the consents that their age asks for. */
        PersonInput: {
            name: components["schemas"]["Name"];
            gender: components["schemas"]["Gender"];
            birth_date: components["schemas"]["Day"];
            document: components["schemas"]["DocumentInput"];
            mobile: components["schemas"]["Mobile"];
            residence?: components["schemas"]["Name"] | null;
            skills?: components["schemas"]["Label"][];
            service_categories?: components["schemas"]["Label"][];
            /** @description Whether a party member, each status from a day on. */
            political_status?: components["schemas"]["PoliticalStatusInput"][];
            /** @description The person's own consent; nobody is registered without it. */
            consent: components["schemas"]["ConsentInput"];
            guardian_consent?: components["schemas"]["GuardianConsentInput"] | null;
        };
        /**
         * @description What the volunteer shows to receive the gift.
         * @example {
         *       "pickup_code": "7K3F-9QXA"
         *     }
         */
        PickUp: {
            /**
             * Format: password
             * @description The pick-up code as it was typed: hyphens, spaces and case do not matter.
             */
            pickup_code: string;
        };
        /** @description A pledge. */
        Pledge: {
            id: components["schemas"]["PledgeId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The unit that the volunteer belonged to when it was made. */
            unit: components["schemas"]["UnitId"];
            /** @description The day by which it is to be kept. */
            due: components["schemas"]["Day"];
            /** @description The records that keep it, in the order in which they were named. */
            records: components["schemas"]["RecordId"][];
            made_at: components["schemas"]["LocalTime"];
            ended_at: components["schemas"]["LocalTime"] | null;
        };
        /**
         * Format: uuid
         * @description Identifies one pledge
         * @example 00000000-0009-8035-86b4-510c2477b458
         */
        PledgeId: string;
        /** @description A pledge with its text, and whether it is kept. */
        PledgeWithRecords: components["schemas"]["Pledge"] & {
            title: components["schemas"]["Note"] | null;
            /** @description Whether at least one of its records counts now. */
            kept: boolean;
            kept_by: components["schemas"]["KeptBy"][];
        };
        /**
         * @description Points, an exact decimal with two places
         * @example 12.50
         */
        Points: string;
        /** @description A volunteer's points. */
        PointsAccount: {
            /** @description Free to spend; while there is a debt, nothing may be spent. */
            available: components["schemas"]["Points"];
            /** @description Held for open redemptions. */
            held: components["schemas"]["Points"];
            /** @description Points that were spent before the service that earned them was voided; they must be earned back. */
            debt: components["schemas"]["Points"];
            expiring_next: components["schemas"]["Expiring"] | null;
        };
        /**
         * @description Points, a decimal with at most two places
         * @example 12.50
         */
        PointsInput: string;
        /** @description A version of the points policy. */
        PointsPolicy: {
            id: components["schemas"]["PolicyId"];
            /** @description First service date to which it applies. */
            effective_from: components["schemas"]["Day"];
            points_per_hour: components["schemas"]["Points"];
            /** @description For service counted in occasions. */
            points_per_count: components["schemas"]["Points"];
            /** @description Which kinds of evidence earn points. */
            earning_grades: components["schemas"]["Evidence"][];
            programme_coefficients: components["schemas"]["ProgrammeCoefficient"][];
            category_coefficients: components["schemas"]["CategoryCoefficient"][];
            validity: components["schemas"]["Validity"];
            monthly_quota: components["schemas"]["Points"] | null;
            /**
             * @description What is rounded down to a hundredth of a point. Left out by versions that were set before this could be said:
             *     they round each record.
             */
            rounding?: components["schemas"]["Rounding"];
            /** @description Most occasions that a person is entered with on a day, where it is not 5. */
            most_counts_a_day?: number;
            /** @description Most occasions that a person is entered with at an activity, where it is not 20. */
            most_counts_an_activity?: number;
            /** @description The version that this one takes the place of, where it was said. */
            replaces?: components["schemas"]["PolicyId"];
        };
        /**
         * @description The points in one unit's books. `issued` + `debt` = `available` + `held` + `redeemed` + `expired` +
         *     `transferred_out`.
         */
        PointsTotal: {
            unit: components["schemas"]["UnitId"];
            /** @description Earned, minus what was taken back by voiding. */
            issued: components["schemas"]["Points"];
            /** @description On volunteers' accounts: free to spend, or overdue and not yet expired. */
            available: components["schemas"]["Points"];
            /** @description Held for open redemptions of the unit's rewards. */
            held: components["schemas"]["Points"];
            /** @description Spent on the unit's rewards that were handed over. */
            redeemed: components["schemas"]["Points"];
            /** @description Expired unspent. */
            expired: components["schemas"]["Points"];
            /** @description Owed by volunteers, because service was voided after its points had been spent. */
            debt: components["schemas"]["Points"];
            /** @description Moved to other units' books, minus what came from them. */
            transferred_out: components["schemas"]["Points"];
        };
        /** @description Points in units' books. */
        PointsTotals: {
            /**
             * @description The journal entry as of which they are counted. The same question as of this entry always has the
             *     same answer.
             */
            as_of: components["schemas"]["EntryNumber"];
            /** @description The root of the journal's tree (RFC 9162) up to this entry: it fixes what was counted. */
            root: string;
            items: components["schemas"]["PointsTotal"][];
        };
        /**
         * Format: uuid
         * @description Identifies one points policy
         * @example 00000000-0009-8007-a192-907a5227a942
         */
        PolicyId: string;
        /** @description A political status from a day on. */
        PoliticalStatus: {
            party_member: boolean;
            effective_from: components["schemas"]["Day"];
        };
        /** @description A political status from a day on. */
        PoliticalStatusInput: {
            /** @description Whether a member of the party (党员). */
            party_member: boolean;
            /** @description First day for which it is valid. */
            effective_from: components["schemas"]["Day"];
        };
        /** @description Where a phone says that it is, in GCJ-02. */
        Position: {
            latitude: components["schemas"]["Latitude"];
            longitude: components["schemas"]["Longitude"];
            /**
             * Format: double
             * @description How far off it may be, in metres, as the phone says. Negative where the phone does not know, as some say it: as
             *     coarse as can be.
             */
            accuracy: number;
        };
        /**
         * Format: uuid
         * @description Identifies one position
         * @example 00000000-0009-8041-9f91-9bd4d5664c91
         */
        PositionId: string;
        /** @description A position. */
        PositionOfActivity: {
            id: components["schemas"]["PositionId"];
            activity: components["schemas"]["ActivityId"];
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            places: number;
            selection: components["schemas"]["Selection"];
            conditions: components["schemas"]["Conditions"];
            /** @description Places that somebody has. */
            taken: components["schemas"]["Count"];
            /** @description Places that are kept for who was offered them. */
            offered: components["schemas"]["Count"];
            /** @description How many wait for one. */
            waiting: components["schemas"]["Count"];
            /** @description Places that are free. While somebody waits, they are theirs. */
            free: components["schemas"]["Count"];
            /** @description The journal entry that changed it last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
        };
        /**
         * @description What is said of a position, all of it.
         * @example {
         *       "conditions": {
         *         "least_age": 14
         *       },
         *       "name": "捡拾组",
         *       "places": 5
         *     }
         */
        PositionTermsInput: {
            name: components["schemas"]["Name"];
            places: number;
            selection?: components["schemas"]["Selection"] | null;
            conditions?: components["schemas"]["NewConditions"] | null;
        };
        /** @description The positions of an activity. */
        Positions: {
            items: components["schemas"]["PositionOfActivity"][];
        };
        /** @description One line of an entry. */
        Posting: components["schemas"]["AccountName"] & {
            /** @description By how much the account's balance changes. */
            amount: components["schemas"]["Amount"];
        };
        /**
         * @description A price in points, more than nothing
         * @example 12.50
         */
        PriceInput: string;
        /** @description A refusal, as RFC 9457 has it. */
        Problem: components["schemas"]["Named"] & {
            /**
             * @description Names the kind of problem: `urn:hourbook:problem:` and the code.
             * @example urn:hourbook:problem:record_overlaps
             */
            type: string;
            /** @description What the code means; the same for each occurrence. */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /**
             * @description The stable code; programs should use it.
             * @example record_overlaps
             */
            code: string;
            /** @description What is wrong with this request. */
            detail: string;
            /**
             * @description The member of the body that is wrong, as a JSON pointer, or the name of the parameter.
             * @example /person/mobile
             */
            field?: string;
            /** @description Why that member or parameter is refused, for programs. */
            reason?: components["schemas"]["FieldReason"];
        };
        /** @description A programme. */
        Programme: {
            id: components["schemas"]["ProgrammeId"];
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            brands: components["schemas"]["Label"][];
            category: components["schemas"]["Label"] | null;
            /** @description Closed programmes take no new activities. */
            closed: boolean;
            /** @description The journal entry that changed it last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
        };
        /** @description A factor for one programme. */
        ProgrammeCoefficient: {
            programme: components["schemas"]["ProgrammeId"];
            coefficient: components["schemas"]["Factor"];
        };
        /** @description A factor for one programme. */
        ProgrammeFactorInput: {
            programme: components["schemas"]["ProgrammeId"];
            /** @description At most 100. */
            coefficient: components["schemas"]["FactorInput"];
        };
        /**
         * Format: uuid
         * @description Identifies one programme
         * @example 00000000-0009-8003-8284-df4315c1d00d
         */
        ProgrammeId: string;
        /**
         * @description The programme's changeable data, all of it.
         * @example {
         *       "brands": [
         *         "志愿红"
         *       ],
         *       "category": "生态环保",
         *       "name": "绿水青山守护行"
         *     }
         */
        ProgrammeInput: {
            name: components["schemas"]["Name"];
            /** @description The programme's brands; duplicates are ignored. */
            brands?: components["schemas"]["Label"][];
            category?: components["schemas"]["Label"] | null;
        };
        /**
         * @description What becomes of a free place
         * @enum {string}
         */
        PromotionKind: "place" | "offer" | "passed_over";
        /** @description Who a volunteer is said to be. */
        ProposedIdentity: {
            name: components["schemas"]["Name"];
            gender: components["schemas"]["Gender"];
            birth_date: components["schemas"]["Day"] | null;
            /**
             * Format: int32
             * @description To auditors, in place of the birth date.
             */
            birth_year?: number;
            document: components["schemas"]["Document"] | null;
            guardian_consent: components["schemas"]["GuardianConsent"] | null;
            consent: components["schemas"]["Consent"] | null;
            /** @description Null where they stay as they are. */
            political_status: components["schemas"]["PoliticalStatus"][] | null;
        };
        /**
         * @description Who vouches for an outside identity
         *     - `wechat`: 微信: a mini-program's or an official account's user.
         * @enum {string}
         */
        Provider: "wechat";
        /** @description A rating. */
        Rating: {
            id: components["schemas"]["RatingId"];
            side: components["schemas"]["RatingSide"];
            activity: components["schemas"]["ActivityId"];
            /** @description Who rated the activity, or whose service was rated. */
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The activity's unit. */
            unit: components["schemas"]["UnitId"];
            score: components["schemas"]["Score"];
            rated_by: components["schemas"]["Actor"];
            rated_at: components["schemas"]["LocalTime"];
        };
        /**
         * Format: uuid
         * @description Identifies one rating
         * @example 00000000-0009-804b-ba36-16a2a2297966
         */
        RatingId: string;
        /**
         * @description Who rates what
         *     - `volunteer`: 志愿者评价活动: a volunteer rates the activity.
         *     - `unit`: 单位评价服务: the activity's unit rates the volunteer's service.
         * @enum {string}
         */
        RatingSide: "volunteer" | "unit";
        /** @description A rating with its words. */
        RatingWithWords: components["schemas"]["Rating"] & {
            words: components["schemas"]["Note"] | null;
        };
        /** @description A star that is reached. */
        ReachedStar: {
            star: number;
            threshold_minutes: components["schemas"]["Minutes"];
            /** @description The service date whose minutes reached it. */
            reached_on: components["schemas"]["Day"];
        };
        /**
         * @description How far the volunteer has read.
         * @example {
         *       "up_to": "4711-1"
         *     }
         */
        ReadUpTo: {
            /** @description The newest message that was read: it and all that were told before it are read. */
            up_to: components["schemas"]["MessageId"];
        };
        /**
         * @description The reason.
         * @example {
         *       "reason": "与签到表不符"
         *     }
         */
        Reason: {
            reason: components["schemas"]["Note"];
        };
        /** @description What people wrote about a service record. */
        Reasons: {
            submitted: components["schemas"]["Note"] | null;
            /** @description Why minutes were deducted. */
            deducted: components["schemas"]["DeductionReason"][];
            rejected: components["schemas"]["Note"] | null;
            voided: components["schemas"]["Note"] | null;
        };
        /** @description The receipt for a change: its place in the journal. */
        Receipt: {
            /** @description The entry's position in the journal. */
            seq: components["schemas"]["EntryNumber"];
            /** @description When it was recorded. */
            recorded_at: components["schemas"]["LocalTime"];
            /**
             * @description The entry's hash: a leaf of the journal's tree. `/v1/journal/entries/{seq}/proof` proves that it is
             *     there.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            leaf_hash: string;
        };
        /** @description Proof that a change was recorded. */
        Receipted: {
            /** @description Where the change stands in the journal. */
            receipt: components["schemas"]["Receipt"];
        };
        /**
         * @description Who it is that applied.
         * @example {
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *     }
         */
        Recognition: {
            /** @description The number that the person has already. */
            volunteer: components["schemas"]["VolunteerId"];
        };
        /**
         * @description Many service records, each decided separately.
         * @example {
         *       "items": [
         *         {
         *           "activity": "00000000-0009-8004-9911-7fce7354cfb0",
         *           "end": "2026-11-18T17:00:00+08:00",
         *           "evidence": "leader",
         *           "start": "2026-11-18T14:00:00+08:00",
         *           "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *         }
         *       ]
         *     }
         */
        RecordBatch: {
            items: components["schemas"]["NewRecord"][];
        };
        /** @description The result for one item. */
        RecordBatchItem: {
            record: components["schemas"]["ServiceRecord"];
            receipt: components["schemas"]["Receipt"];
            /** @enum {string} */
            status: "accepted";
        } | {
            problem: components["schemas"]["Problem"];
            /** @enum {string} */
            status: "refused";
        };
        /** @description The result for each item, in the order of the items. */
        RecordBatchResult: {
            items: components["schemas"]["RecordBatchItem"][];
        };
        /**
         * Format: uuid
         * @description Identifies one service record
         * @example 00000000-0009-8005-9b7e-dc63bcf34253
         */
        RecordId: string;
        /**
         * @description The status of a service record
         *     - `submitted`: Waiting for a decision.
         *     - `credited`: Approved: it counts.
         *     - `rejected`: Refused: it never counted.
         *     - `withdrawn`: Taken back by who entered it, before it counted.
         *     - `voided`: It counted, and no longer does.
         * @enum {string}
         */
        RecordStatus: "submitted" | "credited" | "rejected" | "withdrawn" | "voided";
        /** @description What recruitment tells. */
        Recruitment: {
            content: components["schemas"]["Note"] | null;
            risks: components["schemas"]["Note"] | null;
            safeguards: components["schemas"]["Note"] | null;
            contact: components["schemas"]["Name"] | null;
            opens_at: components["schemas"]["LocalTime"] | null;
            closes_at: components["schemas"]["LocalTime"] | null;
            withdraw_by: components["schemas"]["LocalTime"] | null;
            fence: components["schemas"]["Fence"] | null;
            position_is_enough: boolean;
        };
        /**
         * @description What recruitment has to tell
         *     - `place`: Where it is.
         *     - `content`: What is done.
         *     - `risks`: What may happen to who takes part.
         *     - `safeguards`: What is done against that: insurance, training, equipment.
         *     - `contact`: Who is asked: an office.
         * @enum {string}
         */
        RecruitmentPart: "place" | "content" | "risks" | "safeguards" | "contact";
        /** @description A redemption. */
        Redemption: {
            id: components["schemas"]["RedemptionId"];
            reward: components["schemas"]["RewardId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The unit that holds the reward. */
            unit: components["schemas"]["UnitId"];
            points: components["schemas"]["Points"];
            /** @description The lots that the points are drawn from; each names the crediting that earned it. */
            draws: components["schemas"]["Draw"][];
            status: components["schemas"]["RedemptionStatus"];
            placed_by: components["schemas"]["Actor"];
            placed_at: components["schemas"]["LocalTime"];
            /** @description When points and item are released if the gift is not picked up. */
            expires_at: components["schemas"]["LocalTime"];
            closed_by: components["schemas"]["Actor"] | null;
            closed_at: components["schemas"]["LocalTime"] | null;
            /** @description The pick-up code: to the volunteer only, in the answer to placing the redemption and while it is held. */
            pickup_code?: string;
        };
        /**
         * Format: uuid
         * @description Identifies one redemption
         * @example 00000000-0009-8009-915e-862668dfdc97
         */
        RedemptionId: string;
        /**
         * @description The status of a redemption
         *     - `held`: Waiting to be picked up.
         *     - `fulfilled`: Handed over.
         *     - `cancelled`: Cancelled; points and item are released.
         *     - `expired`: Not picked up in time; points and item are released.
         * @enum {string}
         */
        RedemptionStatus: "held" | "fulfilled" | "cancelled" | "expired";
        /**
         * @description A refresh token to use.
         * @example {
         *       "refresh_token": "qVJ9bXk2bWZ0a3JwY2h1d2V5c2xvbmc3d3Q5"
         *     }
         */
        Refresh: {
            /**
             * Format: password
             * @description The token, as it was given out.
             */
            refresh_token: string;
        };
        /**
         * @description A person to register.
         * @example {
         *       "birth_date": "1990-05-20",
         *       "consent": {
         *         "given_at": "2026-11-10T09:00:00+08:00",
         *         "text_version": "2026-1"
         *       },
         *       "document": {
         *         "kind": "passport",
         *         "number": "E9000001"
         *       },
         *       "gender": "female",
         *       "mobile": "13800138000",
         *       "name": "王小明",
         *       "political_status": [
         *         {
         *           "effective_from": "2015-07-01",
         *           "party_member": true
         *         }
         *       ],
         *       "residence": "湛河区",
         *       "service_categories": [
         *         "社区服务"
         *       ],
         *       "skills": [
         *         "急救"
         *       ],
         *       "unit": "00000000-0009-8001-9d70-3c01d4624764"
         *     }
         */
        Registration: {
            /** @description The unit that the volunteer belongs to. */
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            gender: components["schemas"]["Gender"];
            birth_date: components["schemas"]["Day"];
            document: components["schemas"]["DocumentInput"];
            mobile: components["schemas"]["Mobile"];
            residence?: components["schemas"]["Name"] | null;
            skills?: components["schemas"]["Label"][];
            service_categories?: components["schemas"]["Label"][];
            /** @description Whether a party member, each status from a day on. */
            political_status?: components["schemas"]["PoliticalStatusInput"][];
            /** @description The person's own consent; nobody is registered without it. */
            consent: components["schemas"]["ConsentInput"];
            guardian_consent?: components["schemas"]["GuardianConsentInput"] | null;
            /** @description Whether it is another person than one of the same name, birth date and mobile; then why that is so must be said. */
            another_person?: boolean;
            reason?: components["schemas"]["Note"] | null;
        };
        /**
         * @description Who represents the recording unit on the new certificate.
         * @example {
         *       "contact": "0375-0000000",
         *       "handler": "周老师"
         *     }
         */
        Reissue: {
            handler?: components["schemas"]["Name"] | null;
            contact?: components["schemas"]["Name"] | null;
        };
        /**
         * @description A few words that others read, on one line
         * @example 组织有序
         */
        Remark: string;
        /** @description - `precondition_required`: The If-Match header is missing: the entity tag that was read, or `*`. */
        RequiredRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "precondition_required";
        };
        /**
         * @description Stock to add.
         * @example {
         *       "added": 10
         *     }
         */
        Restock: {
            added: number;
        };
        /**
         * @description What the numbers are needed for.
         * @example {
         *       "purpose": "为活动投保，保险公司要求证件号码"
         *     }
         */
        Reveal: {
            purpose: components["schemas"]["Note"];
        };
        /** @description An access, and the numbers in full. */
        RevealedNumbers: components["schemas"]["Access"] & {
            numbers: components["schemas"]["Numbers"] | null;
        };
        /**
         * @description Why a certificate is revoked.
         * @example {
         *       "reason": "姓名有误"
         *     }
         */
        Revocation: {
            reason: components["schemas"]["Note"];
        };
        /** @description A reward. */
        Reward: {
            id: components["schemas"]["RewardId"];
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            price: components["schemas"]["Points"];
            /** @description How long a redemption waits for pick-up, in days. */
            hold_days: number;
            /** @description How many items are available. */
            stock_available: components["schemas"]["Count"];
            /** @description How many items are held for open redemptions. */
            stock_held: components["schemas"]["Count"];
            /** @description How many items were handed over. */
            stock_fulfilled: components["schemas"]["Count"];
            /** @description Whether it is no longer offered. */
            withdrawn: boolean;
        };
        /**
         * Format: uuid
         * @description Identifies one reward
         * @example 00000000-0009-8008-8392-4767da3bb7be
         */
        RewardId: string;
        /**
         * @description What a person or script may do
         *     - `volunteer`: 志愿者: acts for themselves only.
         *     - `coordinator`: 管理员: acts for a unit and all units under it.
         *     - `auditor`: 审计员: reads a unit and all units under it; changes nothing but dismisses findings.
         *     - `admin`: 系统管理员: acts everywhere and appoints operators.
         * @enum {string}
         */
        Role: "volunteer" | "coordinator" | "auditor" | "admin";
        /**
         * @description Who is there, or goes, as who is in charge says.
         * @example {
         *       "direction": "in",
         *       "volunteers": [
         *         "00000000-0009-8002-9b7e-e17e4e5cdc30"
         *       ]
         *     }
         */
        RollCall: {
            direction: components["schemas"]["Direction"];
            volunteers: components["schemas"]["VolunteerId"][];
        };
        /** @description The result for one volunteer. */
        RollCallItem: {
            attendance: components["schemas"]["Attendance"];
            receipt: components["schemas"]["Receipt"];
            /** @enum {string} */
            status: "accepted";
        } | {
            problem: components["schemas"]["Problem"];
            /** @enum {string} */
            status: "refused";
        };
        /** @description The result for each volunteer, in the order in which they were named. */
        RollCallResult: {
            items: components["schemas"]["RollCallItem"][];
        };
        /**
         * @description What is rounded down to a hundredth of a point
         *     - `record`: Each record's points.
         *     - `day`: The points of a person's day: each record gets what it adds to them.
         * @enum {string}
         */
        Rounding: "record" | "day";
        /**
         * @description A wall code that was scanned.
         * @example {
         *       "code": "AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo"
         *     }
         */
        ScannedCode: {
            /** Format: password */
            code: string;
        };
        /**
         * @description How good it was: 5 is the best
         * @example 4
         */
        Score: number;
        /**
         * @description How places are given
         *     - `first_come`: To who comes first.
         *     - `selected`: By the leader, among those who apply.
         * @enum {string}
         */
        Selection: "first_come" | "selected";
        /** @description A service record. */
        ServiceRecord: {
            id: components["schemas"]["RecordId"];
            activity: components["schemas"]["ActivityId"];
            programme: components["schemas"]["ProgrammeId"];
            /** @description The activity's unit. The hours stay with it, even if the volunteer moves. */
            unit: components["schemas"]["UnitId"];
            volunteer: components["schemas"]["VolunteerId"];
            start: components["schemas"]["LocalTime"];
            end: components["schemas"]["LocalTime"];
            breaks: components["schemas"]["Span"][];
            evidence: components["schemas"]["Evidence"];
            /** @description Whether it says a check-in that somebody declared and the service did not see: records of former times. */
            self_declared: boolean;
            /** @description How many occasions; only for activities that count occasions. */
            count: components["schemas"]["Count"];
            claimed_minutes: components["schemas"]["Minutes"];
            credited_minutes: components["schemas"]["Minutes"];
            deductions: components["schemas"]["Deduction"][];
            status: components["schemas"]["RecordStatus"];
            /**
             * @description Whether it was entered more than ten working days after the service's end (formerly, the activity's): it takes
             *     a second person and a reason, and earns no points.
             */
            late: boolean;
            record_by: components["schemas"]["Day"] | null;
            notice_ends_at: components["schemas"]["LocalTime"] | null;
            /** @description How many open objections block the crediting. */
            open_objections: components["schemas"]["Count"];
            /** @description The local day on which it started. Totals count all of it on this day. */
            service_date: components["schemas"]["Day"];
            submitted_by: components["schemas"]["Actor"];
            submitted_at: components["schemas"]["LocalTime"];
            confirmed_at: components["schemas"]["LocalTime"] | null;
            decided_by: components["schemas"]["Actor"] | null;
            decided_at: components["schemas"]["LocalTime"] | null;
            /** @description Whether one person alone entered and credited it, as the unit's crediting policy let them. */
            credited_alone: boolean;
            voided_by: components["schemas"]["Actor"] | null;
            voided_at: components["schemas"]["LocalTime"] | null;
            lot: components["schemas"]["LotId"] | null;
        };
        /** @description A log-in that goes on. */
        Session: {
            /**
             * @description What its access tokens name as `sid`.
             * @example 9f86d081884c7d659a2feaa0c55ad015
             */
            id: string;
            started_at: components["schemas"]["LocalTime"];
            refreshed_at: components["schemas"]["LocalTime"] | null;
            /** @description From when on its refresh token is good no more, unless it is exchanged before. */
            expires_at: components["schemas"]["LocalTime"];
            /** @description When it ends, however often it is refreshed. */
            ends_at: components["schemas"]["LocalTime"];
            /** @description Whether the caller's token is of this one. */
            current: boolean;
        };
        /** @description The sessions of somebody. */
        Sessions: {
            /** @description Those that began last first. */
            items: components["schemas"]["Session"][];
        };
        /** @description What a wall code is of, and what is sent instead of it. */
        ShownCode: {
            activity: components["schemas"]["ActivityId"];
            name: components["schemas"]["Name"];
            /** @description Whether it is for coming or for going. */
            direction: components["schemas"]["Direction"];
            /** @description Sent to check-ins or check-outs as `code` once one has signed in. */
            code: string;
            good_until: components["schemas"]["LocalTime"];
        };
        /**
         * @description How the service saw somebody come or go, the best first
         *     - `leader_scan`: Who is in charge scanned the volunteer's own code.
         *     - `wall_code`: The volunteer scanned the code that is shown at the place.
         *     - `position`: The volunteer's phone said that it is within the fence.
         *     - `roll_call`: Who is in charge called the roll.
         * @enum {string}
         */
        Sighting: "leader_scan" | "wall_code" | "position" | "roll_call";
        /** @description What a sign-in comes to: tokens, or a ticket for who is bound to nobody. */
        SignedIn: components["schemas"]["Tokens"] | components["schemas"]["Ticket"];
        /** @description A time span in an answer. */
        Span: {
            /** @description First instant of it. */
            start: components["schemas"]["LocalTime"];
            /** @description First instant after it. */
            end: components["schemas"]["LocalTime"];
        };
        /** @description A time span in a request. */
        SpanInput: {
            /** @description First instant of it. */
            start: components["schemas"]["Instant"];
            /** @description First instant after it. */
            end: components["schemas"]["Instant"];
        };
        /** @description A volunteer's star by the star scheme that is valid. */
        Star: {
            volunteer: components["schemas"]["VolunteerId"];
            /**
             * @description The journal entry as of which it is counted. The same question as of this entry always has the same
             *     answer.
             */
            as_of: components["schemas"]["EntryNumber"];
            /** @description The day whose scheme applies: that of `as_of`, else today. */
            day: components["schemas"]["Day"];
            scheme: components["schemas"]["StarSchemeId"];
            /** @description 0 if no star is reached yet. */
            star: number;
            /** @description Minutes that count towards stars. */
            counted_minutes: components["schemas"]["Minutes"];
            next_threshold_minutes: components["schemas"]["Minutes"] | null;
            missing_minutes: components["schemas"]["Minutes"] | null;
            /** @description Each star that is reached, the first star first. */
            reached: components["schemas"]["ReachedStar"][];
        };
        /**
         * @description Minutes that a star asks for
         * @example 6000
         */
        StarMinutes: number;
        /** @description A version of the star scheme. */
        StarScheme: {
            id: components["schemas"]["StarSchemeId"];
            /** @description First day on which it is valid. */
            effective_from: components["schemas"]["Day"];
            /** @description The minutes that each star needs, the first star first. */
            threshold_minutes: components["schemas"]["Minutes"][];
            /** @description Which kinds of evidence count. */
            counting_grades: components["schemas"]["Evidence"][];
            /** @description The version that this one takes the place of, where it was said. */
            replaces?: components["schemas"]["StarSchemeId"];
        };
        /**
         * Format: uuid
         * @description Identifies one star scheme
         * @example 00000000-0009-8033-b0fd-c1a5ab47ac68
         */
        StarSchemeId: string;
        /** @description A headcount, who stated it and when, and what took its place. */
        StatedHeadcount: components["schemas"]["Headcount"] & {
            /** @description The journal entry that stated it. */
            entry: components["schemas"]["EntryNumber"];
            stated_by: components["schemas"]["Actor"];
            stated_at: components["schemas"]["LocalTime"];
            replaced_by: components["schemas"]["EntryNumber"] | null;
        };
        /** @description An entry of a statement: how it changed the volunteer's accounts. */
        StatementEntry: {
            /** @description The entry's position in the journal. */
            seq: components["schemas"]["EntryNumber"];
            /** @description What happened. */
            kind: components["schemas"]["EventKind"];
            recorded_at: components["schemas"]["LocalTime"];
            /** @description The day that it concerns. */
            effective_date: components["schemas"]["Day"];
            reverses: components["schemas"]["EntryNumber"] | null;
            /** @description The service record that it was about. */
            record?: components["schemas"]["RecordId"];
            /** @description The redemption that it was about. */
            redemption?: components["schemas"]["RedemptionId"];
            /** @description The transfer that it was about. */
            transfer?: components["schemas"]["TransferId"];
            lines: components["schemas"]["StatementLine"][];
        };
        /** @description A line of a statement. */
        StatementLine: components["schemas"]["AccountName"] & {
            amount: components["schemas"]["Amount"];
            /** @description The volunteer's balance on all accounts of this name after this line. */
            account_balance: components["schemas"]["Amount"];
            /** @description The volunteer's balance in this asset, on all accounts, after this line. */
            asset_balance: components["schemas"]["Amount"];
        };
        /**
         * @description What a value is compared with: a decimal with at most four places
         * @example 0.85
         */
        Threshold: string;
        /** @description That somebody has shown who they are outside. */
        Ticket: {
            /**
             * @description For `POST /v1/auth/bindings` and `POST /v1/applications`.
             * @example q83vASNFZ4mrze8BI0VniavN7wEjRWeJ
             */
            ticket: string;
            /** @description Until when it is good. */
            expires_at: components["schemas"]["LocalTime"];
            application: components["schemas"]["OwnApplication"] | null;
        };
        /**
         * @description - `unauthenticated`: The request carries no access token.
         *     - `token_invalid`: The access token is not one of this service.
         *     - `token_expired`: The access token has expired.
         *     - `token_ended`: All of the holder's tokens of before were ended: log in again.
         *     - `not_permitted`: The role does not allow this.
         *     - `actor_disabled`: The operator has been disabled, or the volunteer's registration closed.
         */
        TokenRefusal: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "unauthenticated" | "token_invalid" | "token_expired" | "token_ended" | "not_permitted" | "actor_disabled";
        };
        /** @description The tokens of an operator. */
        Tokens: {
            /** @description For the Authorization header, after `Bearer`. */
            access_token: string;
            /**
             * @description How the access token is sent: RFC 6750.
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * Format: int32
             * @description How long the access token is valid, in seconds; shorter where the session ends before.
             * @example 900
             */
            expires_in: number;
            /** @description Gets the next pair of tokens; can be used once. */
            refresh_token: string;
        };
        /** @description A training. */
        Training: {
            id: components["schemas"]["TrainingId"];
            volunteer: components["schemas"]["VolunteerId"];
            /** @description The unit for which it was entered. */
            unit: components["schemas"]["UnitId"];
            first_day: components["schemas"]["Day"];
            last_day: components["schemas"]["Day"];
            /** @description Not counted in any total of service. */
            minutes: components["schemas"]["Minutes"];
            entered_by: components["schemas"]["Actor"];
            entered_at: components["schemas"]["LocalTime"];
            voided_at: components["schemas"]["LocalTime"] | null;
            /** @description The journal entry that changed it last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
        };
        /**
         * @description A training as it should have been entered, and what was wrong.
         * @example {
         *       "course": "急救培训",
         *       "first_day": "2026-11-14",
         *       "last_day": "2026-11-15",
         *       "minutes": 420,
         *       "organiser": "市红十字会",
         *       "reason": "时长有误",
         *       "result": "合格"
         *     }
         */
        TrainingCorrection: {
            course: components["schemas"]["Note"];
            /** @description Who organised it. */
            organiser: components["schemas"]["Note"];
            result?: components["schemas"]["Note"] | null;
            first_day: components["schemas"]["Day"];
            /** @description Today at the latest. */
            last_day: components["schemas"]["Day"];
            /** @description How long it took; at most as many minutes as its days have. */
            minutes: components["schemas"]["BoundedInt"];
            /** @description What was wrong. */
            reason: components["schemas"]["Note"];
        };
        /**
         * Format: uuid
         * @description Identifies one training
         * @example 00000000-0009-8037-9996-dfd6980e4508
         */
        TrainingId: string;
        /**
         * @description Why a training is voided.
         * @example {
         *       "reason": "重复登记"
         *     }
         */
        TrainingVoid: {
            reason: components["schemas"]["Note"];
        };
        /** @description A training with its texts. */
        TrainingWithWords: components["schemas"]["Training"] & {
            course: components["schemas"]["Note"] | null;
            organiser: components["schemas"]["Note"] | null;
            result: components["schemas"]["Note"] | null;
        };
        /** @description A transfer. */
        Transfer: {
            id: components["schemas"]["TransferId"];
            volunteer: components["schemas"]["VolunteerId"];
            from_unit: components["schemas"]["UnitId"];
            to_unit: components["schemas"]["UnitId"];
            status: components["schemas"]["TransferStatus"];
            requested_by: components["schemas"]["Actor"];
            requested_at: components["schemas"]["LocalTime"];
            /** @description When it expires if it is not completed. */
            expires_at: components["schemas"]["LocalTime"];
            /** @description Who took the last step. */
            changed_by: components["schemas"]["Actor"];
            changed_at: components["schemas"]["LocalTime"];
        };
        /**
         * Format: uuid
         * @description Identifies one transfer
         * @example 00000000-0009-8006-8a28-5c5763c312fd
         */
        TransferId: string;
        /**
         * @description Why a transfer is refused.
         * @example {
         *       "reason": "材料不全"
         *     }
         */
        TransferRefusal: {
            reason?: components["schemas"]["Note"] | null;
        };
        /**
         * @description On what a volunteer is released.
         * @example {
         *       "consent": "书面申请 2026-11-20，档案 17 号"
         *     }
         */
        TransferRelease: {
            consent?: components["schemas"]["Note"] | null;
        };
        /**
         * @description The status of a transfer
         *     - `proposed`: Proposed by a coordinator, waiting for the volunteer: it binds nobody.
         *     - `requested`: Waiting for the source unit.
         *     - `released`: Waiting for the target unit.
         *     - `accepted`: Completed.
         *     - `rejected`: Refused by either unit.
         *     - `cancelled`: Taken back by the actor who requested it, or by the volunteer.
         *     - `expired`: Not completed in time.
         * @enum {string}
         */
        TransferStatus: "proposed" | "requested" | "released" | "accepted" | "rejected" | "cancelled" | "expired";
        /** @description A tree over the journal's first entries (RFC 9162). */
        Tree: {
            /** @description How many entries it covers. */
            size: components["schemas"]["EntryNumber"];
            /** @description Its root: SHA-256, hexadecimal. */
            root: string;
        };
        /**
         * @description Why a free place goes to somebody who waits behind
         *     - `not_active`: Has left, be it for now.
         *     - `overlaps`: Has a place in another activity at that time.
         *     - `condition`: Does not meet a condition of the position.
         * @enum {string}
         */
        Unfit: "not_active" | "overlaps" | "condition";
        /** @description A unit. */
        Unit: {
            id: components["schemas"]["UnitId"];
            code: components["schemas"]["UnitCode"];
            name: components["schemas"]["Name"];
            kind: components["schemas"]["UnitKind"];
            parent: components["schemas"]["UnitId"] | null;
            /** @description The units from the top of the tree down to this one, both included. */
            path: components["schemas"]["UnitId"][];
        };
        /**
         * @description A unit's code, kept in capitals
         * @example SCHOOL-3
         */
        UnitCode: string;
        /**
         * Format: uuid
         * @description Identifies one unit
         * @example 00000000-0009-8001-9d70-3c01d4624764
         */
        UnitId: string;
        /**
         * @description What sort of body a unit is
         *     - `bureau`: 局: the top of a tree.
         *     - `department`: 科室.
         *     - `school`: 学校.
         *     - `team`: 队伍.
         * @enum {string}
         */
        UnitKind: "bureau" | "department" | "school" | "team";
        /** @description How many messages are not read yet. */
        Unread: {
            unread: components["schemas"]["Count"];
        };
        /** @description How long points can be spent. */
        Validity: {
            /** @enum {string} */
            kind: "unlimited";
        } | {
            months: number;
            /** @enum {string} */
            kind: "months";
        } | {
            date: components["schemas"]["Day"];
            /** @enum {string} */
            kind: "until";
        };
        /** @description A volunteer, without personal data. */
        Volunteer: {
            id: components["schemas"]["VolunteerId"];
            /**
             * @description The volunteer number (志愿者编号).
             * @example 000000000009
             */
            number: string;
            /** @description The unit that the volunteer belongs to now. */
            unit: components["schemas"]["UnitId"];
            /** @description Since when the volunteer has belonged to it. */
            member_since: components["schemas"]["LocalTime"];
            status: components["schemas"]["VolunteerStatus"];
            registered_at: components["schemas"]["LocalTime"];
            open_transfer: components["schemas"]["TransferId"] | null;
            /** @description How many redemptions are waiting to be picked up. */
            open_redemptions: components["schemas"]["Count"];
            /** @description Points that were spent before the service that earned them was voided; they must be earned back. */
            debt: components["schemas"]["Points"];
            /** @description The journal entry that changed the registration last. `If-Match` takes it, in quotes. */
            version: components["schemas"]["EntryNumber"];
            /** @description The earlier number of the same person that this one is an alias of. */
            merged_into?: components["schemas"]["VolunteerId"];
            /** @description The later numbers of the same person that are aliases of this one. */
            merged_numbers?: components["schemas"]["VolunteerId"][];
            /** @description The closing that was asked for, if one waits. */
            closing?: components["schemas"]["AskedClosing"];
        };
        /**
         * Format: uuid
         * @description Identifies one volunteer
         * @example 00000000-0009-8002-9b7e-e17e4e5cdc30
         */
        VolunteerId: string;
        /**
         * @description A volunteer number
         * @example 000000000009
         */
        VolunteerNumber: string;
        /**
         * @description A volunteer's own code, scanned by who is in charge.
         * @example {
         *       "code": "AgAAAAAAAAAJA5-UQKmqqqqqqqqqqqo",
         *       "direction": "in"
         *     }
         */
        VolunteerScan: {
            /** Format: password */
            code: string;
            direction: components["schemas"]["Direction"];
        };
        /**
         * @description Which volunteers; all that is given must hold.
         * @example {
         *       "mobile": "13800138000",
         *       "name": "王小明"
         *     }
         */
        VolunteerSearch: {
            unit?: components["schemas"]["UnitId"] | null;
            status?: components["schemas"]["VolunteerStatus"] | null;
            name?: components["schemas"]["Name"] | null;
            number?: components["schemas"]["VolunteerNumber"] | null;
            mobile?: components["schemas"]["Mobile"] | null;
            /** @description At most this many items on the page; 50 by default. */
            limit?: number | null;
            cursor?: components["schemas"]["Cursor"] | null;
        };
        /**
         * @description Whether a registration is active
         *     - `active`: Registered.
         *     - `inactive`: Has left for now: nothing is lost, nothing can be earned or spent.
         *     - `closed`: The registration is closed; the personal data is erased.
         *     - `merged`: An alias of an earlier number of the same person: nothing is entered for it any more.
         * @enum {string}
         */
        VolunteerStatus: "active" | "inactive" | "closed" | "merged";
        /**
         * @description What WeChat gave an app.
         * @example {
         *       "app": "wx0123456789abcdef",
         *       "code": "ok-oGZUI0egBJY1zhBYw2KhdUfwVJJE"
         *     }
         */
        WechatSignIn: {
            /** @description The app's `appid`. */
            app: components["schemas"]["AppId"];
            /**
             * Format: password
             * @description A mini-program's: the code of `wx.login`. An official account's: the code that OAuth brought to the page. Good once.
             */
            code: string;
        };
        /**
         * @description Why a place is given up.
         * @example {
         *       "reason": "临时有事"
         *     }
         */
        Withdrawal: {
            reason?: components["schemas"]["Note"] | null;
        };
        /** @description What one actor did at one unit with records of one evidence, whatever came of them afterwards. */
        WorkTotal: {
            unit: components["schemas"]["UnitId"];
            actor: components["schemas"]["Actor"];
            evidence: components["schemas"]["Evidence"];
            entered_records: components["schemas"]["Count"];
            entered_minutes: components["schemas"]["Minutes"];
            /** @description Of the entered records, those that were late. */
            late_records: components["schemas"]["Count"];
            credited_records: components["schemas"]["Count"];
            credited_minutes: components["schemas"]["Minutes"];
            /** @description Of the credited minutes, those that the same person alone had entered. */
            credited_alone_minutes: components["schemas"]["Minutes"];
            /** @description Of the credited minutes, those of check-ins that somebody declared and the service did not see. */
            self_declared: components["schemas"]["Minutes"];
        };
        /** @description Who entered and credited how much. */
        WorkTotals: {
            /** @description The journal entry as of which it is told. */
            as_of: components["schemas"]["EntryNumber"];
            /** @description First day that was looked at. */
            from: components["schemas"]["Day"];
            /** @description Last day that was looked at. */
            to: components["schemas"]["Day"];
            /** @description Ordered by unit, actor and evidence. */
            items: components["schemas"]["WorkTotal"][];
        };
        /**
         * @description What is wrong with a record.
         * @example {
         *       "volunteer": "00000000-0009-8002-9b7e-e17e4e5cdc30",
         *       "words": "结束时间应为 17:00"
         *     }
         */
        WrongRecord: {
            /** @description The volunteer who asks. */
            volunteer: components["schemas"]["VolunteerId"];
            words: components["schemas"]["Note"];
        };
        /** @description A calendar month: the year times 100, and the month */
        YearMonth: number;
        absence_contested: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "absence_contested";
            enrolment: components["schemas"]["EnrolmentId"];
            reason: components["schemas"]["Commitment"];
        };
        absence_excused: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "absence_excused";
            enrolment: components["schemas"]["EnrolmentId"];
            reason: components["schemas"]["Commitment"];
        };
        absence_marked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "absence_marked";
            enrolment: components["schemas"]["EnrolmentId"];
        };
        activation_failed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activation_failed";
            volunteer: components["schemas"]["VolunteerId"];
        };
        activation_given: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activation_given";
            volunteer: components["schemas"]["VolunteerId"];
            until: components["schemas"]["Instant"];
        };
        activation_used: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activation_used";
            volunteer: components["schemas"]["VolunteerId"];
        };
        activity_cancelled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activity_cancelled";
            activity: components["schemas"]["ActivityId"];
        };
        activity_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activity_created";
            programme: components["schemas"]["ProgrammeId"];
            unit: components["schemas"]["UnitId"];
            measure: components["schemas"]["Measure"];
            details: components["schemas"]["EventActivityDetails"];
            draft?: boolean;
        };
        activity_published: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activity_published";
            activity: components["schemas"]["ActivityId"];
        };
        activity_rated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activity_rated";
            activity: components["schemas"]["ActivityId"];
            volunteer: components["schemas"]["VolunteerId"];
            score: components["schemas"]["Score"];
            words: components["schemas"]["Commitment"] | null;
        };
        activity_updated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "activity_updated";
            activity: components["schemas"]["ActivityId"];
            details: components["schemas"]["EventActivityDetails"];
        };
        applicant_declined: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "applicant_declined";
            enrolment: components["schemas"]["EnrolmentId"];
            reason: components["schemas"]["Commitment"];
        };
        applicant_recognised: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "applicant_recognised";
            application: components["schemas"]["ApplicationId"];
            volunteer: components["schemas"]["VolunteerId"];
        };
        applicant_selected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "applicant_selected";
            enrolment: components["schemas"]["EnrolmentId"];
        };
        application_confirmed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "application_confirmed";
            application: components["schemas"]["ApplicationId"];
            volunteer: components["schemas"]["VolunteerId"];
            another_person?: components["schemas"]["Commitment"];
        };
        application_declined: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "application_declined";
            application: components["schemas"]["ApplicationId"];
            reason: components["schemas"]["Commitment"];
        };
        application_forgotten: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "application_forgotten";
            application: components["schemas"]["ApplicationId"];
        };
        application_lapsed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "application_lapsed";
            application: components["schemas"]["ApplicationId"];
        };
        application_made: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "application_made";
            unit: components["schemas"]["UnitId"];
            applicant: components["schemas"]["Commitment"];
        };
        application_withdrawn: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "application_withdrawn";
            application: components["schemas"]["ApplicationId"];
        };
        assessment_scheme_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "assessment_scheme_created";
            version: components["schemas"]["Count"];
            terms: components["schemas"]["EventAssessmentTerms"];
        };
        attendance_completed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "attendance_completed";
            attendance: components["schemas"]["AttendanceId"];
            ended_at: components["schemas"]["Instant"];
            record: components["schemas"]["RecordId"];
        };
        attendance_unfinished: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "attendance_unfinished";
            attendance: components["schemas"]["AttendanceId"];
        };
        binding_ended: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "binding_ended";
            binding: components["schemas"]["BindingId"];
        };
        binding_made: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "binding_made";
            volunteer: components["schemas"]["VolunteerId"];
            provider: components["schemas"]["Provider"];
            app: components["schemas"]["AppId"];
            bound_by: components["schemas"]["BoundBy"];
            subject: components["schemas"]["Commitment"];
        };
        calendar_marked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "calendar_marked";
            days: components["schemas"]["CalendarDay"][];
        };
        certificate_issued: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "certificate_issued";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            period: components["schemas"]["EventPeriod"] | null;
            as_of: components["schemas"]["EntryNumber"];
            credited_minutes: components["schemas"]["Minutes"];
            records: components["schemas"]["Count"];
            content: components["schemas"]["Commitment"];
            replaces: components["schemas"]["CertificateId"] | null;
        };
        certificate_revoked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "certificate_revoked";
            certificate: components["schemas"]["CertificateId"];
            reason: components["schemas"]["Commitment"];
        };
        checked_in: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "checked_in";
            activity: components["schemas"]["ActivityId"];
            volunteer: components["schemas"]["VolunteerId"];
            enrolment?: components["schemas"]["EnrolmentId"];
            at: components["schemas"]["Instant"];
            by: components["schemas"]["Sighting"];
            accuracy_metres?: components["schemas"]["Count"];
        };
        checked_out: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "checked_out";
            attendance: components["schemas"]["AttendanceId"];
            at: components["schemas"]["Instant"];
            by: components["schemas"]["Sighting"];
            accuracy_metres?: components["schemas"]["Count"];
            record?: components["schemas"]["RecordId"];
            no_record?: components["schemas"]["NoRecord"];
        };
        contact_changed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "contact_changed";
            volunteer: components["schemas"]["VolunteerId"];
            fields: components["schemas"]["PersonField"][];
            person: components["schemas"]["Commitment"];
        };
        correction_accepted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "correction_accepted";
            correction: components["schemas"]["CorrectionId"];
            led_to: components["schemas"]["RecordId"] | null;
            words: components["schemas"]["Commitment"] | null;
        };
        correction_asked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "correction_asked";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            complaint: components["schemas"]["EventComplaint"];
            words: components["schemas"]["Commitment"];
        };
        correction_declined: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "correction_declined";
            correction: components["schemas"]["CorrectionId"];
            words: components["schemas"]["Commitment"];
        };
        crediting_policy_set: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "crediting_policy_set";
            unit: components["schemas"]["UnitId"];
            one_person_minutes: components["schemas"]["EventOnePersonMinutes"] | null;
            leader_hours: components["schemas"]["Count"] | null;
            credits_seen?: boolean;
        };
        enrolment_made: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "enrolment_made";
            position: components["schemas"]["PositionId"];
            volunteer: components["schemas"]["VolunteerId"];
            status: components["schemas"]["EnrolmentStatus"];
            at_once?: boolean;
            consent?: components["schemas"]["Commitment"];
        };
        enrolment_withdrawn: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "enrolment_withdrawn";
            enrolment: components["schemas"]["EnrolmentId"];
            late?: boolean;
            reason?: components["schemas"]["Commitment"];
            promotions?: components["schemas"]["EventPromotion"][];
        };
        export_made: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "export_made";
            export: components["schemas"]["EventExport"];
        };
        finding_dismissed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "finding_dismissed";
            finding: components["schemas"]["FindingId"];
            rule: components["schemas"]["FindingRule"];
            unit: components["schemas"]["UnitId"];
            reason: components["schemas"]["Commitment"];
            volunteer?: components["schemas"]["VolunteerId"];
        };
        headcount_set: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "headcount_set";
            unit: components["schemas"]["UnitId"];
            effective_from: components["schemas"]["Day"];
            staff: components["schemas"]["Count"];
            party_members: components["schemas"]["Count"];
        };
        honour_corrected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "honour_corrected";
            honour: components["schemas"]["HonourId"];
            title: components["schemas"]["Commitment"];
            giver: components["schemas"]["Commitment"];
            day: components["schemas"]["Day"];
            reason: components["schemas"]["Commitment"];
        };
        honour_entered: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "honour_entered";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            title: components["schemas"]["Commitment"];
            giver: components["schemas"]["Commitment"];
            day: components["schemas"]["Day"];
        };
        honour_voided: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "honour_voided";
            honour: components["schemas"]["HonourId"];
            reason: components["schemas"]["Commitment"];
        };
        identity_change_asked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "identity_change_asked";
            volunteer: components["schemas"]["VolunteerId"];
            fields: components["schemas"]["PersonField"][];
            proposal: components["schemas"]["Commitment"];
            reason: components["schemas"]["Commitment"];
        };
        identity_change_confirmed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "identity_change_confirmed";
            identity_change: components["schemas"]["IdentityChangeId"];
            person: components["schemas"]["Commitment"];
        };
        identity_change_declined: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "identity_change_declined";
            identity_change: components["schemas"]["IdentityChangeId"];
            reason: components["schemas"]["Commitment"];
        };
        identity_changed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "identity_changed";
            volunteer: components["schemas"]["VolunteerId"];
            fields: components["schemas"]["PersonField"][];
            person: components["schemas"]["Commitment"];
            reason: components["schemas"]["Commitment"];
        };
        merge_asked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "merge_asked";
            volunteer: components["schemas"]["VolunteerId"];
            into: components["schemas"]["VolunteerId"];
            reason: components["schemas"]["Commitment"];
        };
        merge_confirmed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "merge_confirmed";
            merge: components["schemas"]["MergeId"];
            settled?: components["schemas"]["EventDraw"][];
            repaid?: components["schemas"]["EventRepayment"][];
        };
        merge_declined: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "merge_declined";
            merge: components["schemas"]["MergeId"];
            reason: components["schemas"]["Commitment"];
        };
        model_post_awarded: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "model_post_awarded";
            unit: components["schemas"]["UnitId"];
            volunteer: components["schemas"]["VolunteerId"] | null;
            title: components["schemas"]["Commitment"];
            starts_on: components["schemas"]["Day"];
        };
        model_post_ended: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "model_post_ended";
            post: components["schemas"]["ModelPostId"];
            ends_on: components["schemas"]["Day"];
        };
        notice_policy_set: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "notice_policy_set";
            unit: components["schemas"]["UnitId"];
            working_days: components["schemas"]["Count"] | null;
        };
        numbers_revealed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "numbers_revealed";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            minor: boolean;
            purpose: components["schemas"]["Commitment"];
        };
        objection_dismissed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "objection_dismissed";
            objection: components["schemas"]["ObjectionId"];
            reason: components["schemas"]["Commitment"];
        };
        objection_raised: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "objection_raised";
            record: components["schemas"]["RecordId"];
            reason: components["schemas"]["Commitment"];
        };
        objection_upheld: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "objection_upheld";
            objection: components["schemas"]["ObjectionId"];
            reason: components["schemas"]["Commitment"];
        };
        offer_accepted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "offer_accepted";
            enrolment: components["schemas"]["EnrolmentId"];
        };
        offer_lapsed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "offer_lapsed";
            enrolment: components["schemas"]["EnrolmentId"];
            promotions?: components["schemas"]["EventPromotion"][];
        };
        operator_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "operator_created";
            role: components["schemas"]["Role"];
            unit: components["schemas"]["UnitId"] | null;
            volunteer: components["schemas"]["VolunteerId"] | null;
            login: components["schemas"]["Commitment"];
            document?: components["schemas"]["Commitment"];
        };
        operator_disabled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "operator_disabled";
            operator: components["schemas"]["OperatorId"];
        };
        operator_enabled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "operator_enabled";
            operator: components["schemas"]["OperatorId"];
            login: components["schemas"]["Commitment"];
            document?: components["schemas"]["Commitment"];
            until: components["schemas"]["Instant"];
        };
        operator_updated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "operator_updated";
            operator: components["schemas"]["OperatorId"];
            role: components["schemas"]["Role"];
            unit: components["schemas"]["UnitId"] | null;
            volunteer: components["schemas"]["VolunteerId"] | null;
            document?: components["schemas"]["Commitment"];
        };
        password_reset: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "password_reset";
            operator: components["schemas"]["OperatorId"];
            login: components["schemas"]["Commitment"];
            until: components["schemas"]["Instant"];
        };
        password_set: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "password_set";
            operator: components["schemas"]["OperatorId"];
            login: components["schemas"]["Commitment"];
        };
        pledge_ended: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "pledge_ended";
            pledge: components["schemas"]["PledgeId"];
        };
        pledge_fulfilled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "pledge_fulfilled";
            pledge: components["schemas"]["PledgeId"];
            record: components["schemas"]["RecordId"];
        };
        pledge_made: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "pledge_made";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            title: components["schemas"]["Commitment"];
            due: components["schemas"]["Day"];
        };
        points_expired: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "points_expired";
            volunteer: components["schemas"]["VolunteerId"];
            draws: components["schemas"]["EventDraw"][];
        };
        points_expiry_announced: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "points_expiry_announced";
            volunteer: components["schemas"]["VolunteerId"];
            lots: components["schemas"]["LotId"][];
            points: components["schemas"]["Hundredths"];
            expires_at: components["schemas"]["Instant"];
        };
        policy_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "policy_created";
            terms: components["schemas"]["EventPolicyTerms"];
        };
        position_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "position_created";
            activity: components["schemas"]["ActivityId"];
            terms: components["schemas"]["EventPositionTerms"];
        };
        position_filled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "position_filled";
            position: components["schemas"]["PositionId"];
            promotions: components["schemas"]["EventPromotion"][];
        };
        position_updated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "position_updated";
            position: components["schemas"]["PositionId"];
            terms: components["schemas"]["EventPositionTerms"];
            promotions?: components["schemas"]["EventPromotion"][];
        };
        programme_closed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "programme_closed";
            programme: components["schemas"]["ProgrammeId"];
        };
        programme_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "programme_created";
            unit: components["schemas"]["UnitId"];
            details: components["schemas"]["EventProgrammeDetails"];
        };
        programme_updated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "programme_updated";
            programme: components["schemas"]["ProgrammeId"];
            details: components["schemas"]["EventProgrammeDetails"];
        };
        record_confirmed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "record_confirmed";
            record: components["schemas"]["RecordId"];
        };
        record_credited: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "record_credited";
            record: components["schemas"]["RecordId"];
            crediting: components["schemas"]["EventCrediting"];
        };
        record_rejected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "record_rejected";
            record: components["schemas"]["RecordId"];
            reason: components["schemas"]["Commitment"];
        };
        record_submitted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "record_submitted";
            activity: components["schemas"]["ActivityId"];
            volunteer: components["schemas"]["VolunteerId"];
            service: components["schemas"]["EventInterval"];
            breaks: components["schemas"]["EventInterval"][];
            evidence: components["schemas"]["Evidence"];
            count: components["schemas"]["Count"];
            claimed_minutes: components["schemas"]["Minutes"];
            service_date: components["schemas"]["Day"];
            late: boolean;
            record_by?: components["schemas"]["Day"];
            notice_ends_at?: components["schemas"]["Instant"];
            reason: components["schemas"]["Commitment"] | null;
            crediting: components["schemas"]["EventCrediting"] | null;
            objections?: components["schemas"]["ObjectionId"][];
        };
        record_voided: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "record_voided";
            record: components["schemas"]["RecordId"];
            reason: components["schemas"]["Commitment"];
            taken: components["schemas"]["EventDraw"][];
            owed: components["schemas"]["Hundredths"];
            kept_by_lot?: boolean;
        };
        record_withdrawn: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "record_withdrawn";
            record: components["schemas"]["RecordId"];
        };
        redemption_cancelled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "redemption_cancelled";
            redemption: components["schemas"]["RedemptionId"];
            release: components["schemas"]["EventRelease"];
        };
        redemption_expired: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "redemption_expired";
            redemption: components["schemas"]["RedemptionId"];
            release: components["schemas"]["EventRelease"];
        };
        redemption_expiry_announced: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "redemption_expiry_announced";
            redemption: components["schemas"]["RedemptionId"];
        };
        redemption_fulfilled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "redemption_fulfilled";
            redemption: components["schemas"]["RedemptionId"];
        };
        redemption_placed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "redemption_placed";
            reward: components["schemas"]["RewardId"];
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            points: components["schemas"]["Hundredths"];
            draws: components["schemas"]["EventDraw"][];
            expires_at: components["schemas"]["Instant"];
        };
        reward_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "reward_created";
            unit: components["schemas"]["UnitId"];
            name: components["schemas"]["Name"];
            price: components["schemas"]["Hundredths"];
            stock: components["schemas"]["Count"];
            hold_days: components["schemas"]["Count"];
        };
        reward_restocked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "reward_restocked";
            reward: components["schemas"]["RewardId"];
            added: components["schemas"]["Count"];
        };
        reward_withdrawn: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "reward_withdrawn";
            reward: components["schemas"]["RewardId"];
        };
        service_rated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "service_rated";
            activity: components["schemas"]["ActivityId"];
            volunteer: components["schemas"]["VolunteerId"];
            score: components["schemas"]["Score"];
            words: components["schemas"]["Commitment"] | null;
        };
        star_scheme_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "star_scheme_created";
            terms: components["schemas"]["EventStarTerms"];
        };
        token_issued: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "token_issued";
            holder: components["schemas"]["Actor"];
            expires_at: components["schemas"]["Instant"];
        };
        tokens_ended: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tokens_ended";
            holder: components["schemas"]["Actor"];
        };
        training_corrected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "training_corrected";
            training: components["schemas"]["TrainingId"];
            course: components["schemas"]["Commitment"];
            organiser: components["schemas"]["Commitment"];
            result: components["schemas"]["Commitment"] | null;
            first_day: components["schemas"]["Day"];
            last_day: components["schemas"]["Day"];
            minutes: components["schemas"]["Minutes"];
            reason: components["schemas"]["Commitment"];
        };
        training_entered: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "training_entered";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            course: components["schemas"]["Commitment"];
            organiser: components["schemas"]["Commitment"];
            result: components["schemas"]["Commitment"] | null;
            first_day: components["schemas"]["Day"];
            last_day: components["schemas"]["Day"];
            minutes: components["schemas"]["Minutes"];
        };
        training_voided: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "training_voided";
            training: components["schemas"]["TrainingId"];
            reason: components["schemas"]["Commitment"];
        };
        transfer_accepted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_accepted";
            transfer: components["schemas"]["TransferId"];
        };
        transfer_agreed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_agreed";
            transfer: components["schemas"]["TransferId"];
        };
        transfer_cancelled: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_cancelled";
            transfer: components["schemas"]["TransferId"];
        };
        transfer_expired: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_expired";
            transfer: components["schemas"]["TransferId"];
        };
        transfer_rejected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_rejected";
            transfer: components["schemas"]["TransferId"];
            reason: components["schemas"]["Commitment"] | null;
        };
        transfer_released: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_released";
            transfer: components["schemas"]["TransferId"];
            consent?: components["schemas"]["Commitment"];
        };
        transfer_requested: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "transfer_requested";
            volunteer: components["schemas"]["VolunteerId"];
            from_unit: components["schemas"]["UnitId"];
            to_unit: components["schemas"]["UnitId"];
            consent: components["schemas"]["Commitment"] | null;
            expires_at: components["schemas"]["Instant"];
            proposed?: boolean;
        };
        unit_created: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "unit_created";
            code: components["schemas"]["UnitCode"];
            name: components["schemas"]["Name"];
            unit_kind: components["schemas"]["UnitKind"];
            parent: components["schemas"]["UnitId"] | null;
        };
        volunteer_closed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_closed";
            volunteer: components["schemas"]["VolunteerId"];
            reason: components["schemas"]["Commitment"] | null;
            lapsed: components["schemas"]["EventDraw"][];
            abandoned?: components["schemas"]["RecordId"][];
        };
        volunteer_closing_asked: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_closing_asked";
            volunteer: components["schemas"]["VolunteerId"];
            reason: components["schemas"]["Commitment"] | null;
        };
        volunteer_deactivated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_deactivated";
            volunteer: components["schemas"]["VolunteerId"];
            reason: components["schemas"]["Commitment"] | null;
        };
        volunteer_forgotten: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_forgotten";
            volunteer: components["schemas"]["VolunteerId"];
        };
        volunteer_reactivated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_reactivated";
            volunteer: components["schemas"]["VolunteerId"];
            reason: components["schemas"]["Commitment"] | null;
        };
        volunteer_registered: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_registered";
            unit: components["schemas"]["UnitId"];
            person: components["schemas"]["Commitment"];
            another_person?: components["schemas"]["Commitment"];
        };
        volunteer_reopened: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_reopened";
            volunteer: components["schemas"]["VolunteerId"];
            unit: components["schemas"]["UnitId"];
            person: components["schemas"]["Commitment"];
            another_person?: components["schemas"]["Commitment"];
        };
        volunteer_updated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "volunteer_updated";
            volunteer: components["schemas"]["VolunteerId"];
            person: components["schemas"]["Commitment"];
        };
    };
    responses: {
        /** @description No such activity. */
        ActivityNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "activity_not_found";
                };
            };
        };
        /** @description No such activity. */
        "ActivityNotFound-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "activity_not_found";
                };
            };
        };
        /** @description Not Found */
        ActivityNotFoundOrVolunteerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "activity_not_found" | "volunteer_not_found";
                };
            };
        };
        /** @description Not Found */
        ActivityNotFoundOrVolunteerNotFoundOrUnitNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "activity_not_found" | "volunteer_not_found" | "unit_not_found";
                };
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        Any: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyBody: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["BodyRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyBodyIfMatchRequiredTokenOften: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["BodyRefusal"] | components["schemas"]["IfMatchRefusal"] | components["schemas"]["RequiredRefusal"] | components["schemas"]["TokenRefusal"] | components["schemas"]["OftenRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyBodyKeyIfMatchTokenOften: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["BodyRefusal"] | components["schemas"]["KeyRefusal"] | components["schemas"]["IfMatchRefusal"] | components["schemas"]["TokenRefusal"] | components["schemas"]["OftenRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyBodyKeyTokenOften: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["BodyRefusal"] | components["schemas"]["KeyRefusal"] | components["schemas"]["TokenRefusal"] | components["schemas"]["OftenRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyBodyTokenOften: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["BodyRefusal"] | components["schemas"]["TokenRefusal"] | components["schemas"]["OftenRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyPageToken: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PageRefusal"] | components["schemas"]["TokenRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description Refused because of the form of the request, the caller, or a failure of the service */
        AnyToken: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["TokenRefusal"] | components["schemas"]["AnyRefusal"];
            };
        };
        /** @description No such application. */
        ApplicationNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "application_not_found";
                };
            };
        };
        /** @description The application was decided, taken back, or nobody decided it in time. */
        ApplicationNotOpen: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "application_not_open";
                };
            };
        };
        /** @description Unprocessable Entity */
        ApprovalOfOwnHoursOrResolutionByObjectorOrResolutionByRecorder: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "approval_of_own_hours" | "resolution_by_objector" | "resolution_by_recorder";
                };
            };
        };
        /** @description No such attendance. */
        AttendanceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "attendance_not_found";
                };
            };
        };
        /** @description Bad Request */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_parameter";
                };
            };
        };
        /** @description This service has no key for badges, so it cannot sign one. */
        BadgeKeyMissing: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "busy" | "unavailable" | "badge_key_missing";
                };
            };
        };
        /** @description The bindings */
        Bindings: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Bindings"];
            };
        };
        /** @description The registration is closed: the content of the certificate was erased. */
        CertificateErased: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "certificate_erased";
                };
            };
        };
        /** @description No such certificate, or not of this volunteer. */
        CertificateNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "certificate_not_found";
                };
            };
        };
        /** @description Unprocessable Entity */
        CertificatePeriodInvalidOrCertificateEmpty: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "certificate_period_invalid" | "certificate_empty";
                };
            };
        };
        /** @description The certificate is revoked. */
        CertificateRevoked: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "certificate_revoked";
                };
            };
        };
        /** @description The activity */
        Changed_Activity: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Activity"];
            };
        };
        /** @description The application */
        Changed_Application: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Application"];
            };
        };
        /** @description The attendance */
        Changed_Attendance: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Attendance"];
            };
        };
        /** @description The correction */
        Changed_Correction: {
            headers: {
                Location: components["headers"]["Location"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Correction"];
            };
        };
        /** @description The correction */
        "Changed_Correction-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Correction"];
            };
        };
        /** @description The enrolment */
        Changed_Enrolment: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Enrolment"];
            };
        };
        /** @description The honour */
        Changed_Honour: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Honour"];
            };
        };
        /** @description The change */
        Changed_IdentityChange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_IdentityChange"];
            };
        };
        /** @description The merge */
        Changed_Merge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Merge"];
            };
        };
        /** @description The objection */
        Changed_Objection: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Objection"];
            };
        };
        /** @description The operator */
        Changed_Operator: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Operator"];
            };
        };
        /** @description The pledge */
        Changed_Pledge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Pledge"];
            };
        };
        /** @description The programme */
        Changed_Programme: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Programme"];
            };
        };
        /** @description The rating */
        Changed_Rating: {
            headers: {
                Location: components["headers"]["Location"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Rating"];
            };
        };
        /** @description The redemption */
        Changed_Redemption: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Redemption"];
            };
        };
        /** @description The reward */
        Changed_Reward: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Reward"];
            };
        };
        /** @description The record */
        Changed_ServiceRecord: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_ServiceRecord"];
            };
        };
        /** @description The training */
        Changed_Training: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Training"];
            };
        };
        /** @description The transfer */
        Changed_Transfer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Transfer"];
            };
        };
        /** @description The volunteer */
        Changed_Volunteer: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Changed_Volunteer"];
            };
        };
        /** @description The code */
        CheckCode: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CheckCode"];
            };
        };
        /** @description The code is not one that this service gave, or is of another kind than is asked for here. */
        CheckCodeWrong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "check_code_wrong";
                };
            };
        };
        /** @description No tree with this entry has been signed yet; one is signed within seconds of a change. */
        CheckpointNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "checkpoint_not_found";
                };
            };
        };
        /** @description No such correction. */
        CorrectionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "correction_not_found";
                };
            };
        };
        /** @description No such enrolment. */
        EnrolmentNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "enrolment_not_found";
                };
            };
        };
        /** @description Nobody decides about their own place. */
        EnrolmentOfOwn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "enrolment_of_own";
                };
            };
        };
        /** @description The enrolment is not in the state that this asks for. */
        EnrolmentStatusWrong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "enrolment_status_wrong";
                };
            };
        };
        /** @description No such entry in the journal. */
        EntryNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "entry_not_found";
                };
            };
        };
        /** @description The file */
        FileBytes: {
            headers: {
                "Hourbook-As-Of": components["headers"]["Hourbook-As-Of"];
                "Hourbook-Rows": components["headers"]["Hourbook-Rows"];
                [name: string]: unknown;
            };
            content: {
                "text/csv": string;
                "application/x-ndjson": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["FileBytes"];
            };
        };
        /** @description Auditors do not look for persons by name or mobile number: what they know of them, they know from lists. */
        FilterNotForAuditors: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_permitted" | "actor_disabled" | "filter_not_for_auditors";
                };
            };
        };
        /** @description Forbidden */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_permitted" | "actor_disabled";
                };
            };
        };
        /** @description No such honour. */
        HonourNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "honour_not_found";
                };
            };
        };
        /** @description No such change of identity. */
        IdentityChangeNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "identity_change_not_found";
                };
            };
        };
        /** @description The journal is not as the service left it, or does not hold what was signed: an operator must look. */
        JournalInDoubt: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "busy" | "unavailable" | "journal_in_doubt";
                };
            };
        };
        /** @description Not Found */
        MergeNotFoundOrVolunteerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "merge_not_found" | "volunteer_not_found";
                };
            };
        };
        /** @description No such model post. */
        ModelPostNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "model_post_not_found";
                };
            };
        };
        /** @description The answer is not available in any media type that Accept names. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_acceptable";
                };
            };
        };
        /** @description No such objection. */
        ObjectionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "objection_not_found";
                };
            };
        };
        /** @description The objection is resolved. */
        ObjectionNotOpen: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "objection_not_open";
                };
            };
        };
        /** @description No such operator. */
        OperatorNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "operator_not_found";
                };
            };
        };
        /** @description The thing belongs to a unit that the operator does not answer for. */
        OutsideUnit: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_permitted" | "actor_disabled" | "outside_unit";
                };
            };
        };
        /** @description Forbidden */
        OutsideUnitOrIdentityChangeOfOwn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_permitted" | "actor_disabled" | "outside_unit" | "identity_change_of_own";
                };
            };
        };
        /** @description Forbidden */
        OutsideUnitOrMergeOfOwn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_permitted" | "actor_disabled" | "outside_unit" | "merge_of_own";
                };
            };
        };
        /** @description Nobody changes or disables their own access, so that the last admin cannot lock everybody out. */
        OwnAccess: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_permitted" | "actor_disabled" | "own_access";
                };
            };
        };
        /** @description The application */
        OwnApplication: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OwnApplication"];
            };
        };
        /** @description A page */
        Page_DatedActivity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Page_DatedActivity"];
            };
        };
        /** @description A page */
        Page_ExplainedAccess: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Page_ExplainedAccess"];
            };
        };
        /** @description A page */
        Page_KnownVolunteer: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Page_KnownVolunteer"];
            };
        };
        /** @description A page */
        Page_Opportunity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Page_Opportunity"];
            };
        };
        /** @description A page */
        Page_ServiceRecord: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Page_ServiceRecord"];
            };
        };
        /** @description A page of units */
        Page_Unit: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Page_Unit"];
            };
        };
        /** @description No such pledge. */
        PledgeNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "pledge_not_found";
                };
            };
        };
        /** @description No such position. */
        PositionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "position_not_found";
                };
            };
        };
        /** @description The programme is closed. */
        ProgrammeClosed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "programme_closed";
                };
            };
        };
        /** @description No such programme. */
        ProgrammeNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "programme_not_found";
                };
            };
        };
        /** @description Not Found */
        ProgrammeNotFoundOrUnitNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "programme_not_found" | "unit_not_found";
                };
            };
        };
        /** @description The record is not credited. */
        RecordNotCredited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "record_not_credited";
                };
            };
        };
        /** @description No such service record. */
        RecordNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "record_not_found";
                };
            };
        };
        /** @description The record is not waiting for a decision. */
        RecordNotSubmitted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "record_not_submitted";
                };
            };
        };
        /** @description No such redemption. */
        RedemptionNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "redemption_not_found";
                };
            };
        };
        /** @description No such reward. */
        RewardNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "reward_not_found";
                };
            };
        };
        /** @description The reward is withdrawn. */
        RewardWithdrawn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "reward_withdrawn";
                };
            };
        };
        /** @description Another version took the place of the one that was read: read again, and name that as `replaces`. */
        SchemeAlreadyReplaced: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "scheme_already_replaced";
                };
            };
        };
        /** @description The stock would exceed what a reward may have. */
        StockTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "stock_too_large";
                };
            };
        };
        /** @description The ticket is not one of this service, or its ten minutes are over: sign in again. */
        TicketInvalid: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "ticket_invalid";
                };
            };
        };
        /** @description The tokens */
        Tokens: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Tokens"];
            };
        };
        /** @description Too many records to examine at once: narrow the unit or the days. */
        TooManyRecords: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "too_many_records";
                };
            };
        };
        /** @description Too Many Requests */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "too_many_requests";
                };
            };
        };
        /** @description No such training. */
        TrainingNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "training_not_found";
                };
            };
        };
        /** @description No such transfer. */
        TransferNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "transfer_not_found";
                };
            };
        };
        /** @description Conflict */
        TransferStateWrongOrTransferExpired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "transfer_state_wrong" | "transfer_expired";
                };
            };
        };
        /** @description Conflict */
        TransferStateWrongOrTransferExpiredOrVolunteerClosedOrVolunteerInactiveOrTransferOutdatedOrTransferAlreadyOpen: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "transfer_state_wrong" | "transfer_expired" | "volunteer_closed" | "volunteer_inactive" | "transfer_outdated" | "transfer_already_open";
                };
            };
        };
        /** @description No such unit. */
        UnitNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unit_not_found";
                };
            };
        };
        /** @description No such unit. */
        "UnitNotFound-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "unit_not_found";
                };
            };
        };
        /** @description Not Found */
        UnitNotFoundOrVolunteerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unit_not_found" | "volunteer_not_found";
                };
            };
        };
        /** @description It was changed since it was read. */
        VersionStale: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "version_stale";
                };
            };
        };
        /** @description Conflict */
        VolunteerClosedOrPersonStale: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_closed" | "person_stale";
                };
            };
        };
        /** @description Conflict */
        VolunteerClosedOrRatingWithoutServiceOrRatingRepeatedOrRatingTooLate: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_closed" | "rating_without_service" | "rating_repeated" | "rating_too_late";
                };
            };
        };
        /** @description Conflict */
        VolunteerClosedOrVolunteerInactive: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_closed" | "volunteer_inactive";
                };
            };
        };
        /** @description Conflict */
        VolunteerClosedOrVolunteerInactiveOrHonourVoided: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_closed" | "volunteer_inactive" | "honour_voided";
                };
            };
        };
        /** @description Conflict */
        VolunteerClosedOrVolunteerInactiveOrTrainingVoided: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_closed" | "volunteer_inactive" | "training_voided";
                };
            };
        };
        /** @description No such volunteer. */
        VolunteerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "route_not_found" | "volunteer_not_found";
                };
            };
        };
        /** @description No such volunteer. */
        "VolunteerNotFound-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_not_found";
                };
            };
        };
        /** @description Not Found */
        VolunteerNotFoundOrActivityNotFoundOrProgrammeNotFoundOrUnitNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_not_found" | "activity_not_found" | "programme_not_found" | "unit_not_found";
                };
            };
        };
        /** @description Not Found */
        VolunteerNotFoundOrUnitNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "volunteer_not_found" | "unit_not_found";
                };
            };
        };
        /** @description WeChat says that this user asks too often; Retry-After says when to try again. */
        WechatTooOften: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "wechat_too_often" | "too_many_requests";
                };
            };
        };
        /** @description WeChat does not answer, or not as it should; Retry-After says when to try again. */
        WechatUnavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "busy" | "unavailable" | "wechat_unavailable";
                };
            };
        };
    };
    parameters: {
        /** @description The activity */
        ActivityId: components["schemas"]["ActivityId"];
        /** @description The application */
        ApplicationId: components["schemas"]["ApplicationId"];
        /** @description The attendance */
        AttendanceId: components["schemas"]["AttendanceId"];
        /** @description The certificate */
        CertificateId: components["schemas"]["CertificateId"];
        /** @description The correction */
        CorrectionId: components["schemas"]["CorrectionId"];
        /** @description The enrolment */
        EnrolmentId: components["schemas"]["EnrolmentId"];
        /** @description The entry's position */
        EntryNumber: components["schemas"]["EntryNumber"];
        /** @description The honour */
        HonourId: components["schemas"]["HonourId"];
        /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
        "Idempotency-Key": string;
        /** @description The change */
        IdentityChangeId: components["schemas"]["IdentityChangeId"];
        /** @description The `ETag` that was read, or `*` for any version */
        "If-Match": string;
        /** @description The `ETag` that was read, or `*` for any version */
        "If-Match-2": string;
        /** @description The merge */
        MergeId: components["schemas"]["MergeId"];
        /** @description The model post */
        ModelPostId: components["schemas"]["ModelPostId"];
        /** @description The objection */
        ObjectionId: components["schemas"]["ObjectionId"];
        /** @description The operator */
        OperatorId: components["schemas"]["OperatorId"];
        /** @description The pledge */
        PledgeId: components["schemas"]["PledgeId"];
        /** @description The position */
        PositionId: components["schemas"]["PositionId"];
        /** @description The programme */
        ProgrammeId: components["schemas"]["ProgrammeId"];
        /** @description The record */
        RecordId: components["schemas"]["RecordId"];
        /** @description The redemption */
        RedemptionId: components["schemas"]["RedemptionId"];
        /** @description The reward */
        RewardId: components["schemas"]["RewardId"];
        /** @description The training */
        TrainingId: components["schemas"]["TrainingId"];
        /** @description The transfer */
        TransferId: components["schemas"]["TransferId"];
        /** @description The unit */
        UnitId: components["schemas"]["UnitId"];
        /** @description The volunteer */
        VolunteerId: components["schemas"]["VolunteerId"];
        activity: components["schemas"]["ActivityId"];
        /** @description As of this journal entry, instant or day; as of now by default. */
        as_of: components["schemas"]["AsOf"];
        /**
         * @description Records as they stood as of this journal entry, instant or day; as of now by default. A unit's readers find
         *     what was served with the unit, as in totals.
         */
        "as_of-2": components["schemas"]["AsOf"];
        /** @description As of this journal entry or instant; as of now by default. */
        "as_of-3": components["schemas"]["AsOf"];
        /** @description Of a programme with this brand. */
        brand: components["schemas"]["Label"];
        /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
        byte_order_mark: boolean;
        /** @description Only records that totals count as of this journal entry. */
        counted_as_of: number;
        /** @description The `next` of the previous page. */
        cursor: components["schemas"]["Cursor"];
        evidence: components["schemas"]["Evidence"];
        /** @description The format of the answer; takes precedence over `Accept`. */
        format: components["schemas"]["Format"];
        /** @description The format of the file; takes precedence over `Accept`. CSV by default. */
        "format-2": components["schemas"]["ExportFormat"];
        /** @description `true`: with a free place in some position. */
        free: boolean;
        /** @description First service date. */
        from: components["schemas"]["Day"];
        /** @description First service date. */
        "from-2": components["schemas"]["Day"];
        /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
        language: components["schemas"]["Language"];
        /** @description Whether it was entered late. */
        late: boolean;
        /** @description At most this many items on the page; 50 by default. */
        limit: number;
        programme: components["schemas"]["ProgrammeId"];
        status: components["schemas"]["RecordStatus"];
        /** @description Whose name, place or content holds this. */
        text: components["schemas"]["Name"];
        /** @description Last service date. */
        to: components["schemas"]["Day"];
        /** @description Last service date. */
        "to-2": components["schemas"]["Day"];
        /** @description Of volunteers of this unit or one under it. */
        unit: components["schemas"]["UnitId"];
        /** @description Of this unit or one under it. */
        "unit-2": components["schemas"]["UnitId"];
        /** @description Carried out by this unit or one under it. */
        "unit-3": components["schemas"]["UnitId"];
        /** @description Served with this unit or one under it. */
        "unit-4": components["schemas"]["UnitId"];
        /** @description This unit and the units under it; all of the caller's by default. */
        "unit-5": components["schemas"]["UnitId"];
        /** @description Entered for this unit or one under it. */
        "unit-6": components["schemas"]["UnitId"];
        volunteer: components["schemas"]["VolunteerId"];
    };
    requestBodies: never;
    headers: {
        /** @description The version, for `If-Match` */
        ETag: string;
        /** @description The last journal entry that the file covers */
        "Hourbook-As-Of": components["schemas"]["EntryNumber"];
        /** @description How many rows the file has, without the header */
        "Hourbook-Rows": components["schemas"]["Count"];
        /** @description The address of the new thing */
        Location: string;
        /** @description Seconds after which to try again */
        "Retry-After": string;
        /** @description How to authenticate */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_units: {
        parameters: {
            query?: {
                /** @description The one with this code. */
                code?: components["schemas"]["UnitCode"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_Unit"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_unit: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUnit"];
            };
        };
        responses: {
            /** @description The unit */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Unit"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFound"];
            /** @description Another unit has this code. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unit_code_taken";
                    };
                };
            };
            /** @description A unit is of a kind below its parent's: bureau, department, school, team. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "unit_kind_not_below";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_subtree: {
        parameters: {
            query?: {
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_Unit"];
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_headcounts: {
        parameters: {
            query?: {
                /** @description The one that is valid on this day; all by default. */
                day?: components["schemas"]["Day"];
            };
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The headcounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Headcounts"];
                };
            };
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyToken"];
        };
    };
    set_headcount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHeadcount"];
            };
        };
        responses: {
            /** @description The headcount */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Headcount"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_volunteers: {
        parameters: {
            query?: {
                /** @description Present members of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["VolunteerStatus"];
                /**
                 * @deprecated
                 * @description A part of the name; not for auditors. Use the search, which takes it in its body.
                 */
                name?: components["schemas"]["Name"];
                /** @description The whole volunteer number. */
                number?: components["schemas"]["VolunteerNumber"];
                /**
                 * @deprecated
                 * @description The whole mobile number; not for auditors. Use the search, which takes it in its body.
                 */
                mobile?: components["schemas"]["Mobile"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_KnownVolunteer"];
            403: components["responses"]["FilterNotForAuditors"];
            404: components["responses"]["UnitNotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    register_volunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The volunteer */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Volunteer"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "identity_taken" | "identity_unavailable" | "person_may_be_registered";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "guardian_consent_missing" | "separate_consent_missing" | "registration_dates_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    search_volunteers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolunteerSearch"];
            };
        };
        responses: {
            200: components["responses"]["Page_KnownVolunteer"];
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "malformed_json" | "body_unreadable" | "invalid_parameter" | "invalid_cursor";
                    };
                };
            };
            403: components["responses"]["FilterNotForAuditors"];
            404: components["responses"]["UnitNotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBodyTokenOften"];
        };
    };
    get_volunteer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The volunteer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownVolunteer"];
                };
            };
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    change_contact: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Volunteer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound"];
            409: components["responses"]["VolunteerClosedOrPersonStale"];
            412: components["responses"]["VersionStale"];
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    close_volunteer: {
        parameters: {
            query?: never;
            header: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Closing"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_Volunteer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "closing_strands" | "closing_too_soon" | "volunteer_has_open_transfer" | "volunteer_has_open_redemptions" | "volunteer_is_present";
                    };
                };
            };
            412: components["responses"]["VersionStale"];
            /** @description Refused because of the form of the request, the caller, or a failure of the service */
            default: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["BodyRefusal"] | components["schemas"]["KeyRefusal"] | components["schemas"]["IfMatchRefusal"] | components["schemas"]["RequiredRefusal"] | components["schemas"]["TokenRefusal"] | components["schemas"]["OftenRefusal"] | components["schemas"]["AnyRefusal"];
                };
            };
        };
    };
    deactivate_volunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match"?: components["parameters"]["If-Match-2"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Absence"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_Volunteer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactive"];
            412: components["responses"]["VersionStale"];
            default: components["responses"]["AnyBodyKeyIfMatchTokenOften"];
        };
    };
    reactivate_volunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match"?: components["parameters"]["If-Match-2"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Absence"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_Volunteer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_not_inactive";
                    };
                };
            };
            412: components["responses"]["VersionStale"];
            default: components["responses"]["AnyBodyKeyIfMatchTokenOften"];
        };
    };
    get_account: {
        parameters: {
            query?: {
                /** @description As of this journal entry, instant or day; as of now by default. */
                as_of?: components["parameters"]["as_of"];
            };
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_statement: {
        parameters: {
            query?: {
                /** @description At most this many entries on the page; 50 by default. */
                limit?: number;
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_StatementEntry"];
                };
            };
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_lots: {
        parameters: {
            query?: {
                /** @description At most this many lots on the page; 50 by default. */
                limit?: number;
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Lot"];
                };
            };
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_memberships: {
        parameters: {
            query?: {
                /** @description As of this journal entry, instant or day; as of now by default. */
                as_of?: components["parameters"]["as_of"];
            };
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The memberships */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Memberships"];
                };
            };
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    change_identity: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_IdentityChange"];
            403: components["responses"]["OutsideUnitOrIdentityChangeOfOwn"];
            404: components["responses"]["VolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "person_stale" | "identity_change_open" | "identity_taken";
                    };
                };
            };
            412: components["responses"]["VersionStale"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "identity_unchanged" | "guardian_consent_missing" | "separate_consent_missing" | "registration_dates_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    list_identity_changes: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                /** @description Of volunteers of this unit or one under it. */
                unit?: components["parameters"]["unit"];
                status?: components["schemas"]["IdentityChangeStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_IdentityChange"];
                };
            };
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_identity_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The change */
                id: components["parameters"]["IdentityChangeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedIdentityChange"];
                };
            };
            404: components["responses"]["IdentityChangeNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    confirm_identity_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The change */
                id: components["parameters"]["IdentityChangeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_IdentityChange"];
            403: components["responses"]["OutsideUnitOrIdentityChangeOfOwn"];
            404: components["responses"]["IdentityChangeNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "identity_change_not_pending" | "identity_change_expired" | "person_stale" | "identity_taken" | "identity_unavailable";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "guardian_consent_missing" | "separate_consent_missing";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    decline_identity_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The change */
                id: components["parameters"]["IdentityChangeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IdentityDecline"];
            };
        };
        responses: {
            200: components["responses"]["Changed_IdentityChange"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["IdentityChangeNotFound"];
            /** @description The change is carried out or declined. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "identity_change_not_pending";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    merge_volunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The later number's volunteer */
                id: components["schemas"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeInput"];
            };
        };
        responses: {
            /** @description The merge, which waits */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Merge"];
                };
            };
            403: components["responses"]["OutsideUnitOrMergeOfOwn"];
            404: components["responses"]["VolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_merged" | "merge_unsettled" | "volunteer_has_open_transfer" | "volunteer_has_open_redemptions" | "identity_change_open";
                    };
                };
            };
            /** @description A number is merged into an earlier one, never into a later one or itself. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "merge_into_later";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_merges: {
        parameters: {
            query?: {
                /** @description Either of the two. */
                volunteer?: components["schemas"]["VolunteerId"];
                /** @description Of volunteers of this unit or one under it. */
                unit?: components["parameters"]["unit"];
                status?: components["schemas"]["MergeStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Merge"];
                };
            };
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_merge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The merge */
                id: components["parameters"]["MergeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The merge */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedMerge"];
                };
            };
            /** @description No such merge. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "merge_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    confirm_merge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The merge */
                id: components["parameters"]["MergeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Merge"];
            403: components["responses"]["OutsideUnitOrMergeOfOwn"];
            404: components["responses"]["MergeNotFoundOrVolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "merge_not_pending" | "merge_expired" | "volunteer_closed" | "volunteer_merged" | "merge_unsettled" | "volunteer_has_open_transfer" | "volunteer_has_open_redemptions" | "identity_change_open";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    decline_merge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The merge */
                id: components["parameters"]["MergeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeDecline"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Merge"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["MergeNotFoundOrVolunteerNotFound"];
            /** @description The merge is carried out or declined. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "merge_not_pending";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    reveal_numbers: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            /** @description The numbers */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_RevealedNumbers"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound"];
            409: components["responses"]["VolunteerClosedOrPersonStale"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_accesses_to_volunteer: {
        parameters: {
            query?: {
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_ExplainedAccess"];
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_accesses: {
        parameters: {
            query?: {
                /** @description To volunteers of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description In this calendar year, on the city's clock. */
                year?: number;
                /** @description To those who were under 18, or who were not. */
                minors?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_ExplainedAccess"];
            404: components["responses"]["UnitNotFoundOrVolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_access: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The access */
                id: components["schemas"]["AccessId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The access */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedAccess"];
                };
            };
            /** @description No such access. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "access_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    list_programmes: {
        parameters: {
            query?: {
                /** @description Of this unit or one under it. */
                unit?: components["parameters"]["unit-2"];
                /** @description With exactly this brand. */
                brand?: components["schemas"]["Label"];
                closed?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Programme"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_programme: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProgramme"];
            };
        };
        responses: {
            /** @description The programme */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Programme"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_programme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The programme */
                id: components["parameters"]["ProgrammeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The programme */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Programme"];
                };
            };
            404: components["responses"]["ProgrammeNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    update_programme: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The programme */
                id: components["parameters"]["ProgrammeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgrammeInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Programme"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ProgrammeNotFound"];
            409: components["responses"]["ProgrammeClosed"];
            412: components["responses"]["VersionStale"];
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    close_programme: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The programme */
                id: components["parameters"]["ProgrammeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Programme"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ProgrammeNotFound"];
            409: components["responses"]["ProgrammeClosed"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_activities: {
        parameters: {
            query?: {
                programme?: components["parameters"]["programme"];
                /** @description Carried out by this unit or one under it. */
                unit?: components["parameters"]["unit-3"];
                /** @description Whose window ends after this instant. */
                from?: components["schemas"]["Instant"];
                /** @description Whose window starts before this instant. */
                to?: components["schemas"]["Instant"];
                cancelled?: boolean;
                /** @description Whether it is still to be published; those who do not answer for its unit see no drafts. */
                draft?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_DatedActivity"];
            404: components["responses"]["ProgrammeNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_activity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewActivity"];
            };
        };
        responses: {
            /** @description The activity */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Activity"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "programme_not_found" | "unit_not_found" | "volunteer_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "programme_closed" | "volunteer_closed" | "volunteer_inactive";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "activity_outside_programme" | "window_invalid" | "recruitment_personal" | "enrolment_times_invalid" | "fence_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_activity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The activity */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatedActivity"];
                };
            };
            404: components["responses"]["ActivityNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    update_activity: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Activity"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ActivityNotFoundOrVolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "activity_has_records" | "volunteer_closed" | "volunteer_inactive" | "activity_has_present" | "recruitment_incomplete";
                    };
                };
            };
            412: components["responses"]["VersionStale"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "window_invalid" | "recruitment_personal" | "enrolment_times_invalid" | "fence_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    publish_activity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Activity"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ActivityNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "activity_published" | "recruitment_incomplete";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    cancel_activity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Activity"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ActivityNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "activity_has_records" | "activity_has_present";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_positions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The positions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Positions"];
                };
            };
            404: components["responses"]["ActivityNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    create_position: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PositionTermsInput"];
            };
        };
        responses: {
            /** @description The position */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_PositionOfActivity"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "activity_not_found" | "unit_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "activity_over" | "recruitment_incomplete" | "positions_too_many";
                    };
                };
            };
            /** @description A position is for up to 100,000 people; ages are from 0 to 120, the least not above the most; a star from 1 to 10; at most 20 units. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "position_terms_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_position: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The position */
                id: components["parameters"]["PositionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The position */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionOfActivity"];
                };
            };
            404: components["responses"]["PositionNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    update_position: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The position */
                id: components["parameters"]["PositionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PositionTermsInput"];
            };
        };
        responses: {
            /** @description The position */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_PositionOfActivity"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "position_not_found" | "unit_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "activity_over";
                    };
                };
            };
            412: components["responses"]["VersionStale"];
            /** @description A position is for up to 100,000 people; ages are from 0 to 120, the least not above the most; a star from 1 to 10; at most 20 units. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "position_terms_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    list_opportunities: {
        parameters: {
            query?: {
                programme?: components["parameters"]["programme"];
                /** @description Of a programme with this brand. */
                brand?: components["parameters"]["brand"];
                /** @description Carried out by this unit or one under it. */
                unit?: components["parameters"]["unit-3"];
                /** @description Whose name, place or content holds this. */
                text?: components["parameters"]["text"];
                /** @description With `longitude`: near this point. Activities without a fence are near nothing. */
                latitude?: number;
                longitude?: number;
                /** @description How far from the point at most; 5,000 by default. */
                within_metres?: number;
                /** @description `true`: with a free place in some position. */
                free?: components["parameters"]["free"];
                /**
                 * @description `true`: for volunteers, where one could enrol, or wait, at this moment: sign-up is open, some position's conditions
                 *     are met, one has no place there yet, and none elsewhere at that time.
                 */
                open_to_me?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_Opportunity"];
            404: components["responses"]["ProgrammeNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_public_opportunities: {
        parameters: {
            query?: {
                programme?: components["parameters"]["programme"];
                /** @description Of a programme with this brand. */
                brand?: components["parameters"]["brand"];
                /** @description Carried out by this unit or one under it. */
                unit?: components["parameters"]["unit-3"];
                /** @description Whose name, place or content holds this. */
                text?: components["parameters"]["text"];
                /** @description `true`: with a free place in some position. */
                free?: components["parameters"]["free"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_Opportunity"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "opportunities_not_public" | "programme_not_found" | "unit_not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description Refused because of the form of the request, the caller, or a failure of the service */
            default: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PageRefusal"] | components["schemas"]["AnyRefusal"];
                };
            };
        };
    };
    enrol: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The position */
                id: components["parameters"]["PositionId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewEnrolment"] | null;
            };
        };
        responses: {
            /** @description The enrolment */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Enrolment"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "position_not_found" | "volunteer_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "activity_is_draft" | "enrolment_not_open" | "enrolment_closed" | "volunteer_closed" | "volunteer_inactive" | "already_enrolled" | "conditions_not_met" | "enrolment_overlaps" | "places_full";
                    };
                };
            };
            /** @description Who enrols somebody else says how they agreed (Ordinance 685, article 25). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "enrolment_consent_missing";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    enrol_many: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The position */
                id: components["parameters"]["PositionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnrolments"];
            };
        };
        responses: {
            /** @description The result for each volunteer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentsResult"];
                };
            };
            404: components["responses"]["PositionNotFound"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_enrolments: {
        parameters: {
            query?: {
                /** @description In this activity: who is in charge of it sees all of them. */
                activity?: components["schemas"]["ActivityId"];
                position?: components["schemas"]["PositionId"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description In activities of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["EnrolmentStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Enrolment"];
                };
            };
            404: components["responses"]["ActivityNotFoundOrVolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_enrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The enrolment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentInLine"];
                };
            };
            404: components["responses"]["EnrolmentNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    accept_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            404: components["responses"]["EnrolmentNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "enrolment_status_wrong" | "offer_over" | "activity_cancelled" | "volunteer_inactive" | "conditions_not_met" | "enrolment_overlaps";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    withdraw_enrolment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Withdrawal"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["EnrolmentNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "enrolment_status_wrong" | "withdrawal_too_late";
                    };
                };
            };
            /** @description What is entered late, and a back-fill, needs a reason. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "reason_missing";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    select_applicant: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["EnrolmentNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "enrolment_status_wrong" | "activity_cancelled" | "places_full" | "volunteer_closed" | "volunteer_inactive" | "conditions_not_met" | "enrolment_overlaps";
                    };
                };
            };
            422: components["responses"]["EnrolmentOfOwn"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    decline_applicant: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["EnrolmentNotFound"];
            409: components["responses"]["EnrolmentStatusWrong"];
            422: components["responses"]["EnrolmentOfOwn"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    mark_absent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["EnrolmentNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "enrolment_status_wrong" | "activity_cancelled" | "absence_too_early";
                    };
                };
            };
            422: components["responses"]["EnrolmentOfOwn"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    excuse_absence: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["EnrolmentNotFound"];
            409: components["responses"]["EnrolmentStatusWrong"];
            422: components["responses"]["EnrolmentOfOwn"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    contest_absence: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The enrolment */
                id: components["parameters"]["EnrolmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Enrolment"];
            404: components["responses"]["EnrolmentNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "enrolment_status_wrong" | "absence_contested_before";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_wall_code: {
        parameters: {
            query: {
                /** @description For coming or for going. */
                direction: components["schemas"]["Direction"];
            };
            header?: never;
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CheckCode"];
            404: components["responses"]["ActivityNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    get_own_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CheckCode"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyToken"];
        };
    };
    note_shown_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScannedCode"];
            };
        };
        responses: {
            /** @description What the code is of */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownCode"];
                };
            };
            /** @description The code was good once, and is no more: codes change every thirty seconds. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "check_code_expired";
                    };
                };
            };
            /** @description The code is not one that this service gave, or is of another kind than is asked for here. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "check_code_wrong";
                    };
                };
            };
            default: components["responses"]["AnyBody"];
        };
    };
    check_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Attendance"];
            404: components["responses"]["ActivityNotFound-2"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "check_code_expired" | "check_code_of_other_direction" | "activity_cancelled" | "activity_is_draft" | "volunteer_inactive" | "attendance_open" | "check_in_too_early" | "attendance_over" | "not_enrolled" | "checked_in_too_often" | "position_needed" | "outside_fence" | "position_too_coarse" | "position_not_enough";
                    };
                };
            };
            422: components["responses"]["CheckCodeWrong"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    check_out: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Attendance"];
            404: components["responses"]["ActivityNotFound-2"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "check_code_expired" | "check_code_of_other_direction" | "activity_cancelled" | "attendance_not_open" | "attendance_over" | "position_needed" | "outside_fence" | "position_too_coarse" | "position_not_enough";
                    };
                };
            };
            422: components["responses"]["CheckCodeWrong"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    scan_volunteer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VolunteerScan"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Attendance"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ActivityNotFoundOrVolunteerNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "check_code_expired" | "activity_cancelled" | "activity_is_draft" | "volunteer_closed" | "volunteer_inactive" | "attendance_open" | "attendance_not_open" | "check_in_too_early" | "attendance_over" | "checked_in_too_often";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "check_code_wrong" | "attendance_of_own";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    call_roll: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollCall"];
            };
        };
        responses: {
            /** @description The result for each volunteer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollCallResult"];
                };
            };
            404: components["responses"]["ActivityNotFound"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_attendances: {
        parameters: {
            query?: {
                /** @description At this activity: who is in charge of it sees all of them. */
                activity?: components["schemas"]["ActivityId"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description At activities of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["AttendanceStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Attendance"];
                };
            };
            404: components["responses"]["ActivityNotFoundOrVolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_attendance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The attendance */
                id: components["parameters"]["AttendanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attendance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attendance"];
                };
            };
            404: components["responses"]["AttendanceNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    complete_attendance: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The attendance */
                id: components["parameters"]["AttendanceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Completion"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Attendance"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["AttendanceNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "attendance_not_unfinished" | "completion_too_late" | "record_overlaps" | "activity_cancelled" | "volunteer_closed" | "volunteer_inactive";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "attendance_of_own" | "completion_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_receipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditingReceipt"];
                };
            };
            404: components["responses"]["RecordNotFound"];
            409: components["responses"]["RecordNotCredited"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_records: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                activity?: components["parameters"]["activity"];
                programme?: components["parameters"]["programme"];
                /** @description Served with this unit or one under it. */
                unit?: components["parameters"]["unit-4"];
                status?: components["parameters"]["status"];
                evidence?: components["parameters"]["evidence"];
                /** @description First service date. */
                from?: components["parameters"]["from"];
                /** @description Last service date. */
                to?: components["parameters"]["to"];
                /** @description Whether it was entered late. */
                late?: components["parameters"]["late"];
                /** @description Only records that totals count as of this journal entry. */
                counted_as_of?: components["parameters"]["counted_as_of"];
                /**
                 * @description Records as they stood as of this journal entry, instant or day; as of now by default. A unit's readers find
                 *     what was served with the unit, as in totals.
                 */
                as_of?: components["parameters"]["as_of-2"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_ServiceRecord"];
            404: components["responses"]["VolunteerNotFoundOrActivityNotFoundOrProgrammeNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    submit_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecord"];
            };
        };
        responses: {
            /** @description The record */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_ServiceRecord"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_not_found" | "volunteer_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "activity_cancelled" | "claims_too_many" | "record_overlaps" | "daily_cap_reached" | "count_cap_reached" | "notice_running" | "objection_open";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "evidence_not_permitted" | "evidence_not_seen" | "evidence_not_on_the_spot" | "second_person_needed" | "end_not_after_start" | "service_in_future" | "outside_window" | "breaks_invalid" | "no_minutes" | "count_missing" | "count_unexpected" | "reason_missing" | "approval_of_own_hours" | "approval_of_own_backfill" | "approval_needs_parent_unit" | "approval_needs_top_unit" | "approval_of_long_day";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    submit_records: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordBatch"];
            };
        };
        responses: {
            /** @description The result for each item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordBatchResult"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedServiceRecord"];
                };
            };
            404: components["responses"]["RecordNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    confirm_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_ServiceRecord"];
            404: components["responses"]["RecordNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "record_not_submitted" | "record_confirmed_before";
                    };
                };
            };
            /** @description The volunteer entered it themselves: their word is in it already. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "confirmation_of_own_entry";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    credit_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreditInput"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_ServiceRecord"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RecordNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "record_not_submitted" | "volunteer_closed" | "volunteer_inactive" | "daily_cap_reached" | "notice_running" | "objection_open";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "deductions_invalid" | "second_person_needed" | "approval_of_own_hours" | "approval_of_own_backfill" | "approval_needs_parent_unit" | "approval_needs_top_unit" | "approval_of_long_day";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    reject_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_ServiceRecord"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RecordNotFound"];
            409: components["responses"]["RecordNotSubmitted"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    withdraw_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_ServiceRecord"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RecordNotFound"];
            409: components["responses"]["RecordNotSubmitted"];
            /** @description Who entered a record withdraws it, and nobody else: others reject it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "withdrawal_by_another";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    void_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_ServiceRecord"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RecordNotFound"];
            409: components["responses"]["RecordNotCredited"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_transfers: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                /** @description From or to this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["TransferStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Transfer"];
                };
            };
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    request_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTransfer"];
            };
        };
        responses: {
            /** @description The transfer */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Transfer"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "transfer_to_same_unit" | "transfer_already_open";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The transfer */
                id: components["parameters"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The transfer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            404: components["responses"]["TransferNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    agree_to_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The transfer */
                id: components["parameters"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Transfer"];
            404: components["responses"]["TransferNotFound"];
            409: components["responses"]["TransferStateWrongOrTransferExpiredOrVolunteerClosedOrVolunteerInactiveOrTransferOutdatedOrTransferAlreadyOpen"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    release_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The transfer */
                id: components["parameters"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TransferRelease"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_Transfer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["TransferNotFound"];
            409: components["responses"]["TransferStateWrongOrTransferExpiredOrVolunteerClosedOrVolunteerInactiveOrTransferOutdatedOrTransferAlreadyOpen"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "transfer_needs_second_person" | "transfer_consent_missing";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    accept_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The transfer */
                id: components["parameters"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Transfer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["TransferNotFound"];
            409: components["responses"]["TransferStateWrongOrTransferExpired"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    reject_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The transfer */
                id: components["parameters"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TransferRefusal"] | null;
            };
        };
        responses: {
            200: components["responses"]["Changed_Transfer"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["TransferNotFound"];
            409: components["responses"]["TransferStateWrongOrTransferExpired"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    cancel_transfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The transfer */
                id: components["parameters"]["TransferId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Transfer"];
            404: components["responses"]["TransferNotFound"];
            409: components["responses"]["TransferStateWrongOrTransferExpired"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_policies: {
        parameters: {
            query?: {
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PointsPolicy"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPolicy"];
            };
        };
        responses: {
            /** @description The version */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_PointsPolicy"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "policy_not_found" | "programme_not_found";
                    };
                };
            };
            409: components["responses"]["SchemeAlreadyReplaced"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "policy_in_past" | "policy_terms_invalid" | "policy_validity_over";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The version */
                id: components["schemas"]["PolicyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsPolicy"];
                };
            };
            /** @description No such version of the points policy. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "policy_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    get_calendar: {
        parameters: {
            query?: {
                /** @description The present year by default. */
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyToken"];
        };
    };
    mark_days: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarMarks"];
            };
        };
        responses: {
            /** @description The marked days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Calendar"];
                };
            };
            /** @description The calendar would not change. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "calendar_unchanged";
                    };
                };
            };
            /** @description A day appears twice in the list. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "calendar_day_twice";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_due_activities: {
        parameters: {
            query?: {
                /** @description Carried out by this unit or one under it. */
                unit?: components["parameters"]["unit-3"];
                /** @description With at most this many submitted or credited service records; 0 by default. */
                most_records?: number;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_DatedActivity"];
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_due_records: {
        parameters: {
            query?: {
                /** @description Served with this unit or one under it. */
                unit?: components["parameters"]["unit-4"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page_ServiceRecord"];
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_notice_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notice policy that applies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePolicyInForce"];
                };
            };
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyToken"];
        };
    };
    set_notice_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticePolicyInput"];
            };
        };
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_NoticePolicy"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFound-2"];
            /** @description A unit's notice is no shorter than what a unit above demands; null follows that. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "notice_shorter_than_above";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_notices: {
        parameters: {
            query?: {
                /** @description Of records served with this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Notice"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_crediting_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The crediting policy that applies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditingPolicyInForce"];
                };
            };
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyToken"];
        };
    };
    set_crediting_policy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditingPolicyInput"];
            };
        };
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_CreditingPolicy"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_permitted" | "actor_disabled" | "outside_unit" | "crediting_policy_from_above";
                    };
                };
            };
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    raise_objection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The objection */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Objection"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RecordNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "record_not_submitted" | "notice_not_running" | "objection_repeated" | "objections_too_many";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_objections: {
        parameters: {
            query?: {
                record?: components["schemas"]["RecordId"];
                /** @description To records of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["ObjectionStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ExplainedObjection"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "record_not_found" | "unit_not_found";
                    };
                };
            };
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_objection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The objection */
                id: components["parameters"]["ObjectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The objection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedObjection"];
                };
            };
            404: components["responses"]["ObjectionNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    uphold_objection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The objection */
                id: components["parameters"]["ObjectionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Objection"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ObjectionNotFound"];
            409: components["responses"]["ObjectionNotOpen"];
            422: components["responses"]["ApprovalOfOwnHoursOrResolutionByObjectorOrResolutionByRecorder"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    dismiss_objection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The objection */
                id: components["parameters"]["ObjectionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Objection"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ObjectionNotFound"];
            409: components["responses"]["ObjectionNotOpen"];
            422: components["responses"]["ApprovalOfOwnHoursOrResolutionByObjectorOrResolutionByRecorder"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_corrections: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                /** @description To be decided by this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["CorrectionStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ExplainedCorrection"];
                };
            };
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    report_missing_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MissingRecord"];
            };
        };
        responses: {
            201: components["responses"]["Changed_Correction"];
            404: components["responses"]["ActivityNotFound-2"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activity_cancelled" | "daily_cap_reached" | "correction_already_open" | "corrections_too_many";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "end_not_after_start" | "service_in_future" | "outside_window";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    report_wrong_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The record */
                id: components["parameters"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WrongRecord"];
            };
        };
        responses: {
            201: components["responses"]["Changed_Correction"];
            404: components["responses"]["RecordNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "record_not_live" | "correction_already_open" | "corrections_too_many";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_correction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The correction */
                id: components["parameters"]["CorrectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The correction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedCorrection"];
                };
            };
            404: components["responses"]["CorrectionNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    accept_correction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The correction */
                id: components["parameters"]["CorrectionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Correction-2"];
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "correction_not_found" | "record_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "correction_not_open" | "correction_not_done";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "correction_of_own" | "correction_record_unfit";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    decline_correction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The correction */
                id: components["parameters"]["CorrectionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Declination"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Correction-2"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["CorrectionNotFound"];
            /** @description The correction is decided. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "correction_not_open";
                    };
                };
            };
            /** @description Nobody decides a correction that they asked for. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "correction_of_own";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_rewards: {
        parameters: {
            query?: {
                /** @description Of this unit or one under it. */
                unit?: components["parameters"]["unit-2"];
                withdrawn?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Reward"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_reward: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReward"];
            };
        };
        responses: {
            /** @description The reward */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Reward"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFound"];
            422: components["responses"]["StockTooLarge"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_reward: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The reward */
                id: components["parameters"]["RewardId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reward */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reward"];
                };
            };
            404: components["responses"]["RewardNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    restock_reward: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The reward */
                id: components["parameters"]["RewardId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restock"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Reward"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RewardNotFound"];
            409: components["responses"]["RewardWithdrawn"];
            422: components["responses"]["StockTooLarge"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    withdraw_reward: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The reward */
                id: components["parameters"]["RewardId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Reward"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RewardNotFound"];
            409: components["responses"]["RewardWithdrawn"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_redemptions: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                reward?: components["schemas"]["RewardId"];
                /** @description Of rewards of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["RedemptionStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Redemption"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_not_found" | "reward_not_found" | "unit_not_found";
                    };
                };
            };
            default: components["responses"]["AnyPageToken"];
        };
    };
    place_redemption: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRedemption"];
            };
        };
        responses: {
            /** @description The redemption */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Redemption"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "reward_not_found" | "volunteer_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "reward_withdrawn" | "reward_out_of_stock" | "points_owed" | "points_insufficient" | "points_scattered" | "redemptions_too_many";
                    };
                };
            };
            /** @description The reward is for members of its unit and those under it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "reward_not_offered";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_redemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The redemption */
                id: components["parameters"]["RedemptionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The redemption */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaidRedemption"];
                };
            };
            404: components["responses"]["RedemptionNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    fulfil_redemption: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The redemption */
                id: components["parameters"]["RedemptionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PickUp"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Redemption"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RedemptionNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "redemption_not_held" | "redemption_expired";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "fulfilment_by_placer" | "pickup_code_wrong";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    cancel_redemption: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The redemption */
                id: components["parameters"]["RedemptionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Redemption"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["RedemptionNotFound"];
            /** @description The redemption is not open. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "redemption_not_held";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_certificates: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                /** @description Recorded by this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Certificate"];
                };
            };
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    issue_certificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCertificate"];
            };
        };
        responses: {
            /** @description The certificate */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Certificate"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound-2"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "certificate_stale";
                    };
                };
            };
            422: components["responses"]["CertificatePeriodInvalidOrCertificateEmpty"];
            503: components["responses"]["JournalInDoubt"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    look_up_certificate: {
        parameters: {
            query: {
                /** @description The number printed on the certificate. */
                number: string;
                /** @description The code printed beside the number; hyphens, spaces and case are ignored. */
                code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of the certificate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateStanding"];
                };
            };
            /** @description No such certificate, or not of this volunteer. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "certificate_not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Any"];
        };
    };
    certificate_jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BadgeJwks"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Any"];
        };
    };
    certificate_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's thumbprint (RFC 7638) */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key (RFC 7517) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found";
                    };
                };
            };
            default: components["responses"]["Any"];
        };
    };
    get_badge_issuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            404: components["responses"]["UnitNotFound-2"];
            default: components["responses"]["Any"];
        };
    };
    get_badge_status_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The unit */
                id: components["parameters"]["UnitId"];
                /** @description The list */
                seq: components["schemas"]["EntryNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vc+jwt": string;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "unit_not_found" | "entry_not_found";
                    };
                };
            };
            503: components["responses"]["BadgeKeyMissing"];
            default: components["responses"]["Any"];
        };
    };
    get_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The certificate */
                id: components["parameters"]["CertificateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            404: components["responses"]["CertificateNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    get_certificate_pdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The certificate */
                id: components["parameters"]["CertificateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["FileBytes"];
                };
            };
            404: components["responses"]["CertificateNotFound"];
            409: components["responses"]["CertificateRevoked"];
            410: components["responses"]["CertificateErased"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "busy" | "unavailable" | "certificate_font_missing" | "certificate_glyph_missing";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    get_certificate_badge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The certificate */
                id: components["parameters"]["CertificateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credential */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vc+jwt": string;
                };
            };
            404: components["responses"]["CertificateNotFound"];
            409: components["responses"]["CertificateRevoked"];
            410: components["responses"]["CertificateErased"];
            503: components["responses"]["BadgeKeyMissing"];
            default: components["responses"]["AnyToken"];
        };
    };
    reissue_certificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The certificate to replace */
                id: components["schemas"]["CertificateId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reissue"];
            };
        };
        responses: {
            /** @description The new certificate */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Certificate"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "certificate_not_found" | "volunteer_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "certificate_stale" | "certificate_superseded";
                    };
                };
            };
            422: components["responses"]["CertificatePeriodInvalidOrCertificateEmpty"];
            503: components["responses"]["JournalInDoubt"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    revoke_certificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The certificate */
                id: components["parameters"]["CertificateId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Revocation"];
            };
        };
        responses: {
            /** @description The certificate */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Certificate"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["CertificateNotFound"];
            409: components["responses"]["CertificateRevoked"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    total_minutes: {
        parameters: {
            query?: {
                /** @description What to group by, separated by commas; one total by default. */
                group_by?: components["schemas"]["Grouping"][];
                /** @description First service date. */
                from?: components["parameters"]["from"];
                /** @description Last service date. */
                to?: components["parameters"]["to"];
                /** @description Served with this unit or one under it. */
                unit?: components["parameters"]["unit-4"];
                /** @description As of this journal entry or instant; as of now by default. */
                as_of?: components["parameters"]["as_of-3"];
                /** @description Whether to count the different volunteers too. It takes longer the more records there are. */
                count_volunteers?: boolean;
                /** @description The format of the answer; takes precedence over `Accept`. */
                format?: components["parameters"]["format"];
                /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
                byte_order_mark?: components["parameters"]["byte_order_mark"];
                /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
                language?: components["parameters"]["language"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The totals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MinutesTotals"];
                    /**
                     * @example month,credited_minutes,occasions,records,self_declared,claimed
                     *     2026-11,7260,3,121,0,90
                     */
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["FileBytes"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            406: components["responses"]["NotAcceptable"];
            default: components["responses"]["AnyToken"];
        };
    };
    total_points: {
        parameters: {
            query?: {
                /** @description In the books of this unit and those under it. */
                unit?: components["schemas"]["UnitId"];
                /** @description As of this journal entry or instant; as of now by default. */
                as_of?: components["parameters"]["as_of-3"];
                /** @description The format of the answer; takes precedence over `Accept`. */
                format?: components["parameters"]["format"];
                /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
                byte_order_mark?: components["parameters"]["byte_order_mark"];
                /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
                language?: components["parameters"]["language"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The totals, by unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsTotals"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["FileBytes"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            406: components["responses"]["NotAcceptable"];
            default: components["responses"]["AnyToken"];
        };
    };
    total_work: {
        parameters: {
            query?: {
                /** @description This unit and the units under it; all of the caller's by default. */
                unit?: components["parameters"]["unit-5"];
                /** @description First day on which something was entered or credited; 30 days before the last by default. */
                from?: components["schemas"]["Day"];
                /** @description Last such day; today by default. At most 92 days in all. */
                to?: components["schemas"]["Day"];
                /** @description As of this journal entry or instant; as of now by default. */
                as_of?: components["parameters"]["as_of-3"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who entered and credited how much */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkTotals"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            422: components["responses"]["TooManyRecords"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_star_schemes: {
        parameters: {
            query?: {
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_StarScheme"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_star_scheme: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStarScheme"];
            };
        };
        responses: {
            /** @description The version */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_StarScheme"];
                };
            };
            /** @description No such version of the star scheme, or none is valid on the day. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "star_scheme_not_found";
                    };
                };
            };
            409: components["responses"]["SchemeAlreadyReplaced"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "star_scheme_in_past" | "star_terms_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_star_scheme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The version */
                id: components["schemas"]["StarSchemeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StarScheme"];
                };
            };
            /** @description No such version of the star scheme, or none is valid on the day. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "star_scheme_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    get_star: {
        parameters: {
            query?: {
                /** @description As of this journal entry, instant or day; as of now by default. */
                as_of?: components["parameters"]["as_of"];
            };
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The star */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Star"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "volunteer_not_found" | "star_scheme_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    list_assessment_schemes: {
        parameters: {
            query?: {
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AssessmentScheme"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_assessment_scheme: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAssessmentScheme"];
            };
        };
        responses: {
            /** @description The version */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_AssessmentScheme"];
                };
            };
            /** @description No such version of an assessment scheme. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "assessment_scheme_not_found";
                    };
                };
            };
            409: components["responses"]["SchemeAlreadyReplaced"];
            /** @description Each code must be unique, and each weight more than 0 and at most 1,000. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "assessment_terms_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_assessment_scheme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The version */
                id: components["schemas"]["AssessmentSchemeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentScheme"];
                };
            };
            /** @description No such version of an assessment scheme. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "assessment_scheme_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    assess_units: {
        parameters: {
            query: {
                /** @description The unit. It and all units under it are measured together. */
                unit: components["schemas"]["UnitId"];
                /** @description The version of a scheme. */
                scheme: components["schemas"]["AssessmentSchemeId"];
                /** @description First service date. */
                from: components["parameters"]["from-2"];
                /** @description Last service date. */
                to: components["parameters"]["to-2"];
                /** @description `children` compares the units directly under the named one. */
                each?: "children";
                /** @description As of this journal entry or instant; as of now by default. */
                as_of?: components["parameters"]["as_of-3"];
                /** @description The format of the answer; takes precedence over `Accept`. */
                format?: "json" | "csv" | "ndjson" | "xlsx" | "svg";
                /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
                byte_order_mark?: components["parameters"]["byte_order_mark"];
                /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
                language?: components["parameters"]["language"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The assessment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assessed"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "image/svg+xml": string;
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unit_not_found" | "assessment_scheme_not_found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_members: {
        parameters: {
            query: {
                /** @description The unit, with all units under it. */
                unit: components["schemas"]["UnitId"];
                /** @description First service date. */
                from: components["parameters"]["from-2"];
                /** @description Last service date. */
                to: components["parameters"]["to-2"];
                /** @description As of this journal entry, instant or day; as of now by default. */
                as_of?: components["parameters"]["as_of"];
                /** @description Which of them; all by default. */
                counted?: "active" | "party_members" | "with_star";
                /** @description Of `party_members`: those with at least so many minutes. */
                minutes?: number;
                /** @description Of `with_star`: those with at least this star. */
                star?: number;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AssessedMember"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    list_pledges: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                /** @description Made in this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PledgeWithRecords"];
                };
            };
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    make_pledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPledge"];
            };
        };
        responses: {
            /** @description The pledge */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Pledge"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound-2"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "pledges_too_many";
                    };
                };
            };
            /** @description A pledge is due today or later. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "pledge_due_in_past";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_pledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The pledge */
                id: components["parameters"]["PledgeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pledge */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PledgeWithRecords"];
                };
            };
            404: components["responses"]["PledgeNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    fulfil_pledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The pledge */
                id: components["parameters"]["PledgeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepingRecord"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Pledge"];
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "pledge_not_found" | "record_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "volunteer_inactive" | "pledge_ended" | "record_not_credited" | "pledge_record_named" | "pledge_records_full";
                    };
                };
            };
            /** @description A pledge is kept by the volunteer's own records. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "pledge_record_of_another";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    end_pledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The pledge */
                id: components["parameters"]["PledgeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Pledge"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["PledgeNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed" | "pledge_ended";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_model_posts: {
        parameters: {
            query?: {
                /** @description Of this unit or one under it. */
                unit?: components["parameters"]["unit-2"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description Held on this day. */
                day?: components["schemas"]["Day"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ModelPostWithTitle"];
                };
            };
            404: components["responses"]["UnitNotFoundOrVolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    award_model_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewModelPost"];
            };
        };
        responses: {
            /** @description The model post */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_ModelPost"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["UnitNotFoundOrVolunteerNotFound"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactive"];
            /** @description The holder of a model post belongs to its unit or one under it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "model_post_holder_elsewhere";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_model_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The model post */
                id: components["parameters"]["ModelPostId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model post */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPostWithTitle"];
                };
            };
            404: components["responses"]["ModelPostNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    end_model_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The model post */
                id: components["parameters"]["ModelPostId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelPostEnd"];
            };
        };
        responses: {
            /** @description The model post */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_ModelPost"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ModelPostNotFound"];
            /** @description The model post was ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "model_post_ended";
                    };
                };
            };
            /** @description A model post does not end before it begins. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "model_post_dates_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_trainings: {
        parameters: {
            query?: {
                /** @description Entered for this unit or one under it. */
                unit?: components["parameters"]["unit-6"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_TrainingWithWords"];
                };
            };
            404: components["responses"]["UnitNotFoundOrVolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    enter_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTraining"];
            };
        };
        responses: {
            /** @description The training */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Training"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound-2"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactive"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "training_of_own" | "training_dates_invalid" | "training_minutes_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The training */
                id: components["parameters"]["TrainingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The training */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingWithWords"];
                };
            };
            404: components["responses"]["TrainingNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    correct_training: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The training */
                id: components["parameters"]["TrainingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingCorrection"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Training"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["TrainingNotFound"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactiveOrTrainingVoided"];
            412: components["responses"]["VersionStale"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "training_of_own" | "training_dates_invalid" | "training_minutes_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    void_training: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The training */
                id: components["parameters"]["TrainingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingVoid"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Training"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["TrainingNotFound"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactiveOrTrainingVoided"];
            /** @description Nobody enters, corrects or voids a training of their own. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "training_of_own";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_honours: {
        parameters: {
            query?: {
                /** @description Entered for this unit or one under it. */
                unit?: components["parameters"]["unit-6"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_HonourWithWords"];
                };
            };
            404: components["responses"]["UnitNotFoundOrVolunteerNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    enter_honour: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHonour"];
            };
        };
        responses: {
            /** @description The honour */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Honour"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound-2"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactive"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "honour_of_own" | "honour_in_future";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_honour: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The honour */
                id: components["parameters"]["HonourId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The honour */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HonourWithWords"];
                };
            };
            404: components["responses"]["HonourNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    correct_honour: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The honour */
                id: components["parameters"]["HonourId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HonourCorrection"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Honour"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["HonourNotFound"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactiveOrHonourVoided"];
            412: components["responses"]["VersionStale"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "honour_of_own" | "honour_in_future";
                    };
                };
            };
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    void_honour: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The honour */
                id: components["parameters"]["HonourId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HonourVoid"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Honour"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["HonourNotFound"];
            409: components["responses"]["VolunteerClosedOrVolunteerInactiveOrHonourVoided"];
            /** @description Nobody enters, corrects or voids an honour of their own. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "honour_of_own";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_activity_ratings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ratings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityRatings"];
                };
            };
            404: components["responses"]["ActivityNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    rate_activity: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewActivityRating"];
            };
        };
        responses: {
            201: components["responses"]["Changed_Rating"];
            404: components["responses"]["ActivityNotFound"];
            409: components["responses"]["VolunteerClosedOrRatingWithoutServiceOrRatingRepeatedOrRatingTooLate"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    rate_service: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The activity */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServiceRating"];
            };
        };
        responses: {
            201: components["responses"]["Changed_Rating"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ActivityNotFoundOrVolunteerNotFound"];
            409: components["responses"]["VolunteerClosedOrRatingWithoutServiceOrRatingRepeatedOrRatingTooLate"];
            /** @description Nobody rates their own service. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "rating_of_own";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_ratings: {
        parameters: {
            query?: {
                /** @description Who rated what. */
                side?: components["schemas"]["RatingSide"];
                activity?: components["parameters"]["activity"];
                volunteer?: components["parameters"]["volunteer"];
                /** @description Of activities of this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RatingWithWords"];
                };
            };
            404: components["responses"]["ActivityNotFoundOrVolunteerNotFoundOrUnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_rating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rating */
                id: components["schemas"]["RatingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rating */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingWithWords"];
                };
            };
            /** @description No such rating. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "rating_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    export_service_records: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                activity?: components["parameters"]["activity"];
                programme?: components["parameters"]["programme"];
                /** @description Served with this unit or one under it. */
                unit?: components["parameters"]["unit-4"];
                status?: components["parameters"]["status"];
                evidence?: components["parameters"]["evidence"];
                /** @description First service date. */
                from?: components["parameters"]["from"];
                /** @description Last service date. */
                to?: components["parameters"]["to"];
                /** @description Whether it was entered late. */
                late?: components["parameters"]["late"];
                /** @description Only records that totals count as of this journal entry. */
                counted_as_of?: components["parameters"]["counted_as_of"];
                /**
                 * @description Records as they stood as of this journal entry, instant or day; as of now by default. A unit's readers find
                 *     what was served with the unit, as in totals.
                 */
                as_of?: components["parameters"]["as_of-2"];
                /** @description The format of the file; takes precedence over `Accept`. CSV by default. */
                format?: components["parameters"]["format-2"];
                /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
                byte_order_mark?: components["parameters"]["byte_order_mark"];
                /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
                language?: components["parameters"]["language"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["FileBytes"];
            404: components["responses"]["VolunteerNotFoundOrActivityNotFoundOrProgrammeNotFoundOrUnitNotFound"];
            406: components["responses"]["NotAcceptable"];
            default: components["responses"]["AnyToken"];
        };
    };
    export_statements: {
        parameters: {
            query?: {
                volunteer?: components["parameters"]["volunteer"];
                /** @description Members of this unit or one under it: present ones, or those as of the entry, if one is asked for. */
                unit?: components["schemas"]["UnitId"];
                /** @description As of this journal entry, instant or day; as of now by default. */
                as_of?: components["parameters"]["as_of"];
                /** @description The format of the file; takes precedence over `Accept`. CSV by default. */
                format?: components["parameters"]["format-2"];
                /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
                byte_order_mark?: components["parameters"]["byte_order_mark"];
                /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
                language?: components["parameters"]["language"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["FileBytes"];
            404: components["responses"]["VolunteerNotFoundOrUnitNotFound"];
            406: components["responses"]["NotAcceptable"];
            default: components["responses"]["AnyToken"];
        };
    };
    export_journal: {
        parameters: {
            query?: {
                /** @description As of this journal entry, instant or day; as of now by default. */
                as_of?: components["parameters"]["as_of"];
                /** @description The format of the file; takes precedence over `Accept`. CSV by default. */
                format?: components["parameters"]["format-2"];
                /** @description Whether CSV begins with a byte order mark, by which spreadsheet programs recognise UTF-8. It does by default. */
                byte_order_mark?: components["parameters"]["byte_order_mark"];
                /** @description The language of the headings of CSV and XLSX; takes precedence over `Accept-Language`. English by default. */
                language?: components["parameters"]["language"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    "Hourbook-As-Of": components["headers"]["Hourbook-As-Of"];
                    /** @description How many entries up to there are not the caller's to read */
                    "Hourbook-Left-Out"?: components["schemas"]["Count"];
                    "Hourbook-Rows": components["headers"]["Hourbook-Rows"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["FileBytes"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            default: components["responses"]["AnyToken"];
        };
    };
    export_audit_folder: {
        parameters: {
            query: {
                /** @description The totals are of this unit and those under it. */
                unit: components["schemas"]["UnitId"];
                /** @description As of this journal entry, instant or day; by default as of the last signed checkpoint. */
                as_of?: components["schemas"]["AsOf"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archive */
            200: {
                headers: {
                    /** @description The journal entry as of which the totals are */
                    "Hourbook-As-Of"?: components["schemas"]["EntryNumber"];
                    /** @description How many entries the folder has */
                    "Hourbook-Rows"?: components["schemas"]["Count"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": components["schemas"]["FileBytes"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unit_not_found" | "checkpoint_not_found";
                    };
                };
            };
            default: components["responses"]["AnyToken"];
        };
    };
    list_findings: {
        parameters: {
            query?: {
                /** @description This unit and the units under it; all of the caller's by default. */
                unit?: components["parameters"]["unit-5"];
                /** @description First day of crediting; 30 days before the last by default. */
                from?: components["schemas"]["Day"];
                /** @description Last day of crediting; today by default. At most 92 days in all. */
                to?: components["schemas"]["Day"];
                /** @description As of this journal entry or instant; as of now by default. */
                as_of?: components["parameters"]["as_of-3"];
                /** @description Whether to list the dismissed findings instead of the others. */
                dismissed?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The findings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Findings"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            422: components["responses"]["TooManyRecords"];
            default: components["responses"]["AnyToken"];
        };
    };
    dismiss_finding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The finding */
                id: components["schemas"]["FindingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DismissalInput"];
            };
        };
        responses: {
            /** @description The dismissal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Dismissal"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "malformed_json" | "body_unreadable" | "idempotency_key_invalid" | "invalid_parameter";
                    };
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "finding_not_found" | "unit_not_found";
                    };
                };
            };
            /** @description The finding has been dismissed already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "finding_dismissed";
                    };
                };
            };
            /** @description Too many records to examine at once: narrow the unit or the days. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "too_many_records";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_entries: {
        parameters: {
            query?: {
                /** @description By whom: `operator:ID`, `volunteer:ID` or `system`. */
                actor?: string;
                /** @description What happened, as `event.kind` says it. */
                kind?: string;
                /** @description Recorded on this local day. */
                day?: components["schemas"]["Day"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_JournalEntry"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    get_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry's position */
                seq: components["parameters"]["EntryNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalEntry"];
                };
            };
            404: components["responses"]["EntryNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    get_leaf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The entry's position */
                seq: components["parameters"]["EntryNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            404: components["responses"]["EntryNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    get_checkpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checkpoint */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"];
                };
            };
            404: components["responses"]["CheckpointNotFound"];
            default: components["responses"]["Any"];
        };
    };
    prove_inclusion: {
        parameters: {
            query?: {
                /** @description How many entries the tree covers; by default the first signed tree that contains the entry. */
                size?: number;
            };
            header?: never;
            path: {
                /** @description The entry's position */
                seq: components["parameters"]["EntryNumber"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionProof"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "entry_not_found" | "checkpoint_not_found";
                    };
                };
            };
            default: components["responses"]["Any"];
        };
    };
    prove_consistency: {
        parameters: {
            query?: {
                /** @description How many entries the earlier tree covers; 0 by default, which proves nothing. */
                from_size?: number;
                /** @description How many entries the later tree covers; by default the last signed tree. */
                to_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
            404: components["responses"]["CheckpointNotFound"];
            default: components["responses"]["Any"];
        };
    };
    list_operators: {
        parameters: {
            query?: {
                /** @description Acting for this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                role?: components["schemas"]["OperatorRole"];
                active?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_NamedOperator"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    create_operator: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOperator"];
            };
        };
        responses: {
            /** @description The operator */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Operator"];
                };
            };
            404: components["responses"]["UnitNotFoundOrVolunteerNotFound"];
            /** @description Another operator has this login. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "login_taken";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "operator_unit_invalid" | "operator_person_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    get_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operator */
                id: components["parameters"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedOperator"];
                };
            };
            404: components["responses"]["OperatorNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    update_operator: {
        parameters: {
            query?: never;
            header: {
                /** @description The `ETag` that was read, or `*` for any version */
                "If-Match": components["parameters"]["If-Match"];
            };
            path: {
                /** @description The operator */
                id: components["parameters"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorInput"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Operator"];
            403: components["responses"]["OwnAccess"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "operator_not_found" | "unit_not_found" | "volunteer_not_found";
                    };
                };
            };
            412: components["responses"]["VersionStale"];
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "operator_unit_invalid" | "operator_person_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyIfMatchRequiredTokenOften"];
        };
    };
    disable_operator: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The operator */
                id: components["parameters"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Operator"];
            403: components["responses"]["OwnAccess"];
            404: components["responses"]["OperatorNotFound"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    enable_operator: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The operator */
                id: components["parameters"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Enabling"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Operator"];
            404: components["responses"]["OperatorNotFound"];
            /** @description The operator is not disabled. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "operator_not_disabled";
                    };
                };
            };
            /** @description An operator is linked to a volunteer or names a document: one of the two, so that a second person is another person. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "operator_person_invalid";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The operator */
                id: components["parameters"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Operator"];
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_permitted" | "actor_disabled" | "outside_unit" | "own_access";
                    };
                };
            };
            404: components["responses"]["OperatorNotFound"];
            /** @description The operator is disabled: enable them first. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "operator_disabled";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    end_sessions_of_operator: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The operator */
                id: components["parameters"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Changed_Operator"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["OperatorNotFound"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            200: components["responses"]["Tokens"];
            /** @description Login or password is wrong. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "login_failed";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBody"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            200: components["responses"]["Tokens"];
            /** @description The refresh token is unknown, expired, or was used before. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "refresh_token_invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBody"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            /** @description Logged out; also if there was nothing to end */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "malformed_json" | "body_unreadable" | "invalid_parameter";
                    };
                };
            };
            default: components["responses"]["AnyBody"];
        };
    };
    jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jwks"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Any"];
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The holder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Holder"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyToken"];
        };
    };
    give_activation_code: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Activation"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["VolunteerNotFound"];
            /** @description The volunteer's registration is closed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "volunteer_closed";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    sign_in_with_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivationProof"];
            };
        };
        responses: {
            200: components["responses"]["Tokens"];
            /** @description Number or code is wrong, or the code is good no more. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "activation_invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBody"];
        };
    };
    sign_in_with_wechat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WechatSignIn"];
            };
        };
        responses: {
            /** @description Tokens, or a ticket */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description The code that WeChat gave is wrong, over, or was used: ask WeChat for another one. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "wechat_code_invalid";
                    };
                };
            };
            /** @description WeChat has blocked this user. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "wechat_user_blocked";
                    };
                };
            };
            429: components["responses"]["WechatTooOften"];
            503: components["responses"]["WechatUnavailable"];
            default: components["responses"]["AnyBody"];
        };
    };
    bind: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBinding"];
            };
        };
        responses: {
            200: components["responses"]["Tokens"];
            /** @description Unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ticket_invalid" | "wechat_code_invalid";
                    };
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "wechat_user_blocked" | "activation_invalid" | "binding_refused";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "binding_taken" | "too_many_bindings" | "person_stale";
                    };
                };
            };
            429: components["responses"]["WechatTooOften"];
            503: components["responses"]["WechatUnavailable"];
            default: components["responses"]["AnyBody"];
        };
    };
    list_own_bindings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Bindings"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_bindings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The volunteer */
                id: components["parameters"]["VolunteerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Bindings"];
            404: components["responses"]["VolunteerNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    end_binding: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The binding */
                id: components["schemas"]["BindingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The binding */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed_Binding"];
                };
            };
            403: components["responses"]["OutsideUnit"];
            /** @description No such binding. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "binding_not_found";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_applications: {
        parameters: {
            query?: {
                /** @description To this unit or one under it. */
                unit?: components["schemas"]["UnitId"];
                status?: components["schemas"]["ApplicationStatus"];
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ApplicationShown"];
                };
            };
            404: components["responses"]["UnitNotFound"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    apply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApplication"];
            };
        };
        responses: {
            200: components["responses"]["OwnApplication"];
            401: components["responses"]["TicketInvalid"];
            404: components["responses"]["UnitNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "application_open" | "binding_taken";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "age_below_minimum" | "guardian_consent_missing" | "separate_consent_missing" | "registration_dates_invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBody"];
        };
    };
    withdraw_application: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationTicket"];
            };
        };
        responses: {
            200: components["responses"]["OwnApplication"];
            401: components["responses"]["TicketInvalid"];
            /** @description No such application. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "application_not_found";
                    };
                };
            };
            409: components["responses"]["ApplicationNotOpen"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBody"];
        };
    };
    get_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The application */
                id: components["parameters"]["ApplicationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The application */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationShown"];
                };
            };
            404: components["responses"]["ApplicationNotFound"];
            default: components["responses"]["AnyToken"];
        };
    };
    confirm_application: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The application */
                id: components["parameters"]["ApplicationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Application"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ApplicationNotFound"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "application_not_open" | "identity_taken" | "identity_unavailable" | "person_may_be_registered" | "binding_taken" | "person_stale";
                    };
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown_field" | "missing_field" | "invalid_field" | "idempotency_key_reused" | "entry_too_long" | "document_differs" | "guardian_consent_missing" | "separate_consent_missing" | "registration_dates_invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    recognise_applicant: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The application */
                id: components["parameters"]["ApplicationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Recognition"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Application"];
            403: components["responses"]["OutsideUnit"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "application_not_found" | "volunteer_not_found";
                    };
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "application_not_open" | "identity_taken" | "volunteer_closed" | "volunteer_merged" | "binding_taken" | "too_many_bindings" | "person_stale";
                    };
                };
            };
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    decline_application: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the caller chooses for this request, which makes it safe to repeat: the same key with the same request gets the first answer again. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The application */
                id: components["parameters"]["ApplicationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationDecline"];
            };
        };
        responses: {
            200: components["responses"]["Changed_Application"];
            403: components["responses"]["OutsideUnit"];
            404: components["responses"]["ApplicationNotFound"];
            409: components["responses"]["ApplicationNotOpen"];
            default: components["responses"]["AnyBodyKeyTokenOften"];
        };
    };
    list_own_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyToken"];
        };
    };
    end_own_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller has no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "route_not_found" | "session_not_found";
                    };
                };
            };
            default: components["responses"]["AnyBodyTokenOften"];
        };
    };
    get_own_home: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The first screen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyToken"];
        };
    };
    list_own_messages: {
        parameters: {
            query?: {
                /** @description Whether only those that are not read. */
                unread?: boolean;
                /** @description At most this many items on the page; 50 by default. */
                limit?: components["parameters"]["limit"];
                /** @description The `next` of the previous page. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["AnyPageToken"];
        };
    };
    read_own_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadUpTo"];
            };
        };
        responses: {
            /** @description What is left */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unread"];
                };
            };
            /** @description No such message of the caller's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "message_not_found";
                    };
                };
            };
            default: components["responses"]["AnyBodyTokenOften"];
        };
    };
    set_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordByCode"];
            };
        };
        responses: {
            200: components["responses"]["Tokens"];
            /** @description Login or one-time code is wrong, or the code has expired or was used. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "reset_code_invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBody"];
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            200: components["responses"]["Tokens"];
            /** @description The old password is wrong, or there is none: ask for a one-time code. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_permitted" | "actor_disabled" | "password_wrong";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["AnyBodyTokenOften"];
        };
    };
    livez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Any"];
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests can be answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "busy" | "unavailable" | "journal_in_doubt" | "not_ready";
                    };
                };
            };
            default: components["responses"]["Any"];
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the OpenMetrics text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": string;
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Any"];
        };
    };
}
