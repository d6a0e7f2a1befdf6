import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the parts of the WASI shim lie that a slot loads, and all that it has to see for that. */
export interface ShimFiles {
  readonly folder: string
  readonly readable: readonly string[]
}

let files: ShimFiles | undefined

/**
 * The shim's build for browsers, found as an installed package is. Its entry for Node starts threads and opens sockets and
 * files, and is not among what a slot sees.
 */
export function wasiShim(): ShimFiles {
  files ??= located()
  return files
}

function located(): ShimFiles {
  const entry = createRequire(import.meta.url).resolve('@bytecodealliance/preview2-shim')
  const root = join(dirname(entry), '..', '..')
  const folder = join(root, 'dist', 'browser')
  // The package says that its files are modules.
  return { folder, readable: [join(root, 'package.json'), folder] }
}
