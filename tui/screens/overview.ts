import { shortNames } from '../dangers.js'
import type { Screen } from '../screen.js'

interface Part {
  readonly name: string
  readonly status: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** What says that an emergency lasts, until then: it comes before everything else. */
const GLASS = 'break_glass_until'

const inWords = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const words = ({ [GLASS]: glass, ...facts }: Part['facts']): string =>
  [
    ...(typeof glass === 'string' ? [`BREAK GLASS until ${glass.slice(0, 16).replace('T', ' ')}`] : []),
    ...Object.entries(facts).map(([name, value]) => `${name} ${shortNames(inWords(value))}`),
  ].join(', ')

/** Is the platform well: every part that the service reports on. */
export const overview: Screen<Part> = {
  id: 'overview',
  title: 'Overview',
  empty: 'The service reports nothing yet.',
  load: async (client) => {
    const report = await client.get('health.report', {})
    const details = (report['details'] ?? {}) as Record<string, { status: string }>
    return Object.entries(details).map(([name, { status, ...facts }]) => ({ name, status, facts }))
  },
  rowKey: ({ name }) => name,
  columns: [
    { heading: 'PART', cell: ({ name }) => name, width: 16 },
    { heading: 'STATE', cell: ({ status }) => (status === 'up' ? '✓ up' : `✗ ${status}`), width: 12 },
    { heading: 'DETAIL', cell: ({ facts }) => words(facts), width: 20, grow: true },
  ],
  describe: ({ name, status, facts }) => [
    ['part', name],
    ['state', status],
    ...Object.entries(facts).map(([label, value]) => [label, JSON.stringify(value)] as const),
  ],
  actions: [],
}
