import { readFileSync } from 'node:fs'
import { shown } from '../../demo/step.js'
import { draftEffect, faceCase, typed, type Case } from '../case.js'
import type { Draft, Ground } from '../ground.js'

const ofDraft = (ground: Ground, { id }: Draft) => draftEffect(ground, id)
const params = ({ id }: Draft) => ({ params: { id } })
const atVersion = ({ id, version }: Draft) => ({ params: { id }, body: { version } })
const named = ({ name }: Draft) => ({ row: name })
const CASES_FILE = 'cases/admin/people.yaml'

/** Whoever is shown a file is shown its words. */
const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean)

const list = faceCase({
  endpoint: 'drafts.list',
  arrange: (ground) => ground.draft(),
  rest: () => ({ query: {} }),
  cli: () => ['policy', 'drafts'],
  console: () => typed('drafts'),
  shows: ({ items }) => items.map(({ name }) => name),
})

const create = faceCase({
  endpoint: 'drafts.create',
  arrange: async (ground) => ground.fresh('keys come from owners'),
  rest: (name) => ({ body: { name } }),
  cli: (name) => ['policy', 'new', name],
  console: (name) => typed(`new "${name}"`),
  effect: async (ground, name) => {
    const { items } = await ground.client.get('drafts.list', { query: {} })
    const [made, ...others] = items.filter((item) => item.name === name)
    shown(made !== undefined && others.length === 0, 'there is one draft of that name', items)
    return draftEffect(ground, made.id)
  },
})

const show = faceCase({
  endpoint: 'drafts.show',
  arrange: (ground) => ground.changedDraft(),
  rest: params,
  cli: ({ id }) => ['policy', 'drafts', id],
  console: (draft) => typed('drafts .', named(draft)),
  shows: ({ id, name, version, base_revision, files }) => [
    id,
    name,
    base_revision,
    String(version),
    String(files.length),
  ],
})

const push = faceCase({
  endpoint: 'drafts.push',
  arrange: async (ground) => ({ draft: await ground.draft(), ...(await ground.tree()) }),
  rest: ({ draft: { id, version }, files }) => ({ params: { id }, body: { files, version } }),
  cli: ({ draft, folder }) => ['policy', 'push', folder, '--draft', draft.id],
  console: ({ draft, folder }) => typed(`push --draft . ${folder}`, named(draft)),
  effect: (ground, { draft }) => ofDraft(ground, draft),
})

const read = faceCase({
  endpoint: 'drafts.read',
  arrange: (ground) => ground.changedDraft(),
  rest: ({ id }) => ({ params: { id, path: 'platform.json' } }),
  cli: ({ id }) => ['policy', 'read', id, 'platform.json'],
  console: (draft) => typed('read . platform.json', named(draft)),
  shows: ({ text }) => wordsOf(text),
})

const write = faceCase({
  endpoint: 'drafts.write',
  arrange: async (ground) => {
    const file = ground.file(ground.settings())
    // An editor that leaves the new text in place of the old one: what a person would have typed into theirs.
    process.env['EDITOR'] = `cp ${file}`
    return { file, draft: await ground.draft() }
  },
  rest: ({ draft: { id, version }, file }) => ({
    params: { id, path: 'platform.json' },
    body: { text: readFileSync(file, 'utf8'), version },
  }),
  cli: ({ draft, file }) => ['policy', 'edit', draft.id, 'platform.json', '--from', file],
  console: ({ draft }) => typed('edit . platform.json', named(draft)),
  effect: async (ground, { draft, file }) => {
    const { text } = await ground.client.get('drafts.read', { params: { id: draft.id, path: 'platform.json' } })
    return { draft: await ofDraft(ground, draft), written: text === readFileSync(file, 'utf8') }
  },
})

const remove = faceCase({
  endpoint: 'drafts.remove',
  arrange: (ground) => ground.draft(),
  rest: ({ id, version }) => ({ params: { id, path: CASES_FILE }, query: { version } }),
  cli: ({ id }) => ['policy', 'remove', id, CASES_FILE],
  console: (draft) => typed(`remove . ${CASES_FILE}`, named(draft)),
  effect: ofDraft,
})

const rebase = faceCase({
  endpoint: 'drafts.rebase',
  arrange: async (ground) => {
    await ground.putInForce(await ground.sealed())
    return ground.draft(ground.shipped)
  },
  rest: atVersion,
  cli: ({ id }) => ['policy', 'rebase', id],
  console: (draft) => typed('rebase .', named(draft)),
  effect: ofDraft,
})

const diff = faceCase({
  endpoint: 'drafts.diff',
  arrange: (ground) => ground.changedDraft(),
  rest: params,
  cli: ({ id }) => ['policy', 'diff', id],
  console: (draft) => typed('diff .', named(draft)),
  shows: ({ files, meaning }) => [
    ...files.flatMap(({ path, change, patch }) => [path, change, ...wordsOf(patch ?? '')]),
    ...(meaning?.data ?? []).map(({ id }) => id),
  ],
})

const check = faceCase({
  endpoint: 'drafts.check',
  arrange: (ground) => ground.changedDraft(),
  rest: atVersion,
  cli: ({ id }) => ['policy', 'verify', id],
  console: (draft) => typed('verify .', named(draft)),
  effect: ofDraft,
})

const seal = faceCase({
  endpoint: 'drafts.seal',
  arrange: (ground) => ground.checkedDraft(),
  rest: atVersion,
  cli: ({ id }) => ['policy', 'seal', id],
  console: (draft) => typed('seal .', named(draft)),
  effect: async (ground, draft) => {
    const { sealed_revision } = await ground.client.get('drafts.show', params(draft))
    const { revisions } = await ground.client.get('policy.revisions', {})
    const found = revisions.find(({ revision }) => revision === sealed_revision)
    return { draft: await ofDraft(ground, draft), listed: found?.draft_id === draft.id, in_force: found?.in_force }
  },
})

const discard = faceCase({
  endpoint: 'drafts.discard',
  arrange: (ground) => ground.draft(),
  rest: ({ id, version }) => ({ params: { id }, query: { version } }),
  cli: ({ id }) => ['policy', 'discard', id],
  console: (draft) => typed('discard .', { ...named(draft), confirm: '' }),
  effect: ofDraft,
})

/** Policy in the making. */
export const draftCases: readonly Case[] = [
  ...[create, list, show, push, read, write, remove, diff, check, seal, rebase, discard],
]
