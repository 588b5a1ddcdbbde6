//! What no template shows and the reviewer is asked.

use super::{Context, Rule, all};
use crate::evidence::Evidence;
use crate::resource::Resource;
use serde::{Deserialize, Serialize};

/// What is asked of the reviewer.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// With which others it is asked.
    pub group: Group,
    /// The question, to be answered yes, no or not applicable; yes is the good answer.
    pub asks: &'static str,
    /// What would bear the answer out.
    pub evidence: &'static str,
}

/// A group of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// People, sign-in and rights.
    Identity,
    /// Logs, plans and alerts.
    Monitoring,
    /// What data there is and who may see it.
    DataGovernance,
    /// How models come to be and to go live.
    ModelGovernance,
    /// What people do and when.
    Operations,
}

impl Group {
    /// The words of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Monitoring => "monitoring",
            Self::DataGovernance => "data governance",
            Self::ModelGovernance => "model governance",
            Self::Operations => "operations",
        }
    }
}

/// The answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerWord {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// The question does not arise here.
    NotApplicable,
}

/// An answer as the reviewer gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attested {
    /// The answer.
    pub answer: AnswerWord,
    /// Who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// On which day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// What bears it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Every rule that asks, by group and then in the order of the catalogue.
pub fn questions() -> Vec<(&'static Rule, Question)> {
    let mut asked: Vec<_> = all()
        .iter()
        .filter_map(|rule| Some((*rule, rule.question?)))
        .collect();
    asked.sort_by_key(|(_, question)| question.group);
    asked
}

/// What the inputs themselves say to the question of `rule`: evidence for yes, where they do.
pub fn shown(context: &Context<'_>, rule: &Rule) -> Option<Evidence> {
    let shows = SHOWN.iter().find(|(id, _, _)| *id == rule.id)?;
    let (_, types, is_it) = shows;
    let mut found = types
        .iter()
        .flat_map(|resource_type| context.inventory.of_type(resource_type));
    let (_, resource) = found.find(|(_, one)| !one.is_not_deployed() && is_it(one))?;
    let says = format!("`{}` is in the inputs", resource.name);
    Some(Evidence::stated(resource.span, says))
}

/// A rule, the resource types that answer its question, and which of them do.
type Shows = (&'static str, &'static [&'static str], fn(&Resource) -> bool);

static SHOWN: [Shows; 4] = [
    (
        "SL-MON-005",
        &["Microsoft.Security/pricings"],
        is_ai_plan_on,
    ),
    (
        "SL-MON-009",
        &[
            "Microsoft.SecurityInsights/onboardingStates",
            "Microsoft.OperationsManagement/solutions",
        ],
        is_sentinel,
    ),
    (
        "SL-MON-010",
        &["Microsoft.Authorization/policyAssignments"],
        assigns_benchmark,
    ),
    (
        "SL-MON-011",
        &["Microsoft.Security/securityContacts"],
        names_mail,
    ),
];

fn is_ai_plan_on(plan: &Resource) -> bool {
    let tier = plan.properties().at("pricingTier").text();
    plan.short_name().eq_ignore_ascii_case("AI") && tier.is("Standard") == Some(true)
}

fn is_sentinel(resource: &Resource) -> bool {
    let name = resource.name.to_ascii_lowercase();
    !resource
        .resource_type
        .is("Microsoft.OperationsManagement/solutions")
        || name.starts_with("securityinsights")
}

/// The Microsoft cloud security benchmark's initiative.
const BENCHMARK: &str = "1f3afdf9-d0c9-4c3d-847f-89da613e70a8";

fn assigns_benchmark(assignment: &Resource) -> bool {
    let definition = assignment.properties().at("policyDefinitionId").symbol();
    definition
        .stated()
        .is_some_and(|id| id.to_ascii_lowercase().contains(BENCHMARK))
}

fn names_mail(contact: &Resource) -> bool {
    ["emails", "email"]
        .iter()
        .any(|name| contact.properties().at(name).text().stated().is_some())
}
