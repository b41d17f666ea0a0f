//! People. A person is changed under a lock of that row alone.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row};
use vakt_identity::audit::DirectoryEvent;
use vakt_identity::people::{PeopleStore, Person, PersonRole, Session, StoredPassword, TotpSecret};
use vakt_identity::{Change, IdentityError, StoreError};
use vakt_ids::{ObjectId, TenantId};

use super::super::FOR_UPDATE;
use super::{Db, DbRow, Store, conflict, events, failed, id, unsealed};
use crate::rows::{from_ticks, plain, ticks};

#[async_trait]
impl PeopleStore for Store {
    async fn find_person_anywhere(&self, user_name: &str) -> Result<Option<Person>, StoreError> {
        let query = sqlx::query("SELECT * FROM people WHERE user_name = $1").bind(plain(user_name));
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(|row| self.read_person(row)).transpose()
    }

    async fn find_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
    ) -> Result<Option<Person>, StoreError> {
        let query = sqlx::query("SELECT * FROM people WHERE tenant_id = $1 AND object_id = $2")
            .bind(tenant.to_string())
            .bind(person.to_string());
        let row = query.fetch_optional(&self.readers).await.map_err(failed)?;
        row.as_ref().map(|row| self.read_person(row)).transpose()
    }

    async fn people(&self, tenant: TenantId) -> Result<Vec<Person>, StoreError> {
        let sql = "SELECT * FROM people WHERE tenant_id = $1 ORDER BY user_name";
        let query = sqlx::query(sql).bind(tenant.to_string());
        let rows = query.fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(|row| self.read_person(row)).collect()
    }

    async fn insert_person(
        &self,
        person: &Person,
        events: &[DirectoryEvent],
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let mut sql = self.insert(person)?;
        let conflict = conflict("a person with this user name or id");
        sql.build().execute(&mut *transaction).await.map_err(conflict)?;
        events::record(&mut transaction, events).await?;
        transaction.commit().await.map_err(failed)
    }

    async fn change_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        change: Change<'_, Person>,
    ) -> Result<Option<Person>, IdentityError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let mut sql = QueryBuilder::<Db>::new("SELECT * FROM people WHERE tenant_id = ");
        sql.push_bind(tenant.to_string());
        sql.push(" AND object_id = ").push_bind(person.to_string()).push(FOR_UPDATE);
        let row = sql.build().fetch_optional(&mut *transaction).await.map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let mut person = self.read_person(&row)?;
        let events = change(&mut person)?;
        let mut sql = self.update(&person)?;
        let conflict = conflict("a person with this user name");
        sql.build().execute(&mut *transaction).await.map_err(conflict)?;
        events::record(&mut transaction, &events).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(Some(person))
    }

    async fn delete_person(
        &self,
        tenant: TenantId,
        person: ObjectId,
        events: &[DirectoryEvent],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query("DELETE FROM people WHERE tenant_id = $1 AND object_id = $2")
            .bind(tenant.to_string())
            .bind(person.to_string());
        let done = query.execute(&mut *transaction).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        events::record(&mut transaction, events).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(true)
    }

    async fn find_session(&self, hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        self.session(hash).await
    }

    async fn put_session(&self, session: &Session) -> Result<(), StoreError> {
        self.keep_session(session).await
    }

    async fn delete_session(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        self.end_session(hash).await
    }

    async fn delete_sessions_of(
        &self,
        tenant: TenantId,
        person: ObjectId,
        but: Option<&[u8; 32]>,
    ) -> Result<(), StoreError> {
        self.end_sessions_of(tenant, person, but).await
    }

    async fn purge_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.forget_sessions(now).await
    }
}

impl Store {
    fn insert(&self, person: &Person) -> Result<QueryBuilder<Db>, StoreError> {
        let mut sql = QueryBuilder::new(
            "INSERT INTO people (object_id, tenant_id, created_at, user_name, display_name, role,
            is_enabled, password, must_change_password, totp_sealed, totp_last_step, failures,
            last_failure_at, password_set_at) VALUES (",
        );
        sql.push_bind(person.object_id.to_string());
        sql.push(", ").push_bind(person.tenant.to_string());
        sql.push(", ").push_bind(ticks(person.created_at));
        sql.push(", ").push_bind(plain(&person.user_name).into_owned());
        sql.push(", ").push_bind(plain(&person.display_name).into_owned());
        sql.push(", ").push_bind(write_role(person.role));
        sql.push(", ").push_bind(person.is_enabled);
        sql.push(", ").push_bind(person.password.0.clone());
        sql.push(", ").push_bind(person.must_change_password);
        sql.push(", ").push_bind(self.seal_totp(person)?);
        sql.push(", ").push_bind(person.totp_last_step);
        sql.push(", ").push_bind(i64::from(person.failures));
        sql.push(", ").push_bind(person.last_failure_at.map(ticks));
        sql.push(", ").push_bind(ticks(person.password_set_at)).push(")");
        Ok(sql)
    }

