import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GatehouseClient, type AnswerOf } from '#sdk/client/client.js'
import { readSourceTexts } from '#cli/policy-tree.js'
import { packageRoot } from '#runtime/package-root.js'
import { shown } from '../demo/step.js'
import type { Person, World } from '../demo/world.js'

export type Draft = AnswerOf<'drafts.show'>
type Approval = AnswerOf<'approvals.list'>['items'][number]

/** Who acts by every face; the reviewer is the second person. */
export const ACTOR: Person = 'security_lead'

const FOUND_WITHIN_MS = 30_000
/** A setting that no rule is about: a draft that changes it alone passes its checks. */
const SETTING = '604800'

/** One running service, and what actions need to find there before they are done. */
export class Ground {
  readonly client: GatehouseClient
  private made = 0
  private sealedOne: string | undefined

  private constructor(
    readonly world: World,
    /** The policy that ships. */
    readonly shipped: string,
  ) {
    this.client = this.as(ACTOR)
  }

  /** On a service where nothing was activated yet. */
  static async lay(world: World): Promise<Ground> {
    const { client } = new Ground(world, '')
    const { in_force } = await client.get('policy.status', {})
    shown(in_force !== null, 'the policy that ships decides', in_force)
    return new Ground(world, in_force)
  }

  as(person: Person): GatehouseClient {
    return new GatehouseClient({ url: this.world.service.url, key: this.world.key(person) })
  }

  /** A name that nothing has yet. */
  fresh(what: string): string {
    return `${what} ${++this.made}`
  }

  /** The same as one word, of which none is the beginning of another. */
  slug(): string {
    return `case-${String(++this.made).padStart(4, '0')}`
  }

  /** A draft of the policy in force, or of a revision. */
  draft(base?: string): Promise<Draft> {
    return this.client.get('drafts.create', { body: { name: this.fresh('a draft'), ...(base && { base }) } })
  }

  readonly platformFile = 'platform.json'

  /** The settings, with one of them another each time. */
  settings(): string {
    const text = readFileSync(join(packageRoot(), 'policies', this.platformFile), 'utf8')
    shown(text.includes(SETTING), `the settings have ${SETTING}`, text)
    return text.replace(SETTING, String(Number(SETTING) - ++this.made))
  }

  /** A draft in which one setting differs from what ships. */
  async changedDraft(): Promise<Draft> {
    const { id, version } = await this.draft()
    const params = { id, path: this.platformFile }
    return this.client.get('drafts.write', { params, body: { text: this.settings(), version } })
  }

  /** One that passed its checks as well. */
  async checkedDraft(): Promise<Draft> {
    const { id, version } = await this.changedDraft()
    const draft = await this.client.get('drafts.check', { params: { id }, body: { version } })
    shown(draft.checks?.ok === true, 'a draft with another setting passes its checks', draft.checks)
    return draft
  }

  /** A sealed revision that may be put in force; the same one each time. */
  async sealed(): Promise<string> {
    if (this.sealedOne) return this.sealedOne
    const { id, version } = await this.checkedDraft()
    const { revision } = await this.client.get('drafts.seal', { params: { id }, body: { version } })
    return (this.sealedOne = revision)
  }

  /** Puts a revision in force, with a second person where it never decided. */
  async putInForce(revision: string): Promise<void> {
    const { in_force } = await this.client.get('policy.status', {})
    if (in_force === revision) return
    const { activations } = await this.client.get('policy.history', {})
    const before = activations.some((one) => one.revision === revision) || revision === this.shipped
    if (before) await this.client.get('policy.rollback', { body: { revision, reason: 'for the next action' } })
    else {
      await this.client.call('policy.activate', { params: { revision }, body: { reason: 'for the next action' } })
      await this.agree(revision)
    }
    await this.decidesBy(revision)
  }

  /** The second person agrees to what is asked about a revision. */
  async agree(revision: string): Promise<void> {
    await this.vote('reviewer', ({ subject }) => (subject as { revision?: string }).revision === revision)
  }

  /** Somebody agrees to what waits for them. */
  async vote(as: Person, about: (approval: Approval) => boolean): Promise<void> {
    const client = this.as(as)
    const { items } = await client.get('approvals.list', { query: { waiting: 'true' } })
    const found = items.find(about)
    shown(found !== undefined, 'an approval of it is open', items)
    const { id, subject_digest } = found
    await client.get('approvals.vote', { params: { id }, body: { verdict: 'approve', subject_digest } })
  }

  /** Waits until every instance decides by a revision. */
  async decidesBy(revision: string): Promise<void> {
    const status = await this.world.eventually(
      () => this.client.get('policy.status', {}),
      ({ in_force, instances }) => in_force === revision && instances.every(({ follows }) => follows),
      FOUND_WITHIN_MS,
    )
    shown(status.in_force === revision, 'it decides', status)
  }

  /** A folder with the sources that ship and another setting, and the same as the API takes them. */
  async tree(): Promise<{ folder: string; files: Record<string, string> }> {
    const folder = join(this.world.folder, this.fresh('tree').replace(' ', '-'))
    mkdirSync(folder)
    for (const part of ['governance', 'cases'])
      cpSync(join(packageRoot(), 'policies', part), join(folder, part), { recursive: true })
    writeFileSync(join(folder, this.platformFile), this.settings())
    return { folder, files: await readSourceTexts(folder) }
  }

  /** A text in a file of its own. */
  file(text: string): string {
    const path = join(this.world.folder, this.fresh('text').replace(' ', '-'))
    writeFileSync(path, text)
    return path
  }
}
