import type { Finding } from '#contract/api/registry.js'
import type { Manifest } from '#contract/manifest/index.js'

/** Why admission refused the component; `code` is the runtime's own, such as `admission.import_refused`. */
export interface NotAdmitted {
  readonly code: string
  readonly message: string
  /** The imports that were refused, where any were. */
  readonly imports?: readonly string[]
}

/** What the checks look at: a bundle that was read safely, its valid manifest, and what its component imports. */
export interface Subject {
  readonly manifest: Manifest
  /** Every file by its path inside the bundle. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Interfaces of ours that the component imports, such as `kv`; empty where there is none. */
  readonly imports: readonly string[]
  /** Interfaces of WASI that the component imports, by their full name; empty where there is none. */
  readonly wasi: readonly string[]
  /** Null where the component was admitted, or the manifest names none. */
  readonly notAdmitted: NotAdmitted | null
}

/** One check: pure, of a subject alone. What it finds is what policy sees. */
export interface Check {
  readonly id: string
  readonly run: (subject: Subject) => readonly Observation[]
}

/** A finding before it carries the id of its check. */
export type Observation = Omit<Finding, 'check' | 'malware'> & { readonly malware?: true }
