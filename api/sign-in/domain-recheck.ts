import { randomUUID } from 'node:crypto'
import { Periodic } from '../platform/periodic.js'
import type { Domains } from './domains.service.js'

const EVERY_MS = 10 * 60_000

/** Looks proven domains up again while the service runs. */
export class DomainRecheck extends Periodic {
  constructor(private readonly domains: Pick<Domains, 'recheck'>) {
    super(EVERY_MS)
  }

  protected turn(): Promise<void> {
    return this.domains.recheck(randomUUID())
  }
}
