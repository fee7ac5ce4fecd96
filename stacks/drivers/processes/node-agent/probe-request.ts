import { get } from 'node:http'
import { get as getSecurely } from 'node:https'
import { connect } from 'node:net'
import type { V1HTTPGetAction, V1TCPSocketAction } from '@kubernetes/client-node'
import { LOOPBACK } from './downward.ts'

/** The port of this machine on which a container's port is. */
export type PortOf = (port: string | number) => number

/** True when the answer is 200 to 399; redirects are not followed, certificates not checked, as a kubelet does. */
export function httpAnswers(action: V1HTTPGetAction, portOf: PortOf, signal: AbortSignal): Promise<boolean> {
  const secure = action.scheme === 'HTTPS'
  const headers = Object.fromEntries((action.httpHeaders ?? []).map(({ name, value }) => [name, value]))
  const path = action.path ?? '/'
  const options = {
    host: action.host ?? LOOPBACK,
    port: portOf(action.port as string | number),
    path: path.startsWith('/') ? path : `/${path}`,
    headers: { 'user-agent': 'kube-probe', ...headers },
    // Each look opens a connection of its own: one that is kept would not notice a process that stopped accepting.
    agent: false as const,
    rejectUnauthorized: false,
    signal,
  }
  return new Promise((resolve) => {
    const request = (secure ? getSecurely : get)(options, (response) => {
      response.on('error', () => {}).resume()
      resolve((response.statusCode ?? 0) >= 200 && (response.statusCode ?? 0) < 400)
    })
    request.on('error', () => resolve(false))
  })
}

export function tcpAnswers(action: V1TCPSocketAction, portOf: PortOf, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: action.host ?? LOOPBACK, port: portOf(action.port as string | number), signal }
    const socket = connect(options)
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}
