//! Lines of the logs in the shapes of the wire.

use vakt_identity::audit::{
    Act, Activity, Actor, ChangedProperty, DirectoryEvent, Recorded, SignIn, Target, TargetKind,
};
use vakt_wire::graph as wire;
use vakt_wire::operator::{DirectoryChange, SpnSignIn};

use crate::entra;

/// A sign-in as Graph shows it.
pub(crate) fn sign_in(line: Recorded<SignIn>) -> wire::SignIn {
    let line = line.event;
    wire::SignIn {
        created_date_time: line.at,
        app_display_name: given(&line.app_name),
        app_id: text(line.app),
        ip_address: text(line.address),
        client_app_used: None,
        user_agent: given(&line.user_agent),
        correlation_id: given(&line.correlation),
        conditional_access_status: "notApplied".into(),
        is_interactive: false,
        sign_in_event_types: vec!["servicePrincipal".into()],
        service_principal_id: text(line.principal),
        service_principal_name: line.principal.and_then(|_| given(&line.app_name)),
        service_principal_credential_key_id: text(line.key_id),
        client_credential_type: line.credential.as_str().into(),
        resource_display_name: given(&line.resource_name),
        resource_id: text(line.resource_app),
        resource_service_principal_id: text(line.resource_principal),
        resource_tenant_id: text(line.tenant),
        unique_token_identifier: given(&line.token_id),
        status: status(&line),
        id: line.request_id,
        user_display_name: None,
        user_id: None,
        user_principal_name: None,
    }
}

fn status(line: &SignIn) -> wire::SignInStatus {
    let reason = entra::meaning(line.error_code).map(str::to_owned);
    let counted = || {
        format!(
            "{} requests like this one; beyond the limits refusals are counted, not recorded one by one",
            line.count
        )
    };
    wire::SignInStatus {
        error_code: line.error_code,
        failure_reason: reason.filter(|_| line.error_code != 0),
        additional_details: (line.count > 1).then(counted),
    }
}

/// A sign-in in the columns of the hunting table.
pub(super) fn spn_sign_in(line: Recorded<SignIn>) -> SpnSignIn {
    let Recorded { number, event: line } = line;
    SpnSignIn {
        timestamp: line.at,
        application: given(&line.app_name),
        application_id: text(line.app),
        is_managed_identity: false,
        error_code: i32::try_from(line.error_code).unwrap_or(i32::MAX),
        correlation_id: given(&line.correlation),
        service_principal_name: line.principal.and_then(|_| given(&line.app_name)),
        service_principal_id: text(line.principal),
        resource_display_name: given(&line.resource_name),
        resource_id: text(line.resource_app),
        resource_tenant_id: text(line.tenant),
        ip_address: text(line.address),
        country: None,
        state: None,
        city: None,
        latitude: None,
        longitude: None,
        request_id: line.request_id,
        report_id: number.to_string(),
        tenant_id: text(line.tenant),
        user_agent: given(&line.user_agent),
        unique_token_identifier: given(&line.token_id),
        client_credential_type: line.credential.as_str().into(),
        credential_key_id: text(line.key_id),
        count: line.count,
    }
}

/// A change with the tenant it was made in.
pub(super) fn directory_change(line: Recorded<DirectoryEvent>) -> DirectoryChange {
    DirectoryChange { tenant_id: text(line.event.tenant), audit: directory_audit(line) }
}

/// A change as Graph shows it.
pub(crate) fn directory_audit(line: Recorded<DirectoryEvent>) -> wire::DirectoryAudit {
    let Recorded { number, event } = line;
    let (category, operation) = kind(event.activity);
    let mut changes = event.changes;
    // What changed is a matter of the main thing; the others are where it happened.
    let targets = event.targets.iter().map(|one| target(one, std::mem::take(&mut changes)));
    wire::DirectoryAudit {
        id: format!("Directory_{number}"),
        category: category.into(),
        correlation_id: given(&event.act.correlation),
        result: if event.succeeded { "success" } else { "failure" }.into(),
        result_reason: event.reason,
        activity_display_name: event.activity.as_str().into(),
        activity_date_time: event.act.at,
        logged_by_service: "Core Directory".into(),
        operation_type: operation.into(),
        target_resources: targets.collect(),
        additional_details: address_of(&event.act).into_iter().collect(),
        initiated_by: initiator(event.act),
    }
}

