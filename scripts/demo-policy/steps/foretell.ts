import { shown, type Step } from '../../demo/step.js'
import type { World } from '../../demo/world.js'
import { AUTHOR, demand, makeKey } from '../life.js'
import { REASON } from '../rule.js'

/** What of a run is looked at here. */
interface Run {
  readonly id: string
  readonly state: string
  readonly decisions: number
  readonly flips: number
  readonly report: {
    readonly flips_by_rule: {
      readonly key: string
      readonly flips: number
      readonly appeared: number
      readonly samples: { readonly decision_id: string; readonly before: Said; readonly after: Said }[]
    }[]
  } | null
  readonly verdict: { readonly within: boolean; readonly exceeded: readonly object[] } | null
}

interface Said {
  readonly outcome: string
  readonly reasons: readonly string[]
}

const ruleOf = (run: Run) => run.report?.flips_by_rule.find(({ key }) => key === REASON)

const whatIfFlips: Step = {
  name: 'what_if_flips',
  async show(world) {
    const revision = world.recall('revision:new')
    const run = (await demand(world, 'policy', 'what-if', revision, '--since', '1h')) as unknown as Run
    const rule = ruleOf(run)
    shown(run.state === 'done' && rule !== undefined, 'what was decided before would flip by the new rule', run)
    const sample = rule.samples.find(({ decision_id }) => decision_id === world.recall('decision:before'))
    shown(
      sample?.before.outcome === 'allow' && sample.after.outcome === 'deny' && sample.after.reasons.includes(REASON),
      "the admin's key is named, with what was said and what would be",
      rule,
    )
    shown(run.flips === rule.flips && rule.appeared === rule.flips, 'and nothing else would flip', run.report)
    return { what_if: run.id, decisions: run.decisions, flips: run.flips, rule: rule.key, sample }
  },
}

const flipBudgetExceeded: Step = {
  name: 'flip_budget_exceeded',
  async show(world) {
    const bound = ['policy', 'what-if', world.recall('revision:new'), '--since', '1h', '--max-flips-of']
    const over = await world.cli(AUTHOR, ...bound, `${REASON}=0`)
    const { verdict } = over.answer as unknown as Run
    shown(over.code === 1 && verdict?.within === false, 'one flip more than the budget is exit code 1', over.answer)
    const kept = await world.cli(AUTHOR, ...bound, `${REASON}=1000`)
    shown(kept.code === 0 && (kept.answer as unknown as Run).verdict?.within === true, 'within it is 0', kept.answer)
    return { exceeded: verdict.exceeded, exit_codes: [over.code, kept.code] }
  },
}

/** The shadow as it is now; asking for one that runs gives what it found by now. */
const shadowNow = async (world: World, id: string): Promise<Run> =>
  (await world.cli(AUTHOR, 'policy', 'what-ifs', id)).answer as unknown as Run

const shadowDisagreements: Step = {
  name: 'shadow_disagreements',
  async show(world) {
    const { id } = await demand(world, 'policy', 'shadow', world.recall('revision:new'), '--for', '10m')
    const { ran, decision } = await makeKey(world, 'acme_admin', 'shadowed')
    shown(ran.code === 0 && decision.outcome === 'allow', 'a shadow changes nothing: an admin makes keys', ran.answer)
    const agreed = await makeKey(world, 'acme_owner', 'shadowed too')
    const seen = await world.eventually(
      () => shadowNow(world, String(id)),
      (run) => run.flips > 0 && run.decisions > 1,
      40_000,
    )
    const rule = ruleOf(seen)
    shown(seen.state === 'running' && rule !== undefined, 'it disagrees while it runs, and can be asked', seen)
    const disagreed = rule.samples.map(({ decision_id }) => decision_id)
    shown(disagreed.includes(decision.id), 'about the key that was made under it', { disagreed, decision })
    shown(!disagreed.includes(agreed.decision.id), "and agrees about an owner's", { disagreed, agreed })
    const ended = await demand(world, 'policy', 'what-ifs', String(id), '--cancel')
    shown(ended['state'] === 'cancelled', 'and it can be ended', ended)
    return { shadow: id, decisions: seen.decisions, flips: seen.flips, rule: rule.key, decision: decision.id }
  },
}

/** What the policy would have changed, and would change, before it decides anything. */
export const foretellSteps: readonly Step[] = [whatIfFlips, flipBudgetExceeded, shadowDisagreements]
