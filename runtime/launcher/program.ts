import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { packageRoot } from '../package-root.js'

/** Where launched programs lie: `root` has package.json and `dist/`; node_modules is where it really is. */
export interface ProgramTree {
  readonly root: string
  readonly nodeModules: string
}

/** Parts that launched programs may import. */
const PARTS = ['contract', 'runtime', 'engine', 'certification', 'sdk'] as const
let tree: ProgramTree | undefined

/**
 * The built programs. When this module itself runs from sources (tests), they are built into a temporary folder once,
 * by leaving out the types, and removed when this process ends.
 */
export function programTree(): ProgramTree {
  tree ??= import.meta.url.endsWith('.ts')
    ? treeOfSources()
    : { root: packageRoot(), nodeModules: join(packageRoot(), 'node_modules') }
  return tree
}

function treeOfSources(): ProgramTree {
  const source = packageRoot()
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-programs-'))
  // Launched programs may run as another user.
  chmodSync(root, 0o755)
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  writeFileSync(join(root, 'package.json'), readFileSync(join(source, 'package.json')))
  symlinkSync(join(source, 'node_modules'), join(root, 'node_modules'))
  for (const part of PARTS) stripFolder(join(source, part), join(root, 'dist', part))
  mkdirSync(join(root, 'sdk'), { recursive: true })
  symlinkSync(join(source, 'sdk/wit'), join(root, 'sdk/wit'))
  symlinkSync(join(source, 'policies'), join(root, 'policies'))
  return { root, nodeModules: join(source, 'node_modules') }
}

function stripFolder(from: string, to: string): void {
  if (!existsSync(from)) return
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|json)$/.test(entry.name) || /\.(spec|d)\.ts$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const target = join(to, file.slice(from.length)).replace(/\.ts$/, '.js')
    mkdirSync(dirname(target), { recursive: true })
    const text = readFileSync(file, 'utf8')
    writeFileSync(target, file.endsWith('.ts') ? stripTypeScriptTypes(text, { mode: 'transform' }) : text)
  }
}
