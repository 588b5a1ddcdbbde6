//! What gets out of services that the platform runs, by the network that each is joined to or by
//! settings of its own.

use super::EgressVerdict;
use super::exfiltration::of_names;
use super::resource_egress::{Asked, ResourceEgress, any};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Reader, Resource, Setting};

impl Asked<'_> {
    /// An app calls through its subnet, all of it or, by default, only what goes to private
    /// addresses ("Integrate your app with an Azure virtual network").
    pub(super) fn of_web_site(&self) -> ResourceEgress {
        let properties = self.resource.properties();
        let subnet = properties.at("virtualNetworkSubnetId");
        if subnet.value().is_none() {
            let says = "it is joined to no network, so that it may call anywhere";
            return self.free(self.resource.span, says);
        }
        let places = [
            "vnetRouteAllEnabled",
            "siteConfig.vnetRouteAllEnabled",
            "outboundVnetRouting.allTraffic",
            "outboundVnetRouting.applicationTraffic",
        ];
        let settings = places.map(|place| properties.path(place).boolean());
        if settings.iter().any(|one| one.truth(false) == Some(true)) {
            return self.by_subnet(subnet);
        }
        let open = settings.iter().find_map(|one| match one {
            Setting::Unknown(unknown, span) => Some(Doubt::of(unknown, *span, "is true")),
            _ => None,
        });
        match open {
            Some(doubt) => {
                let says = "whether all that it calls goes through its network is not known";
                self.open(Evidence::stated(subnet.span(), says), doubt)
            }
            None => self.free(
                settings.first().map_or(subnet.span(), Setting::span),
                "vnetRouteAllEnabled is not true, so not all that it calls goes through its network",
            ),
        }
    }

    pub(super) fn of_container_app(&self) -> ResourceEgress {
        let properties = self.resource.properties();
        let (old, new) = (
            properties.at("managedEnvironmentId"),
            properties.at("environmentId"),
        );
        let place = if old.value().is_some() { old } else { new };
        let id = place.symbol();
        let found = id
            .stated()
            .and_then(|id| self.inventory.find_text(id, self.resource.file));
        match found.and_then(|index| self.inventory.get(index)) {
            Some(environment) => self.of_environment(environment),
            None => self.outside(place),
        }
    }

    pub(super) fn of_environment(&self, environment: &Resource) -> ResourceEgress {
        let network = environment.properties().at("vnetConfiguration");
        let subnet = network.at("infrastructureSubnetId");
        if subnet.value().is_none() {
            let says = "its environment stands in no network, so that it may call anywhere";
            return self.free(environment.span, says);
        }
        self.by_subnet(subnet)
    }

    /// The nodes of a cluster; one that lets nothing out has the outbound type `none` or `block`
    /// ("Customize cluster egress with outbound types").
    pub(super) fn of_cluster(&self) -> ResourceEgress {
        let properties = self.resource.properties();
        let outbound = properties.path("networkProfile.outboundType").text();
        if outbound.is("block") == Some(true) {
            let evidence = Evidence::stated(outbound.span(), "outboundType is block");
            return self.said(EgressVerdict::Closed, evidence);
        }
        let pools = properties.at("agentPoolProfiles").items();
        let subnets = pools.iter().map(|pool| pool.at("vnetSubnetID"));
        let subnets: Vec<Reader<'_>> = subnets.filter(|one| one.value().is_some()).collect();
        let all = any(subnets.into_iter().map(|subnet| self.by_subnet(subnet)));
        all.unwrap_or_else(|| {
            let says = "its nodes stand in a network of the platform, and may call anywhere";
            self.free(self.resource.span, says)
        })
    }

    pub(super) fn of_container_group(&self) -> ResourceEgress {
        let subnets = self.resource.properties().at("subnetIds").items();
        let subnets = subnets.into_iter().map(|one| one.at("id"));
        any(subnets.map(|subnet| self.by_subnet(subnet))).unwrap_or_else(|| {
            let says = "it is joined to no network, so that it may call anywhere";
            self.free(self.resource.span, says)
        })
    }

    /// A service that calls whoever its callers name, unless `switch` holds it to the names in
    /// `list` ("Configure data loss prevention for Azure AI services").
    pub(super) fn of_restricted(&self, switch: &str, list: &str) -> ResourceEgress {
        let properties = self.resource.properties();
        let setting = properties.at(switch).boolean();
        match &setting {
            Setting::Stated(true, span) => {
                let evidence = Evidence::stated(*span, format!("{switch} is true"));
                let names = properties.at(list);
                let mut said = self.said(EgressVerdict::Filtered, evidence);
                if names.value().is_some() {
                    let says = format!("{list} names what it may call");
                    said.evidence.push(Evidence::stated(names.span(), says));
                } else {
                    said.verdict = EgressVerdict::Closed;
                }
                said.wide_rules = of_names(self.resource, list);
                said
            }
            Setting::Stated(false, span) => {
                let evidence = Evidence::stated(*span, format!("{switch} is false"));
                self.said(EgressVerdict::Open, evidence)
            }
            Setting::Absent(span) => {
                let says = format!("{switch} is absent, which means false");
                self.said(EgressVerdict::Open, Evidence::default(*span, says))
            }
            Setting::Unknown(unknown, span) => {
                let evidence = Evidence::stated(*span, format!("{switch} is not known"));
                self.open(evidence, Doubt::of(unknown, *span, "is true"))
            }
        }
    }

    /// A SQL server calls out for exports, audits and external data; the names that it may call are
    /// children ("Outbound firewall rules for Azure SQL Database").
    pub(super) fn of_sql_server(&self) -> ResourceEgress {
        let switch = self
            .resource
            .properties()
            .at("restrictOutboundNetworkAccess");
        let setting = switch.text();
        match &setting {
            Setting::Unknown(unknown, span) => {
                let says = "restrictOutboundNetworkAccess is not known";
                let doubt = Doubt::of(unknown, *span, "is Enabled");
                self.open(Evidence::stated(*span, says), doubt)
            }
            _ if setting.is("Enabled") == Some(true) => {
                let says = "restrictOutboundNetworkAccess is Enabled";
                let evidence = Evidence::stated(setting.span(), says);
                self.said(EgressVerdict::Filtered, evidence)
            }
            _ => self.free(
                setting.span(),
                "restrictOutboundNetworkAccess is not Enabled",
            ),
        }
    }

    /// A Synapse workspace, whose managed network may be held to approved tenants ("Data
    /// exfiltration protection for Azure Synapse Analytics workspaces").
    pub(super) fn of_synapse(&self) -> ResourceEgress {
        let properties = self.resource.properties();
        let setting = properties
            .path("managedVirtualNetworkSettings.preventDataExfiltration")
            .boolean();
        match &setting {
            Setting::Stated(true, span) => {
                let evidence = Evidence::stated(*span, "preventDataExfiltration is true");
                self.said(EgressVerdict::Filtered, evidence)
            }
            Setting::Unknown(unknown, span) => {
                let says = "preventDataExfiltration is not known";
                let doubt = Doubt::of(unknown, *span, "is true");
                self.open(Evidence::stated(*span, says), doubt)
            }
            Setting::Stated(false, span) | Setting::Absent(span) => {
                self.free(*span, "preventDataExfiltration is not true")
            }
        }
    }
}
