import type { Called, HostCallMade } from '#sdk/test-kit/called.js'
import { Expectation } from '#sdk/test-kit/expectation.schema.js'
import { codeOf, differences, outcomeOf, type Difference, type Ended } from './judge.rules.js'

/** What a test expected, and found otherwise. */
export class ExpectationFailed extends Error {
  constructor(readonly differences: readonly Difference[]) {
    super(differences.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A host call, and the code of what refused it. */
export const madeOf = (call: Ended['run']['calls'][number]): HostCallMade => {
  const error = codeOf(call)
  return { name: call.name, args: call.args, ...(error !== undefined && { error }) }
}

/** A call that has ended, as tests see it. */
export const calledOf = (ended: Ended): Called => {
  const { run, kv } = ended
  const response = run.result?.response
  const body = response?.body ?? new Uint8Array(0)
  const text = () => utf8.decode(body)
  return {
    outcome: outcomeOf(run),
    status: response?.status ?? null,
    headers: Object.fromEntries(response?.headers ?? []),
    body,
    text,
    json: () => JSON.parse(text()) as unknown,
    reasons: run.decision?.reasons.map(({ id }) => id) ?? [],
    calls: run.calls.map(madeOf),
    log: run.log.map(({ message }) => message),
    events: run.events.map(({ type, data }) => ({ type, data })),
    sent: run.sent,
    kv,
    fuel: run.result?.usage.fuel ?? 0,
    expect: (expected) => {
      const found = differences(Expectation.parse(expected), ended)
      if (found.length > 0) throw new ExpectationFailed(found)
    },
  }
}
