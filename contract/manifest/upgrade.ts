import type { z } from 'zod'
import type { Billing } from './billing.js'
import type { ExtensionType } from './identity.js'
import type { ManifestV1 } from './manifest-v1.js'
import type { ManifestV2 } from './manifest-v2.js'
import type { Runtime } from './runtime.js'

/** What ran each type before runtimes were named; version 1 says no entry. */
const RUNTIME_OF: Record<ExtensionType, Runtime['kind']> = {
  'ui-app': 'static',
  'workflow-step': 'deno',
  'ai-agent': 'python',
  report: 'grafana',
}

const usd = (price: number) => ({ amount: String(price), currency: 'USD' })

function upgradeBilling(billing: ManifestV1['billing']): Billing {
  switch (billing.model) {
    case 'free':
      return billing
    case 'flat':
      return { model: 'flat', price: usd(billing.price_usd), interval: billing.interval }
    case 'usage':
      return { model: 'usage', metric: billing.metric, price_per_unit: usd(billing.price_per_unit_usd) }
  }
}

/**
 * A version 1 manifest in the form of version 2, losing nothing: every value is kept or follows from another
 * (the runtime from the type, the schema version from the form). Amounts of money turn from numbers into exact text.
 */
export function upgradeManifest(v1: ManifestV1): z.input<typeof ManifestV2> {
  const { billing, assets, compatibility, ...same } = v1
  return {
    manifest_version: 2,
    ...same,
    compatibility: { platform: compatibility.platform },
    runtime: { kind: RUNTIME_OF[v1.type] } as Runtime,
    billing: upgradeBilling(billing),
    ...(assets && {
      assets: {
        ...(assets.icon !== undefined && { icon: assets.icon }),
        ...(assets.sourceArchive !== undefined && { source_archive: assets.sourceArchive }),
      },
    }),
  }
}
