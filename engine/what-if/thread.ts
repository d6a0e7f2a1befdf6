/** Thread of a what-if. Started by `seat.ts` alone. */
import { loadPolicy } from '../load.js'
import { serve } from './serve.js'

await serve(loadPolicy)
