/** Number of a system call on x86-64 and on arm64; null where that machine has none. From Linux' own `unistd` tables. */
export type Numbers = readonly [x64: number | null, arm64: number | null]

/** System calls that nothing behind the wall may make, by what they are for. */
export const DENIED_CALLS = {
  /** Reaching into other processes. */
  tracing: {
    ptrace: [101, 117],
    process_vm_readv: [310, 270],
    process_vm_writev: [311, 271],
    process_madvise: [440, 440],
    kcmp: [312, 272],
    pidfd_open: [434, 434],
    pidfd_getfd: [438, 438],
    pidfd_send_signal: [424, 424],
  },
  /** Leaving the session and group that it was put in, and changing what others get of the machine. */
  grouping: {
    setsid: [112, 157],
    setpgid: [109, 154],
    setpriority: [141, 140],
    ioprio_set: [251, 30],
  },
  /** Changing what is seen where. */
  mounting: {
    mount: [165, 40],
    umount2: [166, 39],
    pivot_root: [155, 41],
    chroot: [161, 51],
    fsopen: [430, 430],
    fsconfig: [431, 431],
    fsmount: [432, 432],
    fspick: [433, 433],
    move_mount: [429, 429],
    open_tree: [428, 428],
    mount_setattr: [442, 442],
    quotactl: [179, 60],
    quotactl_fd: [443, 443],
    swapon: [167, 224],
    swapoff: [168, 225],
  },
  /** Becoming somebody else in a world of one's own, where the kernel's rarely used parts answer. */
  namespaces: {
    unshare: [272, 97],
    setns: [308, 268],
  },
  /** Beginning processes, and programs that are in no file. Threads are begun by `clone`, which is looked at closer. */
  processes: {
    fork: [57, null],
    vfork: [58, null],
    execveat: [322, 281],
    memfd_create: [319, 279],
    memfd_secret: [447, 447],
  },
  /** A launched program has its descriptors; it never needs another end of anything. */
  sockets: {
    socket: [41, 198],
    socketpair: [53, 199],
    bind: [49, 200],
    connect: [42, 203],
    listen: [50, 201],
    accept: [43, 202],
    accept4: [288, 242],
    sendto: [44, 206],
    recvfrom: [45, 207],
    sendmsg: [46, 211],
    recvmsg: [47, 212],
    sendmmsg: [307, 269],
    recvmmsg: [299, 243],
  },
  /** Parts of the kernel that a program which computes never asks, and that attacks go through. */
  kernel: {
    bpf: [321, 280],
    perf_event_open: [298, 241],
    userfaultfd: [323, 282],
    io_uring_setup: [425, 425],
    io_uring_enter: [426, 426],
    io_uring_register: [427, 427],
    add_key: [248, 217],
    request_key: [249, 218],
    keyctl: [250, 219],
    kexec_load: [246, 104],
    kexec_file_load: [320, 294],
    init_module: [175, 105],
    finit_module: [313, 273],
    delete_module: [176, 106],
    create_module: [174, null],
    query_module: [178, null],
    get_kernel_syms: [177, null],
    open_by_handle_at: [304, 265],
    name_to_handle_at: [303, 264],
    syslog: [103, 116],
    reboot: [169, 142],
    personality: [135, 92],
    acct: [163, 89],
    settimeofday: [164, 170],
    clock_settime: [227, 112],
    adjtimex: [159, 171],
    clock_adjtime: [305, 266],
    sethostname: [170, 161],
    setdomainname: [171, 162],
    iopl: [172, null],
    ioperm: [173, null],
    vhangup: [153, 58],
    nfsservctl: [180, 42],
    lookup_dcookie: [212, 18],
    fanotify_init: [300, 262],
    fanotify_mark: [301, 263],
    mknod: [133, null],
    mknodat: [259, 33],
    modify_ldt: [154, null],
    vmsplice: [278, 75],
    remap_file_pages: [216, 234],
    move_pages: [279, 239],
    migrate_pages: [256, 238],
    mbind: [237, 235],
    set_mempolicy: [238, 237],
    set_mempolicy_home_node: [450, 450],
    uselib: [134, null],
    ustat: [136, null],
    sysfs: [139, null],
    _sysctl: [156, null],
    shmget: [29, 194],
    shmat: [30, 196],
    shmctl: [31, 195],
    shmdt: [67, 197],
    semget: [64, 190],
    semop: [65, 193],
    semctl: [66, 191],
    semtimedop: [220, 192],
    msgget: [68, 186],
    msgsnd: [69, 189],
    msgrcv: [70, 188],
    msgctl: [71, 187],
    mq_open: [240, 180],
    mq_unlink: [241, 181],
    mq_timedsend: [242, 182],
    mq_timedreceive: [243, 183],
    mq_notify: [244, 184],
    mq_getsetattr: [245, 185],
  },
} as const satisfies Record<string, Record<string, Numbers>>

export type CallGroup = keyof typeof DENIED_CALLS

/** Begins threads, and processes: which of both, its flags say. */
export const CLONE = [56, 220] as const satisfies Numbers
/** Keeps its flags in memory, where a filter cannot look: answered as if this kernel had none, so that libc uses `clone`. */
export const CLONE3 = [435, 435] as const satisfies Numbers
export const PRCTL = [157, 167] as const satisfies Numbers

/** The last one that was there when this list was made (`mseal`). What came later is answered as if it hadn't. */
export const LAST_KNOWN_CALL = 462

/** What the kernel calls the machine that a system call was made for (`AUDIT_ARCH_*`), and which column is its. */
export const ARCHITECTURES = {
  x64: { audit: 0xc000_003e, column: 0 },
  arm64: { audit: 0xc000_00b7, column: 1 },
} as const

export type Architecture = keyof typeof ARCHITECTURES

/** The machine that we run on, where there are numbers for it. */
export const ownArchitecture = (): Architecture | undefined =>
  process.platform === 'linux' && Object.hasOwn(ARCHITECTURES, process.arch)
    ? (process.arch as Architecture)
    : undefined

/** The number of a system call there, if there is one. */
export const numberOn = (architecture: Architecture, numbers: Numbers): number | null =>
  numbers[ARCHITECTURES[architecture].column]

/** Numbers of what is denied there, by group. */
export const deniedOn = (architecture: Architecture): Record<CallGroup, number[]> =>
  Object.fromEntries(
    Object.entries(DENIED_CALLS).map(([group, calls]) => [
      group,
      Object.values<Numbers>(calls).flatMap((numbers) => numberOn(architecture, numbers) ?? []),
    ]),
  ) as Record<CallGroup, number[]>
