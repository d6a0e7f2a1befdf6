/** What the host calls, in the canonical ABI: https://github.com/WebAssembly/component-model. Your own code is ../handler.ts. */
import { handle as answer } from '../handler'
import { Request, Response } from './index'
import { liftBytes, liftFields, liftString, lowerFields } from './abi'

/** The host makes room here for what it hands over. */
export function cabi_realloc(old: usize, _oldSize: usize, _align: usize, size: usize): usize {
  return old == 0 ? heap.alloc(size) : heap.realloc(old, size)
}

const RESULT = memory.data(24, 4)
/** The answer has to outlast `handle`, until the host has read it. */
let answered: Response | null = null

export function handle(
  method: usize, methodLength: i32, path: usize, pathLength: i32, params: usize, paramsLength: i32,
  query: usize, queryLength: i32, headers: usize, headersLength: i32, body: usize, bodyLength: i32,
): usize {
  const response = answer(
    new Request(
      liftString(method, methodLength),
      liftString(path, pathLength),
      liftFields(params, paramsLength),
      liftFields(query, queryLength),
      liftFields(headers, headersLength),
      liftBytes(body, bodyLength),
    ),
  )
  answered = response
  store<u8>(RESULT, 0)
  store<u16>(RESULT, response.status, 4)
  store<usize>(RESULT, lowerFields(response.headers), 8)
  store<i32>(RESULT, response.headers.length, 12)
  store<usize>(RESULT, response.body.dataStart, 16)
  store<i32>(RESULT, response.body.length, 20)
  return RESULT
}
