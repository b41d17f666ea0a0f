//! What every store must do, whichever database is under it. A second backend joins by one line
//! at the end of this file.

mod arrivals;
mod backend;
mod deleted;
mod endpoint;
mod identity;
mod incident_changes;
mod incidents;
mod keys;
mod logs;
mod people;
mod samples;
mod servers;
mod sightings;
mod texts;
mod ties;
mod views;

/// The suite for one backend; it is left out, with a line that says so, where there is none.
macro_rules! store_suite {
    ($backend:ident, $new:expr) => {
        mod $backend {
            store_suite!(@room identity, $new, {
                tenants_are_found_by_every_name_they_have
                a_tenant_comes_whole_or_not_at_all
                applications_come_back_as_they_went_in
                a_changed_application_keeps_its_secrets_and_its_principals_follow
                a_change_that_is_refused_changes_nothing
                changes_made_side_by_side_follow_one_another
                a_deleted_application_leaves_nothing_behind
                secrets_come_and_go_one_by_one
                service_principals_come_back_as_they_went_in
                grants_come_all_or_none
                what_is_there_cannot_be_added_again
                every_change_moves_the_generation_on_and_no_question_does
                tenants_are_walls
                pages_of_the_directory_follow_their_cursors
            });
            store_suite!(@room deleted, $new, {
                a_deleted_application_comes_back_whole
                grants_whose_other_end_is_gone_stay_behind
                what_comes_back_takes_nothing_from_those_who_are_there
                a_restored_principal_follows_what_its_application_became
                deleted_objects_are_purged_with_what_went_with_them
                deleted_objects_are_listed_by_kind
                a_grant_made_anew_is_not_made_twice
            });
            store_suite!(@room people, $new, {
                people_come_back_as_they_went_in
                a_person_is_changed_by_one_at_a_time
                sessions_end_one_by_one_and_all_together
                people_do_not_move_the_generation
            });
            store_suite!(@room logs, $new, {
                events_come_back_as_they_went_in
                a_change_and_its_events_are_one
                events_are_found_by_who_made_them_and_whom_they_are_about
                sign_ins_come_back_as_they_went_in
                sign_ins_are_found_by_what_they_say
                long_logs_are_looked_through_to_their_end
                a_big_batch_goes_in_whole
                old_lines_are_purged_oldest_first
                numbers_grow_and_are_never_used_again
            });
            store_suite!(@room texts, $new, {
                names_compare_alike_everywhere
                incidents_are_filtered_alike_everywhere
                no_text_breaks_a_statement
            });
            store_suite!(@room sightings, $new, {
                a_machine_learns_from_each_alert
                alerts_that_come_together_teach_a_machine_in_turn
            });
            store_suite!(@room ties, $new, {
                alerts_are_tied_however_many_came_between
                an_alert_is_tied_by_its_present_activity
            });
            store_suite!(@room incidents, $new, {
                incidents_come_back_as_they_went_in
                only_newer_states_replace_older_ones
                numbers_come_in_any_order
                alerts_are_added_or_replaced_and_never_removed
                an_alert_is_found_by_its_present_state_only
                a_deleted_tenant_has_no_incidents
                an_alert_belongs_to_the_incident_that_named_it_last
                pages_follow_their_cursors_in_every_order
                tenants_number_their_incidents_alike
            });
            store_suite!(@room incident_changes, $new, {
                changes_are_numbered_and_never_go_back
                a_refused_change_leaves_nothing
                resolving_reaches_the_alerts_and_an_alert_its_incident
                alerts_find_their_incident
                evidence_that_comes_later_unites_incidents
                incidents_are_merged_and_alerts_moved_by_hand
                a_reader_of_changes_misses_none
            });
            store_suite!(@room arrivals, $new, {
                what_is_received_is_counted_by_the_minute
                nothing_is_counted_that_was_not_stored
                old_minutes_are_forgotten
            });
            store_suite!(@room views, $new, {
                views_come_back_as_they_went_in
                a_view_of_the_same_name_is_replaced
                views_are_their_persons_alone
            });
            store_suite!(@room endpoint, $new, {
                machines_come_back_as_they_went_in
                a_machine_is_changed_by_one_at_a_time
                endpoint_lists_follow_their_cursors
                endpoint_filters_mean_the_same_everywhere
                one_action_of_a_kind_is_under_way_on_a_machine
                indicators_come_back_as_they_went_in
                a_deleted_tenant_has_no_endpoint_things
            });
            store_suite!(@room keys, $new, {
                signing_keys_are_sealed_on_disk
                a_database_opens_with_the_sealing_key_of_its_first_day_only
                a_retired_key_is_known_but_signs_no_more
                everything_is_there_after_it_was_opened_again
            });
            store_suite!(@room servers, $new, {
                a_deleted_tenant_leaves_nothing_behind
            });
        }
    };
    (@room $room:ident, $new:expr, { $($test:ident)* }) => {
        mod $room {
            $(
                #[tokio::test]
                async fn $test() {
                    let Some(backend) = $new else { return };
                    crate::$room::$test(backend).await;
                }
            )*
        }
    };
}

store_suite!(sqlite, crate::backend::Sqlite::new());
store_suite!(postgres, crate::backend::Postgres::new());

/// What only a database for several servers must do.
mod together {
    store_suite!(@room servers, crate::backend::Postgres::new(), {
        stores_see_one_anothers_changes_at_once
        changes_of_several_stores_follow_one_another
        a_log_is_followed_without_a_gap
        servers_start_one_after_another
        servers_that_start_at_once_agree_on_everything
        the_planner_knows_what_an_import_has_just_stored
    });
}
