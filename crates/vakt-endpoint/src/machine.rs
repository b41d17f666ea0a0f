//! Machines, and how they become known: by sightings, each of which knows a part.

use std::collections::HashSet;

use jiff::Timestamp;
use vakt_ids::MachineId;

use crate::words::{DeviceValue, Exposure, Health, Onboarding, Risk};

/// Most tags of one machine; a name more would be a mistake of a loop.
pub const MACHINE_TAGS_MAX: usize = 200;
/// Longest tag, in characters.
pub const TAG_MAX_CHARS: usize = 200;
/// Longest text of a machine, in characters: DNS names have 253.
pub const MACHINE_TEXT_MAX_CHARS: usize = 256;
/// Most network interfaces of one machine.
const INTERFACES_MAX: usize = 100;

/// A machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// Id.
    pub id: MachineId,
    /// Full name.
    pub dns_name: Option<String>,
    /// First seen.
    pub first_seen_at: Timestamp,
    /// Last seen.
    pub last_seen_at: Timestamp,
    /// Operating system.
    pub os_platform: Option<String>,
    /// Its release.
    pub os_release: Option<String>,
    /// Its build.
    pub os_build: Option<i64>,
    /// Processor.
    pub processor: Option<String>,
    /// `32-bit` or `64-bit`.
    pub architecture: Option<String>,
    /// Last address on the local network.
    pub last_address: Option<String>,
    /// Last address that the internet saw.
    pub last_external_address: Option<String>,
    /// Network interfaces.
    pub interfaces: Vec<Interface>,
    /// State of the sensor.
    pub health: Health,
    /// Does it belong to the service?
    pub onboarding: Option<Onboarding>,
    /// Device group.
    pub group_name: Option<String>,
    /// Device group's number.
    pub group_id: Option<i64>,
    /// Risk.
    pub risk: Option<Risk>,
    /// Exposure.
    pub exposure: Option<Exposure>,
    /// Value.
    pub value: DeviceValue,
    /// The directory's id.
    pub directory_id: Option<String>,
    /// Tags, in the order in which they came.
    pub tags: Vec<String>,
}

/// A network interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Interface {
    /// Address.
    pub address: Option<String>,
    /// Hardware address.
    pub hardware_address: Option<String>,
    /// `Ethernet`, `Wireless80211` …
    pub kind: Option<String>,
    /// `Up`, `Down`.
    pub state: Option<String>,
}

/// By what a machine is found: its id, or else its full name without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineName {
    /// The text, if it can be an id.
    pub id: Option<MachineId>,
    /// The text as it came.
    pub text: String,
}

impl MachineName {
    /// Reads a text of a caller's.
    pub fn read(text: &str) -> Self {
        Self { id: text.parse().ok(), text: text.to_owned() }
    }
}

/// What somebody knows of a machine; what is not known says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sighting {
    /// Id.
    pub id: MachineId,
    /// When it was first seen.
    pub first_seen_at: Option<Timestamp>,
    /// When it was seen.
    pub seen_at: Timestamp,
    /// See [`Machine`].
    pub dns_name: Option<String>,
    /// See [`Machine`].
    pub os_platform: Option<String>,
    /// See [`Machine`].
    pub os_release: Option<String>,
    /// See [`Machine`].
    pub os_build: Option<i64>,
    /// See [`Machine`].
    pub processor: Option<String>,
    /// See [`Machine`].
    pub architecture: Option<String>,
    /// See [`Machine`].
    pub last_address: Option<String>,
    /// See [`Machine`].
    pub last_external_address: Option<String>,
    /// See [`Machine`].
    pub interfaces: Vec<Interface>,
    /// See [`Machine`].
    pub health: Option<Health>,
    /// See [`Machine`].
    pub onboarding: Option<Onboarding>,
    /// See [`Machine`].
    pub group_name: Option<String>,
    /// See [`Machine`].
    pub group_id: Option<i64>,
    /// See [`Machine`].
    pub risk: Option<Risk>,
    /// See [`Machine`].
    pub exposure: Option<Exposure>,
    /// See [`Machine`].
    pub value: Option<DeviceValue>,
    /// See [`Machine`].
    pub directory_id: Option<String>,
    /// Tags that are added.
    pub tags: Vec<String>,
}

/// What became of a sighting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The machine was new.
    Created,
    /// Something of it was new.
    Updated,
    /// All of it was known.
    Unchanged,
}

