import { GateService } from '#api/gate/gate.service.js'
import { InstallsForCalls } from '#api/installs/call-targets.service.js'
import { ExecutionWriter } from '#api/invocations/execution-writer.js'
import { CALLER_RESOLVER, type CallerResolver } from '#api/platform/http/ports.js'
import type { HostPort } from '#runtime/slots/job.js'
import { Slots } from '#runtime/slots/slots.js'
import type { Subjects } from './call-subjects.js'
import { median } from './gate-measure.js'

/** One call at a time, so that a stage's time is its own and not that of a queue. */
const ALONE = { connections: 1, milliseconds: 4_000 }
const WARM_UP = { connections: 1, milliseconds: 2_000 }

/** Calls that stand beside a stage's times: what was measured of each, in milliseconds. */
const STAGES = ['authenticate', 'install', 'decide', 'durable', 'slot', 'host_call', 'record'] as const
type Stage = (typeof STAGES)[number]

/** Notes how long things take, from outside: methods of living objects are wrapped while it runs, and put back after. */
class Stopwatch {
  readonly times: Record<Stage, number[]> = {
    ...{ authenticate: [], install: [], decide: [], durable: [], slot: [], host_call: [], record: [] },
  }
  private readonly undo: (() => void)[] = []
  /** Spent in host calls since the last execution ended. */
  private inHostCalls = 0

  /** Wraps a method; `stage` says from its arguments what is noted, if anything. */
  around<T extends object>(target: T, method: keyof T & string, stage: (...args: unknown[]) => Stage | null): void {
    this.replace(target, method, (original) => (...args) => {
      const noted = stage(...args)
      return noted
        ? this.timed(
            () => original(...args),
            (ms) => this.times[noted].push(ms),
          )
        : original(...args)
    })
  }

  /** An execution's time is noted without that of its host calls, which is noted apart. */
  aroundSlots(slots: Slots): void {
    this.replace(slots, 'execute', (original) => (job, host, ...rest) => {
      const ended = (ms: number): void => {
        this.times.slot.push(ms - this.inHostCalls)
        this.inHostCalls = 0
      }
      return this.timed(() => original(job, this.watched(host as HostPort), ...rest), ended)
    })
  }

  stop(): void {
    for (const put of this.undo.splice(0)) put()
  }

  private watched(host: HostPort): HostPort {
    const ended = (ms: number): void => {
      this.times.host_call.push(ms)
      this.inHostCalls += ms
    }
    return {
      call: (name, args) => this.timed(() => host.call(name, args), ended),
      post: (name, args) =>
        this.timed(
          () => host.post(name, args),
          (ms) => void this.times.host_call.push(ms),
        ),
    }
  }

  private timed<R>(work: () => R, ended: (ms: number) => void): R {
    const begun = performance.now()
    const result = work()
    const end = (): void => ended(performance.now() - begun)
    if (result instanceof Promise) void result.then(end, end)
    else end()
    return result
  }

  private replace<T extends object>(
    target: T,
    method: keyof T & string,
    wrap: (original: (...args: unknown[]) => unknown) => (...args: unknown[]) => unknown,
  ): void {
    const original = (target[method] as (...args: unknown[]) => unknown).bind(target)
    Object.defineProperty(target, method, { value: wrap(original), configurable: true })
    this.undo.push(() => void Reflect.deleteProperty(target, method))
  }
}

/** Only the call's own decision; that of a host call is part of the host call. */
const ofCall = (action: unknown): boolean => action === 'extension.invoke'
const ofCallEntry = (weighed: unknown): boolean => ofCall((weighed as { entry: { action: string } }).entry.action)

const watch = ({ app }: Subjects['service']): Stopwatch => {
  const watch = new Stopwatch()
  const of = <T>(token: Parameters<typeof app.get>[0]): T => app.get<T>(token, { strict: false })
  watch.around(of<CallerResolver>(CALLER_RESOLVER), 'resolve', () => 'authenticate')
  watch.around(of<InstallsForCalls>(InstallsForCalls), 'resolveForCall', () => 'install')
  const gate = of<GateService>(GateService)
  watch.around(gate, 'weigh', (action) => (ofCall(action) ? 'decide' : null))
  watch.around(gate, 'record', (weighed) => (ofCallEntry(weighed) ? 'durable' : null))
  watch.aroundSlots(of<Slots>(Slots))
  watch.around(of<ExecutionWriter>(ExecutionWriter), 'add', () => 'record')
  return watch
}

/**
 * What each stage of a blocking guest's call takes, in microseconds, medians, one call at a time. `http` is what is left of
 * the request: sockets, parsing, the framework and the answer. Nothing is wrapped while ratios are measured.
 */
export const measureStages = async (subjects: Subjects): Promise<object> => {
  await subjects.play('blocking', WARM_UP)
  const bare = await subjects.play('bare', ALONE)
  const unwatched = await subjects.play('blocking', ALONE)
  const watching = watch(subjects.service)
  const watched = await subjects.play('blocking', ALONE)
  watching.stop()
  const micros = (ms: number): number => Math.round(ms * 1_000)
  const stages = STAGES.map((stage) => [stage, micros(median(watching.times[stage]))] as const)
  const inside = stages.reduce((sum, [, us]) => sum + us, 0)
  return {
    overhead_us: {
      http: micros(watched.p50Ms) - inside,
      ...Object.fromEntries(stages),
      request: micros(watched.p50Ms),
      unwatched_request: micros(unwatched.p50Ms),
      bare_request: micros(bare.p50Ms),
    },
  }
}
