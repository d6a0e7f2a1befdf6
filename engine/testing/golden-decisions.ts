import type { Action } from '#contract/actions.js'
import type { Gate } from '#contract/vocabulary.js'
import { digestOf } from '#runtime/digest.js'
import type { GoldenCase } from '../author/cases.js'
import { canonicalBytes } from '../canonical.js'
import type { PolicyEngine } from '../load.js'
import type { PastDecision } from '../what-if/past-decision.js'

/** Ids that golden cases speak of. */
const GOLDEN = {
  tenant: '01990000-0000-7000-8000-00000000000b',
  publisher: '01990000-0000-7000-8000-0000000000b1',
  extension: 'com.example.expenseAI',
} as const
const TENANTS = 50
const PUBLISHERS = 20
const EXTENSIONS = 80
/** Of a hundred decisions of a running platform, about so many are calls and host calls. */
const SHARES: Partial<Record<Gate, number>> = { call: 60, capability: 30 }
const START = Date.UTC(2026, 9, 1)
const STEP_MS = 20

const id = (kind: number, number: number): string =>
  `01990000-0000-7000-8${String(kind).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`

/** A UUID of version 7 made at `at`. */
const idAt = (at: number, number: number): string => {
  const moment = at.toString(16).padStart(12, '0')
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`
}

/** Gates in the order in which decisions come, without chance: the same number gives the same decision. */
const gateOf = (number: number, gates: readonly Gate[]): Gate => {
  const place = (number * 37) % 100
  if (place < SHARES.call!) return 'call'
  if (place < SHARES.call! + SHARES.capability!) return 'capability'
  return gates[number % gates.length]!
}

/**
 * Decisions that the engine makes on golden inputs, each with a tenant, publisher and extension of its own and, of calls,
 * another use of the quota: `used` runs over 0…1,099 of 1,000. The same numbers give the same decisions.
 */
export function* goldenDecisions(
  engine: PolicyEngine,
  cases: readonly GoldenCase[],
  count: number,
): Generator<PastDecision & { answer: Uint8Array; fuel: number }> {
  const byGate = Map.groupBy(cases, ({ gate }) => gate)
  const gates = [...byGate.keys()]
  for (let number = 0; number < count; number += 1) {
    const gate = gateOf(number, gates)
    const golden = byGate.get(gate)!
    const each = golden[Math.floor(number / 7) % golden.length]!
    const names = {
      tenant: id(1, number % TENANTS),
      publisher: id(2, number % PUBLISHERS),
      extension: `com.example.ext${number % EXTENSIONS}`,
    }
    const input = inputOf(each, names, number)
    const { answer, fuel } = engine.evaluate(gate, input)
    const at = START + number * STEP_MS
    yield {
      ...{ id: idAt(at, number), gate, action: each.input['action'] as Action, ...names, at },
      ...{ revision: engine.revision, decidedBy: 'policy', source: 'gate', masked: false },
      ...{ input, inputDigest: digestOf(input), answer, fuel },
    }
  }
}

function inputOf({ gate, input }: GoldenCase, names: Record<keyof typeof GOLDEN, string>, number: number): Uint8Array {
  const quota = input['quota']
  const varied = gate === 'call' && quota ? { ...input, quota: { ...quota, used: (number * 13) % 1_100 } } : input
  let text = Buffer.from(canonicalBytes(varied)).toString()
  for (const [kind, golden] of Object.entries(GOLDEN))
    text = text.replaceAll(golden, names[kind as keyof typeof GOLDEN])
  return new TextEncoder().encode(text)
}
