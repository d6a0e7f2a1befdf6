/** Node's and pg's own words for a server that is not there, and SQLSTATE classes 08 (connection) and 57P (shutting down, starting). */
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'])
const SQLSTATE = /^(08|57P)/
const WORDS = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

/** Whether an error of the driver means that the database cannot be reached, as opposed to a statement that it refuses. */
export const isUnreachable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown }
  if (typeof code === 'string' && SQLSTATE.test(code)) return true
  if (
    typeof code === 'string' &&
    NETWORK.has(code) &&
    (syscall === 'connect' || syscall === 'read' || syscall === 'write')
  )
    return true
  if (error instanceof AggregateError) return error.errors.some(isUnreachable)
  return WORDS.test(error.message)
}
