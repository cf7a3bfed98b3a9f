import { find } from './dom.ts'
import type { Store } from './storage.ts'
import { t } from './text.ts'

const key = 'qf.large'

/** Sets the size of type that this phone remembers, before anything is shown. */
export function applyLarge(root: Element, store: Store): void {
  const wish = store.get(key)
  if (wish !== null) root.classList.toggle('large', wish === '1')
}

/** Makes the switch change the size at once, and this phone remember it. */
export function rememberLarge(root: Element, store: Store): void {
  const control = find('[data-switch=large]')
  if (!control) return
  const name = () => {
    control.textContent = root.classList.contains('large')
      ? t('标准版', 'Standard')
      : t('长辈版', 'Large type')
  }
  name()
  control.addEventListener('click', (e) => {
    e.preventDefault()
    store.set(key, root.classList.toggle('large') ? '1' : '0')
    name()
  })
}
