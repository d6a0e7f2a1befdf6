import type { Ask } from '../http/ask.js'
import { errorBody, toldError } from '../http/scim-face.js'
import { refuse, ScimError } from '../protocol/scim-error.js'
import { AskAgain } from '../provisioning/ask-again.js'
import type { Asked, Change } from '../provisioning/change.js'
import { addPeople, operate, wantedOf, type BulkMeans, type Outcome } from './bulk-operations.js'
import { bulkPlan, type BulkLimits, type BulkOperation, type BulkPlan } from './bulk.rules.js'

/** Operations under one decision and in one transaction. */
const CHUNK = 100

export interface BulkParts extends BulkMeans {
  readonly limits: BulkLimits
}

/** A request under way. */
interface Course {
  readonly ask: Ask
  readonly plan: BulkPlan
  /** Places of operations that were refused. */
  readonly failed: Set<number>
}

/** What an operation came to: its outcome, or whatever refused it. */
type Result = readonly [at: number, came: unknown]

/** Many changes in one request (RFC 7644, section 3.7). */
export class ScimBulk {
  constructor(private readonly parts: BulkParts) {}

  /**
   * Carries a request out, a hundred operations at a time; each refused one leaves the others as they are.
   * Raises `ScimError` for what is no Bulk request, and what refuses the first hundred as a whole.
   * @returns what the operations came to, as they are done
   */
  async begin(ask: Ask, body: Readonly<Record<string, unknown>>): Promise<AsyncGenerator<object[]>> {
    const course: Course = { ask, plan: bulkPlan(body, this.parts.limits), failed: new Set() }
    const chunks = this.chunks(course)
    const first = await chunks.next()
    return (async function* () {
      if (!first.done) yield first.value
      yield* chunks
    })()
  }

  private async *chunks(course: Course): AsyncGenerator<object[]> {
    const { order } = course.plan
    for (let begin = 0; begin < order.length && !isOver(course); begin += CHUNK) {
      const places = order.slice(begin, begin + CHUNK)
      // What refuses the first hundred refuses the request; later there are answers on their way already.
      const results =
        begin === 0
          ? await this.chunk(course, places)
          : await this.chunk(course, places).catch((error: unknown) => all(places, error))
      for (const [at, came] of results) if (!isOutcome(came)) course.failed.add(at)
      yield results.map(([at, came]) => told(course.plan.operations[at]!, came, course.ask.base))
    }
  }

  private async chunk(course: Course, places: readonly number[]): Promise<Result[]> {
    const { caller, method, path } = course.ask
    const asked: Asked = {
      ...{ caller, method, path, operation: 'bulk', resource: 'Bulk', resourceId: null },
      ...{ count: places.length, status: 200 },
    }
    const failed = new Set(course.failed)
    const done = await this.parts.provisioning.run(asked, () => (change) => {
      course.failed.clear()
      for (const at of failed) course.failed.add(at)
      return this.carryOut(change, course, places)
    })
    return Promise.all(done.map((result) => this.adopted(course, result)))
  }

  private async carryOut(change: Change, course: Course, places: readonly number[]): Promise<Result[]> {
    const results: Result[] = []
    for (let next = 0; next < places.length && !isOver(course);) {
      const together = this.together(course, places.slice(next))
      // oxlint-disable-next-line no-await-in-loop -- In their order, on one connection.
      const came = await this.several(change, course, together)
      for (const [index, at] of together.entries()) {
        results.push([at, came[index]])
        if (isOutcome(came[index])) continue
        course.failed.add(at)
        const { method, path } = course.plan.operations[at]!
        change.refused.push({ method, path, error: came[index] })
      }
      next += together.length
    }
    return results
  }

  /** The next operations that can be done by one statement: people to be added, unless each error counts. */
  private together({ plan }: Course, places: readonly number[]): readonly number[] {
    const isNewUser = (at: number): boolean => {
      const { method, kind, fault } = plan.operations[at]!
      return method === 'POST' && kind === 'User' && !fault
    }
    const others = places.findIndex((at) => !isNewUser(at))
    const many = plan.failOnErrors === undefined ? (others === -1 ? places.length : others) : 1
    return places.slice(0, Math.max(many, 1))
  }

  private async several(change: Change, course: Course, places: readonly number[]): Promise<(Outcome | ScimError)[]> {
    const operations = places.map((at) => course.plan.operations[at]!)
    const [first] = operations
    const { fault, needs } = first!
    if (operations.length === 1 && fault) return [fault]
    const missing = needs.find((at) => course.failed.has(at))
    if (operations.length === 1 && missing !== undefined)
      return [refuse('invalidValue', `It needs bulkId ${course.plan.operations[missing]!.bulkId}, which was refused`)]
    const isNew = first!.method === 'POST' && first!.kind === 'User'
    return isNew ? addPeople(change, operations, this.parts) : [await operate(change, first!, this.parts)]
  }

  /** Whoever is here already is taken over under a decision of its own, where the connection may. */
  private async adopted({ ask, plan, failed }: Course, [at, came]: Result): Promise<Result> {
    if (!(came instanceof AskAgain) || !ask.caller.scim.mayAdopt) return [at, came]
    const operation = plan.operations[at]!
    const wanted = wantedOf(ask, operation)
    if (wanted instanceof ScimError) return [at, wanted]
    const asked: Asked = {
      ...{ caller: ask.caller, method: operation.method, path: operation.path, operation: 'adopt', resource: 'User' },
      ...{ resourceId: null, count: 1, status: 201 },
    }
    try {
      const row = await this.parts.provisioning.run(
        asked,
        () => (change) => this.parts.users.add(change, wanted.content),
      )
      failed.delete(at)
      return [at, { status: 201, id: row.id, version: row.version }]
    } catch (error) {
      return [at, error]
    }
  }
}

const isOutcome = (came: unknown): came is Outcome => !(came instanceof Error)

const isOver = ({ plan, failed }: Course): boolean =>
  plan.failOnErrors !== undefined && failed.size >= plan.failOnErrors

const all = (places: readonly number[], error: unknown): Result[] => places.map((at) => [at, error])

/** What an operation came to, as it is answered. */
const told = ({ method, bulkId, kind, path }: BulkOperation, came: unknown, base: string): object => {
  const named = { method, ...(bulkId !== undefined && { bulkId }) }
  if (isOutcome(came)) {
    const { status, id, version } = came
    const location = `${base}/${kind}s/${id}`
    return { ...named, location, ...(version !== undefined && { version }), status: String(status) }
  }
  const response = errorBody(toldError(came))
  return { ...named, ...(method !== 'POST' && { location: `${base}${path}` }), status: response.status, response }
}
