/** The command was called wrongly: exit code 2. The message names the flag and says what it takes. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
