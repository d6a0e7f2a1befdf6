/** As PostgreSQL's `commit_siblings`: where one statement carried so many, more are on their way. */
const SIBLINGS = 4
/** As PostgreSQL's `commit_delay`, in milliseconds: a small part of what a call takes where so many are under way. */
const LINGER_MS = 4

/**
 * What waits between two statements of one kind, so that more travel in the next one: each statement wakes a server
 * process and costs more than a row that joins. Who comes alone does not wait.
 * @param carried how many rows or questions the last statement carried
 */
export async function linger(carried: number): Promise<void> {
  if (carried >= SIBLINGS) await new Promise((resolve) => setTimeout(resolve, LINGER_MS))
}
