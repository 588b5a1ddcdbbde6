//! Network security perimeters in front of a service's own firewall.
//!
//! "Transition to a network security perimeter in Azure": enforced, or where the service says that
//! it is secured by its perimeter, only the perimeter's rules count; in learning mode they count
//! beside the service's own, and alone where public access is off. Trusted services are disabled
//! in secured mode by that page's prose and allowed by its table, so there they are undecided.

use super::firewall::Firewall;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, Place};
use crate::resource::{Perimeter, PerimeterMode, Setting};
use crate::source::Span;
use crate::value::Text;

/// How a perimeter ends a firewall.
#[derive(Debug)]
pub(super) enum Secured {
    /// The service's own rules count.
    No,
    /// They do not, because of this.
    Yes(Evidence),
    /// They may not.
    Unknown(Box<Doubt>, Evidence),
}

impl Firewall<'_, '_> {
    /// Puts the perimeter's rules in front. The caller then admits trusted services and ends the
    /// list by [`Firewall::secure`].
    pub(super) fn perimeter(&mut self, access: &Setting<Text>) -> Secured {
        let secured_by_it = access.is("SecuredByPerimeter") == Some(true);
        let Some(perimeter) = &self.context.perimeter else {
            if secured_by_it {
                let says =
                    "publicNetworkAccess is SecuredByPerimeter, and no perimeter is associated";
                self.deny_all(Evidence::stated(access.span(), says));
            }
            return Secured::No;
        };
        self.inbound_rules(perimeter);
        let span = perimeter.span;
        let refuses = "the network security perimeter is enforced and no rule of it admits this";
        let secured = match perimeter.access_mode {
            PerimeterMode::Enforced => Secured::Yes(Evidence::stated(span, refuses)),
            _ if secured_by_it => {
                let says = "publicNetworkAccess is SecuredByPerimeter and no rule of the perimeter \
                            admits this";
                Secured::Yes(Evidence::stated(access.span(), says))
            }
            PerimeterMode::Learning | PerimeterMode::Audit => Secured::No,
            PerimeterMode::Unknown => Secured::Unknown(
                Box::new(enforced_doubt(span)),
                Evidence::stated(span, refuses),
            ),
        };
        if !matches!(secured, Secured::No) {
            let says = "a secured perimeter may refuse trusted services";
            self.rule(
                Access::Deny,
                &AddressSet::place(Place::TrustedService),
                vec![trusted_doubt(span)],
                Evidence::stated(span, says),
            );
        }
        secured
    }

    /// Ends the list where the perimeter does; whether it surely does.
    pub(super) fn secure(&mut self, secured: Secured) -> bool {
        match secured {
            Secured::No => false,
            Secured::Yes(evidence) => {
                self.deny_all(evidence);
                true
            }
            Secured::Unknown(doubt, evidence) => {
                self.rule(Access::Deny, &AddressSet::all(), vec![*doubt], evidence);
                false
            }
        }
    }

    fn inbound_rules(&mut self, perimeter: &Perimeter) {
        let span = perimeter.span;
        let evidence = || {
            Evidence::stated(
                perimeter.inbound_span.unwrap_or(span),
                "the network security perimeter's inbound rules admit it",
            )
        };
        // What an audited perimeter admits that the service itself does not is not documented.
        let audit = (perimeter.access_mode == PerimeterMode::Audit).then(|| {
            Doubt::outside(
                "perimeter-audit",
                format!("{span:?}|perimeter audit"),
                "whether a perimeter in audit mode admits what only its own rules admit is not \
                 documented",
                "the access mode Learning or Enforced",
                span,
            )
        });
        let doubts: Vec<Doubt> = audit.into_iter().collect();
        if !perimeter.inbound.is_empty() {
            self.rule(
                Access::Allow,
                &perimeter.inbound,
                doubts.clone(),
                evidence(),
            );
        }
        if let Some((addresses, doubt)) = &perimeter.inbound_doubt {
            let mut doubts = doubts;
            doubts.push(doubt.clone());
            self.rule(Access::Allow, addresses, doubts, evidence());
        }
    }
}

fn enforced_doubt(span: Span) -> Doubt {
    Doubt::outside(
        "perimeter-mode",
        format!("{span:?}|perimeter enforced"),
        "the access mode of the network security perimeter's association is not known",
        "the association's accessMode",
        span,
    )
    .with_outcomes(vec![("Learning".into(), false), ("Enforced".into(), true)])
}

fn trusted_doubt(span: Span) -> Doubt {
    Doubt::outside(
        "perimeter-trusted-services",
        format!("{span:?}|perimeter trusted services"),
        "whether a secured perimeter still lets trusted services pass is documented both ways",
        "a test from a trusted service",
        span,
    )
}
