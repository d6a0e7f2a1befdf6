import * as kv from 'gatehouse:extension/kv@0.1.0'
import * as log from 'gatehouse:extension/log@0.1.0'
import { decodeUtf8, encodeUtf8, field, hostErrorOf, json, problem, type Request, type Response } from '@gatehouse/sdk'
import { audit, drift, fingerprint, NotALockfile, parseLockfile, type Drift } from './audit.js'

const baselineKey = (project: string): string => `baseline/${project}`

/** The kept fingerprint of a project; null before its first audit. */
const readBaseline = (project: string): string[] | null => {
  const kept = kv.get(baselineKey(project))
  return kept ? (JSON.parse(decodeUtf8(kept)) as string[]) : null
}

/** Compares with the baseline. The first audit, and one with `?baseline=accept`, keeps what was sent as the new one. */
const compare = (
  project: string,
  found: readonly string[],
  accept: boolean,
): { kept: boolean; drift: Drift | null } => {
  const before = readBaseline(project)
  const kept = before === null || accept
  if (kept) kv.set(baselineKey(project), encodeUtf8(JSON.stringify(found)))
  return { kept, drift: before && drift(before, found) }
}

/** `POST /audit` with a package-lock.json: what it tells, and how it drifted from the baseline of that project. */
export function handle(request: Request): Response {
  try {
    const lockfile = parseLockfile(decodeUtf8(request.body))
    const report = audit(lockfile)
    const baseline = compare(report.project, fingerprint(lockfile), field(request.query, 'baseline') === 'accept')
    log.write(
      'info',
      `audited ${report.project}: ${report.packages} packages, ${report.install_scripts.length} with install scripts`,
    )
    return json(200, { ...report, baseline_kept: baseline.kept, drift: baseline.drift })
  } catch (error) {
    if (error instanceof NotALockfile || error instanceof RangeError)
      return problem(422, 'Not a lockfile', error.message)
    const refused = hostErrorOf(error)
    if (refused) return problem(502, 'Refused by the host', `${refused.code}: ${refused.message}`)
    throw error
  }
}
