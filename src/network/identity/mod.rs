//! Who may do what: principals, role assignments, and the powers that they give.
//!
//! In: an [`Inventory`](crate::resource::Inventory). Out: plain values that say which code runs as
//! which identity, as which senders it calls out, and what each identity may do to which resource,
//! each with what proves it and what is in doubt. The graph makes ways of them.
//!
//! Invisible to any template, and so never assumed away: eligible assignments of Privileged Identity
//! Management, deny assignments, and membership in groups.

mod action;
mod assignment;
mod built_in_role;
mod capability;
mod carrier;
mod credential;
mod direct;
mod entrance;
mod federation;
mod outbound;
mod power;
mod principal;
mod role;
mod scope;
mod sender;
mod sender_address;
mod standing;
mod trust;
mod vault;

pub use assignment::{Assignment, read_assignments};
pub use carrier::{Carried, Carrier, Code, code_of, read_carriers};
pub use credential::{Opens, StoredCredential, read_credentials};
pub use direct::{DirectRight, read_direct_rights};
pub use entrance::{Entrance, read_entrances};
pub use federation::{Federation, Issuer, read_federations};
pub use power::{Grant, Power, Through, may_make_machine, powers};
pub use principal::{NamedPrincipal, Principal, Principals, USER_ASSIGNED};
pub use role::{Permissions, Plane, Role};
pub use scope::{Covered, Scope, Scopes};
pub use sender::{own_network, senders, subnet_place};
pub use trust::{service_endpoints, trusted_callers};
pub use vault::{VAULT, VaultAccess, vault_access};
