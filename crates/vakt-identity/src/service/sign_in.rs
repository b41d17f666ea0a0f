//! People sign in, step by step, and stay signed in. Cookies are random bytes that the caller
//! brings; only their hashes are stored. Each step that succeeds begins a session under a new one.

use jiff::Timestamp;

use super::Identity;
use super::people::{PasswordOwner, about};
use crate::audit::{Act, Activity, Actor, DirectoryEvent};
use crate::error::IdentityError;
use crate::people::{
    Candidate, Compared, NextStep, Person, Session, SessionKind, SignInRefusal, StoredPassword,
    TotpSecret,
};

/// A cookie's value.
pub type Cookie = [u8; 32];

/// What came of a step.
pub type Stepped = Result<NextStep, SignInRefusal>;

impl Identity {
    /// Who a user name belongs to, for [`Candidate::compare`].
    pub async fn candidate(&self, user_name: &str) -> Result<Candidate, IdentityError> {
        let folded = user_name.trim().to_ascii_lowercase();
        Ok(Candidate { person: self.store.find_person_anywhere(&folded).await? })
    }

    /// Goes on after the password. The session that begins is of the kind that the next step needs.
    pub async fn sign_in_with_password(
        &self,
        compared: Compared,
        cookie: &Cookie,
        act: &Act,
    ) -> Result<Stepped, IdentityError> {
        let Compared { person: Some(person), is_right } = compared else {
            return Ok(Err(SignInRefusal::Wrong));
        };
        let act = by(act, &person);
        let compared_with = person.password.clone();
        self.step(&person, cookie, &act, |person| {
            // Set anew in the meantime, so what was compared no longer counts.
            let is_right = is_right && person.password == compared_with;
            person.after_password(is_right, act.at)
        })
        .await
    }

    /// Goes on after the code.
    pub async fn sign_in_with_code(
        &self,
        step: &Cookie,
        code: &str,
        cookie: &Cookie,
        act: &Act,
    ) -> Result<Stepped, IdentityError> {
        let found = self.session(SessionKind::AwaitsCode, step, act.at).await?;
        let Some((session, person)) = found else { return Ok(Err(SignInRefusal::StepExpired)) };
        let act = by(act, &person);
        let stepped =
            self.step(&person, cookie, &act, |person| person.after_code(code, act.at)).await?;
        if stepped.is_ok() {
            self.store.delete_session(&session.hash).await?;
        }
        Ok(stepped)
    }

    /// Goes on after a password of one's own was chosen: the person is signed in.
    pub async fn sign_in_with_new_password(
        &self,
        step: &Cookie,
        password: StoredPassword,
        cookie: &Cookie,
        act: &Act,
    ) -> Result<Stepped, IdentityError> {
        let found = self.session(SessionKind::AwaitsPassword, step, act.at).await?;
        let Some((_, person)) = found else { return Ok(Err(SignInRefusal::StepExpired)) };
        let act = by(act, &person);
        let own = (password, PasswordOwner::Person);
        let person = self.set_password(person.tenant, person.object_id, own, &act).await?;
        self.store.append_events(&[about(&person, &act, Activity::PersonSignIn)]).await?;
        self.begin(SessionKind::SignedIn, cookie, &person, act.at).await?;
        Ok(Ok(NextStep::Done))
    }

    /// A person changes the password; this session goes on under a new cookie, the others end.
    pub async fn change_own_password(
        &self,
        person: &Person,
        password: StoredPassword,
        cookie: &Cookie,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let own = (password, PasswordOwner::Person);
        let person = self.set_password(person.tenant, person.object_id, own, act).await?;
        self.begin(SessionKind::SignedIn, cookie, &person, act.at).await
    }

    /// A person adds an authenticator, or changes it; the other sessions end, since they began
    /// without it. False when the code is not the secret's.
    pub async fn enrol_own_totp(
        &self,
        (session, person): (&Session, &Person),
        secret: TotpSecret,
        code: &str,
        act: &Act,
    ) -> Result<bool, IdentityError> {
        let Some(step) = secret.accepts(code, act.at, None) else { return Ok(false) };
        self.enrol_totp(person.tenant, person.object_id, secret, Some(step), act).await?;
        let kept = Some(&session.hash);
        self.store.delete_sessions_of(person.tenant, person.object_id, kept).await?;
        Ok(true)
    }

