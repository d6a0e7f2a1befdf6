/** Puts parameters into the template of a path; a `{path}` takes the rest of a path as it is, slashes included. */
export const pathOf = (template: string, params: Readonly<Record<string, unknown>> = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'path' ? String(params[name]) : encodeURIComponent(String(params[name])),
  )

/** A query with its `?`; values that are undefined or null are left out, and nothing is given where none is left. */
export const queryOf = (query: Readonly<Record<string, unknown>> = {}): string => {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  return set.length === 0
    ? ''
    : `?${new URLSearchParams(set.map(([name, value]): [string, string] => [name, String(value)]))}`
}
