//! What the inputs leave open about who holds what.

use super::right::{Ways, Why};
use super::{holders, identities, outside};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AccessList;
use crate::graph::{Edge, EdgeKind, Node};
use crate::input::Mode;
use crate::network::identity::{
    Assignment, Carrier, DirectRight, Grant, Power, Principal, Principals, Through,
};
use crate::resource::{Inventory, kind::Asset};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The place through which unplaced holders and identities of ours meet.
const UNPLACED: &str = "a principal that the inputs do not place";
/// The place of rights that an export leaves out.
const UNLISTED: &str = "role assignments that are not in the inputs";

/// Lets each identity whose object identifier is not known be each holder who is not placed.
///
/// One place stands between all of them, so that the ways are as many as identities and holders
/// together, not as many as pairs.
pub(super) fn add_unplaced(
    ways: &mut Ways<'_, '_>,
    principals: &Principals<'_>,
    carriers: &[Carrier],
    assignments: &[Assignment],
    direct: &[DirectRight],
) {
    let mut unplaced: BTreeMap<&Principal, &Doubt> = BTreeMap::new();
    for holder in holders(assignments, direct) {
        if let Some(doubt) = &holder.may_be_ours {
            unplaced.entry(&holder.principal).or_insert(doubt);
        }
    }
    if unplaced.is_empty() {
        return;
    }
    let mut any = false;
    let hub = ways.model.add_node(Node::External(UNPLACED.into()));
    for identity in identities(carriers) {
        if principals.knows_object_id_of(identity) || unplaced.contains_key(identity) {
            continue;
        }
        let Some((name, command)) = describe(ways, identity) else {
            continue;
        };
        any = true;
        let mut doubt = outside(
            "object-id-not-known",
            format!("{identity:?}|is a holder"),
            format!("the inputs do not tell the object identifier of the identity of `{name}`"),
            format!("the object identifier of the identity of `{name}`"),
        );
        doubt.command = Some(command);
        let from = ways.place(identity);
        let why = Why {
            evidence: Vec::new(),
            doubts: vec![doubt],
        };
        ways.connect(from, hub, EdgeKind::HasRole, &why, &[]);
    }
    for (holder, doubt) in unplaced {
        if any {
            let to = ways.place(holder);
            let why = Why {
                evidence: Vec::new(),
                doubts: vec![doubt.clone()],
            };
            ways.connect(hub, to, EdgeKind::HasRole, &why, &[]);
        }
    }
}

/// The name of an identity and the command that tells its object identifier.
fn describe(ways: &Ways<'_, '_>, identity: &Principal) -> Option<(String, String)> {
    let (Principal::Of(index) | Principal::Part(index, _)) = identity else {
        return None;
    };
    let resource = ways.gates.inventory.get(*index)?;
    Some((resource.name.to_string(), resource.show_command()))
}

/// Lets each identity of an export hold rights that the export leaves out.
///
/// "Export template limitations": role assignments are extension resources, which exports often
/// lack, and those of wider scopes never appear. One doubt stands for all of them; the answer that
/// lists the role assignments settles it.
pub(super) fn add_unlisted(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    carriers: &[Carrier],
    assignments: &[Assignment],
) {
    let listed = assignments.iter().find_map(|one| {
        let resource = inventory.get(one.declared)?;
        inventory.is_answer(resource.file).then_some(resource.span)
    });
    let of_export = |carrier: &&Carrier| {
        inventory
            .get(carrier.resource)
            .is_some_and(|resource| resource.mode == Mode::Export)
    };
    let exported: Vec<Carrier> = carriers.iter().filter(of_export).cloned().collect();
    if exported.is_empty() {
        return;
    }
    let doubt = outside(
        "role-assignments-not-exported",
        "role assignments|are left out".to_owned(),
        "exports leave out role assignments, and eligible ones never appear".to_owned(),
        "the list of role assignments".to_owned(),
    )
    .with_command("az role assignment list --all -o json");
    let hub = ways.model.add_node(Node::External(UNLISTED.into()));
    // What the list does not name is not there, which the list proves.
    let closed = listed.map(|row| {
        let says = "the list of role assignments names no other right";
        Arc::new(AccessList::closed(vec![Evidence::stated(row, says)]))
    });
    for identity in identities(&exported) {
        let from = ways.place(identity);
        if let Some(closed) = &closed {
            let edge = Edge::new(EdgeKind::Absent, Vec::new()).through(Arc::clone(closed));
            ways.model.add_edge(from, hub, edge);
            continue;
        }
        let why = Why {
            evidence: Vec::new(),
            doubts: vec![doubt.clone()],
        };
        ways.connect(from, hub, EdgeKind::HasRole, &why, &[]);
    }
    let grant = Grant {
        power: Power::UseData,
        through: Through::Doors(&[]),
        says: "may use what it holds",
    };
    for (index, resource) in inventory.iter() {
        let holds = resource.kind().is_some_and(|kind| {
            matches!(
                kind.asset,
                Asset::Data | Asset::Secret | Asset::MachineLearning | Asset::Registry
            )
        });
        if holds && resource.mode == Mode::Export && !ways.doors_of(index).is_empty() {
            ways.add_own_grant(hub, index, &grant, &Why::default());
        }
    }
}
