import { DatabaseError } from 'pg'

/** SQLSTATE with which the server refused a statement (PostgreSQL, appendix A); undefined for any other error. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined

/** Whether a statement was ended since it took longer than a statement may. */
export const isStatementTimeout = (error: unknown): boolean => sqlStateOf(error) === '57014'