    /// The live session of a cookie, and whose it is.
    pub async fn session(
        &self,
        kind: SessionKind,
        cookie: &Cookie,
        now: Timestamp,
    ) -> Result<Option<(Session, Person)>, IdentityError> {
        let found = self.store.find_session(&Session::hash_of(kind, cookie)).await?;
        let Some(mut session) = found else { return Ok(None) };
        let person = self.store.find_person(session.tenant, session.person).await?;
        let Some(person) = person.filter(|person| session.is_live(person, now)) else {
            return Ok(None);
        };
        if session.should_note_use(now) {
            session.seen_at = now;
            self.store.put_session(&session).await?;
        }
        Ok(Some((session, person)))
    }

    /// Ends the session of a cookie; recorded if there was one.
    pub async fn sign_out(&self, cookie: &Cookie, act: &Act) -> Result<bool, IdentityError> {
        let found = self.session(SessionKind::SignedIn, cookie, act.at).await?;
        self.store.delete_session(&Session::hash_of(SessionKind::SignedIn, cookie)).await?;
        let Some((_, person)) = found else { return Ok(false) };
        let event = about(&person, &by(act, &person), Activity::PersonSignOut);
        self.store.append_events(&[event]).await?;
        Ok(true)
    }

    /// Ends the session of a cookie that another one takes the place of.
    pub async fn forget_session(&self, cookie: &Cookie) -> Result<(), IdentityError> {
        self.store.delete_session(&Session::hash_of(SessionKind::SignedIn, cookie)).await?;
        Ok(())
    }

    /// Applies one step to the present state of the person, records what is worth it, and begins
    /// the session that follows.
    async fn step(
        &self,
        person: &Person,
        cookie: &Cookie,
        act: &Act,
        step: impl FnOnce(&mut Person) -> Stepped + Send,
    ) -> Result<Stepped, IdentityError> {
        let mut stepped = Err(SignInRefusal::Wrong);
        let change = |person: &mut Person| {
            stepped = step(person);
            Ok(record(person, stepped, act))
        };
        let person = self.update_person(person.tenant, person.object_id, change).await?;
        let kind = match stepped {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(NextStep::Code) => SessionKind::AwaitsCode,
            Ok(NextStep::NewPassword) => SessionKind::AwaitsPassword,
            Ok(NextStep::Done) => SessionKind::SignedIn,
        };
        self.begin(kind, cookie, &person, act.at).await?;
        Ok(stepped)
    }

    async fn begin(
        &self,
        kind: SessionKind,
        cookie: &Cookie,
        person: &Person,
        now: Timestamp,
    ) -> Result<(), IdentityError> {
        self.store.purge_sessions(now).await?;
        self.store.put_session(&Session::begin(kind, cookie, person, now)).await?;
        Ok(())
    }
}

/// Steps half-way are not recorded; nor are attempts on an account that rests, of which a flood
/// would fill the log and none compares anything.
fn record(person: &Person, stepped: Stepped, act: &Act) -> Vec<DirectoryEvent> {
    let mut event = about(person, act, Activity::PersonSignIn);
    match stepped {
        Ok(NextStep::Done) => {}
        Ok(NextStep::Code | NextStep::NewPassword) => return Vec::new(),
        Err(SignInRefusal::Resting | SignInRefusal::StepExpired) => return Vec::new(),
        Err(refusal) => {
            event.succeeded = false;
            let rests = person.rests_until(act.at);
            let rests = rests.map_or(String::new(), |until| format!("; rests until {until}"));
            event.reason = Some(format!("AADSTS{}: {}{rests}", refusal.code(), refusal.reason()));
        }
    }
    vec![event]
}

/// The same act, by that person.
fn by(act: &Act, person: &Person) -> Act {
    let actor = Actor::Person { id: person.object_id, user_name: person.user_name.clone() };
    Act { actor, ..act.clone() }
}
