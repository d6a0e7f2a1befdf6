/** Thread in which submitted sources are read and tried. Started by `aside.ts` alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { serveAside } from './aside-serve.js'
import type { AsideOrder } from './aside.types.js'

await serveAside(workerData as AsideOrder, parentPort!)
