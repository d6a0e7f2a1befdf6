import { join } from 'node:path'
import { programTree } from './program.js'
import { scheduled, type Urgency } from './scheduling.js'
import { startProgram, type Started } from './spawner/index.js'
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
  /** What it gets of the processors beside others. Default `usual`. */
  readonly urgency?: Urgency
  /** Leaves Node's own permission model off; only for the probe, which plays the part of escaped code. */
  readonly withoutPermissionModel?: true
}

/**
 * Starts a program behind a wall: no environment, no files but the named ones, no network, no other processes, nothing
 * inherited but descriptor 3. Raises what kept it from starting.
 */
export function launch(wall: WallKind, options: LaunchOptions): Promise<Started> {
  const { root } = programTree()
  const entry = join(root, 'dist', options.program)
  const visible = [join(root, 'package.json'), join(entry, '..'), ...(options.readable ?? [])]
  const args = [...nodeFlags(options, visible), entry, ...(options.args ?? [])]
  const command = wall.command({ executable: process.execPath, args, visible: inPlace(visible) })
  const urgency = options.urgency ?? 'usual'
  return startProgram(scheduled(command, urgency), urgency)
}

function nodeFlags(options: LaunchOptions, visible: readonly string[]): string[] {
  const { heapMb, workers, oneShot, withoutPermissionModel } = options
  const flags = [`--max-old-space-size=${heapMb ?? 64}`, '--no-warnings', '--disable-proto=delete']
  if (oneShot === true) flags.push('--liftoff-only')
  if (withoutPermissionModel === true) return flags
  const allowed = [...(workers ? ['--allow-worker'] : []), ...visible.map((path) => `--allow-fs-read=${path}`)]
  return [...flags, '--no-addons', '--permission', ...allowed]
}
