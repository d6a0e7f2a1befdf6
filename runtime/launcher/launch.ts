import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import { programTree } from './program.js'
import { unhurried } from './scheduling.js'
import { inPlace, type WallKind } from './walls.js'

export interface LaunchOptions {
  /** The program, below `dist/`: `runtime/slots/child/main.js`. Its folder is visible. */
  readonly program: string
  readonly args?: readonly string[]
  /** Further absolute paths that it may read. */
  readonly readable?: readonly string[]
  /** Cap on V8's heap, in MiB. WebAssembly memory is apart. Default 64. */
  readonly heapMb?: number
  /** Lets the program start threads of its own; they stand behind the same wall. */
  readonly workers?: true
  /** Compiles WebAssembly fast rather than well: for a program that ends before what is optimised would pay. */
  readonly oneShot?: true
  /** Leaves Node's own permission model off; only for the probe, which plays the part of escaped code. */
  readonly withoutPermissionModel?: true
}

/** A launched program: it talks on `channel` (its descriptor 3); `complaints` is the end of what it wrote to stderr. */
export interface Launched {
  readonly process: ChildProcess
  readonly channel: Duplex
  complaints(): string
}

const MAX_COMPLAINT_CHARACTERS = 4000

/**
 * Starts a program behind a wall: no environment, no files but the named ones, no network, no other processes, nothing
 * inherited but descriptor 3. Never throws for a program that doesn't start: that is its `exit` or `error` event.
 */
export function launch(wall: WallKind, options: LaunchOptions): Launched {
  const { root } = programTree()
  const entry = join(root, 'dist', options.program)
  const visible = [join(root, 'package.json'), join(entry, '..'), ...(options.readable ?? [])]
  const args = [...nodeFlags(options, visible), entry, ...(options.args ?? [])]
  const command = unhurried(wall.command({ executable: process.execPath, args, visible: inPlace(visible) }))
  const child = spawn(command.file, command.args, {
    env: {},
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    ...command.identity,
  })
  return { process: child, channel: child.stdio[3] as Duplex, complaints: tail(child.stderr as Readable) }
}

function nodeFlags(options: LaunchOptions, visible: readonly string[]): string[] {
  const { heapMb, workers, oneShot, withoutPermissionModel } = options
  const flags = [`--max-old-space-size=${heapMb ?? 64}`, '--no-warnings', '--disable-proto=delete']
  if (oneShot === true) flags.push('--liftoff-only')
  if (withoutPermissionModel === true) return flags
  const allowed = [...(workers ? ['--allow-worker'] : []), ...visible.map((path) => `--allow-fs-read=${path}`)]
  return [...flags, '--no-addons', '--permission', ...allowed]
}

function tail(stream: Readable): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => (text = (text + chunk).slice(-MAX_COMPLAINT_CHARACTERS)))
  return () => text
}
