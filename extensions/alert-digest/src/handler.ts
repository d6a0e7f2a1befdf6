import * as clock from 'gatehouse:extension/clock@0.1.0'
import * as config from 'gatehouse:extension/config@0.1.0'
import * as log from 'gatehouse:extension/log@0.1.0'
import * as metrics from 'gatehouse:extension/metrics@0.1.0'
import * as random from 'gatehouse:extension/random@0.1.0'
import {
  eventOf,
  field,
  hostErrorOf,
  json,
  problem,
  type CloudEvent,
  type Request,
  type Response,
} from '@gatehouse/sdk'
import { isDue, withClosed, withOpened, type Settings } from './alerts.js'
import { saidBy, type Said } from './found.js'
import { isSeen, keep, keepSeen, projectNames, readProject } from './kept.js'
import { NotPaged, page } from './page.js'

const NO_CONTENT: Response = { status: 204, headers: [], body: new Uint8Array(0) }

const settings = (): Settings => JSON.parse(config.all()) as Settings

/** A number of 0 to 1. */
const chance = (): number => random.bytes(1)[0]! / 255

const takeIn = (event: CloudEvent, { project: name, opened, closed }: Said, wanted: Settings): void => {
  if (isSeen(event.id)) return
  const { project, expect } = readProject(name)
  const moment = { now: clock.nowMs(), jitter: chance() }
  const changed = withClosed(withOpened(project, opened, { settings: wanted, moment }), closed, moment.now)
  keepSeen(event.id, name, { project: changed, expect })
  for (const { severity } of opened)
    metrics.record({ kind: 'counter', name: 'alerts', value: 1, labels: [['severity', severity]] })
}

/** Takes an event in, and tells where it is time. What fails is delivered again: taken in once, told until it is told. */
const takeEvent = (request: Request): Response => {
  const event = eventOf(request)
  if (!event) return problem(403, 'Not an event', 'Only events are taken here, and nobody can send one by hand')
  const said = saidBy(event)
  if (!said) return problem(422, 'Unknown event', `${event.type} is not read here`)
  const wanted = settings()
  takeIn(event, said, wanted)
  const kept = readProject(said.project)
  if (isDue(kept.project, clock.nowMs())) page(said.project, kept, wanted)
  return NO_CONTENT
}

const digest = (): Response =>
  json(200, {
    projects: projectNames().map((name) => {
      const { open, untold, due } = readProject(name).project
      return { project: name, open, untold: untold.length, due: due === null ? null : new Date(due).toISOString() }
    }),
  })

/** Pages of all projects that are due; with `?all=true` of all of which somebody was not told. */
const send = (all: boolean): Response => {
  const wanted = settings()
  const sent: string[] = []
  for (const name of projectNames()) {
    const kept = readProject(name)
    if (!isDue(kept.project, all ? Infinity : clock.nowMs())) continue
    page(name, kept, wanted)
    sent.push(name)
  }
  log.write('info', `told of ${sent.length} projects`)
  return json(200, { sent })
}

/** Somebody looked at all that is open in a project: what no event closes, such as a credential, is settled so. */
const settle = (name: string | undefined): Response => {
  if (!name) return problem(400, 'No project', 'query/project must name one')
  const { project, expect } = readProject(name)
  const keys = project.open.map(({ key }) => key)
  const settled = withClosed(project, keys, clock.nowMs())
  keep(name, settled, expect)
  if (isDue(settled, clock.nowMs())) page(name, readProject(name), settings())
  return json(200, { project: name, settled: keys.length })
}

const answer = (request: Request): Response => {
  const { method, path, query } = request
  if (path.startsWith('/events/')) return takeEvent(request)
  if (path === '/send') return send(field(query, 'all') === 'true')
  return method === 'GET' ? digest() : settle(field(query, 'project'))
}

/** Events at `/events/…`; `GET /digest`, `POST /send`, `DELETE /digest?project=`. */
export function handle(request: Request): Response {
  try {
    return answer(request)
  } catch (error) {
    if (error instanceof NotPaged) return problem(502, 'Not told', error.message)
    const refused = hostErrorOf(error)
    if (!refused) throw error
    log.write('warn', `not done: ${refused.code}`)
    return problem(refused.kind === 'conflict' ? 409 : 502, 'Not done', `${refused.code}: ${refused.message}`)
  }
}
