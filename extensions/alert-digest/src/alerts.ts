/** What is open in a project, and when somebody is told: pure, so that the same code runs in the sandbox and under test. */

const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One thing that somebody should look at. */
export interface Alert {
  /** The same for the same thing, however often it is told. */
  readonly key: string
  readonly severity: Severity
  readonly title: string
}

/** What is known of a project. */
export interface Project {
  readonly open: readonly Alert[]
  /** Keys of those that nobody was told of yet. */
  readonly untold: readonly string[]
  /** When they are told, in milliseconds since the epoch; null where there are none. */
  readonly due: number | null
  /** There is an alert out that names this project. */
  readonly paged: boolean
}

/** What an admin wants. */
export interface Settings {
  readonly minimum_severity: Severity
  /** How long alerts are gathered. */
  readonly window_minutes: number
  /** From this severity on nothing is gathered. */
  readonly at_once: Severity
  readonly pager_url: string
}

/** A moment, and a number of 0 to 1 that makes windows of many projects end at different ones. */
export interface Moment {
  readonly now: number
  readonly jitter: number
}

export const NOTHING: Project = { open: [], untold: [], due: null, paged: false }

const MINUTE_MS = 60_000
/** Part of a window by which it may be shorter. */
const JITTER = 0.1

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)

/** The project with further alerts; those that are too slight, or open already, change nothing. */
export const withOpened = (
  project: Project,
  alerts: readonly Alert[],
  { settings, moment: { now, jitter } }: { readonly settings: Settings; readonly moment: Moment },
): Project => {
  const known = new Set(project.open.map(({ key }) => key))
  const fresh = new Map(
    alerts
      .filter(({ key, severity }) => isAtLeast(severity, settings.minimum_severity) && !known.has(key))
      .map((alert) => [alert.key, alert]),
  )
  if (fresh.size === 0) return project
  const added = [...fresh.values()]
  const urgent = added.some(({ severity }) => isAtLeast(severity, settings.at_once))
  const window = settings.window_minutes * MINUTE_MS * (1 - JITTER * jitter)
  return {
    ...project,
    open: [...project.open, ...added],
    untold: [...project.untold, ...fresh.keys()],
    due: urgent ? now : (project.due ?? Math.round(now + window)),
  }
}

/** The project without these. Where an alert is out and nothing is left, it is due at once, to be resolved. */
export const withClosed = (project: Project, keys: readonly string[], now: number): Project => {
  const gone = new Set(keys)
  const open = project.open.filter(({ key }) => !gone.has(key))
  const untold = project.untold.filter((key) => !gone.has(key))
  const resolves = open.length === 0 && project.paged
  return { ...project, open, untold, due: resolves ? now : untold.length > 0 ? project.due : null }
}

/** Whether somebody is to be told now. */
export const isDue = ({ due }: Project, now: number): boolean => due !== null && due <= now

/** The project after everybody was told of it as it stands. */
export const told = ({ open }: Project): Project => ({ open, untold: [], due: null, paged: open.length > 0 })

const LISTED = 50
/** Severities of the Events API, by ours. */
const PAGED: Readonly<Record<Severity, string>> = {
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'critical',
}

const worstFirst = (alerts: readonly Alert[]): Alert[] =>
  alerts.toSorted((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity))

const summaryOf = (name: string, alerts: readonly Alert[]): string => {
  const counts = SEVERITIES.toReversed().map((each) => [
    each,
    alerts.filter(({ severity }) => severity === each).length,
  ])
  const words = counts.filter(([, count]) => count !== 0).map(([each, count]) => `${count} ${each}`)
  return `${name}: ${words.join(', ')}`
}

/** What PagerDuty is sent of a project (Events API v2), without its routing key: one alert for each project. */
export const pageOf = (name: string, { open }: Project, digest: string) => {
  const about = { dedup_key: `alert-digest/${name}` }
  const [worst] = worstFirst(open)
  if (!worst) return { ...about, event_action: 'resolve' as const }
  const alerts = worstFirst(open).slice(0, LISTED)
  return {
    ...about,
    event_action: 'trigger' as const,
    payload: {
      ...{ summary: summaryOf(name, open), source: name, severity: PAGED[worst.severity] },
      custom_details: {
        digest,
        open: open.length,
        alerts: alerts.map(({ severity, title }) => `${severity}: ${title}`),
      },
    },
  }
}
