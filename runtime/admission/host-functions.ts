import { WIT_PACKAGE, WIT_VERSION, type AMBIENT_INTERFACES, type DECLARED_INTERFACES } from './world.js'

/**
 * Every function of every interface that a component may import, as the component model names them. The generated glue reaches
 * the host's objects by these names, so a name that is not here never gets that far.
 */
type Functions = Readonly<Record<string, readonly string[]>>

const method = (resource: string, names: readonly string[]): string[] =>
  names.map((name) => `[method]${resource}.${name}`)

type OwnInterface = (typeof AMBIENT_INTERFACES)[number] | (typeof DECLARED_INTERFACES)[number] | 'types'

/** Of `gatehouse:extension`. */
const OWN_FUNCTIONS: Functions & Record<OwnInterface, readonly string[]> = {
  clock: ['now-ms'],
  config: ['get', 'all'],
  events: ['publish'],
  http: ['fetch'],
  kv: ['get', 'set', 'delete', 'list', 'read', 'transact', 'scan'],
  log: ['write'],
  metrics: ['record'],
  random: ['bytes'],
  secrets: ['get'],
  streams: ['read', 'start', 'write'],
  types: [],
}

/** Of WASI 0.2, up to 0.2.12. The file system is there because standard libraries import it; there is nothing in it. */
const WASI_FUNCTIONS: Functions = {
  'wasi:cli/environment': ['get-environment', 'get-arguments', 'initial-cwd'],
  'wasi:cli/exit': ['exit', 'exit-with-code'],
  'wasi:cli/stderr': ['get-stderr'],
  'wasi:cli/stdin': ['get-stdin'],
  'wasi:cli/stdout': ['get-stdout'],
  'wasi:cli/terminal-input': [],
  'wasi:cli/terminal-output': [],
  'wasi:cli/terminal-stderr': ['get-terminal-stderr'],
  'wasi:cli/terminal-stdin': ['get-terminal-stdin'],
  'wasi:cli/terminal-stdout': ['get-terminal-stdout'],
  'wasi:clocks/monotonic-clock': ['now', 'resolution', 'subscribe-duration', 'subscribe-instant'],
  'wasi:clocks/wall-clock': ['now', 'resolution'],
  'wasi:filesystem/preopens': ['get-directories'],
  'wasi:filesystem/types': [
    'filesystem-error-code',
    ...method('directory-entry-stream', ['read-directory-entry']),
    ...method('descriptor', [
      ...['advise', 'append-via-stream', 'create-directory-at', 'get-flags', 'get-type', 'is-same-object', 'link-at'],
      ...['metadata-hash', 'metadata-hash-at', 'open-at', 'read', 'read-directory', 'read-via-stream', 'readlink-at'],
      ...['remove-directory-at', 'rename-at', 'set-size', 'set-times', 'set-times-at', 'stat', 'stat-at', 'symlink-at'],
      ...['sync', 'sync-data', 'unlink-file-at', 'write', 'write-via-stream'],
    ]),
  ],
  'wasi:io/error': method('error', ['to-debug-string']),
  'wasi:io/poll': ['poll', ...method('pollable', ['block', 'ready'])],
  'wasi:io/streams': [
    ...method('input-stream', ['blocking-read', 'blocking-skip', 'read', 'skip', 'subscribe']),
    ...method('output-stream', [
      ...['blocking-flush', 'blocking-splice', 'blocking-write-and-flush', 'blocking-write-zeroes-and-flush'],
      ...['check-write', 'flush', 'splice', 'subscribe', 'write', 'write-zeroes'],
    ]),
  ],
  'wasi:random/insecure': ['get-insecure-random-bytes', 'get-insecure-random-u64'],
  'wasi:random/insecure-seed': ['insecure-seed'],
  'wasi:random/random': ['get-random-bytes', 'get-random-u64'],
}

/** Of WASI, 0.2 with any patch: its releases add and never change. */
const WASI_NAME = /^(wasi:[^@]+)@0\.2\.\d{1,3}$/
const OWN_NAME = /^([^@]+)@(.+)$/

/** The functions of an imported interface, by its full name with version; undefined: it is not on offer. */
export function functionsOf(imported: string): readonly string[] | undefined {
  const wasi = WASI_NAME.exec(imported)?.[1]
  if (wasi !== undefined) return lookUp(WASI_FUNCTIONS, wasi)
  const own = ownInterface(imported)
  return own === undefined ? undefined : lookUp(OWN_FUNCTIONS, own)
}

/** Whether an import is of WASI, on offer or not. */
export const isWasi = (imported: string): boolean => imported.startsWith('wasi:')

/** The short name of an interface of ours in our version, such as `kv`; undefined: it is none. */
export function ownInterface(imported: string): string | undefined {
  const [, path = '', version] = OWN_NAME.exec(imported) ?? []
  return version === WIT_VERSION && path.startsWith(`${WIT_PACKAGE}/`) ? path.slice(WIT_PACKAGE.length + 1) : undefined
}

const lookUp = (functions: Functions, name: string): readonly string[] | undefined =>
  Object.hasOwn(functions, name) ? functions[name] : undefined
