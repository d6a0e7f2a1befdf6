import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** A compiler, or a part of it, that this machine has not got. The message says how to get it. */
export class ToolMissing extends Error {}

/** Sources that do not compile; the message is what the compiler said. */
export class CompileFailed extends Error {}

/** A compiler and what it is to do. */
export interface Tool {
  readonly command: string
  readonly args: readonly string[]
  /** Where it runs; here where absent. */
  readonly folder?: string
  readonly input?: string
}

/** What a compiler said, and whether it was content. */
export interface Told {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

/** Runs a compiler to its end. A command that is not there is not `ok`, and says so. */
export const runTool = async ({ command, args, folder, input = '' }: Tool): Promise<Told> => {
  const child = spawn(command, args, { cwd: folder, stdio: 'pipe' })
  const ended = once(child, 'close') as Promise<[number | null]>
  child.stdin.on('error', () => undefined).end(input)
  try {
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    return { ok: code === 0, stdout, stderr }
  } catch (error) {
    return { ok: false, stdout: '', stderr: (error as Error).message }
  }
}

/**
 * Compiles. Where that fails, `available` is asked whether it was for want of a tool.
 * Raises `ToolMissing` and `CompileFailed`; gives what stood on stdout.
 */
export const compileWith = async (tool: Tool, available: () => Promise<void>): Promise<string> => {
  const { ok, stdout, stderr } = await runTool(tool)
  if (ok) return stdout
  await available()
  throw new CompileFailed(stderr.trim() || stdout.trim() || `${tool.command} failed and said nothing`)
}
