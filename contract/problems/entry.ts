/** A catalogued problem: HTTP status, what is the matter, and what to do about it. */
export type ProblemCatalogue = Readonly<
  Record<string, { readonly status: number; readonly title: string; readonly remedy: string }>
>
