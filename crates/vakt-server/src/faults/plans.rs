//! Faults that wait for calls of an application: in memory, few, and forgotten after a day.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use vakt_ids::{AppId, ObjectId, TenantId};

use super::effect::Effect;

/// Most faults that wait in one tenant.
pub(crate) const FAULTS_OF_TENANT_MAX: usize = 100;
/// Most faults that wait on the server.
pub(crate) const FAULTS_MAX: usize = 1_000;
/// How long a fault waits for its calls.
pub(crate) const FAULT_WAITS_MAX_HOURS: i64 = 24;

/// Which requests of an application a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// Its calls.
    Api,
    /// Its requests for tokens.
    Token,
}

/// A fault that waits.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub id: ObjectId,
    pub app: AppId,
    pub target: Target,
    pub effect: Effect,
    /// Only calls whose path starts so.
    pub route_prefix: Option<String>,
    /// How many calls it still waits for.
    pub remaining_calls: u32,
    pub made_at: Timestamp,
}

/// There is no place for another fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoPlace;

type ByTenant = HashMap<TenantId, Vec<Plan>>;

/// All faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Plans {
    /// How many there are: calls look here before they wait for the others.
    count: AtomicUsize,
    by_tenant: Mutex<ByTenant>,
}

impl Plans {
    /// Adds one, behind those that are there.
    pub(crate) fn add(&self, tenant: TenantId, plan: Plan) -> Result<(), NoPlace> {
        let now = plan.made_at;
        self.change(now, |plans| {
            let all: usize = plans.values().map(Vec::len).sum();
            let of_tenant = plans.entry(tenant).or_default();
            if of_tenant.len() >= FAULTS_OF_TENANT_MAX || all >= FAULTS_MAX {
                return Err(NoPlace);
            }
            of_tenant.push(plan);
            Ok(())
        })
    }

    /// Those of a tenant, the oldest first.
    pub(crate) fn of_tenant(&self, tenant: TenantId, now: Timestamp) -> Vec<Plan> {
        self.change(now, |plans| plans.get(&tenant).cloned().unwrap_or_default())
    }

    /// Removes one; false when it is not there.
    pub(crate) fn remove(&self, tenant: TenantId, id: ObjectId, now: Timestamp) -> bool {
        self.change(now, |plans| {
            let of_tenant = plans.entry(tenant).or_default();
            let before = of_tenant.len();
            of_tenant.retain(|plan| plan.id != id);
            of_tenant.len() < before
        })
    }

    /// Removes all of a tenant.
    pub(crate) fn clear(&self, tenant: TenantId, now: Timestamp) {
        self.change(now, |plans| plans.remove(&tenant));
    }

    /// The effect on this request: that of the oldest fault that fits it, which has one call less
    /// to wait for afterwards.
    pub(crate) fn take(
        &self,
        (tenant, app): (TenantId, AppId),
        target: Target,
        path: &str,
        now: Timestamp,
    ) -> Option<Effect> {
        if self.is_empty() {
            return None;
        }
        self.change(now, |plans| {
            let fits = |plan: &&mut Plan| {
                let starts = |prefix: &String| path.starts_with(prefix.as_str());
                plan.app == app
                    && plan.target == target
                    && plan.route_prefix.as_ref().is_none_or(starts)
            };
            let plan = plans.get_mut(&tenant)?.iter_mut().find(fits)?;
            plan.remaining_calls = plan.remaining_calls.saturating_sub(1);
            Some(plan.effect)
        })
    }

    /// Is nothing waiting?
    pub(crate) fn is_empty(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// Changes them, and forgets those that are over.
    fn change<T>(&self, now: Timestamp, change: impl FnOnce(&mut ByTenant) -> T) -> T {
        let mut plans = self.by_tenant.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut plans, now);
        let changed = change(&mut plans);
        forget(&mut plans, now);
        self.count.store(plans.values().map(Vec::len).sum(), Ordering::Release);
        changed
    }
}

fn forget(plans: &mut ByTenant, now: Timestamp) {
    let waits = SignedDuration::from_hours(FAULT_WAITS_MAX_HOURS);
    plans.retain(|_, of_tenant| {
        let is_young = |plan: &Plan| now.duration_since(plan.made_at) < waits;
        of_tenant.retain(|plan| plan.remaining_calls > 0 && is_young(plan));
        !of_tenant.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: TenantId = TenantId::from_u128(1);
    const APP: AppId = AppId::from_u128(2);
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn plan(id: u128, status: u16, calls: u32) -> Plan {
        Plan {
            id: ObjectId::from_u128(id),
            app: APP,
            target: Target::Api,
            effect: Effect::new(Some(status), None, None).unwrap(),
            route_prefix: None,
            remaining_calls: calls,
            made_at: NOW,
        }
    }

    fn status(plans: &Plans, path: &str) -> Option<u16> {
        plans.take((TENANT, APP), Target::Api, path, NOW)?.status()
    }

    #[test]
    fn the_oldest_that_fits_happens_as_often_as_it_was_asked_for() {
        let plans = Plans::default();
        let of_alerts = Plan { route_prefix: Some("/api/alerts".into()), ..plan(1, 404, 1) };
        let of_token = Plan { target: Target::Token, ..plan(2, 503, 1) };
        for one in [of_alerts, of_token, plan(3, 429, 2), plan(4, 500, 1)] {
            plans.add(TENANT, one).unwrap();
        }
        let told: Vec<_> = (0..4).map(|_| status(&plans, "/api/incidents")).collect();
        assert_eq!(told, [Some(429), Some(429), Some(500), None]);
        assert_eq!(status(&plans, "/api/alerts/x"), Some(404));
        assert_eq!(plans.of_tenant(TENANT, NOW).len(), 1, "the one for a token");
        let other = (TENANT, AppId::from_u128(3));
        assert_eq!(plans.take(other, Target::Token, "", NOW), None);
        plans.clear(TENANT, NOW);
        assert!(plans.is_empty());
    }

    #[test]
    fn they_are_few_and_forgotten_after_a_day() {
        let plans = Plans::default();
        for id in 0..FAULTS_OF_TENANT_MAX {
            plans.add(TENANT, plan(id as u128, 500, 1)).unwrap();
        }
        assert_eq!(plans.add(TENANT, plan(1_000, 500, 1)), Err(NoPlace));
        assert!(plans.add(TenantId::from_u128(9), plan(1_001, 500, 1)).is_ok());
        let tomorrow = NOW.checked_add(SignedDuration::from_hours(FAULT_WAITS_MAX_HOURS)).unwrap();
        assert!(plans.of_tenant(TENANT, tomorrow).is_empty());
        assert!(plans.is_empty());
    }
}
