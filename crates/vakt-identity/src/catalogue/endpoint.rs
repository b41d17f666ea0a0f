//! App roles of WindowsDefenderATP; ids as Microsoft publishes them.

use super::{CatalogueRole, role};

/// Application roles.
pub(super) static ROLES: &[CatalogueRole] = &[
    role(
        0x93489bf5_0fbc_4f2d_b901_33f2fe08ff05,
        "AdvancedQuery.Read.All",
        "Run advanced queries",
        "Run any hunting query over the tables of Defender for Endpoint.",
    ),
    role(
        0x71fe6b80_7034_4028_9ed8_0f316df9c3ff,
        "Alert.Read.All",
        "Read all alerts",
        "Read every alert of the organization.",
    ),
    role(
        0x0f7000ec_157b_497f_b70e_ef0b0584f140,
        "Alert.ReadWrite.All",
        "Read and write all alerts",
        "Read, create and change every alert of the organization.",
    ),
    role(
        0x84ddd701_5fac_4c30_b0ad_aa73a67bea1a,
        "Event.Write",
        "Write timeline events",
        "Add events to the timeline of a device.",
    ),
    role(
        0x8788f1a9_beca_4e26_ba58_10513f3b896f,
        "File.Read.All",
        "Read file profiles",
        "Read what is known of every file seen in the organization.",
    ),
    role(
        0x7c6f6912_60e9_4fcd_bb2a_c25bc35e8c59,
        "IntegrationConfiguration.ReadWrite",
        "Manage integration settings",
        "Read and change the settings of integrations.",
    ),
    role(
        0x47bf842d_354b_49ef_b741_3a6dd815bc13,
        "Ip.Read.All",
        "Read address profiles",
        "Read what is known of every IP address seen in the organization.",
    ),
    role(
        0x41d209c7_2511_4fc9_b899_8008a3976f09,
        "Library.Manage",
        "Manage the response library",
        "Add and remove scripts of the live response library.",
    ),
    role(
        0x15405ab2_2103_4a3c_ad80_e829841cedcc,
        "Machine.CollectForensics",
        "Collect forensics",
        "Collect an investigation package from a device.",
    ),
    role(
        0x7e4e1300_e1b9_4102_88ba_f0cb6e6d5974,
        "Machine.Isolate",
        "Isolate devices",
        "Cut a device off the network and let it back.",
    ),
    role(
        0x1629b959_c0af_42a1_92f0_f6162060bdf1,
        "Machine.LiveResponse",
        "Run live response",
        "Run live response commands on a device.",
    ),
    role(
        0x594435bf_36dd_4548_83bd_1bdafe157d7a,
        "Machine.Offboard",
        "Offboard devices",
        "Take a device out of the service.",
    ),
    role(
        0xea8291d3_4b9a_44b5_bc3a_6cea3026dc79,
        "Machine.Read.All",
        "Read all devices",
        "Read the profile of every device.",
    ),
    role(
        0xaa027352_232b_4ed4_b963_a705fc4d6d2c,
        "Machine.ReadWrite.All",
        "Read and write all devices",
        "Read every device and change its tags and value.",
    ),
    role(
        0x96b6b35d_074d_4e2d_b167_8d68d9269648,
        "Machine.RestrictExecution",
        "Restrict code execution",
        "Allow only signed code to run on a device, and lift it again.",
    ),
    role(
        0xa86d9824_b2b6_45f8_b042_16bc4922ed4e,
        "Machine.Scan",
        "Scan devices",
        "Start an antivirus scan on a device.",
    ),
    role(
        0x96e72b5e_7e68_4171_aad1_3937599e4751,
        "Machine.StopAndQuarantine",
        "Stop and quarantine files",
        "Stop a file that runs on a device and lock it away.",
    ),
    role(
        0x6a33eedf_ba73_4e5a_821b_f057ef63853a,
        "RemediationTasks.Read.All",
        "Read remediation tasks",
        "Read the remediation activities of the organization.",
    ),
    role(
        0x02b005dd_f804_43b4_8fc7_078460413f74,
        "Score.Read.All",
        "Read scores",
        "Read the exposure and device scores.",
    ),
    role(
        0xe870c0c1_c1a2_41ca_948e_a33912d2d3f0,
        "SecurityBaselinesAssessment.Read.All",
        "Read baseline assessments",
        "Read how devices compare with security baselines.",
    ),
    role(
        0x227f2ea0_c2c2_4428_b7af_9ff40f1a720e,
        "SecurityConfiguration.Read.All",
        "Read security configurations",
        "Read the security settings of devices.",
    ),
    role(
        0xe5e05709_32a3_4c85_89c8_67596eb94f24,
        "SecurityConfiguration.ReadWrite.All",
        "Read and write security configurations",
        "Read and change the security settings of devices.",
    ),
    role(
        0x6443965c_7dd2_4cfd_b38f_bb7772bee163,
        "SecurityRecommendation.Read.All",
        "Read recommendations",
        "Read the security recommendations for the organization.",
    ),
    role(
        0x37f71c98_d198_41ae_964d_2c49aab74926,
        "Software.Read.All",
        "Read software inventory",
        "Read which software is installed where.",
    ),
    role(
        0x528ca142_c849_4a5b_935e_10b8b9c38a84,
        "Ti.Read.All",
        "Read all indicators",
        "Read every threat indicator of the organization.",
    ),
    role(
        0xa8bc2240_f96a_46a1_bad5_6a960b7327a1,
        "Ti.ReadWrite",
        "Read and write own indicators",
        "Create indicators, and change those this application made.",
    ),
    role(
        0xfc511a58_3adf_4d71_af24_00f13e35e479,
        "Ti.ReadWrite.All",
        "Read and write all indicators",
        "Create, change and remove every indicator.",
    ),
    role(
        0x721af526_ffa8_42d7_9b84_1a56244dd99d,
        "Url.Read.All",
        "Read URL profiles",
        "Read what is known of every URL seen in the organization.",
    ),
    role(
        0xa833834a_4cf1_4732_8acf_bbcfa13fb610,
        "User.Read.All",
        "Read user profiles",
        "Read what is known of every account seen in the organization.",
    ),
    role(
        0x41269fc5_d04d_4bfd_bce7_43a51cea049a,
        "Vulnerability.Read.All",
        "Read vulnerabilities",
        "Read the vulnerabilities of devices and software.",
    ),
    role(
        0xf820e656_f1d1_4cb8_a566_31d18eeecb40,
        "readonly",
        "View data",
        "Look at the data of the service, without changing anything.",
    ),
    role(
        0x2261fd4a_5f23_4b74_9e4d_f4ac92dc86a2,
        "secop",
        "Security operations",
        "Look at data and respond to threats.",
    ),
];
