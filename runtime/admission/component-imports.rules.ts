import { AdmissionError } from '../errors.js'
import { functionsOf, isWasi, ownInterface } from './host-functions.js'
import { WIT_PACKAGE, WIT_VERSION } from './world.js'

/** What to use in place of an interface that is not on offer. The first that fits counts. */
const INSTEAD: readonly (readonly [prefix: string, advice: string])[] = [
  ['wasi:http/', `${WIT_PACKAGE}/http`],
  ['wasi:sockets/', `${WIT_PACKAGE}/http`],
  ['wasi:tls/', `${WIT_PACKAGE}/http`],
  ['wasi:messaging/', `${WIT_PACKAGE}/http`],
  ['wasi:keyvalue/', `${WIT_PACKAGE}/kv`],
  ['wasi:blobstore/', `${WIT_PACKAGE}/kv`],
  ['wasi:config/', `${WIT_PACKAGE}/secrets`],
  ['wasi:logging/', `${WIT_PACKAGE}/log`],
  ['wasi:clocks/timezone', `${WIT_PACKAGE}/clock, which is in UTC`],
  ['wasi:cli/run', 'handle, which an extension exports'],
  ['wasi:snapshot-preview1/', 'a component made with the adapter of WASI 0.2'],
]
/** For an interface of which only another version is on offer. */
const OTHER_VERSION = 'WASI 0.2 in a released version'

/** What a component imports of what is on offer. */
export interface AllowedImports {
  /** Interfaces of ours by their short name, such as `kv`. */
  readonly own: readonly string[]
  /** Interfaces of WASI by their full name with version. */
  readonly wasi: readonly string[]
}

/**
 * What a component imports, read from its printed WIT.
 * Raises `AdmissionError` `admission.import_refused` naming every import that is not on offer and what to use instead.
 */
export function allowedImports(wit: string): AllowedImports {
  const names = rootImports(wit)
  const refused = names.filter((name) => functionsOf(name) === undefined)
  if (refused.length > 0) throw refusalOf(refused)
  const own = names.flatMap((name) => ownInterface(name) ?? []).filter((name) => name !== 'types')
  return { own: own.sort(), wasi: names.filter(isWasi).sort() }
}

/** What an extension uses in place of an import that is not on offer; undefined: nothing takes its place. */
export function insteadOf(imported: string): string | undefined {
  const known = INSTEAD.find(([prefix]) => imported.startsWith(prefix))?.[1]
  const [name] = imported.split('@')
  return known ?? (functionsOf(`${name}@0.2.0`) === undefined ? undefined : OTHER_VERSION)
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
    const instead = insteadOf(name)
    return instead === undefined ? name : `${name} (use ${instead} instead)`
  })
  const offer = `on offer are ${WIT_PACKAGE} ${WIT_VERSION} and of WASI 0.2 io, clocks, random, cli and an empty file system`
  return new AdmissionError('admission.import_refused', `the component imports ${words.join(', ')}; ${offer}`, {
    imports,
  })
}
