import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** The pages that work without a network, by the ends of their modules' names. */
const pages = ['/inspection/visit/VisitPage.tsx', '/inspection/MinePage.tsx']

/** What is loaded of a built file. */
interface Built {
  type: string
  isEntry?: boolean
  facadeModuleId?: string | null
  imports?: string[]
  viteMetadata?: { importedCss: Set<string> }
}

/**
 * Writes `sw.js`: the service worker (build/sw.js) with the files that the shell and these pages
 * are made of. Their names change with their content, so the list is the version.
 */
export function offline(): Plugin {
  return {
    name: 'qingfeng-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = filesOf(bundle as Record<string, Built>)
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16)
      const said = `const version = '${version}'\nconst files = ${JSON.stringify(files)}\n`
      const worker = readFileSync(new URL('./sw.js', import.meta.url), 'utf8')
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: said + worker })
    },
  }
}

function filesOf(bundle: Record<string, Built>): string[] {
  const found = new Set<string>()
  const take = (name: string) => {
    const built = bundle[name]
    if (!built || found.has(name)) return
    found.add(name)
    for (const css of built.viteMetadata?.importedCss ?? []) found.add(css)
    for (const next of built.imports ?? []) take(next)
  }
  for (const [name, built] of Object.entries(bundle)) {
    const needed = built.isEntry || pages.some((end) => built.facadeModuleId?.endsWith(end))
    if (built.type === 'chunk' && needed) take(name)
  }
  return ['/console/', ...[...found].sort().map((name) => `/console/${name}`)]
}
