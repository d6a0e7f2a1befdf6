/** How a stage ended. A stage that did not run never counts as passed. */
export interface StageResult {
  readonly state: 'passed' | 'failed' | 'not_run'
  readonly detail: string
}

/** A stage that found nothing. */
export const passed = (detail = ''): StageResult => ({ state: 'passed', detail })
/** A stage that found what `detail` names. */
export const failed = (detail: string): StageResult => ({ state: 'failed', detail })

/** Passed where there is no fault; otherwise failed, with one line for each. */
export const verdictOf = (faults: readonly string[], done: string): StageResult =>
  faults.length === 0 ? passed(done) : failed(faults.join('\n'))
