//! Machines and what belongs to them. What listens on a machine is not in a template; the network
//! rooms say which packets get to it.
//!
//! Template reference: `Microsoft.Compute/…`.
//! Not modelled: firewalls and listeners inside the machine; exports of disks.

use super::{Asset, Coverage, Kind, Zone};

pub(super) static KINDS: &[Kind] = &[
    machine(
        "Microsoft.Compute/virtualMachines",
        "Virtual machine",
        "virtual-machine",
    ),
    machine(
        "Microsoft.Compute/virtualMachineScaleSets",
        "Scale set",
        "scale-set",
    ),
    machine(
        "Microsoft.ClassicCompute/virtualMachines",
        "Classic virtual machine",
        "virtual-machine",
    ),
    Kind::part(
        "Microsoft.Compute/virtualMachines/extensions",
        "Machine extension",
    ),
    Kind::part(
        "Microsoft.Compute/virtualMachines/runCommands",
        "Run command",
    ),
    Kind::part(
        "Microsoft.Compute/virtualMachineScaleSets/extensions",
        "Machine extension",
    ),
    Kind::part(
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
        "Scale set machine",
    ),
    Kind::part("Microsoft.Compute/availabilitySets", "Availability set"),
    Kind::part(
        "Microsoft.Compute/proximityPlacementGroups",
        "Placement group",
    ),
    Kind::part("Microsoft.Compute/hostGroups", "Host group"),
    Kind::part("Microsoft.Compute/sshPublicKeys", "SSH key"),
    Kind::part(
        "Microsoft.Compute/diskEncryptionSets",
        "Disk encryption set",
    ),
    Kind::part("Microsoft.Compute/diskAccesses", "Disk access"),
    Kind::part("Microsoft.Compute/images", "Machine image"),
    Kind::part("Microsoft.Compute/galleries", "Image gallery"),
    Kind::part("Microsoft.Compute/galleries/images", "Image"),
    Kind::part(
        "Microsoft.Compute/galleries/images/versions",
        "Image version",
    ),
    Kind::part(
        "Microsoft.Compute/restorePointCollections",
        "Restore points",
    ),
    Kind {
        asset: Asset::Data,
        ..Kind::part("Microsoft.Compute/disks", "Disk")
    },
    Kind {
        asset: Asset::Data,
        ..Kind::part("Microsoft.Compute/snapshots", "Disk snapshot")
    },
    Kind::part("Microsoft.DevTestLab/schedules", "Shutdown schedule"),
    Kind {
        resource_type: "Microsoft.HDInsight/clusters",
        display: "HDInsight cluster",
        icon: "compute",
        zone: Zone::Platform,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.ServiceFabric/clusters",
        display: "Service Fabric cluster",
        icon: "kubernetes",
        zone: Zone::Platform,
        asset: Asset::Compute,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.StreamAnalytics/StreamingJobs",
        display: "Stream Analytics job",
        icon: "data-factory",
        zone: Zone::Platform,
        asset: Asset::Compute,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.IoTSpaces/Graph",
        display: "Digital Twins (preview)",
        zone: Zone::Data,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.DataShare/accounts",
        display: "Data share",
        zone: Zone::Data,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.NetApp/netAppAccounts",
        display: "NetApp account",
        icon: "storage",
        zone: Zone::Data,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.RecoveryServices/vaults",
        display: "Recovery vault",
        icon: "storage",
        zone: Zone::Data,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.DataProtection/backupVaults",
        display: "Backup vault",
        icon: "storage",
        zone: Zone::Data,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.Fabric/capacities",
        display: "Fabric capacity",
        zone: Zone::Platform,
        asset: Asset::Data,
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.TimeSeriesInsights/environments/eventsources",
        "Event source",
    ),
    Kind::part(
        "Microsoft.TimeSeriesInsights/environments/referencedatasets",
        "Reference data",
    ),
];

const fn machine(resource_type: &'static str, display: &'static str, icon: &'static str) -> Kind {
    Kind {
        resource_type,
        display,
        icon,
        zone: Zone::Network,
        asset: Asset::Compute,
        coverage: Coverage::Modelled,
        ..Kind::SHOWN
    }
}
