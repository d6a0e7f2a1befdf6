import type { z } from 'zod'
import type { Called, TestEvent } from '#sdk/test-kit/called.js'
import type { Surrounded } from '#sdk/test-kit/index.js'
import { setStage, type Registered, type TestStage } from '#sdk/test-kit/registry.js'
import { Surroundings, type Given } from '#sdk/test-kit/surroundings.schema.js'
import { openState } from '../local/host.js'
import { ExpectationFailed } from './called.js'
import { Delivered, type DeliveredEvent } from './case-file.js'
import type { CaseResult, Failure } from './case-result.js'
import type { Subject } from './subject.js'
import type { TestFile } from './test-file.js'

/** A test that has not ended by then has failed: a promise in it settles never. */
const LONGEST_MS = 60_000

/** Ids of events that say none: the first of a test is that of a case in YAML. */
const FIRST_ID = 0xe1
const eventId = (earlier: number): string =>
  `01990000-0000-7000-8000-${(FIRST_ID + earlier).toString(16).padStart(12, '0')}`

/** What a test gave, checked. Raises `TypeError` that names the field. */
const checked = <T>(schema: z.ZodType<T>, given: unknown, whole: string): T => {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new TypeError(`/${issue!.path.map(String).join('/')} of the ${whole} ${issue!.message}`)
}

/** Makes the calls of one test, and keeps what came of them. */
class Calls implements TestStage {
  readonly ended: Called[] = []
  private open = 0
  private delivered = 0

  constructor(private readonly subject: Subject) {}

  surround(given: Given): Surrounded {
    const surroundings = checked(Surroundings, given, 'surroundings')
    const state = openState(surroundings)
    return {
      call: (request) => this.kept(this.subject.call(request, surroundings, state)),
      deliver: async (event) => this.kept(this.subject.deliver(this.whole(event), surroundings, state)),
    }
  }

  private whole(event: TestEvent): DeliveredEvent {
    return checked(Delivered, { ...event, id: event.id ?? eventId(this.delivered++) }, 'event')
  }

  private async kept(call: Promise<Called>): Promise<Called> {
    this.open += 1
    const called = await call.finally(() => (this.open -= 1))
    this.ended.push(called)
    return called
  }

  /** Raises where a call has not ended: nothing that it comes to would be seen. */
  settled(): void {
    if (this.open > 0) throw new Error(`${this.open} of its calls were not awaited`)
  }
}

const inTime = async ({ run }: Registered): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It has not ended after ${LONGEST_MS / 1000} s`)), LONGEST_MS)
  })
  try {
    await Promise.race([run(), late])
  } finally {
    clearTimeout(timer)
  }
}

const failuresOf = (error: unknown, line: number): Failure[] => {
  if (error instanceof ExpectationFailed)
    return error.differences.map(({ path, message }) => ({ line, field: path.join('.'), message }))
  return [{ line, field: 'test', message: error instanceof Error ? error.message : String(error) }]
}

/** Runs one test of a file. */
export const runTest = async (subject: Subject, test: Registered, { file, lineOf }: TestFile): Promise<CaseResult> => {
  const line = lineOf(test.at) ?? 1
  const calls = new Calls(subject)
  const failures: Failure[] = []
  setStage(calls)
  try {
    await inTime(test)
    calls.settled()
  } catch (error) {
    failures.push(...failuresOf(error, lineOf(error) ?? line))
  } finally {
    setStage(undefined)
  }
  return {
    ...{ file, line, name: test.name, passed: failures.length === 0, failures },
    calls: calls.ended.flatMap((called) => called.calls.map(({ args: _, ...call }) => call)),
    fuel: calls.ended.reduce((sum, { fuel }) => sum + fuel, 0),
  }
}
