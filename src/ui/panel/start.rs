//! The start screen.

use super::examples::Examples;
use super::export_help::ExportHelp;
use super::failure::FailureCard;
use super::intake::Intake;
use super::promise::Promise;
use leptos::prelude::*;

/// Where templates come in, with examples and help for who has none at hand.
#[component]
pub fn Start() -> impl IntoView {
    view! {
        <main class="start">
            <div class="start-column">
                <h1>"What can the internet reach of your AI workload?"</h1>
                <p class="lead">
                    "Sightline reads the templates that Azure exports and shows what is open, by \
                     which path, which line of the template lets it, and what would close it."
                </p>
                <FailureCard />
                <Intake />
                <Promise />
                <Examples />
                <ExportHelp />
            </div>
        </main>
    }
}
