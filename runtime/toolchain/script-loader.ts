import { AMBIENT_INTERFACES, WIT_PACKAGE, WIT_VERSION } from '../admission/world.js'

const interfaceName = (name: string): string => `${WIT_PACKAGE}/${name}@${WIT_VERSION}`

/**
 * A handler that takes another one in: its first request brings a CommonJS script in the place of its path, and from then on
 * that script's `handle` answers. What goes wrong is answered as 500, with the error's stack as a header. The script's own
 * line numbers are those of the stack less `LINES_BEFORE_SCRIPT`.
 * @param capabilities host interfaces that the manifest declares, such as `kv`
 */
export const loaderSource = (capabilities: readonly string[]): string => {
  const names = [...new Set([...AMBIENT_INTERFACES, ...capabilities])].sort()
  // An instance is kept as it is once the script is in: what the loader freed by then is room for calls, as in a whole build.
  return `${names.map((name, at) => `import * as host${at} from '${interfaceName(name)}'`).join('\n')}
const hosts = { ${names.map((name, at) => `'${interfaceName(name)}': host${at}`).join(', ')} }
let loaded
const required = (name) => {
  const found = hosts[name]
  if (found === undefined) throw new Error('There is no module ' + name + ' here: the manifest opens host interfaces')
  return found
}
const load = (script) => {
  const module = { exports: {} }
  new Function('require', 'exports', 'module', script)(required, module.exports, module)
  if (typeof module.exports.handle !== 'function') throw new Error('The handler exports no function handle')
  return module.exports
}
export function handle(request) {
  if (loaded !== undefined) return loaded.handle(request)
  try {
    loaded = load(request.path)
    new Uint8Array(${512 * 1024})
    return { status: 200, headers: [], body: new Uint8Array(0) }
  } catch (error) {
    const stack = error instanceof Error ? error.stack : ''
    return { status: 500, headers: [['message', String(error)], ['stack', String(stack)]], body: new Uint8Array(0) }
  }
}
`
}
