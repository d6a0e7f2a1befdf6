import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AdmissionError } from '../errors.js'
import { packageRoot } from '../package-root.js'

/** Package of our interfaces, as it stands in import names: `gatehouse:extension/kv@0.1.0`. */
export const WIT_PACKAGE = 'gatehouse:extension'
/** Version of the interfaces in `sdk/wit/` that guests are built against. */
export const WIT_VERSION = '0.1.0'

/** Interfaces that every extension may import unasked. */
export const AMBIENT_INTERFACES = ['clock', 'random'] as const
/** Interfaces that a manifest has to declare. */
export const DECLARED_INTERFACES = ['config', 'events', 'http', 'kv', 'log', 'metrics', 'secrets', 'streams'] as const

const ALL_INTERFACES: readonly string[] = [...AMBIENT_INTERFACES, ...DECLARED_INTERFACES]

/** Our WIT as shipped in `sdk/wit`. */
export function extensionWit(): string {
  return readFileSync(join(packageRoot(), 'sdk/wit/extension.wit'), 'utf8')
}

/**
 * The WIT of one extension: our interfaces and a world named `extension` that imports exactly `capabilities`
 * (`kv`, `http` …) and the ambient ones, and exports `handle`.
 * Raises `AdmissionError` `admission.unknown_capability` for a capability without an interface.
 */
export function worldFor(capabilities: readonly string[]): string {
  const unknown = capabilities.find((name) => !ALL_INTERFACES.includes(name))
  if (unknown !== undefined) {
    const message = `there is no host interface ${unknown}; on offer are ${ALL_INTERFACES.join(', ')}`
    throw new AdmissionError('admission.unknown_capability', message, { capability: unknown })
  }
  const names = [...new Set([...AMBIENT_INTERFACES, ...capabilities])].sort()
  const imports = names.map((name) => `  import ${name};\n`).join('')
  return `${extensionWit()}
world extension {
  use types.{request, response};
${imports}  export handle: func(request: request) -> result<response, string>;
}
`
}
