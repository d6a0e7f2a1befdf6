/** Node's and pg's own words for a server that is not there, and SQLSTATE classes 08 (connection) and 57P (shutting down, starting). */
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'])
const SQLSTATE = /^(08|57P)/
/** Prisma's words for it: not reached, timed out, closed, and no transaction to be had in time. */
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2028'])
const WORDS = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

/** Prisma wraps what the server said; its SQLSTATE stands inside. */
const saidThroughPrisma = (meta: unknown): boolean => {
  const { driverAdapterError } = (meta ?? {}) as { driverAdapterError?: { cause?: { originalCode?: unknown } } }
  const said = driverAdapterError?.cause?.originalCode
  return typeof said === 'string' && SQLSTATE.test(said)
}

/** Whether an error of the driver means that the database cannot be reached, as opposed to a statement that it refuses. */
export const isUnreachable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code, syscall, meta } = error as Error & { code?: unknown; syscall?: unknown; meta?: unknown }
  if (saidThroughPrisma(meta)) return true
  if (typeof code === 'string' && (SQLSTATE.test(code) || PRISMA.has(code))) return true
  if (
    typeof code === 'string' &&
    NETWORK.has(code) &&
    (syscall === 'connect' || syscall === 'read' || syscall === 'write')
  )
    return true
  if (error instanceof AggregateError) return error.errors.some(isUnreachable)
  return WORDS.test(error.message)
}
