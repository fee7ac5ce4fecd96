import { until } from '../../../../core/until.ts'
import { evict } from '../../../clients/eviction.ts'
import type { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import { idOf } from '../../../clients/pod-containers.ts'
import type { WatchedPods } from '../../../clients/watched-pods.ts'
import type { DrainedNode, PodNodes } from '../../../stack.ts'
import type { KindNodes } from './kind-nodes.ts'

/** Milliseconds for a budget to let a pod go. */
const LET_GO = 60_000
/** Milliseconds for the kernel to notice, and for kubelet to say so. */
const ENDED = 60_000

/**
 * In the node, for a container's id: a process of our own goes into its control group, after the container's own were
 * marked as the first to go, and takes as much memory as the limit is. Another one tells how many processes the kernel had
 * ended by the time when the container's was gone; where root may lower its score, it is not ended itself. Kubelet alone
 * does not always know, because containerd may hear of the end before it hears of its cause.
 */
const EXHAUST = `
pid=$(ctr -n k8s.io tasks ls | awk -v id="$1" '$1 == id { print $2 }')
group=$(awk -F: '$2 ~ /(^|,)memory(,|$)/ { print "/sys/fs/cgroup/memory" $3 }' /proc/$pid/cgroup)
[ -n "$group" ] || group=$(awk -F: '$1 == 0 { print "/sys/fs/cgroup" $3 }' /proc/$pid/cgroup)
limit=$(cat $group/memory.limit_in_bytes 2>/dev/null || cat $group/memory.max)
for own in $(cat $group/cgroup.procs); do echo 1000 >/proc/$own/oom_score_adj; done
ended() {
  cat $group/memory.oom_control $group/memory.events 2>/dev/null | awk '$1 == "oom_kill" { print $2 }'
}
before=$(ended)
echo -1000 >/proc/$BASHPID/oom_score_adj
echo $BASHPID >$group/cgroup.procs
fill() {
  echo 0 >/proc/$BASHPID/oom_score_adj
  timeout 30 bash -c "head -c $limit /dev/zero | tail -c $limit >/dev/null"
}
(fill) 2>/dev/null &
while [ -d /proc/$pid ]; do sleep 0.02; done
echo $(($(ended) - before))
wait
`

export interface KindPodNodesParts {
  readonly api: KubernetesApi
  readonly nodes: KindNodes
  readonly pods: WatchedPods
}

/** What befalls the pods of one namespace by their nodes. */
export class KindPodNodes implements PodNodes {
  readonly #namespace: string
  readonly #parts: KindPodNodesParts

  constructor(namespace: string, parts: KindPodNodesParts) {
    this.#namespace = namespace
    this.#parts = parts
  }

  evict(pod: string): Promise<string | undefined> {
    return evict(this.#parts.api, this.#namespace, pod)
  }

  async drain(pod: string): Promise<DrainedNode> {
    const { nodes, pods } = this.#parts
    const name = pods.node(pod)
    const back = { [Symbol.asyncDispose]: async () => void (await nodes.control.kubectl(['uncordon', name])) }
    await nodes.control.kubectl(['cordon', name])
    try {
      const evicted = pods.names.filter((each) => pods.node(each) === name && !pods.leaving(each))
      await Promise.all(evicted.map((each) => this.#letGo(each)))
      return { name, evicted, ...back }
    } catch (error) {
      await back[Symbol.asyncDispose]()
      throw error
    }
  }

  async exhaust(pod: string): Promise<string | undefined> {
    const { nodes, pods } = this.#parts
    const [container] = pods.running(pod)
    if (container === undefined) return undefined
    if (!pods.limited(pod)) throw new Error(`the container of pod ${pod} has no limit of memory`)
    pods.killed(pod, container)
    const using = nodes.named(pods.node(pod)).shell(['bash', '-c', EXHAUST, 'exhaust', container])
    // It is read once the container has ended; where it fails, kubelet's word is left.
    using.catch(() => {})
    const ended = await until(() => pods.ended(pod, container), {
      what: `a process of pod ${pod} to be ended for want of memory`,
      deadline: ENDED,
      every: 50,
    })
    const told = Number(await using.catch(() => 0))
    return told > 0 || ended === 'OOMKilled'
      ? `the kernel ended ${idOf(container)} for want of memory`
      : undefined
  }

  async #letGo(pod: string): Promise<void> {
    let refused: string | undefined
    const granted = async () => {
      refused = await this.evict(pod)
      return refused === undefined
    }
    const seen = () => refused ?? ''
    await until(granted, { what: `pod ${pod} to be let go`, seen, deadline: LET_GO, every: 1000 })
  }
}
