import type { Ran } from '../demo/command.js'
import { shown } from '../demo/step.js'
import type { Person, World } from '../demo/world.js'

/** Who writes policy here; `reviewer` is the second person. */
export const AUTHOR: Person = 'security_lead'

/** A command of the author's that must work; its answer. */
export const demand = async (world: World, ...args: string[]): Promise<Record<string, unknown>> => {
  const ran = await world.cli(AUTHOR, ...args)
  shown(ran.code === 0, `gatehouse ${args.slice(0, 2).join(' ')} works`, ran)
  return ran.answer
}

/** Ids of the reasons that a command was refused for. */
export const reasonsOf = ({ answer }: Ran): string[] =>
  ((answer['reasons'] as { id: string }[] | undefined) ?? []).map(({ id }) => id)

/** A decision as the log shows it. */
export interface Decision {
  readonly id: string
  readonly outcome: string
  readonly revision: string
}

/** Makes a key as somebody, and finds the decision about it. */
export const makeKey = async (
  world: World,
  person: Person,
  name: string,
): Promise<{ ran: Ran; decision: Decision }> => {
  const ran = await world.cli(person, 'keys', 'create', name)
  const page = await world.request(person, '/v1/decisions?action=key.create&limit=1')
  const [decision] = page.body['items'] as Decision[]
  shown(decision !== undefined, 'the decision is on record', page)
  return { ran, decision }
}

/** The parts of a check that was run on a draft. */
export interface Stage {
  readonly name: string
  readonly state: string
  readonly findings: readonly {
    readonly file: string | null
    readonly line: number | null
    readonly rule: string | null
    readonly message: string
    readonly remedy: string
  }[]
}

/** The stage that stopped a run of the checks. */
export const failedStage = (stages: readonly Stage[] | undefined): Stage | undefined =>
  stages?.find(({ state }) => state === 'failed')

/** What `policy status` says. */
export interface Status {
  readonly in_force: string
  readonly instances: { readonly node: string; readonly revision: string; readonly follows: boolean }[]
}

/** What every instance decides by, once each follows what is in force. */
export const inForce = async (world: World, revision: string): Promise<Status> => {
  const ran = await world.eventually(
    () => world.cli(AUTHOR, 'policy', 'status'),
    ({ code, answer }) => code === 0 && answer['in_force'] === revision,
  )
  const status = ran.answer as unknown as Status
  shown(ran.code === 0 && status.in_force === revision, 'every instance decides by it', ran.answer)
  shown(status.instances.length > 0, 'there is an instance', status)
  return status
}
