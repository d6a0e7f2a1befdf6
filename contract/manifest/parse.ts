import { fieldErrors } from '../field-errors.js'
import type { FieldError } from '../problems.js'
import { ManifestV1 } from './manifest-v1.js'
import { ManifestV2, type Manifest } from './manifest-v2.js'
import { readSource } from './source.js'
import { upgradeManifest } from './upgrade.js'

/** A manifest, or every field that is wrong with an RFC 6901 pointer into what was read (problem `manifest.invalid`). */
export type ManifestResult =
  | { readonly ok: true; readonly manifest: Manifest; readonly form: 'v1' | 'v2' }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Version 2 says so; whatever doesn't is held to the first form. */
const saysItsVersion = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('manifest_version' in value || 'runtime' in value || 'api' in value)

/** Checks a manifest that is a value already (say, from a database row). Accepts both forms and fills in defaults. */
export function checkManifest(value: unknown): ManifestResult {
  if (saysItsVersion(value)) {
    const v2 = ManifestV2.safeParse(value)
    return v2.success ? { ok: true, manifest: v2.data, form: 'v2' } : { ok: false, errors: fieldErrors(v2.error) }
  }
  const v1 = ManifestV1.safeParse(value)
  if (!v1.success) return { ok: false, errors: fieldErrors(v1.error) }
  return { ok: true, manifest: ManifestV2.parse(upgradeManifest(v1.data)), form: 'v1' }
}

/**
 * Reads a manifest from its text or UTF-8 bytes: JSON with comments, at most 64 KiB, version 1 or 2 by its shape.
 * Comes back as version 2 with every default filled in. Never throws on bad input.
 */
export function parseManifest(source: string | Uint8Array): ManifestResult {
  const read = readSource(source)
  return read.ok ? checkManifest(read.value) : { ok: false, errors: read.errors }
}
