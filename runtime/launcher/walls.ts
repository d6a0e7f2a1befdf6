import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { librariesOf, systemProgram } from './node-files.js'
import { underFilterIn, withFilterOpen } from './seccomp/loader.js'
import { ownArchitecture, type Architecture } from './seccomp/syscalls.js'
import { WALL_SCRIPT } from './wall-script.js'

/** `nobody` of every distribution: owns nothing. */
const NOBODY = 65_534

type Namespaces = 'bwrap' | 'unshare' | 'unshare-user'
export type WallName = Namespaces | `${Namespaces}+seccomp` | 'permission-only'

/** A file or folder of the host, and where it is seen inside. Both paths are absolute. */
export interface Binding {
  readonly from: string
  readonly to: string
  /** What is written there reaches the host; everything else is read-only. */
  readonly writable?: true
}

/** What to start and what it may see. */
export interface Enclosed {
  /** Absolute path of the executable. It and its libraries come by themselves. */
  readonly executable: string
  readonly args: readonly string[]
  readonly visible: readonly Binding[]
}

/** A command line that puts a program behind a wall. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** User and group to start it as. */
  readonly identity?: { readonly uid: number; readonly gid: number }
}

/** One way of walling a process in; `command` builds the command line. */
export interface WallKind {
  readonly name: WallName
  /** `namespaces`: the operating system denies files, network and other processes. `permission-only`: Node alone does. */
  readonly strength: 'namespaces' | 'permission-only'
  /** Whether a seccomp filter stands as well: what namespaces leave of the kernel is then closed too. */
  readonly filtered: boolean
  command(enclosed: Enclosed): Command
}

/** Paths that are seen where they are. */
export const inPlace = (paths: Iterable<string>): Binding[] => [...paths].map((path) => ({ from: path, to: path }))

const isRoot = (): boolean => process.getuid?.() === 0

/** The walls that this machine has the programs for, the strongest first. Whether they hold is for the probe to say. */
export function availableWalls(): WallKind[] {
  const architecture = ownArchitecture()
  return [
    ...(architecture === undefined ? [] : wallsOfNamespaces(architecture)),
    ...wallsOfNamespaces(),
    permissionOnly(),
  ].filter((wall) => wall !== undefined)
}

const wallsOfNamespaces = (filter?: Architecture): (WallKind | undefined)[] => [
  bwrapWall(filter),
  ...(isRoot() ? [unshareWall({ ownUser: false, filter })] : []),
  unshareWall({ ownUser: true, filter }),
]

function bwrapWall(filter?: Architecture): WallKind | undefined {
  const [bwrap, sh] = [systemProgram('bwrap'), systemProgram('sh')]
  if (bwrap === undefined || sh === undefined) return undefined
  const flags = ['--unshare-all', '--die-with-parent', '--clearenv', '--cap-drop', 'ALL']
  return {
    name: filter ? 'bwrap+seccomp' : 'bwrap',
    strength: 'namespaces',
    filtered: filter !== undefined,
    command: ({ executable, args, visible }) => {
      const shown = [...inPlace([executable, ...librariesOf(executable)]), ...visible]
      const binds = shown.flatMap(({ from, to, writable }) => [writable ? '--bind' : '--ro-bind', from, to])
      const inside = [...binds, '--remount-ro', '/', '--chdir', '/', '--', executable, ...args]
      if (filter === undefined) return { file: bwrap, args: [...flags, ...inside] }
      const [file, ...opening] = withFilterOpen(sh, filter)
      return { file: file!, args: [...opening, bwrap, ...flags, '--seccomp', '9', ...inside] }
    },
  }
}

interface UnshareOptions {
  /** In a user namespace of its own, as an ordinary user can; else as root, who then becomes nobody. */
  readonly ownUser: boolean
  readonly filter: Architecture | undefined
}

function unshareWall({ ownUser, filter }: UnshareOptions): WallKind | undefined {
  const [unshare, setpriv, sh] = [systemProgram('unshare'), systemProgram('setpriv'), systemProgram('sh')]
  const perl = systemProgram('perl')
  if (process.platform !== 'linux' || unshare === undefined || setpriv === undefined || sh === undefined)
    return undefined
  if (filter !== undefined && perl === undefined) return undefined
  const namespaces = ['--mount', '--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child']
  const identity = ownUser ? [] : [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  const rights = ['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all', '--pdeathsig=KILL']
  const name = ownUser ? 'unshare-user' : 'unshare'
  return {
    name: filter ? `${name}+seccomp` : name,
    strength: 'namespaces',
    filtered: filter !== undefined,
    command: ({ executable, args, visible }) => {
      const programs = new Set([executable, setpriv].flatMap((binary) => [binary, ...librariesOf(binary)]))
      const shown = [...inPlace(programs), ...visible]
      const binds = shown.flatMap(({ from, to, writable }) => [writable ? 'rw' : 'ro', from, to])
      const root = mountPoint()
      const enter = filter === undefined ? ['chroot', root] : underFilterIn(perl!, root, filter)
      const script = [sh, '-c', WALL_SCRIPT, 'wall', root, ...binds, '--', ...enter]
      const inside = [setpriv, ...identity, ...rights, '--', executable, ...args]
      const user = ownUser ? ['--user', '--map-root-user'] : []
      return { file: unshare, args: [...user, ...namespaces, '--', ...script, ...inside] }
    },
  }
}

function permissionOnly(): WallKind {
  return {
    name: 'permission-only',
    strength: 'permission-only',
    filtered: false,
    command: ({ executable, args }) => ({
      file: executable,
      args,
      ...(isRoot() ? { identity: { uid: NOBODY, gid: NOBODY } } : {}),
    }),
  }
}

let point: string | undefined

/** An empty folder over which each process mounts its own root, seen by nobody else. */
function mountPoint(): string {
  if (point !== undefined) return point
  const made = mkdtempSync(join(tmpdir(), 'gatehouse-wall-'))
  process.once('exit', () => rmdirSync(made))
  return (point = made)
}