fn initiator(act: Act) -> wire::AuditInitiator {
    let ours = |name: &str| wire::AuditApp { display_name: Some(name.into()), ..<_>::default() };
    match act.actor {
        Actor::Person { id, user_name } => wire::AuditInitiator {
            user: Some(wire::AuditUser {
                id: Some(id.to_string()),
                display_name: None,
                user_principal_name: Some(user_name),
                ip_address: text(act.address),
            }),
            app: None,
        },
        Actor::Application { app, principal } => wire::AuditInitiator {
            user: None,
            app: Some(wire::AuditApp {
                app_id: Some(app.to_string()),
                service_principal_id: Some(principal.to_string()),
                ..wire::AuditApp::default()
            }),
        },
        Actor::Console => wire::AuditInitiator { user: None, app: Some(ours("Vakt console")) },
        Actor::Server => wire::AuditInitiator { user: None, app: Some(ours("Vakt server")) },
    }
}

/// Graph has a place for a person's address only.
fn address_of(act: &Act) -> Option<wire::KeyValue> {
    let value = text(act.address)?;
    Some(wire::KeyValue { key: "ipAddress".into(), value: Some(value) })
}

fn target(target: &Target, changes: Vec<ChangedProperty>) -> wire::AuditTarget {
    let is_person = target.kind == TargetKind::Person;
    wire::AuditTarget {
        id: given(&target.id),
        display_name: given(&target.name),
        kind: target.kind.as_str().into(),
        user_principal_name: given(&target.name).filter(|_| is_person),
        group_type: None,
        modified_properties: changes.into_iter().map(modified).collect(),
    }
}

fn modified(change: ChangedProperty) -> wire::ModifiedProperty {
    // Graph writes values as JSON within a text.
    let quoted = |value: String| serde_json::Value::String(value).to_string();
    wire::ModifiedProperty {
        display_name: change.name,
        old_value: change.old.map(quoted),
        new_value: change.new.map(quoted),
    }
}

/// Category and kind of operation, as Entra's log has them.
fn kind(activity: Activity) -> (&'static str, &'static str) {
    match activity {
        Activity::AddApplication | Activity::AddServicePrincipal => {
            ("ApplicationManagement", "Add")
        }
        Activity::UpdateApplication
        | Activity::ChangeCredentials
        | Activity::UpdateServicePrincipal
        | Activity::ChangePrincipalCredentials => ("ApplicationManagement", "Update"),
        Activity::DeleteApplication
        | Activity::PurgeApplication
        | Activity::DeleteServicePrincipal
        | Activity::PurgeServicePrincipal => ("ApplicationManagement", "Delete"),
        Activity::RestoreApplication | Activity::RestoreServicePrincipal => {
            ("ApplicationManagement", "Restore")
        }
        Activity::GrantRole | Activity::GrantDelegated | Activity::Consent => {
            ("ApplicationManagement", "Assign")
        }
        Activity::RevokeRole | Activity::RevokeDelegated => ("ApplicationManagement", "Unassign"),
        Activity::AddPerson => ("UserManagement", "Add"),
        Activity::UpdatePerson | Activity::SetPassword | Activity::ChangeSecondFactor => {
            ("UserManagement", "Update")
        }
        Activity::DeletePerson => ("UserManagement", "Delete"),
        Activity::PersonSignIn | Activity::PersonSignOut => ("Authentication", "Other"),
        Activity::AddTenant => ("DirectoryManagement", "Add"),
        Activity::UpdateTenant => ("DirectoryManagement", "Update"),
        Activity::DeleteTenant => ("DirectoryManagement", "Delete"),
        Activity::ExportTenant => ("DirectoryManagement", "Other"),
        Activity::AddSigningKey => ("KeyManagement", "Add"),
        Activity::RetireSigningKey => ("KeyManagement", "Delete"),
    }
}

fn given(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
