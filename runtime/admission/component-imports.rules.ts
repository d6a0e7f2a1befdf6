import { AdmissionError } from '../errors.js'
import { AMBIENT_INTERFACES, DECLARED_INTERFACES, WIT_PACKAGE, WIT_VERSION } from './world.js'

const INTERFACES: readonly string[] = [...AMBIENT_INTERFACES, ...DECLARED_INTERFACES]
/** Interfaces that hold types only, so that importing them gives nothing. */
const TYPES = `${WIT_PACKAGE}/types@${WIT_VERSION}`

/** What to use in place of the WASI interfaces that toolchains pull in unasked. */
const INSTEAD: readonly (readonly [prefix: string, advice: string])[] = [
  ['wasi:clocks/', `${WIT_PACKAGE}/clock`],
  ['wasi:random/', `${WIT_PACKAGE}/random`],
  ['wasi:http/', `${WIT_PACKAGE}/http`],
  ['wasi:sockets/', `${WIT_PACKAGE}/http`],
  ['wasi:cli/std', `${WIT_PACKAGE}/log`],
  ['wasi:cli/environment', `${WIT_PACKAGE}/secrets`],
  ['wasi:filesystem/', `${WIT_PACKAGE}/kv`],
]

/**
 * The interfaces of ours that a component imports, such as `kv`, read from its printed WIT.
 * Raises `AdmissionError` `admission.import_refused` naming every other import and what to use instead.
 */
export function allowedImports(wit: string): string[] {
  const names = rootImports(wit)
  const allowed = new Map(INTERFACES.map((name) => [`${WIT_PACKAGE}/${name}@${WIT_VERSION}`, name]))
  const refused = names.filter((name) => name !== TYPES && !allowed.has(name))
  if (refused.length > 0) throw refusalOf(refused)
  return names.flatMap((name) => allowed.get(name) ?? []).sort()
}

/**
 * What the root world imports: interfaces by their full name, functions by their own. Comments are a stranger's words: the
 * printer begins each of their lines with slashes, and only line feeds count as ends of lines here.
 */
function rootImports(wit: string): string[] {
  const lines = wit.split('\n').filter((line) => !line.trimStart().startsWith('///'))
  const start = lines.indexOf('world root {')
  const end = lines.indexOf('}', start)
  if (start === -1 || end === -1) throw new AdmissionError('admission.malformed', 'the component has no world')
  return lines.slice(start + 1, end).flatMap((line) => /^ {2}import ([^;\s]+?)(?:;|: )/.exec(line)?.[1] ?? [])
}

function refusalOf(imports: readonly string[]): AdmissionError {
  const words = imports.map((name) => {
    const instead = INSTEAD.find(([prefix]) => name.startsWith(prefix))?.[1]
    return instead === undefined ? name : `${name} (use ${instead} instead)`
  })
  const message = `the component imports ${words.join(', ')}; on offer is ${WIT_PACKAGE} ${WIT_VERSION} alone`
  return new AdmissionError('admission.import_refused', message, { imports })
}
