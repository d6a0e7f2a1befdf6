import { randomUUID } from 'node:crypto'
import { Periodic } from '../../platform/periodic.js'
import type { Removal } from './removal.service.js'

const EVERY_MS = 60_000

/** Looks every minute for organisations whose time has come. */
export class RemovalWatch extends Periodic {
  constructor(private readonly removal: Pick<Removal, 'turn'>) {
    super(EVERY_MS)
  }

  protected turn(): Promise<void> {
    return this.removal.turn(randomUUID())
  }
}