/// Why a machine cannot be changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MachineFault {
    /// A tag.
    #[error("a tag has 1 to {TAG_MAX_CHARS} characters and no control characters")]
    Tag,
    /// Too many.
    #[error("a machine has at most {MACHINE_TAGS_MAX} tags; remove one first")]
    TooManyTags,
    /// Too many.
    #[error("a machine has at most {INTERFACES_MAX} network interfaces")]
    TooManyInterfaces,
    /// A text.
    #[error("`{0}` has at most {MACHINE_TEXT_MAX_CHARS} characters")]
    TooLong(&'static str),
}

impl Sighting {
    /// A sighting that knows nothing but the id.
    pub fn new(id: MachineId, seen_at: Timestamp) -> Self {
        Self {
            id,
            first_seen_at: None,
            seen_at,
            dns_name: None,
            os_platform: None,
            os_release: None,
            os_build: None,
            processor: None,
            architecture: None,
            last_address: None,
            last_external_address: None,
            interfaces: Vec::new(),
            health: None,
            onboarding: None,
            group_name: None,
            group_id: None,
            risk: None,
            exposure: None,
            value: None,
            directory_id: None,
            tags: Vec::new(),
        }
    }

    /// Is everything of lawful size?
    pub fn check(&self) -> Result<(), MachineFault> {
        let texts = [
            ("computerDnsName", &self.dns_name),
            ("osPlatform", &self.os_platform),
            ("version", &self.os_release),
            ("osProcessor", &self.processor),
            ("osArchitecture", &self.architecture),
            ("lastIpAddress", &self.last_address),
            ("lastExternalIpAddress", &self.last_external_address),
            ("rbacGroupName", &self.group_name),
            ("aadDeviceId", &self.directory_id),
        ];
        for (name, text) in texts {
            if text.as_ref().is_some_and(|text| text.chars().count() > MACHINE_TEXT_MAX_CHARS) {
                return Err(MachineFault::TooLong(name));
            }
        }
        if self.interfaces.len() > INTERFACES_MAX {
            return Err(MachineFault::TooManyInterfaces);
        }
        check_tags(&self.tags)
    }

    /// The machine that a first sighting makes.
    pub fn into_machine(self) -> Machine {
        let (id, seen_at) = (self.id.clone(), self.seen_at);
        let mut machine = Machine {
            id,
            dns_name: None,
            first_seen_at: self.first_seen_at.unwrap_or(seen_at).min(seen_at),
            last_seen_at: seen_at,
            os_platform: None,
            os_release: None,
            os_build: None,
            processor: None,
            architecture: None,
            last_address: None,
            last_external_address: None,
            interfaces: Vec::new(),
            health: Health::Unknown,
            onboarding: None,
            group_name: None,
            group_id: None,
            risk: None,
            exposure: None,
            value: DeviceValue::Normal,
            directory_id: None,
            tags: Vec::new(),
        };
        machine.learn(self);
        machine
    }
}

impl Machine {
    /// Takes in what a sighting knows. What is newer replaces what is known, what is older fills
    /// gaps only, and nothing that is known is forgotten.
    pub fn learn(&mut self, sighting: Sighting) {
        let is_newer = sighting.seen_at >= self.last_seen_at;
        self.last_seen_at = self.last_seen_at.max(sighting.seen_at);
        let first = sighting.first_seen_at.unwrap_or(sighting.seen_at).min(sighting.seen_at);
        self.first_seen_at = self.first_seen_at.min(first);
        take(&mut self.dns_name, sighting.dns_name, is_newer);
        take(&mut self.os_platform, sighting.os_platform, is_newer);
        take(&mut self.os_release, sighting.os_release, is_newer);
        take(&mut self.os_build, sighting.os_build, is_newer);
        take(&mut self.processor, sighting.processor, is_newer);
        take(&mut self.architecture, sighting.architecture, is_newer);
        take(&mut self.last_address, sighting.last_address, is_newer);
        take(&mut self.last_external_address, sighting.last_external_address, is_newer);
        take(&mut self.onboarding, sighting.onboarding, is_newer);
        take(&mut self.group_name, sighting.group_name, is_newer);
        take(&mut self.group_id, sighting.group_id, is_newer);
        take(&mut self.risk, sighting.risk, is_newer);
        take(&mut self.exposure, sighting.exposure, is_newer);
        take(&mut self.directory_id, sighting.directory_id, is_newer);
        if !sighting.interfaces.is_empty() && (is_newer || self.interfaces.is_empty()) {
            self.interfaces = sighting.interfaces;
        }
        if let Some(health) = sighting.health
            && (is_newer || self.health == Health::Unknown)
        {
            self.health = health;
        }
        if let (Some(value), true) = (sighting.value, is_newer) {
            self.value = value;
        }
        self.add_missing_tags(sighting.tags);
    }

