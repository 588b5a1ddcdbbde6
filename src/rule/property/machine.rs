//! Virtual machines and their disks.

use crate::evidence::Doubt;
use crate::rule::prelude::*;

/// SL-IAM-015.
pub(in crate::rule) static MACHINE_PASSWORD_SIGN_IN: Rule = Rule {
    id: "SL-IAM-015",
    name: "machine-password-sign-in",
    title: "VM or scale set signs in by password",
    topic: Topic::Identity,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets"],
    controls: &["IM-6"],
    references: "checkov: CKV_AZURE_1, CKV_AZURE_49, CKV_AZURE_149, CKV_AZURE_178; psrule: \
        Azure.VM.PublicKey (AZR-000245), Azure.VMSS.PublicKey (AZR-000288); kics: \
        6797f581-0433-4768-ae3e-7ceb2f8b138e",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether a Linux machine or scale set lets people sign in by password.",
        matters: "Passwords are guessed; keys are not.",
        pass: "`linuxConfiguration.disablePasswordAuthentication` is true. Windows machines are \
            left out.",
        fail: "It is false or absent, which means that passwords work.",
        unknown: "Neither the configuration nor the image tells the operating system, or a \
            parameter decides.",
    },
    remedy: Remedy {
        text: "Set `disablePasswordAuthentication` to true and give a public key, or sign in by \
            Entra.",
        edits: &[
            set("properties.osProfile.linuxConfiguration.disablePasswordAuthentication", "true"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "properties": {"osProfile": {"adminUsername": "azureuser",
            "linuxConfiguration": {"disablePasswordAuthentication": false}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_linux),
        parts: &[
            part("password", "people may sign in by password", property("properties.osProfile.linuxConfiguration.disablePasswordAuthentication", IsNot(&["true"]), Means("false"))).on(&["Microsoft.Compute/virtualMachines"]),
            part("password", "people may sign in by password", property("properties.virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication", IsNot(&["true"]), Means("false"))).on(&["Microsoft.Compute/virtualMachineScaleSets"]),
        ],
    }),
    question: None,
};

/// SL-DATA-010.
pub(in crate::rule) static MACHINE_DISK_ENCRYPTION: Rule = Rule {
    id: "SL-DATA-010",
    name: "machine-disk-encryption",
    title: "VM and disk encryption",
    topic: Topic::DataProtection,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Compute/virtualMachines",
        "Microsoft.Compute/disks",
    ],
    controls: &["DP-4", "DP-5", "NS-2"],
    references: "azure-policy: fc4d8e41-e223-45ea-9bf5-eada37891d87, \
        8405fdab-1faf-48aa-b702-999c9c172094, ca91455f-eace-4f96-be59-e6e2c35b4816; checkov: \
        CKV_AZURE_97, CKV_AZURE_93, CKV_AZURE_2; psrule: Azure.VM.ADE (AZR-000252); kics: \
        350f3955-b5be-436f-afaa-3d2be2fa6cdd; cis: 8.5; nist: SC-28, SC-28(1), SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether a machine encrypts at its host, and whether disks are under a key of \
            your own and closed to the network.",
        matters: "Temporary disks and caches of a training machine hold data too; a disk with \
            public access can be exported by a link.",
        pass: "Machines have `encryptionAtHost`, disks a disk encryption set and public access \
            off.",
        fail: "`securityProfile.encryptionAtHost` is not true on a machine; or a disk has no \
            encryption set, or its `publicNetworkAccess` is not `Disabled`, absent meaning on.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Turn on encryption at host; give disks an encryption set and turn their public \
            access off.",
        edits: &[set("properties.securityProfile.encryptionAtHost", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host",
            "properties": {"hardwareProfile": {"vmSize": "Standard_NC4as_T4_v3"},
            "securityProfile": {"securityType": "TrustedLaunch"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "host",
                "it does not encrypt at its host",
                property(
                    "properties.securityProfile.encryptionAtHost",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            )
            .on(&["Microsoft.Compute/virtualMachines"]),
            part(
                "platform-key",
                "it is under a key of the platform",
                property(
                    "properties.encryption.diskEncryptionSetId",
                    Empty,
                    AbsentHolds,
                ),
            )
            .on(&["Microsoft.Compute/disks"]),
            part(
                "public",
                "it can be exported over the public network",
                property(
                    "properties.publicNetworkAccess",
                    IsNot(&["Disabled"]),
                    Means("Enabled"),
                ),
            )
            .on(&["Microsoft.Compute/disks"]),
        ],
    }),
    question: None,
};

/// Publishers whose images run Windows.
const WINDOWS: [&str; 4] = [
    "microsoftwindows",
    "microsoftsqlserver",
    "microsoftvisualstudio",
    "microsoftsharepoint",
];
/// Publishers whose images run Linux.
const LINUX: [&str; 10] = [
    "canonical",
    "redhat",
    "suse",
    "debian",
    "openlogic",
    "oracle",
    "almalinux",
    "kinvolk",
    "microsoft-dsvm",
    "rockylinux",
];

/// Whether the machine or scale set runs Linux; a machine from a specialised disk has no profile and
/// is none of either.
fn is_linux(scene: &Scene<'_>) -> Answer {
    let whole = scene.properties();
    let scale_set = whole.at("virtualMachineProfile");
    let properties = if scale_set.value().is_some() {
        scale_set
    } else {
        whole
    };
    let profile = properties.at("osProfile");
    let yes = Answer::Yes(Vec::new());
    if profile.at("linuxConfiguration").value().is_some() {
        return yes;
    }
    if profile.value().is_none() || profile.at("windowsConfiguration").value().is_some() {
        return Answer::No;
    }
    let kind = properties.path("storageProfile.osDisk.osType").text();
    match (kind.is("Linux"), kind.is("Windows")) {
        (Some(true), _) => return yes,
        (_, Some(true)) => return Answer::No,
        _ => {}
    }
    let publisher = properties
        .path("storageProfile.imageReference.publisher")
        .text();
    let is_one_of = |names: &[&str]| {
        publisher.stated().is_some_and(|publisher| {
            let publisher = publisher.to_ascii_lowercase();
            names.iter().any(|name| publisher.starts_with(name))
        })
    };
    if is_one_of(&WINDOWS) {
        return Answer::No;
    }
    if is_one_of(&LINUX) {
        return yes;
    }
    Answer::open(Doubt::outside(
        "operating-system-unknown",
        format!("{}|osType", scene.resource.id),
        format!(
            "nothing tells the operating system of `{}`",
            scene.resource.name
        ),
        format!("the operating system of `{}`", scene.resource.name),
        profile.span(),
    ))
}
