//! How to export a template.

use crate::ui::component::CopyLine;
use leptos::prelude::*;

/// The ways to get a template out of Azure, each with what to copy.
#[component]
pub fn ExportHelp() -> impl IntoView {
    view! {
        <section class="export-help" aria-labelledby="export-title">
            <h2 id="export-title">"How to export a template"</h2>
            <ul class="ways">
                <li>
                    <h3>"Azure CLI"</h3>
                    <CopyLine label="the Azure CLI command"
                        text="az group export --name GROUP --skip-all-params > export.json" />
                </li>
                <li>
                    <h3>"PowerShell"</h3>
                    <CopyLine label="the PowerShell command"
                        text="Export-AzResourceGroup -ResourceGroupName GROUP -SkipAllParameterization" />
                </li>
                <li>
                    <h3>"Portal"</h3>
                    <p>
                        "Open the resource group, choose " <b>"Export template"</b>
                        " under Automation, clear " <b>"Include parameters"</b>
                        ", and download. The zip can be dropped as it is."
                    </p>
                </li>
            </ul>
            <p class="hint">
                "Exporting without parameters keeps the real names and values, which leaves fewer \
                 questions open."
            </p>
        </section>
    }
}
