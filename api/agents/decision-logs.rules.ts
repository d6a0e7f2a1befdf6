import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import { ACTION_IDS, type Action } from '#contract/actions.js'
import { OPA_BUNDLE, OpaLabels } from '#contract/api/agents.js'
import { Answer } from '#contract/decisions/answer.js'
import { Digest, Instant, isExactText } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import { GATES, type ANSWERS, type Gate } from '#contract/vocabulary.js'
import { canonicalBytes } from '#engine/canonical.js'
import { digestOf } from '#runtime/digest.js'

/** The most that a decision log may take, packed or unpacked, in bytes. OPA sends 32 KiB packed by default. */
export const MAX_LOG_BYTES = 8 * 1024 * 1024
/** The most events of a log: far more than OPA puts in one, and few enough to be read. A few KiB packed can be millions. */
export const MAX_LOG_EVENTS = 20_000
/** The most values of a log, by what parts and begins them: reading so many holds up others for a fifth of a second at most. */
export const MAX_LOG_VALUES = 500_000
/** As deep as every other body. */
const MAX_DEPTH = 32
const MAX_MASKED_PATHS = 100
const MAX_AGENT_ID = 100

/** A decision that an agent made, in the columns of table `agent_decision` but for its own id and whose agent it is. */
export interface ToldDecision {
  readonly agent: string
  readonly decision_id: string
  readonly path: string | null
  readonly gate: Gate | null
  readonly action: Action | null
  readonly outcome: (typeof ANSWERS)[number] | null
  readonly revision: string | null
  /** RFC 8785 bytes. */
  readonly input: Uint8Array | null
  readonly answer: Uint8Array | null
  readonly input_digest: string | null
  readonly error: string | null
  readonly masked: boolean
  readonly masked_paths: readonly string[]
  readonly requested_by: string | null
  readonly at: string
}

const short = (max: number) => z.string().max(max).refine(isExactText)

/** One event as OPA sends it: https://www.openpolicyagent.org/docs/management-decision-logs. What is not read here may be anything. */
const DecisionEvent = z.looseObject({
  labels: OpaLabels,
  decision_id: short(200).min(1),
  timestamp: Instant,
  path: short(1000).optional(),
  bundles: z.record(z.string(), z.looseObject({ revision: z.string().optional() })).optional(),
  input: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
  erased: z.array(short(1000)).max(MAX_MASKED_PATHS).optional(),
  masked: z.array(short(1000)).max(MAX_MASKED_PATHS).optional(),
  requested_by: short(200).optional(),
})
type DecisionEvent = z.infer<typeof DecisionEvent>

const unzip = promisify(gunzip)

/**
 * The events of a decision log. What a gzip would grow to beyond the limit is never built.
 * Raises `request.too_large`, `request.malformed_json`, `request.unsupported_media_type` for another encoding than gzip.
 */
export const unpackLog = async (body: Uint8Array, encoding: string | undefined): Promise<unknown[]> => {
  const bytes = await plain(body, encoding)
  if (hasMoreValues(bytes, MAX_LOG_VALUES)) throw tooLarge(`${MAX_LOG_VALUES} values`)
  const events = parse(bytes)
  if (Array.isArray(events)) {
    if (events.length > MAX_LOG_EVENTS) throw tooLarge(`${MAX_LOG_EVENTS} events`)
    return events
  }
  throw problem('request.invalid', { errors: [{ pointer: '', detail: 'must be an array of events' }] })
}

const plain = async (body: Uint8Array, encoding = 'identity'): Promise<Uint8Array> => {
  if (body.byteLength > MAX_LOG_BYTES) throw tooLarge()
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw problem('request.unsupported_media_type', { detail: 'Send gzip, or nothing packed' })
  try {
    return await unzip(body, { maxOutputLength: MAX_LOG_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw problem('request.malformed_json', { detail: 'The body is not gzip', cause: error })
  }
}

const tooLarge = (most = `${MAX_LOG_BYTES} bytes`) =>
  problem('request.too_large', { detail: `A decision log has at most ${most}` })

const [COMMA, OPEN_ARRAY, OPEN_OBJECT] = [0x2c, 0x5b, 0x7b]

/** Whether JSON may have more values than so many: found without building them. Commas and brackets in strings count as well. */
const hasMoreValues = (bytes: Uint8Array, most: number): boolean => {
  let found = 0
  for (let at = 0; at < bytes.length && found <= most; at++) {
    const byte = bytes[at]
    if (byte === COMMA || byte === OPEN_ARRAY || byte === OPEN_OBJECT) found++
  }
  return found > most
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw problem('request.malformed_json', { detail: 'The body is not JSON', cause: error })
  }
}

const Sent = z.looseObject({ labels: z.looseObject({ id: short(MAX_AGENT_ID).min(1) }) })

/** Id of the agent that sent an event, also of one that is in no form of OPA's; null where it names none. */
export const agentOf = (event: unknown): string | null => Sent.safeParse(event).data?.labels.id ?? null

/** An event as it is kept; null where it is not in the form of OPA, or can't be kept exactly. */
export const toldDecision = (event: unknown): ToldDecision | null => {
  if (!isShallow(event, MAX_DEPTH)) return null
  const parsed = DecisionEvent.safeParse(event)
  if (!parsed.success || agentOf(event) === null) return null
  try {
    return columnsOf(parsed.data)
  } catch {
    // A lone surrogate has no canonical form.
    return null
  }
}

const columnsOf = (event: DecisionEvent): ToldDecision => {
  const { labels, decision_id, timestamp, input, result, error, requested_by } = event
  const path = event.path ?? null
  const masked_paths = [...(event.erased ?? []), ...(event.masked ?? [])]
  const kept = input === undefined ? null : canonicalBytes(input)
  return {
    ...{ agent: labels.id!, decision_id, path, gate: gateOf(path), action: actionOf(input), at: timestamp },
    ...{ outcome: outcomeOf(result), revision: revisionOf(event), masked: masked_paths.length > 0, masked_paths },
    ...{ input: kept, input_digest: kept && digestOf(kept), requested_by: requested_by ?? null },
    answer: result === undefined ? null : canonicalBytes(result),
    error: error === undefined ? null : JSON.stringify(error).replaceAll('\\u0000', '').slice(0, 2000),
  }
}

/** The gate whose entrypoint a rule is. */
const gateOf = (path: string | null): Gate | null => {
  const [, name] = /^\/?governance\/([a-z]+)\/decision$/.exec(path ?? '') ?? []
  return GATES.find((gate) => gate === name) ?? null
}

const actionOf = (input: unknown): Action | null => {
  const named = typeof input === 'object' && input !== null ? (input as { action?: unknown }).action : undefined
  return ACTION_IDS.find((action) => action === named) ?? null
}

const outcomeOf = (result: unknown): (typeof ANSWERS)[number] | null => {
  const parsed = Answer.safeParse(result)
  return parsed.success ? parsed.data.outcome : null
}

const revisionOf = ({ bundles }: DecisionEvent): string | null => {
  const parsed = Digest.safeParse(bundles?.[OPA_BUNDLE]?.revision)
  return parsed.success ? parsed.data : null
}

const isShallow = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}
