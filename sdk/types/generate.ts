/** `types:generate` writes the declarations for editors of extensions; `--check` tells whether they are fresh, and exits 1 where not. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { typeDeclarations } from './declarations.js'

const FILE = 'sdk/types/generated/gatehouse.d.ts'

const path = join(packageRoot(), FILE)
const text = await typeDeclarations()
if (!process.argv.includes('--check')) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
} else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
  console.error(`${FILE} is not what the SDK says. Run: npm run types:generate`)
  process.exitCode = 1
}
