//! The portal at the wire, without a browser: what each person is offered, what forms answer, and
//! that nothing typed into them becomes more than text.

mod applications;
mod credentials;
mod enterprise;
mod frame;
mod home;
mod hostile;
mod hostile_incidents;
mod incident;
mod incidents;
mod inspector;
mod lifecycle;
mod markup;
mod permissions;
mod received;
mod snippets;
mod unkept;
mod views;
