/** Thread of a trace: makes a few lines of what `opa` wrote, which may be megabytes. Started by `trace.ts` alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { readTrace, type TraceOrder } from './read-trace.js'

parentPort!.postMessage(readTrace(workerData as TraceOrder))
