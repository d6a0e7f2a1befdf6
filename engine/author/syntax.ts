import type { Opa } from './opa.js'

/** Files parsed at the same time; each takes a process. */
const AT_ONCE = 4

/** A file's syntax tree as `opa parse` gives it, with the location of every part. */
export interface Parsed {
  readonly file: string
  readonly tree: unknown
}

/** Parses Rego files of a folder, in their order. Raises `OpaRefused` where one doesn't parse. */
export async function parseFiles(tool: Opa, folder: string, files: readonly string[]): Promise<Parsed[]> {
  const parsed: Parsed[] = []
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const some = files.slice(start, start + AT_ONCE)
    parsed.push(...(await Promise.all(some.map((file) => parseFile(tool, folder, file)))))
  }
  return parsed
}

async function parseFile(tool: Opa, folder: string, file: string): Promise<Parsed> {
  const text = await tool.output(['parse', '--format', 'json', '--json-include', 'locations', file], folder)
  return { file, tree: JSON.parse(text) }
}
