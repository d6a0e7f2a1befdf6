import type { MessagePort } from 'node:worker_threads'
import { RuntimeRefusal } from '#runtime/errors.js'
import { availableWalls } from '#runtime/launcher/walls.js'
import { EvaluationError, PolicyLoadError } from '../errors.js'
import { GIVE_UP, type AsideOrder, type AsideReport, type AsideResults, type AsideTask } from './aside.types.js'
import { checkPolicy } from './check.js'
import { diffPolicies } from './diff.js'
import { Opa, OpaEnded, OpaRefused } from './opa.js'
import { sealPolicy } from './seal.js'

const PULSE_MS = 50

interface Serving {
  readonly tool: Opa
  readonly signal: AbortSignal
  readonly say: (report: AsideReport) => void
}

/** Does one task and says what came of it. */
export async function serveAside({ task, tool, pulse }: AsideOrder, port: MessagePort): Promise<void> {
  const beats = new Int32Array(pulse)
  const beating = setInterval(() => Atomics.add(beats, 0, 1), PULSE_MS)
  const stop = new AbortController()
  port.on('message', (said) => said === GIVE_UP && stop.abort(new Error('nobody waits')))
  const say = (report: AsideReport): void => port.postMessage(report)
  try {
    say({ kind: 'done', result: await perform(task, { tool: opaOf(tool), signal: stop.signal, say }) })
  } catch (error) {
    const code = error instanceof RuntimeRefusal ? error.code : null
    say({ kind: 'failed', unreadable: isUnreadable(error), code, message: (error as Error).message })
  } finally {
    clearInterval(beating)
    port.close()
  }
}

function perform(task: AsideTask, { tool, signal, say }: Serving): Promise<AsideResults[keyof AsideResults]> {
  if (task.kind === 'seal') return sealPolicy(task.files, { tool, signal })
  if (task.kind === 'diff') return diffPolicies(task.before, task.after, { tool, signal })
  const { files, regal, base } = task
  const onStage = (name: string, report: Extract<AsideReport, { kind: 'stage' }>['report']): void =>
    say({ kind: 'stage', name, report })
  return checkPolicy(files, { tool, regal, base, signal, onStage })
}

function opaOf({ path, wall, weakIsolation }: AsideOrder['tool']): Opa {
  const kind = availableWalls().find(({ name }) => name === wall)
  if (!kind) throw new RuntimeRefusal('wall.absent', `this machine has no wall ${wall} any more`)
  return new Opa(path, weakIsolation ? { kind, weakIsolation } : { kind })
}

/** What sources that nobody can read come to, in whatever part of the work. */
const isUnreadable = (error: unknown): boolean =>
  [OpaRefused, OpaEnded, EvaluationError, PolicyLoadError, RangeError, SyntaxError, TypeError].some(
    (kind) => error instanceof kind,
  )
