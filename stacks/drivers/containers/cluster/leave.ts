import type { Engine } from '../engine.ts'
import { RUN_LABEL } from '../labels.ts'

/** The administrator's kubeconfig in the node of the control plane. */
export const ADMIN = '/etc/kubernetes/admin.conf'

/** Has a kept cluster end what a run left in it, without waiting for that. @param node any of its nodes */
export async function leave(engine: Engine, node: string, run: string): Promise<void> {
  const own = ['delete', 'namespaces', '--selector', `${RUN_LABEL}=${run}`, '--wait=false']
  await engine.run(node, ['kubectl', '--kubeconfig', ADMIN, ...own])
}
