import { readdirSync } from 'node:fs'
import type { OperationId } from '#sdk/client/client.js'
import { findCases } from '../faces/find-cases.js'
import { ACTOR } from '../faces/ground.js'
import type { WalkGround } from './ground/walk-ground.js'

/** Asks an operation for something that is really there, so that it succeeds. What it asks on the way counts as well. */
export type Walk = (ground: WalkGround) => Promise<unknown>

/** Walks by the operation that each is about. A file of `walks/` exports one of these. */
export type Walks = { readonly [Id in OperationId]?: Walk | readonly Walk[] }

type Found = ReadonlyMap<string, readonly Walk[]>

/** Every walk: those under `walks/`, and for what has none there the cases of `test:faces`, as they are done over REST. */
export const findWalks = async (): Promise<Found> => {
  const folder = new URL('walks/', import.meta.url)
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.[jt]s$/.test(file))
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<object>))
  const own = modules.flatMap((module) => Object.values(module).flatMap((walks) => Object.entries(walks as Walks)))
  return new Map([...(await borrowed()), ...own.map(([id, walks]) => [id, [walks].flat()] as const)])
}

/** The cases of the faces, each as a walk. */
const borrowed = async (): Promise<Found> =>
  new Map(
    [...(await findCases())].map(([id, cases]) => [
      id,
      cases.map((one): Walk => async ({ faces }) => {
        const laid = await one.arrange(faces)
        return faces.as(one.as ?? ACTOR).call(one.endpoint, one.rest(laid))
      }),
    ]),
  )
