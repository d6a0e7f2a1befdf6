import type { AnswerOf } from '#sdk/client/client.js'
import type { Screen } from '../screen.js'

type Extension = AnswerOf<'extensions.list'>['items'][number]

const newest = ({ versions }: Extension) => versions[0]

/** The catalogue; an extension is killed from here, by typing its name. */
export const extensions: Screen<Extension> = {
  id: 'extensions',
  title: 'Extensions',
  empty: 'No extension was published yet.',
  load: async (client) => (await client.get('extensions.list', { query: { limit: 200 } })).items,
  rowKey: ({ id }) => id,
  columns: [
    { heading: 'EXTENSION', cell: ({ name }) => name, width: 24, grow: true },
    { heading: 'VERSION', cell: (row) => newest(row)?.version ?? '-', width: 9 },
    { heading: 'REVIEW', cell: (row) => newest(row)?.review_state ?? '-', width: 11 },
    { heading: 'RUNG', cell: ({ rung }) => (rung === 'none' ? '-' : `▲ ${rung}`), width: 11 },
    {
      heading: 'PUBLISHER',
      cell: ({ publisher }) => `${publisher.slug}${publisher.verified ? ' ✓' : ''}`,
      width: 16,
      from: 90,
    },
    {
      heading: 'PERMISSIONS',
      cell: ({ permissions }) => permissions.map(({ id }) => id).join(' '),
      width: 40,
      from: 140,
    },
  ],
  describe: (row) => [
    ['extension', row.name],
    ['title', row.title],
    ['about', row.description],
    ['type', row.type],
    ['publisher', `${row.publisher.name}${row.publisher.verified ? ' (verified)' : ''}`],
    ['rung', row.rung],
    ['runs on', row.compatibility],
    ...row.permissions.map(({ id, risk, title }) => ['permission', `${id} (${risk}): ${title}`] as const),
    ...row.versions.map(
      ({ version, channel, review_state, digest }) =>
        ['version', `${version} ${channel} ${review_state} ${digest}`] as const,
    ),
  ],
  actions: [
    {
      key: 'K',
      title: 'kill',
      refused: () => null,
      ask: ({ name, versions }) => ({
        title: `Kill ${name} everywhere`,
        blastRadius: [
          `every install of its ${versions.length} version(s), in every organisation`,
          'calls in flight are ended; new ones are refused until released',
        ],
        name,
      }),
      act: async (client, { name }, reason) => {
        const { nodes } = await client.get('kills.engage', { body: { scope: 'extension', target: name, reason } })
        return `engaged; acknowledged by ${nodes.acknowledged.length}, not reached ${nodes.not_reached.length}`
      },
    },
  ],
}
