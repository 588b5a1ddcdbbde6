//! Services with one door that a single switch opens and closes.
//!
//! Template reference: each type's own page.
//! Read: `publicNetworkAccess` and `disableLocalAuth`, where the type has them.
//! Absent: the service is open to every network and takes its keys.
//! Not modelled: lists and rules that a type may have beside the switch; such a type is partial.

use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::resource::{AuthenticationMode, Door, DoorContext};

/// One such service: its type, the suffix of its name, its private link group, and the mode of its
/// keys where it has any.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    Option<AuthenticationMode>,
    bool,
);

const KEY: Option<AuthenticationMode> = Some(AuthenticationMode::SharedKey);
const SIGNED: Option<AuthenticationMode> = Some(AuthenticationMode::Sas);

/// The last column says whether it takes Entra tokens.
static ROWS: &[Row] = &[
    (
        "Microsoft.DigitalTwins/digitalTwinsInstances",
        "api.digitaltwins.azure.net",
        "API",
        None,
        true,
    ),
    (
        "Microsoft.Maps/accounts",
        "atlas.microsoft.com",
        "mapsAccount",
        KEY,
        true,
    ),
    (
        "Microsoft.Bing/accounts",
        "api.bing.microsoft.com",
        "",
        KEY,
        false,
    ),
    (
        "Microsoft.Communication/communicationServices",
        "communication.azure.com",
        "",
        KEY,
        true,
    ),
    (
        "Microsoft.NotificationHubs/namespaces",
        "servicebus.windows.net",
        "namespace",
        SIGNED,
        false,
    ),
    (
        "Microsoft.HealthcareApis/services",
        "azurehealthcareapis.com",
        "fhir",
        None,
        true,
    ),
    (
        "Microsoft.HealthcareApis/workspaces",
        "azurehealthcareapis.com",
        "healthcareworkspace",
        None,
        true,
    ),
    (
        "Microsoft.HealthcareApis/workspaces/fhirservices",
        "fhir.azurehealthcareapis.com",
        "healthcareworkspace",
        None,
        true,
    ),
    (
        "Microsoft.HealthcareApis/workspaces/dicomservices",
        "dicom.azurehealthcareapis.com",
        "healthcareworkspace",
        None,
        true,
    ),
    (
        "Microsoft.Dashboard/grafana",
        "grafana.azure.com",
        "grafana",
        None,
        true,
    ),
    (
        "Microsoft.Monitor/accounts",
        "prometheus.monitor.azure.com",
        "prometheusMetrics",
        None,
        true,
    ),
    (
        "Microsoft.TimeSeriesInsights/environments",
        "env.timeseries.azure.com",
        "",
        None,
        true,
    ),
    (
        "Microsoft.IoTCentral/iotApps",
        "azureiotcentral.com",
        "iotApp",
        SIGNED,
        true,
    ),
    (
        "Microsoft.DesktopVirtualization/hostpools",
        "wvd.microsoft.com",
        "connection",
        None,
        true,
    ),
    (
        "Microsoft.DesktopVirtualization/workspaces",
        "wvd.microsoft.com",
        "feed",
        None,
        true,
    ),
    (
        "Microsoft.DataLakeStore/accounts",
        "azuredatalakestore.net",
        "",
        None,
        true,
    ),
    (
        "Microsoft.Media/mediaservices",
        "media.azure.net",
        "keydelivery",
        None,
        true,
    ),
    (
        "Microsoft.LoadTestService/loadTests",
        "cnt-prod.loadtesting.azure.com",
        "",
        None,
        true,
    ),
    (
        "Microsoft.VideoIndexer/accounts",
        "api.videoindexer.ai",
        "account",
        None,
        true,
    ),
    (
        "Microsoft.HealthBot/healthBots",
        "healthbot.microsoft.com",
        "",
        KEY,
        false,
    ),
    (
        "Microsoft.MachineLearning/webServices",
        "services.azureml.net",
        "",
        KEY,
        false,
    ),
];

