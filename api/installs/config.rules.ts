import type { JsonObject } from '#contract/json-object.js'
import type { Manifest } from '#contract/manifest/index.js'
import { problem } from '#contract/problems.js'
import { schemaCheck } from '#runtime/json-schema/json-schema.js'

/** What the extension reads: the settings that were entered, beside the manifest's defaults; null where it declares none. */
export const settingsOf = ({ config }: Manifest, entered: JsonObject): JsonObject | null =>
  config ? { ...(config.defaults as JsonObject | undefined), ...entered } : null

/** Raises `request.invalid` where settings, with the defaults, do not fit the manifest's schema. */
export const requireFitting = (manifest: Manifest, entered: JsonObject): void => {
  const settings = settingsOf(manifest, entered)
  if (settings === null) {
    if (Object.keys(entered).length === 0) return
    throw problem('request.invalid', { errors: [{ pointer: '/config', detail: 'is not declared by the manifest' }] })
  }
  const misfits = schemaCheck(manifest.config!.schema)(settings)
  if (misfits.length === 0) return
  const errors = misfits.map(({ pointer, detail }) => ({ pointer: `/config${pointer}`, detail }))
  throw problem('request.invalid', { errors })
}
