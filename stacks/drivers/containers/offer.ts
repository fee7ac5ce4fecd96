import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import { messageOf } from '../../../core/error.ts'
import { lackOf } from '../../../core/optional-package.ts'
import type { Offer } from '../../driver.ts'
import type { ComponentName } from '../../stack.ts'
import { clusterLacking } from './cluster/cluster-lacking.ts'
import { Engine } from './engine.ts'
import { ImageStore, STACK_IMAGES } from './images/image-store.ts'
import { PACKAGES } from './packages.ts'

/** Able where an engine answers and everything that these components are started from is there. */
export async function offer(
  components: readonly ComponentName[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Offer> {
  const unable = (why: string): Offer => ({ able: false, why })
  const engine = await Engine.reach(env).catch((error: unknown) => messageOf(error))
  if (!(engine instanceof Engine)) return unable('no container engine answers')
  const lack = PACKAGES.find((name) => lackOf(name) !== undefined)
  if (lack !== undefined) return unable(`the package ${lack} ${lackOf(lack)}`)
  const cache = new Cache(cacheFolder())
  const store = new ImageStore(engine, cache, () => {})
  let built = false
  for (const name of STACK_IMAGES.filter((image) => components.includes(image))) {
    const present = await store.present(name)
    if (!present) return unable(`there is no image for ${name} yet (eventproof images build)`)
    built ||= present.origin === 'built'
  }
  if (components.includes('kubernetes')) {
    const lacking = await clusterLacking(cache, () => store.hasNode())
    if (lacking !== undefined) return unable(lacking)
    if (!(await store.hasNode()))
      return unable('there is no node image of a cluster yet (eventproof images build)')
  }
  const { Version } = await engine.version()
  return { able: true, why: `Docker ${Version} answers, images: ${built ? 'built here' : 'pulled'}` }
}
