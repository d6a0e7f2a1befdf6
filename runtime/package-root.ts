import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Absolute path of the folder whose package.json is named `gatehouse`.
 * Found by walking up from this file, so that sources and `dist/` agree on it.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!isGatehouse(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder)
      throw new Error('gatehouse is not installed: no package.json of that name above its own files')
    folder = parent
  }
  return folder
}

function isGatehouse(file: string): boolean {
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'gatehouse'
}