    fn update(&self, person: &Person) -> Result<QueryBuilder<Db>, StoreError> {
        let mut sql = QueryBuilder::new("UPDATE people SET user_name = ");
        sql.push_bind(plain(&person.user_name).into_owned());
        sql.push(", display_name = ").push_bind(plain(&person.display_name).into_owned());
        sql.push(", role = ").push_bind(write_role(person.role));
        sql.push(", is_enabled = ").push_bind(person.is_enabled);
        sql.push(", password = ").push_bind(person.password.0.clone());
        sql.push(", must_change_password = ").push_bind(person.must_change_password);
        sql.push(", totp_sealed = ").push_bind(self.seal_totp(person)?);
        sql.push(", totp_last_step = ").push_bind(person.totp_last_step);
        sql.push(", failures = ").push_bind(i64::from(person.failures));
        sql.push(", last_failure_at = ").push_bind(person.last_failure_at.map(ticks));
        sql.push(", password_set_at = ").push_bind(ticks(person.password_set_at));
        sql.push(" WHERE object_id = ").push_bind(person.object_id.to_string());
        Ok(sql)
    }

    fn seal_totp(&self, person: &Person) -> Result<Option<Vec<u8>>, StoreError> {
        let seal = |secret: &TotpSecret| self.key.seal(&sealed_name(person.object_id), &secret.0);
        person.totp.as_ref().map(seal).transpose().map_err(unsealed)
    }

    fn read_person(&self, row: &DbRow) -> Result<Person, StoreError> {
        let object_id = id(row, "object_id")?;
        let sealed: Option<Vec<u8>> = row.try_get("totp_sealed").map_err(failed)?;
        let open = |sealed: Vec<u8>| self.key.open(&sealed_name(object_id), &sealed);
        let last_failure_at: Option<i64> = row.try_get("last_failure_at").map_err(failed)?;
        let failures: i64 = row.try_get("failures").map_err(failed)?;
        let role: String = row.try_get("role").map_err(failed)?;
        Ok(Person {
            tenant: id(row, "tenant_id")?,
            object_id,
            user_name: row.try_get("user_name").map_err(failed)?,
            display_name: row.try_get("display_name").map_err(failed)?,
            role: read_role(&role)?,
            is_enabled: row.try_get("is_enabled").map_err(failed)?,
            password: StoredPassword(row.try_get("password").map_err(failed)?),
            must_change_password: row.try_get("must_change_password").map_err(failed)?,
            totp: sealed.map(open).transpose().map_err(unsealed)?.map(TotpSecret),
            totp_last_step: row.try_get("totp_last_step").map_err(failed)?,
            failures: u32::try_from(failures).unwrap_or(u32::MAX),
            last_failure_at: last_failure_at.map(from_ticks),
            created_at: from_ticks(row.try_get("created_at").map_err(failed)?),
            password_set_at: from_ticks(row.try_get("password_set_at").map_err(failed)?),
        })
    }
}

fn sealed_name(person: ObjectId) -> String {
    format!("vakt second factor {person}")
}

fn write_role(role: PersonRole) -> &'static str {
    match role {
        PersonRole::GlobalAdministrator => "global administrator",
        PersonRole::CloudApplicationAdministrator => "cloud application administrator",
        PersonRole::Reader => "reader",
    }
}

fn read_role(word: &str) -> Result<PersonRole, StoreError> {
    let all = [
        PersonRole::GlobalAdministrator,
        PersonRole::CloudApplicationAdministrator,
        PersonRole::Reader,
    ];
    all.into_iter()
        .find(|role| write_role(*role) == word)
        .ok_or_else(|| StoreError::Corrupt { what: "person", why: format!("role is `{word}`") })
}
