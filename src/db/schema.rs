//! One list of tables for both databases, the twin of `migrations/`. A test compares the two.

diesel::table! {
    write_gate (id) {
        id -> BigInt,
    }
}

diesel::table! {
    settings (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    epochs (id) {
        id -> BigInt,
        access -> BigInt,
        people -> BigInt,
    }
}

diesel::table! {
    departments (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        starts_on -> Nullable<BigInt>,
        ends_on -> Nullable<BigInt>,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        kind -> Text,
        name -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        kind -> Text,
        standing -> Text,
        forum_role -> Text,
        forum_role_until -> Nullable<BigInt>,
        name -> Text,
        name_key -> Text,
        display_name -> Text,
        mail -> Nullable<Text>,
        mail_key -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        department_id -> Nullable<BigInt>,
        location -> Text,
        about -> Text,
        about_html -> Text,
        ask_me -> Text,
        picture -> Nullable<Text>,
        language -> Text,
        time_zone -> Text,
        view -> Text,
        sponsor_id -> Nullable<BigInt>,
        organisation -> Text,
        ends_at -> Nullable<BigInt>,
        import_id -> Nullable<BigInt>,
        created_at -> BigInt,
        read_before -> BigInt,
        seen_inbox_at -> BigInt,
        deactivated_at -> Nullable<BigInt>,
        findable -> Bool,
    }
}

diesel::table! {
    staff (id) {
        id -> BigInt,
        mail -> Text,
        mail_key -> Text,
        name -> Text,
        department_id -> Nullable<BigInt>,
        location -> Text,
        starts_on -> Nullable<BigInt>,
        ends_on -> Nullable<BigInt>,
        account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        account_id -> BigInt,
        agent -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    tickets (id) {
        id -> BigInt,
        purpose -> Text,
        token_hash -> Text,
        account_id -> Nullable<BigInt>,
        mail -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        subject -> Nullable<BigInt>,
    }
}

diesel::table! {
    sign_in_attempts (id) {
        id -> BigInt,
        whom -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    spaces (id) {
        id -> BigInt,
        name -> Text,
        visibility -> Text,
        joining -> Text,
        concept_for -> Text,
        concept_about -> Text,
        concept_gain -> Text,
        guidelines -> Text,
        guidelines_html -> Text,
        names_actors -> Bool,
        audience_size -> Nullable<BigInt>,
        audience_on -> Nullable<BigInt>,
        position -> BigInt,
        created_at -> BigInt,
        archived_at -> Nullable<BigInt>,
        review_hours -> BigInt,
        guidelines_version -> BigInt,
        reminders -> Text,
        admits_visitors -> Bool,
    }
}

diesel::table! {
    memberships (space_id, account_id) {
        space_id -> BigInt,
        account_id -> BigInt,
        role -> Text,
        role_since -> Nullable<BigInt>,
        role_until -> Nullable<BigInt>,
        joined_at -> BigInt,
    }
}

diesel::table! {
    join_requests (space_id, account_id) {
        space_id -> BigInt,
        account_id -> BigInt,
        words -> Text,
        asked_at -> BigInt,
    }
}

diesel::table! {
    invitations (id) {
        id -> BigInt,
        token_hash -> Text,
        created_by -> BigInt,
        space_id -> Nullable<BigInt>,
        note -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        uses_max -> BigInt,
        uses -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    boards (id) {
        id -> BigInt,
        space_id -> BigInt,
        name -> Text,
        description -> Text,
        position -> BigInt,
        kinds -> Text,
        who_starts -> Text,
        topic_count -> BigInt,
        post_count -> BigInt,
        last_post_id -> Nullable<BigInt>,
        last_posted_at -> BigInt,
        created_at -> BigInt,
        archived_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    board_templates (board_id, kind) {
        board_id -> BigInt,
        kind -> Text,
        body -> Text,
    }
}

diesel::table! {
    topics (id) {
        id -> BigInt,
        space_id -> BigInt,
        board_id -> BigInt,
        author_id -> BigInt,
        kind -> Text,
        title -> Text,
        language -> Text,
        state -> Text,
        created_at -> BigInt,
        first_post_id -> Nullable<BigInt>,
        last_post_id -> Nullable<BigInt>,
        last_posted_at -> BigInt,
        last_number -> BigInt,
        post_count -> BigInt,
        answer_id -> Nullable<BigInt>,
        pinned_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        closed_by -> Nullable<BigInt>,
        closed_reason -> Text,
        version -> BigInt,
        imported -> Bool,
        held_count -> BigInt,
        merged_into -> Nullable<BigInt>,
        split_from -> Nullable<BigInt>,
        slow_minutes -> BigInt,
        imported_views -> BigInt,
        held_until -> Nullable<BigInt>,
        polls -> BigInt,
    }
}

diesel::table! {
    tags (id) {
        id -> BigInt,
        space_id -> BigInt,
        name -> Text,
        name_key -> Text,
        description -> Text,
    }
}

diesel::table! {
    tag_synonyms (space_id, name_key) {
        space_id -> BigInt,
        name_key -> Text,
        name -> Text,
        tag_id -> BigInt,
    }
}

diesel::table! {
    topic_tags (topic_id, tag_id) {
        topic_id -> BigInt,
        tag_id -> BigInt,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        space_id -> BigInt,
        board_id -> BigInt,
        topic_id -> BigInt,
        author_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        path -> Text,
        depth -> BigInt,
        number -> BigInt,
        body -> Text,
        format -> Text,
        body_html -> Text,
        render_version -> BigInt,
        language -> Text,
        words -> BigInt,
        state -> Text,
        state_at -> Nullable<BigInt>,
        state_by -> Nullable<BigInt>,
        state_reason -> Text,
        created_at -> BigInt,
        edited_at -> Nullable<BigInt>,
        edited_by -> Nullable<BigInt>,
        edits -> BigInt,
        thanks -> BigInt,
        version -> BigInt,
        imported -> Bool,
        imported_thanks -> BigInt,
        wiki -> Bool,
        trimmed -> Nullable<Text>,
        previews -> Nullable<Text>,
    }
}

diesel::table! {
    preview_wishes (post_id) {
        post_id -> BigInt,
        asked_at -> BigInt,
    }
}

diesel::joinable!(preview_wishes -> posts (post_id));

diesel::table! {
    revisions (id) {
        id -> BigInt,
        post_id -> BigInt,
        edited_by -> BigInt,
        title -> Nullable<Text>,
        body -> Text,
        written_at -> BigInt,
        replaced_at -> BigInt,
        kept_back -> Bool,
    }
}

diesel::table! {
    posting_keys (account_id, key) {
        account_id -> BigInt,
        key -> Text,
        post_id -> BigInt,
        text_hash -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    thanks (post_id, account_id) {
        post_id -> BigInt,
        account_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    readings (account_id, topic_id) {
        account_id -> BigInt,
        topic_id -> BigInt,
        ranges -> Text,
        through -> BigInt,
    }
}

diesel::table! {
    board_readings (account_id, board_id) {
        account_id -> BigInt,
        board_id -> BigInt,
        read_before -> BigInt,
    }
}

diesel::table! {
    visits (account_id, day) {
        account_id -> BigInt,
        day -> BigInt,
    }
}

diesel::table! {
    day_reads (account_id, topic_id, day) {
        account_id -> BigInt,
        topic_id -> BigInt,
        day -> BigInt,
    }
}

diesel::table! {
    inbox (id) {
        id -> BigInt,
        account_id -> BigInt,
        kind -> Text,
        space_id -> Nullable<BigInt>,
        topic_id -> Nullable<BigInt>,
        post_id -> Nullable<BigInt>,
        actor_id -> Nullable<BigInt>,
        words -> Text,
        review_id -> Nullable<BigInt>,
        event_id -> BigInt,
        created_at -> BigInt,
        times -> BigInt,
        group_key -> Text,
        letter -> Text,
    }
}

diesel::table! {
    letters (id) {
        id -> BigInt,
        message_id -> Text,
        kind -> Text,
        subject_key -> Text,
        account_id -> Nullable<BigInt>,
        to_mail -> Text,
        to_name -> Text,
        language -> Text,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        created_at -> BigInt,
        due_at -> BigInt,
        leased_until -> BigInt,
        attempts -> BigInt,
        sent_at -> Nullable<BigInt>,
        failed_at -> Nullable<BigInt>,
        problem -> Text,
        thread -> Text,
        list -> Text,
        stop -> Text,
        from_name -> Text,
        lines -> Text,
        answers -> Text,
    }
}

diesel::table! {
    mail_keys (account_id) {
        account_id -> BigInt,
        key -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    arrivals (key) {
        key -> Text,
        came_at -> BigInt,
        outcome -> Text,
        account_id -> Nullable<BigInt>,
        post_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        subject -> BigInt,
        created_at -> BigInt,
        due_at -> BigInt,
        leased_until -> BigInt,
        attempts -> BigInt,
        stuck_at -> Nullable<BigInt>,
        problem -> Text,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        at -> BigInt,
        verb -> Text,
        actor_id -> Nullable<BigInt>,
        actor_kind -> Text,
        department_id -> Nullable<BigInt>,
        role -> Text,
        space_id -> Nullable<BigInt>,
        board_id -> Nullable<BigInt>,
        topic_id -> Nullable<BigInt>,
        post_id -> Nullable<BigInt>,
        parent_id -> Nullable<BigInt>,
        about_id -> Nullable<BigInt>,
        particulars -> Text,
        source -> Text,
    }
}

diesel::table! {
    reviews (id) {
        id -> BigInt,
        space_id -> BigInt,
        kind -> Text,
        source -> Text,
        topic_id -> Nullable<BigInt>,
        post_id -> Nullable<BigInt>,
        about_id -> Nullable<BigInt>,
        opened_by -> Nullable<BigInt>,
        reason -> Text,
        words -> Text,
        opened_at -> BigInt,
        due_at -> BigInt,
        weight -> BigInt,
        rank -> BigInt,
        claimed_by -> Nullable<BigInt>,
        claimed_at -> Nullable<BigInt>,
        escalated_at -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        decided_by -> Nullable<BigInt>,
        decided_role -> Nullable<Text>,
        decision -> Nullable<Text>,
        rule -> Text,
        note -> Text,
        appeal_of -> Nullable<BigInt>,
        undone_at -> Nullable<BigInt>,
        undone_by -> Nullable<BigInt>,
        changes -> Text,
        version -> BigInt,
        reach -> BigInt,
    }
}

diesel::table! {
    flags (id) {
        id -> BigInt,
        review_id -> BigInt,
        account_id -> BigInt,
        reason -> Text,
        words -> Text,
        flagged_at -> BigInt,
        upheld -> Nullable<Bool>,
    }
}

diesel::table! {
    review_lines (id) {
        id -> BigInt,
        review_id -> BigInt,
        at -> BigInt,
        actor_id -> Nullable<BigInt>,
        kind -> Text,
        words -> Text,
    }
}

diesel::table! {
    sanctions (id) {
        id -> BigInt,
        space_id -> Nullable<BigInt>,
        account_id -> BigInt,
        kind -> Text,
        review_id -> Nullable<BigInt>,
        given_at -> BigInt,
        until -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    hold_rules (id) {
        id -> BigInt,
        space_id -> BigInt,
        board_id -> Nullable<BigInt>,
        topic_id -> Nullable<BigInt>,
        kind -> Text,
        amount -> BigInt,
        until -> Nullable<BigInt>,
        made_at -> BigInt,
    }
}

diesel::table! {
    watched_phrases (id) {
        id -> BigInt,
        space_id -> Nullable<BigInt>,
        phrase -> Text,
        expression -> Bool,
        act -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    spam_model (id) {
        id -> BigInt,
        weights -> Binary,
        stood -> BigInt,
        decided -> BigInt,
        newest -> BigInt,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        at -> BigInt,
        verb -> Text,
        actor_id -> Nullable<BigInt>,
        about_id -> Nullable<BigInt>,
        space_id -> Nullable<BigInt>,
        particulars -> Text,
        salt -> Text,
        salted_hash -> Text,
        chain -> Nullable<Text>,
        place -> Nullable<BigInt>,
    }
}

diesel::table! {
    import_items (board_id, key, text_hash) {
        board_id -> BigInt,
        key -> Text,
        text_hash -> Text,
        post_id -> BigInt,
        subject_key -> Text,
    }
}

diesel::table! {
    /// Where posts were found in forums that were brought in.
    old_addresses (address, import_id) {
        address -> Text,
        import_id -> BigInt,
        post_id -> BigInt,
    }
}

diesel::table! {
    import_people (import_id, key) {
        import_id -> BigInt,
        key -> Text,
        account_id -> BigInt,
    }
}

diesel::table! {
    guidelines (space_id, version) {
        space_id -> BigInt,
        version -> BigInt,
        body -> Text,
        body_html -> Text,
        made_at -> BigInt,
        made_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    guidelines_accepted (account_id, space_id) {
        account_id -> BigInt,
        space_id -> BigInt,
        version -> BigInt,
        accepted_at -> BigInt,
    }
}

diesel::table! {
    canned_texts (space_id, about, language) {
        space_id -> BigInt,
        about -> Text,
        language -> Text,
        words -> Text,
    }
}

diesel::table! {
    flag_kinds (word) {
        word -> Text,
        names -> Text,
        urgent -> Bool,
        made_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    entries (id) {
        id -> BigInt,
        space_id -> BigInt,
        account_id -> BigInt,
        reason -> Text,
        entered_at -> BigInt,
        until -> BigInt,
        left_at -> Nullable<BigInt>,
        swept -> Bool,
    }
}

diesel::table! {
    feed_keys (account_id) {
        account_id -> BigInt,
        key -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    applications (account_id) {
        account_id -> BigInt,
        space_id -> BigInt,
        words -> Text,
        asked_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    follows (account_id, kind, subject_id) {
        account_id -> BigInt,
        kind -> Text,
        subject_id -> BigInt,
        level -> Text,
        why -> Text,
        since -> BigInt,
    }
}

diesel::table! {
    letter_wishes (account_id, kind) {
        account_id -> BigInt,
        kind -> Text,
        how -> Text,
    }
}

diesel::table! {
    letter_rhythms (account_id) {
        account_id -> BigInt,
        rhythm -> Text,
        hour -> BigInt,
        stop_key -> Text,
        digest_at -> BigInt,
    }
}

diesel::table! {
    bookmarks (account_id, post_id) {
        account_id -> BigInt,
        post_id -> BigInt,
        note -> Text,
        remind_at -> Nullable<BigInt>,
        made_at -> BigInt,
    }
}

diesel::table! {
    reply_drafts (account_id, post_id) {
        account_id -> BigInt,
        post_id -> BigInt,
        body -> Text,
        saved_at -> BigInt,
    }
}

diesel::table! {
    topic_drafts (account_id, board_id) {
        account_id -> BigInt,
        board_id -> BigInt,
        kind -> Text,
        title -> Text,
        tags -> Text,
        body -> Text,
        saved_at -> BigInt,
    }
}

diesel::table! {
    polls (id) {
        id -> BigInt,
        post_id -> BigInt,
        question -> Text,
        kind -> Text,
        secret -> Bool,
        ends_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        removed_at -> Nullable<BigInt>,
        made_by -> BigInt,
        made_at -> BigInt,
        result -> Text,
    }
}

diesel::table! {
    poll_choices (id) {
        id -> BigInt,
        poll_id -> BigInt,
        words -> Text,
    }
}

diesel::table! {
    poll_voters (poll_id, account_id) {
        poll_id -> BigInt,
        account_id -> BigInt,
    }
}

diesel::table! {
    poll_ballots (id) {
        id -> Text,
        poll_id -> BigInt,
        account_id -> Nullable<BigInt>,
        choices -> Text,
    }
}

diesel::joinable!(polls -> posts (post_id));
diesel::joinable!(poll_voters -> accounts (account_id));
diesel::joinable!(poll_ballots -> accounts (account_id));

diesel::table! {
    search_gaps (id) {
        id -> BigInt,
        space_id -> Nullable<BigInt>,
        term -> Text,
        missed -> BigInt,
        refined -> BigInt,
        first_day -> BigInt,
        last_day -> BigInt,
        widest -> BigInt,
    }
}

diesel::table! {
    files (id) {
        id -> BigInt,
        account_id -> BigInt,
        space_id -> BigInt,
        name -> Text,
        content_type -> Text,
        size -> BigInt,
        hash -> Text,
        small_hash -> Text,
        created_at -> BigInt,
        unused_since -> Nullable<BigInt>,
    }
}

diesel::table! {
    post_files (post_id, file_id) {
        post_id -> BigInt,
        file_id -> BigInt,
    }
}

diesel::joinable!(boards -> spaces (space_id));
diesel::joinable!(topics -> boards (board_id));
diesel::joinable!(topics -> spaces (space_id));
diesel::joinable!(topics -> accounts (author_id));
diesel::joinable!(posts -> topics (topic_id));
diesel::joinable!(posts -> accounts (author_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(memberships -> spaces (space_id));
diesel::joinable!(join_requests -> accounts (account_id));
diesel::joinable!(thanks -> accounts (account_id));
diesel::joinable!(revisions -> accounts (edited_by));
diesel::joinable!(topic_tags -> tags (tag_id));
diesel::joinable!(topic_tags -> topics (topic_id));
diesel::joinable!(accounts -> departments (department_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(flags -> accounts (account_id));
diesel::joinable!(reviews -> spaces (space_id));
diesel::joinable!(flags -> reviews (review_id));
diesel::joinable!(entries -> accounts (account_id));
diesel::joinable!(letter_rhythms -> accounts (account_id));
diesel::joinable!(entries -> spaces (space_id));
diesel::joinable!(guidelines -> accounts (made_by));

diesel::allow_columns_to_appear_in_same_group_by_clause!(memberships::space_id, accounts::kind);

diesel::table! {
    space_days (account_id, space_id, day) {
        space_id -> BigInt,
        account_id -> BigInt,
        day -> BigInt,
    }
}

diesel::table! {
    member_weeks (week, space_id, account_id) {
        space_id -> BigInt,
        week -> BigInt,
        account_id -> BigInt,
        contributions -> BigInt,
        topics -> BigInt,
        replies -> BigInt,
        light -> BigInt,
        team_contributions -> BigInt,
        days -> BigInt,
        seen -> BigInt,
        first_at -> Nullable<BigInt>,
        department_id -> Nullable<BigInt>,
        guest -> Bool,
        team -> Bool,
    }
}

diesel::table! {
    dyad_weeks (week, space_id, from_id, to_id) {
        space_id -> BigInt,
        week -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        times -> BigInt,
    }
}

diesel::table! {
    member_firsts (space_id, account_id) {
        space_id -> BigInt,
        account_id -> BigInt,
        at -> BigInt,
    }
}

diesel::table! {
    topic_states (topic_id) {
        topic_id -> BigInt,
        space_id -> BigInt,
        board_id -> BigInt,
        kind -> Text,
        starter_id -> BigInt,
        starter_department_id -> Nullable<BigInt>,
        team -> Bool,
        started_at -> BigInt,
        first_reply_at -> Nullable<BigInt>,
        first_reply_by -> Nullable<BigInt>,
        first_reply_team -> Bool,
        answered_at -> Nullable<BigInt>,
        answered_by -> Nullable<BigInt>,
        answered_team -> Bool,
        ended_at -> Nullable<BigInt>,
        posts -> BigInt,
        people -> BigInt,
        replies -> BigInt,
        light -> BigInt,
        light_people -> BigInt,
        gap -> Nullable<BigInt>,
    }
}

diesel::table! {
    figures (space_id, metric, week, part, series) {
        space_id -> BigInt,
        metric -> Text,
        week -> BigInt,
        part -> Text,
        series -> Text,
        numerator -> Nullable<BigInt>,
        denominator -> Nullable<BigInt>,
        value -> Nullable<Double>,
        people -> BigInt,
        suppressed -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    sealed_weeks (space_id, week) {
        space_id -> BigInt,
        week -> BigInt,
        sealed_at -> BigInt,
        version -> BigInt,
        hash -> Text,
        least_people -> BigInt,
        least_contributors -> BigInt,
        most_share -> BigInt,
    }
}

diesel::table! {
    histories (space_id) {
        space_id -> BigInt,
        until -> BigInt,
        rules -> Text,
        facts -> Text,
        whole -> Bool,
    }
}

diesel::table! {
    figure_progress (id) {
        id -> BigInt,
        folded_until -> BigInt,
        corrected_until -> BigInt,
    }
}

diesel::table! {
    work_items (id) {
        id -> BigInt,
        space_id -> BigInt,
        kind -> Text,
        subject -> Text,
        account_id -> Nullable<BigInt>,
        topic_id -> Nullable<BigInt>,
        board_id -> Nullable<BigInt>,
        arm -> Text,
        facts -> Text,
        since -> BigInt,
        made_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        ended_how -> Text,
        ended_by -> Nullable<BigInt>,
        reason -> Text,
        judge_at -> Nullable<BigInt>,
        came_well -> Nullable<Bool>,
        version -> BigInt,
    }
}

diesel::table! {
    work_notes (id) {
        id -> BigInt,
        item_id -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        kind -> Text,
        body -> Text,
        written_at -> BigInt,
        leaves_at -> BigInt,
        left_at -> Nullable<BigInt>,
        dropped -> Bool,
    }
}

diesel::table! {
    work_lots (id) {
        id -> BigInt,
        salt -> Text,
    }
}

diesel::table! {
    list_choices (account_id) {
        account_id -> BigInt,
        paused_until -> Nullable<BigInt>,
        objected_at -> Nullable<BigInt>,
        suggestions_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    case_inputs (input) {
        input -> Text,
        low -> Double,
        base -> Double,
        high -> Double,
        grade -> Text,
        owner -> Text,
        day -> BigInt,
        changed_by -> Nullable<BigInt>,
        changed_at -> BigInt,
    }
}

diesel::table! {
    space_plans (space_id) {
        space_id -> BigInt,
        sponsor_id -> Nullable<BigInt>,
        sponsor_since -> Nullable<BigInt>,
        target_share -> Nullable<Double>,
        target_day -> Nullable<BigInt>,
    }
}

diesel::table! {
    successions (space_id, account_id) {
        space_id -> BigInt,
        account_id -> BigInt,
        successor_id -> BigInt,
        words -> Text,
    }
}

diesel::table! {
    ring_spans (space_id, account_id, from_week) {
        space_id -> BigInt,
        account_id -> BigInt,
        from_week -> BigInt,
        until_week -> Nullable<BigInt>,
        ring -> Text,
    }
}

diesel::table! {
    expertise_denied (account_id, board_id) {
        account_id -> BigInt,
        board_id -> BigInt,
    }
}

diesel::table! {
    champions (space_id, account_id) {
        space_id -> BigInt,
        account_id -> BigInt,
        until_at -> BigInt,
    }
}

diesel::table! {
    monday_looks (account_id, week) {
        account_id -> BigInt,
        week -> BigInt,
    }
}

diesel::table! {
    scheduled_exports (week) {
        week -> BigInt,
        written_at -> BigInt,
    }
}

diesel::table! {
    rules (part, version) {
        part -> Text,
        version -> BigInt,
        since -> BigInt,
        numbers -> Text,
    }
}

diesel::table! {
    plan_lines (id) {
        id -> BigInt,
        space_id -> BigInt,
        day -> BigInt,
        sort -> Text,
        what -> Text,
        starts -> Text,
        account_id -> Nullable<BigInt>,
        topic_id -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    write_gate,
    settings,
    epochs,
    departments,
    imports,
    accounts,
    staff,
    sessions,
    tickets,
    sign_in_attempts,
    spaces,
    memberships,
    join_requests,
    invitations,
    boards,
    board_templates,
    topics,
    tags,
    topic_tags,
    posts,
    revisions,
    posting_keys,
    thanks,
    readings,
    board_readings,
    visits,
    day_reads,
    inbox,
    letters,
    jobs,
    events,
    reviews,
    flags,
    review_lines,
    sanctions,
    hold_rules,
    watched_phrases,
    spam_model,
    mail_keys,
    arrivals,
    preview_wishes,
    audit,
    import_items,
    import_people,
    old_addresses,
    polls,
    poll_choices,
    poll_voters,
    poll_ballots,
    bookmarks,
    reply_drafts,
    search_gaps,
    files,
    post_files,
    tag_synonyms,
    topic_drafts,
    follows,
    letter_rhythms,
    letter_wishes,
    guidelines,
    guidelines_accepted,
    canned_texts,
    flag_kinds,
    entries,
    feed_keys,
    applications,
    space_days,
    member_weeks,
    dyad_weeks,
    member_firsts,
    topic_states,
    figures,
    sealed_weeks,
    figure_progress,
    histories,
    work_items,
    work_notes,
    work_lots,
    list_choices,
    case_inputs,
    space_plans,
    successions,
    ring_spans,
    expertise_denied,
    champions,
    monday_looks,
    scheduled_exports,
    rules,
    plan_lines,
);
