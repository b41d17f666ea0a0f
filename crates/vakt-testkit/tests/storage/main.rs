//! What every store must do, whichever database is under it. A second backend joins by one line
//! at the end of this file.

mod backend;
mod identity;
mod incidents;
mod keys;
mod samples;

/// The whole suite, for one backend.
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
            store_suite!(@room incidents, $new, {
                incidents_come_back_as_they_went_in
                only_newer_states_replace_older_ones
                alerts_are_added_or_replaced_and_never_removed
                an_alert_belongs_to_the_incident_that_named_it_last
                pages_follow_their_cursors_in_every_order
                tenants_number_their_incidents_alike
            });
            store_suite!(@room keys, $new, {
                signing_keys_are_sealed_on_disk
                another_sealing_key_opens_nothing
                everything_is_there_after_it_was_opened_again
            });
        }
    };
    (@room $room:ident, $new:expr, { $($test:ident)* }) => {
        mod $room {
            $(
                #[tokio::test]
                async fn $test() {
                    crate::$room::$test($new).await;
                }
            )*
        }
    };
}

store_suite!(sqlite, crate::backend::Sqlite::new());
