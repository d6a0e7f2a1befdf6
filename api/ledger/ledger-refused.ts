/**
 * Raised to whoever waits for a row that could not be made durable. `row`: this row itself was refused and would be again;
 * `outage`: the database could not be asked, or has too much waiting.
 */
export class LedgerRefused extends Error {
  override readonly name = 'LedgerRefused'

  constructor(
    readonly fault: 'row' | 'outage',
    cause: unknown,
  ) {
    super(`the ledger did not take the row: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
