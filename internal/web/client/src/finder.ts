import { announcer, find, make } from './dom.ts'
import { langParam, t } from './text.ts'

type Institution = { id: string; name: string }

const pause = 250 // milliseconds that somebody who types is left alone

/** Asks for the institutions of a region whose names hold a text. */
async function institutions(region: string, name: string): Promise<Institution[]> {
  const query = new URLSearchParams({ q: name, limit: '50' })
  if (region) query.set('region', region)
  const answer = await fetch(`/api/v1/public/institutions?${query}`)
  if (!answer.ok) throw new Error(`institutions ${answer.status}`)
  return ((await answer.json()) as { items: Institution[] }).items
}

/** Calls show with what fits, as the region or the name changes. */
function follow(
  region: HTMLSelectElement | null,
  name: HTMLInputElement,
  show: (found: Institution[]) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const ask = async () => {
    const mine = ++asked
    const nothing = !region?.value && !name.value.trim()
    // Without an answer the page's own buttons still work.
    const found = nothing
      ? []
      : await institutions(region?.value ?? '', name.value.trim()).catch(() => null)
    if (found && mine === asked) show(found)
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(ask, pause)
  }
  name.addEventListener('input', soon)
  region?.addEventListener('change', soon)
}

/** The search box of the front page: links straight to the form. */
export function searchBox(): void {
  const box = find('[data-search]')
  const name = box && find<HTMLInputElement>('input', box)
  if (!box || !name) return
  const list = make('ul', { className: 'found' })
  const line = announcer()
  box.append(list, line)
  follow(find<HTMLSelectElement>('#region'), name, (found) => {
    const shown = found.slice(0, 8)
    list.replaceChildren(
      ...shown.map((u) => make('li', {}, make('a', { href: formAddress(u), textContent: u.name }))),
    )
    line.textContent = count(found.length, shown.length)
  })
}

function count(found: number, shown: number): string {
  if (found === 0) return ''
  if (found > shown)
    return t(`前 ${shown} 家，多写几个字会更准`, `The first ${shown}; type more to narrow it down`)
  return t(`找到 ${found} 家`, `${found} found`)
}

function formAddress(u: Institution): string {
  const query = new URLSearchParams({ institution: u.id })
  const here = new URLSearchParams(location.search)
  if (here.has('large')) query.set('large', here.get('large') ?? '')
  query.set('lang', langParam())
  return `/q/?${query}`
}

/** The list of institutions in the form, filled as region and name change. */
export function institutionList(form: HTMLFormElement): void {
  const name = find<HTMLInputElement>('[data-find]', form)
  const list = find<HTMLSelectElement>('#institution', form)
  const hint = find('#h-institution', form)
  if (!name || !list) return
  follow(find<HTMLSelectElement>('#region', form), name, (found) => {
    const nobody = list.options[0]
    const chosen = list.value
    list.replaceChildren(
      ...(nobody ? [nobody] : []),
      ...found.map((u) =>
        make('option', { value: u.id, textContent: u.name, selected: u.id === chosen }),
      ),
    )
    if (hint)
      hint.textContent =
        count(found.length, found.length) ||
        t('没有找到，换几个字试试', 'None found; try other words')
  })
}
