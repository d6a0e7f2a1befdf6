import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '#runtime/package-root.js'
import type { Check } from '../check.js'

interface FindOpa {
  readonly OPA_VERSION: string
  opaAtHand(): Promise<string | undefined>
}

/** For information: authors of policy need `opa`, the service doesn't. */
export const opa: Check<void> = {
  name: 'opa',
  remedy: 'none is needed to run the service',
  look: async () => {
    // A script of plain Node, which is not part of the build.
    const script = pathToFileURL(join(packageRoot(), 'scripts', 'find-opa.mjs')).href
    const { OPA_VERSION, opaAtHand } = (await import(script)) as FindOpa
    const path = await opaAtHand()
    return {
      ok: true,
      detail: path ? `opa ${OPA_VERSION} at ${path}` : `no opa ${OPA_VERSION} here; only authoring policy needs it`,
    }
  },
}
