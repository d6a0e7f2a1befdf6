/** One thing that is wrong, where it is, and what to do about it. */
export interface Finding {
  /** Name of the stage that found it. */
  readonly stage: string
  /** Path below the policy root; null where it is about all of it. */
  readonly file: string | null
  /** From 1 on. */
  readonly line: number | null
  /** What was broken: an error code of OPA, a builtin, a test, a golden case, a reason, a limit. */
  readonly rule: string | null
  readonly message: string
  readonly remedy: string
}

/** How a stage ended. A stage that did not run never counts as passed. */
export interface StageReport {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'not_run'
  /** What was looked at, or why the stage did not run. */
  readonly detail: string
  readonly findings: readonly Finding[]
  readonly ms: number
}

/** What the checks say of a policy. */
export interface CheckReport {
  /** No stage that ran found anything; `skipped` says which did not. */
  readonly ok: boolean
  /** Stages that this machine could not run, such as Regal's where it is not installed. They never count as passed. */
  readonly skipped: readonly string[]
  readonly stages: readonly StageReport[]
  /** Percent of the lines outside tests that tests reach, not rounded; null where that stage was not reached. */
  readonly coverage: number | null
}

/** What is wrong, before it is known which stage says so. */
export type Fault = Omit<Finding, 'stage'>

/** A fault about the policy as a whole. */
export const faultOf = (rule: string, message: string, remedy: string): Fault => ({
  file: null,
  line: null,
  rule,
  message,
  remedy,
})

/** What a stage found; `notRun` says why it could not look. */
export interface StageOutcome {
  readonly faults: readonly Fault[]
  readonly detail?: string
  readonly notRun?: true
}
