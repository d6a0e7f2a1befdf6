import { Problem } from '#contract/problems.js'

/** Reason ids, or else the code, of the problem that some work raises. */
export const refusal = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => ['nothing was refused'],
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      return error.details.reasons?.map(({ id }) => id) ?? [error.code]
    },
  )
