import type { Certification } from '#contract/api/registry.js'
import { parseManifest, type Manifest } from '#contract/manifest/index.js'
import type { FieldError } from '#contract/problems.js'
import { admit } from '#runtime/admission/admit.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import { BundleRefused, type BundleFault } from '#runtime/bundle/bundle-refused.js'
import type { BundleFiles } from '#runtime/bundle/pack.js'
import { readBundle } from '#runtime/bundle/read.js'
import { AdmissionError } from '#runtime/errors.js'
import { certify } from './certify.js'
import type { NotAdmitted } from './subject.js'

/** Where the manifest lies in a bundle. */
export const MANIFEST_FILE = 'extension.json'
const PAGES_PER_MIB = 16

/** What a bundle came to: refused by the reader, without a valid manifest, or read, admitted and certified. */
export type Report =
  | { readonly kind: 'unreadable'; readonly code: BundleFault; readonly detail: string }
  | { readonly kind: 'manifest_invalid'; readonly errors: readonly FieldError[] }
  | {
      readonly kind: 'read'
      readonly manifest: Manifest
      readonly certification: Certification
      /** Null where the component was not admitted, or the manifest's runtime has none. */
      readonly artifact: Artifact | null
    }

/**
 * Reads, admits and certifies a bundle. Never throws for what is wrong with the bundle; whatever it does throw means
 * that it was not examined. Meant to run behind the launcher: every byte of it is a stranger's.
 */
export const inspect = async (bundle: Uint8Array): Promise<Report> => {
  const files = await readSafely(bundle)
  if ('kind' in files) return files
  const source = files.get(MANIFEST_FILE)
  const parsed = source
    ? parseManifest(source)
    : {
        ok: false as const,
        errors: [{ pointer: '', detail: `${MANIFEST_FILE} is not in the bundle`, remedy: 'Add it' }],
      }
  if (!parsed.ok) return { kind: 'manifest_invalid', errors: parsed.errors }
  return examined(parsed.manifest, files)
}

const readSafely = async (bundle: Uint8Array): Promise<BundleFiles | Extract<Report, { kind: 'unreadable' }>> => {
  try {
    return await readBundle(bundle)
  } catch (error) {
    if (!(error instanceof BundleRefused)) throw error
    return { kind: 'unreadable', code: error.code, detail: error.message }
  }
}

const examined = async (manifest: Manifest, files: BundleFiles): Promise<Report> => {
  const { artifact, notAdmitted } = await admitted(manifest, files)
  const { imports = [], wasi = [] } = artifact?.record ?? {}
  return { kind: 'read', manifest, artifact, certification: certify({ manifest, files, imports, wasi, notAdmitted }) }
}

interface Admitted {
  readonly artifact: Artifact | null
  readonly notAdmitted: NotAdmitted | null
}

/** What the manifest does not declare is admitted all the same here: that is a finding, for policy to weigh. */
const admitted = async ({ runtime, limits }: Manifest, files: BundleFiles): Promise<Admitted> => {
  if (runtime.kind !== 'component') return { artifact: null, notAdmitted: null }
  const component = files.get(runtime.entry)
  if (!component) return refused('component.missing', `${runtime.entry} is not in the bundle`)
  try {
    return { artifact: await admit(component, { maxMemoryPages: limits.memory_mb * PAGES_PER_MIB }), notAdmitted: null }
  } catch (error) {
    if (!(error instanceof AdmissionError)) throw error
    const { imports } = error.details
    return refused(error.code, error.message, error.code === 'admission.import_refused' ? imports : undefined)
  }
}

const refused = (code: string, message: string, imports?: unknown): Admitted => ({
  artifact: null,
  notAdmitted: {
    code,
    message: message.slice(0, 1000),
    ...(Array.isArray(imports) && { imports: imports.map(String) }),
  },
})
