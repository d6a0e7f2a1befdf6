import { z } from 'zod'
import { disagreements } from './agreement.rules.js'
import { Billing } from './billing.js'
import { Config } from './config.js'
import { Dependencies, Models } from './dependencies.js'
import { Api } from './endpoints.js'
import { Egress } from './egress.js'
import { Events, Services } from './events.js'
import { about, identity } from './identity.js'
import { FreeMetadata } from './json-schema.js'
import { Limits } from './limits.js'
import { Permissions } from './permissions.js'
import { Assets, Precompiled, Runtime } from './runtime.js'
import { Kv, Secrets } from './storage.js'
import { Hooks, Schedules } from './triggers.js'
import { Ui } from './ui.js'

/** The fields of manifest version 2, each on its own; every object is closed. */
export const ManifestFields = z.strictObject({
  manifest_version: z.literal(2),
  ...identity,
  ...about,
  permissions: Permissions,
  runtime: Runtime,
  limits: Limits.prefault({}),
  api: Api.default({ endpoints: [] }),
  egress: Egress.default([]),
  secrets: Secrets.default([]),
  kv: Kv.optional(),
  config: Config.optional(),
  ui: Ui.optional(),
  events: Events.prefault({}),
  hooks: Hooks.default([]),
  services: Services.prefault({}),
  schedules: Schedules.default([]),
  models: Models.default([]),
  dependencies: Dependencies.default([]),
  billing: Billing,
  precompiled: Precompiled.default([]),
  assets: Assets.prefault({}),
  metadata: FreeMetadata.optional(),
})

/** A manifest with every default filled in. */
export type Manifest = z.infer<typeof ManifestFields>

/** Manifest version 2: fields that fit one by one and agree with each other. */
export const ManifestV2 = ManifestFields.superRefine((manifest, context) => {
  for (const { path, message } of disagreements(manifest))
    context.addIssue({ code: 'custom', path: [...path], message })
})
