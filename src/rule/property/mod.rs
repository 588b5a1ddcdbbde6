//! Rules that look at single properties, as declarations, one file a service or a part of one.
//!
//! A declaration says which resources it is about, which property is wrong when, what absence
//! means by API version and mode, and how to put it right; `condition` gives them their meaning.

pub(super) mod ai_account_access;
pub(super) mod ai_account_protection;
pub(super) mod ai_agents;
pub(super) mod ai_deployment;
pub(super) mod api_management;
pub(super) mod api_transport;
pub(super) mod app_transport;
pub(super) mod ask;
pub(super) mod bot;
pub(super) mod bot_channel;
pub(super) mod container_registry;
pub(super) mod content_filter;
pub(super) mod content_policy;
pub(super) mod content_policy_reach;
pub(super) mod content_policy_use;
pub(super) mod database;
pub(super) mod database_server;
pub(super) mod federated_credential;
pub(super) mod gateway_policy;
pub(super) mod key_vault;
pub(super) mod key_vault_content;
pub(super) mod kubernetes;
pub(super) mod listener;
pub(super) mod log_store;
pub(super) mod machine;
pub(super) mod managed_network;
pub(super) mod messaging;
pub(super) mod ml_compute_access;
pub(super) mod ml_compute_hygiene;
pub(super) mod ml_credentials;
pub(super) mod ml_egress;
pub(super) mod ml_serving;
pub(super) mod ml_workspace;
pub(super) mod ml_workspace_protection;
pub(super) mod model_origin;
pub(super) mod network_edge;
pub(super) mod network_filter;
pub(super) mod pipeline;
pub(super) mod residency;
pub(super) mod role;
pub(super) mod role_grant;
pub(super) mod search_access;
pub(super) mod search_protection;
pub(super) mod secret;
pub(super) mod storage_access;
pub(super) mod storage_firewall;
pub(super) mod storage_protection;
pub(super) mod storage_protocol;
pub(super) mod storage_sharing;
pub(super) mod subnet;
pub(super) mod web_app;
