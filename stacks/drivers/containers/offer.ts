import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import { messageOf } from '../../../core/error.ts'
import { lackOf } from '../../../core/optional-package.ts'
import type { Offer } from '../../driver.ts'
import type { ComponentName } from '../../stack.ts'
import { Engine } from './engine.ts'
import { ImageStore, STACK_IMAGES } from './images/image-store.ts'
import { KUBERNETES_LACKING } from './lacking.ts'
import { PACKAGES } from './packages.ts'

/** Able where an engine answers and everything that these components are started from is there. */
export async function offer(
  components: readonly ComponentName[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Offer> {
  const unable = (why: string): Offer => ({ able: false, why })
  const engine = await Engine.reach(env).catch((error: unknown) => messageOf(error))
  if (!(engine instanceof Engine)) return unable('no container engine answers')
  if (components.includes('kubernetes')) return unable(KUBERNETES_LACKING)
  const lack = PACKAGES.find((name) => lackOf(name) !== undefined)
  if (lack !== undefined) return unable(`the package ${lack} ${lackOf(lack)}`)
  const store = new ImageStore(engine, new Cache(cacheFolder()), () => {})
  let built = false
  for (const name of STACK_IMAGES.filter((image) => components.includes(image))) {
    const present = await store.present(name)
    if (!present) return unable(`there is no image for ${name} yet (eventproof images build)`)
    built ||= present.origin === 'built'
  }
  const { Version } = await engine.version()
  return { able: true, why: `Docker ${Version} answers, images: ${built ? 'built here' : 'pulled'}` }
}
