import { hash } from 'node:crypto'
import { problem } from '#contract/problems.js'
import type { Database } from '../database/database.service.js'
import { LIMITS, type Whose } from './attempts.rules.js'
import { countAttempt, forgetFailures, takeBack } from './failed-attempts.repository.js'

/** An attempt that was counted and is being made. */
export interface AttemptUnderWay {
  /** It was right: it counts no longer. `forget` lets go of the failures before it too, where all of it was proven. */
  succeeded(how?: { readonly forget: boolean }): Promise<void>
}

const keyOf = ({ kind, of }: Whose): Buffer => hash('sha256', `gatehouse-attempt\0${kind}\0${of}`, 'buffer')

/** The one limit on guessing, over all instances. */
export class Attempts {
  constructor(private readonly database: Pick<Database, 'records'>) {}

  /** Counts an attempt of each. Raises `sign_in.too_many`, with the seconds to wait, where it is too early for one of them. */
  async begin(whose: readonly Whose[]): Promise<AttemptUnderWay> {
    const { records } = this.database
    const counted: Whose[] = []
    for (const each of whose) {
      const left = await countAttempt(records, keyOf(each), LIMITS[each.kind])
      if (left !== undefined) {
        for (const one of counted) await takeBack(records, keyOf(one))
        throw problem('sign_in.too_many', { retryAfter: left })
      }
      counted.push(each)
    }
    return { succeeded: (how) => this.succeeded(counted, how?.forget ?? false) }
  }

  /** Forgets the failures of one: they proved otherwise who they are. */
  async forget(whose: Whose): Promise<void> {
    await forgetFailures(this.database.records, keyOf(whose))
  }

  /** What one address did stays, but for this: whoever has an account of their own could clear it otherwise. */
  private async succeeded(whose: readonly Whose[], forget: boolean): Promise<void> {
    for (const each of whose) {
      if (forget && each.kind !== 'address') await this.forget(each)
      else await takeBack(this.database.records, keyOf(each))
    }
  }
}