pub(super) static KINDS: &[Kind] = &[
    service(
        "Microsoft.DigitalTwins/digitalTwinsInstances",
        "Digital Twins",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.Maps/accounts",
        "Maps account",
        "generic",
        Asset::None,
    ),
    service(
        "Microsoft.Bing/accounts",
        "Bing resource",
        "search",
        Asset::None,
    ),
    service(
        "Microsoft.Communication/communicationServices",
        "Communication service",
        "generic",
        Asset::Gateway,
    ),
    service(
        "Microsoft.NotificationHubs/namespaces",
        "Notification Hubs namespace",
        "service-bus",
        Asset::Gateway,
    ),
    service(
        "Microsoft.HealthcareApis/services",
        "Health data service",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.HealthcareApis/workspaces",
        "Health data workspace",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.HealthcareApis/workspaces/fhirservices",
        "FHIR service",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.HealthcareApis/workspaces/dicomservices",
        "DICOM service",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.Dashboard/grafana",
        "Managed Grafana",
        "monitor",
        Asset::None,
    ),
    service(
        "Microsoft.Monitor/accounts",
        "Monitor workspace",
        "monitor",
        Asset::Data,
    ),
    service(
        "Microsoft.TimeSeriesInsights/environments",
        "Time Series Insights",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.IoTCentral/iotApps",
        "IoT Central application",
        "event-hub",
        Asset::Data,
    ),
    service(
        "Microsoft.DesktopVirtualization/hostpools",
        "Virtual desktop host pool",
        "virtual-machine",
        Asset::Compute,
    ),
    service(
        "Microsoft.DesktopVirtualization/workspaces",
        "Virtual desktop workspace",
        "virtual-machine",
        Asset::None,
    ),
    service(
        "Microsoft.DataLakeStore/accounts",
        "Data Lake store",
        "storage",
        Asset::Data,
    ),
    service(
        "Microsoft.Media/mediaservices",
        "Media service",
        "generic",
        Asset::Data,
    ),
    service(
        "Microsoft.LoadTestService/loadTests",
        "Load test",
        "generic",
        Asset::None,
    ),
    service(
        "Microsoft.VideoIndexer/accounts",
        "Video Indexer",
        "ai-services",
        Asset::MachineLearning,
    ),
    service(
        "Microsoft.HealthBot/healthBots",
        "Health bot",
        "bot",
        Asset::Gateway,
    ),
    service(
        "Microsoft.MachineLearning/webServices",
        "ML web service",
        "online-endpoint",
        Asset::MachineLearning,
    ),
];

const fn service(
    resource_type: &'static str,
    display: &'static str,
    icon: &'static str,
    asset: Asset,
) -> Kind {
    Kind {
        resource_type,
        display,
        icon,
        zone: Zone::Platform,
        asset,
        coverage: Coverage::Partial,
        doors: Some(doors),
        ..Kind::SHOWN
    }
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let resource_type = &context.resource.resource_type;
    let Some((_, suffix, group, keys, tokens)) =
        ROWS.iter().find(|(name, ..)| resource_type.is(name))
    else {
        return Vec::new();
    };
    let name = "publicNetworkAccess";
    let access = context.properties().at(name).text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access(name, &access);
    firewall.allow_all(vec![shows(name, &access, "Enabled")]);
    let mut proof = Proof::new(context);
    if let Some(mode) = keys {
        let switch = context.properties().at("disableLocalAuth").boolean();
        proof = proof.switch(*mode, "disableLocalAuth", &switch, false, Some(false));
    }
    if *tokens {
        let span = context.properties().span();
        let evidence = Evidence::platform(span, "the service takes Entra tokens");
        proof = proof.accept(AuthenticationMode::Entra, evidence);
    }
    let groups: &[&'static str] = if group.is_empty() { &[] } else { &[group] };
    vec![door(
        "main",
        own_host(context, [suffix, suffix, suffix]),
        ServiceSet::tcp(443),
        firewall.finish(),
        groups,
        proof.finish(),
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_row() {
        let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.resource_type).collect();
        let rows: Vec<&str> = ROWS.iter().map(|row| row.0).collect();
        assert_eq!(kinds, rows);
    }
}
