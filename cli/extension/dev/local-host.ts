import type { Reason } from '#contract/decisions/answer.js'
import type { RecordedCall } from '#runtime/recordings/recording.rules.js'
import type { Capability, Installed, Invocation } from '#runtime/host-calls/capability.js'
import { HostRefusal } from '#runtime/host-calls/host-reply.js'
import type { HostAnswer, HostPort } from '#runtime/slots/job.js'
import type { LocalDecision } from './dev-records.js'

/** One host call as it went. */
export interface HostCallMade extends RecordedCall {
  readonly decision: LocalDecision | null
  /** What went wrong, of a posted call too, of which the guest learns nothing. */
  readonly failure: { readonly code: string; readonly message: string } | null
}

const NO_ARGUMENTS = { kv: null, http: null, secret: null, log: null } as const

export interface LocalHostParts {
  readonly capabilities: ReadonlyMap<string, Capability<never, Installed>>
  readonly invocation: Invocation
  /** Host calls that fixtures refuse, with the code. */
  readonly refuse: Readonly<Record<string, string>>
  decide(facts: object): LocalDecision
  onCall(made: HostCallMade): void
}

/** Serves the host calls of one execution: each is read and decided as in the service, and has its effect in the fixtures. */
export class LocalHost implements HostPort {
  readonly calls: HostCallMade[] = []

  constructor(private readonly parts: LocalHostParts) {}

  async call(name: string, args: RecordedCall['args']): Promise<HostAnswer> {
    return (await this.carryOut(name, args, false)) ?? { error: { code: 'capability.failed', message: 'No answer' } }
  }

  post(name: string, args: RecordedCall['args']): void {
    void this.carryOut(name, args, true)
  }

  private async carryOut(name: string, args: RecordedCall['args'], posted: boolean): Promise<HostAnswer> {
    let decision: LocalDecision | null = null
    const answer = await this.attempt(name, args, (made) => (decision = made)).catch((error: unknown): HostAnswer => {
      const code = error instanceof HostRefusal ? error.code : 'capability.failed'
      return { error: { code, message: (error as Error).message } }
    })
    const failure = 'error' in answer ? answer.error : null
    const made = { name, args, answer: posted ? null : answer, decision, failure }
    this.calls.push(made)
    this.parts.onCall(made)
    return answer
  }

  private async attempt(
    name: string,
    args: RecordedCall['args'],
    on: (decision: LocalDecision) => void,
  ): Promise<HostAnswer> {
    const { capabilities, invocation, refuse, decide } = this.parts
    const capability = capabilities.get(name)
    if (!capability) throw new HostRefusal('capability.unknown', `There is no host call ${name}`)
    const parsed = capability.schema.safeParse(args)
    const [issue] = parsed.error?.issues ?? []
    if (!parsed.success)
      throw new HostRefusal('capability.arguments_invalid', `${name}: ${issue?.path.join('.')} ${issue?.message}`)
    const plan = await capability.plan(parsed.data as never, invocation)
    const { name: called, permission } = capability
    const decision = decide({ capability: { name: called, permission }, ...NO_ARGUMENTS, ...plan.facts })
    on(decision)
    if (decision.outcome !== 'allow') return { error: refusal(decision) }
    const refused = refuse[name]
    if (refused !== undefined) throw new HostRefusal(refused, 'A fixture refuses this host call')
    return { ok: await plan.run() }
  }
}

const words = ({ message, remedy }: Reason): string => `${message} ${remedy}`

const refusal = ({ id, reasons }: LocalDecision) => ({
  code: reasons[0]?.id ?? 'capability.not_permitted',
  message: reasons.map(words).join(' '),
  decision_id: id,
})
