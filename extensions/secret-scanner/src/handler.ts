import * as clock from 'gatehouse:extension/clock@0.1.0'
import * as config from 'gatehouse:extension/config@0.1.0'
import * as events from 'gatehouse:extension/events@0.1.0'
import * as log from 'gatehouse:extension/log@0.1.0'
import * as metrics from 'gatehouse:extension/metrics@0.1.0'
import { decodeUtf8, field, hostErrorOf, json, problem, type Request, type Response } from '@gatehouse/sdk'
import { pieces } from '@gatehouse/sdk/streams'
import { allow, allowances, allowed, disallow, fingerprints } from './kept.js'
import { linesOf } from './lines.js'
import { placesIn } from './places.js'
import { scan, type Found, type Scanned } from './scan.js'

const SECRETS_FOUND = 'com.acme-labs.secret-scanner.secrets_found'
/** Credentials in one event, as the manifest has it. */
const IN_ONE = 50
const PROJECT = /^[\w.@/-]{1,120}$/
const FINGERPRINT = /^[0-9a-f]{16}$/
const MAX_REASON = 500

/** Tells whoever consumes the event. Where nobody granted that, the caller is told all the same. */
const tell = (project: string, secrets: readonly Found[]): void => {
  try {
    for (let at = 0; at < secrets.length; at += IN_ONE)
      events.publish(SECRETS_FOUND, JSON.stringify({ project, secrets: secrets.slice(at, at + IN_ONE) }))
  } catch (error) {
    if (hostErrorOf(error)?.code !== 'capability.not_granted') throw error
  }
}

const measure = ({ lines }: Scanned, standing: readonly Found[]): void => {
  metrics.record({ kind: 'histogram', name: 'lines_scanned', value: lines, labels: [] })
  for (const { rule } of standing)
    metrics.record({ kind: 'counter', name: 'secrets_found', value: 1, labels: [['rule', rule]] })
}

const setting = <T>(name: string): T | undefined => {
  const value = config.get(name)
  return value === null ? undefined : (JSON.parse(value) as T)
}

const scanBody = ({ query }: Request): Response => {
  const project = field(query, 'project') ?? ''
  if (!PROJECT.test(project))
    return problem(400, 'No project', 'query/project must name one, by letters, digits and ._-@/')
  const skip = setting<string[]>('skip') ?? []
  const quiet = allowed()
  const lines = linesOf(pieces(), { isDiff: field(query, 'format') !== 'text', placesIn })
  const scanned = scan(lines, { skip, fingerprint: fingerprints() })
  const standing = scanned.found.filter(({ fingerprint }) => !quiet.has(fingerprint))
  tell(project, standing)
  measure(scanned, standing)
  log.write(standing.length > 0 ? 'warn' : 'info', `${project}: ${scanned.lines} lines, ${standing.length} secrets`)
  const passed = standing.length === 0
  const status = passed || setting<boolean>('fail') === false ? 200 : 422
  return json(status, {
    ...{ project, passed, lines: scanned.lines, more: scanned.more },
    ...{ allowed: scanned.found.length - standing.length, secrets: standing },
  })
}

const putAllowance = (fingerprint: string, body: Uint8Array): Response => {
  if (!FINGERPRINT.test(fingerprint))
    return problem(400, 'No fingerprint', 'params/fingerprint must be one that a scan gave')
  const { reason } = JSON.parse(decodeUtf8(body)) as { reason?: unknown }
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > MAX_REASON)
    return problem(422, 'No reason', `reason must be text of at most ${MAX_REASON} characters`)
  const allowance = { reason, since: new Date(clock.nowMs()).toISOString() }
  allow(fingerprint, allowance)
  return json(200, { fingerprint, ...allowance })
}

const answer = (request: Request): Response => {
  const { method, path, params, body } = request
  if (path === '/scan') return scanBody(request)
  if (method === 'GET') return json(200, { allowed: allowances() })
  const fingerprint = field(params, 'fingerprint') ?? ''
  if (method === 'PUT') return putAllowance(fingerprint, body)
  disallow(fingerprint)
  return { status: 204, headers: [], body: new Uint8Array(0) }
}

/**
 * `POST /scan?project=` a diff, or with `&format=text` any text, as long as it likes; 422 where a credential stands in it.
 * `GET /allowed`, `PUT` and `DELETE /allowed/{fingerprint}`.
 */
export function handle(request: Request): Response {
  try {
    return answer(request)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return problem(422, 'Not JSON', error.message)
    const refused = hostErrorOf(error)
    if (!refused) throw error
    return problem(refused.kind === 'full' ? 507 : 502, 'Refused by the host', `${refused.code}: ${refused.message}`)
  }
}
