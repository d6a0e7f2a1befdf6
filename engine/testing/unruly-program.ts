/** Program of a thread that does as it is told, in all the ways in which a policy may run away. */
import { parentPort, workerData } from 'node:worker_threads'

const order = workerData as 'answers' | 'loops' | 'hoards' | 'exits' | 'throws'
while (order === 'loops');
const hoard: string[][] = []
while (order === 'hoards') hoard.push(Array<string>(100_000).fill('x'))
if (order === 'exits') process.exit(0)
if (order === 'throws') throw new TypeError('it is none')
parentPort!.postMessage({ heard: order, environment: Object.keys(process.env) })
