import { readFileSync, writeFileSync } from 'node:fs'
import { misbehaver, referenceExtension, signingKey, undeclared } from '../guests.js'
import { shown, type Step } from '../step.js'
import type { Answer, World } from '../world.js'

const BUNDLE = 'application/vnd.gatehouse.bundle.v1+gzip'
/** Extensions that the steps publish; the last one does what it may not. */
export const AUDITOR = 'com.acme-labs.lockfile-auditor'
export const CLASSIFIER = 'com.acme-labs.expense-classifier'
export const MISBEHAVER = 'com.acme-labs.misbehaver'

/** Ids of the reasons in a refusal's body. */
export const reasonsOf = (body: Record<string, unknown>): string[] =>
  ((body['reasons'] as { id: string }[] | undefined) ?? []).map(({ id }) => id)

/** Builds and signs a folder; the paths of the bundle and of its envelope. */
export const buildSigned = async (
  world: World,
  folder: string,
  verb: 'build' | 'pack' = 'build',
): Promise<{ bundle: string; envelope: string; digest: string }> => {
  const built = await world.cli('acme_developer', 'ext', verb, folder)
  shown(built.code === 0, `ext ${verb} makes a bundle`, built)
  const bundle = String(built.answer['bundle'])
  const signed = await world.cli('acme_developer', 'ext', 'sign', bundle, '--signing-key', signingKey(world))
  shown(signed.code === 0, 'ext sign makes an envelope', signed)
  return { bundle, envelope: String(signed.answer['envelope']), digest: String(built.answer['digest']) }
}

const upload = (world: World, bundle: Uint8Array, envelope?: string): Promise<Answer> =>
  world.request('acme_developer', '/v1/extensions', {
    method: 'POST',
    body: bundle,
    headers: {
      'content-type': BUNDLE,
      ...(envelope && { 'x-gatehouse-envelope': Buffer.from(readFileSync(envelope)).toString('base64') }),
    },
  })

const publishUnsignedRefused: Step = {
  name: 'publish_unsigned_refused',
  async show(world) {
    const { bundle } = await buildSigned(world, referenceExtension(world, 'lockfile-auditor'))
    world.known.set('auditor_bundle', bundle)
    const answer = await upload(world, readFileSync(bundle))
    shown(
      answer.status === 403 && reasonsOf(answer.body).includes('publish.unsigned'),
      'a bundle without an envelope is refused',
      answer,
    )
    return { status: answer.status, reasons: reasonsOf(answer.body), decision_id: answer.body['decision_id'] }
  },
}

const publishTamperedRefused: Step = {
  name: 'publish_tampered_refused',
  async show(world) {
    const bundle = world.recall('auditor_bundle')
    const bytes = readFileSync(bundle)
    const at = bytes.length >> 1
    bytes[at] = (bytes[at] ?? 0) ^ 1
    const tampered = `${bundle}.tampered`
    writeFileSync(tampered, bytes)
    const answer = await upload(world, readFileSync(tampered), `${bundle}.dsse.json`)
    shown(answer.status >= 400 && answer.status < 500, 'one flipped bit is refused', answer)
    const listed = await world.request('acme_developer', `/v1/extensions/${AUDITOR}`)
    shown(listed.status === 404, 'nothing of it is listed', listed)
    return { status: answer.status, code: answer.body['code'], reasons: reasonsOf(answer.body), flipped_byte: at }
  },
}

const publishSigned: Step = {
  name: 'publish_signed',
  async show(world) {
    const published = await world.cli('acme_developer', 'ext', 'publish', world.recall('auditor_bundle'))
    shown(published.code === 0, 'the signed bundle is published', published)
    const { digest, review_state, signed_by, decision_id } = published.answer
    shown(
      review_state === 'approved' && (signed_by as string[]).length === 2,
      'approved and countersigned',
      published.answer,
    )
    world.known.set('auditor_digest', String(digest))
    world.known.set('decision:publish_signed', String(decision_id))
    return { digest, review_state, signed_by, decision_id }
  },
}

const certificationFindingRefused: Step = {
  name: 'certification_finding_refused',
  async show(world) {
    const { bundle } = await buildSigned(world, await undeclared(world), 'pack')
    const refused = await world.cli('acme_developer', 'ext', 'publish', bundle)
    const reasons = reasonsOf(refused.answer)
    shown(
      refused.code === 1 && reasons.some((id) => /^publish\.(critical_)?finding$/.test(id)),
      'an undeclared import is refused',
      refused.answer,
    )
    return { reasons, decision_id: refused.answer['decision_id'] }
  },
}

const reviewHeld: Step = {
  name: 'review_held',
  async show(world) {
    const folders = { classifier: referenceExtension(world, 'expense-classifier'), misbehaver: misbehaver(world) }
    const answers: Record<string, unknown>[] = []
    for (const [name, folder] of Object.entries(folders)) {
      const { bundle } = await buildSigned(world, folder)
      const { answer } = await world.cli('acme_developer', 'ext', 'publish', bundle)
      const approval = answer['approval'] as { id: string } | undefined
      if (approval) world.known.set(`approval:${name}`, approval.id)
      answers.push(answer)
    }
    shown(
      answers.every(({ held }) => held === true),
      'permissions beyond what policy lets through are held',
      answers,
    )
    const approval = await world.request('reviewer', `/v1/approvals/${world.recall('approval:classifier')}`)
    shown(
      approval.body['state'] === 'open' && approval.body['kind'] === 'review',
      'it waits for a reviewer',
      approval.body,
    )
    return { approval: approval.body['id'], subject_digest: approval.body['subject_digest'] }
  },
}

const selfApprovalRefused: Step = {
  name: 'self_approval_refused',
  async show(world) {
    const refused = await world.cli('acme_developer', 'approvals', 'approve', world.recall('approval:classifier'))
    shown(refused.code === 1, "the publisher's own people cannot approve", refused.answer)
    const after = await world.request('reviewer', `/v1/approvals/${world.recall('approval:classifier')}`)
    shown(after.body['state'] === 'open', 'it still waits', after.body)
    return {
      code: refused.answer['code'],
      reasons: reasonsOf(refused.answer),
      decision_id: refused.answer['decision_id'],
    }
  },
}

const approved: Step = {
  name: 'approved',
  async show(world) {
    for (const name of ['classifier', 'misbehaver']) {
      const voted = await world.cli(
        'reviewer',
        'approvals',
        'approve',
        world.recall(`approval:${name}`),
        '--comment',
        'read it',
      )
      shown(voted.code === 0 && voted.answer['state'] === 'approved', 'a second person approves', voted.answer)
    }
    const versions = []
    for (const name of [CLASSIFIER, MISBEHAVER]) {
      const version = await world.eventually(
        () => world.request('globex_admin', `/v1/extensions/${name}/versions/1.0.0`),
        ({ status }) => status === 200,
      )
      shown(version.body['review_state'] === 'approved', `${name} is listed to others`, version)
      versions.push({ name, decision_id: version.body['decision_id'] })
    }
    return { versions }
  },
}

export const publishSteps: readonly Step[] = [
  publishUnsignedRefused,
  publishTamperedRefused,
  publishSigned,
  certificationFindingRefused,
  reviewHeld,
  selfApprovalRefused,
  approved,
]
