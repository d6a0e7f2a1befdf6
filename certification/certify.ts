import type { Certification, Finding } from '#contract/api/registry.js'
import { assetDigest } from './checks/asset-digest.check.js'
import { importAllowList } from './checks/import-allow-list.check.js'
import { malwareSignature } from './checks/malware-signature.check.js'
import { nativeCode } from './checks/native-code.check.js'
import { privateKey } from './checks/private-key.check.js'
import { size } from './checks/size.check.js'
import { undeclaredPermission } from './checks/undeclared-permission.check.js'
import { unusedPermission } from './checks/unused-permission.check.js'
import { wasiInterfaces } from './checks/wasi-interfaces.check.js'
import type { Check, Subject } from './subject.js'

/** Every check, in the order in which they run. */
export const CHECKS: readonly Check[] = [
  importAllowList,
  wasiInterfaces,
  undeclaredPermission,
  unusedPermission,
  assetDigest,
  nativeCode,
  privateKey,
  malwareSignature,
  size,
]

/** Policy reads at most so many findings; more than that is a finding in itself, so nothing is left out silently. */
const MAX_FINDINGS = 200

const capped = (findings: Finding[]): Finding[] =>
  findings.length <= MAX_FINDINGS
    ? findings
    : [
        ...findings.slice(0, MAX_FINDINGS - 1),
        {
          check: 'findings',
          code: 'findings.too_many',
          severity: 'critical',
          malware: findings.some(({ malware }) => malware),
          message: `There are ${findings.length} findings, more than ${MAX_FINDINGS}`,
          remedy: 'Repair what the others name, and publish again',
        },
      ]

const SEVERITY_ORDER: readonly Finding['severity'][] = ['critical', 'high', 'medium', 'low', 'info']

/** Runs every check on a subject. Findings come worst first. A check that throws makes the whole run throw: it is no pass. */
export const certify = (subject: Subject): Certification => {
  const findings = CHECKS.flatMap(({ id, run }) =>
    run(subject).map((found) => ({ ...found, check: id, malware: found.malware ?? false })),
  ).toSorted((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity))
  return { state: 'completed', checks: CHECKS.map(({ id }) => id), findings: capped(findings) }
}
