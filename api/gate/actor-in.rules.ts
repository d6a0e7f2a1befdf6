import type { ActorFacts, Caller } from '../platform/http/caller.js'

const known = new WeakMap<ActorFacts, Map<string, ActorFacts>>()

/** The actor of a caller for something that lies in a workspace: what they hold there beside the rest. Made once for each. */
export const actorFactsIn = ({ actor, inWorkspaces }: Caller, workspaceId: string | null): ActorFacts => {
  const held = workspaceId === null ? undefined : inWorkspaces?.[workspaceId]
  if (!held || workspaceId === null) return actor
  let made = known.get(actor)
  if (!made) known.set(actor, (made = new Map()))
  let facts = made.get(workspaceId)
  if (!facts)
    made.set(
      workspaceId,
      (facts = { ...actor, workspace: { id: workspaceId, roles: [...held.roles], scopes: [...held.scopes] } }),
    )
  return facts
}

/** A caller who asks for something that lies in a workspace. */
export const actorIn = (caller: Caller, workspaceId: string | null): Caller => ({
  ...caller,
  actor: actorFactsIn(caller, workspaceId),
})
