//! What several places of a bound query share, dropped without recursion: a chain of thousands of
//! `let`s must not take a stack of its length.

use std::any::Any;
use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

/// What can be shared.
pub trait Hollow: Sized + 'static {
    /// A value with nothing behind it.
    fn hollow() -> Self;
}

/// A shared value.
#[derive(Debug)]
pub struct Link<T: Hollow>(Arc<T>);

impl<T: Hollow> Link<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T: Hollow> Clone for Link<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Hollow> Deref for Link<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

thread_local! {
    /// What waits to be dropped, while something is: the outermost drop takes one after the other.
    static WAITING: RefCell<Option<Vec<Box<dyn Any>>>> = const { RefCell::new(None) };
}

impl<T: Hollow> Drop for Link<T> {
    fn drop(&mut self) {
        if Arc::strong_count(&self.0) > 1 {
            return;
        }
        let last: Box<dyn Any> = Box::new(std::mem::replace(&mut self.0, Arc::new(T::hollow())));
        let outermost = WAITING.try_with(|waiting| {
            let mut waiting = waiting.borrow_mut();
            let outermost = waiting.is_none();
            waiting.get_or_insert_with(Vec::new).push(last);
            outermost
        });
        let next = || WAITING.with_borrow_mut(|waiting| waiting.as_mut().and_then(Vec::pop));
        if outermost.unwrap_or_default() {
            while let Some(one) = next() {
                drop(one);
            }
            WAITING.with_borrow_mut(|waiting| *waiting = None);
        }
    }
}
