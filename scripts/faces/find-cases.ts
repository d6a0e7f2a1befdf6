import { readdirSync } from 'node:fs'
import type { Case } from './case.js'

const isCase = (value: unknown): value is Case =>
  typeof value === 'object' && value !== null && 'endpoint' in value && 'console' in value

/** Every case under `cases/`, alone or in a list, by the endpoint it is about. */
export const findCases = async (): Promise<ReadonlyMap<Case['endpoint'], readonly Case[]>> => {
  const folder = new URL('cases/', import.meta.url)
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.[jt]s$/.test(file))
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<object>))
  const cases = modules.flatMap((module) => Object.values(module).flat() as unknown[]).filter(isCase)
  return Map.groupBy(cases, ({ endpoint }) => endpoint)
}
