//! What people may do. Roles and their limits are Entra's, cut down to what there is to do here.

use vakt_ids::AppId;

use super::person::PersonRole;
use crate::catalogue;

impl PersonRole {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::GlobalAdministrator, Self::CloudApplicationAdministrator, Self::Reader];

    /// The name that people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "Global Administrator",
            Self::CloudApplicationAdministrator => "Cloud Application Administrator",
            Self::Reader => "Global Reader",
        }
    }

    /// Reads a name, in any case, with or without spaces or hyphens.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = |text: &str| {
            let letters = text.chars().filter(|c| c.is_ascii_alphabetic());
            letters.map(|c| c.to_ascii_lowercase()).collect::<String>()
        };
        let wanted = plain(name);
        let also_reader =
            (wanted == "reader" || wanted == "directoryreader").then_some(Self::Reader);
        Self::ALL.iter().copied().find(|role| plain(role.name()) == wanted).or(also_reader)
    }

    /// May this role give applications a presence in its tenant?
    pub const fn may_add_applications(self) -> bool {
        match self {
            Self::GlobalAdministrator | Self::CloudApplicationAdministrator => true,
            Self::Reader => false,
        }
    }

    /// May this role look at incidents? They tell of people and machines, which is no business of
    /// those who look after applications.
    pub const fn may_see_incidents(self) -> bool {
        match self {
            Self::GlobalAdministrator | Self::Reader => true,
            Self::CloudApplicationAdministrator => false,
        }
    }

    /// May this role change incidents and alerts?
    pub const fn may_work_on_incidents(self) -> bool {
        match self {
            Self::GlobalAdministrator => true,
            Self::CloudApplicationAdministrator | Self::Reader => false,
        }
    }

    /// May this role grant app roles of that resource? Those of Microsoft Graph and of Vakt itself
    /// can make their holder an administrator, and so are for Global Administrators only.
    pub fn may_grant_roles_of(self, resource: AppId) -> bool {
        match self {
            Self::GlobalAdministrator => true,
            Self::CloudApplicationAdministrator => {
                ![catalogue::GRAPH, catalogue::VAKT].contains(&resource)
            }
            Self::Reader => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_grants_what_entra_lets_it_grant() {
        for (role, on_graph, on_others, applications) in [
            (PersonRole::GlobalAdministrator, true, true, true),
            (PersonRole::CloudApplicationAdministrator, false, true, true),
            (PersonRole::Reader, false, false, false),
        ] {
            assert_eq!(role.may_grant_roles_of(catalogue::GRAPH), on_graph, "{role:?}");
            assert_eq!(role.may_grant_roles_of(catalogue::VAKT), on_graph, "{role:?}");
            assert_eq!(
                role.may_grant_roles_of(catalogue::THREAT_PROTECTION),
                on_others,
                "{role:?}"
            );
            assert_eq!(role.may_add_applications(), applications, "{role:?}");
        }
    }

    #[test]
    fn each_role_does_with_incidents_what_entra_lets_it_do() {
        for (role, sees, works) in [
            (PersonRole::GlobalAdministrator, true, true),
            (PersonRole::CloudApplicationAdministrator, false, false),
            (PersonRole::Reader, true, false),
        ] {
            assert_eq!(role.may_see_incidents(), sees, "{role:?}");
            assert_eq!(role.may_work_on_incidents(), works, "{role:?}");
        }
    }

    #[test]
    fn roles_are_read_as_people_write_them() {
        for (name, role) in [
            ("Global Administrator", Some(PersonRole::GlobalAdministrator)),
            ("global-administrator", Some(PersonRole::GlobalAdministrator)),
            ("CloudApplicationAdministrator", Some(PersonRole::CloudApplicationAdministrator)),
            ("reader", Some(PersonRole::Reader)),
            ("Global Reader", Some(PersonRole::Reader)),
            ("Directory Reader", Some(PersonRole::Reader)),
            ("administrator", None),
            ("", None),
        ] {
            assert_eq!(PersonRole::from_name(name), role, "for {name}");
        }
    }
}
