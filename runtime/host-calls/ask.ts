import type { Reason } from '#contract/decisions/answer.js'
import type { Capability, Installed, Invocation, Plan } from './capability.js'
import { HostRefusal } from './host-reply.js'

/** A host call as a guest asks for it. Its arguments are foreign. */
export interface Asked {
  readonly name: string
  readonly args: unknown
}

/** A host call that exists, with arguments that fit. */
export interface Readied<T extends Installed> {
  readonly capability: Capability<never, T>
  plan(invocation: Invocation<T>): Plan | Promise<Plan>
}

/** Finds the host call and reads its arguments. Raises `HostRefusal` `capability.unknown` or `capability.arguments_invalid`. */
export const readied = <T extends Installed>(
  capabilities: ReadonlyMap<string, Capability<never, T>>,
  { name, args }: Asked,
): Readied<T> => {
  const capability = capabilities.get(name)
  if (!capability) throw new HostRefusal('capability.unknown', `There is no host call ${name}`)
  const parsed = capability.schema.safeParse(args)
  if (parsed.success) return { capability, plan: (invocation) => capability.plan(parsed.data as never, invocation) }
  const [issue] = parsed.error.issues
  throw new HostRefusal('capability.arguments_invalid', `${name}: ${issue?.path.join('.')} ${issue?.message}`)
}

/** What a guest is told of a host call that policy did not allow. */
export const refusedBy = (reasons: readonly Reason[], decisionId: string) => ({
  code: reasons[0]?.id ?? 'capability.not_permitted',
  message: reasons.map(({ message, remedy }) => `${message} ${remedy}`).join(' '),
  decision_id: decisionId,
})

/** What a guest is told where no decision could be made. */
export const undecided = (cause: string, decisionId: string) => ({
  code: `policy.${cause}`,
  message: 'No decision could be made',
  decision_id: decisionId,
})
