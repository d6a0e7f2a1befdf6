/** Started as an ordinary user: what escaped code comes to behind the strongest wall that such a user can put up. */
import { detectWall } from '#runtime/launcher/probe.js'
import { attemptsBehind } from './grounds/attempts.js'

process.stdout.write(JSON.stringify(await attemptsBehind((await detectWall()).kind)))
