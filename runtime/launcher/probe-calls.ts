import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RuntimeRefusal } from '../errors.js'
import { runTool } from './run-tool.js'
import { answersOf, syscallProber, type ProbedCall } from './seccomp/prober.js'
import { CLONE, CLONE3, DENIED_CALLS, deniedOn, LAST_KNOWN_CALL, type CallGroup } from './seccomp/syscalls.js'
import type { WallKind } from './walls.js'

const LIMITS = { memoryMb: 64, cpuSeconds: 5, fileMb: 1, wallMs: 10_000, outputBytes: 65_536 }
const EPERM = -1
const ENOSYS = -38
const SIGCHLD = 17
const CLONE_NEWUSER = 0x1000_0000

/** Numbers on x86-64, for which alone there is a prober. */
const [[clone], [clone3]] = [CLONE, CLONE3]
const [[ptrace], [unshare], [socket]] = [
  DENIED_CALLS.tracing.ptrace,
  DENIED_CALLS.namespaces.unshare,
  DENIED_CALLS.sockets.socket,
]

/** What is tried, by group: each denied call with nonsense, and those that begin something with what would begin it. */
const TRIED: readonly (ProbedCall & { readonly group: CallGroup })[] = [
  ...Object.entries(deniedOn('x64')).flatMap(([group, numbers]) =>
    numbers.map((number) => ({ group: group as CallGroup, number })),
  ),
  { group: 'namespaces', number: unshare, args: [CLONE_NEWUSER] },
  { group: 'namespaces', number: clone, args: [CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0, 0] },
  { group: 'processes', number: clone, args: [SIGCHLD, 0, 0, 0, 0, 0] },
  { group: 'processes', number: clone3 },
  { group: 'tracing', number: ptrace, args: [0, 0, 0, 0] },
  { group: 'sockets', number: socket, args: [1, 1, 0] },
  { group: 'sockets', number: socket, args: [2, 2, 0] },
  { group: 'kernel', number: LAST_KNOWN_CALL + 1 },
]

/**
 * Groups of system calls that the kernel looked at, made from behind a wall by an executable of ours: whatever it answers
 * but "not permitted" and "no such call" is an open door. Raises `RuntimeRefusal` where the executable doesn't come through.
 */
export async function openCalls(kind: WallKind): Promise<CallGroup[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-prober-'))
  try {
    const executable = join(folder, 'prober')
    await writeFile(executable, syscallProber(TRIED), { mode: 0o755 })
    const run = await runTool({ kind }, { executable, args: [], folder, limits: LIMITS })
    const answers = answersOf(run.stdout)
    if (answers.length !== TRIED.length)
      throw new RuntimeRefusal('probe.silent', `the prober ended with ${run.ended} ${run.code}: ${run.stderr}`, {})
    const open = TRIED.filter((_call, index) => answers[index] !== EPERM && answers[index] !== ENOSYS)
    return [...new Set(open.map(({ group }) => group))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
