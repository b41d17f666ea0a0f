use super::*;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vakt-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn local() -> Profile {
    Profile {
        url: Some("https://localhost:8443".into()),
        tenant: Some("contoso".into()),
        ..Profile::default()
    }
}

#[test]
fn profiles_survive_a_round_trip() {
    let folder = Folder::new("round-trip");
    let dir = folder.0.join("vakt");
    let mut profiles = Profiles::load(&dir).unwrap();
    profiles.save_profile("local", local(), Some(&"hush".into())).unwrap();
    let cloud = Some(ProfileCloud::MicrosoftUsGovernment);
    let government = Profile { cloud, ..Profile::default() };
    profiles.save_profile("gov", government.clone(), None).unwrap();

    let read = Profiles::load(&dir).unwrap();
    assert_eq!(read.default_name(), Some("local"));
    assert_eq!(read.find("gov").unwrap(), &government);
    let saved = read.find("local").unwrap();
    let secret = read.path(saved.client_secret_file.as_deref().unwrap());
    assert_eq!(fs::read_to_string(&secret).unwrap(), "hush");
    let text = fs::read_to_string(dir.join(FILE_NAME)).unwrap();
    assert!(!text.contains("hush") && text.contains("microsoft-us-government"), "{text}");
    assert_private(&secret);

    profiles.remove("local").unwrap();
    assert!(!secret.exists());
    let read = Profiles::load(&dir).unwrap();
    assert_eq!((read.default_name(), read.all().len()), (None, 1));
}

#[cfg(unix)]
fn assert_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(not(unix))]
fn assert_private(_: &Path) {}

#[test]
fn unknown_names_and_members_are_told() {
    let folder = Folder::new("faults");
    let mut profiles = Profiles::load(&folder.0).unwrap();
    let error = profiles.save_profile("../up", local(), None).unwrap_err();
    assert_eq!(error.to_string(), "`../up` cannot name a profile");
    profiles.save_profile("one", local(), None).unwrap();
    let error = profiles.find("two").unwrap_err();
    assert_eq!(error.hint(), Some("there are: one"));
    fs::write(folder.0.join(FILE_NAME), "[profiles.x]\nclient_secret = \"oops\"").unwrap();
    let text = Profiles::load(&folder.0).unwrap_err().to_string();
    assert!(text.contains("unknown field `client_secret`"), "{text}");
    assert!(!text.contains("oops"), "{text}");
}
