/** What others call of the life of a policy before it is in service: check, report. No database, no HTTP. */
export { checkPolicy, STAGE_NAMES, type CheckOptions } from './check.js'
export type { CheckReport, Finding, StageReport } from './finding.js'
export { junitOf } from './junit.js'
export { Opa, openOpa } from './opa.js'
export { readPolicyFolder, type PolicyFiles } from './policy-files.js'
export { findRegal } from './regal.js'
export { reportLines } from './report.js'
export { sarifOf } from './sarif.js'
