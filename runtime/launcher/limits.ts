import { RuntimeRefusal } from '../errors.js'
import { systemProgram } from './node-files.js'
import type { Command } from './walls.js'

/** What the kernel lets one process use. */
export interface ResourceLimits {
  /** Private writable memory in MiB (RLIMIT_DATA): it counts what Go and V8 use, not what they only reserve. */
  readonly memoryMb: number
  /** Processor time in seconds (RLIMIT_CPU), which holds also where whoever started it is gone. */
  readonly cpuSeconds: number
  /** Size of a written file in MiB (RLIMIT_FSIZE). */
  readonly fileMb: number
}

const LIMIT_SCRIPT = 'set -e; ulimit -c 0; ulimit -t "$1"; ulimit -d "$2"; ulimit -f "$3"; shift 3; exec "$@"'
const KIB_PER_MIB = 1024
/** `ulimit -f` counts in blocks of 512 bytes (POSIX.1-2024). */
const BLOCKS_PER_MIB = 2048

/** The same command under limits, which everything behind the wall inherits. Raises `RuntimeRefusal` without a POSIX shell. */
export function limited(command: Command, { memoryMb, cpuSeconds, fileMb }: ResourceLimits): Command {
  const sh = systemProgram('sh')
  if (sh === undefined) throw new RuntimeRefusal('limits.absent', 'without a POSIX shell no limits can be set', {})
  const limits = [cpuSeconds, memoryMb * KIB_PER_MIB, fileMb * BLOCKS_PER_MIB].map(String)
  return { ...command, file: sh, args: ['-c', LIMIT_SCRIPT, 'limits', ...limits, command.file, ...command.args] }
}
