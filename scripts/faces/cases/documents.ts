import type { Family } from '#cli/document-client.js'
import type { AnswerOf, RequestOf } from '#sdk/client/client.js'
import { faceCase, typed, type Case } from '../case.js'
import type { Ground } from '../ground.js'

/** Whoever lays things down at Acme; its administrator reads what came of it. */
const as = 'acme_owner' as const
const READER = 'acme_admin' as const
const WHY = 'agreed at the round table'
const LATER = 'on second thoughts'

/** A document of each kind; the second one has something more. */
const DOCUMENTS: Readonly<Record<Family, readonly [object, object]>> = {
  lists: [
    { title: 'Ours', admits: 'all', entries: [{ effect: 'deny', publisher: 'nobody', why: 'to see it' }] },
    {
      ...{ title: 'Ours', admits: 'all' },
      entries: [
        { effect: 'deny', publisher: 'nobody', why: 'to see it' },
        { effect: 'deny', extension: 'com.example.never', why: 'nor that' },
      ],
    },
  ],
  limits: [
    { title: 'Ours', entries: [{ limit: 'installs', value: 900, extension: 'com.example.never', why: 'enough' }] },
    { title: 'Ours', entries: [{ limit: 'installs', value: 800, extension: 'com.example.never', why: 'enough' }] },
  ],
  roles: [
    { title: 'Reads', scopes: ['installs:read'] },
    { title: 'Reads', scopes: ['installs:read', 'lists:read'] },
  ],
}

type Revision = AnswerOf<'lists.show'>

/** The cases of one kind. What differs between kinds is the document alone, so they are all done as lists are. */
const casesOf = (family: Family): readonly Case[] => {
  const [first, second] = DOCUMENTS[family]
  const id = <Name extends string>(name: Name) => `${family}.${name}` as unknown as `lists.${Name}`
  const screen = family

  const put = (ground: Ground, name: string, [document, why, revision]: readonly [object, string, number]) =>
    ground
      .as(as)
      .get(id('set'), { params: { name }, query: {}, body: { document, why, revision } } as RequestOf<'lists.set'>)

  const written = async (ground: Ground): Promise<string> => {
    const name = ground.slug()
    await put(ground, name, [first, WHY, 0])
    await put(ground, name, [second, LATER, 1])
    return name
  }

  const newest = async (ground: Ground, name: string) => {
    const shown: Revision = await ground.as(READER).get(id('show'), { params: { name }, query: {} })
    const { document, revision, why, reverts_to } = shown
    return { document, revision, why, reverts_to }
  }

  const list = faceCase({
    ...{ endpoint: id('list'), as },
    arrange: written,
    rest: () => ({ query: {} }),
    cli: () => [family, 'list'],
    console: () => typed(`${family} list`, { screen }),
    shows: ({ items }) => items.flatMap(({ name, document, why }) => [name, document.title, why]),
  })

  const show = faceCase({
    ...{ endpoint: id('show'), as },
    arrange: written,
    rest: (name) => ({ params: { name }, query: {} }),
    cli: (name) => [family, 'show', name],
    console: (name) => typed('show .', { screen, row: name }),
    shows: ({ name, document, why, by, decision_id }) => [name, document.title, why, by, decision_id],
  })

  const set = faceCase({
    ...{ endpoint: id('set'), as },
    arrange: async (ground) => ({ name: ground.slug(), file: ground.file(JSON.stringify(first)) }),
    rest: ({ name }) =>
      ({ params: { name }, query: {}, body: { document: first, why: WHY, revision: 0 } }) as RequestOf<'lists.set'>,
    cli: ({ name, file }) => [family, 'set', name, '--file', file, '--reason', WHY],
    console: ({ name, file }) => typed(`set ${name} --file ${file} --reason "${WHY}"`, { screen }),
    effect: (ground, { name }) => newest(ground, name),
  })

  /** By an editor that leaves the new text in place of the old one: what a person would have typed into theirs. */
  const edit = faceCase({
    ...{ endpoint: id('set'), as, variant: 'in an editor' },
    arrange: async (ground) => {
      const name = ground.slug()
      await put(ground, name, [first, WHY, 0])
      const file = ground.file(JSON.stringify(second))
      process.env['EDITOR'] = `cp ${file}`
      return { name, file }
    },
    rest: ({ name }) =>
      ({ params: { name }, query: {}, body: { document: second, why: LATER, revision: 1 } }) as RequestOf<'lists.set'>,
    cli: ({ name, file }) => [family, 'set', name, '--file', file, '--reason', LATER],
    console: ({ name }) => typed(`set . --reason "${LATER}"`, { screen, row: name }),
    effect: (ground, { name }) => newest(ground, name),
  })

  const diff = faceCase({
    ...{ endpoint: id('diff'), as },
    arrange: written,
    rest: (name) => ({ params: { name }, query: {} }),
    cli: (name) => [family, 'diff', name],
    console: (name) => typed('diff .', { screen, row: name }),
    shows: ({ name, from, to, changes }) => [name, String(from), String(to), ...changes.map((change) => change.id)],
  })

  const history = faceCase({
    ...{ endpoint: id('history'), as },
    arrange: written,
    rest: (name) => ({ params: { name }, query: {} }),
    cli: (name) => [family, 'history', name],
    console: (name) => typed('history .', { screen, row: name }),
    shows: ({ items }) =>
      items.flatMap(({ revision, why, by, decision_id }) => [String(revision), why, by, decision_id]),
  })

  const revert = faceCase({
    ...{ endpoint: id('revert'), as },
    arrange: written,
    rest: (name) => ({ params: { name }, query: {}, body: { to: 1, why: WHY, revision: 2 } }),
    cli: (name) => [family, 'revert', name, '1', '--reason', WHY],
    console: (name) => typed(`revert . 1 --reason "${WHY}"`, { screen, row: name }),
    effect: newest,
  })

  return [list, show, set, edit, diff, history, revert]
}

/** What organisations lay down. */
export const documentCases: readonly Case[] = (['lists', 'limits', 'roles'] as const).flatMap(casesOf)
