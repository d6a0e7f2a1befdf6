/**
 * Guests of WASI for tests. Core modules that import `wasi_snapshot_preview1` are what the toolchains of Rust, C and TinyGo make;
 * the adapter that these use turns them into components of WASI 0.2.
 */

/** The beginning of `handle` and what every module of the canonical ABI has. `$one` is the letter after the path's slash. */
const HEAD = `
  (memory (export "memory") 8)
  (global $heap (mut i32) (i32.const 65536))
  (func $realloc (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
    (global.set $heap (i32.add (local.get $at) (local.get 3)))
    (local.get $at))
  ;; Answers 200 with so many bytes from there.
  (func $answer (param $at i32) (param $length i32) (result i32)
    (i32.store8 (i32.const 0) (i32.const 0))
    (i32.store16 (i32.const 4) (i32.const 200))
    (i32.store (i32.const 8) (i32.const 0))
    (i32.store (i32.const 12) (i32.const 0))
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (local.get $length))
    (i32.const 0))`

const preview1 = (name: string, parameters: string, result = '(result i32)'): string =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${parameters}) ${result}))`

/** Uses or abuses WASI as the letter of its path says. Answers 16 bytes: results and what was written into memory. */
export const WASI_WAT = `(module
  ${preview1('environ_sizes_get', 'i32 i32')}
  ${preview1('args_sizes_get', 'i32 i32')}
  ${preview1('fd_prestat_get', 'i32 i32')}
  ${preview1('path_open', 'i32 i32 i32 i32 i32 i64 i64 i32 i32')}
  ${preview1('fd_write', 'i32 i32 i32 i32')}
  ${preview1('fd_read', 'i32 i32 i32 i32')}
  ${preview1('clock_time_get', 'i32 i64 i32')}
  ${preview1('poll_oneoff', 'i32 i32 i32 i32')}
  ${preview1('random_get', 'i32 i32')}
  ${preview1('proc_exit', 'i32', '')}
  ${HEAD}
  (data (i32.const 1024) "line of text\\n")
  (data (i32.const 1100) "/etc/passwd")
  (global $calls (mut i32) (i32.const 0))
  ;; An iovec at 512 of the bytes at 1024, written to a descriptor.
  (func $print (param $fd i32) (result i32)
    (i32.store (i32.const 512) (i32.const 1024))
    (i32.store (i32.const 516) (i32.const 13))
    (call $fd_write (local.get $fd) (i32.const 512) (i32.const 1) (i32.const 520)))
  ;; A subscription at 600 to the monotonic clock, relative, waited for.
  (func $sleep (param $ns i64) (result i32)
    (i64.store (i32.const 600) (i64.const 1))
    (i32.store8 (i32.const 608) (i32.const 0))
    (i32.store (i32.const 616) (i32.const 1))
    (i64.store (i32.const 624) (local.get $ns))
    (i64.store (i32.const 632) (i64.const 1))
    (i32.store16 (i32.const 640) (i32.const 0))
    (call $poll_oneoff (i32.const 600) (i32.const 700) (i32.const 1) (i32.const 800)))
  (func $many (param $fd i32) (local $left i32)
    (local.set $left (i32.const 10000))
    (loop $again
      (drop (call $print (local.get $fd)))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))
  (func (export "handle") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (local $one i32)
    (local.set $one (i32.load8_u (i32.add (local.get 2) (i32.const 1))))
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (i32.store8 (i32.const 260) (global.get $calls))
    ;; e: environment and arguments, their number and size
    (if (i32.eq (local.get $one) (i32.const 101)) (then
      (i32.store (i32.const 256) (call $environ_sizes_get (i32.const 260) (i32.const 264)))
      (drop (call $args_sizes_get (i32.const 264) (i32.const 268)))))
    ;; f: the first folder that was opened for it, and a file by its path
    (if (i32.eq (local.get $one) (i32.const 102)) (then
      (i32.store (i32.const 256) (call $fd_prestat_get (i32.const 3) (i32.const 900)))
      (i32.store (i32.const 264) (call $path_open (i32.const 3) (i32.const 0) (i32.const 1100) (i32.const 11)
        (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 268)))))
    ;; i: standard input
    (if (i32.eq (local.get $one) (i32.const 105)) (then
      (i32.store (i32.const 512) (i32.const 2000)) (i32.store (i32.const 516) (i32.const 100))
      (i32.store (i32.const 256) (call $fd_read (i32.const 0) (i32.const 512) (i32.const 1) (i32.const 264)))))
    ;; p: print to both, m: print a lot
    (if (i32.eq (local.get $one) (i32.const 112)) (then
      (i32.store (i32.const 256) (call $print (i32.const 1)))
      (i32.store (i32.const 264) (call $print (i32.const 2)))))
    (if (i32.eq (local.get $one) (i32.const 109)) (then (call $many (i32.const 1))))
    ;; t: both clocks; s: sleep 20 ms and look at the clock; z: sleep for centuries
    (if (i32.eq (local.get $one) (i32.const 116)) (then
      (drop (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 256)))
      (drop (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 264)))))
    (if (i32.eq (local.get $one) (i32.const 115)) (then
      (drop (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 256)))
      (drop (call $sleep (i64.const 20000000)))
      (drop (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 264)))))
    (if (i32.eq (local.get $one) (i32.const 122)) (then (drop (call $sleep (i64.const -1)))))
    ;; r: random bytes; x: exit
    (if (i32.eq (local.get $one) (i32.const 114)) (then (drop (call $random_get (i32.const 256) (i32.const 16)))))
    (if (i32.eq (local.get $one) (i32.const 120)) (then (call $proc_exit (i32.const 0))))
    (call $answer (i32.const 256) (i32.const 16)))
)`

/**
 * Components that speak to WASI without an adapter. `handle` takes nothing and answers a number, which a slot would refuse;
 * specs call the instance itself.
 */
const direct = (imports: string, lowered: string, module: string): string => `(component
  ${imports}
  (core module $memory (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "memory" (core memory $mem))
  ${lowered}
  (core module $m ${module})
  (core instance $i (instantiate $m (with "host" (instance $host)) (with "memory" (instance $memory))))
  (alias core export $i "handle" (core func $handle))
  (func $h (result u32) (canon lift (core func $handle)))
  (export "handle" (func $h)))`

/** Draws a seed while it is made, and answers it. */
export const EARLY_SEED_WAT = direct(
  '(import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))',
  `(core func $draw (canon lower (func $random "get-random-u64")))
   (core instance $host (export "draw" (func $draw)))`,
  `(import "host" "draw" (func $draw (result i64)))
   (global $seed (mut i32) (i32.const 0))
   (func $start (global.set $seed (i32.wrap_i64 (call $draw))))
   (func (export "handle") (result i32) (global.get $seed))
   (start $start)`,
)

/** Reads the clock while it is made, and answers its seconds. */
export const EARLY_CLOCK_WAT = direct(
  '(import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock (export "now" (func (result u64)))))',
  `(core func $now (canon lower (func $clock "now")))
   (core instance $host (export "now" (func $now)))`,
  `(import "host" "now" (func $now (result i64)))
   (global $made (mut i32) (i32.const 0))
   (func $start (global.set $made (i32.wrap_i64 (call $now))))
   (func (export "handle") (result i32) (global.get $made))
   (start $start)`,
)

/** Opens its output while it is made and then once a call closes it: where that leaks into the next call, it traps there. */
export const EARLY_STREAM_WAT = direct(
  `(import "wasi:io/streams@0.2.0" (instance $streams (export "output-stream" (type (sub resource)))))
   (alias export $streams "output-stream" (type $stream))
   (import "wasi:cli/stdout@0.2.0" (instance $stdout
     (export "output-stream" (type $s (eq $stream)))
     (export "get-stdout" (func (result (own $s))))))`,
  `(core func $open (canon lower (func $stdout "get-stdout")))
   (core func $close (canon resource.drop $stream))
   (core instance $host (export "open" (func $open)) (export "close" (func $close)))`,
  `(import "host" "open" (func $open (result i32)))
   (import "host" "close" (func $close (param i32)))
   (global $handle (mut i32) (i32.const 0))
   (func $start (global.set $handle (call $open)))
   (func (export "handle") (result i32) (call $close (global.get $handle)) (call $open))
   (start $start)`,
)

/** Opens streams without end. */
export const STREAM_STORM_WAT = EARLY_STREAM_WAT.replace(
  '(call $close (global.get $handle)) (call $open)',
  '(loop $again (drop (call $open)) (br $again)) (i32.const 0)',
)