    /// Adds what there is room for. Most sightings bring the tags that are there already, spelled
    /// as they are.
    fn add_missing_tags(&mut self, tags: Vec<String>) {
        if tags.iter().all(|tag| self.tags.contains(tag)) {
            return;
        }
        let known = self.tags.iter().map(|tag| tag.to_lowercase());
        let mut known: HashSet<String> = known.collect();
        for tag in tags {
            if self.tags.len() < MACHINE_TAGS_MAX && known.insert(tag.to_lowercase()) {
                self.tags.push(tag);
            }
        }
    }

    /// Has it this tag, in any case?
    pub fn has_tag(&self, tag: &str) -> bool {
        let folded = tag.to_lowercase();
        self.tags.iter().any(|known| known.to_lowercase() == folded)
    }

    /// Adds a tag; one that is there already stays as it is.
    pub fn add_tag(&mut self, tag: &str) -> Result<(), MachineFault> {
        check_tag(tag)?;
        if self.has_tag(tag) {
            return Ok(());
        }
        if self.tags.len() >= MACHINE_TAGS_MAX {
            return Err(MachineFault::TooManyTags);
        }
        self.tags.push(tag.to_owned());
        Ok(())
    }

    /// Removes a tag, in whatever case it is there.
    pub fn remove_tag(&mut self, tag: &str) {
        let folded = tag.to_lowercase();
        self.tags.retain(|known| known.to_lowercase() != folded);
    }

    /// Makes these the tags; one that comes twice counts once.
    pub fn set_tags(&mut self, tags: &[String]) -> Result<(), MachineFault> {
        check_tags(tags)?;
        self.tags.clear();
        tags.iter().try_for_each(|tag| self.add_tag(tag))
    }
}

fn take<T>(known: &mut Option<T>, said: Option<T>, is_newer: bool) {
    if said.is_some() && (is_newer || known.is_none()) {
        *known = said;
    }
}

fn check_tags(tags: &[String]) -> Result<(), MachineFault> {
    if tags.len() > MACHINE_TAGS_MAX {
        return Err(MachineFault::TooManyTags);
    }
    tags.iter().try_for_each(|tag| check_tag(tag))
}

fn check_tag(tag: &str) -> Result<(), MachineFault> {
    let length = tag.chars().count();
    let good = (1..=TAG_MAX_CHARS).contains(&length) && !tag.chars().any(char::is_control);
    if good { Ok(()) } else { Err(MachineFault::Tag) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u8) -> Timestamp {
        format!("2026-02-{day:02}T00:00:00Z").parse().unwrap()
    }

    fn seen(day: u8) -> Sighting {
        Sighting::new("a1".parse().unwrap(), at(day))
    }

    #[test]
    fn newer_sightings_replace_and_older_ones_fill_gaps() {
        let mut machine = Sighting { os_build: Some(1), ..seen(10) }.into_machine();
        for (sighting, build, name, first, last) in [
            (Sighting { os_build: Some(2), dns_name: Some("a".into()), ..seen(5) }, 1, "a", 5, 10),
            (Sighting { os_build: Some(3), dns_name: Some("b".into()), ..seen(12) }, 3, "b", 5, 12),
            (seen(14), 3, "b", 5, 14),
            (Sighting { first_seen_at: Some(at(1)), ..seen(13) }, 3, "b", 1, 14),
        ] {
            machine.learn(sighting);
            assert_eq!(machine.os_build, Some(build));
            assert_eq!(machine.dns_name.as_deref(), Some(name));
            assert_eq!((machine.first_seen_at, machine.last_seen_at), (at(first), at(last)));
        }
    }

    #[test]
    fn tags_are_one_whatever_their_case() {
        let mut machine = Sighting { tags: vec!["Lab".into()], ..seen(1) }.into_machine();
        machine.add_tag("lab").unwrap();
        machine.add_tag("new").unwrap();
        assert_eq!(machine.tags, ["Lab", "new"]);
        machine.remove_tag("LAB");
        assert_eq!(machine.tags, ["new"]);
        assert_eq!(machine.add_tag(""), Err(MachineFault::Tag));
        assert_eq!(machine.add_tag(&"x".repeat(201)), Err(MachineFault::Tag));
    }
}
