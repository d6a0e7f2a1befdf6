import { EXTENSION_TYPES } from '#contract/manifest/identity.js'
import { javascript } from './guests/javascript.js'
import { modules } from './guests/modules.js'
import type { GuestProbe, Language } from './guests/probe.js'

export const GUEST_PROBES: readonly GuestProbe[] = [...javascript, ...modules]
const KINDS: readonly { readonly probe: GuestProbe; readonly language: Language }[] = [
  ...GUEST_PROBES.map((probe) => ({ probe, language: probe.languages[0]! })),
  ...GUEST_PROBES.flatMap((probe) => probe.languages.slice(1).map((language) => ({ probe, language }))),
]

/** One extension that nobody trusts. */
export interface Untrusted {
  readonly number: number
  readonly id: string
  readonly probe: GuestProbe
  readonly language: Language
  readonly manifest: object
}

/** So many extensions, no two alike: by probe, then language, then type, each with its number in its code. */
export const untrustedExtensions = (count: number, trapPort: number): Untrusted[] =>
  Array.from({ length: count }, (_, at) => {
    const { probe, language } = KINDS[at % KINDS.length]!
    const number = at + 1
    const id = `com.acme-labs.untrusted-${String(number).padStart(2, '0')}`
    const { method = 'POST' } = probe
    const { limits, ...more } = { limits: {}, ...probe.manifest?.(id, trapPort) }
    const manifest = {
      ...{ manifest_version: 2, id, version: '1.0.0', type: EXTENSION_TYPES[at % EXTENSION_TYPES.length] },
      name: `Untrusted ${number}`,
      description: `Looks for what is another's: ${probe.name}.`,
      compatibility: { platform: '>=0.1.0' },
      runtime: { kind: 'component', entry: 'component.wasm' },
      billing: { model: 'free' },
      permissions: probe.permissions,
      api: { endpoints: [{ id: 'run', title: 'Run', method, path: '/run' }] },
      // What waits for its turn on a slow machine has not failed to find anything.
      limits: { wall_ms: 30_000, concurrency: 16, ...limits },
      ...more,
    }
    return { number, id, probe, language, manifest }
  })
