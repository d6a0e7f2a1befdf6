const UNIQUE_VIOLATION = '23505'

/** The unique constraint that a statement violated; undefined for any other error. */
export const violatedConstraint = (error: unknown): string | undefined => {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown }
  return code === UNIQUE_VIOLATION && typeof constraint === 'string' ? constraint : undefined
}

const INSUFFICIENT_PRIVILEGE = '42501'

/** Whether row-level security refused a statement: the row is another organisation's. */
export const isRowSecurityViolation = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === INSUFFICIENT_PRIVILEGE
