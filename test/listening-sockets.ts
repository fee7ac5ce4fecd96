import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A socket on which a process listens. */
export interface Listening {
  readonly pid: string
  /** As the kernel writes it, such as `0100007F` for 127.0.0.1. */
  readonly address: string
  readonly port: number
}

/** In /proc/net/tcp: the state of a socket that listens. */
const LISTEN = '0A'
/** 127.0.0.1, ::1, and 127.0.0.1 in an IPv6 socket. */
const LOOPBACK = new Set(['0100007F', '00000000000000000000000001000000', '0000000000000000FFFF00000100007F'])

/** What these processes listen on, as the kernel knows it (Linux). */
export function listeningSockets(pids: readonly string[]): Listening[] {
  const listening = new Map<string, Omit<Listening, 'pid'>>()
  for (const table of ['tcp', 'tcp6']) {
    for (const line of readFileSync(`/proc/net/${table}`, 'utf8').split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
      const [address = '', port = ''] = local.split(':')
      if (state === LISTEN) listening.set(inode, { address, port: Number.parseInt(port, 16) })
    }
  }
  return pids.flatMap((pid) =>
    socketsOf(pid).flatMap((inode) => {
      const socket = listening.get(inode)
      return socket === undefined ? [] : [{ pid, ...socket }]
    }),
  )
}

export function isLoopback({ address }: Listening): boolean {
  return LOOPBACK.has(address)
}

/** Inodes of a process's sockets; none where it has ended meanwhile. */
function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`)) ?? []
      return inode === undefined ? [] : [inode]
    })
  } catch {
    return []
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
