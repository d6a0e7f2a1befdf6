import type { Check } from '../check.js'

/** The service is built for this release line of Node, which comes with the clone. */
const MAJOR = 24

/** Whether the Node that runs us is the one that comes with the clone. */
export const node: Check<void> = {
  name: 'node',
  remedy: 'run it by "npm run gatehouse", which takes the Node that "npm ci" puts into node_modules',
  look: async () => {
    const { node: version } = process.versions
    return {
      ok: Number.parseInt(version, 10) >= MAJOR,
      detail: `Node ${version} on ${process.platform}-${process.arch}`,
    }
  },
}
