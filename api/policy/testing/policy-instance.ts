import { detectWall } from '#runtime/launcher/probe.js'
import { Approvals } from '../../approvals/approvals.service.js'
import { PolicyFiles } from '../../gate/policy-files.js'
import { PolicyFollower } from '../../gate/policy-follower.service.js'
import { PolicyKeys } from '../../gate/policy-keys.js'
import { PolicySet } from '../../gate/policy-set.service.js'
import { SealedPoliciesRepository } from '../../gate/sealed-policies.repository.js'
import { WaiverList } from '../../gate/waiver-list.js'
import type { SeededPeople } from '../../identity/testing/seeded-people.js'
import { monotonicClock } from '../../killswitch/clock.js'
import { BlobStore } from '../../platform/blobs/blob-store.js'
import { KeyFiles } from '../../platform/keys/key-files.js'
import { RecordingOutbox } from '../../platform/outbox/testing/recording-outbox.js'
import { CanaryPlans } from '../canary-plan.js'
import { CanaryStart } from '../canary-start.js'
import { Candidates } from '../candidates.js'
import { DraftChecks } from '../draft-checks.service.js'
import { Drafts } from '../drafts.service.js'
import { InForce } from '../in-force.js'
import { KeptRevisions } from '../kept-revisions.js'
import { PolicyTool } from '../policy-tool.js'
import { Sealing } from '../sealing.service.js'
import { Turns } from '../turns.js'

/** The keys that all instances share, or others that none of them trusts. */
export const policyKeys = async ({ folder }: SeededPeople, name = 'shared'): Promise<PolicyKeys> =>
  PolicyKeys.of(await KeyFiles.open(`${folder}/${name}`))

/** An instance with a disk of its own, which follows the database; blobs and keys it shares with the others. */
export const policyInstance = async (seeded: SeededPeople, node: string, keys?: PolicyKeys) => {
  const { database } = seeded.postgres
  const { gate } = seeded.shipped
  const shared = keys ?? (await policyKeys(seeded))
  const blobs = new BlobStore(`${seeded.folder}/blobs`)
  const sealed = new SealedPoliciesRepository({ records: database.records, blobs, sealing: shared.sealing })
  const files = new PolicyFiles({ custom: null, archive: `${seeded.folder}/${node}` }, sealed)
  const policies = new PolicySet(files)
  await policies.load()
  const waivers = new WaiverList()
  const follower = new PolicyFollower({ node, policies, waivers, sealed, clock: monotonicClock, pinned: files.pinned })
  const inForce = new InForce(database, policies)
  const sealing = new Sealing({ gate, blobs, keys: shared })
  const outbox = new RecordingOutbox()
  const approvals = new Approvals({ database, gate, outbox })
  const drafts = new Drafts({ database, gate, blobs, inForce, approvals })
  const tool = new PolicyTool({ kind: (await detectWall()).kind })
  const turns = new Turns(4)
  const checks = new DraftChecks({ database, blobs, drafts, sealed, sealing, inForce, tool, turns })
  const candidates = new Candidates({ database, blobs, sealed, checks })
  const kept = new KeptRevisions({ database, files, sealing })
  const plans = new CanaryPlans({ database, blobs, tool, turns })
  const canaryStart = new CanaryStart({ gate, kept, follower })
  return {
    ...{ keys: shared, blobs, sealed, files, policies, follower, inForce, outbox, approvals },
    ...{ sealing, drafts, tool, checks, candidates, kept, plans, canaryStart },
  }
}
