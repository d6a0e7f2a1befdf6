/** What in a case was otherwise, and where it says so. */
export interface Failure {
  readonly line: number
  readonly field: string
  readonly message: string
}

/** How one case went. */
export interface CaseResult {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly passed: boolean
  readonly failures: readonly Failure[]
  /** Host calls that were made, with what refused them. */
  readonly calls: readonly { readonly name: string; readonly error?: string }[]
  readonly fuel: number
}
