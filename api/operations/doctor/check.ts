/** What a check found. `remedy` says what to do where it is not ok. */
export interface Found {
  readonly ok: boolean
  readonly detail: string
  readonly remedy?: string
}

/** One thing that can be wrong, and how to find out. A look that rejects is a finding too: its message, and this remedy. */
export interface Check<Subject> {
  /** Stable name, in snake_case. */
  readonly name: string
  readonly remedy: string
  look(subject: Subject): Promise<Found>
}

/** What was found by one check, as it is told. */
export interface Finding {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly remedy: string | null
}

/** Every finding; `ok` where none is amiss. */
export interface Diagnosis {
  readonly ok: boolean
  readonly checks: readonly Finding[]
}

/** Looks, and makes a finding of whatever comes of it. */
export async function examine<Subject>(check: Check<Subject>, subject: Subject): Promise<Finding> {
  const { name } = check
  try {
    const { ok, detail, remedy = check.remedy } = await check.look(subject)
    return { name, ok, detail, remedy: ok ? null : remedy }
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message, remedy: check.remedy }
  }
}
