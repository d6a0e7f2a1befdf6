import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { ACTION_IDS, actionEntry, type Action } from '#contract/actions.js'
import { findOpa } from '../scripts/find-opa.mjs'
import { soundCases } from './author/cases.js'
import { openOpa, type Opa } from './author/opa.js'
import { readPolicyFolder } from './author/policy-files.js'
import { assembleBundle, shippedBundleFolder } from './bundle.js'
import { canonicalBytes } from './canonical.js'
import { loadPolicy, type PolicyEngine } from './load.js'
import { alteredPolicy, type Edit } from './testing/altered-policy.js'

const SECOND = 1_000
const ADMIN = 'governance/admin/admin.rego'

/** Every family is asked, whatever the action is. */
const ASKS_ALL = ['deny', 'hold'].map((set) => ({
  file: ADMIN,
  from: `families[_family].${set}`,
  to: `families[_].${set}`,
}))
const MISPLACED: Edit = { file: ADMIN, from: '_family_of("scim") := "scim"', to: '_family_of("scim") := "people"' }

const golden = soundCases(await readPolicyFolder(dirname(shippedBundleFolder())))
const facts = [{}, ...golden.filter(({ gate }) => gate === 'admin').map(({ input }) => input)]
const actions = ACTION_IDS.filter((action) => actionEntry(action).gate === 'admin')

let tool: Opa
let asksAll: PolicyEngine
const altered = async (edits: readonly Edit[]) => loadPolicy(assembleBundle(await alteredPolicy(tool, edits)))
beforeAll(async () => {
  tool = await openOpa(await findOpa())
  asksAll = await altered(ASKS_ALL)
}, 60 * SECOND)

/** Actions that this policy does not answer as one that asks every family, whichever golden facts they come with. */
const answeredOtherwise = (engine: PolicyEngine, asked: readonly Action[] = actions): Action[] =>
  asked.filter((action) =>
    facts.some((one) => {
      const input = canonicalBytes({ ...one, action })
      return !Buffer.from(engine.evaluate('admin', input).answer).equals(asksAll.evaluate('admin', input).answer)
    }),
  )

describe('the families of the admin gate', () => {
  it(
    'leave out no rule that bears on the action',
    async () => expect(answeredOtherwise(await altered([]))).toEqual([]),
    60 * SECOND,
  )

  it(
    'are wrong where an action is in another family than its rules',
    async () =>
      expect(answeredOtherwise(await altered([MISPLACED]), ['scim.provision', 'person.erase'])).toEqual([
        'scim.provision',
      ]),
    60 * SECOND,
  )
})
