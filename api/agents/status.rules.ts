import { OPA_BUNDLE, type OpaStatusReport } from '#contract/api/agents.js'
import { isExactText } from '#contract/primitives.js'

const MAX_ERRORS = 20
const MAX_ERROR_LENGTH = 1000

/** What is kept of a status report. */
export interface AgentState {
  readonly agent: string
  readonly version: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly active_revision: string | null
  readonly errors: readonly string[]
}

type Reported = NonNullable<OpaStatusReport['discovery']>

/** An agent's state by its own report; errors name the bundle that they are about. */
export const stateOf = ({ labels, bundles = {}, discovery }: OpaStatusReport): AgentState => {
  const reported = [...Object.entries(bundles), ...(discovery ? [['discovery', discovery] as const] : [])]
  return {
    ...{ agent: labels.id!, version: labels.version ?? null, labels },
    active_revision: bundles[OPA_BUNDLE]?.active_revision || null,
    errors: reported
      .flatMap(([name, bundle]) => errorsOf(bundle).map((words) => `${name}: ${words}`.slice(0, MAX_ERROR_LENGTH)))
      .slice(0, MAX_ERRORS),
  }
}

/** OPA tells a code and a message while its last attempt failed, and where it parsed something each error by itself. */
const errorsOf = ({ code, message, errors = [] }: Reported): string[] => {
  const single = message ? [code ? `${code}: ${message}` : message] : []
  const each = errors.map((error) => {
    const inner = (error as { message?: unknown } | null)?.message
    return typeof inner === 'string' ? inner : JSON.stringify(error)
  })
  return [...single, ...each].filter(isExactText)
}
