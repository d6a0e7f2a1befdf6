import { Resolver } from 'node:dns/promises'
import type { TxtLookUp } from './domains.service.js'

const TIMEOUT_MS = 3_000
const TRIES = 2
/** The name or its records are not there: an answer, and a clear one. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA'])

/** Looks TXT records up at these name servers (`address:port`), or at those of the machine. */
export const txtLookUp = (servers: readonly string[]): TxtLookUp => {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
  if (servers.length > 0) resolver.setServers(servers)
  return async (name) => {
    try {
      return await resolver.resolveTxt(name)
    } catch (error) {
      return ABSENT.has((error as NodeJS.ErrnoException).code ?? '') ? [] : null
    }
  }
}
