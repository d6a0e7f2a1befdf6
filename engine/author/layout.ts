import { GATES } from '#contract/vocabulary.js'
import { faultOf, type Fault } from './finding.js'
import type { PolicyFiles } from './policy-files.js'

/** The most that is taken, so that no check works on more than it can. */
const MAX_FILES = 800
const MAX_FILE_BYTES = 1024 * 1024
const MAX_TOTAL_BYTES = 8 * 1024 * 1024

const PLACES = new RegExp(
  `^(?:governance(?:/[a-z][a-z0-9_]*)+\\.rego|cases/(?:${GATES.join('|')})/[a-z0-9][a-z0-9_-]*\\.yaml|platform\\.json)$`,
)
const EXPECTED = 'keep governance/**/*.rego, cases/<gate>/*.yaml and platform.json, in lower case, and nothing else'

/**
 * What is wrong with the files as such: their names, their sizes, their encoding. What passes can be written into a
 * folder and handed to `opa` without a name being an option, a way out, or a data file nobody expects.
 */
export function layoutFaults(files: PolicyFiles): Fault[] {
  const total = [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
  return [
    ...(files.size > MAX_FILES ? [faultOf('files', `${files.size} files`, `keep at most ${MAX_FILES}`)] : []),
    ...(total > MAX_TOTAL_BYTES
      ? [faultOf('bytes', `${total} bytes in all`, `keep at most ${MAX_TOTAL_BYTES} bytes`)]
      : []),
    ...(files.has('platform.json')
      ? []
      : [faultOf('platform.json', 'platform.json is missing', 'add it; {"platform": {}} will do')]),
    ...[...files].flatMap(([file, bytes]) => fileFaults(file, bytes)),
  ]
}

function fileFaults(file: string, bytes: Uint8Array): Fault[] {
  const at = (rule: string, message: string, remedy: string): Fault => ({ file, line: null, rule, message, remedy })
  if (!PLACES.test(file)) return [at('name', 'is no place for a part of a policy', EXPECTED)]
  if (bytes.byteLength > MAX_FILE_BYTES)
    return [at('bytes', `has ${bytes.byteLength} bytes`, `split it: at most ${MAX_FILE_BYTES} bytes are taken`)]
  const text = decode(bytes)
  if (text === undefined) return [at('encoding', 'is not UTF-8', 'save it as UTF-8')]
  return file === 'platform.json' ? platformFaults(text).map((message) => at('platform.json', message, PLATFORM)) : []
}

const PLATFORM = 'write one JSON object with the one member "platform"'

function platformFaults(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text)
    const ok = typeof value === 'object' && value !== null && Object.keys(value).join() === 'platform'
    return ok ? [] : ['is not an object with the one member "platform"']
  } catch (error) {
    return [(error as Error).message]
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
