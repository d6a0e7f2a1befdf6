import type { RecordedCall } from '#runtime/recordings/recording.rules.js'

/** What of a capability decision's input names the host call. */
interface DecidedCall {
  readonly capability: { readonly name: string }
  readonly kv?: { readonly key: string; readonly size_bytes: number } | null
  readonly http?: {
    readonly host: string
    readonly path: string
    readonly method: string
    readonly size_bytes: number
  } | null
  readonly secret?: { readonly name: string } | null
  readonly log?: { readonly level: string; readonly size_bytes: number } | null
  readonly config?: { readonly name: string | null } | null
  readonly event?: { readonly type: string } | null
  readonly metric?: { readonly name: string; readonly kind: string } | null
}

/** A decision with what it was made on. */
export interface Evidence<D> {
  readonly decision: D
  readonly input: DecidedCall
}

type Args = RecordedCall['args']

const bytes = (value: unknown): number => (value instanceof Uint8Array ? value.length : 0)

const keyOf = (args: Args): string => {
  const [first] = (args['operations'] ?? []) as { key: string }[]
  return String(args['key'] ?? first?.key ?? `${String(args['prefix'])}*`)
}

const destination = (args: Args): string => {
  const url = URL.parse(String(args['url']))
  return `${String(args['method'])} ${url?.hostname} ${url?.pathname} ${bytes(args['body'])}`
}

/** What was decided on, in one line that is the same for a call and for the decision on it; by the interface of the call. */
const SAME: Readonly<Record<string, { of(args: Args): string; in(input: DecidedCall): string }>> = {
  kv: { of: keyOf, in: ({ kv }) => String(kv?.key) },
  http: {
    of: destination,
    in: ({ http }) => `${http?.method} ${http?.host} ${http?.path} ${http?.size_bytes}`,
  },
  secrets: { of: ({ name }) => String(name), in: ({ secret }) => String(secret?.name) },
  log: {
    of: ({ level, message }) => `${String(level)} ${Buffer.byteLength(String(message))}`,
    in: ({ log }) => `${log?.level} ${log?.size_bytes}`,
  },
  config: { of: ({ name }) => String(name ?? null), in: ({ config }) => String(config?.name) },
  events: { of: ({ type }) => String(type), in: ({ event }) => String(event?.type) },
  metrics: {
    of: ({ kind, name }) => `${String(kind)} ${String(name)}`,
    in: ({ metric }) => `${metric?.kind} ${metric?.name}`,
  },
}

/** Finds the decision on each call, in the order of the calls: identical calls share one, and after a flush there is a new one. */
export const decisionFinder = <D extends { readonly id: string }>(
  decided: readonly Evidence<D>[],
): ((call: RecordedCall) => D | null) => {
  const taken = new Set<D>()
  return (call) => {
    const refusedBy = call.answer && 'error' in call.answer ? call.answer.error.decision_id : undefined
    const same = SAME[call.name.slice(0, call.name.indexOf('.'))]
    const fitting = decided.filter(({ decision, input }) =>
      refusedBy === undefined
        ? input.capability.name === call.name && same?.of(call.args) === same?.in(input)
        : decision.id === refusedBy,
    )
    const found = fitting.find(({ decision }) => !taken.has(decision)) ?? fitting.at(-1)
    if (found) taken.add(found.decision)
    return found?.decision ?? null
  }
}
