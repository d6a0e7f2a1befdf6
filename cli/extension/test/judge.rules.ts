import { isDeepStrictEqual } from 'node:util'
import { bytesOf, contentOf } from '#sdk/test-kit/content.js'
import type { LocalRun } from '../local/stage.js'
import type { Expectation } from '#sdk/test-kit/expectation.schema.js'
import type { Content } from '#sdk/test-kit/surroundings.schema.js'

/** What was otherwise than expected, and which field of the case said so. */
export interface Difference {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** What is left when a call is over. */
export interface Ended {
  readonly run: LocalRun
  readonly kv: ReadonlyMap<string, Uint8Array>
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Bytes as the expectation writes them: JSON is compared by value, all else byte by byte. */
const sameContent = (wanted: Content, found: Uint8Array): boolean => {
  if (typeof wanted === 'object' && 'json' in wanted) {
    const read = contentOf(found)
    const value = typeof read === 'object' && 'json' in read ? read.json : parsedOr(read)
    return isDeepStrictEqual(value, wanted.json)
  }
  return Buffer.from(bytesOf(wanted)).equals(found)
}

const parsedOr = (content: Content): unknown => {
  try {
    return JSON.parse(content as string)
  } catch {
    return content
  }
}

/** `ok`, how it ended, or `denied`. */
export const outcomeOf = ({ decision, result }: LocalRun): string =>
  result?.outcome ?? (decision?.outcome === 'deny' ? 'denied' : (decision?.outcome ?? 'denied'))

/** The code of what refused or failed a host call. */
export const codeOf = ({ answer }: LocalRun['calls'][number]): string | undefined =>
  'error' in answer ? answer.error.code : undefined

type WantedRequest = NonNullable<Expectation['sent']>[number]

const difference = (path: readonly PropertyKey[], wanted: unknown, actual: unknown): Difference => ({
  path: ['expect', ...path],
  message: `expected ${shown(wanted)}, found ${shown(actual)}`,
})

/** Everything in which a call ended otherwise than it was expected to. */
export const differences = (expect: Expectation, { run, kv }: Ended): Difference[] => {
  const found: Difference[] = []
  const say = (path: readonly PropertyKey[], wanted: unknown, actual: unknown) =>
    found.push(difference(path, wanted, actual))
  const hold = (path: readonly PropertyKey[], wanted: unknown, actual: unknown) => {
    if (!isDeepStrictEqual(wanted, actual)) say(path, wanted, actual)
  }
  const response = run.result?.response
  // A call that did not end well is never what was meant unless the case says so.
  const outcome = outcomeOf(run)
  const why = run.result?.error === undefined ? '' : ` (${run.result.error})`
  if (outcome !== (expect.outcome ?? 'ok')) say(['outcome'], expect.outcome ?? 'ok', `${outcome}${why}`)
  if (expect.status !== undefined) hold(['status'], expect.status, response?.status ?? null)
  for (const [name, value] of Object.entries(expect.headers ?? {}))
    hold(['headers', name], value, response?.headers.find(([each]) => each === name)?.[1] ?? null)
  if (expect.body !== undefined) {
    const body = response?.body ?? new Uint8Array(0)
    if (!sameContent(expect.body, body)) say(['body'], expect.body, contentOf(body))
  }
  if (expect.reasons) hold(['reasons'], expect.reasons, run.decision?.reasons.map(({ id }) => id) ?? [])
  if (expect.calls) {
    const calls = run.calls.map((call) => {
      const error = codeOf(call)
      return { name: call.name, ...(error !== undefined && { error }) }
    })
    hold(['calls'], expect.calls, calls)
  }
  for (const [index, part] of (expect.log ?? []).entries()) {
    const lines = run.log.map(({ message }) => message)
    if (!lines.some((line) => line.includes(part))) say(['log', index], part, lines)
  }
  for (const [key, content] of Object.entries(expect.kv ?? {})) {
    const stored = kv.get(key)
    const isSame = content === null ? !stored : stored && sameContent(content, stored)
    if (!isSame) say(['kv', key], content, stored ? contentOf(stored) : null)
  }
  if (expect.events)
    hold(
      ['events'],
      expect.events,
      run.events.map(({ type, data }) => ({ type, data })),
    )
  const fuel = run.result?.usage.fuel ?? 0
  if (expect.fuel_at_most !== undefined && fuel > expect.fuel_at_most) say(['fuel_at_most'], expect.fuel_at_most, fuel)
  found.push(...differencesOfSent(expect.sent, run.sent), ...differencesOfMetrics(expect.metrics ?? [], run.metrics))
  return found
}

const isAsSent = (wanted: WantedRequest, { method, url, headers, body }: LocalRun['sent'][number]): boolean =>
  url === wanted.url &&
  method === (wanted.method ?? method) &&
  Object.entries(wanted.headers).every(([name, value]) => headers[name] === value) &&
  (wanted.body === undefined || sameContent(wanted.body, body))

const differencesOfSent = (wanted: Expectation['sent'], sent: LocalRun['sent']): Difference[] => {
  const all = sent.map(({ body, ...rest }) => ({ ...rest, body: contentOf(body) }))
  if (wanted === undefined) return []
  if (wanted.length !== sent.length) return [difference(['sent'], `${wanted.length} requests`, all)]
  return wanted.flatMap((each, index) =>
    isAsSent(each, sent[index]!) ? [] : [difference(['sent', index], each, all[index])],
  )
}

const differencesOfMetrics = (
  wanted: NonNullable<Expectation['metrics']>,
  metrics: LocalRun['metrics'],
): Difference[] =>
  wanted.flatMap(({ name, labels, value }, index) => {
    const series = metrics.find((each) => each.name === name && isDeepStrictEqual(JSON.parse(each.labels), labels))
    const measured = series && (series.kind === 'gauge' ? series.last : series.sum)
    return measured === value ? [] : [difference(['metrics', index], { name, labels, value }, series ?? metrics)]
  })
