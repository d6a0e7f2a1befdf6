import { runProgram } from './program.js'
import { endOnceUnread } from './surroundings.js'

endOnceUnread()
await runProgram(process.argv.slice(2))
