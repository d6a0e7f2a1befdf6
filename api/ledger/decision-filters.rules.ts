import type { DecisionFilters } from '#contract/api/decisions.js'

type Filter = Exclude<keyof DecisionFilters, 'since' | 'until'>

/** Which condition each filter is; `$` is where its value stands. */
const CONDITIONS: Record<Filter, string> = {
  gate: 'gate = $',
  action: 'action = $',
  outcome: 'outcome = $',
  decided_by: 'decided_by = $',
  cause: 'cause = $',
  tenant: 'tenant_id = $::uuid',
  workspace: 'workspace_id = $::uuid',
  publisher: 'publisher_id = $::uuid',
  extension: 'extension = $',
  install: 'install_id = $::uuid',
  execution: 'execution_id = $::uuid',
  actor: 'actor = $',
  resource_kind: 'resource_kind = $',
  resource: 'resource_id = $',
  reason: '$ = ANY(reasons)',
  rule: '$ = ANY(rules)',
  revision: 'revision = $',
  correlation_id: 'correlation_id = $',
}
const FILTERS = Object.keys(CONDITIONS) as Filter[]

/** Filters over columns that a publisher does not see. */
export const TENANT_ONLY_FILTERS: readonly Filter[] = [
  ...(['cause', 'tenant', 'workspace', 'publisher', 'install', 'execution'] as const),
  ...(['actor', 'resource_kind', 'resource', 'correlation_id'] as const),
]

/** Filters whose values are found by Bloom filters over stretches of the table; see the migration of partitions. */
const BY_BLOOM: readonly Filter[] = [
  ...(['actor', 'resource', 'install', 'publisher', 'revision', 'correlation_id'] as const),
]

/** Whether no index that is in the order of time answers by itself, so that a value may be rare. */
export const isByBloom = (filters: DecisionFilters): boolean =>
  filters.execution === undefined &&
  BY_BLOOM.some((name) => filters[name] !== undefined) &&
  !onlyRefusals(filters) &&
  !onlyDeeds(filters)

const onlyRefusals = ({ outcome, reason, cause, decided_by }: DecisionFilters): boolean =>
  (outcome !== undefined && outcome !== 'allow') ||
  reason !== undefined ||
  cause !== undefined ||
  decided_by === 'kill' ||
  decided_by === 'unavailable'

/** Whether only acts of people and of the platform fit: neither calls nor host calls. */
const onlyDeeds = ({ gate, action, decided_by }: DecisionFilters): boolean =>
  (gate !== undefined && gate !== 'call' && gate !== 'capability') ||
  (action !== undefined && action !== 'extension.invoke' && action !== 'capability.use') ||
  // The floor engages kill switches, and ends what is in force by break-glass.
  decided_by === 'floor'

/** The moment within a UUID of version 7, milliseconds since the epoch: a decision's id holds when it was made. */
export const momentOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** The least id of a moment, in milliseconds since the epoch. */
export const leastIdOf = (moment: number): string => {
  const hex = Math.min(Math.max(Math.ceil(moment), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** Takes a value and gives its placeholder, such as `$3`. */
export type Bind = (value: unknown) => string

/** The conditions of a search in SQL over the columns of `decision`, with what follows from them and has an index. */
export const conditionsOf = (filters: DecisionFilters, bind: Bind): string[] => {
  const conditions = FILTERS.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [CONDITIONS[name].replace('$', () => bind(value))]
  })
  const { since, until } = filters
  if (onlyRefusals(filters)) conditions.push(`outcome <> 'allow'`)
  if (onlyDeeds(filters)) conditions.push(`action <> 'extension.invoke'`, `action <> 'capability.use'`)
  if (since !== undefined) conditions.push(`id >= ${bind(leastIdOf(Date.parse(since)))}::uuid`)
  if (until !== undefined) conditions.push(`id < ${bind(leastIdOf(Date.parse(until)))}::uuid`)
  return conditions
}
