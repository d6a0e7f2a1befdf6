import type { AnswerOf } from '#sdk/client/client.js'
import type { Connection } from './find-connection.js'
import { amiss, ok, type ScimFinding } from './finding.js'
import { hintOf, type LogEntry } from './hints.rules.js'
import { tokenState, usableTokens, type Token } from './tokens.rules.js'

type Brake = Pick<AnswerOf<'scim.listBrakes'>['items'][number], 'id' | 'state' | 'count' | 'until'>

/** What the service knows of a connection. */
export interface Seen {
  readonly connection: Connection
  readonly tokens: readonly Token[]
  /** Its newest request that was no preview. */
  readonly last: LogEntry | undefined
  /** Requests of the last day that were refused or failed, as far as they were read. */
  readonly troubled: readonly LogEntry[]
  /** Its newest brakes, whether people decided on them or not. */
  readonly brakes: readonly Brake[]
  /** Epoch milliseconds. */
  readonly now: number
}

const DAY = 86_400_000
/** A token that ends so soon has to be replaced now. */
const SOON = 30 * DAY
/** Providers look every forty minutes or so; silence this long is no pause. */
const SILENT = 2 * DAY
/** How many kinds of refusals are told of. */
const KINDS = 5

const quoted = ({ name }: Connection): string => JSON.stringify(name)
const day = (moment: string): string => moment.slice(0, 10)

const stateOf = ({ connection }: Seen): ScimFinding =>
  connection.enabled
    ? ok('connection', `on, with the habits of ${connection.quirks}`)
    : amiss('connection', 'fail', [
        'off: every token of it is refused',
        `gatehouse scim connections set ${quoted(connection)} --enable`,
      ])

const tokenOf = ({ connection, tokens, now }: Seen): ScimFinding => {
  const real = tokens.filter(({ preview }) => !preview)
  const [newest, older] = usableTokens(real, now)
  const another = `gatehouse scim tokens create ${quoted(connection)} --name NAME, and give it to the provider`
  if (newest === undefined) {
    const ended = real.some((token) => tokenState(token, now) === 'expired')
      ? 'its token has expired'
      : 'it has no token'
    return amiss('token', 'fail', [ended, another])
  }
  if (Date.parse(newest.expires_at) - now < SOON)
    return amiss('token', 'warn', [`${newest.name} counts until ${day(newest.expires_at)} alone`, another])
  if (older === undefined) return ok('token', `${newest.name} counts until ${day(newest.expires_at)}`)
  return newest.last_used_at === null
    ? amiss('token', 'warn', [
        `two count, and the newer one, ${newest.name}, was never used`,
        `Put ${newest.name} into the provider; then gatehouse scim tokens revoke ${older.id}`,
      ])
    : amiss('token', 'warn', [
        `two count, and ${newest.name} is in use`,
        `gatehouse scim tokens revoke ${older.id} (${older.name}, last used ${older.last_used_at ?? 'never'})`,
      ])
}

const requestsOf = ({ connection, tokens, last, now }: Seen): ScimFinding => {
  const used = tokens.filter(({ preview }) => !preview).flatMap(({ last_used_at }) => last_used_at ?? [])
  // The log has changes; look-ups alone are seen by the token's use.
  const latest = [...used, ...(last ? [last.at] : [])].toSorted().at(-1)
  if (latest === undefined)
    return amiss('last_request', 'warn', [
      'the provider has not asked for anything yet',
      `Give it the address (gatehouse scim connections show ${quoted(connection)}) and a token, and turn provisioning on there`,
    ])
  if (now - Date.parse(latest) > SILENT)
    return amiss('last_request', 'warn', [
      `the provider has been silent since ${latest}`,
      'Look there whether provisioning was turned off, paused after failures, or has an old address',
    ])
  return ok('last_request', last ? `${latest}; the last change: ${last.method} ${last.path}, ${last.status}` : latest)
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`)

/** What waits for people, and what they said no to, which the provider cannot mend by itself. */
const brakeOf = ({ brakes, now }: Seen): ScimFinding[] => {
  const held = brakes.filter(({ state }) => state === 'held')
  const shut = brakes.filter(({ state, until }) => state === 'rejected' && until !== null && Date.parse(until) > now)
  if (held.length === 0 && shut.length === 0) return [ok('brake', 'holds nothing')]
  return [
    ...held.map(({ id, count }) =>
      amiss('brake', 'warn', [
        `holds ${changes(count)} until people decide`,
        `gatehouse scim brake list ${id}; then gatehouse scim brake release ${id}, or gatehouse scim brake reject ${id}`,
      ]),
    ),
    ...shut.map(({ id, count, until }) =>
      amiss('brake', 'warn', [
        `people rejected ${changes(count)}, refused until ${until}`,
        `gatehouse scim brake release ${id} lets it through all the same`,
      ]),
    ),
  ]
}

interface Kind {
  readonly title: string
  readonly latest: LogEntry
  readonly count: number
}
const kindsOf = (troubled: readonly LogEntry[]): Kind[] => {
  const kinds = new Map<string, Kind>()
  for (const entry of troubled) {
    const title = `${entry.status}${entry.scim_type === null ? '' : ` ${entry.scim_type}`}`
    const { latest = entry, count = 0 } = kinds.get(title) ?? {}
    kinds.set(title, { title, latest, count: count + 1 })
  }
  return [...kinds.values()].toSorted((a, b) => b.count - a.count).slice(0, KINDS)
}

const troublesOf = ({ connection, troubled }: Seen): ScimFinding[] => {
  if (troubled.length === 0) return [ok('failures', 'nothing was refused in the last day')]
  return kindsOf(troubled).map(({ title, latest, count }) => {
    const detail = `${count} of the last day: ${title}, last ${latest.method} ${latest.path}: ${latest.detail ?? 'no words'}`
    const remedy = hintOf(latest, connection) ?? `gatehouse scim log ${latest.id}`
    return amiss('failures', latest.outcome === 'failed' ? 'fail' : 'warn', [detail, remedy])
  })
}

/** All that is to say of a connection, from what the service knows. */
export const connectionFindings = (seen: Seen): ScimFinding[] => [
  stateOf(seen),
  tokenOf(seen),
  requestsOf(seen),
  ...brakeOf(seen),
  ...troublesOf(seen),
]
