import type { CloudEvent } from '@gatehouse/sdk'
import type { Alert, Severity } from './alerts.js'

/** What an event says of a project. */
export interface Said {
  readonly project: string
  readonly opened: readonly Alert[]
  /** Keys of alerts. */
  readonly closed: readonly string[]
}

interface Finding {
  readonly component: string
  readonly vulnerability: string
}
interface Opened extends Finding {
  readonly severity: Severity
  readonly title: string
}
interface Secret {
  readonly fingerprint: string
  readonly title: string
  readonly severity: Severity
  readonly file: string | null
  readonly line: number
}

const keyOf = ({ component, vulnerability }: Finding): string => `${vulnerability} in ${component}`

const alertOfFinding = (finding: Opened): Alert => ({
  key: keyOf(finding),
  severity: finding.severity,
  title: `${keyOf(finding)} ${finding.title}`.trim(),
})

const alertOfSecret = ({ fingerprint, title, severity, file, line }: Secret): Alert => ({
  key: `secret ${fingerprint}`,
  severity,
  title: `${title} at ${file ?? 'line'}:${line}`,
})

/** How each type that the manifest consumes is read; its data has the shape that the manifest relies on. */
const READERS: Readonly<Record<string, (data: never) => Said>> = {
  'com.acme-labs.sbom-watch.findings_opened': ({ project, findings }: { project: string; findings: Opened[] }) => ({
    ...{ project, closed: [] },
    opened: findings.map(alertOfFinding),
  }),
  'com.acme-labs.sbom-watch.findings_closed': ({ project, findings }: { project: string; findings: Finding[] }) => ({
    ...{ project, opened: [] },
    closed: findings.map(keyOf),
  }),
  'com.acme-labs.secret-scanner.secrets_found': ({ project, secrets }: { project: string; secrets: Secret[] }) => ({
    ...{ project, closed: [] },
    opened: secrets.map(alertOfSecret),
  }),
}

/** What an event says; undefined for a type that nobody here reads. */
export const saidBy = ({ type, data }: CloudEvent): Said | undefined => READERS[type]?.(data as never)
