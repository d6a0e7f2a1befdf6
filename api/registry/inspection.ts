import type { Certification, Finding } from '#contract/api/registry.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { Manifest } from '#contract/manifest/index.js'
import {
  PROBLEMS,
  problem,
  type FieldError,
  type Problem,
  type ProblemCode,
  type ProblemDetails,
} from '#contract/problems.js'

/** What looking into an uploaded bundle behind the launcher came to. */
export type Inspection =
  /** The examination itself did not take place, so nothing is known of the bundle. */
  | { readonly kind: 'unavailable'; readonly cause: unknown }
  /** Bytes that no safe reader takes for a bundle: nothing in it can be named. */
  | { readonly kind: 'unreadable'; readonly code: ProblemCode; readonly detail: string }
  | { readonly kind: 'manifest_invalid'; readonly errors: readonly FieldError[] }
  | {
      readonly kind: 'read'
      readonly manifest: Manifest
      readonly certification: Certification
      /** The admitted form; null where the component was not admitted. */
      readonly artifact: Artifact | null
    }
export type Unread = Exclude<Inspection, { kind: 'read' }>

/** The problem that tells why there is nothing to decide on. */
export const problemOf = (inspection: Unread, details: ProblemDetails = {}): Problem => {
  switch (inspection.kind) {
    case 'unavailable':
      return problem('scanner.unavailable', { ...details, cause: inspection.cause })
    case 'unreadable':
      return problem(inspection.code, { ...details, detail: inspection.detail })
    case 'manifest_invalid':
      return problem('manifest.invalid', { ...details, errors: inspection.errors })
  }
}

const finding = (code: ProblemCode, message: string): Finding => ({
  check: 'archive',
  code,
  severity: 'critical',
  malware: false,
  message,
  remedy: PROBLEMS[code].remedy,
})

/** What policy is told of certification: a bundle that cannot be read is one critical finding. */
export const certificationOf = (inspection: Inspection): Certification => {
  switch (inspection.kind) {
    case 'read':
      return inspection.certification
    case 'unavailable':
      return { state: 'unavailable', checks: [], findings: [] }
    case 'unreadable':
      return { state: 'completed', checks: ['archive'], findings: [finding(inspection.code, inspection.detail)] }
    case 'manifest_invalid':
      return {
        state: 'completed',
        checks: ['archive'],
        findings: [finding('manifest.invalid', 'The manifest is not valid')],
      }
  }
}
