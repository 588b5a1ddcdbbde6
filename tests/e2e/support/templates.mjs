// Templates for the journeys.

const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/** A template of `count` storage accounts, numbered from `first` on. */
export function template(count = 1, first = 0) {
  const resources = Array.from({ length: count }, (_, at) => ({
    type: "Microsoft.Storage/storageAccounts",
    apiVersion: "2023-01-01",
    name: `account${first + at}`,
    properties: { publicNetworkAccess: "Enabled", provisioningState: "Succeeded" },
  }));
  return JSON.stringify({ $schema: schema, contentVersion: "1.0.0.0", resources }, null, 2);
}

/** A template that stops being JSON at line 3, column 12. */
export const broken = '{\n  "contentVersion": "1.0.0.0",\n  "name": \n}\n';

/** A template that makes a build for tests crash in this `way`: panic, overflow or hang. */
export function crashing(way) {
  return JSON.stringify({ $schema: schema, metadata: { crash: `crash-test: ${way}` }, resources: [] });
}
