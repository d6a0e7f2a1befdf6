/** One thing that was looked at, and what came of it. */
export interface Check {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped. */
  readonly why?: string
  /** Of a list or a complex value that was not as expected, the parts that differed. */
  readonly differs?: readonly string[]
}

/** What all came to; `skipped_unlisted` counts what was skipped for no reason that is listed. */
export interface Summary {
  readonly checks: number
  readonly passed: number
  readonly failed: number
  readonly skipped_unlisted: number
}
