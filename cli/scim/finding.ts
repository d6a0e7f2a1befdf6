/** What one look came to. `warn`: it works, and will not for long or not as meant. */
export interface ScimFinding {
  /** Stable name, in snake_case. */
  readonly name: string
  readonly state: 'ok' | 'warn' | 'fail' | 'skipped'
  readonly detail: string
  readonly remedy: string | null
}

/** A finding that nothing has to be done about. */
export const ok = (name: string, detail: string): ScimFinding => ({ name, state: 'ok', detail, remedy: null })
/** A finding with what to do about it. */
export const amiss = (
  name: string,
  state: 'warn' | 'fail',
  [detail, remedy]: readonly [string, string],
): ScimFinding => ({
  ...{ name, state, detail, remedy },
})

const MARK = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', skipped: 'not run' } as const

/** Findings as lines, each remedy below what it mends. */
export const findingLines = (findings: readonly ScimFinding[]): string[] =>
  findings.flatMap(({ name, state, detail, remedy }) => [
    `${MARK[state].padEnd(8)}${name.padEnd(18)}${detail}`,
    ...(remedy === null ? [] : [`        Next: ${remedy}`]),
  ])

/** Whether nothing failed. */
export const sound = (findings: readonly ScimFinding[]): boolean => findings.every(({ state }) => state !== 'fail')
