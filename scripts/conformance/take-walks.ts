import { NotShown } from '../demo/step.js'
import type { ApiDocument } from './document.js'
import type { WalkGround } from './ground/walk-ground.js'
import { succeeded, type Observer } from './observer.js'
import { findWalks, type Walk } from './walk.js'

/** What came of the walks of one operation. */
export interface Walked {
  readonly operation: string
  /** It answered with success. */
  readonly ok: boolean
  /** Statuses that it answered with, whoever asked. */
  readonly answers: readonly number[]
  /** Why it did not succeed. */
  readonly why?: unknown
  /** Where its answers differ from the document. */
  readonly faults: readonly string[]
}

interface Taking {
  readonly ground: WalkGround
  readonly document: ApiDocument
  readonly observer: Observer
  readonly only: readonly string[] | undefined
  readonly tell: (walked: Walked) => void
}

const NO_WALK = 'no walk: add one under scripts/conformance/walks/, by the id of the operation'

const whyNot = (error: unknown): string => {
  const { message } = error as Error
  return error instanceof NotShown ? `${message} ${JSON.stringify(error.seen).slice(0, 1_000)}` : message
}

/** Takes every walk of an operation; why one of them failed. */
const take = async (walks: readonly Walk[], ground: WalkGround): Promise<string | undefined> => {
  for (const walk of walks) {
    try {
      await walk(ground)
    } catch (error) {
      return whyNot(error)
    }
  }
  return walks.length === 0 ? NO_WALK : undefined
}

/** Takes the walks of every operation of the document, one after the other, in the order of the document. */
export const takeWalks = async ({ ground, document, observer, only, tell }: Taking): Promise<Walked[]> => {
  const walks = await findWalks()
  const all: Walked[] = []
  for (const { id } of document.operations.filter((one) => only === undefined || only.includes(one.id))) {
    const why = await take(walks.get(id) ?? [], ground)
    const seen = observer.seen.filter(({ operation }) => operation.id === id)
    const walked = {
      ...{ operation: id, ok: why === undefined && seen.some(succeeded) },
      answers: [...new Set(seen.map(({ status }) => status))],
      ...(why !== undefined && { why }),
      faults: [...new Set(seen.flatMap(({ faults }) => faults))],
    }
    tell(walked)
    all.push(walked)
  }
  return all
}
