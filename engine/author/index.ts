/** What others call of the life of a policy before it is in service: check, report, seal, diff. No database, no HTTP. */
export { buildTrial } from './build.js'
export { checkAside, diffAside, sealAside, SourcesUnreadable } from './aside.js'
export { checkPolicy, STAGE_NAMES, type CheckOptions } from './check.js'
export type { CheckReport, Finding, StageReport } from './finding.js'
export { escapeXml, junitOf } from './junit.js'
export { Opa, OpaEnded, OpaRefused, openOpa } from './opa.js'
export { readPolicyFolder, type PolicyFiles } from './policy-files.js'
export { findRegal } from './regal.js'
export { reportLines } from './report.js'
export { sarifOf } from './sarif.js'
export {
  checkTenantPolicy,
  goldenSamples,
  type TenantCheck,
  type TenantSample,
  type TenantSources,
} from './tenant-check.js'
export { sealPolicy, shippedArchive, STATEMENT_FILE, type SealedRevision, type SealStatement } from './seal.js'
export { diffPolicies, type FileChange, type Meaning, type PolicyDiff } from './diff.js'
export type { Change } from './diff.rules.js'
