//! Every table and its columns, as the migrations make them.
//!
//! Generated from a migrated database; `tests/service/schema.rs` compares it with both and says how to generate it again.

diesel::table! {
    accesses (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        minor -> BigInt,
        purpose -> Binary,
        revealed_by -> BigInt,
        revealed_at -> BigInt,
    }
}

diesel::table! {
    activities (id) {
        id -> BigInt,
        programme -> BigInt,
        unit -> BigInt,
        measure -> Text,
        details -> Text,
        cancelled -> BigInt,
        live_records -> BigInt,
        version -> BigInt,
        draft -> BigInt,
        present -> BigInt,
    }
}

diesel::table! {
    applicants (application) {
        application -> BigInt,
        content_sealed -> Binary,
        document_index -> Binary,
        subject_index -> Binary,
        salt -> Binary,
        commitment -> Binary,
        seal -> Binary,
    }
}

diesel::table! {
    applications (id) {
        id -> BigInt,
        unit -> BigInt,
        status -> Text,
        made_at -> BigInt,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decided_entry -> Nullable<BigInt>,
        volunteer -> Nullable<BigInt>,
        forget_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    assessment_schemes (id) {
        id -> BigInt,
        version -> BigInt,
        terms -> Text,
    }
}

diesel::table! {
    attendances (id) {
        id -> BigInt,
        activity -> BigInt,
        unit -> BigInt,
        volunteer -> BigInt,
        enrolment -> Nullable<BigInt>,
        status -> Text,
        checked_in_at -> BigInt,
        checked_in_by -> Text,
        checked_in_actor -> BigInt,
        checked_out_at -> Nullable<BigInt>,
        checked_out_by -> Nullable<Text>,
        record -> Nullable<BigInt>,
        no_record -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    balances (volunteer, account, unit, grade) {
        volunteer -> BigInt,
        account -> Text,
        unit -> BigInt,
        grade -> Text,
        balance -> BigInt,
    }
}

diesel::table! {
    batch_seals (last_seq) {
        last_seq -> BigInt,
        first_seq -> BigInt,
        sealed_since -> BigInt,
        seal -> Binary,
    }
}

diesel::table! {
    binding_subjects (binding) {
        binding -> BigInt,
        volunteer -> BigInt,
        subject_sealed -> Binary,
        subject_index -> Binary,
        salt -> Binary,
        commitment -> Binary,
        seal -> Binary,
    }
}

diesel::table! {
    bindings (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        provider -> Text,
        app -> Text,
        bound_by -> Text,
        bound_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        ended_entry -> Nullable<BigInt>,
    }
}

diesel::table! {
    calendar_days (day) {
        day -> BigInt,
        kind -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    certificate_contents (certificate) {
        certificate -> BigInt,
        volunteer -> BigInt,
        content_sealed -> Binary,
        salt -> Binary,
        commitment -> Binary,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    certificates (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        first_day -> Nullable<BigInt>,
        last_day -> Nullable<BigInt>,
        as_of -> BigInt,
        credited_minutes -> BigInt,
        records -> BigInt,
        replaces -> Nullable<BigInt>,
        replaced_by -> Nullable<BigInt>,
        issued_by -> BigInt,
        issued_at -> BigInt,
        revoked_by -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        revoked_entry -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    checkpoints (size) {
        size -> BigInt,
        root -> Binary,
        signed_at -> BigInt,
        note -> Text,
        previous -> Nullable<BigInt>,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    closed_identities (identity_index) {
        identity_index -> Binary,
        volunteer -> BigInt,
        closed_entry -> BigInt,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    contradicted_checkpoints (note) {
        note -> Text,
        size -> BigInt,
        set_aside_at -> BigInt,
        because -> Text,
        seal -> Binary,
    }
}

diesel::table! {
    corrections (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        complaint -> Text,
        status -> Text,
        asked_at -> BigInt,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decided_entry -> Nullable<BigInt>,
        led_to -> Nullable<BigInt>,
    }
}

diesel::table! {
    credentials (operator) {
        operator -> BigInt,
        login -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        salt -> Binary,
        commitment -> Binary,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    crediting_policies (unit) {
        unit -> BigInt,
        one_person_minutes -> Nullable<Text>,
        leader_hours -> Nullable<BigInt>,
        set_by -> BigInt,
        version -> BigInt,
        credits_seen -> Nullable<BigInt>,
    }
}

diesel::table! {
    dismissals (finding) {
        finding -> Text,
        rule -> Text,
        unit -> BigInt,
        dismissed_by -> BigInt,
        dismissed_at -> BigInt,
        entry -> BigInt,
    }
}

diesel::table! {
    enrolments (id) {
        id -> BigInt,
        position -> BigInt,
        activity -> BigInt,
        unit -> BigInt,
        volunteer -> BigInt,
        status -> Text,
        at_once -> BigInt,
        made_by -> BigInt,
        made_at -> BigInt,
        respond_by -> Nullable<BigInt>,
        passed_over -> Nullable<Text>,
        late -> BigInt,
        contested_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    entries (seq) {
        seq -> BigInt,
        recorded_at -> BigInt,
        actor -> BigInt,
        kind -> Text,
        unit -> Nullable<BigInt>,
        effective_date -> BigInt,
        reverses -> Nullable<BigInt>,
        event -> Text,
        hash -> Binary,
        nonce -> Nullable<Binary>,
        origin -> Nullable<Text>,
    }
}

diesel::table! {
    former_operator_identities (operator) {
        operator -> BigInt,
        identity_index -> Binary,
        disabled_entry -> BigInt,
    }
}

diesel::table! {
    headcounts (unit, effective_from) {
        unit -> BigInt,
        effective_from -> BigInt,
        staff -> BigInt,
        party_members -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    honours (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        day -> BigInt,
        title -> Binary,
        giver -> Binary,
        words_entry -> BigInt,
        entered_by -> BigInt,
        entered_at -> BigInt,
        voided_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    idempotency (scope) {
        scope -> Binary,
        fingerprint -> Binary,
        answer -> Text,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    identity_changes (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        fields -> Text,
        status -> Text,
        asked_by -> BigInt,
        asked_at -> BigInt,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decided_entry -> Nullable<BigInt>,
    }
}

diesel::table! {
    inboxes (volunteer) {
        volunteer -> BigInt,
        read_entry -> BigInt,
        read_line -> BigInt,
    }
}

diesel::table! {
    journal_head (id) {
        id -> BigInt,
        last_seq -> BigInt,
        last_recorded_at -> BigInt,
        last_hash -> Binary,
        frontier -> Binary,
    }
}

diesel::table! {
    key_checks (kind, value) {
        kind -> Text,
        value -> Binary,
        since -> BigInt,
    }
}

diesel::table! {
    lots (id) {
        id -> BigInt,
        volunteer -> BigInt,
        record -> BigInt,
        policy -> BigInt,
        issued_by -> BigInt,
        service_month -> BigInt,
        points -> BigInt,
        remaining -> BigInt,
        lapsed -> BigInt,
        expires_at -> Nullable<BigInt>,
        voided -> BigInt,
        owed -> BigInt,
        lenders -> Text,
        expiry_announced_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    mark_minutes (mark, unit, programme, service_month, evidence) {
        mark -> BigInt,
        unit -> BigInt,
        programme -> BigInt,
        service_month -> BigInt,
        evidence -> Text,
        credited_minutes -> BigInt,
        occasions -> BigInt,
        records -> BigInt,
    }
}

diesel::table! {
    mark_points (mark, unit, account) {
        mark -> BigInt,
        unit -> BigInt,
        account -> Text,
        amount -> BigInt,
    }
}

diesel::table! {
    marks (seq) {
        seq -> BigInt,
        whole -> BigInt,
        sums -> BigInt,
    }
}

diesel::table! {
    memberships (volunteer, entry) {
        volunteer -> BigInt,
        entry -> BigInt,
        unit -> BigInt,
        starts_at -> BigInt,
        ends_at -> Nullable<BigInt>,
        ended_entry -> Nullable<BigInt>,
    }
}

diesel::table! {
    merged_numbers (volunteer, earlier) {
        volunteer -> BigInt,
        earlier -> BigInt,
        entry -> BigInt,
    }
}

diesel::table! {
    merges (id) {
        id -> BigInt,
        volunteer -> BigInt,
        earlier -> BigInt,
        unit -> BigInt,
        status -> Text,
        asked_by -> BigInt,
        asked_at -> BigInt,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decided_entry -> Nullable<BigInt>,
    }
}

diesel::table! {
    messages (entry, line) {
        entry -> BigInt,
        line -> BigInt,
        volunteer -> BigInt,
        kind -> Text,
        about -> Nullable<Text>,
        minutes -> Nullable<BigInt>,
        points -> Nullable<BigInt>,
        due_at -> Nullable<BigInt>,
        told_at -> BigInt,
    }
}

diesel::table! {
    messages_begin (entry) {
        entry -> BigInt,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    model_posts (id) {
        id -> BigInt,
        unit -> BigInt,
        volunteer -> Nullable<BigInt>,
        title -> Binary,
        starts_on -> BigInt,
        ends_on -> Nullable<BigInt>,
    }
}

diesel::table! {
    name_pairs (pair, volunteer) {
        pair -> BigInt,
        volunteer -> BigInt,
    }
}

diesel::table! {
    notes (entry, commitment) {
        entry -> BigInt,
        commitment -> Binary,
        salt -> Binary,
        note -> Text,
        volunteer -> Nullable<BigInt>,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    notice_policies (unit) {
        unit -> BigInt,
        working_days -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    objections (id) {
        id -> BigInt,
        record -> BigInt,
        unit -> BigInt,
        volunteer -> BigInt,
        raised_by -> BigInt,
        raised_at -> BigInt,
        status -> Text,
        resolved_by -> Nullable<BigInt>,
        resolved_at -> Nullable<BigInt>,
        resolved_entry -> Nullable<BigInt>,
    }
}

diesel::table! {
    operator_identities (operator) {
        operator -> BigInt,
        document_kind -> Text,
        document_sealed -> Binary,
        identity_index -> Binary,
        salt -> Binary,
        commitment -> Binary,
        seal -> Binary,
    }
}

diesel::table! {
    operators (id) {
        id -> BigInt,
        role -> Text,
        unit -> Nullable<BigInt>,
        volunteer -> Nullable<BigInt>,
        active -> BigInt,
        version -> BigInt,
        identified -> BigInt,
        valid_from -> BigInt,
        reset_entry -> Nullable<BigInt>,
        reset_until -> Nullable<BigInt>,
    }
}

diesel::table! {
    people (volunteer) {
        volunteer -> BigInt,
        content_sealed -> Binary,
        party_sealed -> Binary,
        identity_index -> Binary,
        mobile_index -> Binary,
        likeness_index -> Binary,
        salt -> Binary,
        commitment -> Binary,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    pledges (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        title -> Binary,
        due -> BigInt,
        records -> Text,
        made_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    points_policies (id) {
        id -> BigInt,
        effective_from -> BigInt,
        terms -> Text,
    }
}

diesel::table! {
    positions (id) {
        id -> BigInt,
        activity -> BigInt,
        unit -> BigInt,
        terms -> Text,
        taken -> BigInt,
        offered -> BigInt,
        waiting -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    postings (seq, line) {
        seq -> BigInt,
        line -> BigInt,
        asset -> Text,
        account -> Text,
        unit -> BigInt,
        volunteer -> BigInt,
        activity -> BigInt,
        grade -> Text,
        service_date -> BigInt,
        amount -> BigInt,
    }
}

diesel::table! {
    programmes (id) {
        id -> BigInt,
        unit -> BigInt,
        details -> Text,
        closed -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    proposed_identities (identity_change) {
        identity_change -> BigInt,
        volunteer -> BigInt,
        content_sealed -> Binary,
        salt -> Binary,
        commitment -> Binary,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    ratings (id) {
        id -> BigInt,
        side -> Text,
        activity -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        score -> BigInt,
        words -> Nullable<Binary>,
        rated_by -> BigInt,
        rated_at -> BigInt,
    }
}

diesel::table! {
    redemptions (id) {
        id -> BigInt,
        reward -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        points -> BigInt,
        draws -> Text,
        status -> Text,
        placed_by -> BigInt,
        placed_at -> BigInt,
        expires_at -> BigInt,
        closed_by -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        expiry_announced_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    resolutions (objection, entry) {
        objection -> BigInt,
        entry -> BigInt,
    }
}

diesel::table! {
    restorations (restored_at) {
        restored_at -> BigInt,
        last_seq -> BigInt,
        backup_made_at -> BigInt,
        because -> Nullable<Text>,
    }
}

diesel::table! {
    rewards (id) {
        id -> BigInt,
        unit -> BigInt,
        name -> Text,
        price -> BigInt,
        hold_days -> BigInt,
        stock_available -> BigInt,
        stock_held -> BigInt,
        stock_fulfilled -> BigInt,
        withdrawn -> BigInt,
    }
}

diesel::table! {
    service_records (id) {
        id -> BigInt,
        activity -> BigInt,
        programme -> BigInt,
        unit -> BigInt,
        volunteer -> BigInt,
        started_at -> BigInt,
        ended_at -> BigInt,
        breaks -> Text,
        evidence -> Text,
        count -> BigInt,
        claimed_minutes -> BigInt,
        credited_minutes -> BigInt,
        deductions -> Text,
        status -> Text,
        late -> BigInt,
        service_date -> BigInt,
        submitted_by -> BigInt,
        submitted_at -> BigInt,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        credited_entry -> Nullable<BigInt>,
        voided_by -> Nullable<BigInt>,
        voided_at -> Nullable<BigInt>,
        voided_entry -> Nullable<BigInt>,
        lot -> Nullable<BigInt>,
        version -> BigInt,
        record_by -> Nullable<BigInt>,
        notice_ends_at -> Nullable<BigInt>,
        open_objections -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        credited_alone -> BigInt,
    }
}

diesel::table! {
    sessions (family) {
        family -> Binary,
        actor -> BigInt,
        valid_from -> BigInt,
        started_at -> BigInt,
        refreshed_at -> Nullable<BigInt>,
        expires_at -> BigInt,
        ends_at -> BigInt,
        token -> Binary,
        spent -> Nullable<Binary>,
        successor -> Nullable<Binary>,
        ended_at -> Nullable<BigInt>,
        binding -> Nullable<BigInt>,
    }
}

diesel::table! {
    star_schemes (id) {
        id -> BigInt,
        effective_from -> BigInt,
        terms -> Text,
    }
}

diesel::table! {
    trainings (id) {
        id -> BigInt,
        volunteer -> BigInt,
        unit -> BigInt,
        first_day -> BigInt,
        last_day -> BigInt,
        minutes -> BigInt,
        course -> Binary,
        organiser -> Binary,
        result -> Nullable<Binary>,
        words_entry -> BigInt,
        entered_by -> BigInt,
        entered_at -> BigInt,
        voided_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    transfers (id) {
        id -> BigInt,
        volunteer -> BigInt,
        from_unit -> BigInt,
        to_unit -> BigInt,
        status -> Text,
        requested_by -> BigInt,
        requested_at -> BigInt,
        expires_at -> BigInt,
        changed_by -> BigInt,
        changed_at -> BigInt,
    }
}

diesel::table! {
    tree_nodes (tile_level, position) {
        tile_level -> BigInt,
        position -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    tree_to_sign (id) {
        id -> BigInt,
        size -> BigInt,
    }
}

diesel::table! {
    unit_lineage (ancestor, unit) {
        ancestor -> BigInt,
        unit -> BigInt,
    }
}

diesel::table! {
    units (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        kind -> Text,
        parent -> Nullable<BigInt>,
        path -> Text,
    }
}

diesel::table! {
    unsealed_party_statuses (volunteer, entry, effective_from) {
        volunteer -> BigInt,
        entry -> BigInt,
        effective_from -> BigInt,
        party_member -> BigInt,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    unsealed_people (volunteer) {
        volunteer -> BigInt,
        name -> Text,
        gender -> Text,
        birth_date -> BigInt,
        document_kind -> Text,
        document_sealed -> Binary,
        identity_index -> Binary,
        mobile_sealed -> Binary,
        mobile_index -> Binary,
        residence -> Nullable<Text>,
        skills -> Text,
        service_categories -> Text,
        political_status -> Text,
        consent -> Text,
        guardian_consent -> Nullable<Text>,
        salt -> Binary,
        commitment -> Binary,
        seal -> Nullable<Binary>,
    }
}

diesel::table! {
    volunteers (id) {
        id -> BigInt,
        unit -> BigInt,
        status -> Text,
        member_entry -> BigInt,
        member_since -> BigInt,
        open_transfer -> Nullable<BigInt>,
        open_redemptions -> BigInt,
        debt -> BigInt,
        registered_at -> BigInt,
        version -> BigInt,
        identity_change -> Nullable<BigInt>,
        identity_entry -> Nullable<BigInt>,
        closing_asked_by -> Nullable<BigInt>,
        closing_asked_at -> Nullable<BigInt>,
        forget_at -> Nullable<BigInt>,
        merged_into -> Nullable<BigInt>,
        merged_numbers -> Text,
        valid_from -> BigInt,
        activation_entry -> Nullable<BigInt>,
        activation_until -> Nullable<BigInt>,
        activation_tries -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accesses,
    activities,
    applicants,
    applications,
    assessment_schemes,
    attendances,
    balances,
    batch_seals,
    binding_subjects,
    bindings,
    calendar_days,
    certificate_contents,
    certificates,
    checkpoints,
    closed_identities,
    contradicted_checkpoints,
    corrections,
    credentials,
    crediting_policies,
    dismissals,
    enrolments,
    entries,
    former_operator_identities,
    headcounts,
    honours,
    idempotency,
    identity_changes,
    inboxes,
    journal_head,
    key_checks,
    lots,
    mark_minutes,
    mark_points,
    marks,
    memberships,
    merged_numbers,
    merges,
    messages,
    messages_begin,
    model_posts,
    name_pairs,
    notes,
    notice_policies,
    objections,
    operator_identities,
    operators,
    people,
    pledges,
    points_policies,
    positions,
    postings,
    programmes,
    proposed_identities,
    ratings,
    redemptions,
    resolutions,
    restorations,
    rewards,
    service_records,
    sessions,
    star_schemes,
    trainings,
    transfers,
    tree_nodes,
    tree_to_sign,
    unit_lineage,
    units,
    unsealed_party_statuses,
    unsealed_people,
    volunteers,
);
