import type { Screen } from '../screen.js'
import { SCREEN_IDS, type ScreenId } from '../state.js'
import { accounts } from './accounts.js'
import { brakes } from './brakes.js'
import { decisions } from './decisions.js'
import { limits, lists, roles } from './documents.js'
import { extensions } from './extensions.js'
import { groups } from './groups.js'
import { kills } from './kills.js'
import { overview } from './overview.js'
import { people } from './people.js'
import { policy } from './policy.js'
import { restrictions } from './restrictions.js'
import { sessions } from './sessions.js'
import { sync } from './sync.js'
import { waiting } from './waiting.js'
import { waivers } from './waivers.js'
import { workspaces } from './workspaces.js'

/** Every screen, in the order of the tabs. A screen's rows are its own affair, so they are unknown here. */
export const SCREENS: Readonly<Record<ScreenId, Screen<unknown>>> = {
  overview: overview as Screen<unknown>,
  extensions: extensions as Screen<unknown>,
  decisions: decisions as Screen<unknown>,
  waiting: waiting as Screen<unknown>,
  policy: policy as Screen<unknown>,
  waivers: waivers as Screen<unknown>,
  restrictions: restrictions as Screen<unknown>,
  lists: lists as Screen<unknown>,
  limits: limits as Screen<unknown>,
  roles: roles as Screen<unknown>,
  people: people as Screen<unknown>,
  workspaces: workspaces as Screen<unknown>,
  groups: groups as Screen<unknown>,
  sync: sync as Screen<unknown>,
  brakes: brakes as Screen<unknown>,
  sessions: sessions as Screen<unknown>,
  accounts: accounts as Screen<unknown>,
  kills: kills as Screen<unknown>,
}

/** The screen whose id or, where none does, whose title on its tab begins as typed. */
export const screenNamed = (text: string): ScreenId | undefined => {
  const typed = text.trim().toLowerCase()
  if (typed === '') return undefined
  const titled = (id: ScreenId): boolean => SCREENS[id].title.toLowerCase().startsWith(typed)
  return SCREEN_IDS.find((id) => id.startsWith(typed)) ?? SCREEN_IDS.find(titled)
}
