/** What OSS Index answers (its REST API, version 3), and what becomes of it. */

/** How bad, by the qualitative scale of CVSS 3.1. */
export type Severity = 'low' | 'medium' | 'high' | 'critical'

/** A vulnerability of one component. */
export interface Vulnerability {
  /** Package URL, as the database writes it. */
  readonly component: string
  /** CVE, or the id of the database. */
  readonly vulnerability: string
  readonly title: string
  readonly severity: Severity
  /** CVSS, 0 to 10. */
  readonly score: number
  readonly reference: string
}

/** The database answered, and not as it says it does. */
export class UnusableAnswer extends Error {}

/** Components that the database takes in one request. */
export const BATCH = 128

/** The body of a request about so many components. */
export const questionOf = (components: readonly string[]): string => JSON.stringify({ coordinates: components })

export const severityOf = (score: number): Severity =>
  score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const short = (value: unknown, most: number): string =>
  typeof value === 'string' ? value.slice(0, most).toWellFormed() : ''

const read = (component: string, given: unknown): Vulnerability => {
  if (!isRecord(given)) throw new UnusableAnswer(`a vulnerability of ${component} is no object`)
  const { cve, id, title, cvssScore, reference } = given
  const vulnerability = short(cve, 100) || short(id, 100)
  if (vulnerability === '') throw new UnusableAnswer(`a vulnerability of ${component} has neither cve nor id`)
  const score = typeof cvssScore === 'number' ? Math.min(10, Math.max(0, cvssScore)) : 0
  const words = { title: short(title, 200), reference: short(reference, 300) }
  return { component, vulnerability, severity: severityOf(score), score, ...words }
}

/** The vulnerabilities in an answer. Throws `UnusableAnswer`. */
export const readAnswer = (text: string): Vulnerability[] => {
  let reports: unknown
  try {
    reports = JSON.parse(text)
  } catch {
    throw new UnusableAnswer('the answer is not JSON')
  }
  if (!Array.isArray(reports)) throw new UnusableAnswer('the answer is no list of reports')
  return reports.flatMap((report: unknown) => {
    const { coordinates, vulnerabilities = [] } = isRecord(report) ? report : {}
    if (typeof coordinates !== 'string' || !Array.isArray(vulnerabilities))
      throw new UnusableAnswer('a report has no coordinates, or no list of vulnerabilities')
    return vulnerabilities.map((each) => read(short(coordinates, 400), each))
  })
}
